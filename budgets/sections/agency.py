"""机关运行经费 over the years of a department, with the years in which its scope changed marked as breaks.

Five departments of Jiangsu "fall" by 55–79 % from 2017 to 2018 because the table changed its scope: a
line drawn over such a break would tell a saving that never was.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from budgets.addresses import get_addresses
from budgets.formatting import format_amount
from budgets.models import Amount, CheckResult
from budgets.sections.page import Cited, DisclosurePage
from budgets.tables import BudgetTable, FigureColumn, TextColumn

CHANGED = "definition-changed"


@dataclass(slots=True)
class AgencyYear:
    """One year: its amount, and whether it begins with another scope than the year before."""

    year: int
    cited: Cited | None
    is_break: bool
    css: str = ""
    mark: str = ""
    depth: int = 0


@dataclass(slots=True)
class Agency:
    """The years from first to last, the table of them, and the answer in one line."""

    years: list[AgencyYear]
    table: BudgetTable
    answer: str


def make_agency(page: DisclosurePage) -> Agency | None:
    """This will make the section from the totals of all years; None with fewer than two (two queries)."""
    found = read_totals(page)
    if len(found) < 2:
        return None
    breaks = read_breaks(page)
    years = [
        AgencyYear(year, found.get(year), year in breaks, mark=f"agency-{year}")
        for year in range(min(found), max(found) + 1)
    ]
    return Agency(years, make_table(page, years), say_agency(page, years))


def read_totals(page: DisclosurePage) -> dict[int, Cited]:
    """This will read the printed totals by year, each with the address of its cell."""
    same = {each.pk: each for each in page.siblings if each.stage == page.disclosure.stage}
    rows = Amount.objects.filter(
        disclosure_id__in=list(same),
        fiscal_year__in={each.fiscal_year for each in same.values()},
        statement__key="agency_operating",
        measure="agency_operating",
        line_item__kind="total",
    ).values_list("disclosure_id", "yuan", "statement__slug", "line_item__position", "column_key")
    found: dict[int, Cited] = {}
    for disclosure_id, yuan, slug, position, key in rows:
        disclosure = same[disclosure_id]
        disclosure.department = page.disclosure.department
        if yuan is None:
            continue
        found.setdefault(
            disclosure.fiscal_year, Cited(yuan, get_addresses(disclosure).cell(slug, position, key))
        )
    return found


def read_breaks(page: DisclosurePage) -> set[int]:
    """This will return the years that a check found to begin with another scope (one query)."""
    results = CheckResult.objects.filter(
        disclosure__department_id=page.disclosure.department_id,
        disclosure__stage=page.disclosure.stage,
        check_code=CHANGED,
    ).exclude(outcome="match")
    years = results.values_list("disclosure__fiscal_year", "other__fiscal_year")
    return {max(year, other or year) for year, other in years}


def say_agency(page: DisclosurePage, years: list[AgencyYear]) -> str:
    """This will say the newest amount, and that years before a break cannot be compared with it."""
    last = years[-1]
    amount = page.say(last.cited.yuan if last.cited else Decimal(0))
    broken = [str(each.year) for each in years if each.is_break]
    if broken:
        return _("%(year)s年 %(amount)s。%(years)s年口径变了，前后不能直接比。") % {
            "year": last.year,
            "amount": amount,
            "years": _("、").join(broken),
        }
    return _("%(year)s年 %(amount)s。") % {"year": last.year, "amount": amount}


class _YearColumn(TextColumn):
    def __init__(self) -> None:
        super().__init__(verbose_name=_("年度"), accessor="year")

    def render(self, record: AgencyYear) -> SafeString:
        note = (
            format_html(' <span class="tag tag--amber">{}</span>', _("口径变了")) if record.is_break else ""
        )
        return format_html("{}{}", _("%(year)s年") % {"year": record.year}, note)


class _AmountColumn(FigureColumn):
    def __init__(self, page: DisclosurePage) -> None:
        super().__init__(verbose_name=_("机关运行经费"), accessor="year")
        self.page = page

    def render(self, record: AgencyYear) -> SafeString | str:
        return self.page.link(record.cited) if record.cited else _("没有文件")


def make_table(page: DisclosurePage, years: list[AgencyYear]) -> BudgetTable:
    """This will make the table of the years."""
    columns: list[tuple[str, Any]] = [("year", _YearColumn()), ("amount", _AmountColumn(page))]
    caption = _("机关运行经费，单位：%(unit)s") % {"unit": page.unit.label}
    return BudgetTable(years, id="agency", caption=caption, extra_columns=columns)


def write_amount(page: DisclosurePage, year: AgencyYear) -> str:
    """This will write the amount of a year without its unit; empty where there is none."""
    return format_amount(year.cited.yuan, unit=page.unit) if year.cited else ""
