"""One cell's text → an exact amount, or the plain statement that it is none.

Blank, ``0`` and a dash are three different states (``domain.md`` §6, 11); signs, brackets, full-width
digits, separators in some columns only, trailing units and floats of spreadsheets are §6, 12.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from intake.parsing.draft import State

DASHES = frozenset({"-", "--", "---", "----", "—", "——", "———", "–", "−", "―", "/", "\\", "无", "ー", "一一"})
_SEPARATED = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"
_PLAIN = r"\d+(?:\.\d*)?|\.\d+"
_SLOPPY = r"\d[\d,]*\d(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?P<open>\()?(?P<sign>[+\-−–△▲▽]?)[¥￥]?(?P<digits>{_SEPARATED}|{_PLAIN}|{_SLOPPY})"
    r"(?P<exponent>[eE][+-]?\d{1,2})?(?P<close>\))?(?P<unit>%|‰|万元|亿元|千元|百元|元)?"
)
_BLANK_RUN = re.compile(r"[ \t\u00a0\u3000\u200b]+")
_SPACED_THOUSANDS = re.compile(r"[+\-−]?\d{1,3}(?: \d{3})+(?:\.\d+)?")
_FLOAT_NOISE = 10


class Printed(NamedTuple):
    """A printed amount: exact value (None for blank and dash), its state, and the unit in the cell."""

    value: Decimal | None
    state: State
    unit: str | None = None


BLANK = Printed(None, "blank")
DASH = Printed(None, "dash")


def _joined(text: str) -> str | None:
    """Return a number broken over lines or letter-spaced as one word, None where that is a guess."""
    pieces = text.split()
    if len(pieces) == 1:
        return pieces[0]
    word = "".join(pieces)
    if "." in word or "," in word or _SPACED_THOUSANDS.fullmatch(" ".join(pieces)):
        return word
    if any(not piece[-1:].isdigit() and not piece[:1].isdigit() for piece in pieces):
        return word
    # "12\n34" may be two numbers; "-\n5" or "5\n%" is one.
    return (
        word
        if len(pieces) == 2
        and (len(pieces[0]) == 1) != (len(pieces[1]) == 1)
        and not (pieces[0].isdigit() and pieces[1].isdigit())
        else None
    )


def _without_noise(value: Decimal) -> Decimal:
    """Return a spreadsheet's float (104.30000000000001) as the decimal that was meant."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent >= _FLOAT_NOISE:
        rounded = value.quantize(Decimal(1).scaleb(-8)).normalize()
        return rounded if rounded.as_tuple().exponent != "n" else value
    return value


@lru_cache(maxsize=131072)
def read_amount(text: str) -> Printed | None:
    """Return what the cell's text says as an amount, None when it is no amount (words, codes with letters)."""
    if not text:
        return BLANK
    folded = unicodedata.normalize("NFKC", text).strip()
    if not folded:
        return BLANK
    if "".join(folded.split()) in DASHES:
        return DASH
    word = _joined(folded)
    if word is None:
        return None
    found = _AMOUNT.fullmatch(word)
    if not found or (found["open"] is None) != (found["close"] is None):
        return None
    return _value_of(found)


def _value_of(found: re.Match[str]) -> Printed | None:
    digits = found["digits"].replace(",", "").rstrip(".") + (found["exponent"] or "")
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return None
    if abs(value) >= Decimal("1e18"):
        return None
    if value and (found["open"] or found["sign"] in {"-", "−", "–", "△", "▲"}):
        value = -value
    value = _without_noise(value)
    if value.as_tuple().exponent not in range(-30, 1):
        value = value.quantize(Decimal(1))
    return Printed(value, "amount" if value else "zero", found["unit"])


def get_decimals(value: Decimal) -> int:
    """Return how many decimal places were printed."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
