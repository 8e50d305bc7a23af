"""The places of a draft that a person can correct, as paths."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "figure", "number", "year", "date", "choice", "flag", "code"]


@dataclass(frozen=True, slots=True)
class Change:
    """One correctable place. ``steps`` lead to the dict in the draft's JSON that holds ``key``."""

    steps: tuple[str | int, ...]
    key: str
    kind: Kind
    field: str
    """The place's name without numbers, e.g. ``tables/columns/measure``."""
    numbers: tuple[int, ...]

    @property
    def is_figure(self) -> bool:
        """Whether it is an amount of a table row."""
        return self.kind == "figure"

    @property
    def is_flag(self) -> bool:
        """Whether it is yes or no."""
        return self.kind == "flag"

    @property
    def is_problem(self) -> bool:
        """Whether it settles a problem of the reading."""
        return self.field == "problems/settled"

    @property
    def in_codes(self) -> bool:
        """Whether it is one of several codes of a row."""
        return self.field == "tables/rows/codes"

    @property
    def changes_tree(self) -> bool:
        """Whether parents and levels of the table follow from it."""
        return self.field in {"tables/rows/code", "tables/rows/codes", "tables/rows/kind"}


FIELDS: dict[str, Kind] = {
    "head/department": "text",
    "head/department_code": "text",
    "head/unit": "text",
    "head/scope": "choice",
    "head/fiscal_year": "year",
    "head/stage": "choice",
    "head/published_on": "date",
    "tables/statement": "choice",
    "tables/title": "text",
    "tables/unit": "choice",
    "tables/declared_empty": "flag",
    "tables/excluded": "flag",
    "tables/columns/measure": "choice",
    "tables/columns/year": "year",
    "tables/columns/phase": "choice",
    "tables/columns/fund": "choice",
    "tables/columns/carried": "choice",
    "tables/columns/quantity": "choice",
    "tables/rows/name": "text",
    "tables/rows/unit_name": "text",
    "tables/rows/kind": "choice",
    "tables/rows/side": "choice",
    "tables/rows/code": "code",
    "tables/rows/codes": "code",
    "tables/rows/figures": "figure",
    "tables/rows/excluded": "flag",
    "projects/name": "text",
    "projects/code": "text",
    "projects/amount": "number",
    "projects/unit": "choice",
    "projects/execution_weight": "number",
    "projects/objective": "text",
    "projects/unit_name": "text",
    "projects/excluded": "flag",
    "projects/indicators/name": "text",
    "projects/indicators/dimension": "choice",
    "projects/indicators/type": "choice",
    "projects/indicators/operator": "choice",
    "projects/indicators/target": "text",
    "projects/indicators/unit": "text",
    "projects/indicators/weight": "number",
    "projects/indicators/excluded": "flag",
    "problems/settled": "flag",
}
"""Every correctable field and the kind of its value."""

KEYED = ("tables/rows/codes", "tables/rows/figures")
"""Fields whose last step names a scheme or a column of the table."""

_STEP = re.compile(r"[^/]+")


def find_change(path: str) -> Change | None:
    """Return what ``path`` points at, None when nothing can be corrected there."""
    steps = [int(step) if step.isdecimal() else step for step in _STEP.findall(path)]
    names = [step for step in steps if isinstance(step, str)]
    field = "/".join(names)
    keyed = "/".join(names[:-1]) in KEYED or (len(names) == 3 and "/".join(names[:3]) in KEYED)
    if keyed:
        # A column's key may itself be written with digits only: what stands last is always the key.
        field = "/".join(names[:3])
    kind = FIELDS.get(field)
    if kind is None or len(steps) < 2:
        return None
    numbers = tuple(step for step in steps[:-1] if isinstance(step, int))
    if len(numbers) != _count_numbers(field):
        return None
    holder = tuple(steps[:-2]) if keyed else tuple(steps[:-1])
    if holder and holder[0] == "head":
        holder = ("disclosure", *holder[1:])
    return Change(steps=holder, key=str(steps[-1]), kind=kind, field=field, numbers=numbers)


def _count_numbers(field: str) -> int:
    """Return how many numbers a path of this field holds: one per list on the way."""
    return sum(
        field.split("/")[:-1].count(name)
        for name in ("tables", "rows", "columns", "projects", "indicators", "problems")
    )
