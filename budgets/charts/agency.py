"""机关运行经费 over the years: the line ends at a change of scope and begins anew after a rule with a word."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from budgets.charts.scale import to_unit
from budgets.sections.agency import AgencyYear, make_agency, write_amount
from budgets.sections.page import DisclosurePage


def build_agency(page: DisclosurePage) -> dict[str, Any] | None:
    """This will build the line with its breaks; None with fewer than two years."""
    section = make_agency(page)
    if section is None:
        return None
    layout = {
        "showlegend": False,
        "height": 300,
        "margin": {"l": 40, "r": 40, "t": 32, "b": 32},
        "xaxis": {"dtick": 1, "tickformat": "d", "fixedrange": True, "showgrid": False, "zeroline": False},
        "yaxis": {"visible": False, "rangemode": "tozero", "fixedrange": True},
        "shapes": [_rule(each.year) for each in section.years if each.is_break],
        "annotations": [_word(each.year) for each in section.years if each.is_break],
        "meta": {"roles": {}},
    }
    return {"data": [_line(page, segment) for segment in cut_at_breaks(section.years)], "layout": layout}


def cut_at_breaks(years: list[AgencyYear]) -> list[list[AgencyYear]]:
    """This will cut the years into runs of one scope."""
    segments: list[list[AgencyYear]] = [[]]
    for each in years:
        if each.is_break and segments[-1]:
            segments.append([])
        segments[-1].append(each)
    return segments


def _line(page: DisclosurePage, years: list[AgencyYear]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": [each.year for each in years],
        "y": [to_unit(each.cited.yuan, page.unit) if each.cited else None for each in years],
        "text": [write_amount(page, each) for each in years],
        "customdata": [each.cited.url if each.cited else "" for each in years],
        "textposition": "top center",
        "connectgaps": False,
        "cliponaxis": False,
        "hovertemplate": "%{x}<br>%{text}<extra></extra>",
        "line": {"width": 2.5},
        "marker": {"size": 8},
        "meta": {"roles": {"line.color": "accent", "marker.color": "accent", "textfont.color": "ink-soft"}},
    }


def _rule(year: int) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": year - 0.5,
        "x1": year - 0.5,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"width": 1.5, "dash": "dot", "color": "#b87514"},
    }


def _word(year: int) -> dict[str, Any]:
    return {
        "x": year - 0.5,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "text": _("口径变了"),
        "showarrow": False,
        "font": {"size": 12},
    }
