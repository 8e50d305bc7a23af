"""Writing the projects and indicators of a published revision (called inside its transaction)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from budgets.models import Disclosure, Revision
from budgets.printed_units import find_factor, to_yuan
from performance.models import Indicator, Project

Json = Mapping[str, Any]
CATEGORIES: Final = {"R": "personnel", "Y": "operating", "T": "special_purpose"}
"""The letter after the 6-digit 财政区划 and 2-digit year of a 21-character project code."""
SHORTENED: Final = "［摘要，非原文］"
"""Our samples begin so where an objective is a summary in our words instead of the printed text."""


def publish_projects(*, revision: Revision, draft: Json) -> int:
    """This will replace the disclosure's projects by those of the draft and return how many there are."""
    disclosure = revision.disclosure
    remove_projects(disclosure)
    seen: set[str] = set()
    projects = Project.objects.bulk_create(
        _make_project(fields, position=position, revision=revision, seen=seen)
        for position, fields in enumerate(draft["projects"])
    )
    Indicator.objects.bulk_create(
        _make_indicator(fields, position=position, project=project)
        for project, of in zip(projects, draft["projects"], strict=True)
        for position, fields in enumerate(of["indicators"])
    )
    return len(projects)


def remove_projects(disclosure: Disclosure) -> None:
    """This will remove the disclosure's projects and indicators (nothing of it is published any more)."""
    for queryset in (
        Indicator.objects.filter(disclosure=disclosure),
        Project.objects.filter(disclosure=disclosure),
    ):
        queryset._raw_delete(queryset.db)  # type: ignore[attr-defined]


def _make_project(fields: Json, *, position: int, revision: Revision, seen: set[str]) -> Project:
    disclosure, code = revision.disclosure, fields["code"] or ""
    factor = find_factor(fields["unit"])
    amount = None if fields["amount"] is None else Decimal(fields["amount"])
    slug = code if code and code not in seen else f"p{position}"
    seen.add(slug)
    objective = fields["objective"] or ""
    return Project(
        disclosure=disclosure,
        department_id=disclosure.department_id,
        fiscal_year=disclosure.fiscal_year,
        stage=disclosure.stage,
        position=position,
        slug=slug[:80],
        code=code[:40],
        category=CATEGORIES.get(code[8:9], "") if len(code) == 21 else "",
        name=fields["name"][:400],
        yuan=None if amount is None or factor is None else to_yuan(amount, factor=factor),
        printed=fields["amount"] or "",
        unit_printed=fields["unit"] or "",
        execution_weight=None if fields["execution_weight"] is None else Decimal(fields["execution_weight"]),
        objective=objective.removeprefix(SHORTENED),
        objective_shortened=objective.startswith(SHORTENED),
        unit_code=(fields["unit_code"] or "")[:20],
        unit_name=(fields["unit_name"] or "")[:255],
        **_place(fields["place"]),
    )


def _make_indicator(fields: Json, *, position: int, project: Project) -> Indicator:
    return Indicator(
        project=project,
        disclosure_id=project.disclosure_id,
        position=position,
        dimension=fields["dimension"],
        type=fields["type"],
        name=fields["name"][:400],
        operator=fields["operator"] or "",
        target=(fields["target"] or "")[:400],
        unit=(fields["unit"] or "")[:60],
        weight=None if fields["weight"] is None else Decimal(fields["weight"]),
        result=(fields.get("result") or "")[:400],
        score=None if fields.get("score") is None else Decimal(fields["score"]),
        printed=fields.get("printed", []),
        **_place(fields["place"]),
    )


def _place(place: Json) -> dict[str, Any]:
    return {
        "page": place.get("page"),
        "sheet": (place.get("sheet") or "")[:80],
        "line": place.get("line"),
        "row": place.get("row"),
        "box": place.get("box"),
    }
