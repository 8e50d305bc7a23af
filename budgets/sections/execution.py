"""Planned and spent side by side, where budget and final accounts of one year are both on the site."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from budgets.figures import render_bar
from budgets.formatting import find_share, format_amount, format_percent
from budgets.models import LineItem
from budgets.sections.page import DisclosurePage, pick_fund
from budgets.tables import BarColumn, BudgetTable, FigureColumn, TextColumn


@dataclass(slots=True)
class Spent:
    """One code with what was planned and what was spent."""

    code: str
    name: str
    planned: Decimal | None
    spent: Decimal | None
    css: str = ""
    mark: str = ""
    depth: int = 0

    @property
    def rate(self) -> Decimal | None:
        """Spent as percent of planned; None without a plan above zero."""
        return find_share(self.spent, self.planned)


@dataclass(slots=True)
class Execution:
    """The rows, which budget figure is the base, and the answer in one line."""

    table: BudgetTable
    base: str
    answer: str


def make_execution(page: DisclosurePage) -> Execution | None:
    """This will set the year's budget beside its final accounts; None where one of them is missing."""
    year = page.disclosure.fiscal_year
    stages = {each.stage for each in page.siblings if each.fiscal_year == year}
    if stages != {"budget", "final_accounts"}:
        return None
    planned = _find(page, year, stage="budget", phase="approved")
    spent = _find(page, year, stage="final_accounts", phase="executed")
    if not planned.get("") or not spent.get(""):
        return None
    names = _read_names(page, year)
    codes = sorted(code for code in planned.keys() | spent.keys() if len(code) in {3, 5})
    rows = [Spent("", str(_("合计")), planned[""], spent[""], css="is-total")]
    rows += [
        Spent(
            code,
            names.get(code, code),
            planned.get(code),
            spent.get(code),
            css="is-parent" if len(code) == 3 else "",
            mark=f"spent-{code}",
            depth=0 if len(code) == 3 else 1,
        )
        for code in codes
    ]
    answer = _("年初预算 %(planned)s，实际支出 %(spent)s，执行率 %(rate)s。") % {
        "planned": page.say(planned[""]),
        "spent": page.say(spent[""]),
        "rate": format_percent(rows[0].rate),
    }
    base = _("执行率 = 决算数 ÷ 年初预算数（部门预算文件中的数）。年中追加、调减后的预算不在此列。")
    return Execution(_make_table(page, rows), str(base), str(answer))


def _find(page: DisclosurePage, year: int, *, stage: str, phase: str) -> dict[str, Decimal]:
    found = [
        each
        for each in page.sums
        if each.fiscal_year == year
        and each.year == year
        and each.stage == stage
        and each.phase == phase
        and each.scheme == "functional"
        and each.measure == "total"
    ]
    return {each.code: each.yuan for each in pick_fund(found)}


def _read_names(page: DisclosurePage, year: int) -> dict[str, str]:
    rows = (
        LineItem.objects.filter(
            department_id=page.disclosure.department_id, fiscal_year=year, is_canonical=True
        )
        .exclude(functional_code="")
        .values_list("functional_code", "name")
    )
    return {code: page.name(code, name) for code, name in rows}


class _MoneyColumn(FigureColumn):
    def __init__(self, page: DisclosurePage, **kwargs: Any) -> None:
        super().__init__(empty_values=(), **kwargs)
        self.page = page

    def render(self, value: Decimal | None) -> str:
        return format_amount(value, unit=self.page.unit)


class _RateColumn(BarColumn):
    def __init__(self) -> None:
        super().__init__(verbose_name=_("执行率"), empty_values=())

    def render(self, value: Decimal | None) -> SafeString | str:
        if value is None:
            return ""
        return format_html(
            '<span class="bar-line">{}<span class="num">{}</span></span>',
            render_bar(value),
            format_percent(value),
        )


def _make_table(page: DisclosurePage, rows: list[Spent]) -> BudgetTable:
    columns: list[tuple[str, Any]] = [
        ("name", TextColumn(verbose_name=_("项目"))),
        ("planned", _MoneyColumn(page, verbose_name=_("年初预算"))),
        ("spent", _MoneyColumn(page, verbose_name=_("决算数"))),
        ("rate", _RateColumn()),
    ]
    caption = _("按功能分类，单位：%(unit)s") % {"unit": page.unit.label}
    return BudgetTable(rows, id="execution", caption=caption, extra_columns=columns)
