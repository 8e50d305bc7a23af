"""“比上年增加 x 万元，增长 y%”: amount, percentage and direction against each other (X12, D11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from intake.checks.book import Book
from intake.checks.compare import FACTORS
from intake.checks.narrative.judge import Percentage, judge_percentage
from intake.checks.narrative.sentences import NUMBER, Mention, Sentence, read_number
from intake.parsing.draft import Finding

CHANGE = "narrative-change"

_UP = "增加|增长|上升|提高|上涨|增幅"
_DOWN = "减少|下降|降低|压减|降幅|下浮|缩减"
BOTH = re.compile(
    rf"(?P<direction>{_UP}|{_DOWN})(?:了|额为?|数为?|金额)?(?P<amount>{NUMBER})(?P<unit>亿元|万元|元)"
    rf"[，,、(和]?(?:同比|即|或|约|比例|幅度|变动)*(?P<second>{_UP}|{_DOWN})(?:了|幅度?|比例|率)?(?:为|约|达)?"
    rf"(?P<percent>{NUMBER})[%％]"
)
PERCENT_ONLY = re.compile(
    rf"[比较与](?P<base>20\d\d年)[^，。；\d]{{0,12}}?(?P<direction>{_UP}|{_DOWN})(?:了|幅度?)?(?:为|约)?"
    rf"(?P<percent>{NUMBER})[%％]"
)
_COMPARED = re.compile(
    r"(?:比|较|与|同)(?:上年|去年|20\d\d年|年初|本年|上一?年|[^，。；]{0,10}(?:预算|决算))"
)
_BRACKET = re.compile(r"\([^()]*\)")
RULE = ("增减额、增减幅度和本期数应一致", "amount, change and percentage follow from each other")


def check_changes(book: Book) -> Iterator[Finding]:
    """Yield for each stated change: percentage = change ÷ (amount ∓ change), directions alike.

    The amount is the one that stands before the comparison in the same clause. Where several
    stand there and none of them fits, nothing is said.
    """
    for sentence in book.sentences:
        for found in BOTH.finditer(sentence.text):
            yield from _check_both(sentence, found)
        for found in PERCENT_ONLY.finditer(sentence.text):
            yield from _check_percent_only(sentence, found)


def _check_both(sentence: Sentence, found: re.Match[str]) -> Iterator[Finding]:
    start = _clause_start(sentence.text, found.start())
    compared = [m.start() for m in _COMPARED.finditer(sentence.text, start, found.start())]
    if not compared:
        return
    candidates = _find_candidates(sentence, start, compared[-1])
    if not candidates:
        return
    change, unit = read_number(found["amount"]), found["unit"]
    if change < 0 or read_number(found["percent"]) < 0:
        return
    sign = 1 if _is_up(found["direction"]) else -1
    judged = [
        _judge_change(sentence, found, mention, change=change, unit=unit, sign=sign) for mention in candidates
    ]
    fitting = [finding for finding in judged if finding is not None and finding.outcome != "mismatch"]
    if fitting:
        yield fitting[0]
    elif len({mention.value for mention in candidates}) == 1 and judged[0] is not None:
        yield judged[0]


def _judge_change(
    sentence: Sentence, found: re.Match[str], mention: Mention, *, change: Decimal, unit: str, sign: int
) -> Finding | None:
    now = mention.value * FACTORS[mention.unit]
    moved = change * FACTORS[unit]
    before = now - sign * moved
    if before <= 0 or moved == 0:
        return None
    percent = read_number(found["percent"])
    error = Decimal(50) * (
        change_step(change, unit) / before
        + moved * (mention.step * FACTORS[mention.unit] + change_step(change, unit)) / (before * before)
    )
    if _is_up(found["second"]) != (sign > 0):
        percent = -percent
    return judge_percentage(
        sentence,
        Percentage(
            stated=percent,
            computed=moved / before * 100,
            step=_step(found["percent"]),
            error=error,
            start=mention.start - 16,
            end=found.end(),
        ),
        check=CHANGE,
        rule=RULE,
        formula=f"{change:,f} ÷ ({mention.value:,f} {'−' if sign > 0 else '+'} {change:,f})",
    )


def _check_percent_only(sentence: Sentence, found: re.Match[str]) -> Iterator[Finding]:
    """Yield “2025年…P万元，2026年…X万元，比2025年…增加 z%” = (X − P) ÷ P, with just these two amounts."""
    start = max(sentence.text.rfind("。", 0, found.start()), sentence.text.rfind("；", 0, found.start())) + 1
    amounts = [m for m in sentence.amounts if start <= m.start and m.end <= found.start()]
    if len(amounts) != 2 or found["base"] not in sentence.text[start : amounts[0].start]:
        return
    if found["base"] in sentence.text[amounts[0].end : amounts[1].start]:
        return
    before = amounts[0].value * FACTORS[amounts[0].unit]
    now = amounts[1].value * FACTORS[amounts[1].unit]
    if before <= 0:
        return
    stated = read_number(found["percent"]) * (1 if _is_up(found["direction"]) else -1)
    step = amounts[0].step * FACTORS[amounts[0].unit]
    yield judge_percentage(
        sentence,
        Percentage(
            stated=stated,
            computed=(now - before) / before * 100,
            step=_step(found["percent"]),
            error=Decimal(50) * step * (1 + now / before) / before,
            start=start,
            end=found.end(),
        ),
        check=CHANGE,
        rule=RULE,
        formula=f"({amounts[1].value:,f} − {amounts[0].value:,f}) ÷ {amounts[0].value:,f}",
    )


def change_step(value: Decimal, unit: str) -> Decimal:
    """Return one unit of the last decimal place of an amount, in yuan."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0)) * FACTORS[unit]


def _clause_start(text: str, end: int) -> int:
    return max(text.rfind(mark, 0, end) for mark in "；;") + 1


def _find_candidates(sentence: Sentence, start: int, end: int) -> list[Mention]:
    """Return the amounts before a comparison, nearest first, those in brackets and of changes apart."""
    hidden = [(m.start(), m.end()) for m in _BRACKET.finditer(sentence.text)]
    found = []
    for mention in reversed(sentence.amounts):
        if not start <= mention.start < end or mention.end > end:
            continue
        if any(a < mention.start < b for a, b in hidden):
            continue
        if re.search(rf"(?:{_UP}|{_DOWN})(?:了|额为?|数为?)?$", sentence.text[: mention.start]):
            continue
        found.append(mention)
    return found


def _is_up(word: str) -> bool:
    return re.fullmatch(_UP, word) is not None


def _step(printed: str) -> Decimal:
    digits = len(printed.partition(".")[2])
    return Decimal(1).scaleb(-digits)
