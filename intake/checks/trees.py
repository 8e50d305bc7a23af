"""Sums down a table: parent = Σ children, total = Σ top rows (B02, B04, B05, B07)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intake.checks.compare import Operand, add_up, compare, count_blank_as_zero, get_tolerance, undetermined
from intake.checks.sheets import Book, Sheet
from intake.parsing.draft import Column, Finding

SUMMARIES = ("department_summary", "appropriation_summary")
"""Two-sided tables: their totals are made of incomes and carry-overs, see ``summaries``."""

CHILDREN = "children-add-up"
TOTAL = "total-adds-up"
RULE = ("上级科目等于其下级科目之和", "a heading is the sum of the rows below it")
RULE_TOTAL = ("合计等于各行之和", "the total is the sum of its rows")


@dataclass(frozen=True, slots=True)
class Sum:
    """One row and its summands."""

    row: int
    parts: tuple[int, ...]
    check: str


def check_children(book: Book) -> Iterator[Finding]:
    """Yield 类 = Σ款 and 款 = Σ项 in each money column, and sub-rows of summaries.

    Source: Budget Law art. 46 (general public budget by function down to 项).
    """
    for sheet in book.sheets:
        sums = [
            Sum(parent, tuple(rows), CHILDREN)
            for parent, rows in sheet.children.items()
            if sheet.rows[parent].kind != "total"
        ]
        yield from _check_sums(sheet, sums, rule=RULE)


def check_totals(book: Book) -> Iterator[Finding]:
    """Yield 合计 = Σ类 (or of the leaf rows, where only they are printed) in each money column."""
    for sheet in book.sheets:
        if sheet.statement in SUMMARIES:
            continue
        for total in (index for index, row in enumerate(sheet.rows) if row.kind == "total"):
            parts = _find_summands(sheet, total)
            if parts:
                yield from _check_sums(sheet, [Sum(total, parts, TOTAL)], rule=RULE_TOTAL)


def find_top_rows(sheet: Sheet, total: int) -> tuple[int, ...]:
    """Return the rows a total is made of: its children, else the top items of its side."""
    return _find_summands(sheet, total)


def _find_summands(sheet: Sheet, total: int) -> tuple[int, ...]:
    """Return the summands of a total row: sub-units where they hold the tree, else top items.

    Where sub-unit rows and top items stand side by side (units listed, then functions), the set
    that gives the printed total in its first column is meant.
    """
    row, block = sheet.rows[total], sheet.blocks[total]
    if total in sheet.children:
        return tuple(sheet.children[total])
    own = [
        index
        for index, other in enumerate(sheet.rows)
        if index != total
        and other.parent is None
        and other.kind in ("item", "unit")
        and (row.side is None or other.side in (row.side, None))
        and (row.unit_name is None or other.unit_name == row.unit_name)
        and (not block or sheet.blocks[index] in (block, 0))
    ]
    units = tuple(index for index in own if sheet.rows[index].kind == "unit")
    items = tuple(index for index in own if sheet.rows[index].kind == "item")
    if not units or not items:
        return units or items
    for candidate in (units, items, tuple(own)):
        if _agrees(sheet, Sum(total, candidate, TOTAL)):
            return candidate
    return items


def _agrees(sheet: Sheet, found: Sum) -> bool:
    column = next((c for c in sheet.money if sheet.value(found.row, c) is not None), None)
    if column is None:
        return False
    left, right = _sides(sheet, found, column)
    return (
        left.value is not None
        and right.value is not None
        and abs(left.value - right.value) <= get_tolerance(left, right)
    )


def _check_sums(sheet: Sheet, sums: list[Sum], *, rule: tuple[str, str]) -> Iterator[Finding]:
    """Yield the findings of all sums; if most rows disagree, the levels were not understood."""
    findings: list[tuple[int, Finding]] = []
    for found in sums:
        for column in sheet.money:
            finding = _check_sum(sheet, found, column, rule=rule)
            if finding is not None:
                findings.append((found.row, finding))
    judged = {row for row, finding in findings if finding.outcome != "undetermined"}
    broken = {row for row, finding in findings if finding.outcome == "mismatch"}
    if len(broken) >= 3 and len(broken) * 2 > len(judged):
        first = sheet.operand(min(broken), sheet.money[0])
        reason = (
            f"{len(judged)}个上级科目中有{len(broken)}个不等于其下级之和，可能没有正确认出层级",
            f"{len(broken)} of {len(judged)} headings differ from their rows, so the levels may be misread",
        )
        yield undetermined(first, None, check=sums[0].check, reason=reason)
        return
    for _, finding in findings:
        yield finding


def _check_sum(sheet: Sheet, found: Sum, column: Column, *, rule: tuple[str, str]) -> Finding | None:
    if not any(column.key in sheet.rows[index].figures for index in (found.row, *found.parts)):
        return None
    left, right = _sides(sheet, found, column)
    if left.value is None and right.value is None:
        both_blank = sheet.statement in SUMMARIES and column.key in sheet.rows[found.row].figures
        return compare(left, right, check=found.check, rule=rule) if both_blank else None
    if left.value is None:
        if right.value == 0:
            return None
        reason = (
            f"合计未填列，而各行之和为 {right.value:f}",
            f"it is blank while its rows add up to {right.value:f}",
        )
        return undetermined(left, right, check=found.check, reason=reason, severity="warning")
    if right.value is None and left.value != 0:
        reason = ("下级各行均未填列", "all of its rows are blank")
        return undetermined(left, None, check=found.check, reason=reason)
    return compare(left, count_blank_as_zero(right), check=found.check, rule=rule)


def _sides(sheet: Sheet, found: Sum, column: Column) -> tuple[Operand, Operand]:
    parts = [sheet.operand(index, column) for index in found.parts]
    printed = [part for part in parts if part.value is not None]
    head, head_en = sheet.column_label(column)
    count = len(found.parts)
    right = add_up(
        printed,
        unit=sheet.unit,
        label=f"其下{count}行{head}之和",
        label_en=f"the sum of its {count} rows ({head_en})",
    )
    return sheet.operand(found.row, column), right
