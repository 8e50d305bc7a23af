"""What changed on last year: by function, with the lines that are new and those that are gone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from budgets.formatting import format_amount, format_change, format_difference
from budgets.models import LineItem
from budgets.sections.page import DisclosurePage, Sum, pick_fund
from budgets.tables import BudgetTable, FigureColumn, TextColumn

ITEM = 7
"""The length of the code of a 项; documents that stop at 款 are compared there."""


@dataclass(slots=True)
class Change:
    """One code in both years; None where a year does not have it."""

    code: str
    name: str
    before: Decimal | None
    now: Decimal | None
    css: str = ""
    mark: str = ""
    depth: int = 0

    @property
    def difference(self) -> Decimal:
        """The change in yuan, a missing year counted as nothing."""
        return (self.now or Decimal(0)) - (self.before or Decimal(0))


@dataclass(slots=True)
class Changes:
    """The classes, what is new, what is gone, and the totals of both years."""

    year: int
    before: Decimal
    now: Decimal
    classes: list[Change]
    new: list[Change]
    gone: list[Change]
    answer: str
    table: BudgetTable | None = None


def find_year(page: DisclosurePage, year: int, *, scheme: str = "functional") -> dict[str, Decimal]:
    """This will return yuan by code of one year of the same stage; the code "" is the whole."""
    sums = [each for each in page.sums if _fits(page, each, year=year, scheme=scheme)]
    return {each.code: each.yuan for each in pick_fund(sums)}


def _fits(page: DisclosurePage, each: Sum, *, year: int, scheme: str) -> bool:
    return (
        each.fiscal_year == year
        and each.year == year
        and each.stage == page.disclosure.stage
        and each.phase == page.phase
        and each.scheme == scheme
        and each.measure == "total"
    )


def make_changes(page: DisclosurePage) -> Changes | None:
    """This will compare with the year before; None where it is not on the site."""
    year = page.disclosure.fiscal_year
    now, before = find_year(page, year), find_year(page, year - 1)
    if not now or not before or "" not in now or "" not in before:
        return None
    names = _read_names(page, [year, year - 1])
    every = {
        code: Change(code, names.get(code, code), before.get(code), now.get(code))
        for code in now.keys() | before
    }
    classes = sorted((c for c in every.values() if len(c.code) == 3), key=lambda c: -abs(c.difference))
    length = max((len(code) for code in now.keys() & before.keys()), default=3)
    finest = [c for c in every.values() if len(c.code) == min(length, ITEM)]
    changes = Changes(
        year - 1,
        before[""],
        now[""],
        classes,
        sorted((c for c in finest if not c.before and c.now), key=lambda c: -abs(c.difference)),
        sorted((c for c in finest if c.before and not c.now), key=lambda c: -abs(c.difference)),
        "",
    )
    changes.answer = say_changes(page, changes)
    changes.table = _make_table(page, changes)
    return changes


def _read_names(page: DisclosurePage, years: list[int]) -> dict[str, str]:
    """Return the printed name of each functional code, the latest year's winning (one query)."""
    rows = (
        LineItem.objects.filter(
            department_id=page.disclosure.department_id,
            fiscal_year__in=years,
            stage=page.disclosure.stage,
            is_canonical=True,
        )
        .exclude(functional_code="")
        .order_by("fiscal_year")
        .values_list("functional_code", "name")
    )
    return {code: page.name(code, name) for code, name in rows}


def say_changes(page: DisclosurePage, changes: Changes) -> str:
    """This will say how much more or less, and where most of it comes from."""
    difference = changes.now - changes.before
    words = {
        "amount": page.say(abs(difference)),
        "change": format_change(changes.now, changes.before),
        "what": changes.classes[0].name if changes.classes else "",
        "part": page.say(abs(changes.classes[0].difference)) if changes.classes else "",
    }
    if not difference:
        return str(_("总数与上年相同。"))
    if difference > 0:
        text = _("比上年多 %(amount)s（%(change)s）。") % words
    else:
        text = _("比上年少 %(amount)s（%(change)s）。") % words
    if changes.classes and changes.classes[0].difference:
        more = (
            _("变动最大的是%(what)s，多 %(part)s。")
            if changes.classes[0].difference > 0
            else _("变动最大的是%(what)s，少 %(part)s。")
        )
        text = _("%(first)s%(second)s") % {"first": text, "second": more % words}
    return text


class _MoneyColumn(FigureColumn):
    def __init__(self, page: DisclosurePage, **kwargs: Any) -> None:
        super().__init__(empty_values=(), **kwargs)
        self.page = page

    def render(self, value: Decimal | None) -> str:
        return format_amount(value, unit=self.page.unit)


class _DifferenceColumn(FigureColumn):
    def __init__(self, page: DisclosurePage) -> None:
        super().__init__(verbose_name=_("增减"), empty_values=(), accessor="code")
        self.page = page

    def render(self, record: Change) -> str:
        return format_difference(record.now or Decimal(0), record.before or Decimal(0), unit=self.page.unit)


class _PercentColumn(FigureColumn):
    def __init__(self) -> None:
        super().__init__(verbose_name=_("增减%"), empty_values=(), accessor="code", css="hide-phone")

    def render(self, record: Change) -> str:
        return format_change(record.now, record.before)


def _make_table(page: DisclosurePage, changes: Changes) -> BudgetTable:
    total = Change("", str(_("合计")), changes.before, changes.now, css="is-total")
    rows = [total, *changes.classes]
    for row in changes.classes:
        row.mark = f"change-{row.code}"
    columns: list[tuple[str, Any]] = [
        ("name", TextColumn(verbose_name=_("项目"))),
        ("before", _MoneyColumn(page, verbose_name=_("%(year)s年") % {"year": changes.year})),
        ("now", _MoneyColumn(page, verbose_name=_("%(year)s年") % {"year": changes.year + 1})),
        ("difference", _DifferenceColumn(page)),
        ("percent", _PercentColumn()),
    ]
    caption = _("按功能分类，单位：%(unit)s") % {"unit": page.unit.label}
    return BudgetTable(rows, id="changes", caption=caption, extra_columns=columns)
