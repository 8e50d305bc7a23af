"""Amounts, shares and changes as readers see them, in the unit of the address (``?unit=``).

Figures are stored in exact yuan; here they become text. Blank, zero and dash stay apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

MINUS: Final = "−"
HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of money a reader can choose: ``factor`` yuan make one."""

    key: str
    label: str | Promise
    factor: Decimal
    places: int


UNITS: Final = {
    "yuan": Unit("yuan", _("元"), Decimal(1), 2),
    "wan": Unit("wan", _("万元"), Decimal(10_000), 2),
    "yi": Unit("yi", _("亿元"), Decimal(100_000_000), 4),
}
DEFAULT_UNIT: Final = UNITS["wan"]
ENGLISH_UNITS: Final = ((Decimal(1_000_000_000), "billion yuan"), (Decimal(1_000_000), "million yuan"))


def get_unit(request: HttpRequest) -> Unit:
    """This will return the unit of the address, 万元 where it names none (or none that exists)."""
    return UNITS.get(request.GET.get("unit", ""), DEFAULT_UNIT)


def format_number(value: Decimal, *, places: int = 2) -> str:
    """This will write a number with thousands separators and a true minus sign."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{places}f}"
    return f"{MINUS}{text}" if rounded < 0 else text


def format_amount(yuan: Decimal | None, *, unit: Unit = DEFAULT_UNIT) -> str:
    """This will write an amount without its unit; empty where there is none."""
    return "" if yuan is None else format_number(yuan / unit.factor, places=unit.places)


def split_money(yuan: Decimal, *, unit: Unit = DEFAULT_UNIT) -> tuple[str, str]:
    """This will write an amount and, apart, its unit.

    English does not count in ten thousands: there the default unit becomes yuan, million or billion
    yuan, whichever reads best. A unit that the reader chose is kept.
    """
    if get_language() != "en" or unit is not DEFAULT_UNIT:
        return format_amount(yuan, unit=unit), str(unit.label)
    for factor, name in ENGLISH_UNITS:
        if abs(yuan) >= factor:
            return format_number(yuan / factor), name
    return format_number(yuan, places=0 if yuan == yuan.to_integral_value() else 2), "yuan"


def format_money(yuan: Decimal | None, *, unit: Unit = DEFAULT_UNIT) -> str:
    """This will write an amount with its unit, e.g. ``5,884.05 万元``."""
    return "" if yuan is None else " ".join(split_money(yuan, unit=unit))


def find_share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """This will return ``part`` as percent of ``whole``; None where that means nothing."""
    if part is None or whole is None or whole <= 0:
        return None
    return part / whole * HUNDRED


def format_percent(percent: Decimal | None, *, places: int = 2) -> str:
    """This will write a percentage, e.g. ``79.01%``; empty where there is none."""
    return "" if percent is None else f"{format_number(percent, places=places)}%"


def format_share(part: Decimal | None, whole: Decimal | None, *, places: int = 2) -> str:
    """This will write ``part`` as percent of ``whole``."""
    return format_percent(find_share(part, whole), places=places)


def find_change(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    """This will return the change in percent; None without a base above zero."""
    if now is None or before is None or before <= 0:
        return None
    return (now - before) / before * HUNDRED


def format_signed(text: str, value: Decimal) -> str:
    """This will set a plus sign before the text of a positive value (a negative one has its own)."""
    return f"+{text}" if value > 0 else text


def format_change(now: Decimal | None, before: Decimal | None) -> str:
    """This will write the change in percent with its sign, e.g. ``+107.69%``; empty without a base."""
    change = find_change(now, before)
    return "" if change is None else format_signed(format_percent(change), change)


def format_difference(now: Decimal | None, before: Decimal | None, *, unit: Unit = DEFAULT_UNIT) -> str:
    """This will write the change as an amount with its sign, e.g. ``+7.00``; empty where one is missing."""
    if now is None or before is None:
        return ""
    return format_signed(format_amount(now - before, unit=unit), now - before)
