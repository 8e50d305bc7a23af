"""Every figure of the Lhasa ground truth, from the document through reading and publishing to amounts.csv."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from intake.parsing.pipeline import read_document
from tests import factories

FOLDER = "documents/lhasa"
STATEMENTS = {
    "T1": "appropriation_summary",
    "T2": "expenditure_by_function",
    "T3": "basic_by_economic",
    "T4": "three_public",
    "T5": "fund_expenditure",
    "T6": "fund_three_public",
    "T7": "department_summary",
    "T8": "expenditure_summary",
}
MEASURES = {
    "amount": "total",
    "general_public_budget": "total",
    "government_fund_budget": "total",
    "vehicle_subtotal": "vehicle_total",
    "basic_personnel": "personnel",
    "basic_operating": "operating",
}
FUNDS = {"general_public_budget": "general_public", "government_fund_budget": "government_fund"}
TEXTS = {"line", "code", "function_code", "parent_code", "label", "name", "level", "fiscal_year"}

pytestmark = [pytest.mark.shared]


@pytest.fixture
def rows(client: Client, transactional_db: None, shared: Path) -> list[dict[str, str]]:
    """The document read by the importer and published, as the CSV gives it."""
    path = shared / FOLDER / "拉萨市行政审批和便民服务局__2024_部门预算.txt"
    draft = read_document(path.read_bytes(), name=path.name)
    factories.publish(draft, documents=[factories.make_document(path.name, path.read_bytes())])
    answer = client.get("/downloads/amounts.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture
def truth(shared: Path) -> dict[str, Any]:
    return json.loads((shared / FOLDER / "expected.json").read_text(encoding="utf-8"))


def list_rows(table: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows of one table of the truth with the side they stand on."""
    for name, side in (("rows", ""), ("revenue_rows", "revenue"), ("expenditure_rows", "expenditure")):
        for row in table.get(name, []):
            yield side, row


def list_truth(truth: dict[str, Any]) -> Iterator[tuple[tuple[Any, ...], Decimal | None]]:
    """Yield each cell of the truth: where it stands and what it means, and its yuan (None: blank)."""
    for table in truth["tables"]:
        statement = STATEMENTS[table["id"]]
        for side, row in list_rows(table):
            for field in row.keys() - TEXTS:
                fund = FUNDS.get(field, "all" if table["id"] == "T1" else "")
                where = (statement, row["line"], side, MEASURES.get(field, field), fund)
                value = None if row[field] is None else Decimal(row[field]) * 10_000
                yield (*where, row.get("fiscal_year", 2024)), value


def list_ours(rows: list[dict[str, str]]) -> Iterator[tuple[tuple[Any, ...], Decimal | None]]:
    """Yield each row of the CSV in the same words."""
    for row in rows:
        has_sides = row["statement"] in {"appropriation_summary", "department_summary"}
        is_by_fund = row["statement"] == "appropriation_summary"
        where = (row["statement"], int(row["line"]), row["side"] if has_sides else "", row["measure"])
        fund = row["fund"] if is_by_fund else ""
        value = Decimal(row["amount_yuan"]) if row["amount_yuan"] else None
        yield (*where, fund, int(row["amount_year"])), value


def test_every_figure_is_equal(rows: list[dict[str, str]], truth: dict[str, Any]) -> None:
    """Each cell of the truth is in the file with the same amount or blank, and the file has no other figure."""
    expected, found = Counter(list_truth(truth)), Counter(list_ours(rows))
    assert sorted(map(str, expected - found)) == []
    assert sorted(str(cell) for cell in found - expected if cell[1] is not None) == []
    assert sum(1 for _, value in list_truth(truth) if value is not None) > 150


def test_projects_and_indicators_are_equal(
    client: Client, rows: list[dict[str, str]], truth: dict[str, Any]
) -> None:
    def fetch(name: str) -> list[dict[str, str]]:
        text = b"".join(client.get(f"/downloads/{name}.csv").streaming_content).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    projects, indicators = fetch("projects"), fetch("indicators")
    assert [(one["project_code"], one["project"], Decimal(one["amount_yuan"])) for one in projects] == [
        (one["code"], one["name"], Decimal(one["amount"]) * 10_000) for one in truth["projects"]
    ]
    expected = [
        (one["code"], item["name"], Decimal(item["weight"]))
        for one in truth["projects"]
        for item in one["indicators"]
    ]
    assert [(one["project_code"], one["indicator"], Decimal(one["weight"])) for one in indicators] == expected
    assert len(expected) == 201
