"""A statement as tables: one for each printed half, its rows opened, sorted and filtered by address."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from budgets.addresses import join_marks, with_query
from budgets.figures import render_bar, render_figure
from budgets.formatting import find_share, format_percent
from budgets.ledger import Figure, Line, Sheet
from budgets.models import Disclosure
from budgets.sections.page import DisclosurePage
from budgets.tables import BarColumn, BudgetTable, FigureColumn, TextColumn
from budgets.tree import Shown, View, find_opened, show_rows
from budgets.words import FUNDS, MEASURES, PHASES, SIDES

SIDE_WORDS = ("收入", "支出")
FEW_LINES, MANY_COLUMNS = 2, 5
"""A table of so few rows and so many columns is shown upright."""
"""First words of headings that the table's caption says already."""
TOTAL_WORDS = {"合计", "总计", "小计"}
SCHEMES = ("functional", "economic_dept", "economic_gov")


class StatementTable:
    """One half of one statement on its way to a table of the site."""

    def __init__(
        self,
        page: DisclosurePage,
        sheet: Sheet,
        *,
        view: View,
        block: int,
        table_id: str,
        columns: Sequence[str] = (),
    ) -> None:
        self.page, self.sheet, self.view, self.block, self.id = page, sheet, view, block, table_id
        self.lines = [line for line in sheet.lines if line.block == block]
        used = {key for line in self.lines for key in line.figures}
        self.columns = [
            column
            for column in sheet.statement.columns
            if column["key"] in used and (not columns or column["key"] in columns)
        ]
        self.main = find_main_column(self.columns, disclosure=page.disclosure)
        self.opened = find_opened(sheet.lines, view)
        self.whole = self._find_whole()
        self.left_out = 0
        self.has_tree = any(line.children for line in self.lines)

    def _find_whole(self) -> Decimal | None:
        if self.main is None:
            return None
        totals = [
            line.figures[self.main].yuan
            for line in self.lines
            if line.kind == "total" and self.main in line.figures
        ]
        if totals and totals[-1] is not None:
            return totals[-1]
        parts = [
            figure.yuan
            for line in self.lines
            if line.parent is None and line.kind == "item" and (figure := line.figures.get(self.main))
        ]
        return sum((part for part in parts if part is not None), Decimal(0)) or None

    def make(
        self, *, caption: Any, limit: tuple[int, int] | None = None, filled: bool = False
    ) -> BudgetTable:
        """This will make the table; ``limit`` cuts out one page of rows (from, to).

        ``filled`` leaves out rows in which nothing is printed, and counts them in ``left_out``.
        """
        if not filled and len(self.lines) <= FEW_LINES and len(self.columns) >= MANY_COLUMNS:
            self.count = len(self.lines)
            return make_upright(self, caption=caption)
        key = self.view.sort.lstrip("-") or self.main
        shown = show_rows(
            self.lines,
            view=self.view,
            value=lambda line: line.figures[key].yuan if key in line.figures else None,
        )
        if filled:
            everything, shown = shown, [row for row in shown if is_filled(row.line)]
            self.left_out = len(everything) - len(shown)
        self.count = len(shown)
        rows = shown[limit[0] : limit[1]] if limit else shown
        table = BudgetTable(
            rows, id=self.id, caption=caption, extra_columns=self._make_columns(whole=not filled)
        )
        table.wide = len(self.columns) > 3
        return table

    def _make_columns(self, *, whole: bool) -> list[tuple[str, Any]]:
        made: list[tuple[str, Any]] = [("name", _NameColumn(self))]
        headings = find_headings(self.columns)
        for index, column in enumerate(self.columns):
            above, heading = headings[index]
            made.append(
                (
                    f"f{index}",
                    _AmountColumn(self, column["key"], whole=whole, verbose_name=heading, above=above),
                )
            )
            if column["key"] == self.main and self.has_shares():
                made.append(("share", _ShareColumn(self)))
        return made

    def has_shares(self) -> bool:
        """Whether shares of the whole mean anything here."""
        return (
            self.whole is not None
            and self.whole > 0
            and sum(1 for line in self.lines if line.kind == "item") > 1
        )

    def toggle_url(self, row: Shown) -> str:
        """This will return the address with one row opened or closed."""
        marks = [line.mark for line in self.sheet.lines if line.mark in self.opened]
        marks = [mark for mark in marks if mark != row.mark] if row.opened else [*marks, row.mark]
        return with_query(self.page.request, open=join_marks(marks), page=None)


class _NameColumn(TextColumn):
    def __init__(self, owner: StatementTable) -> None:
        super().__init__(verbose_name=_("项目"), empty_values=())
        self.owner = owner

    def render(self, record: Shown) -> SafeString:
        line, owner = record.line, self.owner
        name = conditional_escape(find_name(owner.page, line))
        code = f'<span class="code">{conditional_escape(line.code)}</span>' if line.code else ""
        lead = ""
        if record.opened is not None and not owner.view.words:
            said = _("收起") if record.opened else _("展开")
            lead = (
                f'<a class="row-toggle" data-row-toggle id="{owner.id}-t-{record.mark}" rel="nofollow"'
                f' href="{conditional_escape(owner.toggle_url(record))}#{owner.id}-{record.mark}"'
                f' aria-expanded="{"true" if record.opened else "false"}" role="button">'
                f'<span class="sr-only">{said} {name}</span></a>'
            )
        elif owner.has_tree:
            lead = '<span class="row-lead"></span>'
        return mark_safe(f'<span class="row-head">{lead}<span class="row-name">{code}{name}</span></span>')  # noqa: S308 - escaped piece by piece


class _AmountColumn(FigureColumn):
    def __init__(self, owner: StatementTable, key: str, *, whole: bool, **kwargs: Any) -> None:
        sort = owner.view.sort
        state = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
        following = {f"-{key}": key, key: None}.get(sort, f"-{key}")
        url = with_query(owner.page.request, sort=following, page=None)
        css = "" if whole or key == owner.main or len(owner.columns) < 3 else "hide-phone"
        super().__init__(empty_values=(), sort_url=url, sorted_as=state, css=css, **kwargs)
        self.owner, self.key = owner, key

    def render(self, record: Shown) -> SafeString:
        figure = record.line.figures.get(self.key)
        return render_line_figure(self.owner.page, self.owner.sheet, record.line, figure)


class _ShareColumn(BarColumn):
    def __init__(self, owner: StatementTable) -> None:
        super().__init__(verbose_name=_("占比"), empty_values=())
        self.owner = owner

    def render(self, record: Shown) -> SafeString | str:
        figure = record.line.figures.get(self.owner.main or "")
        percent = find_share(figure.yuan if figure else None, self.owner.whole)
        if percent is None:
            return ""
        hue = "c0" if record.depth else "accent"
        return format_html(
            '<span class="bar-line">{}<span class="num">{}</span></span>',
            render_bar(percent, hue=hue),
            format_percent(percent),
        )


def is_filled(line: Line) -> bool:
    """Whether a row, or one below it, prints anything."""
    return any(figure.state != "blank" for figure in line.figures.values()) or any(
        map(is_filled, line.children)
    )


def render_line_figure(page: DisclosurePage, sheet: Sheet, line: Line, figure: Figure | None) -> SafeString:
    """This will write a line's figure as a link to its cell."""
    if figure is None:
        return mark_safe("")
    return render_figure(
        figure.yuan,
        state=figure.state,
        quantity=figure.quantity,
        unit=page.unit,
        url=page.addresses.cell(sheet.statement.slug, line.position, figure.key),
        corrected=figure.corrected,
        flagged=(sheet.statement.slug, figure.page, figure.line, figure.row, figure.column) in page.flagged,
    )


def find_name(page: DisclosurePage, line: Line) -> str:
    """This will return a line's name in the page's language, with its sub-unit where it has one."""
    codes = (line.functional_code, line.economic_dept_code, line.economic_gov_code)
    for scheme, code in zip(SCHEMES, codes, strict=True):
        english = page.names.get((scheme, code)) if code else None
        if english:
            return english
    if page.names and "".join(line.name.split()) in TOTAL_WORDS:
        return _("小计") if line.kind == "subtotal" else _("合计")
    return line.name or line.unit_name


def make_upright(owner: StatementTable, *, caption: Any) -> BudgetTable:
    """This will make a table of very few rows and many columns with its columns below each other."""
    headings = find_headings(owner.columns)
    names = [find_name(owner.page, line) for line in owner.lines]
    columns: list[tuple[str, Any]] = [("name", TextColumn(verbose_name=_("项目")))]
    columns += [
        (f"f{index}", FigureColumn(verbose_name=name if len(names) > 1 else _("金额"), empty_values=()))
        for index, name in enumerate(names)
    ]
    rows = []
    for column, (above, heading) in zip(owner.columns, headings, strict=True):
        row: dict[str, Any] = {"name": format_html('{}<span class="th-above">{}</span>', heading, above)}
        for index, line in enumerate(owner.lines):
            figure = line.figures.get(column["key"])
            row[f"f{index}"] = render_line_figure(owner.page, owner.sheet, line, figure)
        rows.append(row)
    return BudgetTable(rows, id=owner.id, caption=caption, extra_columns=columns)


def find_main_column(columns: Sequence[dict[str, Any]], *, disclosure: Disclosure) -> str | None:
    """This will return the key of the column that shares are shares of: this year's total, the widest fund first."""
    money = [column for column in columns if column["quantity"] == "money"]
    phase = "executed" if disclosure.stage == "final_accounts" else "approved"
    money = [column for column in money if column["year"] in {None, disclosure.fiscal_year}] or money
    money = [column for column in money if column["phase"] == phase] or money
    totals = [column for column in money if column["measure"] == "total"]
    wide = [column for column in totals if column["fund"] == "all"]
    chosen = next(iter(wide or totals or money), None)
    return None if chosen is None else str(chosen["key"])


def find_headings(columns: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """This will return (above, heading) for each column: as printed in Chinese, by meaning in English.

    What stands above all columns alike says nothing and is left out.
    """
    if get_language() == "en":
        return [("", say_column(column, columns)) for column in columns]
    printed = [
        [part for part in column["heading"] if part] or [say_column(column, columns)] for column in columns
    ]
    printed = [parts[1:] if len(parts) > 1 and parts[0] in SIDE_WORDS else parts for parts in printed]
    while len(printed) > 1 and all(len(parts) > 1 and parts[0] == printed[0][0] for parts in printed):
        printed = [parts[1:] for parts in printed]
    return [(" · ".join(parts[:-1]), parts[-1]) for parts in printed]


def say_column(column: dict[str, Any], columns: Sequence[dict[str, Any]]) -> str:
    """This will name a column by those of its coordinates in which the columns differ."""
    words = [str(MEASURES.get(column["measure"], column["measure"]))]
    if len({each["fund"] for each in columns}) > 1 and column["fund"] != "all":
        fund = str(FUNDS.get(column["fund"], column["fund"]))
        words = [fund] if column["measure"] == "total" else [fund, *words]
    if len({each["phase"] for each in columns}) > 1:
        words.append(str(PHASES.get(column["phase"], column["phase"])))
    if len({each["year"] for each in columns}) > 1 and column["year"]:
        words.append(str(column["year"]))
    if column["quantity"] == "percent":
        words.append("%")
    return " · ".join(words)


def make_tables(
    page: DisclosurePage, sheet: Sheet, *, view: View, columns: Sequence[str] = ()
) -> list[StatementTable]:
    """This will prepare one table for each half of a statement that has rows."""
    slug = sheet.statement.slug
    blocks = sheet.get_blocks()
    return [
        StatementTable(
            page,
            sheet,
            view=view,
            block=block,
            table_id=slug if len(blocks) == 1 else f"{slug}-{block}",
            columns=columns,
        )
        for block in blocks
    ]


def say_side(lines: Sequence[Line]) -> str:
    """This will name the side that all of some lines are on; empty where they are on both or none."""
    sides = {line.side for line in lines}
    return str(SIDES[sides.pop()]) if len(sides) == 1 and next(iter(sides)) in SIDES else ""
