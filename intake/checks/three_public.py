"""“三公”经费 against the basic expenditure table, and final against budgeted figures (X08, D07)."""

from __future__ import annotations

from collections.abc import Iterator

from intake.checks.book import Book
from intake.checks.compare import Operand, add_up, compare, count_blank_as_zero
from intake.checks.names import clean
from intake.checks.sheets import Sheet
from intake.parsing.draft import Finding

ITEMS = "three-public-covers-basic"
WITHIN = "three-public-within-budget"

RULES = {
    ITEMS: (
        "“三公”经费含基本支出和项目支出，不会少于基本支出表的同一科目",
        "the “three public” amount covers basic and project money, so it is not less than the basic item",
    ),
    WITHIN: ("“三公”经费决算不应超过预算", "final “three public” expenses should not exceed their budget"),
}
ECONOMIC_ITEMS: dict[str, tuple[str, ...]] = {
    "official_reception": ("30217",),
    "vehicle_operation": ("30231",),
    "vehicle_purchase": ("30913", "31013"),
    "overseas_travel": ("30212",),
}
WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("overseas_travel", ("因公出国", "出国(境)")),
    ("official_reception", ("公务接待", "接待费")),
    ("vehicle_total", ("购置及运行", "购置和运行", "购置及运维", "车辆购置及")),
    ("vehicle_purchase", ("购置",)),
    ("vehicle_operation", ("运行", "运维")),
    ("meetings", ("会议费",)),
    ("training", ("培训费",)),
    ("total", ("合计", "总计", "三公")),
)
"""What a row of a “three public” table is when its items are rows; the first word found decides."""


def find_measure(name: str) -> str | None:
    """Return the measure that the name of an item means."""
    text = clean(name)
    return next((measure for measure, words in WORDS if any(word in text for word in words)), None)


def find_item(
    sheet: Sheet, measure: str, *, year: int | None = None, phase: str | None = None
) -> Operand | None:
    """Return one item of a “three public” table, whether items are columns or rows.

    Where the table has a row for each unit, its total row is meant.
    """
    column = sheet.column(measure, year=year, phase=phase)
    if column is not None and measure != "total":
        row = sheet.find_total()
        if row is None and len([i for i in range(len(sheet.rows)) if sheet.has_figures(i)]) == 1:
            row = next(i for i in range(len(sheet.rows)) if sheet.has_figures(i))
        return None if row is None else sheet.operand(row, column)
    main = sheet.whole(year=year, phase=phase)
    if main is None:
        return None
    if len(sheet.money) > 1 and sheet.column("vehicle_total", year=year, phase=phase) is not None:
        row = sheet.find_total()
        row = 0 if row is None and len(sheet.rows) == 1 else row
        return None if row is None else sheet.operand(row, main)
    rows = [i for i, printed in enumerate(sheet.rows) if find_measure(printed.name) == measure]
    return sheet.operand(rows[0], main) if rows else None


def check_three_public_items(book: Book) -> Iterator[Finding]:
    """Yield per item: “三公” ≥ the same economic item of the basic expenditure table (X08).

    A blank item counts as zero only where the table prints other figures.
    """
    for public, economic in book.pairs("three_public", "basic_by_economic"):
        for measure, codes in ECONOMIC_ITEMS.items():
            left = find_item(public, measure)
            right = _find_codes(economic, codes)
            if left is None or right is None or (left.value is None and not right.value):
                continue
            yield compare(
                count_blank_as_zero(left),
                count_blank_as_zero(right),
                check=ITEMS,
                rule=RULES[ITEMS],
                relation="ge",
                severity="warning",
            )


def check_three_public_budget(book: Book) -> Iterator[Finding]:
    """Yield per item of a final account: 决算数 ≤ 预算数 (D07, soft)."""
    sheet = book.find("three_public")
    if sheet is None or not book.is_final:
        return
    for measure in (
        "total",
        "overseas_travel",
        "vehicle_purchase",
        "vehicle_operation",
        "official_reception",
    ):
        executed = find_item(sheet, measure, phase="executed")
        for phase in ("revised", "approved"):
            budget = find_item(sheet, measure, phase=phase)
            if budget is not None and executed is not None and (budget.value or executed.value):
                yield compare(
                    count_blank_as_zero(budget),
                    count_blank_as_zero(executed),
                    check=WITHIN,
                    rule=RULES[WITHIN],
                    relation="ge",
                    severity="warning",
                )
                break


def _find_codes(economic: Sheet, codes: tuple[str, ...]) -> Operand | None:
    found = [
        operand
        for code in codes
        if code in economic.by_code("economic_dept")
        and (operand := economic.code_operand(code, scheme="economic_dept")) is not None
    ]
    if len(found) < 2:
        return found[0] if found else None
    return add_up(
        found,
        label=" + ".join(operand.label for operand in found),
        label_en=" + ".join(operand.label_en for operand in found),
    )
