"""What only final accounts print: budget beside result, fund balances, subtotals instead of a total."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from intake import checks
from intake.checks import Known
from intake.parsing.draft import Draft, Finding
from tests.drafts import make_draft
from tests.intake.checks.small import SPEC, make_small

HEAD = {**SPEC["head"], "stage": "final_accounts"}


def make_final(*tables: dict[str, Any]) -> Draft:
    return make_draft({"head": HEAD, "tables": list(tables)})


def find(draft: Draft, check: str) -> list[Finding]:
    return [finding for finding in checks.run(draft) if finding.check == check]


def column(measure: str, **coordinates: Any) -> dict[str, Any]:
    return {"key": measure, "measure": measure, "phase": "executed", **coordinates}


@pytest.mark.parametrize(
    ("executed", "outcome", "severity"), [("4.69", "match", "info"), ("31.00", "mismatch", "warning")]
)
def test_three_public_should_stay_within_its_budget(executed: str, outcome: str, severity: str) -> None:
    table = {
        "statement": "three_public",
        "title": "“三公”经费支出决算表",
        "columns": [
            {"key": "planned", "measure": "overseas_travel", "phase": "approved"},
            {"key": "spent", "measure": "overseas_travel", "phase": "executed"},
        ],
        "rows": [[1, "expenditure", "total", "total", None, "合计", {"planned": "30.00", "spent": executed}]],
    }
    found = find(make_final(table), "three-public-within-budget")
    assert [(f.outcome, f.severity) for f in found] == [(outcome, severity)]


@pytest.mark.parametrize(("planned", "outcome"), [("7.00", "match"), ("6.00", "undetermined")])
def test_the_budget_stated_is_compared_with_the_budget_disclosed(planned: str, outcome: str) -> None:
    table = {
        "statement": "three_public",
        "title": "“三公”经费支出决算表",
        "columns": [{"key": "planned", "measure": "official_reception", "phase": "approved"}],
        "rows": [[1, "expenditure", "total", "total", None, "合计", {"planned": planned}]],
    }
    findings = checks.run(make_final(table), known=Known(budget=make_small()))
    assert [f.outcome for f in findings if f.check == "budget-in-final-account"] == [outcome]


@pytest.mark.parametrize(("closing", "outcome"), [("3.00", "match"), ("4.00", "mismatch")])
def test_a_fund_row_balances(closing: str, outcome: str) -> None:
    amounts = {"opening_balance": "1.00", "revenue": "10.00", "total": "8.00", "closing_balance": closing}
    table = {
        "statement": "fund_expenditure",
        "title": "政府性基金预算财政拨款收入支出决算表",
        "columns": [column(measure) for measure in amounts],
        "rows": [[1, "expenditure", "total", "total", None, "合计", amounts]],
    }
    found = find(make_final(table), "row-balance")
    assert [(f.outcome, f.left) for f in found] == [(outcome, Decimal("11.00"))]


def make_two_halves(*, personnel: str = "320.00", operating: str = "80.00") -> Draft:
    """This will make the usual basic expenditure table: people left, operation right, two subtotals."""
    rows = [
        [1, "expenditure", "item", "class", "301", "工资福利支出", {"left": "310.00"}],
        [1, "expenditure", "item", "class", "302", "商品和服务支出", {"right": "75.00"}],
        [2, "expenditure", "item", "class", "303", "对个人和家庭的补助", {"left": "10.00"}],
        [2, "expenditure", "item", "class", "310", "资本性支出", {"right": "5.00"}],
        [3, "expenditure", "subtotal", "total", None, "人员经费合计", {"left": personnel}],
        [3, "expenditure", "subtotal", "total", None, "公用经费合计", {"right": operating}],
    ]
    economic = {
        "statement": "basic_by_economic",
        "title": "一般公共预算财政拨款基本支出决算表",
        "scheme": "economic_dept",
        "columns": [
            {"key": "left", "measure": "total", "block": 1, "phase": "executed"},
            {"key": "right", "measure": "total", "block": 2, "phase": "executed"},
        ],
        "rows": rows,
    }
    amounts = {"total": "550.00", "basic": "400.00", "project": "150.00"}
    function = {
        "statement": "expenditure_by_function",
        "title": "一般公共预算财政拨款支出决算表",
        "columns": [column(measure) for measure in amounts],
        "rows": [[1, "expenditure", "total", "total", None, "合计", amounts]],
    }
    return make_final(economic, function)


def test_subtotals_instead_of_a_total_agree() -> None:
    draft = make_two_halves()
    assert [f.outcome for f in find(draft, "people-and-operating-subtotals")] == ["match", "match"]
    assert [f.outcome for f in find(draft, "basic-equals-economic-table")] == ["match"]
    assert [f.outcome for f in find(draft, "basic-classes-equal-expenditure-table")] == ["match"]


def test_a_wrong_subtotal_is_found() -> None:
    draft = make_two_halves(operating="83.00")
    assert [f.outcome for f in find(draft, "people-and-operating-subtotals")] == ["match", "mismatch"]
    assert [f.outcome for f in find(draft, "basic-equals-economic-table")] == ["mismatch"]
    assert [f.outcome for f in find(draft, "basic-classes-equal-expenditure-table")] == ["match"]
