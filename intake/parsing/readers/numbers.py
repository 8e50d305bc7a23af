"""The text that a spreadsheet prints for a number."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_NOISE = Decimal("1e-9")
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ZEROS = re.compile(r"^0{2,}$")
_DECIMALS = re.compile(r"\.(0+)")


def plain_number(value: float) -> str:
    """Return a number without exponent and without the noise of binary fractions."""
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - the test for NaN
        return ""
    exact = Decimal(repr(value))
    try:
        exact = exact.quantize(_NOISE)
    except InvalidOperation:
        return format(exact, "f")
    text = format(exact, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def printed_number(value: float, code: str) -> str:
    """Return a number as its format prints it: padded codes, percent, blank or dashed zeros.

    Decimals beyond those shown are kept: they are the publisher's figure, the format only hides
    them. Shorter ones are padded, since the places shown say how exact the figure is meant.
    """
    sections = code.split(";")
    if value == 0 and len(sections) >= 3:
        shown = sections[2].replace('"-"', "-").replace("\\-", "-")
        if not shown.strip():
            return ""
        if "-" in shown and "0" not in shown:
            return "-"
    bare = _LITERAL.sub("", sections[0]).strip()
    if _ZEROS.match(bare) and value == int(value) and value >= 0:
        return str(int(value)).zfill(len(bare))
    if bare.endswith("%"):
        return plain_number(float(Decimal(repr(value)) * 100)) + "%"
    text = plain_number(value)
    wanted = _DECIMALS.search(bare)
    if wanted and text:
        whole, _, decimals = text.partition(".")
        return f"{whole}.{decimals.ljust(len(wanted[1]), '0')}"
    return text
