"""One statement: its rows opening in place, sorted and filtered by address, with the same rows as CSV."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from budgets.addresses import with_query
from budgets.formatting import split_money
from budgets.ledger import read_sheets
from budgets.models import Statement
from budgets.sections.band import make_band
from budgets.sections.overview_tables import find_classes, say_largest
from budgets.sections.page import DisclosurePage
from budgets.sections.statement import StatementTable, make_tables, say_side
from budgets.statement_csv import write_statement_csv
from budgets.tree import read_view
from budgets.views.answers import page
from budgets.views.disclosure import make_crumbs
from budgets.views.lookup import get_disclosure
from budgets.words import STATEMENTS

ROWS = 100
"""Rows on one page of a long statement."""


def get_statement(this: DisclosurePage, slug: str) -> Statement:
    """This will return the statement of a slug.

    Raises:
        Http404: the disclosure has no such statement.
    """
    for each in this.statements:
        if each.slug == slug:
            return each
    raise Http404(slug)


@page
def show_statement(request: HttpRequest, slug: str, year: int, stage: str, statement: str) -> HttpResponse:
    """This will show one statement as printed."""
    this = DisclosurePage(request, get_disclosure(request, slug, year, stage))
    found = get_statement(this, statement)
    sheet = read_sheets(this.disclosure, [found])[found.slug]
    view = read_view(request.GET.dict())
    tables = make_tables(this, sheet, view=view)
    number = read_page_number(request)
    shown = [(say_side(table.lines), make_table(this, table, number)) for table in tables]
    pages = max((-(-table.count // ROWS) for table in tables), default=1)
    context = {
        "page": this,
        "disclosure": this.disclosure,
        "department": this.disclosure.department,
        "statement": found,
        "kind": STATEMENTS.get(found.key, found.title),
        "sentence": say_statement(this, tables),
        "tables": shown,
        "view": view,
        "has_tree": any(line.children for line in sheet.lines),
        "open_all": with_query(request, open="all", page=None),
        "close_all": with_query(request, open="", page=None),
        "pages": [
            (n, with_query(request, page=n if n > 1 else None), n == number) for n in range(1, pages + 1)
        ],
        "csv": make_csv_address(request),
        "crumbs": make_crumbs(this.disclosure, (found.title, "")),
        "band": make_band(this),
    }
    return render(request, "budgets/statement.html", context)


@page
def download_statement(
    request: HttpRequest, slug: str, year: int, stage: str, statement: str
) -> HttpResponse:
    """This will give the rows of one statement as CSV, in the order and with the filter of the address."""
    this = DisclosurePage(request, get_disclosure(request, slug, year, stage))
    found = get_statement(this, statement)
    sheet = read_sheets(this.disclosure, [found])[found.slug]
    response = HttpResponse(
        write_statement_csv(this, sheet, read_view(request.GET.dict())),
        content_type="text/csv; charset=utf-8",
    )
    name = f"{slug}-{year}-{stage}-{found.slug}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def make_csv_address(request: HttpRequest) -> str:
    """This will return the address of the CSV twin: ``.csv`` for the last slash, filters included."""
    query = request.META.get("QUERY_STRING", "")
    return f"{request.path.rstrip('/')}.csv" + (f"?{query}" if query else "")


def read_page_number(request: HttpRequest) -> int:
    """This will return the page of the address, 1 where it names none."""
    text = request.GET.get("page", "1")
    return max(int(text), 1) if text.isdecimal() and len(text) < 6 else 1


def make_table(this: DisclosurePage, table: StatementTable, number: int) -> Any:
    """This will make one page of a table, its caption naming side and unit."""
    side = say_side(table.lines)
    caption = format_html(
        "{}{}", f"{side}　" if side else "", _("单位：%(unit)s") % {"unit": this.unit.label}
    )
    return table.make(caption=caption, limit=((number - 1) * ROWS, number * ROWS))


def say_statement(this: DisclosurePage, tables: list[StatementTable]) -> dict[str, Any]:
    """This will say the total of a statement and its largest rows."""
    spending = [t for t in tables if any(line.side != "revenue" for line in t.lines)] or tables
    if not spending or spending[-1].whole is None:
        return {}
    table = spending[-1]
    classes = find_classes(table)
    figure, unit = split_money(table.whole or Decimal(0), unit=this.unit)
    return {
        "figure": figure,
        "unit": unit,
        "largest": say_largest(this, table, classes) if len(classes) > 1 else "",
    }
