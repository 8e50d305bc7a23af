"""Word documents and web pages: spans exact, nested tables apart, boxes in place of tables."""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path

import docx
import pytest

from intake.parsing import kinds
from intake.parsing.readers import doc, html, mhtml, word
from intake.parsing.refusal import RefusedDocument
from tests.intake.parsing.readers.makers import ROWS, grids, lines, make_word, make_workbook, make_zip, texts


def fill(document: docx.document.Document) -> None:
    """Fill a usual document: title, unit, a table with a merged heading and an indented name."""
    document.add_paragraph("2024年部门预算支出表")
    document.add_paragraph("单位：万元")
    table = document.add_table(rows=4, cols=4)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "科目"
    table.cell(0, 1).merge(table.cell(0, 3)).text = "预算数"
    for column, text in enumerate(["合计", "基本", "项目"], start=1):
        table.cell(1, column).text = text
    for number, name in enumerate(["教育支出", "\u3000培训支出"], start=2):
        for column, text in enumerate([name, "1,234.50", "1,000.00", "234.50"]):
            table.cell(number, column).text = text
    document.add_paragraph("注：本表反映支出。")


def test_a_word_table_is_read_with_its_spans_and_levels() -> None:
    document = word.read(make_word(fill), name="表.docx")
    assert lines(document) == ["2024年部门预算支出表", "单位：万元", "注：本表反映支出。"]
    (grid,) = grids(document)
    assert texts(grid) == [
        ["科目", "预算数", "", ""],
        ["", "合计", "基本", "项目"],
        ["教育支出", "1,234.50", "1,000.00", "234.50"],
        ["培训支出", "1,234.50", "1,000.00", "234.50"],
    ]
    spans = {cell.text: (cell.row_span, cell.column_span) for cell in grid.cells}
    assert (spans["科目"], spans["预算数"]) == ((2, 1), (1, 3))
    assert [cell.indent for cell in grid.cells if cell.column == 0][1:] == [0.0, 2.0]


def test_a_table_inside_a_cell_is_a_table_of_its_own() -> None:
    def nested(document: docx.document.Document) -> None:
        outer = document.add_table(rows=1, cols=2)
        outer.cell(0, 0).text = "说明"
        inner = outer.cell(0, 1).add_table(2, 2)
        inner.cell(0, 0).text = "名称"
        inner.cell(1, 1).text = "5.00"

    found = [texts(grid) for grid in grids(word.read(make_word(nested), name="表.docx"))]
    assert found == [[["说明", ""]], [["名称", ""], ["", "5.00"]]]


def test_a_workbook_embedded_as_an_object_is_read_as_further_pages() -> None:
    workbook = make_workbook(lambda book: book.active.append(["教育支出", "1,234.50"]))
    with zipfile.ZipFile(io.BytesIO(make_word(fill))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["word/embeddings/Microsoft_Excel_Sheet1.xlsx"] = workbook
    members["word/embeddings/Microsoft_Excel_Sheet2.xlsx"] = workbook[:50]
    document = word.read(make_zip(members), name="表.docx")
    assert [page.number for page in document.pages] == [1, 2]
    assert texts(grids(document.pages[1])[0]) == [["教育支出", "1,234.50"]]


@pytest.mark.parametrize("data", [make_word(fill)[:3000], make_zip({"word/document.xml": b"<w:document"})])
def test_a_damaged_word_document_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedDocument) as refused:
        word.read(data, name="表.docx")
    assert refused.value.code == "damaged"


def test_old_word_files_without_libreoffice_are_refused_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(doc, "find_office", lambda: None)
    with pytest.raises(RefusedDocument) as refused:
        doc.read(b"\xd0\xcf\x11\xe0", name="表.doc")
    assert refused.value.code == "needs-office"
    assert ".docx" in refused.value.message


def test_old_word_files_are_read_as_libreoffice_converts_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    converted = tmp_path / "converted.docx"
    converted.write_bytes(make_word(fill))
    office = tmp_path / "soffice"
    office.write_text(
        f'#!/bin/sh\nwhile [ "$1" != "--outdir" ]; do shift; done\ncp "{converted}" "$2/in.docx"\n'
    )
    office.chmod(0o755)
    monkeypatch.setattr(doc, "find_office", lambda: str(office))
    document = doc.read(b"\xd0\xcf\x11\xe0", name="表.doc")
    assert texts(grids(document)[0])[2] == ["教育支出", "1,234.50", "1,000.00", "234.50"]
    assert [remark.code for remark in document.remarks] == ["converted"]
    office.write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(RefusedDocument) as refused:
        doc.read(b"\xd0\xcf\x11\xe0", name="表.doc")
    assert refused.value.code == "damaged"


PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>某局</title><style>td{{color:red}}</style>
<script>var amount = 1;</script></head><body><nav>首页</nav><h1>部门预算公开</h1><p>单位：万元</p>
<table><tr><th rowspan="2">科目</th><th colspan="2">预算数</th></tr><tr><th>合计</th><th>基本<br>支出</th></tr>
<tr><td>教育支出</td><td>12.00</td><td>10.00</td></tr>
<tr><td>&nbsp;&nbsp;培训支出</td><td>12.00</td><td style="display:none">9</td><td>10.00</td></tr></table>
<p>注：<15万元的项目不列。</p></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_a_web_table_is_read_with_its_spans(charset: str) -> None:
    data = PAGE.format(charset=charset).encode("gb18030" if charset == "gb2312" else charset)
    document = html.read(data, name="页.html")
    assert lines(document) == ["部门预算公开", "单位：万元", "注：<15万元的项目不列。"]
    (grid,) = grids(document)
    assert texts(grid) == [
        ["科目", "预算数", ""],
        ["", "合计", "基本\n支出"],
        ["教育支出", "12.00", "10.00"],
        ["培训支出", "12.00", "10.00"],
    ]
    assert next(cell for cell in grid.cells if cell.text == "培训支出").indent == 2.0


def test_a_page_saved_with_everything_in_one_file_is_read() -> None:
    page = PAGE.format(charset="utf-8").encode()
    data = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="part"\r\n\r\n--part\r\n'
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(page)
        + b"\r\n--part\r\nContent-Type: image/png\r\n\r\nx\r\n--part--\r\n"
    )
    assert kinds.detect(data, name="表.xls") == "mhtml"
    assert texts(grids(mhtml.read(data, name="表.xls"))[0])[2] == ["教育支出", "12.00", "10.00"]
    with pytest.raises(RefusedDocument) as refused:
        mhtml.read(data[:100], name="表.xls")
    assert refused.value.code == "damaged"


def test_a_table_that_only_lays_out_the_page_gives_way_to_the_one_inside() -> None:
    data = (
        "<table><tr><td>左边栏目导航</td><td><p>支出总表如下所示："
        "</p><table><tr><td>名称</td><td>金额</td></tr>"
        "<tr><td>甲</td><td>1.00</td></tr></table></td></tr></table>"
    )
    document = html.read(data.encode(), name="页.html")
    assert [texts(grid) for grid in grids(document)] == [[["名称", "金额"], ["甲", "1.00"]]]
    assert lines(document) == ["左边栏目导航", "支出总表如下所示："]


def test_positioned_boxes_become_the_tables_they_draw() -> None:
    boxes = []
    xs = [50, 130, 310, 400, 490]
    for number, row in enumerate(ROWS):
        for x, text in zip(xs, row, strict=False):
            style = (
                f"position:absolute;left:{x + 3}pt;top:{104 + number * 20}pt;font-size:10pt;line-height:10pt"
            )
            boxes.append(f'<div class="p" style="{style}">{text}</div>')
    for number in range(len(ROWS) + 1):
        boxes.append(_rule(50, 100 + number * 20, 440, 0))
    boxes.extend(_rule(x, 100, 0, len(ROWS) * 20) for x in xs)
    page = '<div style="position:relative;width:595pt;height:842pt">' + "".join(boxes) + "</div>"
    data = f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{page * 2}</body></html>".encode()
    document = html.read(data, name="页.html")
    assert [page.number for page in document.pages] == [1, 2]
    assert [texts(grid) for grid in grids(document)] == [ROWS, ROWS]
    assert grids(document)[1].cells[0].place.box == pytest.approx((50, 100, 130, 120), abs=0.5)


def _rule(left: float, top: float, width: float, height: float) -> str:
    style = f"position:absolute;left:{left}pt;top:{top}pt;width:{width}pt;height:{height}pt;border-top:0.5pt solid"
    return f'<div class="r" style="{style}"> </div>'


def test_a_list_page_saved_under_another_name_is_refused_with_the_way_out() -> None:
    links = "".join(f'<li><a href="/{number}.pdf">某局2026年部门预算</a></li>' for number in range(30))
    with pytest.raises(RefusedDocument) as refused:
        html.read(f"<html><body><ul>{links}</ul></body></html>".encode(), name="某局.pdf")
    assert refused.value.code == "html-page"
    assert "附件" in refused.value.message
