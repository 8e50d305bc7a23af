"""A department that agrees everywhere gives no alarm; one wrong figure gives just the right ones."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from intake import checks
from intake.parsing.draft import Draft, Finding
from tests.drafts import make_draft
from tests.intake.checks.small import SPEC, change, make_small, with_text, without


def find_mismatches(draft: Draft) -> list[Finding]:
    return [finding for finding in checks.run(draft) if finding.outcome == "mismatch"]


def test_a_department_that_agrees_has_only_matches() -> None:
    findings = checks.run(make_small())
    outcomes = {(f.check, f.outcome) for f in findings if f.check != "required-text"}
    assert {outcome for _, outcome in outcomes} == {"match"}
    assert len(outcomes) >= 20


CASES = [
    ("department_summary", "收入总计", "in", "631.00", {"revenue-equals-expenditure", "grand-total-adds-up"}),
    ("department_summary", "本年收入合计", "in", "620.00", {"year-adds-up", "grand-total-adds-up"}),
    ("department_summary", "一、一般公共预算拨款收入", "in", "551.00", {"appropriation-in-both-summaries", "year-adds-up"}),
    ("department_summary", "三、城乡社区支出", "total", "70.00", {"classes-in-both-summaries", "year-adds-up"}),
    ("department_summary", "本年支出合计", "total", "640.00", {"year-adds-up", "grand-total-adds-up"}),
    ("revenue_summary", "合计", "total", "640.00", {"summary-equals-revenue-table", "row-funds"}),
    ("revenue_summary", "合计", "fund", "90.00", {"summary-equals-revenue-table", "row-funds"}),
    ("expenditure_summary", "合计", "total", "640.00", {"summary-equals-expenditure-table", "total-adds-up", "row-parts"}),
    ("expenditure_summary", "2010101", "project", "55.00", {"row-parts", "children-add-up", "department-equals-sum-of-budgets"}),
    ("appropriation_summary", "支出总计", "general", "560.00", {"fund-balances", "row-funds"}),
    ("appropriation_summary", "二、政府性基金预算拨款", "in", "70.00", {"fund-balances", "appropriation-in-both-summaries"}),
    ("expenditure_by_function", "20805", "total", "41.00", {"row-parts", "children-add-up"}),
    ("expenditure_by_function", "合计", "basic", "410.00", {"row-parts", "total-adds-up", "basic-equals-economic-table"}),
    ("basic_by_economic", "302", "operating", "90.00", {"row-parts", "children-add-up", "total-adds-up"}),
    ("basic_by_economic", "合计", "personnel", "330.00", {"row-parts", "personnel-and-operating-in-both"}),
    ("basic_by_economic", "30217", "total", "9.00", {"three-public-covers-basic", "children-add-up", "row-parts"}),
    ("three_public", "合计", "total", "26.00", {"row-parts"}),
    ("three_public", "合计", "vehicle_operation", "10.00", {"three-public-covers-basic", "row-parts"}),
    ("fund_expenditure", "合计", "total", "81.00", {"appropriation-equals-budget-table", "total-adds-up"}),
    ("fund_expenditure", "212", "project", "79.00", {"row-parts", "children-add-up"}),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "row", "key", "printed", "expected"), CASES)
def test_one_wrong_figure_is_found(
    statement: str, row: str, key: str, printed: str, expected: set[str]
) -> None:
    found = find_mismatches(change(make_small(), statement, row, key, printed))
    assert expected <= {finding.check for finding in found}
    assert all(finding.difference for finding in found)


def test_one_wrong_figure_is_one_cause() -> None:
    found = find_mismatches(change(make_small(), "three_public", "合计", "total", "26.00"))
    assert {finding.cause for finding in found} == {"一般公共预算“三公”经费支出表：相差 1.00 万元"}


def test_two_wrong_figures_are_two_causes() -> None:
    draft = change(make_small(), "three_public", "合计", "total", "26.00")
    draft = change(draft, "fund_expenditure", "212", "project", "77.00")
    assert len({finding.cause for finding in find_mismatches(draft)}) == 2


def test_a_cent_in_a_sum_is_rounding() -> None:
    draft = change(make_small(), "basic_by_economic", "30201", "total", "60.01")
    findings = [f for f in checks.run(draft) if f.check != "required-text"]
    outcomes = {f.check: f.outcome for f in findings if f.outcome != "match"}
    assert outcomes == {"row-parts": "rounding", "children-add-up": "rounding"}


def test_a_blank_total_is_said_and_not_judged() -> None:
    draft = change(make_small(), "expenditure_by_function", "合计", "project", None)
    said = [f for f in checks.run(draft) if f.check == "total-adds-up" and f.outcome == "undetermined"]
    assert [(f.severity, f.left, f.right) for f in said] == [("warning", None, Decimal("150.00"))]


def test_a_blank_among_figures_counts_as_zero_and_stays_blank() -> None:
    draft = change(make_small(), "three_public", "合计", "official_reception", None)
    found = [f for f in find_mismatches(draft) if f.check == "three-public-covers-basic"]
    assert [(f.left, f.right, f.difference) for f in found] == [(None, Decimal("5.00"), Decimal("-5.00"))]
    assert "未填列（按 0 计）" in found[0].message


def test_missing_table_is_an_error_but_no_mismatch() -> None:
    findings = checks.run(without(make_small(), "revenue_summary"))
    missing = [f for f in findings if f.check == "required-table" and f.outcome != "match"]
    assert [(f.outcome, f.severity) for f in missing] == [("undetermined", "error")]
    assert "②" in missing[0].message


def test_empty_table_without_statement_is_a_warning() -> None:
    draft = make_small()
    tables = tuple(replace(t, declared_empty=False) if not t.rows else t for t in draft.tables)
    found = [f for f in checks.run(replace(draft, tables=tables)) if f.check == "empty-table-stated"]
    assert [(f.outcome, f.severity) for f in found] == [("undetermined", "warning")]


def test_an_identity_that_most_rows_break_is_our_misreading() -> None:
    """A column that is no part of the whole must not turn every row into an error."""
    draft = make_small()
    for code in ("201", "20101", "2010101", "2010102"):
        draft = change(draft, "expenditure_by_function", code, "project", "7.00")
    for code in ("208", "20805", "2080505", "221", "22102", "2210201"):
        draft = change(draft, "expenditure_by_function", code, "project", "3.00")
    of_rows = [f for f in checks.run(draft) if f.check == "row-parts" and "一般公共预算支出表" in f.message]
    assert [f.outcome for f in of_rows] == ["undetermined"]


def test_rows_that_are_not_there_are_not_called_an_error() -> None:
    tables = [
        {**table, "rows": [row for row in table["rows"] if not str(row[4]).startswith("201")]}
        if table["statement"] == "expenditure_summary"
        else table
        for table in SPEC["tables"]
    ]
    found = [f for f in checks.run(make_draft({**SPEC, "tables": tables})) if f.check == "total-adds-up"]
    assert "mismatch" not in {f.outcome for f in found}
    assert any("没有读到" in f.message for f in found)


def test_soft_rule_names_the_wrong_column_without_accusing() -> None:
    draft = change(make_small(), "basic_by_economic", "30302", "operating", "4.00")
    hints = [f for f in checks.run(draft) if f.check == "economic-class-nature"]
    assert [(f.outcome, f.severity) for f in hints] == [("undetermined", "warning")]


def test_a_cause_is_short_enough_to_be_stored_and_holds_its_amount() -> None:
    draft = change(make_small(), "three_public", "合计", "total", "1234567890.12")
    tables = tuple(
        replace(t, title=f"某省某市某区某某某委员会办公室二〇二五年度{t.title}（含所属单位）")
        for t in draft.tables
    )
    causes = {f.cause for f in find_mismatches(replace(draft, tables=tables))}
    assert all(cause and len(cause) <= 80 and cause.endswith("万元") for cause in causes)


def test_a_file_with_a_table_for_each_unit_compares_the_departments_own() -> None:
    draft = make_small()
    unit = change(
        change(draft, "fund_expenditure", "合计", "total", "70.00"),
        "fund_expenditure",
        "212",
        "total",
        "70.00",
    )
    table = next(t for t in unit.tables if t.statement == "fund_expenditure")
    both = replace(draft, tables=(*draft.tables, table))
    between = [f for f in checks.run(both) if f.check == "appropriation-equals-budget-table"]
    assert {f.outcome for f in between} == {"match"}
    broken = change(both, "appropriation_summary", "支出总计", "fund", "99.00")
    between = [f for f in checks.run(broken) if f.check == "appropriation-equals-budget-table"]
    assert "mismatch" not in {f.outcome for f in between}


def test_rows_only_indented_below_a_numbered_row_are_its_parts() -> None:
    rows = list(SPEC["tables"][0]["rows"])
    rows.insert(1, [21, "revenue", "item", "depth-1", None, "经费拨款", {"in": "500.00"}])
    rows.insert(2, [21, "revenue", "item", "depth-1", None, "非税收入安排的拨款", {"in": "50.00"}])
    tables = [{**SPEC["tables"][0], "rows": rows}, *SPEC["tables"][1:]]
    assert find_mismatches(make_draft({**SPEC, "tables": tables})) == []


def test_a_file_of_tables_only_gets_one_remark_on_its_text() -> None:
    found = [f for f in checks.run(make_small()) if f.check == "required-text"]
    assert [(f.outcome, f.severity) for f in found] == [("undetermined", "info")]


def test_each_missing_explanation_is_named() -> None:
    prose = (
        "本部门主要职责是办理有关事务。机构设置为三个处室。收入比上年增加。政府采购预算见表。绩效目标见附件。"
        * 10
    )
    found = [f for f in checks.run(with_text(make_small(), prose)) if f.check == "required-text"]
    missing = {f.message.split("“")[1].split("”")[0] for f in found if f.outcome == "undetermined"}
    assert missing == {"机关运行经费", "国有资产占用", "名词解释"}
