"""PDF → Document, page by page, by PDFium's characters and rules and our own grid."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable

import pypdfium2 as pdfium
from pypdfium2 import raw

from intake.parsing.draft import Problem
from intake.parsing.geometry_page import find_blocks
from intake.parsing.readers import ocr
from intake.parsing.readers.pdfium import PrintedPage, read_page
from intake.parsing.refusal import RefusedDocument
from intake.parsing.tables import Block, Document, Page, Place, TextLine

_MOST_PAGES = 3_000
_MOST_SCANS = 60
_OCR_SCALE = 150 / 72
_FEW_CHARS = 12
"""A page with a picture or drawing and fewer characters than this was scanned."""


def read(data: bytes, *, name: str, progress: Callable[[int, int], None] | None = None) -> Document:
    """Return the pages of a PDF as text lines and grids.

    Raises:
        RefusedDocument: encrypted, damaged, too many pages, or scanned throughout.
    """
    pdf = _open(data)
    try:
        total = len(pdf)
        if total == 0:
            raise RefusedDocument(
                "damaged",
                "这份 PDF 没有任何页面，请重新导出后再上传。",
                "This PDF has no pages; please export it again.",
            )
        if total > _MOST_PAGES:
            raise RefusedDocument(
                "too-large",
                f"这份 PDF 有 {total} 页，超过 {_MOST_PAGES} 页的上限，请按部门或年度拆分后上传。",
                f"This PDF has {total} pages, more than the limit of {_MOST_PAGES}; please split it.",
            )
        pages: list[Page] = []
        remarks: list[Problem] = []
        for number in range(1, total + 1):
            pages.append(_read_one(pdf, number, remarks))
            if progress is not None:
                progress(number, total)
        pages = _with_scans(pdf, pages, remarks, name)
    finally:
        pdf.close()
    digest = hashlib.sha256(data).hexdigest()
    return Document(name=name, sha256=digest, kind="pdf", pages=tuple(pages), remarks=tuple(remarks))


def _with_scans(pdf: pdfium.PdfDocument, pages: list[Page], remarks: list[Problem], name: str) -> list[Page]:
    """Return the pages, those without a text layer read by OCR where it is installed.

    Raises:
        RefusedDocument: no page has text, and OCR is not installed.
    """
    scanned = [page for page in pages if page.scanned]
    if not scanned:
        return pages
    if ocr.is_installed() and len(scanned) <= _MOST_SCANS:
        remarks.append(ocr.REMARK)
        return [_recognised(pdf, page) if page.scanned else page for page in pages]
    if not any(page.blocks for page in pages if not page.scanned):
        raise RefusedDocument(
            "scanned",
            f"“{name}”是扫描件，{len(pages)} 页都没有文字层，无法可靠地读出数字；"
            "请上传由办公软件直接导出的 PDF，或原始的 Excel、Word 文件。",
            f"“{name}” is a scan: none of its {len(pages)} pages has a text layer, so no figure can be read "
            "reliably; please upload a PDF exported by the office program, or the original Excel "
            "or Word file.",
        )
    remarks.extend(
        Problem(
            code="scanned-page",
            severity="warning",
            message=f"第{page.number}页：没有可用的文字层（是图片，或字体不含文字编码），页上的内容未读取。"
            "如有表格，请上传电子版。",
            message_en=f"Page {page.number}: no usable text layer (a picture, or fonts without "
            "character codes); "
            "its content was not read. If it holds a table, please upload an electronic version.",
            place=Place(page=page.number),
        )
        for page in scanned
    )
    return pages


def _recognised(pdf: pdfium.PdfDocument, page: Page) -> Page:
    """Return a scanned page as OCR reads it, drawn at 150 dots an inch."""
    loaded = pdf[page.number - 1]
    try:
        image = loaded.render(scale=_OCR_SCALE).to_pil().convert("RGB")
    finally:
        loaded.close()
    return ocr.read_image(image, page=page.number, scale=_OCR_SCALE)


def _open(data: bytes) -> pdfium.PdfDocument:
    """Return the opened document, or refuse it with PDFium's reason."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        reason = raw.FPDF_GetLastError()
        if reason in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise RefusedDocument(
                "encrypted",
                "这份 PDF 设有打开密码，无法读取；请上传未加密的版本。",
                "This PDF is locked with a password; please upload it without encryption.",
            ) from error
        raise RefusedDocument(
            "damaged",
            "这份 PDF 不完整或已损坏，无法打开；请重新下载或重新导出后上传。",
            "This PDF is incomplete or damaged and cannot be opened; please download or export it again.",
        ) from error


def _read_one(pdf: pdfium.PdfDocument, number: int, remarks: list[Problem]) -> Page:
    """Return one page; a page that cannot be loaded becomes an empty one with a remark."""
    try:
        page = pdf[number - 1]
    except pdfium.PdfiumError:
        remarks.append(
            Problem(
                code="unreadable-page",
                severity="error",
                message=f"第{number}页：页面已损坏，无法读取。请核对原文件或重新上传。",
                message_en=f"Page {number}: the page is damaged and cannot be read; check the file "
                "or upload again.",
                place=Place(page=number),
            )
        )
        return Page(number=number, blocks=(), scanned=False)
    try:
        printed = read_page(page)
        blocks = find_blocks(printed.chars, printed.rules, page=number, object_of=printed.object_of)
        if printed.turned:
            blocks = tuple(_as_shown(block, printed) for block in blocks)
    finally:
        page.close()
    if printed.is_garbled:
        blocks = ()
    scanned = printed.is_garbled or (printed.is_drawn and len(printed.chars) < _FEW_CHARS)
    width, height = printed.width, printed.height
    if printed.turned % 2:
        width, height = height, width
    return Page(number=number, blocks=blocks, width=width, height=height, scanned=scanned)


def _as_shown(block: Block, printed: PrintedPage) -> Block:
    """Return a block read from text drawn sideways, its boxes on the page as a viewer shows it."""

    def moved(place: Place) -> Place:
        return place if place.box is None else dataclasses.replace(place, box=printed.as_shown(place.box))

    if isinstance(block, TextLine):
        return dataclasses.replace(block, place=moved(block.place))
    cells = tuple(dataclasses.replace(cell, place=moved(cell.place)) for cell in block.cells)
    return dataclasses.replace(block, cells=cells, place=moved(block.place))
