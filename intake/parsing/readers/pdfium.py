"""Characters and rules of one PDF page, read with PDFium's raw functions."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from intake.parsing.geometry import Char, Rule
from intake.parsing.readers.pdfium_calls import POINTER, text_object_of
from intake.parsing.readers.pdfium_frame import Frame
from intake.parsing.readers.pdfium_paths import read_rules
from intake.parsing.readers.pdfium_text import is_garbled, read_chars, read_codes, turn_of_text
from intake.parsing.tables import Box


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What is printed on one page, in points from the top left as a rendered page shows it."""

    width: float
    height: float
    chars: list[Char]
    rules: list[Rule]
    is_drawn: bool
    """A picture or many drawn shapes: what stands on such a page without text cannot be read."""
    is_garbled: bool
    """The fonts do not say which characters they print: the text layer is of no use."""
    object_of: Callable[[int], int]
    """Character index → identity of the text object that prints it."""
    turned: int = 0
    """Quarter turns clockwise that bring the text upright, beyond the page as it is shown."""

    def as_shown(self, box: Box) -> Box:
        """Return a box of the upright text as it lies on the page that a viewer shows."""
        x0, y0, x1, y1 = box
        if self.turned == 1:
            return y0, self.width - x1, y1, self.width - x0
        if self.turned == 2:
            return self.width - x1, self.height - y1, self.width - x0, self.height - y0
        if self.turned == 3:
            return self.height - y1, x0, self.height - y0, x1
        return box


def read_page(page: Any) -> PrintedPage:
    """Return characters and rules of a loaded page (a ``pypdfium2.PdfPage``)."""
    handle = ctypes.cast(page.raw, POINTER).value or 0
    text_page = page.get_textpage()
    text_handle = ctypes.cast(text_page.raw, POINTER).value or 0
    count = raw.FPDFText_CountChars(text_page.raw)
    shown = raw.FPDFPage_GetRotation(page.raw)
    box, turn = _visible_box(page), turn_of_text(text_handle, count, shown)
    frame = Frame(box, turn)
    codes = read_codes(text_handle, count)
    chars = read_chars(text_handle, codes, frame)
    rules, is_drawn = read_rules(handle, raw.FPDFPage_CountObjects(page.raw), frame)

    def object_of(index: int) -> int:
        # The text page must outlive this function: the closure holds it.
        return text_object_of(text_handle, index) or 0 if text_page else 0

    return PrintedPage(
        frame.width, frame.height, chars, rules, is_drawn, is_garbled(codes), object_of, (turn - shown) % 4
    )


def _visible_box(page: Any) -> Box:
    """Return left, bottom, right, top of the part of the page that a viewer shows."""
    rect = raw.FS_RECTF()
    if raw.FPDF_GetPageBoundingBox(page.raw, rect):
        left, right = sorted((rect.left, rect.right))
        bottom, top = sorted((rect.bottom, rect.top))
        if right - left > 1 and top - bottom > 1:
            return left, bottom, right, top
    return 0.0, 0.0, 595.0, 842.0
