"""A document as read, written out again as another kind of file: same tables, same merged cells."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator

import docx
import openpyxl
import xlwt

from intake.parsing.tables import Cell, Document, Grid
from tests.intake.parsing.readers.makers import make_word, make_workbook

_AMOUNT = re.compile(r"-?[\d,]+\.\d+")
_CODE = re.compile(r"\d{2,7}")


def as_value(text: str) -> tuple[str | float | int, str]:
    """Return what a workbook would hold for a text: a number with its format where it is one."""
    joined = text.replace("\n", "")
    if _AMOUNT.fullmatch(joined):
        return float(joined.replace(",", "")), "#,##0." + "0" * len(joined.partition(".")[2])
    if _CODE.fullmatch(joined):
        return int(joined), "0" * len(joined)
    return text, "General"


def slots(document: Document, page: int) -> Iterator[tuple[int, Cell | str]]:
    """Yield the row where each text line or cell of a page would stand on one sheet."""
    row = 0
    for block in document.pages[page].blocks:
        if isinstance(block, Grid):
            for cell in block.cells:
                yield row + cell.row, cell
            row += block.rows + 1
        else:
            yield row, block.text
            row += 1


def pages_with_grids(document: Document) -> list[int]:
    return [
        place
        for place, page in enumerate(document.pages)
        if any(isinstance(block, Grid) for block in page.blocks)
    ]


def as_xlsx(document: Document) -> bytes:
    """Return the pages with tables as sheets of a workbook; codes are numbers formatted as ``00``."""

    def fill(workbook: openpyxl.Workbook) -> None:
        workbook.remove(workbook.active)
        for page in pages_with_grids(document):
            sheet = workbook.create_sheet(f"P{page + 1}")
            for row, item in slots(document, page):
                if isinstance(item, str):
                    sheet.cell(row + 1, 1, item)
                    continue
                value, code = as_value(item.text)
                sheet.cell(row + 1, item.column + 1, None if value == "" else value).number_format = code
                if item.row_span * item.column_span > 1:
                    sheet.merge_cells(
                        start_row=row + 1,
                        start_column=item.column + 1,
                        end_row=row + item.row_span,
                        end_column=item.column + item.column_span,
                    )

    return make_workbook(fill)


def as_xls(document: Document) -> bytes:
    """Return the same as a workbook of Excel 97."""
    workbook = xlwt.Workbook()
    for page in pages_with_grids(document):
        sheet = workbook.add_sheet(f"P{page + 1}")
        for row, item in slots(document, page):
            if isinstance(item, str):
                sheet.write(row, 0, item)
                continue
            value, code = as_value(item.text)
            style = xlwt.XFStyle()
            style.num_format_str = code
            last_row, last_column = row + item.row_span - 1, item.column + item.column_span - 1
            sheet.write_merge(row, last_row, item.column, last_column, value, style)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def as_docx(document: Document) -> bytes:
    """Return the text and tables as a Word document."""

    def fill(word: docx.document.Document) -> None:
        for page in document.pages:
            for block in page.blocks:
                if not isinstance(block, Grid):
                    word.add_paragraph(block.text)
                    continue
                table = word.add_table(rows=block.rows, cols=block.columns)
                rows = [table.row_cells(number) for number in range(block.rows)]
                for cell in block.cells:
                    target = rows[cell.row][cell.column]
                    if cell.row_span * cell.column_span > 1:
                        end = rows[cell.row + cell.row_span - 1][cell.column + cell.column_span - 1]
                        target = target.merge(end)
                    target.text = cell.text
                word.add_paragraph("")

    return make_word(fill)


def as_html(document: Document) -> bytes:
    """Return the text and tables as a web page."""
    parts = ['<html><head><meta charset="utf-8"></head><body>']
    for page in document.pages:
        for block in page.blocks:
            if not isinstance(block, Grid):
                parts.append(f"<p>{html.escape(block.text)}</p>")
                continue
            rows: list[list[str]] = [[] for _ in range(block.rows)]
            for cell in block.cells:
                spans = f'rowspan="{cell.row_span}" colspan="{cell.column_span}"'
                rows[cell.row].append(f"<td {spans}>{html.escape(cell.text).replace(chr(10), '<br>')}</td>")
            parts.append("<table>" + "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows) + "</table>")
    return "\n".join([*parts, "</body></html>"]).encode()
