"""Which row is a part of which: by codes where they are printed, else by their outline (``outline.py``).

A parent is set only where the row is a summand: 其中 rows have none, totals have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from intake.parsing.codes import LEVELS
from intake.parsing.draftrow import DraftRow
from intake.parsing.outline import adds_up, link_without_codes
from intake.parsing.words import find_numbering, find_total, fold, is_of_which

_UNIT_NAME = re.compile(
    r"(?:局|厅|委|办|办公室|委员会|中心|院|所|站|队|支队|总队|大队|馆|校|学校|学院|监狱|政府|部|处|会|社|台|团|厂|公司|基地|街道|"
    r"法院|检察院|戒毒所|医院|园|场|库|本级|机关)(?:\((?:本级|机关|本部|汇总)\)|本级|机关)?$"
)


_LAST_ALIKE = 40
"""So many rows of one code (function × economic rows) are remembered as possible parents."""


def mark_kinds(rows: Sequence[DraftRow]) -> None:
    """Set kind and level of every row of one block."""
    coded = any(row.code is not None for row in rows)
    unitless = {row.code for row in rows if row.code is not None and row.unit_code is None}
    for row in rows:
        row.rank = find_numbering(row.label)[0]
        total = find_total(row.label) if row.code is None else None
        if total is not None and not (row.unit_code and not row.label):
            row.kind = "total" if total == "total" else "subtotal"
            row.level = "total"
        elif is_of_which(row.label):
            row.kind = "of_which"
        elif (row.code is None and _is_unit(row, coded=coded)) or (
            row.unit_code is not None and len(row.codes) == 1 and row.code in unitless
        ):
            # A unit's row may repeat the function of the rows below it, which then print no unit code.
            row.kind = "unit"
            row.level = "unit"
        if row.code is not None and row.kind != "unit":
            row.level = LEVELS.get(len(row.code), "item")
    _settle_totals(rows)


def _is_unit(row: DraftRow, *, coded: bool) -> bool:
    """Return whether a row without a classification code is that of a budget unit."""
    if row.unit_code is not None and not row.codes:
        return True
    if row.unit_name is not None and fold(row.unit_name) == fold(row.label):
        return True
    return coded and row.rank < 0 and not row.codes and _UNIT_NAME.search(fold(row.label)) is not None


def _settle_totals(rows: Sequence[DraftRow]) -> None:
    """Keep one total a block: 收入合计 is a subtotal where a 收入总计 stands beside it."""
    totals = [row for row in rows if row.kind == "total"]
    if len(totals) > 1 and any("总计" in fold(row.label) for row in totals):
        for row in totals:
            if "总计" not in fold(row.label):
                row.kind = "subtotal"
    if not any(row.kind == "total" for row in rows):
        subtotals = [row for row in rows if row.kind == "subtotal"]
        units = [row for row in rows if row.kind == "unit"]
        if len(subtotals) == 1 and re.search(r"(?:收入|支出)(?:合计|总计)$", fold(subtotals[0].label)):
            subtotals[0].kind = "total"
        elif not subtotals and len(units) == 1 and any(row.code for row in rows):
            units[0].kind = "total"
            units[0].level = "total"


def link(rows: Sequence[DraftRow]) -> None:
    """Set the parents of one block's rows."""
    mark_kinds(rows)
    if any(row.code is not None for row in rows):
        _link_codes(rows)
        _link_units(rows)
    else:
        link_without_codes(rows)


def _scoped(rows: Sequence[DraftRow]) -> Iterable[tuple[DraftRow | None, list[DraftRow]]]:
    """Yield each unit row with the rows under it (None before the first)."""
    unit: DraftRow | None = None
    scope: list[DraftRow] = []
    for row in rows:
        if row.kind == "unit":
            yield unit, scope
            unit, scope = row, []
        else:
            scope.append(row)
    yield unit, scope


def _link_codes(rows: Sequence[DraftRow]) -> None:
    for unit, scope in _scoped(rows):
        seen: dict[str, list[DraftRow]] = {}
        for row in scope:
            if unit is not None and row.unit_name is None:
                row.unit_name = unit.name
            if row.code is None or row.kind in {"total", "subtotal", "of_which"}:
                continue
            row.parent = _nearest(row, seen)
            seen.setdefault(row.code, []).append(row)
            del seen[row.code][:-_LAST_ALIKE]
        _unlink_equals(scope)
        plain = {row.code: row for row in reversed(scope) if row.code is not None and len(row.codes) == 1}
        for row in scope:
            if row.code is not None and row.parent is None and row.kind == "item":
                row.parent = _later_parent(row, plain)
            if row.parent is None and unit is not None and unit.kind == "unit" and row.kind == "item":
                row.parent = unit if row.code is not None else None


def _nearest(row: DraftRow, seen: dict[str, list[DraftRow]]) -> DraftRow | None:
    """Return the last row above whose codes are the longest proper beginning of this row's codes."""
    code = row.code or ""
    for length in range(len(code), 2, -1):
        fitting = [other for other in reversed(seen.get(code[:length], ())) if _begins(other, row)]
        if fitting:
            return max(fitting, key=lambda other: sum(map(len, other.codes.values())))
    return None


def _unlink_equals(scope: Sequence[DraftRow]) -> None:
    """Part rows from a row of the same main code (function × economic rows) unless they add up to it."""
    parts: dict[int, list[DraftRow]] = {}
    for row in scope:
        if row.parent is not None and row.parent.code == row.code:
            parts.setdefault(id(row.parent), []).append(row)
    for rows in parts.values():
        parent = rows[0].parent
        figures = {} if parent is None else parent.figures
        whole = {key: figure.value for key, figure in figures.items() if figure.value is not None}
        if adds_up(whole, rows) is not True:
            for row in rows:
                row.parent = None


def _begins(other: DraftRow, row: DraftRow) -> bool:
    """Return whether each of the other row's codes begins one of this row's, and one is shorter or absent."""
    return other.codes != row.codes and all(
        row.codes.get(scheme, "").startswith(code) for scheme, code in other.codes.items()
    )


def _scheme(row: DraftRow) -> str:
    return next(scheme for scheme, code in row.codes.items() if code == row.code)


def _later_parent(row: DraftRow, plain: dict[str, DraftRow]) -> DraftRow | None:
    """Return a parent printed after its parts, where the class row stands last.

    ``plain`` are the rows that print one code only, the first of each.
    """
    code = row.code or ""
    for length in (5, 3):
        other = plain.get(code[:length]) if length < len(code) else None
        if other is not None:
            return other if other.codes.keys() == row.codes.keys() else None
    return None


def _link_units(rows: Sequence[DraftRow]) -> None:
    """Give units their department's row as parent, by unit codes (125 ⊃ 125001)."""
    last: dict[str, DraftRow] = {}
    for row in rows:
        if row.kind != "unit":
            continue
        if row.unit_name is None:
            row.unit_name = row.name
        code = row.unit_code or ""
        above = (last.get(code[:length]) for length in range(len(code) - 1, 0, -1))
        row.parent = next((other for other in above if other is not None), None)
        last[code] = row
