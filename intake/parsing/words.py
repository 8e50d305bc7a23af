"""Printed words: folding them for comparison, tidying them for keeping, and the few that structure tables.

``fold`` is for looking at (half-width, no blanks, one kind of quote), ``tidy`` is for keeping (as
printed, without the blanks that wrapping put in).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BLANKS = re.compile(r"[\s\u00a0\u3000\u200b\ufeff]+")
_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "「": '"', "」": '"', "【": "[", "】": "]", "〔": "[", "〕": "]"}
)
_CJK = r"\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’"
_WRAP = re.compile(rf"(?<=[{_CJK}])[\s\u00a0\u3000]+|[\s\u00a0\u3000]+(?=[{_CJK}])")

_BREAK = re.compile(r"[ \t\u3000]*\n[ \t\u3000]*(?![A-Za-z])|(?<![A-Za-z])[ \t\u3000]*\n[ \t\u3000]*")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the text for comparison: NFKC, no blanks at all, one kind of quote and bracket."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).translate(_QUOTES)


@lru_cache(maxsize=65536)
def tidy(text: str) -> str:
    """Return the text as it would be printed on one line: blanks beside Chinese characters removed.

    A line break inside a cell is a wrap; it parts words only between Latin letters.
    """
    return _BLANKS.sub(" ", _WRAP.sub("", _BREAK.sub("", text.strip()))).strip()


_NUMBERINGS = (
    re.compile(r"[一二三四五六七八九十百]+[、.,:]"),
    re.compile(r"\([一二三四五六七八九十百]+\)[、.]?"),
    re.compile(r"\d{1,2}(?:、|\.(?!\d)|,(?!\d)|\)|:)"),
    re.compile(r"\(\d{1,2}\)[、.]?"),
    re.compile(r"[①-⑳]"),
)


@lru_cache(maxsize=65536)
def find_numbering(text: str) -> tuple[int, str]:
    """Return the rank of a label's numbering (一、 0, （一） 1, 1、 2, （1） 3, none -1) and the rest, folded.

    Circled digits count as the fourth rank; NFKC would turn them into plain digits, so they are
    looked for first.
    """
    stripped = text.strip()
    if stripped[:1] and "①" <= stripped[0] <= "⑳":
        return 4, fold(stripped[1:])
    folded = fold(text)
    for rank, pattern in enumerate(_NUMBERINGS[:4]):
        found = pattern.match(folded)
        if found:
            return rank, folded[found.end() :]
    return -1, folded


_TOTALS = re.compile(
    r"^(?:(?:部门|单位|全|本)?(?:合计|总计|总合计|共计)|(?:本年)?(?:预算|收入|支出|收支)?总计"
    r"|(?:收入|支出)(?:总计|合计)|\*+(?:合计)?\*+)(?:数|金额)?$"
)
_YEAR_TOTALS = re.compile(r"^(?:本年|当年)(?:度)?(?:财政拨款|拨款)?(?:收入|支出|收支)(?:合计|总计|小计)?$")
_SUBTOTALS = re.compile(r"^(?:.{0,14}(?:小计|合计|总计)|(?:本年|当年)(?:收入|支出))$")


@lru_cache(maxsize=65536)
def find_total(label: str) -> str | None:
    """Return ``total`` or ``subtotal`` when the label is that of such a row, else None.

    本年收入合计 is a subtotal (a 总计 follows it), 收入合计 or 合计 is a total; whether a table
    has no higher total is judged where the whole table is known.
    """
    rest = find_numbering(label)[1].rstrip(":")
    if not rest or len(rest) > 20:
        return None
    if _YEAR_TOTALS.match(rest):
        return "subtotal"
    if _TOTALS.match(rest):
        return "total"
    if _SUBTOTALS.match(rest):
        return "subtotal"
    return None


_OF_WHICH = re.compile(r"^(?:[一二三四五六七八九十\d()]+[、.])?其中(?:[:,]|$|\S)")


@lru_cache(maxsize=65536)
def is_of_which(label: str) -> bool:
    """Return whether the label begins with 其中 (a part that is no summand)."""
    return bool(_OF_WHICH.match(fold(label)))
