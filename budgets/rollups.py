"""Sums of canonical leaves, by code at every level: a department's, and those of its region.

Keyed by (year, phase, stage, scope, scheme, code, measure, fund). Written in the publishing
transaction; a page that adds departments up reads these and never counts a yuan twice. Where a
statement prints personnel and operating but not basic expenditure, basic is their sum
(预算法实施条例 art. 5: 基本支出 = 人员经费 + 公用经费).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from budgets.canonical import find_canonical_leaves
from budgets.loading import copy_rows
from budgets.models import Disclosure, Region, Rollup, Statement
from budgets.printed_units import to_yuan

PREFIXES: Final = (3, 5, 7)
Key = tuple[str, str, int, str, str, str]
"""scheme, code, amount year, phase, measure, fund"""
FIELDS: Final = (
    "fiscal_year", "amount_year", "phase", "stage", "scope", "region_id", "department_id",
    "disclosure_id", "scheme", "code", "measure", "fund", "yuan", "departments",
)  # fmt: skip


def write_rollups(
    disclosure: Disclosure, *, statements: Sequence[Statement], tables: Sequence[Mapping[str, Any]]
) -> None:
    """This will write the department's sums; its region's come after (:func:`write_region_rollups`)."""
    department = disclosure.department
    sums: dict[Key, Decimal] = {}
    for statement, table in zip(statements, tables, strict=True):
        for scheme in filter(None, statement.canonical_for.split(",")):
            sums |= sum_by_code(
                table, scheme=scheme, factor=statement.unit_factor, year=disclosure.fiscal_year
            )
    copy_rows(
        Rollup,
        FIELDS,
        (
            (
                disclosure.fiscal_year,
                year,
                phase,
                disclosure.stage,
                disclosure.scope,
                department.region_id,
                department.pk,
                disclosure.pk,
                scheme,
                code,
                measure,
                fund,
                yuan,
                1,
            )
            for (scheme, code, year, phase, measure, fund), yuan in sums.items()
        ),
    )


def sum_by_code(table: Mapping[str, Any], *, scheme: str, factor: Decimal, year: int) -> dict[Key, Decimal]:
    """This will return the sums in yuan of one table's canonical leaves for each code and its prefixes.

    A row without a code of the scheme counts under the nearest code above it, else in the whole only
    (code ``""``). Blank cells add nothing, and a code with blanks only has no sum.
    """
    columns = {column["key"]: column for column in _summable(table)}
    sums: defaultdict[Key, Decimal] = defaultdict(Decimal)
    for index in find_canonical_leaves(table):
        row = table["rows"][index]
        code = _find_code(table["rows"], index, scheme=scheme)
        for key, printed in row["amounts"].items():
            if printed is None or key not in columns:
                continue
            column = columns[key]
            yuan = to_yuan(Decimal(printed), factor=factor)
            for prefix in _prefixes(code):
                sums[
                    scheme, prefix, column["year"] or year, column["phase"], column["measure"], column["fund"]
                ] += yuan
    return dict(sums) | dict(_missing_basic(sums))


def _find_code(rows: Sequence[Mapping[str, Any]], index: int, *, scheme: str) -> str:
    """Return the row's code, or that of the nearest row above it in the tree; empty where none has one."""
    at: int | None = index
    while at is not None:
        code = rows[at]["codes"].get(scheme)
        if code:
            return str(code)
        at = rows[at].get("parent_index")
    return ""


def _summable(table: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the columns of money; those of current and carried-over money only where no whole is printed."""
    money = [column for column in table["columns"] if column["quantity"] == "money"]
    whole = [column for column in money if column["carried"] == "all"]
    return whole or money


def _prefixes(code: str) -> Iterator[str]:
    yield ""
    for length in PREFIXES:
        if len(code) >= length:
            yield code[:length]


def _missing_basic(sums: Mapping[Key, Decimal]) -> Iterator[tuple[Key, Decimal]]:
    for (scheme, code, year, phase, measure, fund), yuan in sums.items():
        if measure not in {"personnel", "operating"}:
            continue
        basic = (scheme, code, year, phase, "basic", fund)
        other = (scheme, code, year, phase, "operating" if measure == "personnel" else "personnel", fund)
        if basic not in sums:
            yield basic, yuan + sums.get(other, Decimal(0))


def write_region_rollups(region: Region, *, disclosure: Disclosure) -> None:
    """This will add up anew the region's sums for the disclosure's year, stage and scope.

    The region's row is locked until the transaction ends, so that two publishers of one region do
    not both leave the other out.
    """
    key: list[Any] = [region.pk, disclosure.fiscal_year, disclosure.stage, disclosure.scope]
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM budgets_region WHERE id = %s FOR NO KEY UPDATE", [region.pk])
        cursor.execute(
            "DELETE FROM budgets_rollup WHERE department_id IS NULL"
            " AND region_id = %s AND fiscal_year = %s AND stage = %s AND scope = %s",
            key,
        )
        cursor.execute(
            "INSERT INTO budgets_rollup (fiscal_year, amount_year, phase, stage, scope, region_id, scheme, code,"
            " measure, fund, yuan, departments)"
            " SELECT fiscal_year, amount_year, phase, stage, scope, region_id, scheme, code, measure, fund,"
            " sum(yuan), count(DISTINCT department_id) FROM budgets_rollup"
            " WHERE department_id IS NOT NULL"
            " AND region_id = %s AND fiscal_year = %s AND stage = %s AND scope = %s"
            " GROUP BY fiscal_year, amount_year, phase, stage, scope, region_id, scheme, code, measure, fund",
            key,
        )
