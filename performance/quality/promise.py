"""What the rules look at: one project's promise as plain data, from a draft or from the database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import get_language

FACTORS = {
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万": Decimal(10_000),
    "万元": Decimal(10_000),
    "亿": Decimal(10**8),
    "亿元": Decimal(10**8),
}


@dataclass(frozen=True, slots=True)
class Pledge:
    """One indicator: what is promised, how much of it, and how much it weighs."""

    dimension: str
    type: str
    name: str
    operator: str
    target: str
    unit: str
    weight: Decimal | None
    result: str = ""

    @property
    def value(self) -> Decimal | None:
        """Return the target as a number, None where it is text."""
        return to_number(self.target)

    @property
    def qualitative(self) -> bool:
        """Return whether the promise is a word instead of a number."""
        return self.operator == "qualitative" or (self.value is None and not re.search(r"\d", self.target))

    @property
    def yuan(self) -> Decimal | None:
        """Return the target in yuan where its unit is one of money, per nothing."""
        factor = FACTORS.get(self.unit)
        return self.value * factor if self.value is not None and factor is not None else None

    def printed(self) -> str:
        """Return the promise as a reader would write it: name, operator, target and unit."""
        signs = {"eq": "=", "ge": "≥", "le": "≤", "gt": ">", "lt": "<", "qualitative": "定性"}
        words = [self.name, signs.get(self.operator, ""), self.target, self.unit]
        return " ".join(word for word in words if word)


@dataclass(frozen=True, slots=True)
class Promise:
    """One project (or department objective) with its indicators; ``yuan`` is its amount."""

    name: str
    code: str
    kind: str
    yuan: Decimal | None
    step: Decimal
    """One unit of the last printed place of the amount, in yuan."""
    execution_weight: Decimal | None
    objective: str
    pledges: tuple[Pledge, ...]


@dataclass(frozen=True, slots=True)
class Hint:
    """What one rule says of one promise: which indicators, and the question in two languages."""

    rule: str
    promise: int
    pledges: tuple[int, ...]
    zh: str
    en: str

    @property
    def text(self) -> str:
        """Return the question in the language of the page."""
        return self.en if (get_language() or "").startswith("en") else self.zh


Found = Iterator[tuple[tuple[int, ...], str, str]]
"""What a rule over one promise yields: indicator positions, Chinese, English."""


def to_number(text: str) -> Decimal | None:
    """Return the number that a text prints and nothing else, None where it prints anything more."""
    words = text.replace(",", "").replace("，", "").strip()
    try:
        return Decimal(words) if re.fullmatch(r"[-+]?\d+(\.\d+)?", words) else None
    except InvalidOperation:
        return None


def tidy(value: Decimal | int) -> str:
    """Return a number without trailing zeros: 40 for 40.00."""
    return f"{Decimal(value).normalize():f}"


def from_draft(draft: Mapping[str, Any]) -> tuple[Promise, ...]:
    """Return the promises of a draft's JSON (``contracts.md`` §2)."""
    return tuple(_from_json(project) for project in draft["projects"])


def _from_json(fields: Mapping[str, Any]) -> Promise:
    factor = FACTORS.get(fields.get("unit") or "", Decimal(10_000))
    return Promise(
        name=fields["name"],
        code=fields.get("code") or "",
        kind=fields.get("kind", "project"),
        yuan=None if fields["amount"] is None else Decimal(fields["amount"]) * factor,
        step=step_of(fields["amount"], factor),
        execution_weight=None
        if fields.get("execution_weight") is None
        else Decimal(fields["execution_weight"]),
        objective=fields.get("objective") or "",
        pledges=tuple(_pledge(one) for one in fields["indicators"]),
    )


def _pledge(fields: Mapping[str, Any]) -> Pledge:
    return Pledge(
        dimension=fields["dimension"],
        type=fields["type"],
        name=fields["name"],
        operator=fields["operator"] or "",
        target=fields["target"] or "",
        unit=fields["unit"] or "",
        weight=None if fields["weight"] is None else Decimal(fields["weight"]),
        result=fields.get("result") or "",
    )


def step_of(printed: str | None, factor: Decimal) -> Decimal:
    """Return one unit of the last decimal place of a printed amount, in yuan."""
    places = len(printed.rpartition(".")[2]) if printed and "." in printed else 0
    return Decimal(1).scaleb(-places) * factor


def from_models(projects: Sequence[Any]) -> tuple[Promise, ...]:
    """Return the promises of projects of the database, indicators prefetched."""
    return tuple(
        Promise(
            name=project.name,
            code=project.code,
            kind=project.kind,
            yuan=project.yuan,
            step=step_of(project.printed, FACTORS.get(project.unit_printed, Decimal(10_000))),
            execution_weight=project.execution_weight,
            objective=project.objective,
            pledges=tuple(
                Pledge(
                    one.dimension,
                    one.type,
                    one.name,
                    one.operator,
                    one.target,
                    one.unit,
                    one.weight,
                    one.result,
                )
                for one in project.indicators.all()
            ),
        )
        for project in projects
    )
