"""“三公”经费 of two years side by side: the total and its parts, each with its change."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from budgets.formatting import find_change, format_change, format_difference
from budgets.sections.page import Cited, DisclosurePage
from budgets.tables import BudgetTable, FigureColumn, TextColumn
from budgets.words import MEASURES

MEASURED: Final = (
    ("total", 0),
    ("overseas_travel", 1),
    ("vehicle_total", 1),
    ("vehicle_purchase", 2),
    ("vehicle_operation", 2),
    ("official_reception", 1),
)


@dataclass(slots=True)
class Item:
    """One kind of expense with its figures of this year and the year before (None: blank)."""

    measure: str
    label: str
    now: Cited | None
    before: Cited | None
    depth: int
    css: str
    mark: str


@dataclass(slots=True)
class ThreePublic:
    """The two years, their items, the table of them and the answer in one line."""

    year: int
    before: int | None
    items: list[Item]
    answer: str
    table: BudgetTable


def make_three_public(page: DisclosurePage) -> ThreePublic | None:
    """This will make the section; None where the document prints no amount of it."""
    year = page.disclosure.fiscal_year
    now, then = page.find_three_public(year), page.find_three_public(year - 1)
    if not now:
        return None
    has_before = bool(then)
    items = [
        Item(
            measure,
            str(_("合计") if measure == "total" else MEASURES[measure]),
            now.get(measure),
            then.get(measure),
            depth,
            "is-total" if measure == "total" else "",
            f"three-{measure}",
        )
        for measure, depth in MEASURED
    ]
    made = ThreePublic(
        year, year - 1 if has_before else None, items, "", _make_table(page, items, year, has_before)
    )
    made.answer = say_three_public(page, made)
    return made


def say_three_public(page: DisclosurePage, section: ThreePublic) -> str:
    """This will say how much, and whether it went up."""
    total = section.items[0]
    if total.now is None:
        return str(_("文件没有写合计。"))
    amount = page.say(total.now.yuan)
    if total.before is None:
        return _("%(year)s年合计 %(amount)s。") % {"year": section.year, "amount": amount}
    change = find_change(total.now.yuan, total.before.yuan)
    words = {
        "year": section.year,
        "amount": amount,
        "difference": page.say(abs(total.now.yuan - total.before.yuan)),
        "change": format_change(total.now.yuan, total.before.yuan),
    }
    if total.now.yuan == total.before.yuan:
        return _("%(year)s年合计 %(amount)s，与上年相同。") % words
    if change is None:
        return _("%(year)s年合计 %(amount)s，上年为零。") % words
    if change > 0:
        return _("%(year)s年合计 %(amount)s，比上年多 %(difference)s（%(change)s）。") % words
    return _("%(year)s年合计 %(amount)s，比上年少 %(difference)s（%(change)s）。") % words


class _YearColumn(FigureColumn):
    def __init__(self, page: DisclosurePage, field: str, **kwargs: Any) -> None:
        super().__init__(empty_values=(), **kwargs)
        self.page, self.field = page, field

    def render(self, record: Item) -> SafeString | str:
        cited = getattr(record, self.field)
        return self.page.link(cited) if cited else format_html('<span class="sr-only">{}</span>', _("未填列"))


class _ChangeColumn(FigureColumn):
    def __init__(self, page: DisclosurePage) -> None:
        super().__init__(verbose_name=_("增减"), empty_values=())
        self.page = page

    def render(self, record: Item) -> SafeString | str:
        if record.now is None or record.before is None:
            return ""
        difference = format_difference(record.now.yuan, record.before.yuan, unit=self.page.unit)
        change = format_change(record.now.yuan, record.before.yuan)
        return format_html('{} <span class="soft tiny">{}</span>', difference, change)


def _make_table(page: DisclosurePage, items: list[Item], year: int, has_before: bool) -> BudgetTable:  # noqa: FBT001
    columns: list[tuple[str, Any]] = [("label", TextColumn(verbose_name=_("项目")))]
    if has_before:
        columns.append(
            ("before", _YearColumn(page, "before", verbose_name=_("%(year)s年") % {"year": year - 1}))
        )
    columns.append(("now", _YearColumn(page, "now", verbose_name=_("%(year)s年") % {"year": year})))
    if has_before:
        columns.append(("change", _ChangeColumn(page)))
    caption = _("“三公”经费，单位：%(unit)s") % {"unit": page.unit.label}
    return BudgetTable(items, id="three-public", caption=caption, extra_columns=columns)


def find_largest(items: list[Item]) -> Decimal:
    """This will return the largest amount shown, for a common scale."""
    return max((c.yuan for item in items for c in (item.now, item.before) if c), default=Decimal(0))
