"""“三公”经费 of two years: bars on one scale, this year's strong, last year's pale."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from budgets.charts.scale import to_unit
from budgets.formatting import format_amount
from budgets.sections.page import DisclosurePage
from budgets.sections.three_public import Item, ThreePublic, make_three_public


def build_three_public(page: DisclosurePage) -> dict[str, Any] | None:
    """This will build the comparison; None where there is nothing to compare."""
    section = make_three_public(page)
    if section is None:
        return None
    items = find_items(section)
    traces = []
    if section.before is not None:
        traces.append(_bars(page, section, "before", year=section.before, hue="c0"))
    traces.append(_bars(page, section, "now", year=section.year, hue="accent"))
    layout = {
        "barmode": "group",
        "bargap": 0.32,
        "bargroupgap": 0.08,
        "showlegend": False,
        "height": 60 + 62 * len(items),
        "margin": {"l": 8, "r": 104, "t": 4, "b": 4},
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


def find_items(section: ThreePublic) -> list[Item]:
    """This will return the items with a figure in either year, as a chart counts them: from below."""
    return [item for item in section.items if item.now or item.before][::-1]


def write_bar(page: DisclosurePage, yuan: Decimal, *, year: int, alone: bool) -> str:
    """This will write the text of a bar: the amount, and its year where there are two."""
    amount = format_amount(yuan, unit=page.unit)
    return amount if alone else f"{amount}  {year}"


def _bars(page: DisclosurePage, section: ThreePublic, field: str, *, year: int, hue: str) -> dict[str, Any]:
    items = find_items(section)
    cited = [getattr(item, field) for item in items]
    return {
        "type": "bar",
        "orientation": "h",
        "name": str(year),
        "y": [item.label for item in items],
        "x": [to_unit(each.yuan if each else Decimal(0), page.unit) for each in cited],
        "text": [
            write_bar(page, each.yuan, year=year, alone=section.before is None)
            if each
            else f"{_('未填列')}  {year}"
            for each in cited
        ],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [each.url if each else "" for each in cited],
        "hovertemplate": "%{y}<br>%{text}<extra></extra>",
        "ids": [item.mark for item in items],
        "meta": {"roles": {"marker.color": hue}},
    }
