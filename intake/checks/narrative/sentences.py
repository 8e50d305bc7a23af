"""Running text as sentences, with the amounts that stand in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from intake.checks.compare import Operand
from intake.parsing.draft import Narrative
from intake.parsing.tables import Place

NUMBER = r"(?<![\d.,，])-?\d+(?:[,，]\d{3})*(?:\.\d+)?"
MONEY = re.compile(rf"(?P<number>{NUMBER})(?P<unit>亿元|万元|元)(?![/／])")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％（）", "0123456789.%()")
_HEADING = re.compile(
    r"^(?:第[一二三四五六七八九十]+[部章节]|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d{1,2}[.、．])"
)
_PAGE_NUMBER = re.compile(r"^[-—－–\s第]*\d{1,3}[-—－–\s页]*$")
_END = re.compile(r"(?<=[。！？])")
_CONTINUES = re.compile(r"^(?:与|比|较|同)(?:上年|去年|20\d\d年|年初)")
MAX_SENTENCE = 1200


@dataclass(frozen=True, slots=True)
class Mention:
    """One amount in a sentence."""

    value: Decimal
    unit: str
    start: int
    end: int

    @property
    def step(self) -> Decimal:
        """Return one unit of its last printed decimal place."""
        exponent = self.value.as_tuple().exponent
        return Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0))


@dataclass(frozen=True)
class Sentence:
    """One sentence without blanks, its page, and whether it is only a heading."""

    text: str
    page: int | None
    heading: bool = False

    @cached_property
    def amounts(self) -> tuple[Mention, ...]:
        """Return the amounts in order."""
        return tuple(
            Mention(read_number(found["number"]), found["unit"], found.start(), found.end())
            for found in MONEY.finditer(self.text)
        )

    @property
    def place(self) -> Place:
        """Return where it stands."""
        return Place(page=self.page)

    def quote(self, start: int, end: int) -> str:
        """Return words of the sentence for a finding, cut to what one reads at a glance."""
        words = self.text[max(start, 0) : end]
        return words if len(words) <= 90 else f"{words[:42]}……{words[-42:]}"


def read_sentences(pages: Sequence[Narrative]) -> list[Sentence]:
    """Return the sentences of all pages in order; one that runs over a page end stays whole.

    A line that looks like a heading stands alone, so that its words are no one's subject. A
    sentence that only continues the one before (“与上年相比增加…”) is joined to it.
    """
    found: list[Sentence] = []
    open_text, open_page = "", None
    for page in pages:
        lines = page.text.splitlines()
        wrapped = max((len(line.strip()) for line in lines), default=0) * 0.8
        for line in lines:
            text = re.sub(r"\s+", "", line).translate(_FULL_WIDTH)
            if not text or _PAGE_NUMBER.match(text):
                continue
            if len(text) < wrapped and _is_heading(text):
                _close(found, open_text, open_page)
                found.append(Sentence(text, page.page, heading=True))
                open_text = ""
                continue
            if not open_text:
                open_page = page.page
            *whole, open_text = _END.split(open_text + text)
            for sentence in whole:
                _close(found, sentence, open_page)
                open_page = page.page
            if len(open_text) > MAX_SENTENCE:
                _close(found, open_text, open_page)
                open_text = ""
    _close(found, open_text, open_page)
    return found


def as_operand(sentence: Sentence, mention: Mention, *, start: int | None = None, label: str = "") -> Operand:
    """Return an amount of the text as a side of an identity, quoting its words."""
    words = sentence.quote(mention.start - 24 if start is None else start, mention.end)
    return Operand(
        value=mention.value,
        unit=mention.unit,
        step=mention.step,
        label=f"文字{label}“{words}”",
        label_en=f"the text “{words}”",
        places=(sentence.place,),
        is_text=True,
    )


def read_number(text: str) -> Decimal:
    """Return the number that grouped digits print."""
    return Decimal(text.replace(",", "").replace("，", ""))


def _is_heading(text: str) -> bool:
    """Say whether a line short of the page's width is a heading: numbered, without an amount."""
    return (
        len(text) <= 36
        and _HEADING.match(text) is not None
        and not MONEY.search(text)
        and text[-1] not in "。；，、:：;,)"
        and not text[-1].isdigit()
        and "，" not in text
    )


def _close(found: list[Sentence], text: str, page: int | None) -> None:
    text = text.strip()
    if not text:
        return
    if found and not found[-1].heading and _CONTINUES.match(text) and len(found[-1].text) < MAX_SENTENCE:
        before = found.pop()
        found.append(Sentence(before.text + text, before.page))
        return
    found.append(Sentence(text, page))
