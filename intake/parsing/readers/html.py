"""Web pages → tables with spans and text lines; pages of positioned boxes go through the PDF geometry."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import PurePath

from lxml import etree, html

from intake.parsing.radicals import with_ideographs
from intake.parsing.readers.html_boxes import find_positioned_pages
from intake.parsing.readers.spans import Spanned, leading_blanks, with_spans
from intake.parsing.readers.text import decode
from intake.parsing.refusal import RefusedDocument
from intake.parsing.tables import Block, Document, Grid, Page, Place, TextLine

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_STRAY = re.compile(r"<(?![A-Za-z/!?])")
_SILENT = frozenset(
    ("script", "style", "noscript", "template", "head", "nav", "select", "option", "button", "svg", "iframe")
)
_BREAKS = frozenset(
    [
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "br",
        "hr",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "center",
        "form",
        "blockquote",
        "pre",
        "caption",
        "tr",
        "fieldset",
        "address",
        "figure",
        "body",
        "html",
    ]
)
_HIDDEN = re.compile(r"(display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_INDENT = re.compile(r"(?:padding-left|text-indent|margin-left)\s*:\s*([\d.]+)\s*(pt|px|em)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_HALF_WIDTHS = {"pt": 1 / 6, "px": 1 / 8, "em": 2.0}
_MOST_DEPTH = 200
_FEW_CHARS = 40


def read(data: bytes, *, name: str, progress: Callable[[int, int], None] | None = None) -> Document:
    """Return a web page as one page, or as its pages where it was converted from a PDF.

    Raises:
        RefusedDocument: no text, or a page saved under the name of another kind that holds no table.
    """
    root = _root(data, name)
    pages = find_positioned_pages(root)
    if not pages:
        blocks = tuple(_Walker().blocks(root))
        pages = [Page(number=1, blocks=blocks)]
    _refuse_empty(pages, root, name)
    if progress is not None:
        progress(len(pages), len(pages))
    return Document(name=name, sha256=hashlib.sha256(data).hexdigest(), kind="html", pages=tuple(pages))


def _root(data: bytes, name: str) -> html.HtmlElement:
    """Return the parsed tree, the bytes decoded as the page itself says."""
    text = _STRAY.sub("&lt;", _decoded(data)).replace("\x00", "")
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise RefusedDocument(
            "damaged",
            f"网页“{name}”没有可读的内容；请在浏览器中重新保存后上传。",
            f"The web page “{name}” has no readable content; please save it again from the browser.",
        ) from error
    if not isinstance(root, html.HtmlElement):
        raise _web_page(name)
    return root


def _decoded(data: bytes) -> str:
    """Return the text by the declared character set where it holds, else by the usual ladder."""
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        charset = declared[1].decode("ascii", errors="ignore").lower()
        try:
            return data.decode("gb18030" if charset.startswith("gb") else charset)
        except (LookupError, UnicodeDecodeError):
            return decode(data)
    return decode(data)


def _refuse_empty(pages: list[Page], root: html.HtmlElement, name: str) -> None:
    """Refuse a page without text, and a list page that was saved in place of the file it links to."""
    blocks = [block for page in pages for block in page.blocks]
    letters = sum(len(block.text) for block in blocks if isinstance(block, TextLine))
    has_table = any(isinstance(block, Grid) for block in blocks)
    if not has_table and letters < _FEW_CHARS:
        raise _web_page(name)
    if not has_table and PurePath(name).suffix.lower() not in {".html", ".htm", ".shtml", ".xhtml"}:
        raise _web_page(name)


def _web_page(name: str) -> RefusedDocument:
    return RefusedDocument(
        "html-page",
        f"“{name}”其实是一个网页，里面没有预决算表格：可能误把列表页或下载页存成了文件。"
        "请在原网站打开附件本身，下载后再上传。",
        f"“{name}” is in fact a web page without budget tables: perhaps the list page was saved in "
        "place of the "
        "file. Please open the attachment itself on the website and upload that.",
    )


class _Walker:
    """Goes through a page from top to bottom; text gathers until something breaks the line."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.start: int | None = None

    def blocks(self, root: html.HtmlElement) -> Iterator[Block]:
        """Yield the text lines and tables of an element in reading order."""
        yield from self._inside(root, 0)
        yield from self._flush()

    def _inside(self, node: html.HtmlElement, depth: int) -> Iterator[Block]:
        if depth > _MOST_DEPTH or not isinstance(node.tag, str):
            return
        tag = node.tag.lower()
        if tag in _SILENT or _is_hidden(node):
            return
        if tag == "table":
            yield from self._flush()
            yield from self._table(node, depth)
            return
        if tag in _BREAKS:
            yield from self._flush()
        self._take(node.text, node)
        for child in node:
            yield from self._inside(child, depth + 1)
            self._take(child.tail, node)
        if tag in _BREAKS:
            yield from self._flush()

    def _take(self, text: str | None, node: html.HtmlElement) -> None:
        if text:
            if self.start is None and text.strip():
                self.start = node.sourceline
            self.parts.append(text)

    def _flush(self) -> Iterator[Block]:
        text = _clean("".join(self.parts)).strip()
        if text:
            yield TextLine(text, Place(line=self.start))
        self.parts, self.start = [], None

    def _table(self, table: html.HtmlElement, depth: int) -> Iterator[Block]:
        """Yield a table as a grid; one that only lays out others, or has one column, as its content."""
        rows = [row for row in table.iter("tr") if _owner(row) is table]
        lays_out = any(True for inner in table.iter("table") if inner is not table)
        grid = None
        if not lays_out:
            grid = with_spans([_row(row) for row in rows], page=None, line=table.sourceline)
        if grid is not None:
            caption = table.find("caption")
            if caption is not None:
                yield from self._inside(caption, depth + 1)
            yield grid
            return
        for child in table:
            yield from self._cells(child, depth + 1)

    def _cells(self, node: html.HtmlElement, depth: int) -> Iterator[Block]:
        """Yield what the cells of a layout table hold."""
        yield from self._flush()
        self._take(node.text, node)
        for child in node:
            if isinstance(child.tag, str) and child.tag.lower() in {
                "tbody",
                "thead",
                "tfoot",
                "tr",
                "td",
                "th",
            }:
                yield from self._cells(child, depth + 1)
            else:
                yield from self._inside(child, depth + 1)
            self._take(child.tail, node)
        yield from self._flush()


def _owner(row: html.HtmlElement) -> html.HtmlElement | None:
    """Return the table a row belongs to."""
    return next(row.iterancestors("table"), None)


def _row(row: html.HtmlElement) -> list[Spanned]:
    """Return the cells of a row."""
    cells = []
    for node in row:
        if isinstance(node.tag, str) and node.tag.lower() in {"td", "th"} and not _is_hidden(node):
            text = _cell_text(node)
            indent = leading_blanks(text) + _style_indent(node) if text.strip() else 0.0
            cells.append(
                Spanned(
                    text="\n".join(line.strip() for line in text.split("\n") if line.strip()),
                    row_span=_span(node, "rowspan"),
                    column_span=_span(node, "colspan"),
                    indent=indent,
                    line=node.sourceline,
                )
            )
    return cells


def _span(node: html.HtmlElement, attribute: str) -> int:
    value = (node.get(attribute) or "1").strip()
    return int(value) if value.isdigit() and len(value) < 6 else 1


def _cell_text(node: html.HtmlElement) -> str:
    """Return the text of a cell, its lines parted by line breaks."""
    parts: list[str] = []

    def gather(element: html.HtmlElement, depth: int) -> None:
        if not isinstance(element.tag, str) or element.tag.lower() in _SILENT or depth > _MOST_DEPTH:
            return
        breaks = element is not node and element.tag.lower() in _BREAKS
        if breaks:
            parts.append("\x00")
        parts.append(element.text or "")
        for child in element:
            gather(child, depth + 1)
            parts.append(child.tail or "")
        if breaks:
            parts.append("\x00")

    gather(node, 0)
    lines = [_clean(line) for line in "".join(parts).split("\x00")]
    return "\n".join(line for line in lines if line.strip())


def _clean(text: str) -> str:
    """Return text with white space as a browser shows it: runs are one blank, hard blanks stay."""
    return with_ideographs(_BLANKS.sub(" ", text).strip(" \t\r\n").replace("\u200b", ""))


def _is_hidden(node: html.HtmlElement) -> bool:
    style = node.get("style")
    return bool(style and _HIDDEN.search(style)) or node.get("hidden") is not None


def _style_indent(node: html.HtmlElement) -> float:
    """Return the indent that styles give a cell or its first paragraph, in half-width characters."""
    total = 0.0
    first = next((child for child in node if isinstance(child.tag, str)), None)
    for element in (node, first):
        if element is not None:
            for amount, unit in _INDENT.findall(element.get("style") or ""):
                total += float(amount) * _HALF_WIDTHS[unit.lower()] if amount.count(".") < 2 else 0.0
    return round(total, 1)
