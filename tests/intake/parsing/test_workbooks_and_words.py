"""Layouts of real tables as workbooks and Word files made here: the same understanding, all figures exact."""

import io
from decimal import Decimal

import docx
import openpyxl
import xlwt
from openpyxl.styles import Alignment

from intake.parsing.draft import Draft, Table
from intake.parsing.pipeline import read_document

TITLE = "2025年一般公共预算支出表"


def table_of(draft: Draft, statement: str) -> Table:
    [table] = [table for table in draft.tables if table.statement == statement]
    return table


def amounts(table: Table) -> list[tuple[str, dict[str, str]]]:
    return [
        (row.code or row.name, {key: str(f.value) for key, f in row.figures.items() if f.value is not None})
        for row in table.rows
    ]


def save(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_workbook_with_merged_headings_and_codes_as_numbers():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "支出表"
    rows = [
        [TITLE],
        ["部门：某市某某局", None, None, None, None, None, "单位：万元"],
        ["科目编码", None, None, "科目名称", "2025年预算数"],
        ["类", "款", "项", None, "合计", "基本支出", "项目支出"],
        ["合计", None, None, None, 5884.05, 1235.35, 4648.7],
        [201, None, None, "一般公共服务支出", 5884.05, 1235.35, 4648.7],
        [None, 3, None, "政府办公厅", 5884.05, 1235.35, 4648.7],
        [None, None, 1, "行政运行", 1239.38, 1235.35, 4.03],
        [None, None, 99, "其他", 4644.67, None, 4644.67],
    ]
    for row in rows:
        sheet.append(row)
    for row in range(7, 10):
        for column in (2, 3):
            sheet.cell(row, column).number_format = "00"
    for merged in ("A1:G1", "A3:C3", "D3:D4", "E3:G3", "A5:D5"):
        sheet.merge_cells(merged)
    draft = read_document(save(book), name="支出.xlsx")
    table = table_of(draft, "expenditure_by_function")
    assert amounts(table) == [
        ("合计", {"total": "5884.05", "basic": "1235.35", "project": "4648.7"}),
        ("201", {"total": "5884.05", "basic": "1235.35", "project": "4648.7"}),
        ("20103", {"total": "5884.05", "basic": "1235.35", "project": "4648.7"}),
        ("2010301", {"total": "1239.38", "basic": "1235.35", "project": "4.03"}),
        ("2010399", {"total": "4644.67", "project": "4644.67"}),
    ]
    assert table.unit == "万元"
    assert draft.head.department == "某市某某局"
    assert (table.rows[3].place.sheet, table.rows[3].place.row) == ("支出表", 8)
    assert table.rows[3].figures["total"].place.column == 5


def test_workbook_of_several_sheets_in_two_halves():
    book = openpyxl.Workbook()
    book.remove(book.active)
    summary = book.create_sheet("1收支总表")
    for row in (
        ["某市某某局2025年部门收支总表"],
        ["单位：元"],
        ["收入", None, "支出", None],
        ["项目", "预算数", "项目", "预算数"],
        ["一、一般公共预算拨款收入", 100.1, "一、一般公共服务支出", 60.1],
        ["二、事业收入", None, "二、教育支出", 40],
        ["本年收入合计", 100.1, "本年支出合计", 100.1],
        ["上年结转", None, "结转下年", None],
        ["收入总计", 100.1, "支出总计", 100.1],
    ):
        summary.append(row)
    three = book.create_sheet("2三公")
    for row in (
        ["“三公”经费支出表"],
        ["单位：元"],
        ["合计", "因公出国（境）费", "公务用车购置及运行费", None, None, "公务接待费"],
        [None, None, "小计", "购置费", "运行费", None],
        [12, 2, 8, 0, 8, 2],
    ):
        three.append(row)
    three.merge_cells("C3:E3")
    draft = read_document(save(book), name="公开表.xlsx")
    assert [table.statement for table in draft.tables] == ["department_summary", "three_public"]
    summary_table, three_table = draft.tables
    assert [row.name for row in summary_table.rows if row.side == "expenditure"][-1] == "支出总计"
    assert {c.measure: three_table.rows[0].figures[c.key].value for c in three_table.columns} == {
        "total": Decimal(12),
        "overseas_travel": Decimal(2),
        "vehicle_total": Decimal(8),
        "vehicle_purchase": Decimal(0),
        "vehicle_operation": Decimal(8),
        "official_reception": Decimal(2),
    }
    assert (draft.head.fiscal_year, draft.head.scope) == (2025, None)


def test_workbook_with_levels_by_indent():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["2025年部门支出总表"],
        ["单位：万元"],
        ["功能分类科目名称", "总计", "基本支出", "项目支出"],
        ["合计", 100, 60, 40],
        ["一般公共服务支出", 100, 60, 40],
        ["政府办公厅", 100, 60, 40],
        ["行政运行", 60, 60, None],
        ["其他", 40, None, 40],
    ):
        sheet.append(row)
    for row, indent in ((6, 1), (7, 2), (8, 2)):
        sheet.cell(row, 1).alignment = Alignment(indent=indent)
    table = table_of(read_document(save(book), name="缩进.xlsx"), "expenditure_summary")
    parents = [None if row.parent is None else table.rows[row.parent].name for row in table.rows]
    assert parents == [None, None, "一般公共服务支出", "政府办公厅", "政府办公厅"]


def test_old_workbook():
    book = xlwt.Workbook()
    sheet = book.add_sheet("表3")
    for r, row in enumerate(
        [
            ["2025年部门支出总表", "", "", ""],
            ["单位：元", "", "", ""],
            ["科目编码", "科目名称", "合计", "基本支出"],
            [2010301, "行政运行", 104.30, 104.30],
            ["合计", "", 104.30, 104.30],
        ]
    ):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    stream = io.BytesIO()
    book.save(stream)
    table = table_of(read_document(stream.getvalue(), name="旧.xls"), "expenditure_summary")
    assert [(code, Decimal(found["total"])) for code, found in amounts(table)] == [
        ("2010301", Decimal("104.3")),
        ("合计", Decimal("104.3")),
    ]


def test_word_tables_with_merged_headings():
    document = docx.Document()
    document.add_paragraph("某市某某局2025年部门预算")
    document.add_paragraph("一般公共预算支出表")
    document.add_paragraph("单位：万元")
    rows = [
        ["科目编码", "科目名称", "2025年预算数", "", ""],
        ["", "", "合计", "基本支出", "项目支出"],
        ["201", "一般公共服务支出", "1,235.35", "1,235.35", ""],
        ["20103", "政府办公厅", "1,235.35", "1,235.35", ""],
        ["合计", "", "1,235.35", "1,235.35", "—"],
    ]
    table = document.add_table(rows=len(rows), cols=5)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    table.cell(0, 2).merge(table.cell(0, 4))
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(1, 1))
    stream = io.BytesIO()
    document.save(stream)
    draft = read_document(stream.getvalue(), name="公开.docx")
    found = table_of(draft, "expenditure_by_function")
    assert amounts(found) == [
        ("201", {"total": "1235.35", "basic": "1235.35"}),
        ("20103", {"total": "1235.35", "basic": "1235.35"}),
        ("合计", {"total": "1235.35", "basic": "1235.35"}),
    ]
    assert found.rows[2].figures["project"].state == "dash"
    assert draft.head.department == "某市某某局"


def test_csv_by_the_same_door():
    text = (
        "某市某某局2025年部门支出总表,,,\n单位：万元,,,\n科目编码,科目名称,合计,基本支出\n"
        '201,一般公共服务支出,"1,000.10",500\n20103,政府办公厅,1000.10,500\n合计,,1000.10,500\n'
    )
    draft = read_document(text.encode("gb18030"), name="支出.csv")
    table = table_of(draft, "expenditure_summary")
    assert [Decimal(found["total"]) for _, found in amounts(table)] == [Decimal("1000.10")] * 3
    assert table.unit == "万元"
