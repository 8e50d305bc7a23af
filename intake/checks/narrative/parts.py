"""Totals and their parts in one passage: procurement, and an item repeated (X12, D10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from intake.checks.book import Book
from intake.checks.compare import Operand, add_up, compare
from intake.checks.narrative.sentences import NUMBER, Mention, Sentence, as_operand
from intake.parsing.draft import Finding

PARTS = "narrative-parts"
REPEATED = "narrative-repeated"
_ITEM = re.compile(
    rf"(?P<item>货物|工程|服务)[^，。；、\d]{{0,10}}?(?P<number>{NUMBER})(?P<unit>亿元|万元|元)"
)
_FORBIDDEN = ("中小企业", "小微", "占", "比", "较", "合同")
_PROCUREMENT = re.compile(rf"采购[^，。；、\d]{{0,14}}?(?P<number>{NUMBER})(?P<unit>亿元|万元|元)")
_PLANNED = re.compile(
    rf"(?P<year>20\d\d)年预算(?:安排|数)?为?(?P<number>{NUMBER})(?P<unit>亿元|万元|元)，?[比较]20\d\d年"
)
_ENDS_WITH_AMOUNT = re.compile(
    rf"^\d{{1,2}}[、.．].*\(\d{{2}}项\)(?P<number>{NUMBER})(?P<unit>亿元|万元|元)[。，；]"
)
_PROCUREMENT_OR_SMALL = re.compile(
    rf"(?P<words>(?:中小企业|政府采购)[^，。；、\d]{{0,20}}?)(?P<number>{NUMBER})(?P<unit>亿元|万元|元)"
)
_FORBIDDEN_SMALL = ("货物", "工程", "服务", "比", "较", "占", "增", "减", "小微", "微型", "小型")
RULE_SMALL = ("面向中小企业的采购是采购总额的一部分", "what goes to small business is part of procurement")
RULE = ("采购总额等于货物、工程、服务之和", "procurement is the sum of goods, works and services")
RULE_REPEATED = ("同一科目前后写的预算数应相同", "both places state the same item's budget")


def check_procurement(book: Book) -> Iterator[Finding]:
    """Yield 采购总额 = 货物 + 工程 + 服务, as one sentence states them (D10).

    Only where the total stands before the items, each item once, and at least two are stated
    (one that is not stated counts as nil).
    """
    for sentence in book.sentences:
        items = [m for m in _ITEM.finditer(sentence.text) if not _is_side_remark(sentence.text, m)]
        names = [m["item"] for m in items]
        if len(names) < 2 or len(set(names)) != len(names):
            continue
        total = _PROCUREMENT.search(sentence.text, 0, items[0].start() + 1)
        if total is None or total.end() > items[0].start():
            continue
        between = sentence.text[total.end() : items[0].start()]
        if "其中" not in between and len(between) > 6:
            continue
        left = as_operand(sentence, _mention(sentence, total.start("number")), start=total.start())
        parts = [as_operand(sentence, _mention(sentence, m.start("number")), start=m.start()) for m in items]
        step = min(operand.step for operand in (left, *parts))  # a text drops trailing zeros: 2 beside 25.4
        left, parts = replace(left, step=step), [replace(part, step=step) for part in parts]
        yield compare(left, _join(parts, names), check=PARTS, rule=RULE, severity="warning")


def check_small_business(book: Book) -> Iterator[Finding]:
    """Yield 采购总额 ≥ what is kept for or awarded to 中小企业 (D10), both stated in the text."""
    total: Operand | None = None
    for sentence in book.sentences:
        if sentence.heading:
            total = None
        for found in _PROCUREMENT_OR_SMALL.finditer(sentence.text):
            if any(word in found.group("words") for word in _FORBIDDEN_SMALL):
                continue
            operand = as_operand(sentence, _mention(sentence, found.start("number")), start=found.start())
            if "中小企业" not in found.group("words"):
                total = operand
            elif total is not None:
                yield compare(total, operand, check=PARTS, rule=RULE_SMALL, relation="ge", severity="warning")


def check_repeated(book: Book) -> Iterator[Finding]:
    """Yield an item's amount in its heading = its amount in the sentence that explains it.

    “12、…住房公积金（01项）208.8万元。2025年…执行数为…，2026年预算安排201.50万元，比…”.
    """
    for index, sentence in enumerate(book.sentences):
        found = _PLANNED.search(sentence.text)
        if found is None or int(found["year"]) != book.fiscal_year:
            continue
        for before in reversed(book.sentences[max(0, index - 3) : index]):
            head = _ENDS_WITH_AMOUNT.search(before.text)
            if head is not None and len(before.amounts) == 1 and head.end() == len(before.text):
                left = as_operand(before, _mention(before, head.start("number")), start=0)
                right = as_operand(sentence, _mention(sentence, found.start("number")), start=found.start())
                yield compare(left, right, check=REPEATED, rule=RULE_REPEATED, severity="warning")
                break


def _is_side_remark(text: str, found: re.Match[str]) -> bool:
    start = max(text.rfind(mark, 0, found.start()) for mark in "，。；、:：") + 1
    words = text[start : found.end()]
    return any(word in words for word in _FORBIDDEN)


def _mention(sentence: Sentence, start: int) -> Mention:
    return next(m for m in sentence.amounts if m.start == start)


def _join(parts: list[Operand], names: list[str]) -> Operand:
    return add_up(
        parts, label=f"所列{'、'.join(names)}之和", label_en=f"the sum of the {len(names)} kinds stated"
    )
