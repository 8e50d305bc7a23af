"""Layouts of other cities: items as rows, three halves, subtotals among sources, rows without headings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from intake import checks
from intake.parsing.draft import Draft, Finding
from tests.drafts import make_draft
from tests.intake.checks.small import SPEC, make_small


def make(*tables: dict[str, Any]) -> Draft:
    return make_draft({"head": SPEC["head"], "tables": list(tables)})


def find(draft: Draft, check: str) -> list[Finding]:
    return [finding for finding in checks.run(draft) if finding.check == check]


def row(
    name: str, amounts: dict[str, str | None], *, kind: str = "item", side: str = "expenditure"
) -> list[Any]:
    return [1, side, kind, "total" if kind == "total" else "depth-1", None, name, amounts]


@pytest.mark.parametrize(("reception", "outcome"), [("7.00", "match"), ("3.00", "mismatch")])
def test_three_public_items_as_rows(reception: str, outcome: str) -> None:
    table = {
        "statement": "three_public",
        "title": "“三公”经费预算表",
        "columns": ["total"],
        "rows": [
            row("1.因公出国（境）费用", {"total": None}),
            row("2.公务接待费", {"total": reception}),
            row("3.公务用车购置及运行费", {"total": "18.00"}),
            row("其中：公务用车运行费", {"total": "18.00"}, kind="of_which"),
        ],
    }
    made = make(table).tables[0]
    draft = make_small()
    tables = tuple(made if t.statement == "three_public" else t for t in draft.tables)
    found = {
        f.message.split("“")[2].split("”")[0]: f.outcome
        for f in find(replace(draft, tables=tables), "three-public-covers-basic")
    }
    assert found["2.公务接待费"] == outcome
    assert found["其中：公务用车运行费"] == "match"


def make_three_halves(*, operating: str) -> Draft:
    """This will make the table of Jiangsu: revenue, expenditure by function, by kind; one total for both."""
    return make(
        {
            "statement": "department_summary",
            "title": "收支预算总表",
            "columns": [
                {"key": "in", "measure": "total", "block": 1},
                {"key": "function", "measure": "total", "block": 2},
                {"key": "kind", "measure": "total", "block": 3},
            ],
            "rows": [
                row("一、财政拨款", {"in": "100.00"}, side="revenue"),
                row("一、一般公共服务支出", {"function": "80.00"}),
                row("八、社会保障和就业支出", {"function": "20.00"}),
                row("一、基本支出", {"kind": "70.00"}),
                row("二、项目支出", {"kind": operating}),
                row("当年收入小计", {"in": "100.00"}, side="revenue"),
                row("当年支出小计", {"kind": "100.00"}),
                row("收入合计", {"in": "100.00"}, side="revenue", kind="total"),
                row("支出合计", {"kind": "100.00"}, kind="total"),
            ],
        }
    )


def test_one_total_stands_for_two_halves() -> None:
    right = make_three_halves(operating="30.00")
    assert {f.outcome for f in find(right, "year-adds-up")} == {"match"}
    assert len(find(right, "year-adds-up")) == 3
    assert [f.outcome for f in find(right, "revenue-equals-expenditure")] == ["match"]
    wrong = make_three_halves(operating="33.00")
    assert [f.outcome for f in find(wrong, "year-adds-up")].count("mismatch") == 1


def make_sources(*, general: str) -> Draft:
    funds = ("all", "appropriation", "general_public", "government_fund", "unit_funds", "carried_over")
    amounts = dict(zip(funds, ("100.00", "90.00", general, "10.00", "7.00", "3.00"), strict=True))
    columns = [
        {
            "key": fund,
            "measure": "total",
            "fund": fund,
            "carried": "carried_over" if fund == "carried_over" else "all",
            "heading": ["财政拨款", "小计"] if fund == "appropriation" else [fund],
        }
        for fund in funds
    ]
    rows = [row(name, amounts) for name in ("项目甲", "项目乙", "项目丙")]
    return make({"statement": "projects", "title": "项目支出表", "columns": columns, "rows": rows})


def test_a_subtotal_among_the_sources_is_not_counted_twice() -> None:
    assert {f.outcome for f in find(make_sources(general="80.00"), "row-funds")} == {"match"}
    assert len(find(make_sources(general="80.00"), "row-funds")) == 6


def test_a_wrong_source_breaks_its_subtotal_only() -> None:
    draft = make_sources(general="80.00")
    table = draft.tables[0]
    first = table.rows[0]
    figure = replace(first.figures["general_public"], value=first.figures["general_public"].value + 1)  # type: ignore[operator]
    rows = (replace(first, figures={**first.figures, "general_public": figure}), *table.rows[1:])
    found = find(replace(draft, tables=(replace(table, rows=rows),)), "row-funds")
    assert sorted(f.outcome for f in found) == ["match"] * 5 + ["mismatch"]


def test_items_without_headings_are_summed_by_the_beginning_of_their_code() -> None:
    """Beijing prints 项 rows only: class 201 of the summary is the sum of its items."""
    draft = make_small()
    table = next(t for t in draft.tables if t.statement == "expenditure_by_function")
    items = tuple(replace(r, parent=None) for r in table.rows if r.kind == "total" or len(r.code or "") == 7)
    tables = tuple(replace(t, rows=items) if t is table else t for t in draft.tables)
    found = find(replace(draft, tables=tables), "appropriation-equals-budget-table")
    assert {f.outcome for f in found} == {"match"}
    assert any("201共2行" in f.message for f in found)


@pytest.mark.parametrize(
    ("changes", "outcomes"),
    [
        (["1.00", "-2.00", "3.00"], {"match"}),
        (["10.00", "-10.00", "20.00"], {"match"}),  # percent of 10, 20, 15
        (["1.00", "-2.00", "9.00"], {"match", "mismatch"}),
        (["7.00", "8.00", "9.00"], set()),
    ],
)
def test_a_column_of_changes(changes: list[str], outcomes: set[str]) -> None:
    columns = [
        {"key": "last", "measure": "total", "year": 2024},
        {"key": "now", "measure": "total", "year": 2025},
        {"key": "change", "measure": "change", "year": 2025},
    ]
    amounts = [("10.00", "11.00"), ("20.00", "18.00"), ("15.00", "18.00")]
    rows = [
        row(f"项{i}", {"last": last, "now": now, "change": change})
        for i, ((last, now), change) in enumerate(zip(amounts, changes, strict=True))
    ]
    draft = make({"statement": "three_public", "title": "“三公”经费", "columns": columns, "rows": rows})
    assert {f.outcome for f in find(draft, "year-change-column")} == outcomes
