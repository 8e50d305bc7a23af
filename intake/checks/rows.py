"""On every row, the whole column equals its part columns (B03–B07, D03, D06, D07)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from decimal import Decimal
from itertools import product

from intake.checks.book import Book
from intake.checks.compare import Operand, add_up, compare, count_blank_as_zero, undetermined
from intake.checks.sheets import Sheet
from intake.parsing.draft import Column, Finding

SPLITS: dict[str, tuple[tuple[str, ...], ...]] = {
    "basic": (("personnel", "operating"),),
    "vehicle_total": (("vehicle_purchase", "vehicle_operation"),),
    "three_public": (("overseas_travel", "vehicle_total", "official_reception"),),
    "total": (
        (
            "basic",
            "project",
            "special_operations",
            "contingency",
            "business",
            "superior_remittance",
            "affiliate_subsidy",
        ),
        ("overseas_travel", "vehicle_total", "official_reception"),
        ("three_public", "meetings", "training"),
        ("goods", "works", "services"),
    ),
}
"""The measures that a measure is made of, with the variants met; every printed one must take part."""

FUND_PARTS: dict[str, tuple[str, ...]] = {
    "appropriation": ("general_public", "government_fund", "state_capital"),
    "unit_funds": ("service", "business", "superior_subsidy", "affiliate", "other"),
}
"""Subtotals among the sources of money: 财政拨款小计, 单位资金."""

PARTS = "row-parts"
FUNDS = "row-funds"
BALANCE = "row-balance"
RULE_BALANCE = (
    "年初结转加本年收入等于本年支出加年末结转",
    "opening balance and revenue equal spending and closing balance",
)
RULE = ("同一行的合计等于各组成栏之和", "a row's total is the sum of its part columns")
RULE_FUNDS = (
    "同一行的合计等于各资金来源栏之和",
    "a row's total is the sum of its columns by source of money",
)

Split = tuple[Column, tuple[Column, ...]]


def check_row_parts(book: Book) -> Iterator[Finding]:
    """Yield 合计 = 基本 + 项目 (+ 经营 …), 基本 = 人员 + 公用, 三公 and 采购 parts, on each row.

    Source: Budget Law implementing regulations art. 5 (支出 = 基本 + 项目, 基本 = 人员 + 公用).
    """
    for sheet in book.sheets:
        splits = find_measure_splits(sheet)
        trusted = _find_trusted(sheet, splits)
        for variants in splits:
            yield from _check_rows(sheet, variants, check=PARTS, rule=RULE, trusted=trusted)


def check_row_funds(book: Book) -> Iterator[Finding]:
    """Yield 合计 = 一般公共预算 + 政府性基金 + … and 合计 = 本年 + 上年结转, on each row."""
    for sheet in book.sheets:
        for variants in find_fund_splits(sheet):
            yield from _check_rows(sheet, variants, check=FUNDS, rule=RULE_FUNDS)


def check_row_balance(book: Book) -> Iterator[Finding]:
    """Yield 年初结转 + 本年收入 = 本年支出 + 年末结转 on each row of a final account's fund tables (D06)."""
    for sheet in book.sheets:
        columns = [
            sheet.column(measure) for measure in ("opening_balance", "revenue", "total", "closing_balance")
        ]
        opening, revenue, spent, closing = columns
        if opening is None or revenue is None or spent is None or closing is None:
            continue
        for index in range(len(sheet.rows)):
            if not sheet.has_figures(index):
                continue
            left = _pair(sheet, index, opening, revenue)
            right = _pair(sheet, index, spent, closing)
            yield compare(
                count_blank_as_zero(left), count_blank_as_zero(right), check=BALANCE, rule=RULE_BALANCE
            )


def _pair(sheet: Sheet, row: int, one: Column, other: Column) -> Operand:
    parts = [sheet.operand(row, one), sheet.operand(row, other)]
    heads = [sheet.column_label(column) for column in (one, other)]
    name = sheet.row_label(row)
    return add_up(
        parts,
        label=f"{sheet.title}“{name}”{heads[0][0]} + {heads[1][0]}",
        label_en=f"{sheet.title_en}, “{name}”, {heads[0][1]} + {heads[1][1]}",
    )


def find_measure_splits(sheet: Sheet) -> list[list[Split]]:
    """Return for each whole column the ways its row identity may read, fullest first."""
    groups: dict[tuple[object, ...], dict[str, Column]] = defaultdict(dict)
    for column in sheet.money:
        groups[column.block, column.year, column.phase, column.fund, column.carried][column.measure] = column
    return [
        variants
        for columns in groups.values()
        for measure in SPLITS
        if measure in columns and (variants := _measure_variants(columns, measure))
    ]


def find_fund_splits(sheet: Sheet) -> list[list[Split]]:
    """Return the row identities over sources of money and over current and carried-over money."""
    groups: dict[tuple[object, ...], list[Column]] = defaultdict(list)
    for column in sheet.money:
        # a balance carried over stands beside any measure's sources
        measure = "total" if column.measure == "other" and column.fund == "carried_over" else column.measure
        groups[column.block, column.year, column.phase, measure].append(column)
    found = []
    for columns in groups.values():
        for whole in columns:
            variants = [(whole, parts) for parts in _fund_parts(whole, columns) if len(parts) > 1]
            variants += [(whole, parts) for parts in _carried_parts(whole, columns) if len(parts) > 1]
            if variants:
                found.append(variants)
    return found


def _measure_variants(columns: dict[str, Column], measure: str) -> list[Split]:
    found: list[Split] = []
    for parts in SPLITS[measure]:
        printed = [_printed(columns, part) for part in parts]
        if len([part for part in printed if part]) < 2 and not (
            len(printed) > 2 and _split_by_own_parts(printed)
        ):
            continue
        chosen = tuple(column for part in printed for column in part)
        if len(chosen) > 1 and all(chosen != other[1] for other in found):
            found.append((columns[measure], chosen))
    return found


def _split_by_own_parts(printed: list[tuple[Column, ...]]) -> bool:
    """Say whether the only part printed is itself printed as its parts (人员 + 公用 alone)."""
    return any(len(part) > 1 for part in printed)


def _printed(columns: dict[str, Column], measure: str) -> tuple[Column, ...]:
    """Return the column of a part, or, where that is not printed, the columns of its own parts."""
    if measure in columns:
        return (columns[measure],)
    inner = SPLITS.get(measure, ((),))[0]
    return tuple(columns[part] for part in inner if part in columns)


def _fund_parts(whole: Column, columns: list[Column]) -> Iterator[tuple[Column, ...]]:
    """Yield the sets of columns a whole may be made of, subtotals standing for their own parts."""
    if whole.fund in FUND_PARTS:
        yield tuple(c for c in columns if c.fund in FUND_PARTS[whole.fund] and c.carried == whole.carried)
        return
    if whole.fund != "all":
        return
    single = [c for c in columns if c.fund not in ("all", "earmarked") and not is_of_which(c)]
    printed = {c.fund for c in single}
    for subtotal, parts in FUND_PARTS.items():
        if subtotal in printed:
            outside = [c for c in single if c.fund not in parts]
            if subtotal == "unit_funds":  # its name is used for the whole and for the rest
                yield from _by_carried(whole, columns, single)
            single = outside
    yield from _by_carried(whole, columns, single)


def _by_carried(whole: Column, columns: list[Column], single: list[Column]) -> Iterator[tuple[Column, ...]]:
    """Yield the columns with and without the balance carried over, where it has its own column."""
    yield tuple(single)
    yield tuple(c for c in single if c.carried == whole.carried)
    current = tuple(c for c in single if c.carried != "carried_over" and c.fund != "carried_over")
    carried = [
        c for c in columns if c is not whole and (c.carried == "carried_over" or c.fund == "carried_over")
    ]
    whole_carried = [c for c in carried if c.fund in ("all", "carried_over")]
    if whole.carried == "all" and whole_carried:
        yield (*current, whole_carried[0])
    yield current


def is_of_which(column: Column) -> bool:
    """Say whether a column is headed 其中: a part shown again, not a summand."""
    return bool(column.heading) and column.heading[-1].startswith("其中")


def _carried_parts(whole: Column, columns: list[Column]) -> Iterator[tuple[Column, ...]]:
    if whole.carried != "all":
        return
    alike = [c for c in columns if c is not whole and c.fund in (whole.fund, "carried_over")]
    current = [c for c in alike if c.carried == "current"]
    carried = [c for c in alike if c.carried == "carried_over" or c.fund == "carried_over"]
    for pair in product(current, carried):
        if pair[0] is not pair[1]:
            yield pair


def _find_trusted(sheet: Sheet, splits: list[list[Split]]) -> set[tuple[str, ...]]:
    """Return the identities that the rows of one year or phase follow: they hold for the others too."""
    return {
        _measures(split)
        for variants in splits
        for split in variants
        if (counted := _count_agreeing(sheet, split))[1] and counted[0] * 2 >= counted[1]
    }


def _measures(split: Split) -> tuple[str, ...]:
    whole, parts = split
    return (whole.measure, *(part.measure for part in parts))


def _check_rows(
    sheet: Sheet,
    variants: list[Split],
    *,
    check: str,
    rule: tuple[str, str],
    trusted: Collection[tuple[str, ...]] = (),
) -> Iterator[Finding]:
    """Yield the findings of the variant that most rows follow.

    An identity that most rows of a table break is our misreading of its columns (an 其中 column,
    a column of another kind), not the publisher's error: then one "cannot be judged" is said,
    unless the same identity holds in the columns of another year.
    """
    scored = [(_count_agreeing(sheet, split), split) for split in variants]
    (agreeing, judged), (whole, parts) = max(scored, key=lambda item: item[0][0])
    if judged >= 2 and agreeing * 2 < judged and _measures((whole, parts)) not in trusted:
        first = next(i for i, row in enumerate(sheet.rows) if whole.key in row.figures)
        names = "、".join(sheet.column_label(part)[0] for part in parts)
        reason = (
            f"{judged}行中只有{agreeing}行等于{names}之和，这些栏可能不是它的全部组成",
            f"only {agreeing} of {judged} rows equal the sum of the part columns, which may not be all its parts",
        )
        yield undetermined(sheet.operand(first, whole), None, check=check, reason=reason)
        return
    for index, row in enumerate(sheet.rows):
        if whole.key in row.figures:
            yield from _check_row(sheet, index, whole, parts, check=check, rule=rule)


def _check_row(
    sheet: Sheet, row: int, whole: Column, parts: tuple[Column, ...], *, check: str, rule: tuple[str, str]
) -> Iterator[Finding]:
    figures = sheet.rows[row].figures
    if all(c.key not in figures or figures[c.key].value is None for c in (whole, *parts)):
        return
    left = sheet.operand(row, whole)
    operands = [sheet.operand(row, part) for part in parts]
    printed = [operand for operand in operands if operand.value is not None]
    names = " + ".join(sheet.column_label(part)[0] for part in parts)
    names_en = " + ".join(sheet.column_label(part)[1] for part in parts)
    right = add_up(operands, label=f"同行{names}之和", label_en=f"the sum of {names_en} on its row")
    if left.value is None and printed:
        reason = ("合计未填列而组成部分有数", "the total is blank while its parts are printed")
        yield undetermined(left, right, check=check, reason=reason, severity="warning")
        return
    if not printed and left.value:
        reason = ("各组成栏均未填列", "all of its part columns are blank")
        yield undetermined(left, None, check=check, reason=reason)
        return
    finding = compare(left, count_blank_as_zero(right), check=check, rule=rule)
    gap = finding.difference
    if finding.outcome == "mismatch" and gap is not None and gap > 0:
        other = _find_other_part(sheet, row, whole, parts, gap=gap)
        if other is not None:
            name, name_en = sheet.column_label(other)
            reason = (
                f"差额恰好等于“{name}”栏，它可能也是组成部分",
                f"the gap is the column {name_en}, perhaps a part too",
            )
            finding = undetermined(left, right, check=check, reason=reason)
    yield finding


def _find_other_part(
    sheet: Sheet, row: int, whole: Column, parts: tuple[Column, ...], *, gap: Decimal
) -> Column | None:
    """Return a column of the same year that is not among the parts and holds just the gap."""
    used = {whole.key, *(part.key for part in parts)}
    inner = {name for part in parts for names in SPLITS.get(part.measure, ()) for name in names}
    return next(
        (
            c
            for c in sheet.money
            if c.key not in used
            and c.measure not in inner
            and (c.block, c.year, c.phase) == (whole.block, whole.year, whole.phase)
            and sheet.value(row, c) == gap
        ),
        None,
    )


def _count_agreeing(sheet: Sheet, split: Split) -> tuple[int, int]:
    """Return how many rows satisfy an identity, of how many that print its whole and a part."""
    whole, parts = split
    agreeing = judged = 0
    for row in sheet.rows:
        figure = row.figures.get(whole.key)
        if figure is None or figure.value is None:
            continue
        values = [row.figures[c.key].value for c in parts if c.key in row.figures]
        printed = [value for value in values if value is not None]
        if not printed:
            continue
        judged += 1
        slack = sheet.step * max(1, -(-(len(printed) + 1) // 2))
        agreeing += abs(figure.value - sum(printed, Decimal(0))) <= slack
    return agreeing, judged
