"""Treemap of all departments' budgets of one year by functional class."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from budgets.charts.scale import to_unit, wrap_label, write_text
from budgets.formatting import format_percent, get_unit
from budgets.sections.home import find_year, read_functions

HUES = 6


def build_overall(request: HttpRequest) -> dict[str, Any] | None:
    """This will build the treemap; None while nothing is published, or where a class is negative."""
    year, unit = find_year(), get_unit(request)
    shares = read_functions(year)[0] if year is not None else []
    if not shares or any(share.yuan < 0 for share in shares):
        return None
    home = reverse("pages:home")
    trace = {
        "type": "treemap",
        "ids": [share.mark for share in shares],
        "labels": [wrap_label(share.name, 8) for share in shares],
        "parents": [""] * len(shares),
        "values": [to_unit(share.yuan, unit) for share in shares],
        "text": [f"{write_text(share.yuan, unit)}<br>{format_percent(share.percent)}" for share in shares],
        "customdata": [f"{home}items/functional/{share.code}/" for share in shares],
        "textinfo": "label+text",
        "hovertemplate": "%{label}<br>%{text}<extra></extra>",
        "pathbar": {"visible": False},
        "tiling": {"pad": 2},
        "root": {"color": "rgba(0,0,0,0)"},
        "meta": {
            "roles": {"marker.colors": [f"c{n}" if n <= HUES else "c0" for n in range(1, len(shares) + 1)]}
        },
    }
    layout = {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "height": 460,
        "uniformtext": {"minsize": 11, "mode": "hide"},
    }
    return {"data": [trace], "layout": layout}
