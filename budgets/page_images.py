"""Pages of stored PDF documents as images, rendered once per (document, page, width) and kept.

PDFium is not thread-safe, so one page is rendered at a time in a process. Whoever calls decides
whether the reader may see the document: nothing here asks.
"""

from __future__ import annotations

import io
import os
import threading
from pathlib import Path

import pypdfium2
from django.conf import settings

from budgets.models import SourceDocument

WIDTHS = (480, 960, 1600)
"""The widths in pixels that are rendered; others take the next larger one."""

_pdfium = threading.Lock()


class NoSuchPage(LookupError):
    """The document has no pages to show, or fewer than asked for."""


def get_page_png(document: SourceDocument, *, page: int, width: int = 960) -> bytes:
    """This will return one page (from 1) as PNG about ``width`` pixels wide.

    Raises: NoSuchPage when the document is no PDF or has no such page.
    """
    width = next((known for known in WIDTHS if known >= width), WIDTHS[-1])
    kept = _find_folder() / document.sha256[:2] / f"{document.sha256}-{page}-{width}.png"
    if kept.exists():
        return kept.read_bytes()
    image = _render(document, page=page, width=width)
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    unfinished.write_bytes(image)
    unfinished.replace(kept)
    return image


def get_page_size(document: SourceDocument, *, page: int) -> tuple[float, float]:
    """This will return width and height in points of a page (from 1) as it is shown.

    Raises: NoSuchPage when the document is no PDF or has no such page.
    """
    with _pdfium:
        pdf = _open(document)
        try:
            return _get_page(pdf, page).get_size()
        finally:
            pdf.close()


def _render(document: SourceDocument, *, page: int, width: int) -> bytes:
    with _pdfium:
        pdf = _open(document)
        try:
            shown = _get_page(pdf, page)
            image = shown.render(scale=width / shown.get_width()).to_pil()
        finally:
            pdf.close()
    out = io.BytesIO()
    image.convert("P", palette=1, colors=64).save(out, "PNG", optimize=False)
    return out.getvalue()


def _open(document: SourceDocument) -> pypdfium2.PdfDocument:
    if document.kind != "pdf":
        raise NoSuchPage(document.kind)
    with document.file.open("rb") as stored:
        return pypdfium2.PdfDocument(stored.read())


def _get_page(pdf: pypdfium2.PdfDocument, page: int) -> pypdfium2.PdfPage:
    if not 1 <= page <= len(pdf):
        raise NoSuchPage(page)
    return pdf[page - 1]


def forget_pages(document: SourceDocument) -> int:
    """This will delete the kept images of a document (taken down or redacted); returns how many."""
    kept = list((_find_folder() / document.sha256[:2]).glob(f"{document.sha256}-*"))
    for image in kept:
        image.unlink(missing_ok=True)
    return len(kept)


def _find_folder() -> Path:
    return Path(settings.DOWNLOADS_ROOT) / "pages"
