"""Planned and spent: two bars a class on one scale."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from budgets.charts.scale import cut_label, to_unit
from budgets.formatting import format_amount
from budgets.sections.execution import make_execution
from budgets.sections.page import DisclosurePage

MOST = 8


def build_execution(page: DisclosurePage) -> dict[str, Any] | None:
    """This will build the pairs of bars; None where budget or final accounts are missing."""
    section = make_execution(page)
    if section is None:
        return None
    rows = [row for row in section.table.data if not row.depth][: MOST + 1][::-1]
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": str(name),
            "y": [cut_label(row.name) for row in rows],
            "x": [to_unit(getattr(row, field) or Decimal(0), page.unit) for row in rows],
            "text": [f"{name} {format_amount(getattr(row, field), unit=page.unit)}" for row in rows],
            "textposition": "outside",
            "cliponaxis": False,
            "hovertemplate": "%{y}<br>%{text}<extra></extra>",
            "ids": [row.mark for row in rows],
            "meta": {"roles": {"marker.color": hue}},
        }
        for field, name, hue in (("spent", _("决算数"), "accent"), ("planned", _("年初预算"), "c0"))
    ]
    layout = {
        "barmode": "group",
        "bargap": 0.3,
        "showlegend": False,
        "height": 70 + 58 * len(rows),
        "margin": {"l": 8, "r": 120, "t": 4, "b": 4},
        "xaxis": {"visible": False, "fixedrange": True},
        "yaxis": {"automargin": True, "fixedrange": True, "showgrid": False, "ticks": ""},
    }
    return {"data": traces, "layout": layout}
