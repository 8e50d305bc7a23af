"""Icicle: classes, subclasses and items of a statement, each as wide as its amount."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from budgets.charts.scale import to_unit, wrap_label, write_text
from budgets.formatting import find_share, format_percent
from budgets.ledger import Line, Sheet
from budgets.sections.opening import strip_number
from budgets.sections.overview_tables import (
    can_be_drawn,
    find_classes,
    find_function_sheet,
    find_tables,
    get_main,
)
from budgets.sections.page import DisclosurePage
from budgets.sections.statement import StatementTable, find_name
from budgets.tree import View

HUES = 6
DEEPEST = 3
TINTS = ("", "~72", "~46")
"""Each level is a paler tint of its class."""


def build_functions(page: DisclosurePage) -> dict[str, Any] | None:
    """This will build the icicle of functions."""
    return _build(page, find_function_sheet(page))


def build_economic(page: DisclosurePage) -> dict[str, Any] | None:
    """This will build the icicle of basic expenditure by economic class."""
    return _build(page, page.find_sheet(scheme="economic_dept") or page.find_sheet(scheme="economic_gov"))


def _build(page: DisclosurePage, sheet: Sheet | None) -> dict[str, Any] | None:
    if sheet is None:
        return None
    tables = find_tables(page, sheet, view=View())
    if not tables:
        return None
    table = tables[-1]
    if not can_be_drawn(page, table):
        return None
    whole = table.whole or Decimal(0)
    marks: list[dict[str, Any]] = [
        {
            "id": "all",
            "label": str(_("合计")),
            "parent": "",
            "text": write_text(whole, page.unit),
            "url": page.addresses.statement(sheet.statement.slug),
            "hue": "well",
            "value": 0.0,
        }
    ]
    for index, line in enumerate(find_classes(table), start=1):
        _collect(
            page, table, line, parent="all", hue=f"c{index}" if index <= HUES else "c0", depth=0, marks=marks
        )
    if len(marks) < 2:
        return None
    trace = {
        "type": "icicle",
        "ids": [mark["id"] for mark in marks],
        "labels": [mark["label"] for mark in marks],
        "parents": [mark["parent"] for mark in marks],
        "values": [mark["value"] for mark in marks],
        "text": [mark["text"] for mark in marks],
        "customdata": [mark["url"] for mark in marks],
        "branchvalues": "remainder",
        "tiling": {"orientation": "h", "pad": 1},
        "textinfo": "label+text",
        "textposition": "middle left",
        "hovertemplate": "%{label}<br>%{text}<extra></extra>",
        "pathbar": {"visible": False},
        "marker": {"line": {"width": 1}},
        "root": {"color": "rgba(0,0,0,0)"},
        "sort": False,
        "meta": {
            "roles": {
                "marker.colors": [mark["hue"] for mark in marks],
                "marker.line.color": "paper",
                "root.color": "well",
            }
        },
    }
    return {
        "data": [trace],
        "layout": {
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "height": 420,
            "uniformtext": {"minsize": 11, "mode": "hide"},
        },
    }


def _collect(
    page: DisclosurePage,
    table: StatementTable,
    line: Line,
    *,
    parent: str,
    hue: str,
    depth: int,
    marks: list[dict[str, Any]],
) -> Decimal:
    """Append a row and its parts; a mark's own value is what its parts do not explain, so that nothing overflows."""
    yuan = get_main(table, line) or Decimal(0)
    here = len(marks)
    name = strip_number(find_name(page, line))
    share = format_percent(find_share(yuan, table.whole))
    marks.append(
        {
            "id": line.mark,
            "label": wrap_label(name),
            "parent": parent,
            "text": f"{write_text(yuan, page.unit)}<br>{share}",
            "url": f"{page.addresses.statement(table.sheet.statement.slug)}#{table.id}-{line.mark}",
            "hue": f"{hue}{TINTS[min(depth, 2)]}",
        }
    )
    below = Decimal(0)
    if depth + 1 < DEEPEST:
        children = [
            child for child in line.children if child.kind == "item" and (get_main(table, child) or 0) > 0
        ]
        for child in sorted(children, key=lambda each: -(get_main(table, each) or Decimal(0))):
            below += _collect(page, table, child, parent=line.mark, hue=hue, depth=depth + 1, marks=marks)
    marks[here]["value"] = to_unit(max(yuan - below, Decimal(0)), page.unit)
    return max(yuan, below)
