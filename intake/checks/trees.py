"""Sums down a table: parent = Σ children, total = Σ top rows (B02, B04, B05, B07)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from intake.checks.book import Book
from intake.checks.compare import Operand, add_up, compare, count_blank_as_zero, get_tolerance, undetermined
from intake.checks.names import find_role
from intake.checks.sheets import Sheet
from intake.parsing.draft import Column, Finding

SUMMARIES = ("department_summary", "appropriation_summary")
"""Two-sided tables: their totals are made of incomes and carry-overs, see ``summaries``."""

LISTS = ("performance", "department_performance")
"""Sheets of objectives: their amounts repeat the projects', they are no sums."""

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
        if sheet.statement in LISTS:
            continue
        sums = [
            Sum(parent, tuple(rows), CHILDREN)
            for parent, rows in sheet.children.items()
            if sheet.rows[parent].kind != "total" and not _is_summary_total(sheet, parent)
        ]
        yield from _check_sums(sheet, sums, rule=RULE)


def check_totals(book: Book) -> Iterator[Finding]:
    """Yield 合计 = Σ类 (or of the leaf rows, where only they are printed) in each money column."""
    for sheet in book.sheets:
        if sheet.statement in SUMMARIES or sheet.statement in LISTS:
            continue
        for total in (index for index, row in enumerate(sheet.rows) if row.kind == "total"):
            parts = _find_summands(sheet, total)
            if parts:
                yield from _check_sums(sheet, [Sum(total, parts, TOTAL)], rule=RULE_TOTAL)


def _is_summary_total(sheet: Sheet, row: int) -> bool:
    """Say whether a row is 本年合计 or 总计 of a two-sided table, which ``summaries`` judges."""
    return sheet.statement in SUMMARIES and find_role(sheet.rows[row].name) in ("year", "grand", "total")


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
    if not own and row.unit_name is not None:  # its name is the unit's, which no row below repeats
        own = [
            index
            for index, other in enumerate(sheet.rows)
            if index != total and other.parent is None and other.kind == "item" and other.unit_name is None
        ]
    candidates = _find_candidates(sheet, own)
    return next((c for c in candidates if _agrees(sheet, Sum(total, c, TOTAL))), candidates[0])


def _find_candidates(sheet: Sheet, own: list[int]) -> list[tuple[int, ...]]:
    """Return the sets of top rows a total may be the sum of, the likeliest first.

    Sub-units or items where both stand side by side; without rows of a deeper level that lost
    their parent; without a first row that repeats the total for the whole department.
    """
    units = tuple(index for index in own if sheet.rows[index].kind == "unit")
    items = tuple(index for index in own if sheet.rows[index].kind == "item")
    top = min((_depth(sheet.rows[index].level) for index in own), default=0)
    found = [items or units, units, tuple(own)]
    found += [tuple(i for i in rows if _depth(sheet.rows[i].level) == top) for rows in found]
    found += [tuple(own[1:])]
    return [rows for rows in found if rows] or [()]


def _depth(level: str) -> int:
    """Return how deep a level is, the class or first indentation as 1."""
    names = {"class": 1, "subclass": 2, "item": 3}
    digits = level.removeprefix("depth-")
    return int(digits) if digits.isdigit() else names.get(level, 1)


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
    if findings and _rows_are_missing(findings):
        sheet.misses_rows = True
        yield _missing_rows(sheet, findings)
        return
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
    unknown = sheet.statement == "other" and not any(f.outcome in ("match", "rounding") for _, f in findings)
    for row, finding in findings:
        if unknown and finding.outcome == "mismatch":
            yield _not_known_to_add_up(sheet, row, finding)
        else:
            yield finding


def _not_known_to_add_up(sheet: Sheet, row: int, finding: Finding) -> Finding:
    """Return the remark on a table of unknown kind none of whose sums holds: perhaps it has none."""
    reason = (
        f"印出 {finding.left or 0:f}，各行之和为 {finding.right or 0:f}；这张表不是规定的表，各行未必应当相加",
        f"{finding.left or 0:f} is printed, its rows add up to {finding.right or 0:f}; this is not one of the "
        "prescribed tables, and its rows need not add up",
    )
    return undetermined(sheet.operand(row, sheet.money[0]), None, check=finding.check, reason=reason)


def _missing_rows(sheet: Sheet, findings: list[tuple[int, Finding]]) -> Finding:
    """Return one remark for all columns of a heading whose rows are not all there."""
    broken = [(row, finding) for row, finding in findings if finding.outcome == "mismatch"]
    row, first = broken[0]
    gaps = "、".join(f"{finding.difference:,f}" for _, finding in broken)
    reason = (
        f"印出 {first.left:,f}，其下各行之和 {first.right:,f}，各栏都多出（{gaps}），有几行没有印出或没有读到，请查看原件",
        f"{first.left:,f} is printed and its rows add up to {first.right:,f}; every column exceeds them ({gaps}), so "
        "rows are not printed or were not read: please look",
    )
    left = sheet.operand(row, sheet.money[0])
    remark = undetermined(left, None, check=first.check, reason=reason, severity="warning", hint=True)
    return replace(
        remark, left=first.left, right=first.right, difference=first.difference, tolerance=first.tolerance
    )


def _rows_are_missing(findings: list[tuple[int, Finding]]) -> bool:
    """Say whether a whole row seems to be absent below one heading.

    A wrong figure breaks one column (and the total over it) by one amount. Two different gaps on
    the same side in one row's columns, with nothing the other way, are a row that is not there.
    """
    gaps: dict[int, list[Decimal]] = {}
    for row, finding in findings:
        if finding.outcome == "mismatch" and finding.difference is not None:
            gaps.setdefault(row, []).append(finding.difference)
    return any(len(set(found)) >= 3 and min(found) > 0 for found in gaps.values())


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
    finding = compare(left, count_blank_as_zero(right), check=found.check, rule=rule)
    if (
        finding.outcome == "mismatch"
        and finding.difference
        and finding.difference > 0
        and _rows_are_lost(sheet)
    ):
        reason = (
            f"比其下各行之和多 {finding.difference:,f}，而表中另有科目没有下级行，可能有几行没有读到",
            f"it exceeds the sum of its rows by {finding.difference:,f} while other headings of the table have "
            "no rows at all: rows may not have been read",
        )
        return undetermined(left, right, check=found.check, reason=reason, severity="warning")
    if finding.outcome == "mismatch" and _levels_are_guessed(sheet, found, column, finding.difference):
        reason = (
            "这张表没有印科目编码，层级由缩进和顺序推断；差额恰好等于其中一行，可能是层级没有认准",
            "the table prints no codes, levels follow from order; the gap is just one of its rows, "
            "so the level of that row may be misread",
        )
        return undetermined(left, right, check=found.check, reason=reason)
    return finding


def _rows_are_lost(sheet: Sheet) -> bool:
    """Say whether some 款 with figures have their 项 below them and others have none."""
    headings = [i for i, row in enumerate(sheet.rows) if row.level == "subclass" and sheet.has_figures(i)]
    empty = [index for index in headings if index not in sheet.children]
    return bool(empty) and len(empty) < len(headings)


def _levels_are_guessed(sheet: Sheet, found: Sum, column: Column, gap: Decimal | None) -> bool:
    """Say whether the rows have no codes, several levels, and the gap is the figure of one row."""
    rows = [(index, row) for index, row in enumerate(sheet.rows) if row.kind != "total"]
    if any(row.code for _, row in rows) or len({row.level for _, row in rows}) < 2 or gap is None:
        return False
    return any(sheet.value(index, column) == abs(gap) for index, _ in rows if index != found.row)


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
