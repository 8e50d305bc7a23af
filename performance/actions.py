"""Writing the projects and indicators of a published revision (called inside its transaction)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from budgets.models import Disclosure, Revision
from budgets.printed_units import find_factor, to_yuan
from budgets.search.entries import remove_entries
from performance.models import Indicator, Project, QualityHint
from performance.quality import Pledge, find_hints, from_draft
from performance.search import SEARCH_KINDS, index_projects

Json = Mapping[str, Any]
CATEGORIES: Final = {"R": "personnel", "Y": "operating", "T": "special_purpose"}
"""The letter after the 6-digit 财政区划 and 2-digit year of a 21-character project code."""
MOST_POINTS: Final = 100_000
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
    hints = find_hints(from_draft(draft), results=find_last_results(disclosure))
    asked: dict[tuple[int, int], list[str]] = {}
    for hint in hints:
        for position in hint.pledges:
            asked.setdefault((hint.promise, position), []).append(hint.rule)
    Indicator.objects.bulk_create(
        (
            _make_indicator(
                fields, position=position, project=project, rules=asked.get((number, position), [])
            )
            for number, (project, of) in enumerate(zip(projects, draft["projects"], strict=True))
            for position, fields in enumerate(of["indicators"])
        ),
        batch_size=2_000,
    )
    QualityHint.objects.bulk_create(
        QualityHint(
            disclosure=disclosure,
            project=projects[hint.promise],
            rule=hint.rule,
            positions=list(hint.pledges),
            question=hint.zh,
            question_en=hint.en,
        )
        for hint in hints
    )
    index_projects(disclosure)
    return len(projects)


def find_last_results(disclosure: Disclosure) -> dict[str, dict[str, Pledge]]:
    """This will return last year's indicators with results: project name → indicator name → indicator."""
    last: dict[str, dict[str, Pledge]] = {}
    rows = Indicator.objects.filter(
        disclosure__department_id=disclosure.department_id, fiscal_year=disclosure.fiscal_year - 1
    ).exclude(result="")
    for one in rows.select_related("project"):
        pledge = Pledge(
            one.dimension, one.type, one.name, one.operator, one.target, one.unit, one.weight, one.result
        )
        name = one.project.name if one.project is not None else ""
        last.setdefault(name, {})[one.name] = pledge
    return last


def remove_projects(disclosure: Disclosure) -> None:
    """This will remove the disclosure's projects and indicators (nothing of it is published any more)."""
    for kind in SEARCH_KINDS:
        remove_entries(kind, disclosure=disclosure)
    for queryset in (
        QualityHint.objects.filter(disclosure=disclosure),
        Indicator.objects.filter(disclosure=disclosure),
        Project.objects.filter(disclosure=disclosure),
    ):
        queryset._raw_delete(queryset.db)


def _make_project(fields: Json, *, position: int, revision: Revision, seen: set[str]) -> Project:
    disclosure, code = revision.disclosure, fields["code"] or ""
    factor = find_factor(fields["unit"])
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
        kind=fields.get("kind", "project"),
        parts=fields.get("parts", []),
        executed_yuan=_yuan(fields.get("executed"), factor),
        result=fields.get("result") or "",
        score=_points(fields.get("score")),
        yuan=_yuan(fields["amount"], factor),
        printed=fields["amount"] or "",
        unit_printed=fields["unit"] or "",
        execution_weight=_points(fields["execution_weight"]),
        objective=objective.removeprefix(SHORTENED),
        objective_shortened=objective.startswith(SHORTENED),
        unit_code=(fields["unit_code"] or "")[:20],
        unit_name=(fields["unit_name"] or "")[:255],
        **_place(fields["place"]),
    )


def _points(printed: str | None) -> Decimal | None:
    """Return points as stored; a number too large to be points stays in the printed cells only."""
    value = None if printed is None else Decimal(printed)
    return value if value is None or abs(value) < MOST_POINTS else None


def _yuan(amount: str | None, factor: Decimal | None) -> Decimal | None:
    return None if amount is None or factor is None else to_yuan(Decimal(amount), factor=factor)


def _make_indicator(fields: Json, *, position: int, project: Project, rules: list[str]) -> Indicator:
    return Indicator(
        project=project,
        disclosure_id=project.disclosure_id,
        department_id=project.department_id,
        fiscal_year=project.fiscal_year,
        stage=project.stage,
        rules=sorted(set(rules)),
        position=position,
        dimension=fields["dimension"],
        type=fields["type"],
        name=fields["name"][:400],
        operator=fields["operator"] or "",
        target=(fields["target"] or "")[:400],
        unit=(fields["unit"] or "")[:60],
        weight=_points(fields["weight"]),
        result=(fields.get("result") or "")[:400],
        score=_points(fields.get("score")),
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
