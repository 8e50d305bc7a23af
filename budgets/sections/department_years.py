"""One department over its years: the newest figure, the table of its budgets and final accounts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from budgets.formatting import Unit, format_amount, format_change, format_money, get_unit
from budgets.models import Department, Disclosure
from budgets.sections.departments import MoneyColumn, find_total, link_disclosure
from budgets.tables import BudgetTable, FigureColumn, TextColumn


@dataclass(slots=True)
class YearRow:
    """One disclosure with its total and the total of the year before."""

    disclosure: Disclosure
    yuan: Decimal | None
    before: Decimal | None
    css: str = ""
    mark: str = ""
    depth: int = 0

    @property
    def change(self) -> str:
        """The change on the year before in percent, with its sign."""
        return format_change(self.yuan, self.before)


def find_before(disclosure: Disclosure, disclosures: list[Disclosure]) -> Decimal | None:
    """This will return the total of the year before in the same stage."""
    for each in disclosures:
        if each.fiscal_year == disclosure.fiscal_year - 1 and each.stage == disclosure.stage:
            return find_total(each)
    return None


def make_years(request: HttpRequest, department: Department, disclosures: list[Disclosure]) -> dict[str, Any]:
    """This will make the page of one department: its newest figure, the table of its years, its units."""
    unit = get_unit(request)
    years = [
        YearRow(
            each, find_total(each), find_before(each, disclosures), mark=f"y{each.fiscal_year}-{each.stage}"
        )
        for each in disclosures
    ]
    columns: list[tuple[str, Any]] = [
        ("disclosure", _YearColumn(department)),
        ("yuan", MoneyColumn(unit, verbose_name=_("合计"))),
        ("change", _ChangeColumn()),
        ("basic", _PartColumn(unit, "basic", verbose_name=_("基本支出"), css="hide-phone")),
        ("project", _PartColumn(unit, "project", verbose_name=_("项目支出"), css="hide-phone")),
        ("three", _ThreeColumn(unit)),
    ]
    caption = _("各年的预算和决算，单位：%(unit)s") % {"unit": unit.label}
    return {
        "years": years,
        "newest": years[0] if years else None,
        "has_trend": sum(1 for each in years if each.disclosure.stage == years[0].disclosure.stage) > 1,
        "newest_money": format_money(years[0].yuan, unit=unit) if years else "",
        "table": BudgetTable(years, id="years", caption=caption, extra_columns=columns),
        "subordinates": list(Department.objects.filter(parent=department).order_by("initials", "name")),
        "aliases": list(department.aliases.order_by("name")),
    }


class _PartColumn(FigureColumn):
    def __init__(self, unit: Unit, key: str, **kwargs: Any) -> None:
        super().__init__(empty_values=(), accessor="yuan", **kwargs)
        self.unit, self.key = unit, key

    def render(self, record: YearRow) -> str:
        figure = record.disclosure.overview.get(self.key)
        return format_amount(Decimal(figure["yuan"]), unit=self.unit) if figure else ""


class _ThreeColumn(FigureColumn):
    def __init__(self, unit: Unit) -> None:
        super().__init__(verbose_name=_("“三公”"), empty_values=(), accessor="yuan", css="hide-phone")
        self.unit = unit

    def render(self, record: YearRow) -> str:
        years = record.disclosure.overview.get("three_public", {})
        figure = years.get(str(record.disclosure.fiscal_year), {}).get("total")
        return format_amount(Decimal(figure["yuan"]), unit=self.unit) if figure else ""


class _ChangeColumn(FigureColumn):
    def __init__(self) -> None:
        super().__init__(verbose_name=_("比上年"), empty_values=(), accessor="yuan")

    def render(self, record: YearRow) -> str:
        return record.change


class _YearColumn(TextColumn):
    def __init__(self, department: Department) -> None:
        super().__init__(verbose_name=_("年度"))
        self.department = department

    def render(self, value: Disclosure) -> SafeString:
        text = _("%(year)s年%(stage)s") % {"year": value.fiscal_year, "stage": value.get_stage_display()}
        return format_html('<a href="{}">{}</a>', link_disclosure(self.department, value), text)
