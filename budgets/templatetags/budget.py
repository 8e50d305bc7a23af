"""Figures, terms and small pictures in templates: ``{% load budget %}``."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from budgets import formatting
from budgets.figures import render_bar, render_figure
from budgets.glossary import TERMS

register = template.Library()
TICKS = mark_safe("".join(f"M{x} 0V40" for x in range(10, 1000, 10)))  # noqa: S308 - numbers only


@register.filter
def amount(yuan: Decimal | None, unit: formatting.Unit | None = None) -> str:
    """This will write an amount in a unit, without naming it: ``{{ yuan|amount:unit }}``."""
    return formatting.format_amount(yuan, unit=unit or formatting.DEFAULT_UNIT)


@register.filter
def money(yuan: Decimal | None, unit: formatting.Unit | None = None) -> SafeString:
    """This will write an amount with its unit on one line: ``{{ yuan|money:unit }}``."""
    return format_html(
        '<span class="num">{}</span>', formatting.format_money(yuan, unit=unit or formatting.DEFAULT_UNIT)
    )


@register.filter
def percent(value: Decimal | None, places: int = 2) -> str:
    """This will write a percentage: ``{{ value|percent }}``."""
    return formatting.format_percent(value, places=places)


@register.filter
def share_of(part: Decimal | None, whole: Decimal | None) -> str:
    """This will write a part as percent of a whole: ``{{ part|share_of:whole }}``."""
    return formatting.format_share(part, whole)


@register.filter
def number(value: Decimal | None) -> str:
    """This will write a number with thousands separators and two decimals: ``{{ yuan|number }}``."""
    return "" if value is None else formatting.format_number(value)


@register.simple_tag
def figure(
    yuan: Decimal | None,
    url: str = "",
    unit: formatting.Unit | None = None,
    state: str = "amount",
    corrected: bool = False,  # noqa: FBT001, FBT002 - a template names it
) -> SafeString:
    """This will write a figure that leads to its cell: ``{% figure yuan url unit=unit state="zero" %}``."""
    return render_figure(
        yuan, url=url, unit=unit or formatting.DEFAULT_UNIT, state=state, corrected=corrected
    )


@register.simple_tag
def bar(value: Decimal | None, hue: str = "accent") -> SafeString:
    """This will draw a share (percent) as a thin bar: ``{% bar share "c1" %}``."""
    return render_bar(value, hue=hue)


@register.simple_tag(takes_context=True)
def term(context: Context, key: str, label: Any = None) -> SafeString:
    """This will write a word that explains itself when asked: ``{% term "basic" %}``; needs no script."""
    found = TERMS.get(key)
    if found is None:
        return format_html("{}", label or key)
    request = context.get("request")
    counter = getattr(request, "term_counter", None)
    if counter is None:
        counter = count(1)
        if request is not None:
            request.term_counter = counter
    number = next(counter)
    return format_html(
        '<button type="button" class="term" popovertarget="term-{0}">{1}</button>'
        '<span class="term-note" id="term-{0}" popover><b>{2}</b>{3}{4}</span>',
        number,
        label or found.name,
        found.name,
        found.text,
        format_html(' <span class="soft">{}</span>', found.source) if found.source else "",
    )


@register.inclusion_tag("components/strip.html", takes_context=True)
def strip(context: Context, parts: Any, label: str) -> dict[str, Any]:
    """This will draw a hundred yuan cut into its parts (``budgets.shares.cut_hundred``)."""
    return {"parts": parts, "label": label, "strip_ticks": TICKS, "request": context.get("request")}
