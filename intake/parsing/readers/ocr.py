"""Text and rules of a page image, by the optional OCR extra (``requirements-ocr.in``).

What comes out is marked as scanned and must be looked at by a person; nothing read here is
published by itself.
"""

from __future__ import annotations

import importlib
import importlib.util
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

from intake.parsing.draft import Problem
from intake.parsing.geometry import Char, Rule
from intake.parsing.geometry_page import find_blocks
from intake.parsing.tables import Page

if TYPE_CHECKING:
    from PIL.Image import Image

_DARK = 160
_SHORTEST_RULE = 40
_LEAST_SCORE = 0.5

REMARK = Problem(
    code="scanned",
    severity="error",
    message="本文件是扫描件，文字由机器识别，可能有误；发布前须由人对照原件逐项核对，或改用原始电子文件。",
    message_en="This document is a scan read by text recognition, which can be wrong; a person "
    "must compare every "
    "figure with the original before publishing, or use the original electronic file.",
)


def is_installed() -> bool:
    """Return whether the OCR extra is there."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "numpy", "cv2"))


@cache
def _engine() -> Any:
    """Return the recogniser; loading its models takes seconds, so it is kept."""
    return importlib.import_module("rapidocr").RapidOCR()


def read_image(image: Image, *, page: int, scale: float) -> Page:
    """Return an image as a scanned page; ``scale`` is pixels a point."""
    numpy = importlib.import_module("numpy")
    pixels = numpy.asarray(image)
    result = _engine()(pixels)
    chars: list[Char] = []
    for box, text, score in zip(
        () if result.boxes is None else result.boxes, result.txts or (), result.scores or (), strict=False
    ):
        if score >= _LEAST_SCORE:
            chars.extend(spread(text, [(float(x) / scale, float(y) / scale) for x, y in box], len(chars)))
    rules = find_rules(pixels, scale=scale)
    blocks = find_blocks(chars, rules, page=page)
    return Page(page, blocks, width=image.width / scale, height=image.height / scale, scanned=True)


def spread(text: str, corners: list[tuple[float, float]], index: int) -> list[Char]:
    """Return the characters of a recognised line, its width shared out by their usual widths."""
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    widths = [2.0 if unicodedata.east_asian_width(mark) in {"W", "F"} else 1.0 for mark in text]
    unit = (right - left) / (sum(widths) or 1.0)
    chars: list[Char] = []
    x = left
    for offset, (mark, wide) in enumerate(zip(text, widths, strict=True)):
        end = x + wide * unit
        chars.append((x, top, end, bottom, " " if mark.isspace() else mark, index + offset))
        x = end
    return chars


def find_rules(pixels: Any, *, scale: float) -> list[Rule]:
    """Return the ruled lines of an image: long thin dark areas, found by opening it along one axis."""
    cv2 = importlib.import_module("cv2")
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    _, dark = cv2.threshold(grey, _DARK, 255, cv2.THRESH_BINARY_INV)
    rules: list[Rule] = []
    for horizontal in (True, False):
        shape = (_SHORTEST_RULE, 1) if horizontal else (1, _SHORTEST_RULE)
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, shape)
        lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel)
        count, _, boxes, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        for x, y, wide, high, _ in boxes[1:count]:
            if horizontal and wide > 3 * high:
                rules.append((True, (y + high / 2) / scale, x / scale, (x + wide) / scale))
            elif not horizontal and high > 3 * wide:
                rules.append((False, (x + wide / 2) / scale, y / scale, (y + high) / scale))
    return rules
