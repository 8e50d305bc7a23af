"""A printed target such as ``≥95%``, ``5次`` or ``按时`` taken apart into operator, value and unit."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from intake.parsing.performance_words import unwrapped
from intake.parsing.radicals import MEANT

_SIGNS: tuple[tuple[str, str], ...] = (
    ("ge", r"≥|≧|>=|=>|》=|大于等于|大于或等于|不低于|不少于|不小于|达到?|至少|及以上"),
    ("le", r"≤|≦|<=|=<|《=|小于等于|小于或等于|不超过|不高于|不大于|不多于|控制在"),
    ("gt", r">|》|〉|大于|高于|超过"),
    ("lt", r"<|《|〈|小于|低于"),
    ("eq", r"=|等于"),
)
_OPERATORS = tuple((key, re.compile(pattern)) for key, pattern in _SIGNS)
_NUMBER = r"[-+]?\d[\d,]*(?:\.\d+)?"
_AMOUNT = re.compile(rf"({_NUMBER})\s*(.*)\Z", re.DOTALL)
_UNIT = re.compile(
    r"\(?([^\d\s,，。;；、()（）:：≥≤=<>～~\-—余多约前后内上下左右初底中]{1,10}(?:\([^()]*\))?)\)?\Z"
)


def _plain(text: str) -> str:
    meant = unicodedata.normalize("NFKC", text.translate(MEANT))
    return re.sub(r"\s+", "", meant)


def operator_key(text: str) -> str | None:
    """Return the key of an operator printed in a cell of its own (``≥``, ``定性``), None if unknown."""
    words = _plain(text)
    if not words:
        return None
    if "定性" in words or words in {"文字", "文本", "描述", "其他"}:
        return "qualitative"
    for key, pattern in _OPERATORS:
        if pattern.fullmatch(words):
            return key
    return {"正向": "ge", "反向": "le", "正向指标": "ge", "反向指标": "le"}.get(words)


def split_target(text: str) -> tuple[str | None, str | None, str | None]:
    """Return (operator, value, unit) of a target printed in one cell.

    A number with at most a unit behind it is a value; everything else is text and keeps its whole
    wording as value: ``qualitative`` where no digit stands in it, no operator where one does
    (``12月前完成``, ``10-15项``), since nothing says how it is to be compared.
    """
    words = _plain(text)
    if not words:
        return None, None, None
    for key, pattern in _OPERATORS:
        found = pattern.match(words)
        if found is None:
            continue
        value, unit = _value_and_unit(re.sub(r"以?内\Z", "", words[found.end() :]))
        if value is not None:
            return key, value, unit
        break
    value, unit = _value_and_unit(words)
    if value is not None:
        return None, value, unit
    return (None if re.search(r"\d", words) else "qualitative"), unwrapped(text), None


def _value_and_unit(words: str) -> tuple[str | None, str | None]:
    found = _AMOUNT.match(words)
    if found is None:
        return None, None
    rest = found.group(2)
    if not rest:
        return found.group(1), None
    unit = _UNIT.match(rest)
    return (found.group(1), unit.group(1)) if unit else (None, None)


def number(text: str) -> Decimal | None:
    """Return the number a cell prints (thousands separators and a unit of money allowed), else None."""
    words = re.sub(r"(万元|亿元|元|分|%)\Z", "", _plain(text)).replace(",", "")
    try:
        return Decimal(words) if re.fullmatch(r"[-+]?\d+(\.\d+)?", words) else None
    except InvalidOperation:
        return None


def has_number(text: str) -> bool:
    """Return whether a cell prints a number or a number with sign, unit or operator."""
    return bool(re.search(r"\d", text))
