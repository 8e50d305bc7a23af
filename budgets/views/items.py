"""``/items/<scheme>/<code>/``: one line of the classification, over departments and years."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from budgets.addresses import with_query
from budgets.charts.scale import cut_label, to_unit, write_text
from budgets.figures import render_bar
from budgets.formatting import UNITS, find_share, format_amount, format_change, get_unit
from budgets.models.vocabulary import Scheme, Stage
from budgets.questions.items import (
    ItemFigures,
    ItemName,
    Spender,
    choose,
    find_ancestors,
    get_item,
    is_scheme,
    read_item,
)
from budgets.tables import BarColumn, BudgetTable, FigureColumn, TextColumn

SHOWN = 100
STAGE_WORDS = {Stage.BUDGET.value: "budget", Stage.FINAL_ACCOUNTS.value: "final-accounts"}


class SpenderTable(BudgetTable):
    """Who spends on the code."""

    name = TextColumn(verbose_name=lazy("部门"))
    yuan = FigureColumn(verbose_name=lazy("金额"))
    share = BarColumn(verbose_name=lazy("占该部门"))
    change = FigureColumn(verbose_name=lazy("比上年"), empty_values=())


class PartTable(BudgetTable):
    """The codes one level below."""

    name = TextColumn(verbose_name=lazy("科目"))
    yuan = FigureColumn(verbose_name=lazy("金额"))
    share = BarColumn(verbose_name=lazy("占比"))


class YearTable(BudgetTable):
    """The code over the years."""

    year = TextColumn(verbose_name=lazy("年度"))
    yuan = FigureColumn(verbose_name=lazy("金额"))
    departments = FigureColumn(verbose_name=lazy("部门数"))


def show_item(request: HttpRequest, scheme: str, code: str) -> HttpResponse:
    """Show the page of a code."""
    item, figures, words = read(request, scheme, code)
    unit = get_unit(request)
    context = {
        "item": item,
        "figures": figures,
        "scheme_label": Scheme(scheme).label,
        "stage": words["stage"],
        "scope": words["scope"],
        "crumbs": make_crumbs(item),
        "stages": make_switch(
            request,
            "stage",
            words["stage"],
            [(value, Stage(value).label, STAGE_WORDS[value]) for value in STAGE_WORDS],
        ),
        "scopes": make_switch(
            request,
            "scope",
            words["scope"],
            [("department", _("部门"), "department"), ("unit", _("单位"), "unit")],
        ),
        "years": make_switch(
            request,
            "year",
            str(figures.year),
            [(str(each.year), str(each.year), str(each.year)) for each in figures.years],
        ),
        "spenders": make_spender_table(figures, words=words, unit=unit) if figures.spenders else None,
        "not_shown": max(0, len(figures.spenders) - SHOWN),
        "parts": make_part_table(request, item, figures, unit=unit) if figures.parts else None,
        "by_year": make_year_table(figures, unit=unit) if len(figures.years) > 1 else None,
        "chart_url": f"chart.json{with_query(request) if request.GET else ''}",
        "download": f"/downloads/amounts.csv?code={code}&stage={words['stage']}"
        + (f"&year={figures.year}" if figures.year else ""),
        "unit": unit,
        "units": list(UNITS.values()),
    }
    return render(request, "questions/item.html", context)


def read(request: HttpRequest, scheme: str, code: str) -> tuple[ItemName, ItemFigures, dict[str, str]]:
    """Return the code, its figures and what the address asks for. Raises: Http404."""
    if not is_scheme(scheme):
        raise Http404(scheme)
    item = get_item(scheme, code)
    stage, scope, year = choose(request.GET.dict())
    return item, read_item(item, stage=stage, scope=scope, year=year), {"stage": stage, "scope": scope}


def make_crumbs(item: ItemName) -> list[tuple[Any, str]]:
    """Return the way back from a code: home and the codes above it."""
    above = [
        (f"{code} {name}".strip(), reverse("questions:item", args=[item.scheme, code]))
        for code, name in find_ancestors(item)
    ]
    return [(_("首页"), reverse("pages:home")), *above, (f"{item.code} {item.title}", "")]


def make_switch(
    request: HttpRequest, name: str, current: str, choices: list[tuple[str, Any, str]]
) -> list[dict[str, Any]]:
    """Return the links of one switch, the current one without an address."""
    return [
        {"label": label, "url": "" if value == current else with_query(request, **{name: word})}
        for value, label, word in choices
    ]


def make_spender_table(figures: ItemFigures, *, words: dict[str, str], unit: Any) -> SpenderTable:
    """Return the table of departments, the largest first."""
    rows = [
        describe_spender(spender, figures=figures, words=words, unit=unit)
        for spender in figures.spenders[:SHOWN]
    ]
    caption = _("%(year)s年，%(n)s 个部门有这一科目（已公开 %(all)s 个），单位：%(unit)s") % {
        "year": figures.year,
        "n": len(figures.spenders),
        "all": figures.published,
        "unit": unit.label,
    }
    return SpenderTable(rows, id="spenders", caption=caption)


def describe_spender(
    spender: Spender, *, figures: ItemFigures, words: dict[str, str], unit: Any
) -> dict[str, Any]:
    """Return one row: the department leads to its page of that year."""
    url = reverse(
        "pages:disclosure", args=[spender.department.slug, figures.year, STAGE_WORDS[words["stage"]]]
    )
    place = format_html(' <span class="soft small">{}</span>', spender.department.region.name)
    return {
        "name": format_html('<a href="{}">{}</a>{}', url, spender.department.name, place),
        "yuan": format_amount(spender.yuan, unit=unit),
        "share": render_bar(find_share(spender.yuan, spender.whole)),
        "change": format_change(spender.yuan, spender.before) if spender.before is not None else "",
    }


def make_part_table(request: HttpRequest, item: ItemName, figures: ItemFigures, *, unit: Any) -> PartTable:
    """Return the table of the codes below."""
    query = with_query(request) if request.GET else ""
    whole = sum((yuan for _code, _name, yuan in figures.parts), Decimal(0))
    rows = [
        {
            "name": format_html(
                '<a href="{}{}">{}</a> <span class="soft num small">{}</span>',
                reverse("questions:item", args=[item.scheme, code]),
                query,
                name or code,
                code,
            ),
            "yuan": format_amount(yuan, unit=unit),
            "share": render_bar(find_share(yuan, whole)),
        }
        for code, name, yuan in figures.parts
    ]
    return PartTable(
        rows, id="parts", caption=_("%(year)s年，单位：%(unit)s") % {"year": figures.year, "unit": unit.label}
    )


def make_year_table(figures: ItemFigures, *, unit: Any) -> YearTable:
    """Return the table of years; each says over how many departments it is."""
    rows = [
        {
            "year": str(each.year),
            "yuan": format_amount(each.yuan, unit=unit),
            "departments": _("%(n)s / %(all)s") % {"n": each.departments, "all": each.published},
        }
        for each in figures.years
    ]
    return YearTable(
        rows, id="years", caption=_("各年已公开部门的合计，单位：%(unit)s") % {"unit": unit.label}
    )


def show_chart(request: HttpRequest, scheme: str, code: str) -> HttpResponse:
    """Give the figure of the ranking: the largest departments, the rest as one bar."""
    _item, figures, _words = read(request, scheme, code)
    unit = get_unit(request)
    first, rest = figures.spenders[:12], figures.spenders[12:]
    bars = [(cut_label(spender.department.name, 12), spender.yuan) for spender in first]
    if rest:
        bars.append(
            (_("其他 %(n)s 个部门") % {"n": len(rest)}, sum((spender.yuan for spender in rest), Decimal(0)))
        )
    bars.reverse()
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [to_unit(yuan, unit) for _name, yuan in bars],
        "y": [f"{index}" for index in range(len(bars))],
        "text": [f"{name}  {write_text(yuan, unit)}" for name, yuan in bars],
        "textposition": [
            "inside" if yuan * 2 > max(value for _name, value in bars) else "outside" for _name, yuan in bars
        ],
        "insidetextanchor": "start",
        "cliponaxis": False,
        "hoverinfo": "none",
        "meta": {
            "roles": {
                "marker.color": "accent",
                "insidetextfont.color": "on-accent",
                "outsidetextfont.color": "ink",
            }
        },
    }
    layout = {
        "showlegend": False,
        "height": 64 + 34 * len(bars),
        "margin": {"l": 4, "r": 4, "t": 8, "b": 8},
        "bargap": 0.25,
        "xaxis": {"visible": False, "fixedrange": True, "rangemode": "tozero"},
        "yaxis": {"visible": False, "fixedrange": True, "type": "category"},
    }
    return JsonResponse({"data": [trace], "layout": layout})
