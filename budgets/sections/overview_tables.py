"""The two drill-downs on a disclosure's page: what the money is for, and what it buys."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html
from django.utils.translation import gettext as _

from budgets.formatting import find_share, format_percent
from budgets.ledger import Line, Sheet
from budgets.sections.opening import strip_number
from budgets.sections.page import DisclosurePage
from budgets.sections.statement import StatementTable, find_name, make_tables
from budgets.tables import BudgetTable
from budgets.tree import View


@dataclass(slots=True)
class DrillDown:
    """One tree of a disclosure with its table, its chart's answer and its own page."""

    table: BudgetTable
    answer: str
    title: str
    url: str
    has_chart: bool
    rows: int


def make_functions(page: DisclosurePage, view: View) -> DrillDown | None:
    """This will make the drill-down by function (类→款→项) from the canonical statement."""
    return _make(page, page.find_sheet(scheme="functional"), view=view)


def make_economic(page: DisclosurePage, view: View) -> DrillDown | None:
    """This will make the drill-down of basic expenditure by economic class (类→款)."""
    sheet = page.find_sheet(scheme="economic_dept") or page.find_sheet(scheme="economic_gov")
    return _make(page, sheet, view=view)


def _make(page: DisclosurePage, sheet: Sheet | None, *, view: View) -> DrillDown | None:
    if sheet is None:
        return None
    made = [table for table in make_tables(page, sheet, view=view) if any(line.code for line in table.lines)]
    spending = [table for table in made if any(line.side != "revenue" for line in table.lines)]
    if not spending:
        return None
    table = spending[-1]
    table.columns = table.columns[:4]
    caption = format_html("{}　{}", sheet.statement.title, _("单位：%(unit)s") % {"unit": page.unit.label})
    classes = find_classes(table)
    return DrillDown(
        table.make(caption=caption),
        say_largest(page, table, classes),
        sheet.statement.title,
        page.addresses.statement(sheet.statement.slug),
        len(classes) > 0 and all((get_main(table, line) or Decimal(0)) >= 0 for line in table.lines),
        len(sheet.lines),
    )


def get_main(table: StatementTable, line: Line) -> Decimal | None:
    """This will return a line's amount in the column that shares are shares of."""
    figure = line.figures.get(table.main or "")
    return None if figure is None else figure.yuan


def find_classes(table: StatementTable) -> list[Line]:
    """This will return the top rows with an amount, largest first."""
    roots = [
        line
        for line in table.lines
        if line.parent is None and line.kind == "item" and (get_main(table, line) or 0) > 0
    ]
    return sorted(roots, key=lambda line: -(get_main(table, line) or Decimal(0)))


def say_largest(page: DisclosurePage, table: StatementTable, classes: list[Line]) -> str:
    """This will say which of the classes is largest, and the second."""
    if not classes or not table.whole:
        return ""
    said = [
        _("%(what)s占 %(share)s")
        % {
            "what": strip_number(find_name(page, line)),
            "share": format_percent(find_share(get_main(table, line), table.whole)),
        }
        for line in classes[:2]
    ]
    return _("%(parts)s。") % {"parts": _("，").join(said)}
