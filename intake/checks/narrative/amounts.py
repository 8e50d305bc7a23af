"""Amounts of the text whose subject is clear, against the table that holds the same figure (X12)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from intake.checks.book import Book
from intake.checks.compare import Operand, compare
from intake.checks.copies import agree
from intake.checks.economic import find_operating
from intake.checks.narrative.sentences import NUMBER, Mention, Sentence, as_operand
from intake.checks.narrative.subjects import (
    find_agency_operating,
    find_appropriation_totals,
    find_budget_totals,
    find_department_totals,
    find_function_item,
    find_three_public,
)
from intake.parsing.draft import Finding

AMOUNT = "narrative-amount"
UNCLEAR = "narrative-unclear"
RULE = ("文字与表格说的是同一个数", "text and table speak of the same figure")

_MONEY = rf"(?P<number>{NUMBER})(?P<unit>亿元|万元|元)"
_MID = r"(?:支出|费用|经费|财政拨款|拨款|安排|预算|决算|总额|金额|合计|共计|数|为|共|约|的|20\d\d年度?|:|：)*"

Finder = Callable[[Book, re.Match[str]], list[Operand]]
SUBJECTS: tuple[tuple[re.Pattern[str], Finder], ...] = (
    (
        re.compile(
            r"(?P<item>因公出国(?:\(境\))?费?用?|公务接待费?|公务用车购置[及和]运行(?:维护)?费|公务用车购置费|"
            rf"公务用车运行(?:维护)?费|[“\"]?三公[”\"]?经费){_MID}{_MONEY}"
        ),
        find_three_public,
    ),
    (
        re.compile(
            rf"\((?P<class>\d{{3}})类?\)[^()。；]{{1,40}}\((?P<sub>\d{{2}})款?\)[^()。；]{{1,40}}"
            rf"\((?P<item>\d{{2}})项?\){_MID}{_MONEY}"
        ),
        find_function_item,
    ),
    (
        re.compile(
            rf"(?:(?P<subname>[^，。；:：、()\d.]{{2,40}})\(款\))?(?P<name>[^，。；:：、()\d.]{{2,40}})\(项\){_MID}{_MONEY}"
        ),
        find_function_item,
    ),
    (re.compile(rf"机关运行经费{_MID}{_MONEY}"), find_agency_operating),
    (
        re.compile(
            r"(?:20\d\d年度?|本年度?|部门|单位)(?P<side>收入支出|收入、支出|收入|支出|收支|收、支)(?:预算|决算)?"
            rf"(?:总计|总额|合计|总预算)?(?:为|共计|共|各)?{_MONEY}"
        ),
        find_department_totals,
    ),
    (
        re.compile(
            rf"财政拨款(?P<side>收入支出|收入、支出|收入|支出|收支|收、支)(?:预算|决算)?(?:总计|总额|总预算){_MID}{_MONEY}"
        ),
        find_appropriation_totals,
    ),
    (
        re.compile(
            rf"(?P<fund>一般公共预算|政府性基金预算|国有资本经营预算)(?:财政拨款|当年拨款|拨款)?支出{_MID}{_MONEY}"
        ),
        find_budget_totals,
    ),
)
"""What an amount may be the amount of, with the figures of the tables that would be the same."""

_OTHER = re.compile(
    r"上年|去年|增|减|比|较|结转|占|其中|年初|调整|人均|本级|下属|累计|完成|执行|不含|扣除|未|涉及|评价|重点|项目"
)


def check_amounts(book: Book) -> Iterator[Finding]:
    """Yield each amount with a clear subject = its figure in the tables, after unit conversion.

    Any of the tables that print the subject may agree. A difference is called a mismatch only
    where the amount stands nowhere in the tables at all: one that does is another quantity.
    Amounts of other years, changes and parts are not judged.
    """
    for sentence in book.sentences:
        if sentence.heading or not sentence.amounts:
            continue
        seen: set[int] = set()
        for pattern, find in SUBJECTS:
            for found in pattern.finditer(sentence.text):
                start = found.start("number")
                if start in seen or not _is_of_this_year(sentence.text, found, book.fiscal_year):
                    continue
                seen.add(start)
                mention = next((m for m in sentence.amounts if m.start == start), None)
                if mention is not None:
                    yield from _judge(book, sentence, mention, found, find(book, found))


def check_unclear(book: Book) -> Iterator[Finding]:
    """Yield one remark for the whole text: how many amounts it states, to say what is judged."""
    counted = sum(len(sentence.amounts) for sentence in book.sentences)
    if not counted:
        return
    first = next(sentence for sentence in book.sentences if sentence.amounts)
    yield Finding(
        check=UNCLEAR,
        outcome="undetermined",
        severity="info",
        message=f"文字说明中共有{counted}个金额；只核对主语明确的，其余不作判断。",
        message_en=f"The text states {counted} amounts; only those with a clear subject are judged.",
        places=(first.place,),
    )


def _judge(
    book: Book, sentence: Sentence, mention: Mention, found: re.Match[str], operands: list[Operand]
) -> Iterator[Finding]:
    soft = list(find_operating(book)) if "机关运行经费" in found.group(0) and not operands else []
    printed = [operand for operand in (operands or soft) if operand.value is not None]
    if not printed:
        return
    left = as_operand(sentence, mention, start=found.start())
    same = next((right for right in printed if agree(left, right)), None)
    if same is not None:
        yield compare(left, same, check=AMOUNT, rule=RULE, severity="warning")
    elif mention.value and not soft and not book.prints(left):
        yield compare(left, printed[0], check=AMOUNT, rule=RULE, severity="warning")


def _is_of_this_year(text: str, found: re.Match[str], fiscal_year: int | None) -> bool:
    """Say whether the words around a subject speak of the year's whole figure."""
    start = max(text.rfind(mark, 0, found.start()) for mark in "，。；：:、(") + 1
    words = text[start : found.start("number")]
    for name in ("name", "subname"):
        words = words.replace(found.groupdict().get(name) or "\0", "")
    if _OTHER.search(words):
        return False
    years = {int(year) for year in re.findall(r"20\d\d(?=年)", words)}
    return not years or years == {fiscal_year}
