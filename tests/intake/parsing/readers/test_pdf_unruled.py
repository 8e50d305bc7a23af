"""PDF pages with few rules or none, odd text, and what cannot be opened."""

from __future__ import annotations

import re

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from intake.parsing.readers import pdf
from intake.parsing.refusal import RefusedDocument
from intake.parsing.tables import Grid
from tests.intake.parsing.readers.makers import (
    FONT,
    HEIGHT,
    ROWS,
    WIDTHS,
    Sheet,
    grids,
    lines,
    make_pdf,
    texts,
)

RIGHT = 50 + sum(WIDTHS)
BOTTOM = 100 + len(ROWS) * HEIGHT


def read_one(data: bytes) -> Grid:
    """Return the only grid of a PDF."""
    found = grids(pdf.read(data, name="表.pdf"))
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("rules", ["none", "rows", "heading", "frame"])
def test_aligned_amounts_without_column_rules_make_a_table(rules: str) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(200, 60, "部门支出总表")
        sheet.text(50, 90, "部门：某局")
        sheet.text(400, 90, "单位：万元")
        sheet.texts(50, 100)
        ys = {"none": [], "heading": [0, 1, len(ROWS)]}.get(rules, list(range(len(ROWS) + 1)))
        for number in ys:
            sheet.rule(50, 100 + number * HEIGHT, RIGHT, 100 + number * HEIGHT)
        if rules == "frame":
            for x in (50, RIGHT):
                sheet.rule(x, 100, x, BOTTOM)

    document = pdf.read(make_pdf(draw), name="表.pdf")
    (grid,) = grids(document)
    assert texts(grid) == ROWS
    assert not grid.spans_known
    assert len(lines(document)) == 2


def test_records_below_each_other_in_one_ruled_row_are_parted() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.texts(50, 100)
        for y in (100, 120, BOTTOM):
            sheet.rule(50, y, RIGHT, y)
        sheet.columns_of_rules(50, 100, BOTTOM)

    assert texts(read_one(make_pdf(draw))) == ROWS


def test_a_number_broken_over_two_lines_is_one_row() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.rows_of_rules(50, 100, 1, widths=[80.0, 60.0])
        sheet.rule(50, 150, 190, 150)
        sheet.columns_of_rules(50, 100, 150, widths=[80.0, 60.0])
        sheet.text(53, 114, "科目")
        sheet.text(133, 114, "金额")
        sheet.text(53, 138, "行政运行")
        sheet.text(133, 132, "12,345.6")
        sheet.text(133, 144, "7")

    grid = read_one(make_pdf(draw))
    assert texts(grid)[1] == ["行政运行", "12,345.6\n7"]


def test_running_text_and_contents_pages_are_no_tables() -> None:
    def draw(sheet: Sheet) -> None:
        for number in range(8):
            sheet.text(60, 100 + number * 24, f"{number + 1}. 部门收支总表")
            sheet.text(500, 100 + number * 24, str(number + 3))
            sheet.text(
                60, 400 + number * 24, f"本年支出 {1234.5 + number} 万元，比上年增加 {number}.{number} %。"
            )

    document = pdf.read(make_pdf(draw), name="表.pdf")
    assert grids(document) == []
    assert len(lines(document)) == 16


def test_text_printed_twice_to_look_bold_is_read_once() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(100, 100, "合")
        sheet.text(100.4, 100, "合")
        sheet.text(110, 100, "计")
        sheet.text(110.4, 100, "计")

    assert lines(pdf.read(make_pdf(draw), name="表.pdf")) == ["合计"]


def test_indents_tell_the_levels() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.rows_of_rules(50, 100, 3, widths=[200.0, 80.0])
        sheet.columns_of_rules(50, 100, 160, widths=[200.0, 80.0])
        for number, name in enumerate(["教育支出", "进修及培训", "培训支出"]):
            sheet.text(53 + number * 20, 114 + number * HEIGHT, name)
            sheet.text(253, 114 + number * HEIGHT, "10.00")

    indents = [cell.indent for cell in read_one(make_pdf(draw)).cells if cell.column == 0]
    assert indents == sorted(indents)
    assert indents[1] - indents[0] == pytest.approx(3.6, abs=0.6)


def test_a_watermark_set_at_a_slant_does_not_reach_the_cells() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.saveState()
        sheet.canvas.translate(150, 620)
        sheet.canvas.rotate(35)
        sheet.canvas.setFont(FONT, 36)
        sheet.canvas.drawString(0, 0, "统计局公开")
        sheet.canvas.restoreState()
        sheet.table(50, 100)

    assert texts(read_one(make_pdf(draw))) == ROWS


def test_amounts_in_yuan_without_decimals_align_too() -> None:
    rows = [["名称", "合计"], ["教育支出", "1,234,567"], ["卫生支出", "234,567"], ["其他支出", "34,567"]]

    def draw(sheet: Sheet) -> None:
        for number, (name, amount) in enumerate(rows):
            sheet.text(60, 114 + number * HEIGHT, name)
            sheet.canvas.drawRightString(300, sheet.height - 114 - number * HEIGHT, amount)

    assert texts(read_one(make_pdf(draw))) == rows


def test_a_page_whose_fonts_have_no_character_codes_is_told_not_guessed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("intake.parsing.readers.ocr.is_installed", lambda: False)
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))

    def draw(sheet: Sheet) -> None:
        for number in range(10):
            sheet.canvas.setFont("Vera", 12)
            sheet.canvas.drawString(50, 700 - 20 * number, "Æßñéüöäçøå")

    data = make_pdf(lambda sheet: sheet.table(50, 100), draw)
    blind = re.sub(rb"/ToUnicode \d+ 0 R", lambda match: b" " * len(match[0]), data)
    assert blind != data
    document = pdf.read(blind, name="表.pdf")
    assert [page.scanned for page in document.pages] == [False, True]
    assert [remark.code for remark in document.remarks] == ["scanned-page"]
    assert document.pages[1].blocks == ()


def test_progress_tells_every_page() -> None:
    seen: list[tuple[int, int]] = []
    data = make_pdf(*[lambda sheet: sheet.text(50, 50, "页")] * 3)
    pdf.read(data, name="表.pdf", progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (make_pdf(lambda sheet: sheet.text(50, 50, "密"), password="secret"), "encrypted"),
        (make_pdf(lambda sheet: sheet.table(50, 100))[:400], "damaged"),
        (b"%PDF-1.7\nnothing of a document", "damaged"),
    ],
)
def test_what_cannot_be_opened_is_refused_in_two_languages(data: bytes, code: str) -> None:
    with pytest.raises(RefusedDocument) as refused:
        pdf.read(data, name="表.pdf")
    assert refused.value.code == code
    assert refused.value.message
    assert refused.value.message_en.isascii() or "“" in refused.value.message_en


def test_a_scan_is_refused_and_one_picture_among_text_pages_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.parsing.readers.ocr.is_installed", lambda: False)
    picture = ImageReader(Image.new("RGB", (200, 200), "grey"))

    def scan(sheet: Sheet) -> None:
        sheet.canvas.drawImage(picture, 50, 50, 400, 600)

    with pytest.raises(RefusedDocument) as refused:
        pdf.read(make_pdf(scan, scan), name="扫描.pdf")
    assert refused.value.code == "scanned"
    document = pdf.read(make_pdf(lambda sheet: sheet.table(50, 100), scan), name="混合.pdf")
    assert [page.scanned for page in document.pages] == [False, True]
    assert [(remark.code, remark.place.page) for remark in document.remarks] == [("scanned-page", 2)]
