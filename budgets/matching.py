"""Finding the department a document is of; where there is none yet, proposing one.

A name is matched exactly, then by alias, then normalised (blanks, bracket widths, marks such as
（公开表） taken off). A name that is only similar is never matched: it is offered with its reason.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from budgets.models import Department, DepartmentAddress, DepartmentAlias, Region
from budgets.models.vocabulary import Scope
from budgets.regions import find_place, spell, spell_english, spell_initials, spell_place

Json = dict[str, Any]
MARKS: Final = re.compile(
    r"\((公开表?|公开版|公开稿|草案|汇总|说明|定稿|终稿|挂网)\)|(部门|单位)?(预算|决算)(公开)?(表|情况|说明)*$"
)
HEAD_OFFICE: Final = re.compile(r"\(?(机关)?本级\)?$|\(机关\)$|机关本级$")
PARENT: Final = re.compile(r"^(.*?(?:委员会|办公厅|办公室|[局厅院部委办]))(.{2,})$")
SIMILAR: Final = 0.72
MOST_CANDIDATES: Final = 5
LONGEST_SPELLED: Final = 48


def normalise(name: str) -> str:
    """This will write a name so that equal ones are equal: one width of marks, no blanks, no （公开表）."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", name))
    text = re.sub(r"^\d{3,}[-—_]?|^\[\d+\]", "", text)
    while (bare := MARKS.sub("", text)) != text:
        text = bare
    return text


def with_wide_brackets(name: str) -> str:
    """This will write a name as Chinese print does, with full-width brackets."""
    return name.replace("(", "（").replace(")", "）")


def propose(head: Mapping[str, Any]) -> Json:
    """This will say which department a draft's head means, with the reason.

    Returns ``{"department": name, "department_id": id or None, "parent": name or None, "region": name
    or "", "scope", "reason", "reason_en", "candidates": [{"department", "department_id", "reason",
    "reason_en"}]}``. Without an id the rest is what :func:`create_department` makes.
    """
    suggested = head.get("suggested") or {}
    printed = head.get("department") or suggested.get("department")
    unit = head.get("unit") or suggested.get("unit")
    scope = (
        head.get("scope") or suggested.get("scope") or (Scope.UNIT.value if unit else Scope.DEPARTMENT.value)
    )
    if not (printed or unit):
        return _nothing(scope)
    name, parent = _split_unit(normalise(printed or ""), normalise(unit or ""), scope=scope)
    place = find_place(name) or find_place(parent or "")
    region = Region.objects.filter(name=place.name).first() if place else None
    found, reason, reason_en = _find(name, parent=parent)
    return {
        "department": found.name if found else with_wide_brackets(name),
        "department_id": found.pk if found else None,
        "parent": with_wide_brackets(parent) if parent else None,
        "region": found.region.name if found else place.name if place else "",
        "scope": found.scope if found else scope,
        "reason": reason,
        "reason_en": reason_en,
        "candidates": [] if found else _find_candidates(name, region=region),
    }


def _nothing(scope: str) -> Json:
    return {
        "department": "",
        "department_id": None,
        "parent": None,
        "region": "",
        "scope": scope,
        "reason": "文件中和文件名中都没有找到部门名称，请选择或填写。",
        "reason_en": "Neither the document nor its file name names a department; please choose one.",
        "candidates": [],
    }


def _split_unit(department: str, unit: str, *, scope: str) -> tuple[str, str | None]:
    """Return the name and, for a budget unit, the name of its department."""
    if scope != Scope.UNIT.value:
        return department or unit, None
    name = unit or department
    bare = HEAD_OFFICE.sub("", name)
    if department and bare != department and unit:
        return name, department
    if bare != name or Department.objects.filter(name=bare, parent=None).exists():
        return f"{bare}(本级)", bare
    match = PARENT.match(bare)
    return (bare, match[1]) if match else (f"{bare}(本级)", bare)


def _find(name: str, *, parent: str | None) -> tuple[Department | None, str, str]:
    departments = Department.objects.filter(parent__isnull=parent is None)
    spellings = [name, with_wide_brackets(name)]
    exact = list(departments.filter(name__in=spellings).select_related("region")[:2])
    if len(exact) == 1:
        return exact[0], "名称完全一致", "The name is exactly the same"
    aliases = list(
        DepartmentAlias.objects.filter(name__in=spellings, department__in=departments).select_related(
            "department__region"
        )[:2]
    )
    if len(aliases) == 1:
        department = aliases[0].department
        return (
            department,
            f"“{name}”是“{department.name}”登记的别名",
            f"“{name}” is a registered other name of “{department.name}”",
        )
    same = [] if exact else _find_same(name, departments=departments)
    if len(same) == 1:
        return (
            same[0],
            "去掉空格、括号和“公开表”等字样后一致",
            "The same once blanks, brackets and marks are taken off",
        )
    if exact or aliases or same:
        return (
            None,
            f"有多个部门叫“{name}”，请选择",
            f"Several departments are called “{name}”; please choose",
        )
    return None, f"还没有登记“{name}”，发布时将新建", f"“{name}” is not registered yet; it will be added"


def _find_same(name: str, *, departments: QuerySet[Department]) -> list[Department]:
    """Return the departments of the name's region whose names differ in writing only."""
    place = find_place(name)
    if place is not None:
        departments = departments.filter(region__name=place.name)
    return [one for one in departments.select_related("region") if normalise(one.name) == name]


def find_department(name: str, *, unit: bool = False) -> Department | None:
    """This will find the one department (or budget unit) of that name or alias; None if none or several."""
    return _find(normalise(name), parent="" if unit else None)[0]


def _find_candidates(name: str, *, region: Region | None) -> list[Json]:
    """Return departments of similar names, the most similar first."""
    others = Department.objects.filter(region=region) if region else Department.objects.all()
    scored = sorted(
        (
            (difflib.SequenceMatcher(None, name, normalise(other)).ratio(), pk, other)
            for pk, other in others.values_list("pk", "name")
        ),
        reverse=True,
    )
    return [
        {
            "department": other,
            "department_id": pk,
            "reason": f"名称相近（{score:.0%}）",
            "reason_en": f"A similar name ({score:.0%})",
        }
        for score, pk, other in scored[:MOST_CANDIDATES]
        if score >= SIMILAR
    ]


@transaction.atomic
def create_department(proposal: Mapping[str, Any]) -> Department:
    """This will return the proposed department, making it, its region and its parent where they are missing.

    Raises:
        ValueError: the proposal has no name, or no region can be told from it.
    """
    if proposal["department_id"]:
        return Department.objects.get(pk=proposal["department_id"])
    if not proposal["department"]:
        raise ValueError(proposal["reason"])
    parent = None
    if proposal["parent"]:
        parent = find_department(proposal["parent"]) or get_or_create_department(
            proposal["parent"], region=get_region(proposal["parent"])
        )
    region = parent.region if parent else get_region(proposal["department"])
    return get_or_create_department(proposal["department"], region=region, parent=parent)


def get_or_create_department(name: str, *, region: Region, parent: Department | None = None) -> Department:
    """This will return the region's department of that name, made with a fitting address if need be."""
    found = Department.objects.filter(region=region, name=name).first()
    return found or Department.objects.create(
        region=region,
        name=name,
        parent=parent,
        slug=find_free_slug(name, region=region),
        initials=spell_initials(name),
    )


def get_region(name: str) -> Region:
    """This will return the region a department's name begins with, made (with those above it) if need be.

    Raises:
        ValueError: the name begins with no place.
    """
    place = find_place(name)
    if place is None:
        raise ValueError(
            _("从名称“%(name)s”看不出属于哪个地区。请选择部门，或用带地区的全称（如“拉萨市财政局”）。")
            % {"name": name}
        )
    region: Region | None = None
    for count in range(1, len(place.parts) + 1):
        parts = place.parts[:count]
        region = Region.objects.get_or_create(
            name="".join(parts),
            defaults={
                "slug": _find_free_region_slug(parts),
                "name_en": spell_english(parts),
                "parent": region,
            },
        )[0]
    assert region is not None  # noqa: S101 - a place has at least one part
    return region


def _find_free_region_slug(parts: tuple[str, ...]) -> str:
    slug = spell_place(parts) or "region"
    return _find_free(
        slug, taken=set(Region.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    )


def find_free_slug(name: str, *, region: Region) -> str:
    """This will find an unused address for a department: its region's, then its name in pinyin."""
    place = find_place(name)
    rest = place.rest if place and place.name == region.name else name
    if place and rest.startswith("委"):
        rest = place.name[-1] + rest  # 省委, 市委
    spelled = spell(rest)
    slug = f"{region.slug}-{spelled if len(spelled) <= LONGEST_SPELLED else spell_initials(rest)}"[:100]
    taken = set(Department.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    taken |= set(DepartmentAddress.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return _find_free(slug, taken=taken)


def _find_free(slug: str, *, taken: set[str]) -> str:
    if slug not in taken:
        return slug
    return next(f"{slug}-{n}" for n in range(2, len(taken) + 3) if f"{slug}-{n}" not in taken)
