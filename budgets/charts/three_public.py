"""“三公”经费 of two years: bars on one scale, this year's strong, last year's pale."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from budgets.charts.scale import to_unit
from budgets.formatting import format_amount
from budgets.sections.page import DisclosurePage
from budgets.sections.three_public import Item, make_three_public


def build_three_public(page: DisclosurePage) -> dict[str, Any] | None:
    """This will build the comparison; None where there is nothing to compare."""
    section = make_three_public(page)
    if section is None:
        return None
    items = [item for item in section.items if item.now or item.before][::-1]
    traces = []
    if section.before is not None:
        traces.append(_bars(page, items, "before", year=section.before, hue="c0"))
    traces.append(_bars(page, items, "now", year=section.year, hue="accent"))
    layout = {
        "barmode": "group",
        "bargap": 0.32,
        "bargroupgap": 0.08,
        "showlegend": False,
        "height": 60 + 62 * len(items),
        "margin": {"l": 8, "r": 72, "t": 4, "b": 4},
        "xaxis": {"visible": False, "rangemode": "tozero", "fixedrange": True},
        "yaxis": {
            "automargin": True,
            "fixedrange": True,
            "showgrid": False,
            "ticks": "",
            "tickfont": {"size": 13},
        },
    }
    return {"data": traces, "layout": layout}


def _bars(page: DisclosurePage, items: list[Item], field: str, *, year: int, hue: str) -> dict[str, Any]:
    cited = [getattr(item, field) for item in items]
    return {
        "type": "bar",
        "orientation": "h",
        "name": str(year),
        "y": [item.label for item in items],
        "x": [to_unit(each.yuan if each else Decimal(0), page.unit) for each in cited],
        "text": [
            f"{format_amount(each.yuan, unit=page.unit)}  {year}" if each else f"{_('未填列')}  {year}"
            for each in cited
        ],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [each.url if each else "" for each in cited],
        "hovertemplate": "%{y}<br>%{text}<extra></extra>",
        "ids": [item.mark for item in items],
        "meta": {"roles": {"marker.color": hue}},
    }
