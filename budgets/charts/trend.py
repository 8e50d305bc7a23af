"""The years of a department: one line a measure, a gap where a year is missing, a rule where a definition broke."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from budgets.charts.scale import to_unit
from budgets.formatting import format_amount
from budgets.sections.page import DisclosurePage
from budgets.sections.trend import make_trend

DRAWN = (("total", "accent"), ("basic", "c2"), ("project", "c1"))


def build_trend(page: DisclosurePage) -> dict[str, Any] | None:
    """This will build the lines; None where there is one year only."""
    trend = make_trend(page)
    if trend is None:
        return None
    names = {"total": _("合计"), "basic": _("基本支出"), "project": _("项目支出")}
    traces = []
    for measure, hue in DRAWN:
        points = trend.series[measure]
        if sum(point.yuan is not None for point in points) < 2:
            continue
        last = max(index for index, point in enumerate(points) if point.yuan is not None)
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers+text",
                "name": str(names[measure]),
                "x": [str(year) for year in trend.years],
                "y": [None if point.yuan is None else to_unit(point.yuan, page.unit) for point in points],
                "text": [
                    (f"{names[measure]} " if index == last else "")
                    + format_amount(point.yuan, unit=page.unit)
                    for index, point in enumerate(points)
                ],
                "textposition": [
                    "top center" if index != last else "top left" for index in range(len(points))
                ],
                "connectgaps": False,
                "cliponaxis": False,
                "hovertemplate": "%{x}<br>%{text}<extra></extra>",
                "line": {"width": 2.5 if measure == "total" else 2},
                "marker": {"size": 8 if measure == "total" else 6},
                "meta": {"roles": {"line.color": hue, "marker.color": hue, "textfont.color": "ink-soft"}},
            }
        )
    missing = [str(point.year) for point in trend.series["total"] if point.yuan is None]
    layout = {
        "showlegend": False,
        "height": 320,
        "margin": {"l": 24, "r": 24, "t": 32, "b": 32},
        "xaxis": {"type": "category", "fixedrange": True, "showgrid": False},
        "yaxis": {"visible": False, "rangemode": "tozero", "fixedrange": True},
        "annotations": [
            {
                "x": year,
                "y": 0,
                "yanchor": "bottom",
                "text": _("没有文件"),
                "showarrow": False,
                "font": {"size": 12},
            }
            for year in missing
        ],
    }
    return {"data": traces, "layout": layout}
