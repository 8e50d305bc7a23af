"""Which statement of a disclosure the sums over departments are made of, and which rows are leaves.

The same leaf stands in several tables of a disclosure, so that no yuan is counted twice each scheme
takes its sums from one statement only:

* functional: the widest that goes down to 项: 部门支出总表 (all funds), else 财政拨款支出表, else
  一般公共预算支出表; each only if its printed rows reach its own total. Where none does (items kept
  secret, say): the classes of 部门收支总表; else whichever of them there is.
* economic_dept, economic_gov: 一般公共预算基本支出表, which everybody must publish
  (预算法实施条例 art. 6); else 财政拨款基本支出表. Tables of *all* spending by economic classification
  are not taken: sums over departments would mix two things.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

Json = Mapping[str, Any]
DETAILED: Final = ("expenditure_summary", "appropriation_expenditure", "expenditure_by_function")
BY_ECONOMIC: Final = ("basic_by_economic", "appropriation_basic")
ECONOMIC_SCHEMES: Final = ("economic_dept", "economic_gov")
PARTS_OF_FUNDS: Final = ("budget_grant", "earmarked", "education_fees", "other_special_account", "non_tax")
"""Sources printed as 其中 of another: never a summand beside it."""
ROUNDING: Final = Decimal("0.01")
"""Printed units by which each row of a table may be off through rounding."""


def find_canonical(tables: Sequence[Json]) -> dict[str, int]:
    """This will return, by scheme, the index of the table that sums come from; absent where there is none."""
    found = {}
    functional = _find_functional(tables)
    if functional is not None:
        found["functional"] = functional
    for scheme in ECONOMIC_SCHEMES:
        index = _find_first(tables, BY_ECONOMIC, scheme=scheme)
        if index is not None:
            found[scheme] = index
    return found


def find_summable(tables: Sequence[Json], *, year: int, stage: str) -> dict[int, list[str]]:
    """This will return, by index of the table, the columns whose leaves add up without counting a yuan twice.

    One table only: the canonical one by function, else by economic class. Of its columns those of
    money, of this year and of what the stage decides (approved, executed); of each measure the one
    over all funds and all years of origin where it is printed, else its parts.
    """
    canonical = find_canonical(tables)
    index = next(
        (canonical[scheme] for scheme in ("functional", *ECONOMIC_SCHEMES) if scheme in canonical), None
    )
    if index is None:
        return {}
    phase = "executed" if stage == "final_accounts" else "approved"
    columns = [
        column
        for column in tables[index]["columns"]
        if column["quantity"] == "money"
        and column["phase"] == phase
        and column["year"] in {None, year}
        and column["fund"] not in PARTS_OF_FUNDS
    ]
    for part in ("fund", "carried"):
        whole = {column["measure"] for column in columns if column[part] == "all"}
        columns = [column for column in columns if column[part] == "all" or column["measure"] not in whole]
    return {index: [column["key"] for column in columns]}


def _find_functional(tables: Sequence[Json]) -> int | None:
    detailed = [
        index
        for key in DETAILED
        for index in [_find_first(tables, (key,), scheme="functional")]
        if index is not None
    ]
    whole = _find_first(tables, ("department_summary",), scheme="functional")
    reaching = (index for index in detailed if _reaches_total(tables[index]))
    return next(reaching, whole if whole is not None else next(iter(detailed), None))


def _reaches_total(table: Json) -> bool:
    """Return whether the leaves add up to the total the table prints (true where it prints none)."""
    key = _find_total_key(table)
    totals = [row["amounts"].get(key) for row in table["rows"] if row["kind"] == "total"]
    printed = next((Decimal(total) for total in reversed(totals) if total is not None), None)
    return printed is None or abs(sum_leaves(table) - printed) <= ROUNDING * len(table["rows"])


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

    Of side-by-side halves only those count that print codes: a summary may print the same spending
    by function and beside it by nature. Where a table prints the whole department and then each of
    its units again, the rows of the units repeat the others and are left out; a table of units
    alone keeps them all.
    """
    rows = table["rows"]
    leaves = {index for index in find_leaves(table) if rows[index]["side"] != "revenue"}
    blocks = {column["key"]: column["block"] for column in table["columns"]}
    coded = {_find_block(rows[index], blocks) for index in leaves if rows[index]["codes"]}
    if coded:
        leaves = {index for index in leaves if _find_block(rows[index], blocks) in coded}
    whole = {index for index in leaves if rows[index]["unit_name"] is None}
    if whole and whole != leaves and _sum(table, whole) == _sum(table, leaves - whole):
        return whole
    return leaves


def _find_block(row: Json, blocks: Mapping[str, int]) -> int:
    return next((blocks[key] for key in row["amounts"] if key in blocks), 0)


def sum_leaves(table: Json) -> Decimal:
    """This will return the sum of the canonical leaves in the column of totals, in the printed unit."""
    return _sum(table, find_canonical_leaves(table))


def _sum(table: Json, rows: set[int]) -> Decimal:
    key = _find_total_key(table)
    amounts = (table["rows"][index]["amounts"].get(key) for index in rows)
    return sum((Decimal(amount) for amount in amounts if amount is not None), Decimal(0))


def _find_total_key(table: Json) -> str | None:
    """Return the first column of totals that coded (else any) rows of expenditure have."""
    rows = [row for row in table["rows"] if row["side"] != "revenue"]
    coded = [row for row in rows if row["codes"]] or rows
    keys = {key for row in coded for key in row["amounts"]}
    for column in table["columns"]:
        if column["measure"] == "total" and column["quantity"] == "money" and column["key"] in keys:
            return str(column["key"])
    return None
