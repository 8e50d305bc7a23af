"""The years of a department: totals as printed, with gaps for missing years and breaks of definition."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from budgets.formatting import format_change
from budgets.models import CheckResult, Disclosure
from budgets.sections.page import DisclosurePage, find_whole_yuan

MEASURED = ("total", "basic", "project")


@dataclass(frozen=True, slots=True)
class Point:
    """One year of one series; None: the year is not on the site, or does not print it."""

    year: int
    yuan: Decimal | None


@dataclass(slots=True)
class Trend:
    """The years from first to last, the series by measure, and the years that begin with a break."""

    years: list[int]
    series: dict[str, list[Point]]
    shares: dict[str, list[Decimal | None]]
    breaks: list[int] = field(default_factory=list)
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
    trend = Trend(years, series, shares)
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


def find_breaks(page: DisclosurePage) -> list[CheckResult]:
    """This will return the findings that a definition changed between two years (one query)."""
    return list(
        CheckResult.objects.filter(
            disclosure__department_id=page.disclosure.department_id, check_code__contains="definition"
        ).select_related("disclosure")
    )
