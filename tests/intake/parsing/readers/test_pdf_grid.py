"""Grids out of small PDFs, one for each way in which real tables are drawn."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from reportlab.lib import colors

from intake.parsing.readers import pdf
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


def test_a_ruled_table_is_read_cell_by_cell_with_its_place() -> None:
    grid = read_one(make_pdf(lambda sheet: sheet.table(50, 100)))
    assert texts(grid) == ROWS
    cell = next(cell for cell in grid.cells if cell.text == "行政运行")
    assert (cell.place.page, cell.place.row, cell.place.column) == (1, 4, 2)
    assert cell.place.box == pytest.approx((130, 160, 310, 180), abs=0.5)
    assert grid.spans_known


def test_text_around_a_table_stays_in_order_and_keeps_its_gaps() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.table(50, 100)
        sheet.text(200, 60, "部门支出总表", size=14)
        sheet.text(50, 90, "部门：某局")
        sheet.text(400, 90, "单位：万元")
        sheet.text(50, BOTTOM + 30, "注：本表反映支出。")

    document = pdf.read(make_pdf(draw), name="表.pdf")
    kinds = [type(block).__name__ for block in document.pages[0].blocks]
    assert kinds == ["TextLine", "TextLine", "Grid", "TextLine"]
    title, unit, note = lines(document)
    assert (title, note) == ("部门支出总表", "注：本表反映支出。")
    assert unit.split() == ["部门：某局", "单位：万元"]
    assert "     " in unit


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_a_viewer_shows_it(turn: int) -> None:
    data = make_pdf(lambda sheet: sheet.table(50, 100))
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    page.set_rotation(turn)
    buffer = io.BytesIO()
    document.save(buffer)
    read = pdf.read(buffer.getvalue(), name="表.pdf").pages[0]
    # The text itself now lies turned on the page: it is read upright, its boxes are as shown.
    grid = grids(read)[0]
    assert texts(grid) == ROWS
    assert (read.width, read.height) == ((842, 595) if turn % 180 else (595, 842))
    box = next(cell for cell in grid.cells if cell.text == "编码").place.box
    upright = (50, 100, 130, 120)
    expected = {
        90: (842 - upright[3], upright[0], 842 - upright[1], upright[2]),
        180: (595 - upright[2], 842 - upright[3], 595 - upright[0], 842 - upright[1]),
        270: (upright[1], 595 - upright[2], upright[3], 595 - upright[0]),
    }[turn]
    assert box == pytest.approx(expected, abs=0.5)


def test_a_table_drawn_sideways_is_read_upright() -> None:
    def sideways(canvas: object) -> None:
        canvas.translate(595, 0)  # type: ignore[attr-defined]
        canvas.rotate(90)  # type: ignore[attr-defined]

    def draw(sheet: Sheet) -> None:
        Sheet(sheet.canvas, 595).table(50, 100)

    grid = read_one(make_pdf(draw, before=sideways))
    assert texts(grid) == ROWS
    box = next(cell for cell in grid.cells if cell.text == "编码").place.box
    assert box == pytest.approx((100, 842 - 130, 120, 842 - 50), abs=0.5)


def test_boxes_count_from_the_crop_box_and_what_lies_outside_is_left_out() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.table(100, 200)
        sheet.text(5, 400, "页外文字")

    document = pypdfium2.PdfDocument(make_pdf(draw))
    page = document[0]
    page.set_cropbox(80.0, 0.0, 595.0, 742.0)
    buffer = io.BytesIO()
    document.save(buffer)
    read = pdf.read(buffer.getvalue(), name="表.pdf")
    assert texts(grids(read)[0]) == ROWS
    assert grids(read)[0].cells[0].place.box == pytest.approx((20, 100, 100, 120), abs=0.5)
    assert lines(read) == []


def test_thin_filled_boxes_are_rules() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.texts(50, 100)
        for number in range(len(ROWS) + 1):
            sheet.box(50, 100 + number * HEIGHT - 0.3, RIGHT, 100 + number * HEIGHT + 0.3)
        for number in range(len(WIDTHS) + 1):
            x = 50 + sum(WIDTHS[:number])
            sheet.box(x - 0.3, 100, x + 0.3, BOTTOM)

    assert texts(read_one(make_pdf(draw))) == ROWS


def test_coloured_cells_do_not_split_or_hide_a_ruled_table() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.setFillColor(colors.lightblue)
        sheet.box(60, 90, 200, 110)
        sheet.box(50, 100, RIGHT, 120)
        sheet.canvas.setFillColor(colors.black)
        sheet.table(50, 100)

    assert texts(read_one(make_pdf(draw))) == ROWS


def test_missing_inner_rules_make_merged_cells() -> None:
    rows = [["科目", "预算数", ""], ["", "合计", "项目"], ["201", "2.00", "1.00"]]
    widths = [80.0, 90.0, 90.0]

    def draw(sheet: Sheet) -> None:
        sheet.texts(50, 100, rows=rows, widths=widths)
        for y in (100, 140, 160):
            sheet.rule(50, y, 310, y)
        sheet.rule(130, 120, 310, 120)
        for x in (50, 130, 310):
            sheet.rule(x, 100, x, 160)
        sheet.rule(220, 120, 220, 160)

    grid = read_one(make_pdf(draw))
    spans = {cell.text: (cell.row_span, cell.column_span) for cell in grid.cells}
    assert spans["科目"] == (2, 1)
    assert spans["预算数"] == (1, 2)
    assert spans["合计"] == (1, 1)
    assert len(grid.cells) == 7


def test_double_rules_are_one_rule() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.texts(50, 100)
        for number in range(len(ROWS) + 1):
            for gap in (0, 4):
                y = 100 + number * HEIGHT + gap
                sheet.rule(50, y, RIGHT + 6, y)
        for number in range(len(WIDTHS) + 1):
            for gap in (-3, 3):
                x = 50 + sum(WIDTHS[:number]) + gap
                sheet.rule(x, 100, x, BOTTOM + 4)

    assert texts(read_one(make_pdf(draw))) == ROWS


def test_a_name_and_its_amount_in_thin_rows_of_their_own_are_one_row() -> None:
    """Double-ruled cells: a rule passes between the middle of the name and that of its amount."""

    def draw(sheet: Sheet) -> None:
        sheet.columns_of_rules(50, 100, BOTTOM)
        for number, row in enumerate(ROWS):
            top = 100 + number * HEIGHT
            sheet.rule(50, top, RIGHT, top)
            sheet.rule(50, top + 10.2, RIGHT, top + 10.2)
            for x, text, baseline in zip((53, 133, 313, 403), row, (12, 12, 14.5, 14.5), strict=True):
                sheet.text(x, top + baseline, text)
        sheet.rule(50, BOTTOM, RIGHT, BOTTOM)

    assert texts(read_one(make_pdf(draw))) == ROWS


def test_a_row_that_runs_on_over_the_page_is_kept() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.texts(50, 100)
        sheet.rows_of_rules(50, 100, len(ROWS) - 1)
        sheet.columns_of_rules(50, 100, BOTTOM)

    assert texts(read_one(make_pdf(draw))) == ROWS


def test_a_table_without_outer_sides_is_whole() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.texts(50, 100)
        sheet.rows_of_rules(50, 100, len(ROWS))
        for x in (130, 310, 400):
            sheet.rule(x, 100, x, BOTTOM)

    assert texts(read_one(make_pdf(draw))) == ROWS


def test_a_name_that_overflows_its_cell_stays_whole() -> None:
    rows = [["编码", "名称", "金额"], ["2010301", "机关事业单位基本养老保险缴费支出", "1,234.56"]]
    widths = [60.0, 100.0, 120.0]

    def draw(sheet: Sheet) -> None:
        sheet.rows_of_rules(50, 100, 2, widths=widths)
        sheet.columns_of_rules(50, 100, 140, widths=widths)
        sheet.texts(50, 100, rows=[rows[0], [*rows[1][:2], ""]], widths=widths)
        sheet.canvas.setFont(FONT, 10)
        sheet.canvas.drawRightString(328, sheet.height - 134, rows[1][2])

    assert texts(read_one(make_pdf(draw))) == rows


def test_amounts_set_tightly_side_by_side_are_parted_at_the_rule() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.rows_of_rules(50, 100, 2, widths=[40.0, 40.0])
        sheet.columns_of_rules(50, 100, 140, widths=[40.0, 40.0])
        sheet.text(53, 114, "合计")
        sheet.text(93, 114, "项目")
        sheet.text(50, 134, "1,234.56")
        sheet.text(90, 134, "2,345.67")

    rows = texts(read_one(make_pdf(draw)))
    assert rows[1] == ["1,234.56", "2,345.67"]


def test_several_tables_of_one_page_stay_apart() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.table(50, 100)
        sheet.text(200, 290, "表二")
        sheet.table(50, 300, rows=ROWS[:2])

    document = pdf.read(make_pdf(draw), name="表.pdf")
    assert [texts(grid) for grid in grids(document)] == [ROWS, ROWS[:2]]
    assert lines(document) == ["表二"]


def test_a_page_border_is_no_table_and_the_inner_frame_wins() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.box(20, 20, 575, 822, stroke=1, fill=0)
        sheet.text(200, 60, "部门支出总表")
        sheet.table(50, 100)

    document = pdf.read(make_pdf(draw), name="表.pdf")
    assert [texts(grid) for grid in grids(document)] == [ROWS]
    assert lines(document) == ["部门支出总表"]


def test_a_form_object_holds_rules_and_text_too() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.beginForm("table")
        sheet.table(0, 742)
        sheet.canvas.endForm()
        sheet.canvas.translate(50, 642)
        sheet.canvas.doForm("table")

    assert texts(read_one(make_pdf(draw))) == ROWS
