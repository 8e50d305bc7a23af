"""Sums over departments from the rollups: by code, department, region or year."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from budgets.models import ClassificationNode, Department, Disclosure, Region
from budgets.sums import Sum, read_sums

LENGTHS = {"class": 3, "subclass": 5, "item": 7}


def build_aggregates(
    *,
    by: str,
    scheme: str,
    level: str,
    code: str | None,
    year: int | None,
    stage: str,
    scope: str,
    region: str | None,
    measure: str,
) -> dict[str, Any]:
    """Return sums in yuan by group, each with how many departments it is over (see :mod:`budgets.sums`)."""
    place = Region.objects.filter(slug=region).first() if region else None
    if region and place is None:
        return {"departments": 0, "departments_published": 0, "rows": []}
    sums = read_sums(
        scheme,
        length=LENGTHS[level] if by == "code" else len(code or ""),
        prefix=code or "",
        measure=measure,
        stage=stage,
        scope=scope,
        years=None if year is None else [year],
        region=place.pk if place else None,
    )
    published = Disclosure.objects.filter(current__isnull=False, stage=stage, scope=scope)
    if year is not None:
        published = published.filter(fiscal_year=year)
    if place is not None:
        published = published.filter(department__region=place)
    return {
        "departments": len({each.department_id for each in sums}),
        "departments_published": published.values("department").distinct().count(),
        "rows": group_sums(sums, by=by, scheme=scheme),
    }


def group_sums(sums: list[Sum], *, by: str, scheme: str) -> list[dict[str, Any]]:
    """Return the groups, largest first."""
    departments = Department.objects.select_related("region").in_bulk({each.department_id for each in sums})
    names = find_names(scheme, {each.code for each in sums}) if by == "code" else {}
    totals: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    members: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for each in sums:
        department = departments[each.department_id]
        key = {
            "code": (each.code, names.get(each.code, "")),
            "department": (department.slug, department.name),
            "region": (department.region.slug, department.region.name),
            "year": (str(each.fiscal_year), ""),
        }[by]
        totals[key] += each.yuan
        members[key].add(each.department_id)
    ordered = sorted(totals, key=lambda key: (-totals[key], key))
    return [
        {"group": key[0], "name": key[1], "yuan": totals[key], "departments": len(members[key])}
        for key in ordered
    ]


def find_names(scheme: str, codes: set[str]) -> dict[str, str]:
    """Return the newest known name of each code; unknown codes are left out."""
    nodes = ClassificationNode.objects.filter(scheme=scheme, code__in=codes).order_by("year_to")
    return {node.code: node.name for node in nodes}
