"""Units of money as documents print them, in yuan (预算法实施条例 art. 11: yuan is the unit of account)."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

FACTORS: Final = {
    "亿元": Decimal(100_000_000),
    "千万元": Decimal(10_000_000),
    "百万元": Decimal(1_000_000),
    "万元": Decimal(10_000),
    "千元": Decimal(1_000),
    "百元": Decimal(100),
    "元": Decimal(1),
}
"""Longer names first: 万元 ends in 元."""
CENT: Final = Decimal("0.01")


class UnknownUnit(ValueError):
    """A table prints amounts, but its unit of money cannot be told."""


def find_factor(unit: str | None) -> Decimal | None:
    """This will return how many yuan one printed unit is; None where the text names no unit of money."""
    if not unit:
        return None
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", unit)).removeprefix("人民币")
    return next((factor for name, factor in FACTORS.items() if name in text), None)


def to_yuan(printed: Decimal, *, factor: Decimal) -> Decimal:
    """This will return the amount in yuan, exact to the cent (a unit of account has no less)."""
    return (printed * factor).quantize(CENT, rounding=ROUND_HALF_UP)
