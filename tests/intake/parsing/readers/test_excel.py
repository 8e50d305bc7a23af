"""Workbooks: values as printed, merged areas, levels, formulas, hidden sheets, and sizes beyond reason."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
import xlwt
from openpyxl.styles import Alignment

from intake.parsing.readers import excel, sheetxml
from intake.parsing.readers.numbers import plain_number, printed_number
from intake.parsing.refusal import RefusedDocument
from tests.intake.parsing.readers.makers import grids, lines, make_workbook, make_zip, texts

ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '


def fill(workbook: openpyxl.Workbook) -> None:
    """Fill a usual budget sheet: title, unit, merged two-row heading, codes as numbers, a note."""
    sheet = workbook.active
    sheet.title = "支出表"
    sheet["A1"] = "2024年一般公共预算支出表"
    sheet.merge_cells("A1:F1")
    sheet["F2"] = "单位：万元"
    for column, text in enumerate(["类", "款", "项", "科目名称", "预算数"], start=1):
        sheet.cell(3, column, text)
    sheet.merge_cells("E3:F3")
    sheet["E4"], sheet["F4"] = "合计", "基本支出"
    for letter in "ABCD":
        sheet.merge_cells(f"{letter}3:{letter}4")
    rows = [(201, None, None, "一般公共服务支出", 104.30000000000001), (None, 3, None, "政府办公厅", 5.5),
            (None, None, 1, "行政运行", 0)]  # fmt: skip
    for number, row in enumerate(rows, start=5):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column, value)
        sheet.cell(number, 2).number_format = sheet.cell(number, 3).number_format = "00"
        sheet.cell(number, 4).alignment = Alignment(indent=number - 5)
        sheet.cell(number, 5).number_format = ACCOUNTING
        sheet.cell(number, 6, 0.25).number_format = "0.00%"
    sheet["A9"] = "注：本表反映部门本年度一般公共预算支出情况。"


def test_a_sheet_is_read_as_it_prints() -> None:
    document = excel.read(make_workbook(fill), name="表.xlsx")
    assert lines(document) == [
        "2024年一般公共预算支出表",
        "单位：万元",
        "注：本表反映部门本年度一般公共预算支出情况。",
    ]
    (grid,) = grids(document)
    assert texts(grid) == [
        ["类", "款", "项", "科目名称", "预算数", ""],
        ["", "", "", "", "合计", "基本支出"],
        ["201", "", "", "一般公共服务支出", "104.30", "25%"],
        ["", "03", "", "政府办公厅", "5.50", "25%"],
        ["", "", "01", "行政运行", "-", "25%"],
    ]
    spans = {cell.text: (cell.row_span, cell.column_span) for cell in grid.cells if cell.text}
    assert spans["预算数"] == (1, 2)
    assert spans["科目名称"] == (2, 1)
    assert [cell.indent for cell in grid.cells if cell.column == 3 and cell.row > 1] == [0.0, 2.0, 4.0]


def test_places_are_those_of_the_sheet() -> None:
    (grid,) = grids(excel.read(make_workbook(fill), name="表.xlsx"))
    place = next(cell for cell in grid.cells if cell.text == "5.50").place
    assert (place.sheet, place.row, place.column) == ("支出表", 6, 5)


def test_an_old_workbook_reads_to_the_same_figures() -> None:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("支出表")
    sheet.write_merge(0, 0, 0, 2, "支出总表")
    for column, text in enumerate(["编码", "名称", "金额"]):
        sheet.write(1, column, text)
    code_style = xlwt.easyxf(num_format_str="00")
    amount_style = xlwt.easyxf(num_format_str="#,##0.00")
    for number, (code, name, amount) in enumerate([(201, "一般公共服务支出", 12.5), (3, "政府办公厅", 12)]):
        sheet.write(2 + number, 0, code, code_style)
        sheet.write(2 + number, 1, name, xlwt.easyxf(f"align: indent {number}"))
        sheet.write(2 + number, 2, amount, amount_style)
    buffer = io.BytesIO()
    workbook.save(buffer)
    document = excel.read(buffer.getvalue(), name="表.xls")
    assert lines(document) == ["支出总表"]
    assert texts(grids(document)[0])[1:] == [
        ["201", "一般公共服务支出", "12.50"],
        ["03", "政府办公厅", "12.00"],
    ]
    assert [cell.indent for cell in grids(document)[0].cells if cell.column == 1] == [0.0, 0.0, 2.0]


def test_a_formula_never_computed_is_a_problem_with_its_place() -> None:
    def formulas(workbook: openpyxl.Workbook) -> None:
        sheet = workbook.active
        sheet.append(["名称", "金额"])
        sheet.append(["甲", 1.0])
        sheet.append(["合计", "=SUM(B2:B2)"])

    document = excel.read(make_workbook(formulas), name="表.xlsx")
    (remark,) = document.remarks
    assert (remark.code, remark.severity) == ("formula-without-value", "error")
    assert (remark.place.row, remark.place.column) == (3, 2)


def test_a_computed_formula_is_read_as_its_value() -> None:
    data = make_workbook(lambda workbook: workbook.active.append(["合计", "=1+1"]))
    with_value = _replaced(data, b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    document = excel.read(with_value, name="表.xlsx")
    assert texts(grids(document)[0]) == [["合计", "2"]]
    assert document.remarks == ()


def test_hidden_sheets_are_read_and_told() -> None:
    def two(workbook: openpyxl.Workbook) -> None:
        workbook.active.append(["名称", "金额"])
        hidden = workbook.create_sheet("底稿")
        hidden.append(["名称", 3])
        hidden.sheet_state = "hidden"

    document = excel.read(make_workbook(two), name="表.xlsx")
    assert [page.sheet for page in document.pages] == ["Sheet", "底稿"]
    assert [(remark.code, remark.place.sheet) for remark in document.remarks] == [("hidden-sheet", "底稿")]


def test_a_label_after_a_blank_row_does_not_begin_a_table() -> None:
    def fill_sheet(workbook: openpyxl.Workbook) -> None:
        for row in (
            ["收支总表"],
            ["收入", "预算数"],
            ["拨款", 9.5],
            [],
            ["上级补助"],
            ["上年结转"],
            ["收入总计", 9.5],
        ):
            workbook.active.append(row)

    (grid,) = grids(excel.read(make_workbook(fill_sheet), name="表.xlsx"))
    assert [row[0] for row in texts(grid)] == ["收入", "拨款", "", "上级补助", "上年结转", "收入总计"]


def test_hidden_rows_are_read_and_told() -> None:
    def hide(workbook: openpyxl.Workbook) -> None:
        for row in (["名称", "金额"], ["甲", 1], ["乙", 2]):
            workbook.active.append(row)
        workbook.active.row_dimensions[2].hidden = True

    document = excel.read(make_workbook(hide), name="表.xlsx")
    assert grids(document)[0].rows == 3
    assert [(remark.code, remark.severity) for remark in document.remarks] == [("hidden-rows", "warning")]


def test_two_tables_of_one_sheet_stay_apart() -> None:
    def two(workbook: openpyxl.Workbook) -> None:
        sheet = workbook.active
        for row in (["收入表"], ["名称", "金额"], ["甲", 1], [], ["支出表"], ["名称", "金额"], ["乙", 2]):
            sheet.append(row)

    document = excel.read(make_workbook(two), name="表.xlsx")
    assert [texts(grid)[1][0] for grid in grids(document)] == ["甲", "乙"]
    assert lines(document) == ["收入表", "支出表"]


def test_a_million_formatted_empty_rows_are_no_content() -> None:
    data = make_workbook(lambda workbook: workbook.active.append(["甲", 1]))
    empty = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (row, row) for row in range(2, 200_001))
    swollen = _replaced(data, b"</sheetData>", empty + b"</sheetData>")
    assert texts(grids(excel.read(swollen, name="表.xlsx"))[0]) == [["甲", "1"]]


def test_a_value_in_the_farthest_corner_is_refused_before_it_fills_the_memory() -> None:
    def corner(workbook: openpyxl.Workbook) -> None:
        workbook.active["A1"] = "甲"
        workbook.active["XFD1048576"] = 1

    with pytest.raises(RefusedDocument) as refused:
        excel.read(make_workbook(corner), name="表.xlsx")
    assert refused.value.code == "too-large"


@pytest.mark.parametrize("end", [200, 2000, -30])
def test_a_truncated_workbook_is_refused(end: int) -> None:
    with pytest.raises(RefusedDocument) as refused:
        excel.read(make_workbook(fill)[:end], name="表.xlsx")
    assert refused.value.code == "damaged"


def test_a_workbook_that_is_a_bomb_is_refused_unopened() -> None:
    data = make_zip({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b"0" * 120_000_000})
    with pytest.raises(RefusedDocument) as refused:
        excel.read(data, name="表.xlsx")
    assert refused.value.code == "bomb"


def test_entities_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    data = make_workbook(fill)
    swollen = _replaced(data, b"<worksheet ", bomb + b"<worksheet ")
    swollen = _replaced(swollen, b"<sheetData>", b'<sheetData><row r="40"><c r="A40"><v>&b;</v></c></row>')
    document = excel.read(swollen, name="表.xlsx")
    assert "aaaaaaaaaa" not in str(document.pages)
    assert "一般公共服务支出" in str(document.pages)


def test_a_workbook_in_xml_of_2003_is_read() -> None:
    data = """<?xml version="1.0"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="支出表"><Table>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">支出总表</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">编码</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">金额</Data></Cell></Row>
<Row ss:Index="4"><Cell><Data ss:Type="String">201</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="Number">104.30000000000001</Data></Cell></Row>
</Table></Worksheet></Workbook>""".encode()
    document = sheetxml.read(data, name="表.xls")
    assert lines(document) == ["支出总表"]
    assert [row for row in texts(grids(document)[0]) if any(row)] == [
        ["编码", "", "金额"],
        ["201", "", "104.3"],
    ]


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        (1.0, "00", "01"),
        (8.0, "000", "008"),
        (0.0553, "0.00%", "5.53%"),
        (1234.5, "#,##0.00", "1234.50"),
        (1234.5678, "#,##0.00", "1234.5678"),
        (0.0, ACCOUNTING, "-"),
        (0.0, "0.00;-0.00;", ""),
        (0.0, "0.00", "0.00"),
        (-3.0, ACCOUNTING, "-3.00"),
    ],
)
def test_number_formats_print_as_in_the_workbook(value: float, code: str, printed: str) -> None:
    assert printed_number(value, code) == printed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (104.30000000000001, "104.3"),
        (208.0, "208"),
        (1e-12, "0"),
        (-0.0, "0"),
        (1.5e10, "15000000000"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_plain_numbers_carry_no_noise(value: float, text: str) -> None:
    assert plain_number(value) == text


def _replaced(data: bytes, old: bytes, new: bytes) -> bytes:
    """Return a workbook with one text of its first sheet replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    path = "xl/worksheets/sheet1.xml"
    assert old in members[path]
    members[path] = members[path].replace(old, new, 1)
    return make_zip(members)
