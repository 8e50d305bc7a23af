"""A column 增减 beside two years: the difference, or the percentage, of the two (X13 within a file)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from intake.checks.book import Book
from intake.checks.compare import Operand, add_up, compare, count_blank_as_zero
from intake.checks.sheets import Sheet
from intake.parsing.draft import Column, Finding

CHANGE = "year-change-column"
RULE = ("增减数等于本年数减上年数", "the change is this year's figure less last year's")
SHORT_NAMES = {"travel": "overseas_travel", "reception": "official_reception"}

Expected = Callable[[Sheet, int, Column, Column], Operand]


def check_change_columns(book: Book) -> Iterator[Finding]:
    """Yield on each row: 增减 = 本年 − 上年, or 增减% of them, where both years are printed.

    Whether a column holds amounts or percentages is not always printed; it is the one that most
    of its rows follow, and where none is, the column is not judged.
    """
    for sheet in book.sheets:
        for column in sheet.table.columns:
            pair = _find_pair(sheet, column)
            if pair is not None:
                yield from _check_column(sheet, column, *pair)


def _find_pair(sheet: Sheet, column: Column) -> tuple[Column, Column] | None:
    """Return (this year's, last year's) column of what the change is of."""
    if not column.measure.startswith("change") or sheet.fiscal_year is None:
        return None
    name = column.measure.removeprefix("change").removeprefix("_") or "total"
    measures = {c.measure for c in sheet.money}
    measure = SHORT_NAMES.get(name, name)
    if measure not in measures:
        measure = next((m for m in sorted(measures) if m.startswith(name)), "")
    now = sheet.column(measure, block=column.block)
    before = sheet.column(measure, block=column.block, year=sheet.fiscal_year - 1)
    if now is None or before is None or now is before or before.year is None:
        return None
    return now, before


def _check_column(sheet: Sheet, column: Column, now: Column, before: Column) -> Iterator[Finding]:
    rows = [i for i in range(len(sheet.rows)) if sheet.value(i, column) is not None]
    for expected in (_difference, _percentage):
        findings = [
            compare(sheet.operand(i, column), expected(sheet, i, now, before), check=CHANGE, rule=RULE)
            for i in rows
            if expected is _difference or sheet.value(i, before)
        ]
        agreeing = sum(finding.outcome in ("match", "rounding") for finding in findings)
        telling = any(finding.left for finding in findings if finding.outcome != "mismatch")
        if findings and telling and agreeing * 2 > len(findings):
            yield from findings
            return


def _difference(sheet: Sheet, row: int, now: Column, before: Column) -> Operand:
    parts = [count_blank_as_zero(sheet.operand(row, column)) for column in (now, before)]
    return add_up(
        parts, signs=(1, -1), label="同行本年数减上年数", label_en="this year less last year on its row"
    )


def _percentage(sheet: Sheet, row: int, now: Column, before: Column) -> Operand:
    this, last = sheet.value(row, now) or Decimal(0), sheet.value(row, before) or Decimal(1)
    return Operand(
        value=((this - last) / last * 100).quantize(Decimal("0.01")),
        unit=sheet.unit,
        step=Decimal("0.01"),
        label="同行两年数的增减百分比",
        label_en="the percentage of change of the two years on its row",
        places=sheet.operand(row, now).places,
        table=sheet.index,
    )
