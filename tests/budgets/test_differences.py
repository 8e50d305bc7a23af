"""What changed between two drafts, and what units of money mean."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from budgets.canonical import find_canonical, find_canonical_leaves, find_leaves
from budgets.differences import find_changes
from budgets.printed_units import find_factor, to_yuan
from intake.parsing.draft_json import to_json
from tests.drafts import make_draft

HEAD = {"department": "甲局", "fiscal_year": 2024, "stage": "budget", "scope": "department"}


def write(
    rows: list[list[Any]], *, statement: str = "expenditure_by_function", **table: Any
) -> dict[str, Any]:
    spec = {"statement": statement, "title": "支出表", "columns": ["total"], "rows": rows, **table}
    return to_json(make_draft({"head": HEAD, "tables": [spec]}), full=True)


def row(
    code: str | None, name: str, amount: str | None, *, kind: str = "item", side: str = "expenditure"
) -> list[Any]:
    return [1, side, kind, "total" if kind == "total" else "class", code, name, {"total": amount}]


def test_a_row_is_told_by_what_it_is_not_by_where_it_stands() -> None:
    old = write([row("201", "一般公共服务支出", "10"), row("208", "社会保障和就业支出", "5")])
    new = write(
        [
            row("208", "社会保障和就业支出", "5"),
            row("201", "一般公共服务支出", "12"),
            row("221", "住房保障支出", "1"),
        ]
    )

    changes = {(one.kind, one.old, one.new) for one in find_changes(old, new)}
    assert changes == {("changed", "10", "12"), ("added", "", "1")}
    assert [one.kind for one in find_changes(new, old)] == ["changed", "removed"]


def test_blank_and_dash_differ_and_equal_drafts_have_no_changes() -> None:
    blank, dash = write([row("201", "支出", None)]), write([row("201", "支出", "—")])
    assert [(one.old, one.new) for one in find_changes(blank, dash)] == [("", "—")]
    assert find_changes(dash, dash) == []


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        ("万元", 10_000),
        ("单位：元", 1),
        ("人民币 亿元", 100_000_000),
        ("金额单位:百万元", 1_000_000),
        ("％", None),
        (None, None),
    ],
)
def test_units_of_money(unit: str | None, factor: int | None) -> None:
    assert find_factor(unit) == factor


def test_yuan_are_exact_to_the_cent() -> None:
    assert to_yuan(Decimal("0.005"), factor=Decimal(1)) == Decimal("0.01")
    assert to_yuan(Decimal("106337.177654"), factor=Decimal(10_000)) == Decimal("1063371776.54")


def test_totals_and_parents_are_no_leaves() -> None:
    table = write(
        [
            row(None, "合计", "10", kind="total"),
            row("201", "一般公共服务支出", "10"),
            row("20103", "政府办公厅", "10"),
        ]
    )["tables"][0]
    assert find_leaves(table) == {2}


def test_of_a_table_that_prints_the_whole_and_then_its_units_the_whole_counts() -> None:
    table = write(
        [
            row("201", "一般公共服务支出", "10"),
            row("201", "一般公共服务支出", "4"),
            row("201", "一般公共服务支出", "6"),
        ]
    )["tables"][0]
    for index in (1, 2):
        table["rows"][index]["unit_name"] = f"单位{index}"
    assert find_canonical_leaves(table) == {0}
    table["rows"][0]["amounts"]["total"] = "3"
    assert find_canonical_leaves(table) == {0, 1, 2}


def test_a_statement_whose_rows_do_not_reach_its_total_is_not_canonical() -> None:
    kept_secret = write(
        [row(None, "合计", "100", kind="total"), row("201", "一般公共服务支出", "30")],
        statement="expenditure_summary",
    )
    whole = write([row("201", "一般公共服务支出", "100")], statement="department_summary")
    assert find_canonical([*kept_secret["tables"], *whole["tables"]]) == {"functional": 1}
    assert find_canonical(kept_secret["tables"]) == {"functional": 0}
