"""The heading rows of an indicator table or a list of projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake.parsing.performance_grid import Span, View, overlap, span
from intake.parsing.performance_words import heading_role, plain
from intake.parsing.tables import Cell

_MOST_ROWS = 4
"""A heading cell that reaches further down is a side heading of what follows."""
_NAMED_SO = frozenset({"绩效指标", "指标", "绩效指标及目标值"})
_TWICE = frozenset({"level2", "name", "target", "operator", "unit", "weight"})
_OF_INDICATORS = frozenset(
    {"level1", "level2", "name", "target", "operator", "unit", "weight", "result", "score"}
)


@dataclass(frozen=True, slots=True)
class Heading:
    """Columns of a table: (role, where it lies); ``part:<label>`` is a further amount."""

    columns: tuple[tuple[str, Span], ...]
    rows: int
    """How many rows of the grid it takes, from the row it was found in."""
    kind: str
    """indicators (of a form), sheet (projects with indicators), list (projects with objectives)."""

    @property
    def roles(self) -> frozenset[str]:
        """Return the roles present."""
        return frozenset(role for role, _ in self.columns)


def find_heading(view: View, row: int) -> Heading | None:
    """Return the heading that has its main row here, None where this row is none."""
    cells = [cell for cell in view.rows[row] if cell.text.strip()]
    roles = {id(cell): heading_role(cell.text) for cell in cells}
    found = {role for role in roles.values() if role}
    reaches = [cell.row + cell.row_span - row for cell in cells if cell.row == row and roles[id(cell)]]
    deepest = max((reach for reach in reaches if reach <= _MOST_ROWS), default=1)
    below = [
        cell
        for at in range(row + 1, min(row + deepest, view.grid.rows))
        for cell in view.own(at)
        if cell.row == at
    ]
    roles |= {id(cell): heading_role(cell.text) for cell in below}
    found |= {role for cell in below if (role := roles[id(cell)])}
    kind = _kind(found, cells)
    if kind is None:
        return None
    return Heading(tuple(_columns(cells, below, roles, kind)), deepest, kind)


def _kind(found: set[str], cells: Sequence[Cell]) -> str | None:
    embedded = any(plain(cell.text) in _NAMED_SO for cell in cells)
    levelled = bool(found & {"level1", "level2"}) and "target" in found
    if embedded and "name" not in found and (levelled or len(found & {"target", "operator", "unit"}) >= 2):
        found = found | {"name"}
    about = len(found & _OF_INDICATORS)
    named = "name" in found and about >= 2 and bool(found & {"target", "operator", "level2", "weight"})
    listed = bool(found & {"project", "unit_name"}) and bool(found & {"objective", "project_code"}) | (
        "project" in found
    )
    if named and (found & {"project", "objective"} or {"unit_name", "amount"} <= found):
        return "sheet"
    if named:
        return "indicators"
    if listed and "amount" in found and embedded and "level1" not in found:
        return "sheet"
    if "project" in found and "amount" in found and "objective" in found:
        return "list"
    return None


def _columns(
    cells: Sequence[Cell], below: Sequence[Cell], roles: dict[int, str | None], kind: str
) -> list[tuple[str, Span]]:
    """Return the leaf columns from left to right, each role once (a second amount is a part)."""
    leaves = [cell for cell in cells if not any(_covers(cell, other) for other in below)] + list(below)
    leaves = [cell for cell in leaves if not any(_covers(cell, other) for other in leaves)]
    columns: list[tuple[str, Span]] = []
    taken: set[str] = set()
    for cell in sorted(leaves, key=lambda one: one.column):
        role = roles[id(cell)]
        words = plain(cell.text)
        if role == "unit" and "target" not in taken and "name" not in taken:
            role = "unit_name"
        if role is None and words in _NAMED_SO and "name" not in set(roles.values()):
            role = "name" if set(roles.values()) & {"target", "operator"} else "embedded"
        if kind != "indicators" and (role is None or role in taken) and _is_money(words):
            role = f"part:{words}"
        if role in taken and role in _TWICE and kind == "indicators":
            role = f"{role}#2"  # 实施期 on the left, the year on the right
        if role is None or role in taken:
            continue
        taken.add(role)
        columns.append((role, span(cell)))
    return columns


def _covers(upper: Cell, lower: Cell) -> bool:
    return lower.row > upper.row and overlap(span(upper), span(lower)) > 0.6


_MONEY = (
    "资金",
    "拨款",
    "预算",
    "金额",
    "合计",
    "支出",
    "专户",
    "基金",
    "小计",
    "总计",
    "结转",
    "收入",
    "补助",
)


def _is_money(words: str) -> bool:
    return any(word in words for word in _MONEY) and not any(
        word in words for word in ("目标", "指标", "名称")
    )
