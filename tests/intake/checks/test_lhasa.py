"""The Lhasa document: every identity of its ground truth has its finding, and nothing is alarmed without reason."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from intake import checks
from intake.parsing.draft import Draft, Finding
from tests.drafts import make_lhasa_draft

TABLES = {
    "T1": "appropriation_summary",
    "T2": "expenditure_by_function",
    "T3": "basic_by_economic",
    "T4": "three_public",
    "T5": "fund_expenditure",
    "T7": "department_summary",
    "T8": "expenditure_summary",
}
COLUMNS = {
    "total": "合计",
    "basic": "基本支出",
    "project": "项目支出",
    "personnel": "人员经费",
    "operating": "公用经费",
    "basic_personnel": "人员经费",
    "basic_operating": "公用经费",
    "general_public_budget": "一般公共预算",
    "government_fund_budget": "政府性基金预算",
}
BY_PREFIX: tuple[tuple[str, str], ...] = (
    ("T1-01", "grand-total-adds-up"),
    ("T1-02", "year-adds-up"),
    ("T1-03", "children-add-up"),
    ("T1-04", "year-adds-up"),
    ("T1-05", "grand-total-adds-up"),
    ("T1-06", "row-funds"),
    ("T1-07", "revenue-equals-expenditure"),
    ("T4", "row-parts"),
    ("T7-01", "year-adds-up"),
    ("T7-02", "grand-total-adds-up"),
    ("T7-03", "year-adds-up"),
    ("T7-04", "grand-total-adds-up"),
    ("T7-05", "revenue-equals-expenditure"),
    ("X-01", "appropriation-in-both-summaries"),
    ("X-02", "appropriation-in-both-summaries"),
    ("X-03", "classes-in-both-summaries"),
    ("X-04", "classes-in-both-summaries"),
    ("X-05", "appropriation-equals-budget-table"),
    ("X-06", "appropriation-equals-budget-table"),
    ("X-07", "appropriation-equals-budget-table"),
    ("X-08", "summary-equals-expenditure-table"),
    ("X-09", "department-equals-sum-of-budgets"),
    ("X-10", "department-equals-sum-of-budgets"),
    ("X-11", "department-equals-sum-of-budgets"),
    ("X-12", "basic-equals-economic-table"),
    ("X-13", "personnel-and-operating-in-both"),
    ("X-14b", "basic-classes-equal-expenditure-table"),
    ("X-14", "personnel-and-operating-in-both"),
    ("X-15", "function-equals-economic"),
    ("X-16", "function-equals-economic"),
    ("X-17", "function-equals-economic"),
    ("X-18", "function-equals-economic"),
    ("X-19", "three-public-covers-basic"),
    ("X-20", "three-public-covers-basic"),
    ("P-01", "projects-add-up"),
    ("P-02", "personnel-projects"),
    ("P-03", "operating-projects"),
    ("P-04", "project-expenditure-projects"),
    ("P-05", "projects-by-function"),
    ("P-06", "projects-by-function"),
    ("P-", "projects-by-economic"),
    ("W-", "indicator-weights"),
    ("G-14b", "objective-arithmetic"),
    ("G-14c", "objective-arithmetic"),
    ("G-", "objective-amount"),
    ("C-", "cost-indicator-amount"),
)
OUTCOMES = {"pass": {"match"}, "fail": {"mismatch", "rounding"}}


@cache
def read_expected(folder: Path) -> dict[str, Any]:
    """This will read the ground truth, amounts as text."""
    text = (folder / "documents/lhasa/expected.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def make_draft(folder: Path) -> Draft:
    """This will make the Lhasa draft with the objectives as the document prints them."""
    draft = make_lhasa_draft()
    printed = read_expected(folder)["projects"]
    projects = tuple(
        replace(project, objective=expected["goal"])
        for project, expected in zip(draft.projects, printed, strict=True)
    )
    return replace(draft, projects=projects)


@pytest.fixture(scope="module")
def draft(shared: Path) -> Draft:
    return make_draft(shared)


@pytest.fixture(scope="module")
def findings(draft: Draft) -> tuple[Finding, ...]:
    return checks.run(draft)


def find_code(check_id: str) -> str:
    """This will name the check that answers for an identity of the ground truth."""
    if "-sum/" in check_id:
        return "total-adds-up" if "/合计/" in check_id else "children-add-up"
    if "-row/" in check_id:
        return "row-parts"
    return next(code for prefix, code in BY_PREFIX if check_id.startswith(prefix))


def find_words(check: dict[str, Any]) -> list[str]:
    """This will list what the sentence of the finding must name: the row, the column, the project."""
    parts = check["id"].split("/")
    if "-sum/" in check["id"]:
        return [f"“{parts[1]}", COLUMNS[parts[2]]]
    if "-row/" in check["id"] or check["id"].startswith(("X-09/", "X-10/", "X-11/", "X-05/")):
        return [parts[1]]
    if check["id"].startswith(("T1-06/", "X-04/")):
        return [parts[1]]
    if check["id"].startswith(("T1-04/", "T1-05/")):
        return [COLUMNS[parts[1]]]
    if check["id"].startswith(("T4-total/2023", "T4-vehicle/2023")):
        return ["2023年"]
    if check["kind"] == "text" or check["id"].startswith("W-"):
        return (
            []
            if check["id"] in {"G-14b", "G-14c"} or check["id"].startswith("C-")
            else [check["identity"].split(":")[0]]
        )
    return []


def answers(finding: Finding, check: dict[str, Any], draft: Draft) -> bool:
    """This will say whether a finding judges just this identity: check, tables, figures, words."""
    if finding.check != find_code(check["id"]):
        return False
    scope = check["scope"].split("×")[0] if check["id"][0] in "TX" else ""
    statements = {draft.tables[index].statement for index in finding.tables}
    wanted = {TABLES[name] for name in check["scope"].split()[0].split("×") if name in TABLES}
    if scope and not wanted <= statements | ({"fund_expenditure"} if check["id"] == "X-07" else set()):
        return False
    if not all(word in finding.message for word in find_words(check)):
        return False
    in_yuan = 10_000 if check["id"] in {"G-14b", "G-14c"} else 1  # its arithmetic is printed in yuan
    figures = {Decimal(check["lhs"] or 0) * in_yuan, Decimal(check["rhs"] or 0) * in_yuan}
    return {finding.left or Decimal(0), finding.right or Decimal(0)} == figures


def test_every_identity_of_the_ground_truth_has_its_finding(
    shared: Path, draft: Draft, findings: tuple[Finding, ...]
) -> None:
    unanswered = []
    for check in read_expected(shared)["checks"]:
        if check["id"] == "G-23":  # the first amount alone; its sum of parts is the judgement, G-23b
            continue
        found = [finding for finding in findings if answers(finding, check, draft)]
        if not any(finding.outcome in OUTCOMES[check["verdict"]] for finding in found):
            unanswered.append((check["id"], check["identity"], [(f.outcome, f.left, f.right) for f in found]))
    assert not unanswered


def test_exactly_six_mismatches_and_two_roundings(findings: tuple[Finding, ...]) -> None:
    mismatches = sorted((f.check, f.difference) for f in findings if f.outcome == "mismatch")
    assert mismatches == [
        ("basic-classes-equal-expenditure-table", Decimal("1648.00")),
        ("objective-amount", Decimal("-30.63")),
        ("row-parts", Decimal("0.50")),
        ("three-public-covers-basic", Decimal("-0.50")),
        ("total-adds-up", Decimal("-1648.00")),
        ("total-adds-up", Decimal("-1648.00")),
    ]
    roundings = [f.check for f in findings if f.outcome == "rounding"]
    assert roundings == ["objective-amount", "cost-indicator-amount"]


def test_one_cause_is_named_once(findings: tuple[Finding, ...]) -> None:
    causes = Counter(finding.cause for finding in findings if finding.cause)
    assert sorted(causes.values()) == [1, 2, 2, 5]  # 物业, 三公, 文明单位 and the 1,648.00
    big = next(cause for cause, count in causes.items() if count == 5)
    assert "30305" in big
    assert "1,648.00" in big
    checks_of_it = {finding.check for finding in findings if finding.cause == big}
    assert checks_of_it == {
        "total-adds-up",
        "basic-classes-equal-expenditure-table",
        "economic-class-nature",
    }


def test_the_goal_of_project_23_matches_by_the_sum_of_its_parts(findings: tuple[Finding, ...]) -> None:
    found = [
        f for f in findings if f.check == "objective-amount" and "12345政府热线服务平台建设资金" in f.message
    ]
    assert [(f.outcome, f.left) for f in found] == [("match", Decimal("46.84"))]
    assert "12.44 + 21.4 + 13" in found[0].message


def test_the_contract_sum_is_no_alarm(findings: tuple[Finding, ...]) -> None:
    assert not [f for f in findings if "378.9" in f.message]


def test_completeness(findings: tuple[Finding, ...]) -> None:
    missing = {
        f.severity: f.message for f in findings if f.check == "required-table" and f.outcome != "match"
    }
    assert set(missing) == {"error", "info"}
    assert "②“部门收入总表”" in missing["error"]
    assert "⑨“国有资本经营预算支出表”" in missing["info"]
    empty = [f for f in findings if f.check == "empty-table-stated"]
    assert [(f.outcome, f.severity) for f in empty] == [("undetermined", "warning")] * 2


def test_every_finding_says_where(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        assert finding.message
        assert finding.message_en
        if finding.check not in {"required-table", "required-text"}:
            assert finding.places, finding
