"""From exact yuan to what a chart draws: floats in the unit of the address, and their texts."""

from __future__ import annotations

import textwrap
from decimal import Decimal

from budgets.formatting import Unit, format_money


def to_unit(yuan: Decimal, unit: Unit) -> float:
    """This will return yuan in a unit as a float: for lengths only, texts are written from the Decimal."""
    return float(yuan / unit.factor)


def write_text(yuan: Decimal, unit: Unit) -> str:
    """This will write the text of a mark: the amount with its unit."""
    return format_money(yuan, unit=unit)


def cut_label(text: str, length: int = 14) -> str:
    """This will shorten a long name for a label; the table has it whole. Latin letters are half as wide."""
    length = length * 2 if text.isascii() else length
    return text if len(text) <= length else text[: length - 1] + "…"


def wrap_label(text: str, length: int = 14) -> str:
    """This will break a long name into lines: Chinese after so many characters, English between words."""
    if text.isascii():
        return "<br>".join(textwrap.wrap(text, length * 2)) or text
    return "<br>".join(text[start : start + length] for start in range(0, len(text), length)) or text
