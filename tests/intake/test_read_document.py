"""``manage.py read_document``: contract JSON, no database, exit codes."""

import io
import json

import openpyxl
import pytest
from django.core.management import CommandError, call_command

ROWS = [
    ["某市某某局2025年部门支出总表"],
    ["单位：万元"],
    ["科目编码", "科目名称", "合计", "基本支出"],
    ["201", "一般公共服务支出", 9.5, 9.5],
    ["合计", None, 9.5, 9.5],
]


@pytest.fixture
def workbook(tmp_path):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    file = tmp_path / "支出.xlsx"
    book.save(file)
    return file


def run(*args, **options):
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command("read_document", *args, stdout=out, stderr=err, **options)
    except SystemExit as stop:
        code = stop.code
    return code, out.getvalue(), err.getvalue()


def test_one_json_object_a_line_as_the_contract_says(workbook):
    # No database fixture: pytest-django fails any query here.
    code, out, _ = run(str(workbook), str(workbook), json=True)
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert len(lines) == 2
    assert set(lines[0]) == {
        "file", "sha256", "kind", "pages", "disclosure", "tables", "projects", "narrative", "problems", "findings",
        "numbers", "seconds",
    }  # fmt: skip
    [table] = lines[0]["tables"]
    assert set(table) == {"statement", "title", "unit", "pages", "declared_empty", "columns", "rows"}
    assert table["rows"][0]["amounts"] == {"total": "9.5", "basic": "9.5"}
    assert table["rows"][0]["place"]["sheet"]
    assert set(table["columns"][0]) == {
        "key", "block", "measure", "year", "phase", "fund", "carried", "quantity", "heading",
    }  # fmt: skip
    assert lines[0]["disclosure"]["fiscal_year"] == 2025
    assert set(lines[0]["findings"][0]) >= {
        "check",
        "outcome",
        "severity",
        "left",
        "right",
        "difference",
        "places",
    }


def test_a_document_that_cannot_be_read_gives_exit_1_and_the_others_are_read(workbook, tmp_path):
    empty = tmp_path / "空.pdf"
    empty.write_bytes(b"")
    code, out, err = run(str(empty), str(workbook), json=True)
    refused, read = (json.loads(line) for line in out.splitlines())
    assert code == 1
    assert refused["error"]["code"] == "empty"
    assert read["file"] == "支出.xlsx"
    assert "空.pdf" in err


def test_a_file_that_does_not_exist_is_wrong_use(tmp_path):
    with pytest.raises(CommandError) as error:
        run(str(tmp_path / "无.pdf"))
    assert error.value.returncode == 2


def test_for_people_it_says_what_was_understood(workbook):
    _, out, _ = run(str(workbook))
    assert "expenditure_summary" in out
    assert "某市某某局" in out
    assert "numbers in tables: 4, attributed: 4, in problems: 0" in out
