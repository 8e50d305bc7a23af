"""Pictures of projects and promises as plain figures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from budgets.charts.scale import cut_label, to_unit, wrap_label
from budgets.formatting import Unit, format_amount, format_share
from performance.summary import Portfolio
from performance.words import DIMENSION_NAMES, TYPE_NAMES

MOST = 12
AXES = {
    "xaxis": {"visible": False, "rangemode": "tozero", "fixedrange": True},
    "yaxis": {
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "tickfont": {"size": 13},
    },
}


def build_projects(portfolio: Portfolio, *, base: str, unit: Unit) -> dict[str, Any] | None:
    """This will build the bars of the largest projects, the others as one pale bar."""
    shown = [one for one in portfolio.by_size if one.yuan and one.yuan > 0]
    if not shown:
        return None
    top, rest = shown[:MOST], shown[MOST:]
    labels = [wrap_label(cut_label(one.name, 22), 11) for one in top]
    values = [one.yuan or Decimal(0) for one in top]
    links = [f"{base}projects/{one.slug}/" for one in top]
    marks = [one.slug for one in top]
    hues = ["accent"] * len(top)
    if rest:
        labels.append(_("其他 %(n)s 项") % {"n": len(rest)})
        values.append(sum((one.yuan or Decimal(0) for one in rest), Decimal(0)))
        links.append("")
        marks.append("")
        hues.append("c0")
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(labels))),
        "x": [to_unit(value, unit) for value in values][::-1],
        "text": [
            f"{format_amount(value, unit=unit)}  {format_share(value, portfolio.whole)}" for value in values
        ][::-1],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": links[::-1],
        "ids": marks[::-1],
        "hovertext": labels[::-1],
        "hovertemplate": "%{hovertext}<br>%{text}<extra></extra>",
        "meta": {"roles": {"marker.color": hues[::-1]}},
    }
    layout = {
        "showlegend": False,
        "height": 40 + 38 * len(labels),
        "margin": {"l": 8, "r": 130, "t": 4, "b": 4},
        **AXES,
    }
    layout["yaxis"] = {**AXES["yaxis"], "tickvals": list(range(len(labels))), "ticktext": labels[::-1]}
    return {"data": [trace], "layout": layout}


def build_types(rows: list[tuple[str, str, int, int]]) -> dict[str, Any] | None:
    """This will build the stacked bars of indicator types; rows: dimension, type, numbers, words."""
    if not rows:
        return None
    labels = [
        f"{DIMENSION_NAMES.get(dimension, dimension)} · {TYPE_NAMES.get(kind, kind)}"
        for dimension, kind, _n, _w in rows
    ]
    return {
        "data": [
            _stack(labels, [row[2] for row in rows], name=str(_("有数字")), hue="accent"),
            _stack(labels, [row[3] for row in rows], name=str(_("只有词")), hue="c0"),
        ],
        "layout": {
            "barmode": "stack",
            "uniformtext": {"minsize": 11, "mode": "hide"},
            "height": 70 + 34 * len(rows),
            "margin": {"l": 8, "r": 24, "t": 28, "b": 4},
            "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
            **AXES,
        },
    }


def _stack(labels: list[str], values: list[int], *, name: str, hue: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": labels[::-1],
        "x": values[::-1],
        "text": [str(value) if value else "" for value in values][::-1],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "hovertemplate": f"%{{y}}<br>{name} %{{x}}<extra></extra>",
        "meta": {"roles": {"marker.color": hue}},
    }
