"""Small documents made for tests: PDF pages drawn line by line, workbooks, Word files, archives."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import openpyxl
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from intake.parsing.tables import Document, Grid, Page, TextLine

FONT = "STSong-Light"
PAGE = (595.0, 842.0)
ROWS = [
    ["编码", "名称", "金额", "基本支出"],
    ["201", "一般公共服务支出", "1,234.56", "1,000.00"],
    ["20103", "政府办公厅", "1,234.56", "1,000.00"],
    ["2010301", "行政运行", "1,000.00", "1,000.00"],
    ["2010302", "一般行政管理事务", "234.56", ""],
]
WIDTHS = [80.0, 180.0, 90.0, 90.0]
HEIGHT = 20.0

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


class Sheet:
    """A page to draw on, measured from its top left."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self.canvas = canvas
        self.height = height

    def text(self, x: float, top: float, text: str, *, size: float = 10) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.height - top, text)

    def rule(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.canvas.line(x0, self.height - top, x1, self.height - bottom)

    def box(self, x0: float, top: float, x1: float, bottom: float, *, stroke: int = 0, fill: int = 1) -> None:
        self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top, stroke=stroke, fill=fill)

    def texts(
        self, x: float, top: float, *, rows: list[list[str]] = ROWS, widths: list[float] = WIDTHS
    ) -> None:
        """Print the texts of a table, without rules."""
        for number, row in enumerate(rows):
            left = x
            for text, width in zip(row, widths, strict=True):
                self.text(left + 3, top + number * HEIGHT + 14, text)
                left += width

    def rows_of_rules(self, x: float, top: float, count: int, *, widths: list[float] = WIDTHS) -> None:
        for number in range(count + 1):
            self.rule(x, top + number * HEIGHT, x + sum(widths), top + number * HEIGHT)

    def columns_of_rules(self, x: float, top: float, bottom: float, *, widths: list[float] = WIDTHS) -> None:
        edges = [x + sum(widths[:number]) for number in range(len(widths) + 1)]
        for edge in edges:
            self.rule(edge, top, edge, bottom)

    def table(
        self, x: float, top: float, *, rows: list[list[str]] = ROWS, widths: list[float] = WIDTHS
    ) -> None:
        """Print a fully ruled table."""
        self.texts(x, top, rows=rows, widths=widths)
        self.rows_of_rules(x, top, len(rows), widths=widths)
        self.columns_of_rules(x, top, top + len(rows) * HEIGHT, widths=widths)


def make_pdf(
    *draw: Callable[[Sheet], None],
    size: tuple[float, float] = PAGE,
    rotate: int = 0,
    password: str | None = None,
    before: Callable[[Canvas], None] | None = None,
) -> bytes:
    """Return a PDF with one page for each function that draws one."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, encrypt=password, invariant=1)
    for one in draw:
        if rotate:
            canvas.setPageRotation(rotate)
        if before is not None:
            before(canvas)
        one(Sheet(canvas, size[1]))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def make_workbook(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    """Return an .xlsx that a function filled."""
    workbook = openpyxl.Workbook()
    fill(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def make_word(fill: Callable[[docx.document.Document], None]) -> bytes:
    """Return a .docx that a function filled."""
    document = docx.Document()
    fill(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def make_zip(members: dict[str, bytes]) -> bytes:
    """Return a .zip of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def grids(document: Document | Page) -> list[Grid]:
    """Return the grids of a document or page in reading order."""
    pages = document.pages if isinstance(document, Document) else (document,)
    return [block for page in pages for block in page.blocks if isinstance(block, Grid)]


def lines(document: Document | Page) -> list[str]:
    """Return the text lines of a document or page in reading order."""
    pages = document.pages if isinstance(document, Document) else (document,)
    return [block.text for page in pages for block in page.blocks if isinstance(block, TextLine)]


def texts(grid: Grid) -> list[list[str]]:
    """Return the texts of a grid row by row; a merged cell stands in its first slot, "" elsewhere."""
    found = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        found[cell.row][cell.column] = cell.text
    return found
