"""Projects: weights, amounts by category, amounts in their own words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from intake import checks
from intake.parsing.draft import Draft, Finding
from tests.drafts import make_project
from tests.intake.checks.small import make_small


def with_projects(*projects: dict[str, Any]) -> Draft:
    made = [make_project({"line": 900 + i, **spec}, unit="万元") for i, spec in enumerate(projects)]
    return replace(make_small(), projects=tuple(made))


def find(draft: Draft, check: str) -> list[Finding]:
    return [finding for finding in checks.run(draft) if finding.check == check]


def indicator(
    weight: str | None, *, target: str = "5", unit: str = "次", kind: str = "quantity", name: str = "数量"
) -> list[Any]:
    return [950, "output", kind, name, "eq", target, unit, weight, []]


CASES = [
    ("10", ["50", "40"], "match"),
    ("10", ["50", "30"], "mismatch"),
    (None, ["60", "40"], "match"),
    (None, ["60", "30"], "match"),
    (None, ["60", "20"], "mismatch"),
    ("10", ["22.5", "22.5", "45"], "match"),
    ("10", ["50", None], "undetermined"),
]  # fmt: skip


@pytest.mark.parametrize(("execution", "weights", "outcome"), CASES)
def test_weights_make_a_hundred(execution: str | None, weights: list[str | None], outcome: str) -> None:
    spec = {
        "name": "项目甲",
        "amount": "10.00",
        "execution_weight": execution,
        "indicators": [indicator(w) for w in weights],
    }
    assert [f.outcome for f in find(with_projects(spec), "indicator-weights")] == [outcome]


def code(letter: str, serial: int) -> str:
    return f"54000021{letter}{serial:012d}"


def test_categories_by_code_and_the_subset_that_is_operating() -> None:
    draft = with_projects(
        {"name": "工资", "amount": "320.00", "code": code("R", 1)},
        {"name": "公用", "amount": "70.00", "code": code("Y", 2)},
        {"name": "工会", "amount": "10.00", "code": code("Y", 3)},
        {"name": "党建", "amount": "30.00", "code": code("Y", 4)},
        {"name": "大厅", "amount": "200.00", "code": code("T", 5)},
    )
    for check in (
        "projects-add-up",
        "personnel-projects",
        "operating-projects",
        "project-expenditure-projects",
    ):
        assert [f.outcome for f in find(draft, check)] == ["match"], check


def test_two_subsets_judge_nothing() -> None:
    draft = with_projects(
        {"name": "工资", "amount": "320.00", "code": code("R", 1)},
        {"name": "公用", "amount": "80.00", "code": code("Y", 2)},
        {"name": "党建", "amount": "80.00", "code": code("Y", 3)},
        {"name": "大厅", "amount": "150.00", "code": code("T", 4)},
    )
    assert [f.outcome for f in find(draft, "operating-projects")] == ["undetermined"]
    assert find(draft, "project-expenditure-projects") == []


def test_projects_above_project_expenditure_are_not_accused() -> None:
    draft = with_projects({"name": "三年项目", "amount": "900.00"})
    assert [f.outcome for f in find(draft, "project-expenditure-projects")] == ["undetermined"]


OBJECTIVES = [
    ("申请市级资金46.84万元，用于平台。", "match"),
    ("合同总价378.9万元，测算2025年度费用46.84万元。", "match"),
    ("申请资金12.44万元（尾款、协议尾款21.4万元、测评13万元），用于平台。", "match"),
    ("申请资金468400元。", "match"),
    ("申请市级资金46.83万元。", "rounding"),
    ("申请市级资金40万元。", "mismatch"),
    ("总投资900万元，分三年建设。", None),
    ("按每人1300元标准安排。", None),
]  # fmt: skip


@pytest.mark.parametrize(("objective", "outcome"), OBJECTIVES)
def test_only_the_amount_applied_for_is_compared(objective: str, outcome: str | None) -> None:
    found = find(
        with_projects({"name": "平台", "amount": "46.84", "objective": objective}), "objective-amount"
    )
    assert [f.outcome for f in found] == ([] if outcome is None else [outcome])


def test_arithmetic_in_an_objective() -> None:
    text = "慰问品300元/人*8人=2400元、慰问金1000元/人*8人=8000元。申请资金1.04万元。"
    found = find(with_projects({"name": "慰问", "amount": "1.04", "objective": text}), "objective-arithmetic")
    assert [f.outcome for f in found] == ["match", "match", "match"]
    wrong = text.replace("8000", "9000")
    found = find(
        with_projects({"name": "慰问", "amount": "1.04", "objective": wrong}), "objective-arithmetic"
    )
    assert [(f.outcome, f.left, f.right) for f in found][1] == ("mismatch", Decimal(8000), Decimal(9000))


COSTS = [
    ("预算控制数", "46.84", "万元", ["match"]),
    ("预算控制数", "468400", "元", ["match"]),
    ("预算控制数", "50", "万元", ["mismatch"]),
    ("设备购置成本", "50", "万元", []),
    ("人均成本", "46.84", "万元", []),
    ("成本控制率", "10", "%", []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "target", "unit", "outcomes"), COSTS)
def test_only_the_whole_cost_is_compared(name: str, target: str, unit: str, outcomes: list[str]) -> None:
    indicators = [indicator("90", kind="cost", name=name, target=target, unit=unit)]
    draft = with_projects(
        {"name": "平台", "amount": "46.84", "execution_weight": "10", "indicators": indicators}
    )
    assert [f.outcome for f in find(draft, "cost-indicator-amount")] == outcomes
