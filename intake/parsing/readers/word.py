"""Word documents (.docx) → one page of paragraphs and tables, spans exact.

The XML is read directly: python-docx repeats merged cells, and is slower.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace

from lxml import etree

from intake.parsing.archives import BROKEN, check_ratio
from intake.parsing.draft import Problem
from intake.parsing.radicals import with_ideographs
from intake.parsing.readers import excel
from intake.parsing.readers.spans import Spanned, leading_blanks, with_spans
from intake.parsing.refusal import RefusedDocument
from intake.parsing.tables import Block, Document, Page, Place, TextLine

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_SKIPPED = frozenset(f"{_W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr"))
_MOST_DEPTH = 8
_MOST_EMBEDDED = 40
_EMBEDDED = re.compile(r"word/embeddings/[^/]+\.xlsx?")
_TWIPS_OF_A_BLANK = 105.0
"""Half the width of a 10.5 pt character, the usual size of body text, in twentieths of a point."""


def read(data: bytes, *, name: str, progress: Callable[[int, int], None] | None = None) -> Document:
    """Return the body of a Word document; paragraphs are counted as lines.

    Raises:
        RefusedDocument: damaged, or a zip bomb.
    """
    check_ratio(data, name=name)
    body = _body(data, name)
    walker = _Walker()
    pages = [Page(number=1, blocks=tuple(walker.blocks(body, 0)))]
    remarks: list[Problem] = []
    for document in _embedded(data, name):
        first = len(pages) + 1
        pages.extend(replace(page, number=number) for number, page in enumerate(document.pages, start=first))
        remarks.extend(document.remarks)
    if progress is not None:
        progress(1, 1)
    digest = hashlib.sha256(data).hexdigest()
    return Document(name=name, sha256=digest, kind="word", pages=tuple(pages), remarks=tuple(remarks))


def _embedded(data: bytes, name: str) -> Iterator[Document]:
    """Yield the workbooks that are embedded in the document as objects, in order; broken ones are "
    "left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = sorted(part for part in archive.namelist() if _EMBEDDED.fullmatch(part))
        for part in parts[:_MOST_EMBEDDED]:
            with contextlib.suppress(*BROKEN, RuntimeError, RefusedDocument):
                yield excel.read(archive.read(part), name=f"{name} › {part}")


def _body(data: bytes, name: str) -> etree._Element:
    """Return the body element of the main part."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            content = archive.read("word/document.xml").replace(_STRICT, _W.strip("{}").encode())
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        body = etree.fromstring(content, parser).find(f"{_W}body")
    except (*BROKEN, etree.XMLSyntaxError, RuntimeError) as error:
        raise _damaged(name) from error
    if body is None:
        raise _damaged(name)
    return body


def _damaged(name: str) -> RefusedDocument:
    return RefusedDocument(
        "damaged",
        f"Word 文档“{name}”不完整或已损坏，无法打开；请用文字处理软件打开后另存，再上传。",
        f"The Word document “{name}” is incomplete or damaged; please open it in a word processor "
        "and save it again.",
    )


class _Walker:
    """Goes through a document from top to bottom and counts its paragraphs."""

    def __init__(self) -> None:
        self.line = 0

    def blocks(self, parent: etree._Element, depth: int) -> Iterator[Block]:
        """Yield the paragraphs and tables inside an element, content controls opened."""
        for node in parent:
            if node.tag == f"{_W}p":
                self.line += 1
                for text in _text(node).split("\n"):
                    if text.strip():
                        yield TextLine(text.strip(), Place(line=self.line))
                yield from self._boxes(node, depth)
            elif node.tag == f"{_W}tbl":
                yield from self._table(node, depth)
            elif node.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
                yield from self.blocks(node, depth)

    def _boxes(self, paragraph: etree._Element, depth: int) -> Iterator[Block]:
        """Yield what stands in text boxes anchored in a paragraph, once each."""
        if depth >= _MOST_DEPTH:
            return
        for box in paragraph.iter(f"{_W}txbxContent"):
            if not any("Fallback" in str(above.tag) for above in box.iterancestors()):
                yield from self.blocks(box, depth + 1)

    def _table(self, table: etree._Element, depth: int) -> Iterator[Block]:
        """Yield a table as a grid, then the tables nested in its cells."""
        if depth >= _MOST_DEPTH:
            return
        start = self.line + 1
        open_cells: dict[int, Spanned] = {}
        nested: list[Block] = []
        rows = [self._row(row, open_cells, nested, depth) for row in _children(table, "tr")]
        grid = with_spans(rows, page=None, line=start)
        if grid is not None:
            yield grid
        else:
            for cell in (cell for row in rows for cell in row if cell.text):
                yield TextLine(cell.text.replace("\n", " "), Place(line=cell.line))
        yield from nested

    def _row(
        self, row: etree._Element, open_cells: dict[int, Spanned], nested: list[Block], depth: int
    ) -> list[Spanned]:
        """Return the cells that begin in a row; a continued vertical merge lengthens the one above."""
        cells: list[Spanned] = []
        column = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
        if column:
            cells.append(Spanned("", column_span=column))
        still_open: dict[int, Spanned] = {}
        for node in _children(row, "tc"):
            properties = node.find(f"{_W}tcPr")
            width = _number(None if properties is None else properties.find(f"{_W}gridSpan"), 1)
            merge = None if properties is None else properties.find(f"{_W}vMerge")
            self.line += 1
            above = open_cells.get(column)
            if merge is not None and merge.get(f"{_W}val", "continue") != "restart" and above is not None:
                above.row_span += 1
                still_open[column] = above
            else:
                text, indent = self._cell(node, nested, depth)
                cell = Spanned(text, column_span=width, indent=indent, line=self.line)
                cells.append(cell)
                if merge is not None:
                    still_open[column] = cell
            column += width
        open_cells.clear()
        open_cells.update(still_open)
        return cells

    def _cell(self, node: etree._Element, nested: list[Block], depth: int) -> tuple[str, float]:
        """Return text and indent of a cell; tables inside it are set aside."""
        lines: list[str] = []
        indent = 0.0
        for paragraph in _children(node, "p"):
            text = _text(paragraph)
            if text.strip() and not lines:
                indent = leading_blanks(text) + _paragraph_indent(paragraph)
            lines.extend(part.strip() for part in text.split("\n") if part.strip())
        for table in _children(node, "tbl"):
            nested.extend(self._table(table, depth + 1))
        return "\n".join(lines), indent


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the children of one tag, content controls and tracked insertions opened."""
    for node in parent:
        if node.tag == f"{_W}{tag}":
            yield node
        elif node.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _children(node, tag)


def _number(node: etree._Element | None, default: int) -> int:
    """Return the value of a property that holds a count."""
    value = "" if node is None else node.get(f"{_W}val", "")
    return int(value) if value.isdigit() and 0 < int(value) < 1_000 else default


def _paragraph_indent(paragraph: etree._Element) -> float:
    """Return the indent of a paragraph in half-width characters."""
    node = paragraph.find(f"{_W}pPr/{_W}ind")
    if node is None:
        return 0.0
    total = 0.0
    for chars, twips in (("leftChars", "left"), ("firstLineChars", "firstLine")):
        by_chars, by_twips = node.get(f"{_W}{chars}", ""), node.get(f"{_W}{twips}", "")
        if by_chars.isdigit() and int(by_chars):
            total += int(by_chars) / 50.0
        elif by_twips.isdigit():
            total += int(by_twips) / _TWIPS_OF_A_BLANK
    return round(total, 1)


def _text(paragraph: etree._Element) -> str:
    """Return the printed text of a paragraph; deleted text and text boxes are left out."""
    parts: list[str] = []
    stack = [*reversed(paragraph)]
    while stack:
        node = stack.pop()
        tag = node.tag
        if tag == f"{_W}t":
            parts.append(node.text or "")
        elif tag in (f"{_W}tab", f"{_W}ptab"):
            parts.append("\t")
        elif tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif tag not in _SKIPPED and not str(tag).endswith(("}AlternateContent", "}drawing", "}pict")):
            stack.extend(reversed(node))
    return with_ideographs("".join(parts))
