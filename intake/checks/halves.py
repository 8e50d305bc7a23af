"""The halves of a summary table: which rows are this year's, carried over, totals; which fund each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from intake.checks.names import find_fund, find_role
from intake.checks.sheets import Sheet
from intake.parsing.draft import Column

YEAR_IN = ("carry_in", "surplus_use")
YEAR_OUT = ("carry_out", "surplus_out")


@dataclass(frozen=True, slots=True)
class Half:
    """The rows of one half (one side in one block) by what they are.

    ``grand``: 总计; ``year``: 本年合计; ``sources``: its summands; ``balances``: carried in or out
    and surplus rows, which stand beside the year in the grand total.
    """

    sheet: Sheet
    side: str
    block: int
    grand: int | None
    year: int | None
    sources: tuple[int, ...]
    balances: tuple[int, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return the money columns of this half."""
        return tuple(c for c in self.sheet.money if c.block == self.block)


def find_halves(sheet: Sheet, *, side: str) -> list[Half]:
    """Return the halves of one side: one, or two where expenditure is printed by two divisions."""
    halves = [h for h in _read_halves(sheet, side=side) if h.grand is not None or h.year is not None]
    return [half for half in halves if _prints_total(half)] or halves


def find_open_halves(sheet: Sheet, *, side: str) -> list[Half]:
    """Return the halves of one side that print no total of their own: it stands under another half."""
    return [half for half in _read_halves(sheet, side=side) if half.sources and not _prints_total(half)]


def _read_halves(sheet: Sheet, *, side: str) -> list[Half]:
    found = {sheet.blocks[i] for i, row in enumerate(sheet.rows) if row.side == side and sheet.blocks[i]}
    return [_read_half(sheet, side=side, block=block) for block in sorted(found)]


def _prints_total(half: Half) -> bool:
    return any(row is not None and half.sheet.has_figures(row) for row in (half.grand, half.year))


def find_fund_rows(sheet: Sheet) -> dict[tuple[str, bool], int]:
    """Return the revenue rows by (fund, carried): 一般公共预算 of this year, its 结转, and so on.

    Rows below 上年结转 are carried; a fund printed twice keeps its first row.
    """
    found: dict[tuple[str, bool], int] = {}
    carried = False
    for index, row in enumerate(sheet.rows):
        if row.side != "revenue" or not row.figures:
            continue
        role = find_role(row.name)
        if role in ("grand", "year", "total", "subtotal"):
            carried = False
            continue
        if role in YEAR_IN:
            carried = True
            continue
        fund = find_fund(row.name)
        if fund is None or fund == "carried_over":
            continue
        parent = None if row.parent is None else find_role(sheet.rows[row.parent].name)
        inside = carried if parent is None else parent in YEAR_IN
        found.setdefault((fund, inside), index)
    return found


def _read_half(sheet: Sheet, *, side: str, block: int) -> Half:
    roles: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(sheet.rows):
        if row.side != side or sheet.blocks[index] != block:
            continue
        inner = row.kind == "of_which" or (row.parent is not None and sheet.rows[row.parent].kind != "total")
        role = "inner" if inner else find_role(row.name)
        if role == "source" and roles["carry_in"] and (roles["year"] or roles["source"]):
            role = "inner"  # the balance by fund, printed below it
        roles[role].append(index)
    grand = _last(roles["grand"])
    year = _first(roles["year"])
    if grand is None:
        grand = _last(roles["total"])
    elif year is None:
        year = _first(roles["total"])
    balances = tuple(roles["carry_in"] + roles["surplus_use"] + roles["carry_out"] + roles["surplus_out"])
    return Half(
        sheet=sheet,
        side=side,
        block=block,
        grand=grand,
        year=year,
        sources=tuple(roles["source"]),
        balances=balances,
    )


def _first(rows: list[int]) -> int | None:
    return rows[0] if rows else None


def _last(rows: list[int]) -> int | None:
    return rows[-1] if rows else None
