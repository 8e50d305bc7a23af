"""XML Spreadsheet 2003 (often saved under .xls by finance systems) → one page a sheet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from lxml import etree

from intake.parsing.radicals import with_ideographs
from intake.parsing.readers.numbers import plain_number
from intake.parsing.readers.sheets import Sheet, Slot, Span, find_blocks
from intake.parsing.readers.spans import leading_blanks
from intake.parsing.refusal import RefusedDocument
from intake.parsing.tables import Document, Page

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MOST_ROWS = 200_000
_MOST_COLUMNS = 2_000


def read(data: bytes, *, name: str, progress: Callable[[int, int], None] | None = None) -> Document:
    """Return every worksheet with content as a page.

    Raises:
        RefusedDocument: the XML is not well formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefusedDocument(
            "damaged",
            f"工作簿“{name}”（XML 格式）不完整或已损坏；请用表格软件打开后另存为 .xlsx，再上传。",
            f"The workbook “{name}” (XML) is incomplete or damaged; please save it as .xlsx and upload that.",
        ) from error
    worksheets = root.findall(f"{_SS}Worksheet")
    pages = []
    for index, node in enumerate(worksheets, start=1):
        title = node.get(f"{_SS}Name", f"Sheet{index}")
        pages.append(Page(number=index, blocks=find_blocks(_sheet(node, title)), sheet=title))
        if progress is not None:
            progress(index, len(worksheets))
    return Document(name=name, sha256=hashlib.sha256(data).hexdigest(), kind="excel", pages=tuple(pages))


def _sheet(node: etree._Element, title: str) -> Sheet:
    """Return the filled slots of one worksheet."""
    slots: dict[tuple[int, int], Slot] = {}
    merges: list[Span] = []
    row = -1
    for row_node in node.iterfind(f"{_SS}Table/{_SS}Row"):
        row = _index(row_node, row)
        if row >= _MOST_ROWS:
            break
        column = -1
        for cell in row_node.iterfind(f"{_SS}Cell"):
            column = _index(cell, column)
            if column >= _MOST_COLUMNS:
                break
            text = _text(cell)
            if text.strip():
                slots[row, column] = Slot(text.strip(), leading_blanks(text))
            across, down = _count(cell, "MergeAcross"), _count(cell, "MergeDown")
            if across or down:
                merges.append((row, column, row + down, column + across))
            column += across
    return Sheet(title, slots, merges)


def _index(node: etree._Element, previous: int) -> int:
    """Return the position of a row or cell from 0: as it says, else the one after the previous."""
    value = node.get(f"{_SS}Index", "")
    return max(int(value) - 1, previous + 1) if value.isdigit() and len(value) < 8 else previous + 1


def _count(node: etree._Element, attribute: str) -> int:
    value = node.get(f"{_SS}{attribute}", "")
    return min(int(value), _MOST_COLUMNS) if value.isdigit() and len(value) < 8 else 0


def _text(cell: etree._Element) -> str:
    """Return the text of a cell; numbers without the noise of binary fractions."""
    data = cell.find(f"{_SS}Data")
    if data is None:
        return ""
    text = "".join(str(part) for part in data.itertext())
    if data.get(f"{_SS}Type") == "Number":
        try:
            return plain_number(float(text))
        except ValueError:
            return text
    return with_ideographs(text)
