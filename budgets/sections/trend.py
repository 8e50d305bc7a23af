"""The years of a department: totals as printed, with gaps for missing years and breaks of definition."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from budgets.formatting import format_amount, format_change, format_percent
from budgets.models import Disclosure
from budgets.sections.page import DisclosurePage, find_whole_yuan
from budgets.tables import BudgetTable, FigureColumn, TextColumn

MEASURED = ("total", "basic", "project")


@dataclass(frozen=True, slots=True)
class Point:
    """One year of one series; None: the year is not on the site, or does not print it."""

    year: int
    yuan: Decimal | None


@dataclass(slots=True)
class Trend:
    """The years from first to last, the series by measure, and the table of them."""

    years: list[int]
    series: dict[str, list[Point]]
    shares: dict[str, list[Decimal | None]]
    table: BudgetTable
    answer: str = ""


def make_trend(page: DisclosurePage) -> Trend | None:
    """This will collect the totals of all years of the same stage; None where there is one year only."""
    disclosures = {each.fiscal_year: each for each in page.siblings if each.stage == page.disclosure.stage}
    if len(disclosures) < 2:
        return None
    years = list(range(min(disclosures), max(disclosures) + 1))
    series = {
        measure: [Point(year, _find(disclosures.get(year), measure)) for year in years]
        for measure in MEASURED
    }
    shares = {
        measure: [
            point.yuan / whole.yuan * 100 if point.yuan is not None and whole.yuan else None
            for point, whole in zip(series[measure], series["total"], strict=True)
        ]
        for measure in ("basic", "project")
    }
    trend = Trend(years, series, shares, make_table(page, years, series, shares))
    trend.answer = say_trend(page, trend)
    return trend


def _find(disclosure: Disclosure | None, measure: str) -> Decimal | None:
    if disclosure is None:
        return None
    if measure == "total":
        return find_whole_yuan(disclosure.overview)
    figure = disclosure.overview.get(measure)
    return Decimal(figure["yuan"]) if figure else None


def say_trend(page: DisclosurePage, trend: Trend) -> str:
    """This will say first and last year with the change, and which years are missing."""
    known = [point for point in trend.series["total"] if point.yuan is not None]
    missing = [str(point.year) for point in trend.series["total"] if point.yuan is None]
    if len(known) < 2:
        return ""
    text = _("从 %(first)s年的 %(before)s到 %(last)s年的 %(now)s（%(change)s，当年价）。") % {
        "first": known[0].year,
        "before": page.say(known[0].yuan),
        "last": known[-1].year,
        "now": page.say(known[-1].yuan),
        "change": format_change(known[-1].yuan, known[0].yuan),
    }
    if missing:
        text += _("本站没有 %(years)s年的文件。") % {"years": _("、").join(missing)}
    return text


def make_table(
    page: DisclosurePage,
    years: list[int],
    series: dict[str, list[Point]],
    shares: dict[str, list[Decimal | None]],
) -> BudgetTable:
    """This will make the table of the years: amounts, the change, and the share of projects."""
    rows = []
    for index, year in enumerate(years):
        total = series["total"][index].yuan
        before = series["total"][index - 1].yuan if index else None
        rows.append(
            {
                "year": _("%(year)s年") % {"year": year},
                "total": _("没有文件") if total is None else format_amount(total, unit=page.unit),
                "change": format_change(total, before),
                "project": format_percent(shares["project"][index]),
                "mark": f"year-{year}",
            }
        )
    columns: list[tuple[str, Any]] = [
        ("year", TextColumn(verbose_name=_("年度"))),
        ("total", FigureColumn(verbose_name=_("合计"))),
        ("change", FigureColumn(verbose_name=_("比上年"))),
        ("project", FigureColumn(verbose_name=_("项目支出占比"), css="hide-phone")),
    ]
    caption = _("各年合计，单位：%(unit)s（当年价）") % {"unit": page.unit.label}
    return BudgetTable(rows, id="trend", caption=caption, extra_columns=columns)
