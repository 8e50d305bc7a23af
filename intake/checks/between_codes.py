"""Between the tables by code: 支出总表, the budgets' own tables, 基本支出表 (X05–X07)."""

from __future__ import annotations

from collections.abc import Iterator

from intake.checks.book import Book
from intake.checks.compare import Operand, Relation, add_up, compare, count_blank_as_zero
from intake.checks.copies import agree, compare_any, compare_codes, get_basic
from intake.checks.names import clean
from intake.checks.sheets import Sheet
from intake.checks.trees import find_top_rows
from intake.parsing.draft import Column, Finding

BASIC = "basic-equals-economic-table"
BASIC_CLASSES = "basic-classes-equal-expenditure-table"
BUDGETS = "department-equals-sum-of-budgets"
PEOPLE = "personnel-and-operating-in-both"
APPROPRIATION = "appropriation-tables-agree"

RULES = {
    BASIC: (
        "一般公共预算支出表的基本支出就是基本支出表的合计",
        "basic expenditure by function is the total of the basic expenditure table",
    ),
    BASIC_CLASSES: (
        "基本支出表各类之和就是支出表的基本支出",
        "the economic classes add up to the basic expenditure of the expenditure table",
    ),
    BUDGETS: (
        "部门支出等于各项预算支出之和（没有自有收入时），不会更少",
        "the department's expenditure is the sum of its budgets (without own revenue), never less",
    ),
    PEOPLE: (
        "人员经费、公用经费在两张表中应一致",
        "personnel and operating expenditure are the same in both tables",
    ),
    APPROPRIATION: (
        "财政拨款支出等于各项预算支出之和",
        "expenditure from appropriations is the sum of the budgets' own tables",
    ),
}
BUDGET_TABLES = ("expenditure_by_function", "fund_expenditure", "state_capital_expenditure")


def check_basic_total(book: Book) -> Iterator[Finding]:
    """Yield 基本支出表.合计 = 一般公共预算支出表.基本支出 (X05, D05; Budget Law art. 46).

    Where that table does not part basic from project money, 财政拨款收支总表's row 基本支出.
    """
    economic = book.find("basic_by_economic")
    left = None if economic is None else find_basic_total(economic)
    rights = [operand for operand in _find_basic(book) if operand.value is not None]
    if left is not None and rights:
        yield compare_any(left, rights, check=BASIC, rule=RULES[BASIC])


def check_basic_classes(book: Book) -> Iterator[Finding]:
    """Yield Σ类 of 基本支出表 = 基本支出 of an expenditure table (X05).

    A printed total can hide a wrong class; this sum cannot. 部门支出总表 is taken where it holds
    the same money as 一般公共预算支出表, else that table itself.
    """
    economic = book.find("basic_by_economic")
    right = _basic_of_department(book)
    if economic is None or right is None:
        return
    row = economic.find_total()
    if row is not None and row in economic.children:
        return
    rows = _find_classes(economic) if row is None else find_top_rows(economic, row)
    parts = [operand for i in rows if (operand := economic.own_operand(i)) is not None]
    if len(parts) < 2:
        return
    label = f"{economic.title}各类之和"
    left = add_up(parts, label=label, label_en=f"{economic.title_en}, the sum of its classes")
    yield compare(left, right, check=BASIC_CLASSES, rule=RULES[BASIC_CLASSES])


def find_basic_total(economic: Sheet) -> Operand | None:
    """Return the total of a basic expenditure table: its 合计, else 人员经费合计 + 公用经费合计."""
    row = economic.find_total()
    if row is not None:
        return economic.own_operand(row)
    subtotals = [
        operand
        for i, printed in enumerate(economic.rows)
        if printed.kind == "subtotal" and (operand := economic.own_operand(i)) is not None
    ]
    if len(subtotals) != 2:
        return None
    names = " + ".join(operand.label for operand in subtotals)
    return add_up(subtotals, label=names, label_en=" + ".join(operand.label_en for operand in subtotals))


def check_department_by_code(book: Book) -> Iterator[Finding]:
    """Yield per code: 部门支出总表 = Σ over the budgets' tables, else not less (X06)."""
    whole = book.find("expenditure_summary")
    if whole is not None:
        yield from _compare_budgets(book, whole, check=BUDGETS)


def check_appropriation_tables(book: Book) -> Iterator[Finding]:
    """Yield per code: 财政拨款支出表 = Σ over the budgets' tables; its basic table = 基本支出表."""
    whole = book.find("appropriation_expenditure")
    if whole is not None:
        yield from _compare_budgets(book, whole, check=APPROPRIATION)
    for left, right in book.pairs("appropriation_basic", "basic_by_economic"):
        yield from _compare_totals_and_codes(
            left, [right], check=APPROPRIATION, measures=("total",), scheme="economic_dept"
        )


def check_people_and_operating(book: Book) -> Iterator[Finding]:
    """Yield 基本支出表.人员/公用 = those columns of an expenditure table (X07).

    With 部门支出总表 only where it holds no money from other sources (its basic equals).
    """
    economic = book.find("basic_by_economic")
    row = None if economic is None else economic.find_total()
    if economic is None or row is None:
        return
    for statement in ("expenditure_by_function", "expenditure_summary"):
        table = book.find(statement)
        total = None if table is None else table.find_total()
        if table is None or total is None:
            continue
        basic, own = get_basic(table, total), economic.whole()
        if basic is None or own is None or not agree(economic.operand(row, own), basic):
            continue
        for measure in ("personnel", "operating"):
            left, right = economic.column(measure), table.column(measure)
            if left is not None and right is not None:
                yield compare(
                    count_blank_as_zero(economic.operand(row, left)),
                    count_blank_as_zero(table.operand(total, right)),
                    check=PEOPLE,
                    rule=RULES[PEOPLE],
                )


def _find_classes(economic: Sheet) -> list[int]:
    by_code = economic.by_code("economic_dept")
    return [rows[0] for code, rows in by_code.items() if len(code) == 3 and len(rows) == 1]


def _find_basic(book: Book) -> Iterator[Operand]:
    """Yield the general public budget's basic expenditure, from the tables that print it."""
    function = book.find("expenditure_by_function")
    total = None if function is None else function.find_total()
    operand = None if function is None or total is None else get_basic(function, total)
    if operand is not None:
        yield operand
        return
    summary = book.find("appropriation_summary")
    for index, row in enumerate(summary.rows if summary is not None else ()):
        if summary is not None and row.side == "expenditure" and clean(row.name) == "基本支出":
            found = summary.own_operand(index)
            if found is not None:
                yield found


def _basic_of_department(book: Book) -> Operand | None:
    """Return the basic expenditure an economic table must add up to.

    部门支出总表 may hold other money; it is taken only where it equals the general public budget.
    """
    general = next((operand for operand in _find_basic(book) if operand.value is not None), None)
    sheet = book.find("expenditure_summary")
    row = None if sheet is None else sheet.find_total()
    department = None if sheet is None or row is None else get_basic(sheet, row)
    if general is None or department is None or not agree(department, general):
        return general
    return department


def _compare_budgets(book: Book, whole: Sheet, *, check: str) -> Iterator[Finding]:
    parts = [sheet for statement in BUDGET_TABLES if (sheet := book.find(statement)) is not None]
    if parts and parts[0].statement == BUDGET_TABLES[0]:
        yield from _compare_totals_and_codes(whole, parts, check=check, measures=("total", "project"))


def _compare_totals_and_codes(
    whole: Sheet, parts: list[Sheet], *, check: str, measures: tuple[str, ...], scheme: str = "functional"
) -> Iterator[Finding]:
    """Yield the total first; code by code only an equal total asks for equality, else for not less."""
    main, total = whole.whole(), whole.find_total()
    others = [part.find_total() for part in parts]
    if main is None or total is None or None in others:
        return
    sums = [
        part.operand(row, column)
        for part, row in zip(parts, others, strict=True)
        if row is not None and (column := part.whole()) is not None
    ]
    if len(sums) != len(parts):
        return
    left, right = whole.operand(total, main), _sum(sums)
    equal = agree(left, right)
    relation: Relation = "eq" if equal else "ge"
    yield compare(left, count_blank_as_zero(right), check=check, rule=RULES[check], relation=relation)
    columns: list[tuple[Column, list[Column | None]]] = [
        (column, [_measured(part, measure) for part in parts])
        for measure in measures
        if (column := _measured(whole, measure)) is not None and _measured(parts[0], measure) is not None
    ]
    for column, matching in columns[1:]:
        yield from _compare_total(whole, total, column, parts, matching, check=check, relation=relation)
    yield from compare_codes(
        whole, parts, columns, check=check, rule=RULES[check], scheme=scheme, relation=relation
    )
    if check == BUDGETS and equal:
        yield from _compare_basic(whole, parts[0])


def _measured(sheet: Sheet, measure: str) -> Column | None:
    return sheet.whole() if measure == "total" else sheet.column(measure)


def _compare_total(
    whole: Sheet,
    total: int,
    column: Column,
    parts: list[Sheet],
    matching: list[Column | None],
    *,
    check: str,
    relation: Relation,
) -> Iterator[Finding]:
    """Yield the total row of one more measure."""
    found = [
        part.operand(row, other)
        for part, other in zip(parts, matching, strict=True)
        if other is not None and (row := part.find_total()) is not None
    ]
    left, right = whole.operand(total, column), _sum(found)
    if left.value is not None or right.value is not None:
        yield compare(
            count_blank_as_zero(left),
            count_blank_as_zero(right),
            check=check,
            rule=RULES[check],
            relation=relation,
        )


def _compare_basic(whole: Sheet, function: Sheet) -> Iterator[Finding]:
    """Yield per row: 基本支出 of 部门支出总表 = that of 一般公共预算支出表 (funds hold projects)."""
    codes = [None, *(code for code in whole.by_code("functional") if code in function.by_code("functional"))]
    for code in codes:
        mine, theirs = _only_row(whole, code), _only_row(function, code)
        if mine is None or theirs is None:
            continue
        left, right = get_basic(whole, mine), get_basic(function, theirs)
        if left is None or right is None:
            continue
        if left.value is not None or right.value is not None:
            left, right = count_blank_as_zero(left), count_blank_as_zero(right)
        yield compare(left, right, check=BUDGETS, rule=RULES[BUDGETS])


def _only_row(sheet: Sheet, code: str | None) -> int | None:
    if code is None:
        return sheet.find_total()
    rows = sheet.find_rows(code)
    return rows[0] if len(rows) == 1 else None


def _sum(operands: list[Operand]) -> Operand:
    if len(operands) == 1:
        return operands[0]
    return add_up(
        operands,
        label=" + ".join(operand.label for operand in operands),
        label_en=" + ".join(operand.label_en for operand in operands),
    )
