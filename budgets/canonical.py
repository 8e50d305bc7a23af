"""Which statement of a disclosure the sums over departments are made of, and which rows are leaves.

The same leaf stands in several tables of a disclosure, so that no yuan is counted twice each scheme
takes its sums from one statement only:

* functional: the widest, 部门支出总表 (all funds). Where that has no functional codes: 财政拨款支出表 or
  一般公共预算支出表, if it adds up to what 部门收支总表 spends in all; else 部门收支总表 itself (its
  classes); else whichever of them there is.
* economic_dept, economic_gov: 一般公共预算基本支出表, which everybody must publish
  (预算法实施条例 art. 6); else 财政拨款基本支出表. Tables of *all* spending by economic classification
  are not taken: sums over departments would mix two things.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

Json = Mapping[str, Any]
BY_FUNCTION: Final = ("appropriation_expenditure", "expenditure_by_function")
BY_ECONOMIC: Final = ("basic_by_economic", "appropriation_basic")
ECONOMIC_SCHEMES: Final = ("economic_dept", "economic_gov")
SAME: Final = Decimal("0.1")
"""Printed units by which two totals of one document may differ through rounding of their rows."""


def find_canonical(tables: Sequence[Json]) -> dict[str, int]:
    """This will return, by scheme, the index of the table that sums come from (absent where there is none)."""
    found = {}
    functional = _find_functional(tables)
    if functional is not None:
        found["functional"] = functional
    for scheme in ECONOMIC_SCHEMES:
        index = _find_first(tables, BY_ECONOMIC, scheme=scheme)
        if index is not None:
            found[scheme] = index
    return found


def _find_functional(tables: Sequence[Json]) -> int | None:
    widest = _find_first(tables, ("expenditure_summary",), scheme="functional")
    if widest is not None:
        return widest
    whole = _find_first(tables, ("department_summary",), scheme="functional")
    for key in BY_FUNCTION:
        index = _find_first(tables, (key,), scheme="functional")
        if index is None:
            continue
        if whole is None or abs(sum_leaves(tables[index]) - sum_leaves(tables[whole])) <= SAME:
            return index
    return whole


def _find_first(tables: Sequence[Json], keys: Sequence[str], *, scheme: str) -> int | None:
    for key in keys:
        for index, table in enumerate(tables):
            if table["statement"] == key and _has_coded_amounts(table, scheme):
                return index
    return None


def _has_coded_amounts(table: Json, scheme: str) -> bool:
    return any(
        scheme in row["codes"] and any(amount is not None for amount in row["amounts"].values())
        for row in table["rows"]
    )


def find_leaves(table: Json) -> set[int]:
    """This will return the indices of the rows of which no other row of the table is a part.

    Totals, subtotals, 其中 rows and unit rows are none; a total standing alone (a 三公 table of one
    row) is one.
    """
    rows = table["rows"]
    parents = {row.get("parent_index") for row in rows}
    leaves = {index for index, row in enumerate(rows) if row["kind"] == "item" and index not in parents}
    return leaves or {index for index, row in enumerate(rows) if row["kind"] == "total" and len(rows) == 1}


def find_canonical_leaves(table: Json) -> set[int]:
    """This will return the leaves that sums over departments are made of: expenditure, each yuan once.

    Where a table prints the whole department and then each of its units again, the rows of the
    units repeat the others and are left out; a table of units alone keeps them all.
    """
    rows = table["rows"]
    leaves = {index for index in find_leaves(table) if rows[index]["side"] != "revenue"}
    whole = {index for index in leaves if rows[index]["unit_name"] is None}
    if whole and whole != leaves and _sum(table, whole) == _sum(table, leaves - whole):
        return whole
    return leaves


def sum_leaves(table: Json) -> Decimal:
    """This will return the sum of the canonical leaves in the first column of totals, in the printed unit."""
    return _sum(table, find_canonical_leaves(table))


def _sum(table: Json, rows: set[int]) -> Decimal:
    key = next(iter(_total_keys(table)), None)
    amounts = (table["rows"][index]["amounts"].get(key) for index in rows)
    return sum((Decimal(amount) for amount in amounts if amount is not None), Decimal(0))


def _total_keys(table: Json) -> Iterator[str]:
    sides = {key for row in table["rows"] if row["side"] != "revenue" for key in row["amounts"]}
    for column in table["columns"]:
        if column["measure"] == "total" and column["quantity"] == "money" and column["key"] in sides:
            yield column["key"]
