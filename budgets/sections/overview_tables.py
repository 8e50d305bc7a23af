"""The two drill-downs on a disclosure's page: what the money is for, and what it buys."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from django.utils.html import format_html
from django.utils.translation import gettext as _

from budgets.formatting import find_share, format_percent
from budgets.ledger import Line, Sheet
from budgets.sections.opening import say_inside, strip_number
from budgets.sections.page import DisclosurePage
from budgets.sections.statement import StatementTable, find_name, make_tables
from budgets.tables import BudgetTable
from budgets.tree import View

MOST_OPEN: Final = 8
"""Rows that stand open at first on the overview; a table with more starts closed."""


@dataclass(slots=True)
class DrillDown:
    """One tree of a disclosure with its table, its chart's answer and its own page."""

    table: BudgetTable
    answer: str
    title: str
    url: str
    has_chart: bool
    left_out: int


def make_functions(page: DisclosurePage, view: View) -> DrillDown | None:
    """This will make the drill-down by function (类→款→项) from the canonical statement."""
    return _make(page, find_function_sheet(page), view=view)


def make_economic(page: DisclosurePage, view: View) -> DrillDown | None:
    """This will make the drill-down of basic expenditure by economic class (类→款)."""
    sheet = page.find_sheet(scheme="economic_dept") or page.find_sheet(scheme="economic_gov")
    return _make(page, sheet, view=view)


def find_function_sheet(page: DisclosurePage) -> Sheet | None:
    """This will return the sheet that shows what the money is for: the canonical one by function.

    Where that prints each function several times over (by economic class, by unit), a reader learns
    more from the classes of 部门收支总表.
    """
    sheet = page.find_sheet(scheme="functional")
    if sheet is None:
        return None
    codes = [line.functional_code for line in sheet.lines if line.kind == "item" and line.functional_code]
    if len(set(codes)) * 2 > len(codes):
        return sheet
    return page.find_sheet(key="department_summary") or sheet


def find_tables(page: DisclosurePage, sheet: Sheet, *, view: View) -> list[StatementTable]:
    """This will return the tables of a sheet that tell what money is spent on."""
    made = make_tables(page, sheet, view=view)
    if sheet.statement.key != "department_summary":
        made = [table for table in made if any(line.code for line in table.lines)]
    return [table for table in made if any(line.side != "revenue" for line in table.lines)]


def _make(page: DisclosurePage, sheet: Sheet | None, *, view: View) -> DrillDown | None:
    if sheet is None:
        return None
    spending = find_tables(page, sheet, view=view)
    if not spending:
        return None
    table = spending[-1]
    marks = {line.mark for line in table.lines if line.children}
    if view.opened is None or (view.opened and not view.opened & marks):  # the other table's rows are meant
        table.opened = find_weighty(table)
        table.view = replace(view, opened=table.opened)
    table.columns = table.columns[:4]
    caption = format_html("{}　{}", sheet.statement.title, _("单位：%(unit)s") % {"unit": page.unit.label})
    classes = find_classes(table)
    return DrillDown(
        table.make(caption=caption, filled=True),
        say_largest(page, table, classes),
        sheet.statement.title,
        page.addresses.statement(sheet.statement.slug),
        can_be_drawn(page, table),
        table.left_out,
    )


def find_weighty(table: StatementTable) -> frozenset[str]:
    """This will return the rows that stand open at first: those that hold a tenth of the whole or more."""
    weighty = [
        line
        for line in table.lines
        if line.children and (get_main(table, line) or 0) * 10 >= (table.whole or 0)
    ]
    return frozenset(line.mark for line in weighty) if len(weighty) <= MOST_OPEN else frozenset()


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


def find_surplus(table: StatementTable) -> Decimal:
    """This will return by how much the top rows, negative ones included, exceed the printed total."""
    roots = [line for line in table.lines if line.parent is None and line.kind == "item"]
    return sum((get_main(table, line) or Decimal(0) for line in roots), Decimal(0)) - (
        table.whole or Decimal(0)
    )


def can_be_drawn(page: DisclosurePage, table: StatementTable) -> bool:
    """Whether areas can show the table: something above zero, nothing below, nothing twice."""
    amounts = [get_main(table, line) or Decimal(0) for line in table.lines]
    return bool(find_classes(table)) and min(amounts) >= 0 and not repeats_itself(page, table)


def repeats_itself(page: DisclosurePage, table: StatementTable) -> bool:
    """Whether rows exceed the total though no check found a failing sum: they repeat each other (units).

    Such rows can be listed, but shares and areas of them would mean nothing.
    """
    if table.whole is None or find_surplus(table) <= table.whole / 100:
        return False
    return not any(table.sheet.statement.slug in result.statements for result in page.mismatches)


def say_largest(page: DisclosurePage, table: StatementTable, classes: list[Line]) -> str:
    """This will say which of the classes is largest, and the second; first of all that they do not add up."""
    if not classes or not table.whole:
        return ""
    surplus = find_surplus(table)
    if repeats_itself(page, table):
        return ""
    if surplus > table.whole / 100:
        return _("各项加起来比合计 %(whole)s多 %(surplus)s，原因不明；占比按印出的合计算。") % {
            "whole": page.say(table.whole),
            "surplus": page.say(surplus),
        }
    names = [strip_number(find_name(page, line)) for line in classes[:2]]
    said = [
        _("%(what)s占 %(share)s")
        % {
            "what": say_inside(name) if number else name,
            "share": format_percent(find_share(get_main(table, line), table.whole)),
        }
        for number, (line, name) in enumerate(zip(classes[:2], names, strict=True))
    ]
    return _("%(parts)s。") % {"parts": _("，").join(said)}
