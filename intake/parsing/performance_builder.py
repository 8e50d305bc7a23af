"""Projects in the making, while the rows of a table go by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from intake.parsing.draft import Indicator, Project
from intake.parsing.performance_strips import CODE_NAME, UNIT_NAME
from intake.parsing.performance_values import number, operator_key, split_target
from intake.parsing.performance_words import dimension, indicator_type, paragraphs, plain, unwrapped
from intake.parsing.tables import Place

_TEMPLATE = re.compile(r"(目标\d+[:：]?|[.…]+)*")
"""What a blank form prints in the place of an objective."""


@dataclass
class Making:
    """One project (or department objective) as far as it is read."""

    place: Place
    kind: str = "project"
    name: str = ""
    code: str | None = None
    amount: Decimal | None = None
    unit: str | None = None
    execution_weight: Decimal | None = None
    objective: str = ""
    objective_place: Place | None = None
    unit_code: str | None = None
    unit_name: str | None = None
    executed: Decimal | None = None
    result: str = ""
    score: Decimal | None = None
    parts: list[tuple[str, Decimal]] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    figures: dict[str, tuple[str, Place]] = field(default_factory=dict)
    """Every amount cell of its row in a sheet: heading → (raw text, place)."""
    notes: list[Decimal | None] = field(default_factory=list)
    """The numbers of the column 备注 beside each indicator: weights, in some forms."""

    def named(self, text: str) -> None:
        """Take the printed name, parted from a code in front of it."""
        found = CODE_NAME.match(text.replace("\n", ""))
        if found:
            self.code, text = found.group(1), found.group(2)
        self.name = unwrapped(text)

    def owned(self, text: str) -> None:
        """Take the printed unit, parted from a code in front of it."""
        words = unwrapped(text)
        found = UNIT_NAME.match(words)
        if found:
            self.unit_code, words = found.group(1), found.group(2)
        self.unit_name = words or self.unit_name

    def empty(self) -> bool:
        """Return whether nothing was filled in: a form left blank."""
        blank = not self.objective or bool(_TEMPLATE.fullmatch("".join(self.objective.split())))
        return not self.indicators and blank and not self.amount

    def finished(self) -> Project:
        """Return the project as plain data."""
        return Project(
            place=self.place,
            code=self.code,
            name=self.name,
            amount=self.amount,
            unit=self.unit,
            execution_weight=self.execution_weight,
            objective=paragraphs(self.objective) or None,
            objective_place=self.objective_place,
            unit_code=self.unit_code,
            unit_name=self.unit_name,
            indicators=self._indicators(),
            kind="department" if self.kind == "department" else "project",
            parts=tuple(self.parts),
            executed=self.executed,
            result=paragraphs(self.result) or None,
            score=self.score,
        )

    def _indicators(self) -> tuple[Indicator, ...]:
        """Return the indicators, numbers of 备注 taken as weights where they close at 90 or 100."""
        numbers = [value for value in self.notes if value is not None]
        if any(one.weight is not None for one in self.indicators) or sum(numbers) not in (90, 100):
            return tuple(self.indicators)
        return tuple(_weighed(one, weight) for one, weight in zip(self.indicators, self.notes, strict=True))


def _weighed(one: Indicator, weight: Decimal | None) -> Indicator:
    return Indicator(
        one.place,
        one.dimension,
        one.type,
        one.name,
        one.operator,
        one.target,
        one.unit,
        weight,
        one.printed,
        one.result,
        one.score,
    )


def build_indicator(
    fields: Mapping[str, str], *, level1: str, level2: str, place: Place, printed: tuple[str, ...]
) -> Indicator:
    """Return one indicator from the texts of its row (role → text) and the levels above it."""
    above = dimension(level1)
    kind = indicator_type(level2) or indicator_type(level1 if above is None else "")
    belongs = kind[1] if kind else None
    # A level 1 carried over a page break may be stale; a level 2 that names its level wins over it,
    # except that 成本 stands on level 1 in newer forms.
    chosen = above if belongs is None or (kind and kind[0] == "cost" and above) else belongs
    if above == "satisfaction" and kind is None:
        kind = ("service_recipients", "satisfaction")
    operator, target, unit = _target(fields)
    name = unwrapped(fields.get("name", ""))
    if unit is None and target is not None and number(target) is not None:
        unit = _unit_in_name(name)
    return Indicator(
        place=place,
        dimension=chosen or "other",
        type=kind[0] if kind else "other",
        name=name or unwrapped(level2 or level1),
        operator=operator,
        target=target,
        unit=unit,
        weight=number(fields.get("weight", "")),
        printed=printed,
        result=unwrapped(fields.get("result", "")) or None,
        score=number(fields.get("score", "")),
    )


def _target(fields: Mapping[str, str]) -> tuple[str | None, str | None, str | None]:
    raw = fields.get("target", "").strip()
    own_unit = unwrapped(fields.get("unit", "")) or None
    printed_operator = operator_key(fields.get("operator", ""))
    if printed_operator is None and own_unit is None:
        return split_target(raw)
    operator, value, unit = split_target(raw)
    if value is None:
        return printed_operator, unwrapped(raw) or None, own_unit
    if printed_operator is not None and unit is None and number(value) is None:
        operator = None
    return printed_operator or operator, value, own_unit or unit


def _unit_in_name(name: str) -> str | None:
    """Return the unit that some forms print in brackets behind the name: 提交审计报告（篇）."""
    words = plain(name)
    if not words.endswith(")") or "(" not in words:
        return None
    inside = words[words.rindex("(") + 1 : -1]
    short = len(inside) <= 3 or ("/" in inside and len(inside) <= 10)
    return inside if inside and short and not any(sign.isdigit() for sign in inside) else None
