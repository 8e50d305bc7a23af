"""Our workbook: written from a disclosure it imports again to the same figures; the blank one can be filled."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from budgets.workbook import write_blank_workbook, write_workbook
from intake.parsing.draft import Draft
from intake.parsing.draft_json import to_json
from intake.parsing.pipeline import read_document
from tests import factories
from tests.drafts import make_draft, make_lhasa_draft


def list_amounts(draft: Draft) -> Counter[tuple[Any, ...]]:
    """This will list every amount with what it is, whatever its column is called."""
    found: Counter[tuple[Any, ...]] = Counter()
    for table in draft.tables:
        columns = {column.key: column for column in table.columns}
        for row in table.rows:
            for key, figure in row.figures.items():
                column = columns[key]
                coordinates = (column.measure, column.year, column.phase, column.fund, column.carried)
                what = (table.statement, row.side, row.name.lstrip("一二三四五六七八九十、"), *coordinates)
                found[(*what, figure.value, figure.state)] += 1
    return found


def list_projects(draft: Draft) -> list[tuple[Any, ...]]:
    return [
        (
            project.code, project.name, project.amount, project.execution_weight, project.objective,
            [(i.dimension, i.type, i.name, i.operator, i.target, i.unit, i.weight) for i in project.indicators],
        )
        for project in draft.projects
    ]  # fmt: skip


def test_written_and_read_again_the_figures_are_the_same() -> None:
    draft = make_lhasa_draft()
    again = read_document(write_workbook(to_json(draft, full=True)), name="lhasa.xlsx")

    assert list_amounts(again) == list_amounts(draft)
    assert list_projects(again) == list_projects(draft)
    assert (again.head.department, again.head.fiscal_year, again.head.stage, again.head.published_on) == (
        "拉萨市行政审批和便民服务局", 2024, "budget", "2024-01-31",
    )  # fmt: skip


def test_equal_figures_give_equal_bytes() -> None:
    json = to_json(make_lhasa_draft(), full=True)
    assert write_workbook(json) == write_workbook(json)


def test_a_name_that_looks_like_a_formula_is_a_text() -> None:
    row = [1, "expenditure", "item", "class", "201", '=HYPERLINK("http://x")', {"total": "1.00"}]
    draft = make_draft(
        {
            "head": {"department": "甲局", "fiscal_year": 2024, "stage": "budget", "scope": "department"},
            "tables": [
                {
                    "statement": "expenditure_by_function",
                    "title": "一般公共预算支出表",
                    "columns": ["total"],
                    "rows": [row],
                }
            ],
        }
    )
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(to_json(draft, full=True))))
    cell = next(cell for line in book.worksheets[1] for cell in line if "HYPERLINK" in str(cell.value))
    assert cell.data_type == "s"


def test_the_blank_workbook_has_every_required_table_and_no_figure() -> None:
    draft = read_document(write_blank_workbook(), name="blank.xlsx")
    assert [table.statement for table in draft.tables] == [
        "department_summary", "revenue_summary", "expenditure_summary", "appropriation_summary",
        "expenditure_by_function", "basic_by_economic", "three_public", "fund_expenditure", "state_capital_expenditure",
    ]  # fmt: skip
    assert draft.numbers.in_tables == 0


def test_a_filled_one_reads_as_it_was_filled() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_blank_workbook()))
    book["封面"]["A1"] = "2026年甲市财政局部门预算公开表"
    sheet = book["一般公共预算支出表"]
    filled = [
        (None, "合计", 100, 60, 40),
        ("201", "一般公共服务支出", 100, 60, 40),
        ("20106", "财政事务", 100, 60, 40),
        ("2010601", "行政运行", 60, 60, None),
        ("2010602", "一般行政管理事务", 40, None, 40),
    ]
    for line, values in enumerate(filled, start=5):
        for column, value in enumerate(values, start=1):
            sheet.cell(line, column).value = value
    projects = book["项目支出绩效目标表"]
    for column, value in enumerate(
        [
            "甲市财政局",
            "系统运维",
            10,
            40,
            "保障运行",
            "产出指标",
            "数量指标",
            "系统数",
            "≥",
            "5",
            "套",
            "90",
        ],
        start=1,
    ):
        projects.cell(4, column).value = value
    stream = io.BytesIO()
    book.save(stream)

    draft = read_document(stream.getvalue(), name="filled.xlsx")
    table = next(table for table in draft.tables if table.statement == "expenditure_by_function")
    assert (draft.head.department, draft.head.fiscal_year) == ("甲市财政局", 2026)
    assert [
        (row.code, row.name, *(figure.value for figure in row.figures.values())) for row in table.rows
    ] == filled
    assert [(project.name, project.amount, len(project.indicators)) for project in draft.projects] == [
        ("系统运维", 40, 1)
    ]


@pytest.mark.django_db
def test_the_command_writes_what_is_published(tmp_path: Path) -> None:
    disclosure = factories.publish_lhasa()
    output = tmp_path / "lhasa.xlsx"
    call_command("export_disclosure", disclosure.department.slug, "2024", output=output, verbosity=0)

    again = read_document(output.read_bytes(), name=output.name)
    assert list_amounts(again) == list_amounts(make_lhasa_draft())
    with pytest.raises(CommandError, match="nothing is published"):
        call_command("export_disclosure", "nowhere", "2024")
