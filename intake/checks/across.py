"""Against other disclosures: last year's figures, units, balances, definitions (X13, X14, D09)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from intake.checks.book import Book, get_fiscal_year, open_book
from intake.checks.compare import Operand, add_up, compare, undetermined
from intake.checks.copies import agree, compare_codes
from intake.checks.economic import find_agency_total, find_scope
from intake.checks.halves import find_halves
from intake.checks.known import Known
from intake.checks.names import find_role
from intake.checks.sheets import Sheet
from intake.checks.three_public import ECONOMIC_ITEMS, find_item
from intake.parsing.draft import Draft, Finding

PREVIOUS = "previous-year-column"
UNITS = "units-add-up"
CLOSING = "closing-equals-opening"
DEFINITION = "definition-changed"
BUDGET = "budget-in-final-account"

RULES = {
    PREVIOUS: ("本年文件中的上年数就是上年公开的数", "last year's column is what was disclosed last year"),
    UNITS: (
        "部门数等于所属单位之和减去部门内部往来，单位之和不会更小",
        "the department is the sum of its units without transfers among them",
    ),
    BUDGET: ("决算表的预算数就是当年公开的预算", "the budget stated is the one disclosed"),
    CLOSING: (
        "上年年末结转和结余就是本年年初数",
        "last year's closing balance is this year's opening balance",
    ),
}
BY_CODE = ("expenditure_by_function", "basic_by_economic", "expenditure_summary", "fund_expenditure")
SUMMED = ("expenditure_summary", "revenue_summary")

AcrossCheck = Callable[[Book, Known], Iterator[Finding]]


def check_previous_column(book: Book, known: Known) -> Iterator[Finding]:
    """Yield last year's column of each table = last year's disclosure, total and codes (X13).

    Only the same phase is compared: 上年预算数 with a budget, 上年决算数 with a final account.
    """
    for earlier, later in _neighbours(book, known):
        year = earlier.fiscal_year
        for statement in BY_CODE:
            now, then = later.find(statement), earlier.find(statement)
            if now is None or then is None or year is None:
                continue
            left = now.whole(year=year, phase=then.phase)
            right = then.whole()
            if left is None or left.year != year or right is None:
                continue
            one, other = now.find_total(), then.find_total()
            if one is not None and other is not None:
                yield compare(
                    now.operand(one, left),
                    then.operand(other, right),
                    check=PREVIOUS,
                    rule=RULES[PREVIOUS],
                    severity="warning",
                )
            scheme = "economic_dept" if statement == "basic_by_economic" else "functional"
            yield from compare_codes(
                now,
                [then],
                [(left, [right])],
                check=PREVIOUS,
                rule=RULES[PREVIOUS],
                scheme=scheme,
                severity="warning",
            )
        yield from _check_three_public(earlier, later)


def check_budget_in_final(book: Book, known: Known) -> Iterator[Finding]:
    """Yield “三公” 预算数 of a final account = what the budget of that year disclosed (D07, soft).

    A final account may print the adjusted budget, so a difference is only a remark.
    """
    if known.budget is None or not book.is_final:
        return
    now, then = book.find("three_public"), _open(known.budget).find("three_public")
    if now is None or then is None:
        return
    for measure in ("total", *ECONOMIC_ITEMS):
        left, right = find_item(now, measure, phase="approved"), find_item(then, measure)
        if left is None or right is None or left.value is None or right.value is None:
            continue
        if agree(left, right):
            yield compare(left, right, check=BUDGET, rule=RULES[BUDGET])
            continue
        reason = (
            f"决算所列预算数 {left.value:f} 与当年公开的预算 {right.value:f} 不同，可能是调整后的预算",
            f"the final account states a budget of {left.value:f}, the budget disclosed {right.value:f}; "
            "it may be the adjusted budget",
        )
        yield undetermined(left, right, check=BUDGET, reason=reason)


def check_closing_balance(book: Book, known: Known) -> Iterator[Finding]:
    """Yield 年末结转和结余 of one final account = 年初结转和结余 of the next (D09)."""
    if not book.is_final:
        return
    for earlier, later in _neighbours(book, known):
        for statement in ("department_summary", "appropriation_summary"):
            then, now = earlier.find(statement), later.find(statement)
            closing = None if then is None else _find_balance(then, "expenditure", "carry_out")
            opening = None if now is None else _find_balance(now, "revenue", "carry_in")
            if closing is not None and opening is not None:
                yield compare(
                    opening,
                    closing,
                    check=CLOSING,
                    rule=RULES[CLOSING],
                    severity="warning",
                )


def check_units(book: Book, known: Known) -> Iterator[Finding]:
    """Yield Σ units ≥ department, equal without transfers among them (X14).

    Which units a department has is not printed: where the units known add up to less, some are
    not disclosed yet, and nothing can be judged.
    """
    if not known.units:
        return
    units = [_open(draft) for draft in known.units]
    for statement in SUMMED:
        whole = book.find(statement)
        row, column = (None, None) if whole is None else (whole.find_total(), whole.whole())
        parts = [_total_of(unit, statement) for unit in units]
        if whole is None or row is None or column is None or None in parts:
            continue
        left = whole.operand(row, column)
        right = add_up(
            [part for part in parts if part is not None],
            unit=left.unit,
            label=f"{len(parts)}个所属单位之和",
            label_en=f"the sum of its {len(parts)} units",
        )
        if agree(left, right):
            yield compare(left, right, check=UNITS, rule=RULES[UNITS])
            continue
        reason = (
            f"已公开的{len(parts)}个单位合计 {right.value or 0:f}，可能还有单位未公开，或有内部往来",
            f"the {len(parts)} units disclosed add up to {right.value or 0:f}; others may not be disclosed yet, "
            "or money may pass between them",
        )
        yield undetermined(left, right, check=UNITS, reason=reason)


def check_definitions(book: Book, known: Known) -> Iterator[Finding]:
    """Yield where 机关运行经费 has the scope of 公用经费 in one year and not in the other (X09).

    Then the two years cannot be compared, and a trend over them must show the break.
    """
    for earlier, later in _neighbours(book, known):
        scopes = find_scope(earlier), find_scope(later)
        if None in scopes or scopes[0] == scopes[1]:
            continue
        own = later if later is book else earlier
        sheet = own.find("agency_operating")
        left = None if sheet is None else find_agency_total(sheet)
        if left is None:
            continue
        wide = "等于公用经费（302类）", "the same as operating expenditure (class 302)"
        else_ = "不等于公用经费（302类）", "another scope than operating expenditure (class 302)"
        first, second = (wide, else_) if scopes[0] == "operating" else (else_, wide)
        reason = (
            f"口径有变化：{earlier.fiscal_year}年{first[0]}，{later.fiscal_year}年{second[0]}，两年的数不能直接比较",
            f"its definition changed: in {earlier.fiscal_year} it is {first[1]}, in {later.fiscal_year} {second[1]}; "
            "the two years cannot be compared",
        )
        yield undetermined(left, None, check=DEFINITION, reason=reason, severity="warning", hint=True)


CHECKS: tuple[AcrossCheck, ...] = (
    check_previous_column,
    check_budget_in_final,
    check_closing_balance,
    check_units,
    check_definitions,
)
"""Every check against other disclosures."""


def _neighbours(book: Book, known: Known) -> Iterator[tuple[Book, Book]]:
    """Yield (earlier, later) for the year before and the year after, where they are known."""
    if known.previous is not None:
        yield _open(known.previous), book
    if known.following is not None:
        yield book, _open(known.following)


def _open(draft: Draft) -> Book:
    """Return another file's book: its figures are named with its year and have no place here."""
    year = get_fiscal_year(draft) or ""
    return open_book(draft, source=(f"{year}年文件", f"the {year} file, "))


def _check_three_public(earlier: Book, later: Book) -> Iterator[Finding]:
    now, then = later.find("three_public"), earlier.find("three_public")
    year = earlier.fiscal_year
    if now is None or then is None or year is None:
        return
    for measure in ("total", *ECONOMIC_ITEMS):
        if not any(column.year == year for column in now.money):
            return
        left = find_item(now, measure, year=year, phase=then.phase)
        right = find_item(then, measure)
        if left is not None and right is not None and (left.value is not None or right.value is not None):
            yield compare(left, right, check=PREVIOUS, rule=RULES[PREVIOUS], severity="warning")


def _find_balance(sheet: Sheet, side: str, role: str) -> Operand | None:
    for half in find_halves(sheet, side=side):
        column = sheet.whole(block=half.block)
        rows = [row for row in half.balances if find_role(sheet.rows[row].name) == role]
        if column is not None and len(rows) == 1:
            return sheet.operand(rows[0], column)
    return None


def _total_of(book: Book, statement: str) -> Operand | None:
    sheet = book.find(statement)
    row, column = (None, None) if sheet is None else (sheet.find_total(), sheet.whole())
    return None if sheet is None or row is None or column is None else sheet.operand(row, column)
