"""What the catalogue says of one check, and the sources it cites."""

from __future__ import annotations

from dataclasses import dataclass

LAW = ("《预算法》", "Budget Law")
RULES_ART5 = ("《预算法实施条例》第五条", "Budget Law implementing regulations, art. 5")
RULES_ART6 = ("《预算法实施条例》第六条", "Budget Law implementing regulations, art. 6")
LAW_14 = ("《预算法》第十四条", "Budget Law, art. 14")
LAW_46 = ("《预算法》第四十六条", "Budget Law, art. 46")
LAW_75 = ("《预算法》第七十五条", "Budget Law, art. 75")
ARITHMETIC = ("表内勾稽关系", "arithmetic of the printed table")
RULE_143 = (
    "《地方预决算公开操作规程》（财预〔2016〕143号）及基层政务公开标准目录",
    "Operating rules for local budget disclosure (Caiyu 2016 no. 143) and the standard catalogue",
)
RULE_101 = (
    "《中央部门项目支出核心绩效目标和指标设置及取值指引》（财预〔2021〕101号）",
    "Guideline on core performance objectives and indicators (Caiyu 2021 no. 101)",
)
CLASSIFICATION = (
    "财政部《政府收支分类科目》",
    "Ministry of Finance, classification of revenue and expenditure",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One check: what it asks (title, identity), why it matters, its source; zh first, en second.

    ``soft``: a hint that never says mismatch. ``marks``: its numbers in the domain study.
    ``sentence``: how a finding reads, with its fields in braces.
    """

    code: str
    family: str
    marks: str
    title: tuple[str, str]
    identity: tuple[str, str]
    why: tuple[str, str]
    source: tuple[str, str]
    sentence: tuple[str, str] = (
        "{位置}，{左方} {金额}，{右方} {金额}，相差 {差额}。",
        "{place}: {left} {amount}, {right} {amount}: {difference} apart.",
    )
    soft: bool = False
