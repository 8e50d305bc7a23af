"""The section that a disclosure's page shows of its projects and promises."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _

from budgets.addresses import get_addresses
from budgets.figures import render_figure
from budgets.formatting import find_share, get_unit
from budgets.models import Disclosure
from budgets.registries import Panel
from budgets.tables import BarColumn, FigureColumn, TextColumn
from performance.summary import read_portfolio
from performance.tables import Row, make_table, place_url, render_share

LARGEST = 8


def make_disclosure_panel(request: HttpRequest, disclosure: Disclosure) -> Panel | None:
    """This will show the largest projects and how many promises can be measured; None without projects."""
    if not disclosure.overview.get("projects", {}).get("count"):
        return None
    portfolio = read_portfolio(disclosure)
    if not portfolio.projects:
        return None
    base, unit = get_addresses(disclosure).base, get_unit(request)
    rows = [
        Row(
            mark=project.slug,
            name=format_html('<a href="{}projects/{}/">{}</a>', base, project.slug, project.name),
            amount=render_figure(project.yuan, unit=unit, url=place_url(base, project)),
            share=render_share(find_share(project.yuan, portfolio.whole), longest=portfolio.top_share(1)),
        )
        for project in portfolio.by_size[:LARGEST]
    ]
    columns = (
        ("name", TextColumn(verbose_name=_("项目"))),
        ("amount", FigureColumn(verbose_name=_("金额"))),
        ("share", BarColumn(verbose_name=_("占部门支出"))),
    )
    table = make_table(
        rows, columns, name="panel-projects", caption=_("单位：%(unit)s") % {"unit": unit.label}
    )
    made = portfolio.tally
    return Panel(
        "performance/panel.html",
        {
            "table": table,
            "base": base,
            "projects": len(portfolio.projects),
            "shown": len(rows),
            "share": portfolio.top_share(LARGEST),
            "promises": made.count,
            "measurable": made.count - made.qualitative,
            "measurable_share": made.measurable,
            "hints": sum(len(project.hints.all()) for project in portfolio.projects),
            "gap": next((gap for gap in portfolio.gaps if gap.kind == "satisfaction"), None),
            "hundred": Decimal(100),
        },
        order=40,
    )
