"""Waterfall: from last year's total through the functions that changed to this year's."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from budgets.charts.scale import cut_label, to_unit
from budgets.formatting import format_amount, format_signed
from budgets.sections.change import make_changes
from budgets.sections.page import DisclosurePage

MOST = 6


def build_change(page: DisclosurePage) -> dict[str, Any] | None:
    """This will build the waterfall; None without last year."""
    changes = make_changes(page)
    if changes is None:
        return None
    moved = [change for change in changes.classes if change.difference]
    shown, rest = moved[:MOST], moved[MOST:]
    steps = [(cut_label(change.name, 10), change.difference) for change in shown]
    other = (
        changes.now - changes.before - sum((difference for _name, difference in steps), start=changes.now * 0)
    )
    if other:
        steps.append((_("其他 %(n)s 项") % {"n": len(rest)} if rest else _("其他"), other))
    names = [
        _("%(year)s年") % {"year": changes.year},
        *[name for name, _d in steps],
        _("%(year)s年") % {"year": changes.year + 1},
    ]
    texts = [
        format_amount(changes.before, unit=page.unit),
        *[format_signed(format_amount(each, unit=page.unit), each) for _name, each in steps],
        format_amount(changes.now, unit=page.unit),
    ]
    trace = {
        "type": "waterfall",
        "orientation": "h",
        "y": names,
        "x": [to_unit(changes.before, page.unit), *[to_unit(each, page.unit) for _n, each in steps], 0],
        "measure": ["absolute", *["relative"] * len(steps), "total"],
        "text": texts,
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": "%{y}<br>%{text}<extra></extra>",
        "connector": {"line": {"width": 1}},
        "meta": {
            "roles": {
                "increasing.marker.color": "c1",
                "decreasing.marker.color": "c2",
                "totals.marker.color": "c0",
                "connector.line.color": "rule-firm",
            }
        },
    }
    layout = {
        "showlegend": False,
        "height": 80 + 40 * len(names),
        "margin": {"l": 8, "r": 88, "t": 4, "b": 4},
        "xaxis": {"visible": False, "fixedrange": True},
        "yaxis": {
            "autorange": "reversed",
            "automargin": True,
            "fixedrange": True,
            "showgrid": False,
            "ticks": "",
        },
    }
    return {"data": [trace], "layout": layout}
