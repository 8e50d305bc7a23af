"""Parts of a whole in words and lengths: a hundred yuan, whole yuan that add up to a hundred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from django.utils.functional import Promise

from budgets.formatting import DEFAULT_UNIT, Unit, find_share, format_money, format_percent


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole, ready to be drawn and said; ``key`` names a glossary term or is empty."""

    key: str
    label: str | Promise
    hue: str
    yuan: Decimal
    percent: Decimal
    of_hundred: int
    x: str
    width: str
    share: str
    text: str


def round_to_hundred(percents: Sequence[Decimal]) -> list[int]:
    """This will round percentages that make up a whole to integers that still add up to it.

    The largest remainders are rounded up (the method of Hamilton and Hare).
    """
    floors = [int(each.to_integral_value(rounding=ROUND_FLOOR)) for each in percents]
    missing = round(sum(percents)) - sum(floors)
    order = sorted(range(len(percents)), key=lambda i: (floors[i] - percents[i], i))
    return [floor + (1 if i in order[:missing] else 0) for i, floor in enumerate(floors)]


def cut_hundred(
    parts: Sequence[tuple[str, str | Promise, str, Decimal]], *, unit: Unit = DEFAULT_UNIT
) -> list[Part]:
    """This will cut a hundred yuan into ``(key, label, hue, yuan)`` parts; empty if there is nothing to cut.

    A negative part cannot be drawn as a length: then there is no strip either.
    """
    whole = sum((yuan for *_rest, yuan in parts), Decimal(0))
    if whole <= 0 or any(yuan < 0 for *_rest, yuan in parts):
        return []
    percents = [find_share(yuan, whole) or Decimal(0) for *_rest, yuan in parts]
    hundred = round_to_hundred(percents)
    made, x = [], Decimal(0)
    for (key, label, hue, yuan), percent, of_hundred in zip(parts, percents, hundred, strict=True):
        made.append(
            Part(
                key, label, hue, yuan, percent, of_hundred, f"{x * 10:.2f}", f"{percent * 10:.2f}",
                format_percent(percent), format_money(yuan, unit=unit),
            )
        )  # fmt: skip
        x += percent
    return made
