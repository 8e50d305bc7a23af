"""Inside the two-sided tables: incomes, expenditures, balances (B01–B03, D01, D04)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.checks.book import Book
from intake.checks.compare import Operand, add_up, compare, count_blank_as_zero, get_tolerance, undetermined
from intake.checks.halves import Half, find_fund_rows, find_halves, find_open_halves
from intake.checks.sheets import Sheet
from intake.checks.trees import SUMMARIES
from intake.parsing.draft import Column, Finding

_NUMBERED = re.compile(r"^\s*[一二三四五六七八九十]+、")
BALANCE = "revenue-equals-expenditure"
YEAR = "year-adds-up"
GRAND = "grand-total-adds-up"
FUND = "fund-balances"

RULES = {
    BALANCE: ("收入总计等于支出总计", "total revenue equals total expenditure"),
    YEAR: ("本年合计等于各项之和", "the year's total is the sum of its rows"),
    GRAND: ("总计等于本年合计加结转结余", "the grand total is the year's total plus the balances"),
    FUND: (
        "每种资金的本年收入加上年结转等于它的支出总计",
        "each fund's revenue of the year and its balance carried in equal its expenditure total",
    ),
}


def check_year_totals(book: Book) -> Iterator[Finding]:
    """Yield 本年收入合计 = Σ sources and 本年支出合计 = Σ function classes (B02)."""
    for half in _halves(book):
        if half.year is None:
            continue
        parts = tuple(half.sheet.children.get(half.year, half.sources))
        if not parts:
            continue
        numbered = tuple(i for i in parts if _NUMBERED.match(half.sheet.rows[i].name))
        if _holds(half, half.year, half.sources + half.balances):
            parts = half.sources + half.balances
        elif len(numbered) < len(parts) and _equals(half, half.year, numbered):
            parts = numbered  # the others are parts of the numbered rows, only indented
        for column in half.columns:
            yield from _compare_sum(half, half.year, parts, column, check=YEAR)


def check_open_halves(book: Book) -> Iterator[Finding]:
    """Yield Σ of a half without a total = the total printed under the half beside it (B02).

    Expenditure by function and by kind may stand side by side over one 本年支出合计.
    """
    for sheet in _summaries(book):
        for side in ("revenue", "expenditure"):
            closed = find_halves(sheet, side=side)
            for half in find_open_halves(sheet, side=side):
                if closed and not any(half.block == other.block for other in closed):
                    yield from _compare_open(half, closed[-1])


def _compare_open(half: Half, other: Half) -> Iterator[Finding]:
    row = other.year if other.year is not None else other.grand
    column, theirs = (
        half.sheet.column("total", block=half.block),
        other.sheet.column("total", block=other.block),
    )
    if row is None or column is None or theirs is None:
        return
    parts = [half.sheet.operand(i, column) for i in half.sources]
    left = half.sheet.operand(row, theirs)
    first = half.sheet.row_label(half.sources[0])
    right = add_up(
        parts, label=f"“{first}”等{len(parts)}行之和", label_en=f"the sum of {len(parts)} rows from “{first}”"
    )
    if left.value is not None and right.value is not None:
        yield compare(left, right, check=YEAR, rule=RULES[YEAR])


def check_grand_totals(book: Book) -> Iterator[Finding]:
    """Yield 总计 = 本年合计 + 上年结转 (+ 使用结余), 支出总计 = 本年支出 + 结转下年 (B01, D01)."""
    for half in _halves(book):
        if half.grand is None:
            continue
        parts = tuple(half.sheet.children.get(half.grand, ())) or _find_grand_parts(half)
        if not parts:
            continue
        for column in half.columns:
            yield from _compare_sum(half, half.grand, parts, column, check=GRAND)


def check_balance(book: Book) -> Iterator[Finding]:
    """Yield 收入总计 = 支出总计 between columns of equal coordinates (B01, D01)."""
    for sheet in _summaries(book):
        for income in find_halves(sheet, side="revenue"):
            for outgo in find_halves(sheet, side="expenditure"):
                if income.grand is None or outgo.grand is None:
                    continue
                for left, right in _alike(income.columns, outgo.columns):
                    yield _balance(sheet, income.grand, left, outgo.grand, right)


def check_fund_balance(book: Book) -> Iterator[Finding]:
    """Yield per fund: 本年收入 + 上年结转 = 支出总计 in the fund's column (B03, D04)."""
    for sheet in book.by_statement.get("appropriation_summary", []):
        rows = find_fund_rows(sheet)
        income = next(iter(find_halves(sheet, side="revenue")), None)
        outgo = next((h for h in find_halves(sheet, side="expenditure") if h.grand is not None), None)
        column = None if income is None else sheet.column("total", block=income.block)
        if income is None or outgo is None or outgo.grand is None or column is None:
            continue
        if income.balances and not any(carried for _, carried in rows):
            carried_in = [sheet.value(i, column) for i in income.balances]
            if any(carried_in):
                continue  # the balance carried in is not printed by fund
        for right in outgo.columns:
            if right.fund in ("all", "other") or right.measure != "total":
                continue
            if right.phase != column.phase or right.year != column.year:
                continue
            parts = [
                sheet.operand(rows[right.fund, carried], column)
                for carried in (False, True)
                if (right.fund, carried) in rows
            ]
            if parts:
                yield from _compare_fund(sheet, parts, outgo.grand, right)


def _compare_fund(sheet: Sheet, parts: list[Operand], grand: int, right: Column) -> Iterator[Finding]:
    names = "与".join(part.label for part in parts)
    left = add_up(
        parts,
        label=f"{names}{'之和' if len(parts) > 1 else ''}",
        label_en=" and ".join(p.label_en for p in parts),
    )
    other = sheet.operand(grand, right)
    if left.value is None and other.value is None:
        return
    yield compare(count_blank_as_zero(left), count_blank_as_zero(other), check=FUND, rule=RULES[FUND])


def _balance(sheet: Sheet, income: int, left: Column, outgo: int, right: Column) -> Finding:
    return compare(
        sheet.operand(income, left), sheet.operand(outgo, right), check=BALANCE, rule=RULES[BALANCE]
    )


def _summaries(book: Book) -> Iterator[Sheet]:
    for statement in SUMMARIES:
        yield from book.by_statement.get(statement, [])


def _halves(book: Book) -> Iterator[Half]:
    for sheet in _summaries(book):
        for side in ("revenue", "expenditure"):
            yield from find_halves(sheet, side=side)


def _alike(left: tuple[Column, ...], right: tuple[Column, ...]) -> Iterator[tuple[Column, Column]]:
    for one in left:
        for other in right:
            if (one.measure, one.year, one.phase, one.fund, one.carried) == (
                other.measure,
                other.year,
                other.phase,
                other.fund,
                other.carried,
            ):
                yield one, other


def _find_grand_parts(half: Half) -> tuple[int, ...]:
    """Return the summands of 总计. A year row that already holds the balances stands alone."""
    if half.year is None:
        return _without_subtotal(half) + half.balances
    own = () if half.year not in half.sheet.children else half.sources
    parts = (half.year, *own, *half.balances)
    inside = half.sources and half.year not in half.sheet.children
    if inside and _holds(half, half.year, half.sources + half.balances):
        return (half.year,)
    return parts


def _without_subtotal(half: Half) -> tuple[int, ...]:
    """Return the sources without a last one that is the sum of those before it, under another name."""
    column = half.columns[0]
    *before, last = half.sources or (None,)
    if last is None or len(before) < 2:
        return half.sources
    printed = half.sheet.operand(last, column)
    total = add_up([half.sheet.operand(i, column) for i in before if i is not None], label="", label_en="")
    if printed.value is None or total.value is None:
        return half.sources
    repeats = abs(printed.value - total.value) <= get_tolerance(printed, total)
    return tuple(i for i in before if i is not None) if repeats else half.sources


def _holds(half: Half, row: int, parts: tuple[int, ...]) -> bool:
    """Say whether a row equals the sum of rows in the first column, balances among them not nil."""
    balances = [half.sheet.value(i, half.columns[0]) for i in half.balances]
    return any(balances) and _equals(half, row, parts)


def _equals(half: Half, row: int, parts: tuple[int, ...]) -> bool:
    """Say whether a row equals the sum of rows in the first column."""
    column = half.columns[0]
    total = half.sheet.operand(row, column)
    everything = add_up([half.sheet.operand(i, column) for i in parts], label="", label_en="")
    return (
        total.value is not None
        and everything.value is not None
        and abs(total.value - everything.value) <= get_tolerance(total, everything)
    )


def _compare_sum(
    half: Half, row: int, parts: tuple[int, ...], column: Column, *, check: str
) -> Iterator[Finding]:
    sheet = half.sheet
    if column.key not in sheet.rows[row].figures and not any(
        column.key in sheet.rows[i].figures for i in parts
    ):
        return
    left = sheet.operand(row, column)
    operands = [sheet.operand(i, column) for i in parts]
    if len(parts) <= 4:
        label = " + ".join(f"“{sheet.row_label(i)}”" for i in parts)
        label_en = label
    else:
        label = f"“{sheet.row_label(parts[0])}”等{len(parts)}行之和"
        label_en = f"the sum of {len(parts)} rows from “{sheet.row_label(parts[0])}”"
    right = add_up(operands, label=label, label_en=label_en, unit=sheet.unit)
    if left.value is None and right.value:
        reason = ("合计未填列而各项有数", "the total is blank while its rows are printed")
        yield undetermined(left, right, check=check, reason=reason, severity="warning")
        return
    if left.value and right.value is None:
        reason = ("各项均未填列", "all of its rows are blank")
        yield undetermined(left, None, check=check, reason=reason)
        return
    if left.value is not None:
        right = count_blank_as_zero(right)
    yield compare(left, right, check=check, rule=RULES[check])
