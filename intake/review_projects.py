"""A draft's projects and indicators as the review screen shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.review_labels import describe_value
from intake.vocabulary import FIELD_LABELS

Json = dict[str, Any]
PROJECT_FIELDS = ("name", "code", "amount", "unit", "execution_weight", "unit_name", "objective", "excluded")
INDICATOR_FIELDS = ("dimension", "type", "name", "operator", "target", "unit", "weight", "excluded")
INDICATOR_LABELS = [FIELD_LABELS[f"projects/indicators/{name}"] for name in INDICATOR_FIELDS]


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field with its path."""

    path: str
    label: str
    text: str
    corrected: bool


@dataclass(frozen=True, slots=True)
class ShownIndicator:
    """One indicator, a row of the table."""

    fields: tuple[ShownField, ...]
    excluded: bool


@dataclass(frozen=True, slots=True)
class ShownProject:
    """One project; open when something of it is chosen."""

    name: str
    amount: str | None
    unit: str | None
    fields: tuple[ShownField, ...]
    indicators: tuple[ShownIndicator, ...]
    is_open: bool


def show_projects(draft: Json, *, corrected: frozenset[str], at: str) -> list[ShownProject]:
    """Return every project with its indicators; ``at`` is the chosen path."""
    return [
        _show(project, number, corrected=corrected, at=at) for number, project in enumerate(draft["projects"])
    ]


def _show(project: Json, number: int, *, corrected: frozenset[str], at: str) -> ShownProject:
    base = f"projects/{number}"
    indicators = tuple(
        ShownIndicator(
            _show_fields(
                indicator, f"{base}/indicators/{index}", INDICATOR_FIELDS, corrected, "projects/indicators"
            ),
            bool(indicator.get("excluded")),
        )
        for index, indicator in enumerate(project["indicators"])
    )
    return ShownProject(
        name=project["name"],
        amount=project["amount"],
        unit=project["unit"],
        fields=_show_fields(project, base, PROJECT_FIELDS, corrected, "projects"),
        indicators=indicators,
        is_open=at.startswith(base + "/"),
    )


def _show_fields(
    holder: Json, base: str, names: tuple[str, ...], corrected: frozenset[str], kind: str
) -> tuple[ShownField, ...]:
    return tuple(
        ShownField(
            path=f"{base}/{name}",
            label=str(FIELD_LABELS[f"{kind}/{name}"]),
            text=""
            if holder.get(name) in (None, "", False)
            else describe_value(f"{base}/{name}", holder[name]),
            corrected=f"{base}/{name}" in corrected,
        )
        for name in names
    )
