"""The document the project began with, cell by cell against its ground truth."""

import json
from decimal import Decimal

import pytest

from intake.parsing.draft import Draft, Row, Table
from tests.intake.parsing.shared import DOCUMENTS, LHASA, needs_documents, read_shared

pytestmark = [pytest.mark.shared, needs_documents]
KEYS = {
    "T1": "appropriation_summary",
    "T2": "expenditure_by_function",
    "T3": "basic_by_economic",
    "T4": "three_public",
    "T5": "fund_expenditure",
    "T6": "fund_three_public",
    "T7": "department_summary",
    "T8": "expenditure_summary",
}


@pytest.fixture(scope="module")
def draft() -> Draft:
    return read_shared(LHASA)


@pytest.fixture(scope="module")
def truth() -> dict:
    return json.loads((DOCUMENTS / "lhasa/expected.json").read_text("utf-8"))


def table_of(draft: Draft, key: str) -> Table:
    [table] = [table for table in draft.tables if table.statement == key]
    return table


def amount(row: Row, key: str) -> Decimal | None:
    return row.figures[key].value


def same(found: Decimal | None, expected: str | None) -> bool:
    return found == (None if expected is None else Decimal(expected))


def test_who_when_what(draft, truth):
    head = draft.head
    assert head.department == truth["document"]["publisher"]
    assert head.department_code == "146"
    assert head.unit == truth["document"]["unit_name"]
    assert (head.fiscal_year, head.stage, head.published_on) == (2024, "budget", "2024-01-31")
    assert head.scope is None


def test_eight_statements_each_under_its_key_in_order(draft, truth):
    assert [table.statement for table in draft.tables] == [KEYS[table["id"]] for table in truth["tables"]]
    assert {table.unit for table in draft.tables} == {"万元"}
    assert [table.title for table in draft.tables] == [table["title"] for table in truth["tables"]]


@pytest.mark.parametrize(
    ("number", "measures"),
    [
        ("T2", {"total": "total", "basic": "basic", "project": "project"}),
        ("T3", {"total": "total", "personnel": "personnel", "operating": "operating"}),
        ("T5", {"total": "total", "basic": "basic", "project": "project"}),
        (
            "T8",
            {
                "total": "total",
                "personnel": "basic_personnel",
                "operating": "basic_operating",
                "project": "project",
            },
        ),
    ],
)
def test_tables_by_code(draft, truth, number, measures):
    expected = next(table for table in truth["tables"] if table["id"] == number)
    table = table_of(draft, KEYS[number])
    assert len(table.rows) == len(expected["rows"])
    for row, printed in zip(table.rows, expected["rows"], strict=True):
        assert row.place.line == printed["line"]
        assert (row.code, row.level, row.name) == (printed["code"], printed["level"], printed["name"])
        parent = None if row.parent is None else table.rows[row.parent].code
        assert parent == printed["parent_code"] or row.level in {"total", "class"}
        for key, field in measures.items():
            assert same(amount(row, key), printed[field]), (number, row.name, key)


@pytest.mark.parametrize("number", ["T1", "T7"])
def test_summaries_in_two_halves(draft, truth, number):
    expected = next(table for table in truth["tables"] if table["id"] == number)
    table = table_of(draft, KEYS[number])
    for side, field, keys in (
        ("revenue", "revenue_rows", {"total": "amount"}),
        ("expenditure", "expenditure_rows", {"total.2": "amount" if number == "T7" else "total"}),
    ):
        rows = [row for row in table.rows if row.side == side]
        assert [row.name for row in rows] == [printed["label"] for printed in expected[field]]
        for row, printed in zip(rows, expected[field], strict=True):
            assert all(same(amount(row, key), printed[name]) for key, name in keys.items())
    if number == "T1":
        halves = zip(
            (r for r in table.rows if r.side == "expenditure"), expected["expenditure_rows"], strict=True
        )
        for row, printed in halves:
            assert same(amount(row, "total.2.general_public"), printed["general_public_budget"])
            assert same(amount(row, "total.2.government_fund"), printed["government_fund_budget"])


def test_two_years_side_by_side_keep_their_own_reception(draft, truth):
    expected = next(table for table in truth["tables"] if table["id"] == "T4")
    table = table_of(draft, "three_public")
    [row] = table.rows
    names = {"vehicle_total": "vehicle_subtotal"}
    for column in table.columns:
        printed = next(line for line in expected["rows"] if line["fiscal_year"] == column.year)
        assert same(amount(row, column.key), printed[names.get(column.measure, column.measure)]), column.key
    assert len({(column.measure, column.year) for column in table.columns}) == 12
    assert table.notes == ("取数说明：取数口径不包含指标类型31、32",)


def test_slips_of_the_converter_are_said(draft):
    codes = [problem.code for problem in draft.problems]
    assert codes.count("row-shifted") == 1
    assert codes.count("code-moved") == 1
    assert not [problem for problem in draft.problems if problem.severity == "error"]


def test_no_number_is_lost(draft):
    assert draft.numbers.in_tables == draft.numbers.attributed + draft.numbers.in_problems
    assert draft.numbers.in_problems == 0


def test_projects_come_along(draft):
    assert len(draft.projects) == 30
    assert sum(len(project.indicators) for project in draft.projects) == 201
