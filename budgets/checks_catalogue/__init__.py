"""What each check asks, why it matters and where it comes from: the texts of the checks pages.

Plain data, Chinese and English side by side, keyed by the ``check`` code of a finding. The checks
themselves live in ``intake.checks``; a test there asserts that every code has its entry here.
"""

from __future__ import annotations

from collections.abc import Iterable

from budgets.checks_catalogue import between, inside, promises, text
from budgets.checks_catalogue.rule import Rule

FAMILIES: dict[str, tuple[str, str]] = {
    "complete": ("该公开的表齐不齐", "Are the required tables there"),
    "inside": ("一张表内部对不对得上", "Does each table add up"),
    "between": ("几张表之间一不一致", "Do the tables agree with each other"),
    "promises": ("项目和绩效目标", "Projects and their objectives"),
    "text": ("文字说明与表格一不一致", "Does the text agree with the tables"),
    "years": ("与其他年度、所属单位对不对得上", "Against other years and units"),
}

TOLERANCE: tuple[str, str] = (
    "表中金额逐格四舍五入，n 个数相加与合计最多可差 末位单位 × ⌈(n+1)/2⌉；同一个数抄到另一张表，最多可差一个末位单位。"
    "在此之内记为“舍入”，超过才记为“不符”。缺数、缺单位或口径不明的，记为“无法判断”。",
    "Amounts are rounded cell by cell, so a sum of n figures may stray from its total by one unit of the last "
    "decimal × ⌈(n+1)/2⌉, a copied figure by one such unit. Within that the outcome is “rounding”, beyond it "
    "“mismatch”. Where a figure, a unit or the scope is not clear, it is “cannot be judged”.",
)

RULES: tuple[Rule, ...] = inside.RULES + between.RULES + promises.RULES + text.RULES

BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}


def get_rule(code: str) -> Rule:
    """Return the texts of a check; an unknown code shows under its own name, never an error."""
    return BY_CODE.get(code) or Rule(code, "inside", "", (code, code), ("", ""), ("", ""), ("", ""))


def by_family(rules: Iterable[Rule] = RULES) -> dict[str, list[Rule]]:
    """Return the rules under their family, families in reading order."""
    found: dict[str, list[Rule]] = {family: [] for family in FAMILIES}
    for rule in rules:
        found[rule.family].append(rule)
    return found


__all__ = ["BY_CODE", "FAMILIES", "RULES", "TOLERANCE", "Rule", "by_family", "get_rule"]
