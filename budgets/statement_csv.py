"""The CSV twin of a statement's page: the same rows, all levels, amounts exact in the unit of the address.

UTF-8 with BOM, RFC 4180, ``\\r\\n``. A text cell that a spreadsheet would take for a formula is guarded
with ``'``; an amount never is.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from budgets.ledger import Figure, Line, Sheet
from budgets.sections.page import DisclosurePage
from budgets.sections.statement import StatementTable, find_headings, make_tables, say_side
from budgets.tree import View, show_rows

FORMULA = ("=", "+", "-", "@", "\t")


def write_statement_csv(page: DisclosurePage, sheet: Sheet, view: View) -> bytes:
    """This will write one statement; blank cells stay empty, a printed dash too (``amounts.csv`` has states)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    tables = make_tables(page, sheet, view=replace(view, opened=frozenset({"all"})))
    for index, table in enumerate(tables):
        if index:
            writer.writerow([])
        writer.writerow(make_head(page, table))
        writer.writerows(read_rows(page, table))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def make_head(page: DisclosurePage, table: StatementTable) -> list[str]:
    """This will write the heading of one half; the unit stands with each column of money."""
    side = say_side(table.lines)
    amounts = []
    for (above, heading), column in zip(find_headings(table.columns), table.columns, strict=True):
        text = f"{above} {heading}".strip()
        amounts.append(f"{text}（{page.unit.label}）" if column["quantity"] == "money" else text)
    return [
        _("编码"),
        f"{_('项目')}（{side}）" if side else _("项目"),
        _("层级"),
        _("单位名称"),
        *map(guard, amounts),
    ]


def read_rows(page: DisclosurePage, table: StatementTable) -> Iterator[Sequence[str]]:
    """This will yield the rows in the order and with the filter of the address."""
    key = table.view.sort.lstrip("-") or table.main or ""

    def value(line: Line) -> Decimal | None:
        return line.figures[key].yuan if key in line.figures else None

    for row in show_rows(table.lines, view=table.view, value=value):
        line = row.line
        figures = [write_exact(page, line.figures.get(column["key"])) for column in table.columns]
        yield [line.code, guard(line.name), line.level, guard(line.unit_name), *figures]


def write_exact(page: DisclosurePage, figure: Figure | None) -> str:
    """This will write an amount without rounding and without separators, two decimals at least."""
    if figure is None or figure.yuan is None:
        return ""
    value = figure.yuan / page.unit.factor if figure.quantity == "money" else figure.yuan
    places = max(2, -int(value.normalize().as_tuple().exponent)) if figure.quantity == "money" else 2
    return f"{value:.{places}f}"


def guard(text: str) -> str:
    """This will keep a spreadsheet from running a text as a formula, and a line of CSV on one line."""
    flat = " ".join(text.split("\n"))
    return f"'{flat}" if flat.startswith(FORMULA) else flat
