"""``/compare/``: up to six departments and any years side by side; the address holds the comparison."""

from __future__ import annotations

import csv
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from budgets.addresses import with_query
from budgets.charts.scale import cut_label, to_unit, write_text
from budgets.exports.pack import write_cell
from budgets.formatting import (
    Unit,
    find_share,
    format_amount,
    format_change,
    format_money,
    format_percent,
    get_unit,
)
from budgets.models import Department, Disclosure
from budgets.models.vocabulary import Stage
from budgets.questions.compare import Comparison, compare, read_asked
from budgets.tables import BudgetTable, FigureColumn, TextColumn
from budgets.views.items import STAGE_WORDS, make_switch

HUES = ("c1", "c2", "c3", "c4", "c5", "c6")
BARS = 8


def show_compare(request: HttpRequest) -> HttpResponse:
    """Show the comparison of the address, or the way to make one; ``add`` moves into the address first."""
    if request.GET.get("add"):
        chosen = [word for word in request.GET.get("d", "").split(",") if word]
        return redirect(
            request.path
            + with_query(request, d=",".join(dict.fromkeys([*chosen, request.GET["add"]])), add=None)
        )
    asked = read_asked(request.GET.dict())
    comparison = compare(asked)
    unit = get_unit(request)
    context = {
        "asked": asked,
        "comparison": comparison,
        "unit": unit,
        "crumbs": [(_("首页"), reverse("pages:home")), (_("比较"), "")],
        "lede": say_most(comparison, unit=unit),
        "is_wide": len(comparison.columns) > 3,
        "chosen": [{"column": column, "url": address_of(column.disclosure)} for column in comparison.columns],
        "removals": make_removals(request, asked.departments),
        "table": make_table(comparison, by_share=asked.by_share, unit=unit) if comparison.lines else None,
        "views": make_switch(
            request,
            "by",
            asked.view,
            [
                ("function", _("按功能"), "function"),
                ("economic", _("按经济"), "economic"),
                ("kind", _("按性质"), "kind"),
            ],
        ),
        "shows": make_switch(
            request,
            "show",
            "share" if asked.by_share else "amount",
            [("amount", _("金额"), "amount"), ("share", _("占比"), "share")],
        ),
        "stages": make_switch(
            request,
            "stage",
            asked.stage,
            [
                *((value, Stage(value).label, STAGE_WORDS[value]) for value in STAGE_WORDS),
                ("both", _("计划与实际"), "both"),
            ],
        ),
        "choices": list_choices(),
        "years": list_years(asked.departments),
        "chart_url": reverse("questions:compare-chart") + with_query(request) if request.GET else "",
        "csv_url": reverse("questions:compare-csv") + with_query(request) if request.GET else "",
    }
    return render(request, "questions/compare.html", context)


def say_most(comparison: Comparison, *, unit: Unit) -> str:
    """Return what the comparison says in one sentence: most and least in the newest year, or first and last year of one."""
    known = [column for column in comparison.columns if column.whole is not None]
    if not known:
        return ""
    newest = max(column.disclosure.fiscal_year for column in known)
    now = sorted(
        (column for column in known if column.disclosure.fiscal_year == newest),
        key=lambda column: -(column.whole or 0),
    )
    first, last = now[0], now[-1]
    if len({column.disclosure.department_id for column in now}) > 1:
        words = {
            "year": newest,
            "most": first.disclosure.department.name,
            "least": last.disclosure.department.name,
        }
        figures = {"a": format_money(first.whole, unit=unit), "b": format_money(last.whole, unit=unit)}
        return _("%(year)s年，最多的是%(most)s，%(a)s；最少的是%(least)s，%(b)s。") % {**words, **figures}
    own = [column for column in known if column.disclosure.department_id == first.disclosure.department_id]
    before = min(own, key=lambda column: column.disclosure.fiscal_year)
    if before.disclosure.fiscal_year == newest:
        words = {
            "name": first.disclosure.department.name,
            "year": newest,
            "a": format_money(first.whole, unit=unit),
        }
        return _("%(name)s%(year)s年 %(a)s。") % words
    words = {"name": first.disclosure.department.name, "from": before.disclosure.fiscal_year, "year": newest}
    figures = {
        "a": format_money(before.whole, unit=unit),
        "b": format_money(first.whole, unit=unit),
        "change": format_change(first.whole, before.whole),
    }
    return _("%(name)s：%(from)s年 %(a)s，%(year)s年 %(b)s，%(change)s。") % {**words, **figures}


def address_of(disclosure: Disclosure) -> str:
    """Return the page of a disclosure."""
    return reverse(
        "pages:disclosure",
        args=[disclosure.department.slug, disclosure.fiscal_year, STAGE_WORDS[disclosure.stage]],
    )


def make_removals(request: HttpRequest, slugs: tuple[str, ...]) -> list[dict[str, str]]:
    """Return, for each chosen department, the address of the comparison without it."""
    names = dict(Department.objects.filter(slug__in=slugs[:20]).values_list("slug", "name"))
    return [
        {
            "slug": slug,
            "name": names.get(slug, slug),
            "url": with_query(request, d=",".join(other for other in slugs if other != slug) or None),
        }
        for slug in slugs
    ]


def list_choices() -> list[Department]:
    """Return the departments that can be compared, those with disclosures."""
    published = Disclosure.objects.filter(current__isnull=False).values("department_id")
    return list(
        Department.objects.filter(pk__in=published)
        .select_related("region")
        .order_by("region__slug", "initials")[:2000]
    )


def list_years(slugs: tuple[str, ...]) -> list[int]:
    """Return the years that the chosen departments have, newest first."""
    published = Disclosure.objects.filter(current__isnull=False)
    if slugs:
        published = published.filter(department__slug__in=slugs[:20])
    return sorted(set(published.values_list("fiscal_year", flat=True)), reverse=True)


def make_table(comparison: Comparison, *, by_share: bool, unit: Unit) -> BudgetTable:
    """Return the table: a row a class, a column a disclosure; shares are of each column's own sum."""
    columns = [("name", TextColumn(verbose_name=lazy("项目")))]
    for index, column in enumerate(comparison.columns):
        disclosure = column.disclosure
        heading = _("%(year)s年%(stage)s") % {
            "year": disclosure.fiscal_year,
            "stage": disclosure.get_stage_display(),
        }
        columns.append(
            (f"c{index}", FigureColumn(verbose_name=heading, above=cut_label(disclosure.department.name, 16)))
        )
    sums = find_sums(comparison)
    rows = []
    for line in comparison.lines:
        row: dict[str, Any] = {"name": line.name}
        for index, yuan in enumerate(line.yuan):
            row[f"c{index}"] = write_figure(yuan, sums[index], by_share=by_share, unit=unit)
        rows.append(row)
    caption = _("占各栏合计的百分比") if by_share else _("单位：%(unit)s") % {"unit": unit.label}
    table = BudgetTable(rows, id="compared", caption=caption, extra_columns=columns)
    table.wide = len(columns) > 3
    return table


def find_sums(comparison: Comparison) -> list[Decimal]:
    """Return what the shares of each column are of: its whole where that is a line, else the sum of its lines."""
    whole = next((line for line in comparison.lines if line.key == "expenditure"), None)
    if whole is not None:
        return [yuan or Decimal(0) for yuan in whole.yuan]
    return [
        sum((line.yuan[index] or Decimal(0) for line in comparison.lines), Decimal(0))
        for index in range(len(comparison.columns))
    ]


def write_figure(yuan: Decimal | None, whole: Decimal, *, by_share: bool, unit: Unit) -> Any:
    """Return one cell: an amount or a share; a blank reads 未填列."""
    if yuan is None:
        return format_html('<span class="sr-only">{}</span>', _("未填列"))
    return format_percent(find_share(yuan, whole)) if by_share else format_amount(yuan, unit=unit)


def show_chart(request: HttpRequest) -> JsonResponse:
    """Give the figure: small multiples, a panel a column, all on one scale."""
    asked = read_asked(request.GET.dict())
    comparison = compare(asked)
    unit = get_unit(request)
    lines, sums = comparison.lines[:BARS], find_sums(comparison)
    panels = len(comparison.columns)
    data: list[dict[str, Any]] = []
    layout: dict[str, Any] = {
        "showlegend": False,
        "height": 72 + panels * (32 + 24 * len(lines)),
        "margin": {"l": 4, "r": 4, "t": 32, "b": 8},
        "grid": {
            "rows": panels,
            "columns": 1,
            "pattern": "independent",
            "roworder": "top to bottom",
            "ygap": 0.25,
        },
        "bargap": 0.3,
        "annotations": [],
    }
    values = [
        [value_of(line.yuan[i], sums[i], by_share=asked.by_share, unit=unit) for line in lines]
        for i in range(panels)
    ]
    members = dict.fromkeys(column.disclosure.department_id for column in comparison.columns)
    hues = {department: HUES[index % len(HUES)] for index, department in enumerate(members)}
    most = max((value for column in values for value in column), default=1) or 1
    for index, column in enumerate(comparison.columns):
        suffix = "" if index == 0 else str(index + 1)
        texts = [
            write_text_of(line.yuan[index], sums[index], by_share=asked.by_share, unit=unit) for line in lines
        ]
        data.append(
            {
                "type": "bar",
                "orientation": "h",
                "x": values[index][::-1],
                "y": [cut_label(line.name, 10) for line in lines][::-1],
                "text": texts[::-1],
                "textposition": "outside",
                "cliponaxis": False,
                "hoverinfo": "none",
                "xaxis": f"x{suffix}",
                "yaxis": f"y{suffix}",
                "meta": {"roles": {"marker.color": hues[column.disclosure.department_id]}},
            }
        )
        layout[f"xaxis{suffix}"] = {"visible": False, "fixedrange": True, "range": [0, most * 1.35]}
        layout[f"yaxis{suffix}"] = {"fixedrange": True, "automargin": True, "showgrid": False, "ticks": ""}
        layout["annotations"].append(
            {
                "text": f"{cut_label(column.disclosure.department.name, 18)} {column.disclosure.fiscal_year}",
                "xref": f"x{suffix} domain",
                "yref": f"y{suffix} domain",
                "x": 0,
                "y": 1,
                "xanchor": "left",
                "yanchor": "bottom",
                "showarrow": False,
            }
        )
    return JsonResponse({"data": data, "layout": layout})


def value_of(yuan: Decimal | None, whole: Decimal, *, by_share: bool, unit: Unit) -> float:
    """Return the length of a bar."""
    if yuan is None:
        return 0.0
    return float(find_share(yuan, whole) or 0) if by_share else to_unit(yuan, unit)


def write_text_of(yuan: Decimal | None, whole: Decimal, *, by_share: bool, unit: Unit) -> str:
    """Return the text at a bar."""
    if yuan is None:
        return _("未填列")
    return format_percent(find_share(yuan, whole)) if by_share else write_text(yuan, unit)


def download_csv(request: HttpRequest) -> HttpResponse:
    """Give exactly the rows of the comparison, in yuan, as CSV."""
    comparison = compare(read_asked(request.GET.dict()))
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="compare.csv"'
    writer = csv.writer(response, lineterminator="\r\n")
    writer.writerow(
        ["key", "name", "department", "department_slug", "fiscal_year", "stage", "revision", "amount_yuan"]
    )
    for line in comparison.lines:
        for column, yuan in zip(comparison.columns, line.yuan, strict=True):
            disclosure = column.disclosure
            revision = disclosure.current.number if disclosure.current else ""
            texts = [
                write_cell(text, is_text=True)
                for text in (line.key, line.name, disclosure.department.name, disclosure.department.slug)
            ]
            writer.writerow(
                [
                    *texts,
                    disclosure.fiscal_year,
                    disclosure.stage,
                    revision,
                    "" if yuan is None else f"{yuan:f}",
                ]
            )
    return response
