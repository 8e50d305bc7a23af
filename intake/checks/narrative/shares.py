"""“占 x%”: a part ÷ its whole, where the whole is clear from the text (X12, D11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from intake.checks.book import Book
from intake.checks.compare import FACTORS
from intake.checks.narrative.judge import Percentage, judge_percentage
from intake.checks.narrative.sentences import NUMBER, Mention, Sentence, read_number
from intake.parsing.draft import Finding

SHARE = "narrative-share"
SHARE_WORDS = re.compile(
    rf"占(?P<whole>[^，。；、()（）\d占]{{0,24}}?)(?:的比例为|的比重为|比例为|比重为|比例|比重|的|比|为|约|达)*"
    rf"(?P<percent>{NUMBER})[%％]"
)
_INTRODUCES = re.compile(r"[，,。：:；]?(?:其中|包括)")
COMPLETION = "narrative-completion"
COMPLETED = re.compile(
    rf"(?P<base>年初预算|调整预算|全年预算|预算)数?为?(?P<budget>{NUMBER})(?P<budget_unit>亿元|万元|元)[，,]?"
    rf"(?:支出|本年)?决算数?为?(?P<done>{NUMBER})(?P<done_unit>亿元|万元|元)[，,]?"
    rf"(?:完成|为)(?:年初|调整|全年|当年)?预算数?的?(?P<percent>{NUMBER})[%％]"
)
RULE_COMPLETION = (
    "完成预算的百分比等于决算数除以预算数",
    "completion is the final figure divided by the budget",
)
RULE = ("占比应等于部分除以整体", "a share is the part divided by the whole")

Share = tuple[re.Match[str], Mention]


def check_shares(book: Book) -> Iterator[Finding]:
    """Yield each share of a list against the whole that most of the list agrees with.

    The whole is looked for among the amounts before the list (this sentence and the two before)
    and the sum of the parts. At least two shares, and most of them, must agree with it before
    another is called wrong; of two, one must agree and “其中” must follow the whole. A share
    standing alone can only match.
    """
    for index, sentence in enumerate(book.sentences):
        shares = _find_shares(sentence)
        if not shares:
            continue
        lists: dict[str, list[Share]] = {}
        for share in shares:
            lists.setdefault(share[0]["whole"], []).append(share)
        before = [m for other in book.sentences[max(0, index - 2) : index] for m in other.amounts]
        for members in lists.values():
            yield from _judge_list(sentence, members, before)


def check_completion(book: Book) -> Iterator[Finding]:
    """Yield “年初预算为 X，支出决算为 Y，完成年初预算的 z%” = Y ÷ X (D08, D11)."""
    for sentence in book.sentences:
        for found in COMPLETED.finditer(sentence.text):
            budget = read_number(found["budget"]) * FACTORS[found["budget_unit"]]
            done = read_number(found["done"]) * FACTORS[found["done_unit"]]
            if budget <= 0:
                continue
            step = _step(found["budget"]) * FACTORS[found["budget_unit"]]
            yield judge_percentage(
                sentence,
                Percentage(
                    stated=read_number(found["percent"]),
                    computed=done / budget * 100,
                    step=_step(found["percent"]),
                    error=Decimal(50) * step * (1 + done / budget) / budget,
                    start=found.start() - 20,
                    end=found.end(),
                ),
                check=COMPLETION,
                rule=RULE_COMPLETION,
                formula=f"{read_number(found['done']):,f} ÷ {read_number(found['budget']):,f}",
            )


def _find_shares(sentence: Sentence) -> list[Share]:
    """Return each “占 x%” with the amount it speaks of: the nearest before it, in its own item."""
    found: list[Share] = []
    last = 0
    for match in SHARE_WORDS.finditer(sentence.text):
        own = [m for m in sentence.amounts if last <= m.start and m.end <= match.start()]
        last = match.end()
        if own and len(sentence.text[own[-1].end : match.start()]) <= 12:
            found.append((match, own[-1]))
    return found


def _judge_list(sentence: Sentence, members: list[Share], before: list[Mention]) -> Iterator[Finding]:
    parts = {mention.start for _, mention in members}
    own = [m for m in sentence.amounts if m.start < members[0][1].start and m.start not in parts]
    wholes = [_in_yuan(m) for m in reversed(own)] + [_in_yuan(m) for m in reversed(before)]
    wholes.append(sum((_in_yuan(mention) for _, mention in members), Decimal(0)))
    scored = [
        (sum(_fits(share, whole) for share in members), -rank, whole)
        for rank, whole in enumerate(wholes)
        if whole > 0
    ]
    if not scored:
        return
    fitting, _, whole = max(scored)
    certain = fitting >= 2 and fitting * 3 >= len(members) * 2
    if len(members) == 2 and fitting == 1:
        certain = whole == _find_named_whole(sentence, members)
    for share in members:
        if certain or _fits(share, whole):
            yield _judge(sentence, share, whole)


def _find_named_whole(sentence: Sentence, members: list[Share]) -> Decimal | None:
    """Return the amount that stands right before “其中”, whose parts the two shares then are."""
    start = members[0][1].start
    found = [m for m in sentence.amounts if m.end <= start and _INTRODUCES.match(sentence.text, m.end)]
    return _in_yuan(found[-1]) if found else None


def _fits(share: Share, whole: Decimal) -> bool:
    match, mention = share
    stated = read_number(match["percent"])
    if mention.value == 0 and stated == 0:
        return False  # nil of anything is nil: it tells nothing of the whole
    return abs(stated - _in_yuan(mention) / whole * 100) <= _step(match["percent"])


def _judge(sentence: Sentence, share: Share, whole: Decimal) -> Finding:
    match, mention = share
    return judge_percentage(
        sentence,
        Percentage(
            stated=read_number(match["percent"]),
            computed=_in_yuan(mention) / whole * 100,
            step=_step(match["percent"]),
            error=Decimal(50) * mention.step * FACTORS[mention.unit] / whole,
            start=mention.start - 16,
            end=match.end(),
        ),
        check=SHARE,
        rule=RULE,
        formula=f"{mention.value:,f} ÷ {whole / FACTORS[mention.unit]:,.2f}",
    )


def _in_yuan(mention: Mention) -> Decimal:
    return mention.value * FACTORS[mention.unit]


def _step(printed: str) -> Decimal:
    return Decimal(1).scaleb(-len(printed.partition(".")[2]))
