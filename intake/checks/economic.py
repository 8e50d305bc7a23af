"""Soft rules of the economic classification: what belongs in a class, what equals which function.

Soft rules give hints, never a mismatch: practice differs between places.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from intake.checks.book import Book
from intake.checks.compare import Operand, add_up, compare, count_blank_as_zero, undetermined
from intake.checks.copies import agree
from intake.checks.sheets import Sheet
from intake.parsing.draft import Finding

NATURE = "economic-class-nature"
SUBTOTALS = "people-and-operating-subtotals"
SAME = "function-equals-economic"
OFFICE = "agency-operating-equals-operating"

ONLY_PERSONNEL = ("301", "303")
ONLY_OPERATING = ("302", "310")
PAIRS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("2080505",), "30108"),
    (("2080506",), "30109"),
    (("2101101", "2101102"), "30110"),
    (("2101103",), "30111"),
    (("2210201",), "30113"),
)
"""Functional items paid with one economic item: pension, annuity, medical, housing fund."""


def check_class_nature(book: Book) -> Iterator[Finding]:
    """Yield where 301/303 carry 公用经费, or 302/310 人员经费 (B05, soft).

    301 工资福利 and 303 对个人和家庭的补助 are personnel by definition, 302 商品和服务 and
    310 资本性支出 operating. Only the lowest rows and their class are named.
    """
    for sheet in book.by_statement.get("basic_by_economic", []):
        for measure, classes, wrong in (
            ("operating", ONLY_PERSONNEL, ("公用经费", "operating expenditure")),
            ("personnel", ONLY_OPERATING, ("人员经费", "personnel expenditure")),
        ):
            column = sheet.column(measure)
            if column is None:
                continue
            for index, row in enumerate(sheet.rows):
                code = row.codes.get("economic_dept", "")
                if code[:3] in classes and row.kind == "item" and sheet.value(index, column):
                    yield _misplaced(sheet.operand(index, column), code, wrong)


def _misplaced(operand: Operand, code: str, wrong: tuple[str, str]) -> Finding:
    value = operand.value
    hint = undetermined(
        operand,
        None,
        check=NATURE,
        reason=(
            f"{code[:3]}类按科目定义不应有{wrong[0]}（此处为 {value:f} {operand.unit or ''}），请核对是否列错栏",
            f"class {code[:3]} should hold no {wrong[1]} by definition (here {value:f}); "
            "please see whether it stands in the wrong column",
        ),
        severity="warning" if code.startswith("303") else "info",
        hint=True,
    )
    return replace(hint, left=value, difference=value)


def check_people_subtotals(book: Book) -> Iterator[Finding]:
    """Yield 人员经费合计 = 301 + 303 and 公用经费合计 = the other classes, where they are printed.

    The foot of the basic expenditure table of a final account has these instead of a total.
    """
    for statement in ("basic_by_economic", "appropriation_basic"):
        for sheet in book.by_statement.get(statement, []):
            classes = {
                code: rows[0]
                for code, rows in sheet.by_code("economic_dept").items()
                if len(code) == 3 and len(rows) == 1
            }
            for index, row in enumerate(sheet.rows):
                if row.kind == "subtotal" and ("人员" in row.name or "公用" in row.name):
                    yield from _check_subtotal(sheet, index, classes, people="人员" in row.name)


def _check_subtotal(sheet: Sheet, row: int, classes: dict[str, int], *, people: bool) -> Iterator[Finding]:
    chosen = [i for code, i in classes.items() if (code in ONLY_PERSONNEL) == people]
    parts = [operand for i in chosen if (operand := sheet.own_operand(i)) is not None]
    left = sheet.own_operand(row)
    if left is None or left.value is None or not any(part.value is not None for part in parts):
        return
    rule = (
        "人员经费合计为301与303类之和，公用经费合计为其余各类之和",
        "the subtotals are the sums of their classes",
    )
    label = " + ".join(code for code in classes if (code in ONLY_PERSONNEL) == people)
    right = add_up(parts, label=f"{label}类之和", label_en=f"the sum of classes {label}")
    yield compare(left, right, check=SUBTOTALS, rule=rule)


def check_function_economic(book: Book) -> Iterator[Finding]:
    """Yield pension, medical and housing items by function = by economic nature (X10, soft)."""
    for function, economic in book.pairs("expenditure_by_function", "basic_by_economic"):
        left_column = function.column("basic") or function.whole()
        if left_column is None:
            continue
        for codes, item in PAIRS:
            found = [
                operand
                for code in codes
                if code in function.by_code("functional")
                and (operand := function.code_operand(code, left_column)) is not None
            ]
            right = (
                economic.code_operand(item, scheme="economic_dept")
                if item in economic.by_code("economic_dept")
                else None
            )
            if found and right is not None:
                yield from _compare_soft(_join(found), right)


def _compare_soft(left: Operand, right: Operand) -> Iterator[Finding]:
    if left.value is None and right.value is None:
        return
    left, right = count_blank_as_zero(left), count_blank_as_zero(right)
    rule = ("功能科目与经济科目记录同一笔支出", "both record the same spending")
    if agree(left, right):
        yield compare(left, right, check=SAME, rule=rule)
        return
    reason = (
        f"两者常相等，这里分别为 {left.value:f} 和 {right.value:f}，也可能另有项目支出或其他人员的支出",
        f"the two are often equal; here {left.value:f} and {right.value:f}, which project money may explain",
    )
    yield undetermined(left, right, check=SAME, reason=reason)


def check_agency_operating(book: Book) -> Iterator[Finding]:
    """Yield 机关运行经费表.合计 = class 302 (or 公用经费) of 基本支出表 (X09, soft).

    The scope of 机关运行经费 changed over the years and between places, so a difference is a
    remark on scope, not an error.
    """
    for office, economic in book.pairs("agency_operating", "basic_by_economic"):
        left = find_agency_total(office)
        if left is None:
            continue
        rights = list(_operating_candidates(economic))
        if not rights or left.value is None:
            continue
        rule = ("机关运行经费与基本支出的公用部分口径相同", "both have the scope of operating expenditure")
        same = next((right for right in rights if agree(left, right)), None)
        if same is not None:
            yield compare(left, same, check=OFFICE, rule=rule)
            continue
        reason = (
            f"机关运行经费 {left.value:f} 与{rights[0].label} {rights[0].value or 0:f} 不同，口径不一样",
            f"agency operating expenses {left.value:f} and {rights[0].label_en} {rights[0].value or 0:f} "
            "differ in scope",
        )
        yield undetermined(left, rights[0], check=OFFICE, reason=reason)


def find_agency_total(office: Sheet) -> Operand | None:
    """Return the total of the table of agency operating expenses, whatever its column is headed."""
    column = office.whole()
    row = _office_row(office)
    return None if column is None or row is None else office.operand(row, column)


def find_scope(book: Book) -> str | None:
    """Return ``operating`` where agency operating expenses equal 302 or 公用经费, else ``other``.

    None where one of the two tables is not printed.
    """
    office, economic = book.find("agency_operating"), book.find("basic_by_economic")
    left = None if office is None else find_agency_total(office)
    if left is None or left.value is None or economic is None:
        return None
    rights = list(_operating_candidates(economic))
    if not rights:
        return None
    return "operating" if any(agree(left, right) for right in rights) else "other"


def find_operating(book: Book) -> Iterator[Operand]:
    """Yield what agency operating expenses usually equal: 302, 公用经费, 302 with 310 (X09, soft)."""
    economic = book.find("basic_by_economic")
    if economic is not None:
        yield from _operating_candidates(economic)


def _office_row(office: Sheet) -> int | None:
    total = office.find_total()
    if total is not None:
        return total
    filled = [index for index in range(len(office.rows)) if office.has_figures(index)]
    return filled[0] if len(filled) == 1 else None


def _operating_candidates(economic: Sheet) -> Iterator[Operand]:
    """Yield class 302, 公用经费, and 302 with 310: the readings of the scope in use."""
    goods = economic.code_operand("302", scheme="economic_dept")
    if goods is not None:
        yield goods
    operating, row = economic.column("operating"), economic.find_total()
    if operating is not None and row is not None:
        yield economic.operand(row, operating)
    capital = economic.code_operand("310", scheme="economic_dept")
    if goods is not None and capital is not None:
        yield _join([goods, capital])


def _join(operands: list[Operand]) -> Operand:
    if len(operands) == 1:
        return operands[0]
    return add_up(
        operands,
        label=" + ".join(operand.label for operand in operands),
        label_en=" + ".join(operand.label_en for operand in operands),
    )
