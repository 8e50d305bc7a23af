"""Amounts in a project's own words against its budget (X12 for objectives and cost indicators)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from intake.checks.book import Book
from intake.checks.compare import FACTORS, Operand, add_up, compare
from intake.checks.copies import agree
from intake.checks.projects import as_operand
from intake.parsing.draft import Finding, Indicator, Project

GOAL = "objective-amount"
PARTS = "objective-arithmetic"
COST = "cost-indicator-amount"

RULES = {
    GOAL: (
        "绩效目标写明的申请金额就是项目预算数",
        "the amount applied for in the objective is the project's budget",
    ),
    PARTS: ("文字中的算式应当成立", "the arithmetic in the text should hold"),
    COST: ("成本指标的控制数就是项目预算数", "the cost ceiling is the project's budget"),
}
_AMOUNT = re.compile(r"(\d[\d,，]*(?:\.\d+)?)\s*(亿元|万元|元|万)(?!\s*[/／每])")
_APPLIED = re.compile(
    r"(?:申请|测算|安排)"
    r"(?:20\d\d年度?)?[^。；;，,\d]{0,18}?(\d[\d,，]*(?:\.\d+)?)\s*(亿元|万元|元|万)(?!\s*[/／每])"
)
_PRODUCT = re.compile(
    r"(\d+(?:\.\d+)?)\s*(万元|元)[/／]?[^\d\s*×x，。；、（(）)]{0,4}\s*[*×xX]\s*"
    r"(\d+(?:\.\d+)?)\s*[^\d\s=＝，。；、（(）)]{0,4}\s*[=＝]\s*(\d+(?:\.\d+)?)\s*(万元|元)"
)
_OTHER_YEAR = re.compile(r"(?:上年|去年|合同总?价|中标价|总投资|累计)[^。；;，,]{0,10}$")
_CEILING = re.compile(
    r"^(?:项目|年度)?(?:预算控制|控制在预算|成本控制|总成本|项目成本|预算总|预算金额)[^中]*$|控制数$"
)
_PER_HEAD = re.compile(r"人均|单价|单套|每|标准|均|/")


def check_objective_amounts(book: Book) -> Iterator[Finding]:
    """Yield the amount applied for in an objective = the project's budget.

    Only the amount after 申请, 测算 or 安排 is the project's; contract sums and last year's are not
    judged. Where that amount differs, it may be the first of several parts in one bracket: if
    they add up to the budget, that is a match. No amount applied for: nothing is said.
    """
    for project in book.draft.projects:
        if project.amount is None or not project.objective or project.kind != "project":
            continue
        found = _find_applied(project.objective)
        if found is None:
            continue
        left = _text_operand(project, found[0], quote=found[1], quote_label="绩效目标写明")
        right = as_operand(project)
        if not agree(left, right):
            parts = [_text_operand(project, value, quote="", quote_label="") for value in found[2]]
            total = _join_parts(parts, left)
            if len(parts) > 1 and agree(total, right):
                left = total
        yield compare(_in_unit_of(left, right), right, check=GOAL, rule=RULES[GOAL], severity="warning")
        yield from _check_products(project, found[0])


def check_cost_indicators(book: Book) -> Iterator[Finding]:
    """Yield a cost indicator that is the project's ceiling = the project's budget.

    Prices (人均, 单价, 标准) are not totals. Another figure than the budget is called wrong only
    where the indicator's name says that it is the whole cost, and it is stated with “=”.
    """
    for project in book.draft.projects:
        if project.amount is None or project.unit not in FACTORS or project.kind != "project":
            continue
        for indicator in project.indicators:
            left = _cost_operand(indicator)
            if left is None or _PER_HEAD.search(indicator.name) or "/" in (indicator.unit or ""):
                continue
            right = as_operand(project)
            left = _in_unit_of(left, right)
            if not agree(left, right) and not (
                _CEILING.search(indicator.name) and indicator.operator == "eq"
            ):
                continue  # a ceiling below the budget, or the cost of a part, contradicts nothing
            yield compare(left, right, check=COST, rule=RULES[COST], severity="warning")


def _find_applied(text: str) -> tuple[tuple[Decimal, str], str, list[tuple[Decimal, str]]] | None:
    """Return (amount applied for, its words, it and the amounts in the bracket after it)."""
    for found in _APPLIED.finditer(text):
        if _OTHER_YEAR.search(text[: found.start(1)]):
            continue
        value = _read(found.group(1))
        if value is None:
            continue
        unit = _unit(found.group(2))
        rest = text[found.end() :]
        inner = re.match(r"\s*[（(]([^）)]*(?:[）)][^）)。；]*)?)", rest)
        parts = [(value, unit)]
        if inner:
            for other in _AMOUNT.finditer(inner.group(1)):
                amount = _read(other.group(1))
                if amount is not None:
                    parts.append((amount, _unit(other.group(2))))
        return (value, unit), found.group(0), parts
    return None


def _check_products(project: Project, applied: tuple[Decimal, str]) -> Iterator[Finding]:
    """Yield each product printed in the objective, and their sum where it is the amount applied for."""
    results = []
    for found in _PRODUCT.finditer(project.objective or ""):
        price, times, result = _read(found.group(1)), _read(found.group(3)), _read(found.group(4))
        if price is None or times is None or result is None:
            continue
        product = _text_operand(
            project, (price * times, found.group(2)), quote=found.group(0), quote_label="算式"
        )
        printed = _text_operand(project, (result, found.group(5)), quote=found.group(4), quote_label="其结果")
        results.append(printed)
        yield compare(product, printed, check=PARTS, rule=RULES[PARTS], severity="warning")
    if len(results) > 1:
        total = add_up(
            results,
            label=f"项目“{project.name}”绩效目标各算式之和",
            label_en=f"the products in the objective of “{project.name}” together",
        )
        right = _text_operand(project, applied, quote="", quote_label="申请金额")
        if agree(total, right):
            yield compare(total, right, check=PARTS, rule=RULES[PARTS])


def _text_operand(project: Project, amount: tuple[Decimal, str], *, quote: str, quote_label: str) -> Operand:
    words = f"“{quote}”" if quote else ""
    return Operand(
        value=amount[0],
        unit=amount[1],
        step=_step(amount[0]),
        label=f"项目“{project.name}”{quote_label}{words}",
        label_en=f"the objective of “{project.name}” {words}".rstrip(),
        places=(project.objective_place or project.place,),
        is_text=True,
    )


def _cost_operand(indicator: Indicator) -> Operand | None:
    money = indicator.unit if indicator.unit in FACTORS else None
    if indicator.type != "cost" and indicator.dimension != "cost":
        return None
    value = _read(indicator.target or "")
    if money is None or value is None:
        return None
    return Operand(
        value=value,
        unit=money,
        step=_step(value),
        label=f"成本指标“{indicator.name}”",
        label_en=f"cost indicator “{indicator.name}”",
        places=(indicator.place,),
        is_text=True,
    )


def _join_parts(parts: list[Operand], first: Operand) -> Operand:
    numbers = " + ".join(f"{part.value:f}" for part in parts)
    return replace(
        add_up(
            parts,
            label=f"{first.label}及所列各部分（{numbers}）",
            label_en=f"{first.label_en} with its parts ({numbers})",
        ),
        places=first.places,
    )


def _in_unit_of(left: Operand, right: Operand) -> Operand:
    """Return the text's amount in the table's unit, its step kept, so that a cent stays a rounding."""
    if left.unit == right.unit or left.unit not in FACTORS or right.unit not in FACTORS or left.value is None:
        return left
    ratio = FACTORS[left.unit] / FACTORS[right.unit]
    return replace(left, value=(left.value * ratio), unit=right.unit, step=left.step * ratio)


def _read(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "").replace("，", "").strip())
    except InvalidOperation:
        return None


def _unit(printed: str) -> str:
    return "万元" if printed == "万" else printed


def _step(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0))
