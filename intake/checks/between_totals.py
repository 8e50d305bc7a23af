"""Between the summaries and the tables they sum up (X01–X04, D02, D03, D05)."""

from __future__ import annotations

from collections.abc import Iterator

from intake.checks.book import Book
from intake.checks.compare import Operand, add_up, compare, count_blank_as_zero
from intake.checks.copies import agree, compare_any
from intake.checks.halves import Half, find_fund_rows, find_halves
from intake.checks.names import clean
from intake.checks.sheets import Sheet
from intake.parsing.draft import Finding

EXPENDITURE = "summary-equals-expenditure-table"
REVENUE = "summary-equals-revenue-table"
FUNDS = "appropriation-in-both-summaries"
CLASSES = "classes-in-both-summaries"
BUDGET_TABLE = "appropriation-equals-budget-table"

RULES = {
    EXPENDITURE: (
        "部门支出总表的合计就是收支总表的本年支出",
        "the expenditure table's total is the year's expenditure of the summary",
    ),
    REVENUE: (
        "部门收入总表的合计就是收支总表的收入",
        "the revenue table's total is the revenue of the summary",
    ),
    FUNDS: (
        "同一项拨款收入在收支总表和财政拨款收支总表中应一致",
        "the same appropriation stands in the department's summary and in the appropriation summary",
    ),
    CLASSES: (
        "部门全部支出包含财政拨款支出",
        "all expenditure of the department includes what is paid from appropriations",
    ),
    BUDGET_TABLE: (
        "财政拨款收支总表的该项支出就是相应预算支出表的合计",
        "the appropriation summary's expenditure is the total of that budget's own table",
    ),
}
KINDS = {"基本支出": "basic", "项目支出": "project"}
"""Rows of a summary's half by kind of expenditure."""

TABLE_OF_FUND = {
    "general_public": "expenditure_by_function",
    "government_fund": "fund_expenditure",
    "state_capital": "state_capital_expenditure",
}


def check_expenditure_total(book: Book) -> Iterator[Finding]:
    """Yield 部门支出总表.合计 = 收支总表.本年支出 (X01, D03)."""
    for summary, table in book.pairs("department_summary", "expenditure_summary"):
        half = _first_half(summary, "expenditure")
        total, column = table.find_total(), table.whole()
        if half is None or total is None or column is None:
            continue
        rights = _year_and_grand(half)
        if rights:
            yield compare_any(
                table.operand(total, column), rights, check=EXPENDITURE, rule=RULES[EXPENDITURE]
            )


def check_expenditure_kinds(book: Book) -> Iterator[Finding]:
    """Yield 收支总表's rows 基本支出 and 项目支出 = those columns of 部门支出总表 (X01)."""
    for summary, table in book.pairs("department_summary", "expenditure_summary"):
        total = table.find_total()
        for index, row in enumerate(summary.rows):
            measure = KINDS.get(clean(row.name))
            column = None if measure is None else table.column(measure)
            right = summary.own_operand(index)
            if row.side != "expenditure" or total is None or column is None or right is None:
                continue
            left = table.operand(total, column)
            if left.value is not None and right.value is not None:
                yield compare(left, right, check=EXPENDITURE, rule=RULES[EXPENDITURE])


def check_revenue_total(book: Book) -> Iterator[Finding]:
    """Yield 部门收入总表.合计 = 收支总表.收入总计, or 本年收入 where it holds no balance (X01, D02)."""
    for summary, table in book.pairs("department_summary", "revenue_summary"):
        half = _first_half(summary, "revenue")
        total, column = table.find_total(), table.whole()
        if half is None or total is None or column is None:
            continue
        rights = _year_and_grand(half)
        if rights:
            yield compare_any(table.operand(total, column), rights, check=REVENUE, rule=RULES[REVENUE])


def check_revenue_funds(book: Book) -> Iterator[Finding]:
    """Yield per source of money: 部门收入总表's column = 收支总表's row of this year (X01, D02)."""
    for summary, table in book.pairs("department_summary", "revenue_summary"):
        half, total = _first_half(summary, "revenue"), table.find_total()
        mine = None if half is None else summary.column("total", block=half.block)
        if mine is None or total is None:
            continue
        for (fund, carried), row in find_fund_rows(summary).items():
            columns = [c for c in table.money if c.fund == fund and c.measure == "total" and not carried]
            columns = [c for c in columns if c.carried != "carried_over"]
            if len(columns) != 1:
                continue
            left, right = table.operand(total, columns[0]), summary.operand(row, mine)
            if left.value is not None or right.value is not None:
                yield compare(
                    count_blank_as_zero(left), count_blank_as_zero(right), check=REVENUE, rule=RULES[REVENUE]
                )


def check_appropriation_funds(book: Book) -> Iterator[Finding]:
    """Yield per fund: 收支总表's appropriation of the year = 财政拨款收支总表's (X02)."""
    for summary, appropriation in book.pairs("department_summary", "appropriation_summary"):
        left, right = find_fund_rows(summary), find_fund_rows(appropriation)
        one, other = _first_half(summary, "revenue"), _first_half(appropriation, "revenue")
        if one is None or other is None:
            continue
        mine, theirs = (
            summary.column("total", block=one.block),
            appropriation.column("total", block=other.block),
        )
        if mine is None or theirs is None:
            continue
        for fund in TABLE_OF_FUND:
            if (fund, False) not in left or (fund, False) not in right:
                continue
            this_year = appropriation.operand(right[fund, False], theirs)
            rights = [this_year]
            if (fund, True) in right:
                carried = appropriation.operand(right[fund, True], theirs)
                rights.append(_plus(this_year, carried))
            operand = summary.operand(left[fund, False], mine)
            yield compare_any(operand, rights, check=FUNDS, rule=RULES[FUNDS])


def check_summary_classes(book: Book) -> Iterator[Finding]:
    """Yield per function class and for the total: 收支总表 ≥ 财政拨款收支总表 (X03)."""
    for summary, appropriation in book.pairs("department_summary", "appropriation_summary"):
        mine = _first_half(summary, "expenditure")
        theirs = _first_half(appropriation, "expenditure")
        if mine is None or theirs is None:
            continue
        left = summary.column("total", block=mine.block)
        right = appropriation.column("total", block=theirs.block)
        if left is None or right is None:
            continue
        pairs = [(mine.grand, theirs.grand)] if mine.grand is not None else []
        classes = appropriation.find_classes()
        pairs += [(row, classes.get(code)) for code, row in summary.find_classes().items()]
        for one, other in pairs:
            if one is None or other is None:
                continue
            a, b = summary.operand(one, left), appropriation.operand(other, right)
            if a.value is not None or b.value is not None:
                yield compare(
                    count_blank_as_zero(a),
                    count_blank_as_zero(b),
                    check=CLASSES,
                    rule=RULES[CLASSES],
                    relation="ge",
                )


def check_budget_tables(book: Book) -> Iterator[Finding]:
    """Yield per fund: 财政拨款收支总表.支出 = the total of its table, and each class (X04, D05).

    Source: Budget Law art. 46; implementing regulations art. 5 (three budgets).
    """
    appropriation = book.find("appropriation_summary")
    half = None if appropriation is None else _first_half(appropriation, "expenditure")
    if appropriation is None or half is None:
        return
    if not any(column.fund in TABLE_OF_FUND for column in half.columns):
        yield from _compare_all_budgets(book, appropriation, half)
        return
    for fund, statement in TABLE_OF_FUND.items():
        table = book.find_printed(statement)
        if table is not None:
            yield from _compare_budget_table(appropriation, half, table, fund=fund)


def _compare_all_budgets(book: Book, appropriation: Sheet, half: Half) -> Iterator[Finding]:
    """Yield 财政拨款支出 = Σ of the budgets' tables, where the summary has one column for all."""
    tables = [s for statement in TABLE_OF_FUND.values() if (s := book.find(statement)) is not None]
    if not tables or tables[0].statement != "expenditure_by_function":
        return
    parts = [
        table.operand(row, column)
        for table in tables
        if (row := table.find_total()) is not None and (column := table.whole()) is not None
    ]
    rights = _year_and_grand(half)
    if len(parts) == len(tables) and rights:
        left = parts[0] if len(parts) == 1 else _join(parts)
        rights += [right for fund in TABLE_OF_FUND for right in _revenue_of(appropriation, fund)][:1]
        yield compare_any(left, rights, check=BUDGET_TABLE, rule=RULES[BUDGET_TABLE])
        yield from _compare_classes(appropriation, half, tables, equal=agree(left, rights[0]))


def _compare_classes(
    appropriation: Sheet, half: Half, tables: list[Sheet], *, equal: bool
) -> Iterator[Finding]:
    column = appropriation.column("total", block=half.block)
    if column is None or not equal:
        return
    for code, row in appropriation.find_classes().items():
        found = [
            operand for table in tables if (operand := table.code_operand(code, table.whole())) is not None
        ]
        other = appropriation.operand(row, column)
        if found and (other.value is not None or any(operand.value is not None for operand in found)):
            left = found[0] if len(found) == 1 else _join(found)
            yield compare(
                count_blank_as_zero(left),
                count_blank_as_zero(other),
                check=BUDGET_TABLE,
                rule=RULES[BUDGET_TABLE],
            )


def _join(operands: list[Operand]) -> Operand:
    return add_up(
        operands,
        label=" + ".join(operand.label for operand in operands),
        label_en=" + ".join(operand.label_en for operand in operands),
    )


def _compare_budget_table(appropriation: Sheet, half: Half, table: Sheet, *, fund: str) -> Iterator[Finding]:
    columns = [c for c in half.columns if c.fund == fund and c.measure == "total"]
    columns = [c for c in columns if c.phase == table.phase] or columns
    own, total = table.whole(), table.find_total()
    main = half.year if half.year is not None else half.grand
    if len(columns) != 1 or own is None or total is None or main is None:
        return
    column = columns[0]
    left = table.operand(total, own)
    rights = [appropriation.operand(main, column)]
    if half.grand is not None and half.grand != main:
        rights.append(appropriation.operand(half.grand, column))
    revenue = _revenue_of(appropriation, fund)
    yield compare_any(left, rights + revenue, check=BUDGET_TABLE, rule=RULES[BUDGET_TABLE])
    if not agree(left, rights[0]):
        return  # the two hold different money: only their totals can be judged
    classes = appropriation.find_classes()
    for code, row in classes.items():
        operand = table.code_operand(code, own)
        other = appropriation.operand(row, column)
        if operand is None or (operand.value is None and other.value is None):
            continue
        yield compare(
            count_blank_as_zero(operand),
            count_blank_as_zero(other),
            check=BUDGET_TABLE,
            rule=RULES[BUDGET_TABLE],
        )


def _revenue_of(appropriation: Sheet, fund: str) -> list[Operand]:
    """Return the year's revenue of a fund: what its table sums to where balances are left out."""
    half = _first_half(appropriation, "revenue")
    column = None if half is None else appropriation.column("total", block=half.block)
    row = find_fund_rows(appropriation).get((fund, False))
    return [] if column is None or row is None else [appropriation.operand(row, column)]


def _first_half(sheet: Sheet, side: str) -> Half | None:
    return next(iter(find_halves(sheet, side=side)), None)


def _year_and_grand(half: Half) -> list[Operand]:
    """Return 本年合计 and 总计, without the balances out where only 总计 is printed."""
    column = half.sheet.column("total", block=half.block)
    if column is None:
        return []
    rows = [row for row in (half.year, half.grand) if row is not None]
    return [half.sheet.operand(row, column) for row in rows]


def _plus(one: Operand, other: Operand) -> Operand:
    return add_up([one, other], label=f"{one.label}与其结转之和", label_en=f"{one.label_en} plus its balance")
