"""One small whole disclosure of every kind of file, to be damaged by ``tests.mutations``."""

from __future__ import annotations

import docx
import openpyxl

from tests.intake.parsing.readers.makers import Sheet, make_pdf, make_word, make_workbook, make_zip

TITLE = "2024年某市统计局部门预算支出总表"
ROWS = [
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["", "合计", "1,300.00", "1,000.00", "300.00"],
    ["201", "一般公共服务支出", "1,200.00", "900.00", "300.00"],
    ["20105", "统计信息事务", "1,200.00", "900.00", "300.00"],
    ["2010501", "行政运行", "900.00", "900.00", ""],
    ["2010502", "一般行政管理事务", "300.00", "", "300.00"],
    ["221", "住房保障支出", "100.00", "100.00", "0.00"],
    ["22102", "住房改革支出", "100.00", "100.00", "0.00"],
    ["2210201", "住房公积金", "100.00", "100.00", "0.00"],
]
WIDTHS = [70.0, 180.0, 80.0, 80.0, 80.0]


def make_seeds() -> list[tuple[str, bytes]]:
    """Return name and bytes of one document of each kind."""
    tabbed = "\n".join(
        [TITLE, "部门：某市统计局\t单位：万元", *["\t".join(row) for row in ROWS], "注：本表为部门预算。"]
    )
    commas = "\n".join([TITLE, "单位：万元", *[",".join(f'"{cell}"' for cell in row) for row in ROWS]])
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    page = f"<html><head><meta charset=utf-8></head><body><h1>{TITLE}</h1><p>单位：万元</p><table>{cells}</table></body>"
    workbook, word, pdf = make_workbook(_fill_workbook), make_word(_fill_word), make_pdf(_draw, _draw)
    return [
        ("预算.txt", tabbed.encode()),
        ("预算.csv", commas.encode("gb18030")),
        ("预算.html", page.encode()),
        ("预算.xlsx", workbook),
        ("预算.docx", word),
        ("预算.pdf", pdf),
        ("包.zip", make_zip({"预算.xlsx": workbook})),
    ]


def _fill_workbook(workbook: openpyxl.Workbook) -> None:
    sheet = workbook.active
    sheet["A1"], sheet["E2"] = TITLE, "单位：万元"
    sheet.merge_cells("A1:E1")
    for row in ROWS:
        sheet.append([float(cell.replace(",", "")) if "." in cell else cell for cell in row])
    for row in sheet.iter_rows(min_row=4, min_col=3):
        for cell in row:
            cell.number_format = "#,##0.00"


def _fill_word(document: docx.document.Document) -> None:
    document.add_paragraph(TITLE)
    document.add_paragraph("单位：万元")
    table = document.add_table(rows=len(ROWS), cols=len(ROWS[0]))
    for number, row in enumerate(ROWS):
        for column, text in enumerate(row):
            table.cell(number, column).text = text


def _draw(sheet: Sheet) -> None:
    sheet.text(150, 50, TITLE, size=14)
    sheet.text(50, 90, "部门：某市统计局")
    sheet.text(450, 90, "单位：万元")
    sheet.table(50, 100, rows=ROWS, widths=WIDTHS)
