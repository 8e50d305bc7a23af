"""Amounts on the desk."""

from __future__ import annotations

from decimal import Decimal

from django import template

register = template.Library()


@register.filter
def money(yuan: Decimal | None) -> str:
    """Return yuan with separators; empty where there is none."""
    return "" if yuan is None else f"{yuan:,.2f}"
