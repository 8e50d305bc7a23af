"""One figure as HTML: a link to its cell in the document, with blank, zero and dash kept apart."""

from __future__ import annotations

from decimal import Decimal

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from budgets.formatting import DEFAULT_UNIT, Unit, format_amount, format_number


def render_figure(
    yuan: Decimal | None,
    *,
    state: str = "amount",
    quantity: str = "money",
    unit: Unit = DEFAULT_UNIT,
    url: str = "",
    corrected: bool = False,
    flagged: bool = False,
) -> SafeString:
    """This will write one figure; ``url`` (already safe for an attribute) is the address of its cell."""
    if state == "blank" or (yuan is None and state != "dash"):
        return mark_safe(f'<span class="sr-only">{_("未填列")}</span>')  # noqa: S308 - our own text
    if state == "dash":
        text = "—"
    elif quantity == "money":
        text = format_amount(yuan, unit=unit)
    else:
        text = format_other(yuan, quantity=quantity)
    classes = "fig" + (" fig--corrected" if corrected else "") + (" fig--amber" if flagged else "")
    if not url:
        return mark_safe(f'<span class="{classes}">{text}</span>')  # noqa: S308 - digits and our own classes
    return mark_safe(f'<a class="{classes}" href="{conditional_escape(url)}" rel="nofollow">{text}</a>')  # noqa: S308


def format_other(value: Decimal | None, *, quantity: str) -> str:
    """This will write a percentage or a count as printed, without trailing zeros of storage."""
    if value is None:
        return ""
    places = max(0, -int(value.normalize().as_tuple().exponent))
    return format_number(value, places=min(places, 4)) + ("%" if quantity == "percent" else "")


def render_bar(percent: Decimal | None, *, hue: str = "accent") -> SafeString:
    """This will draw a share as a thin bar; nothing below zero, nothing beyond the whole."""
    width = 0 if percent is None else min(max(percent, Decimal(0)), Decimal(100))
    return mark_safe(  # noqa: S308 - a number and our own class
        f'<svg class="bar" aria-hidden="true"><rect class="fill-{hue}" width="{width:.2f}%" height="100%"></rect></svg>'
    )
