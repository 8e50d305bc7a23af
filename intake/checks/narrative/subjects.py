"""The figures of the tables that a subject of the text means; several where tables repeat it."""

from __future__ import annotations

import re

from intake.checks.book import Book
from intake.checks.compare import Operand
from intake.checks.economic import find_agency_total
from intake.checks.halves import find_halves
from intake.checks.names import clean
from intake.checks.sheets import Sheet
from intake.checks.three_public import find_item, find_measure
from intake.parsing.draft import Column

FUNCTION_TABLES = (
    "expenditure_by_function",
    "appropriation_expenditure",
    "expenditure_summary",
    "fund_expenditure",
    "state_capital_expenditure",
)
TABLE_OF_BUDGET = {
    "一般公共预算": ("expenditure_by_function", "general_public"),
    "政府性基金预算": ("fund_expenditure", "government_fund"),
    "国有资本经营预算": ("state_capital_expenditure", "state_capital"),
}


def find_three_public(book: Book, found: re.Match[str]) -> list[Operand]:
    """Return an item of the “three public” table; in a final account the figure the words name."""
    measure = find_measure(found["item"])
    if measure is None:
        return []
    words = found.group(0)
    phases: tuple[str | None, ...] = (None,)
    if book.is_final and "预算" in words and "决算" not in words:
        phases = ("approved", "revised")
    sheets = book.by_statement.get("three_public", ())
    return [
        operand
        for sheet in sheets
        for phase in phases
        if (operand := find_item(sheet, measure, phase=phase)) is not None
    ]


def find_function_item(book: Book, found: re.Match[str]) -> list[Operand]:
    """Return the totals of a functional item in every table by function, by code or by names."""
    groups = found.groupdict()
    result = []
    for statement in FUNCTION_TABLES:
        for sheet in book.by_statement.get(statement, ()):
            for column in _find_totals(sheet):
                if groups.get("class"):
                    code = f"{groups['class']}{groups['sub']}{groups['item']}"
                    operand = sheet.code_operand(code, column)
                    result += [operand] if operand is not None else []
                else:
                    rows = _find_by_name(sheet, groups["name"], groups.get("subname"))
                    result += [sheet.operand(row, column) for row in rows]
    return result


def find_agency_operating(book: Book, found: re.Match[str]) -> list[Operand]:
    """Return the total of the table of agency operating expenses; without one, nothing is certain."""
    totals = (find_agency_total(sheet) for sheet in book.by_statement.get("agency_operating", ()))
    return [total for total in totals if total is not None]


def find_department_totals(book: Book, found: re.Match[str]) -> list[Operand]:
    """Return 总计 and 本年合计 of the sides that are named, and the totals of their own tables."""
    result = _find_summary_totals(book, "department_summary", found["side"])
    for side, statement in (("收", "revenue_summary"), ("支", "expenditure_summary")):
        for sheet in book.by_statement.get(statement, ()):
            row, column = sheet.find_total(), sheet.whole()
            if side in found["side"] and row is not None and column is not None:
                result.append(sheet.operand(row, column))
    return result


def find_appropriation_totals(book: Book, found: re.Match[str]) -> list[Operand]:
    """Return 总计 and 本年合计 of the appropriation summary."""
    return _find_summary_totals(book, "appropriation_summary", found["side"])


def find_budget_totals(book: Book, found: re.Match[str]) -> list[Operand]:
    """Return the total of a budget's own table and its column of the appropriation summary."""
    statement, fund = TABLE_OF_BUDGET[found["fund"]]
    result = []
    for sheet in book.by_statement.get(statement, ()):
        row = sheet.find_total()
        result += [sheet.operand(row, column) for column in _find_totals(sheet) if row is not None]
    for sheet in book.by_statement.get("appropriation_summary", ()):
        for half in find_halves(sheet, side="expenditure"):
            columns = [c for c in half.columns if c.fund == fund]
            rows = [row for row in (half.year, half.grand) if row is not None]
            result += [sheet.operand(row, column) for row in rows for column in columns]
    return result


def _find_summary_totals(book: Book, statement: str, side: str) -> list[Operand]:
    sides = [name for word, name in (("收", "revenue"), ("支", "expenditure")) if word in side]
    return [
        sheet.operand(row, column)
        for sheet in book.by_statement.get(statement, ())
        for name in sides
        for half in find_halves(sheet, side=name)
        for row in (half.grand, half.year)
        if row is not None
        for column in half.columns
        if column.measure == "total" and column.fund == "all"
    ]


def _find_totals(sheet: Sheet) -> list[Column]:
    """Return the year's columns of the whole amount: one, or this year's and all sources'."""
    year = sheet.fiscal_year
    return [
        c for c in sheet.money if c.measure == "total" and c.phase == sheet.phase and c.year in (None, year)
    ]


def _find_by_name(sheet: Sheet, name: str, above: str | None) -> list[int]:
    wanted = _bare(name)
    rows = [
        index
        for index, row in enumerate(sheet.rows)
        if len(row.code or "") == 7 and _bare(row.name) == wanted
    ]
    if above is None or len(rows) < 2:
        return rows
    narrowed = [
        index
        for index in rows
        if (parent := sheet.rows[index].parent) is not None and _bare(sheet.rows[parent].name) == _bare(above)
    ]
    return narrowed or rows


def _bare(name: str) -> str:
    return clean(name).removesuffix("支出").removesuffix("费用").replace("(", "").replace(")", "")
