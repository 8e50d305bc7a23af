"""A table's title → its statement key (``contracts.md`` §3); where a title says too little, its columns.

The rules are read from the top: the first whose words all stand in the title, and none of whose other
words do, gives the key. Titles are folded; years, department names and table numbers do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from intake.parsing.words import fold


@dataclass(frozen=True, slots=True)
class Rule:
    """All of ``has`` and none of ``lacks`` (regular expressions over the folded title) give ``key``."""

    key: str
    has: tuple[str, ...]
    lacks: tuple[str, ...] = ()


_GENERAL = r"一般公共|公共预算|公共财政"
_FUND = r"政府性基金|基金预算"
_CAPITAL = r"国有资本|国资预算"
_BOTH = r"收支|收入(?:和|与|、)?支出|收入支出|财务收支"
_ECONOMIC = r"经济"
_FUNCTION = r"功能"

RULES: tuple[Rule, ...] = (
    Rule("other", (r"目录|是否空表|空表理由",)),
    Rule("department_performance", (r"绩效", r"整体")),
    Rule("performance", (r"绩效", r"目标|指标|自评|评价|信息")),
    Rule("fund_three_public", (r"三公", _FUND), (_GENERAL, r"财政拨款")),
    Rule("three_public", (r"三公|行政经费",)),
    Rule("purchased_services", (r"购买服务",), (r"政府采购",)),
    Rule("procurement", (r"采购",)),
    Rule("agency_operating", (r"机关运行经费|机关运转经费",), (r"三公",)),
    Rule("other", (r"社会保险基金|财政专户|对下转移|对下级",), (r"收支总|收入总|支出总",)),
    Rule(
        "other",
        (
            r"结转资金|结余资金|结转支出|结转项目|结转结余(?!.*收)|转移支付|国有资产|资产(?:配置|占用|情况)|非税|债务|新增",
        ),
        (r"收支总|收入总|支出总",),
    ),
    Rule("state_capital_expenditure", (_CAPITAL,), (_GENERAL, _FUND)),
    Rule("fund_expenditure", (_FUND,), (_GENERAL,)),
    Rule("appropriation_basic", (r"财政拨款", r"基本支出"), (_GENERAL,)),
    Rule("basic_by_economic", (r"基本支出", _GENERAL), (_FUNCTION,)),
    Rule("basic_by_economic", (r"基本支出", _ECONOMIC), (_FUNCTION,)),
    Rule("basic_expenditure", (r"基本支出",), (r"项目支出",)),
    Rule("basic_by_economic", (_GENERAL, r"人员经费|公用经费")),
    Rule("project_expenditure", (r"项目支出", rf"总表|{_ECONOMIC}|{_FUNCTION}"), (r"基本支出",)),
    Rule(
        "projects",
        (r"项目支出|项目(?:预算|明细|经费|安排|情况)|专项业务经费|项目表|重点项目|专项资金",),
        (r"基本支出", r"收支"),
    ),
    Rule("expenditure_by_function", (_GENERAL, r"(?:收入支出|收支)决算表"), (r"总",)),
    Rule("appropriation_summary", (r"财政拨款", _BOTH)),
    Rule("appropriation_summary", (_GENERAL, _BOTH)),
    Rule("expenditure_by_economic", (r"支出", _ECONOMIC), (_FUNCTION,)),
    Rule("expenditure_by_function", (_GENERAL, r"支出")),
    Rule("expenditure_by_function", (_GENERAL, r"财政拨款(?:表|情况)")),
    Rule("appropriation_expenditure", (r"财政拨款", r"支出")),
    Rule("department_summary", (_BOTH,)),
    Rule("department_summary", (r"(?:部门|单位)?(?:预算|决算)总(?:表|体情况表)$",), (r"收入|支出",)),
    Rule("revenue_summary", (r"收入", r"表|情况$"), (r"支出",)),
    Rule("expenditure_summary", (r"支出", r"表|情况$"), (r"(?<!总)收入",)),
    Rule("projects", (r"项目", r"表")),
)
_COMPILED = tuple(
    (rule.key, tuple(map(re.compile, rule.has)), tuple(map(re.compile, rule.lacks))) for rule in RULES
)


@lru_cache(maxsize=4096)
def find_statement(title: str) -> str | None:
    """Return the statement key that the title names, None where it names none of them."""
    folded = fold(title)
    for key, has, lacks in _COMPILED:
        if all(pattern.search(folded) for pattern in has) and not any(
            pattern.search(folded) for pattern in lacks
        ):
            return key
    return None


def find_statement_by_columns(signature: tuple[str, ...]) -> str | None:
    """Return the statement that the heading alone tells, for tables whose title is lost."""
    words = "".join(signature)
    if "因公出国" in words and "公务接待" in words:
        return "three_public"
    if re.search(r"项目名称", words) and re.search(r"绩效", words):
        return "performance"
    if re.search(r"收入", words) and re.search(r"支出", words) and "项目" in words:
        if re.search(r"一般公共预算", words) and re.search(r"基金", words):
            return "appropriation_summary"
        return "department_summary"
    if "人员经费" in words and "公用经费" in words and re.search(r"经济分类", words):
        return "basic_by_economic"
    if re.search(r"采购", words):
        return "procurement"
    if re.search(r"事业收入", words) and "上级补助" in words:
        return "revenue_summary"
    if "基本支出" in words and "项目支出" in words:
        return "expenditure_summary"
    if re.search(r"项目名称", words):
        return "projects"
    return None


def find_statement_by_codes(counts: Mapping[str, int], signature: tuple[str, ...]) -> str | None:
    """Return the statement that the schemes of the printed codes tell, the most frequent scheme first."""
    if not counts:
        return None
    words = "".join(signature)
    scheme = max(counts, key=lambda one: counts[one])
    if scheme == "functional":
        return "revenue_summary" if re.search(r"事业收入|上级补助收入", words) else "expenditure_summary"
    return "basic_by_economic" if scheme == "economic_dept" else "expenditure_by_economic"


DEFAULT_FUNDS = {
    "expenditure_by_function": "general_public",
    "basic_by_economic": "general_public",
    "fund_expenditure": "government_fund",
    "fund_three_public": "government_fund",
    "state_capital_expenditure": "state_capital",
}


def get_default_fund(statement: str, title: str) -> str:
    """Return the fund that all amounts of the statement come from, ``all`` where its title names none."""
    folded = fold(title)
    if re.search(_GENERAL, folded) and not re.search(_BOTH, folded) and statement != "fund_expenditure":
        return "general_public"
    if statement == "basic_by_economic":
        return "appropriation" if "财政拨款" in folded else "all" if "部门" in folded else "general_public"
    return DEFAULT_FUNDS.get(statement, "all")


def get_side(statement: str) -> str | None:
    """Return the side that all rows of the statement are on, None for summaries of both."""
    if statement == "revenue_summary":
        return "revenue"
    if statement in {"department_summary", "appropriation_summary", "other"}:
        return None
    return "expenditure"
