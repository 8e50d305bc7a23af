"""The characters of a PDF page: code points, boxes, the way they are turned."""

from __future__ import annotations

import math
from array import array
from itertools import repeat

from intake.parsing.geometry import Char
from intake.parsing.radicals import MEANT
from intake.parsing.readers.pdfium_calls import angle_of, is_generated, loose_box_of, unicode_of
from intake.parsing.readers.pdfium_frame import Frame

_SAMPLED = 40
_FEW_ODD = 20
_SPACES = frozenset((0x20, 0xA0, 0x3000, 0x09))
_HYPHEN = 0x02
_CONTROLS = frozenset((*range(0x20), *range(0x7F, 0xA0), 0xFFFD)) - {0x09, 0x0A, 0x0D, _HYPHEN}
_UNPRINTED = _CONTROLS | {0x0A, 0x0D, 0xAD, 0x200B, 0xFEFF}
_SURROGATES = frozenset(range(0xD800, 0xE000))
_PRIVATE = range(0xE000, 0xF900)
_TALL = 18.0
"""Characters higher than this may be a watermark's, set at a slant."""
_SLANT = 0.1


def turn_of_text(text_page: int, count: int, shown: int) -> int:
    """Return the quarter turns that bring most of the text upright; as shown where it is mixed.

    A wide table is often drawn sideways on an upright page.
    """
    step = max(1, count // _SAMPLED)
    turns: dict[int, int] = {}
    for index in range(0, count, step):
        if unicode_of(text_page, index) not in _SPACES and not is_generated(text_page, index):
            turn = round(-angle_of(text_page, index) / (math.pi / 2)) % 4
            turns[turn] = turns.get(turn, 0) + 1
    best = max(turns, key=lambda turn: turns[turn], default=shown)
    return best if turns.get(best, 0) > 0.7 * sum(turns.values()) else shown


def read_codes(text_page: int, count: int) -> list[int]:
    """Return the code point of each character; halves of a pair are joined in the first's place."""
    codes = list(map(unicode_of, repeat(text_page), range(max(count, 0))))
    if _SURROGATES.isdisjoint(codes):
        return codes
    for index, code in enumerate(codes):
        if code in _SURROGATES:
            after = codes[index + 1] if index + 1 < len(codes) else 0
            is_pair = code < 0xDC00 <= after < 0xE000
            codes[index] = 0x10000 + ((code - 0xD800) << 10) + (after - 0xDC00) if is_pair else 0
            if is_pair:
                codes[index + 1] = 0
    return codes


def is_garbled(codes: list[int]) -> bool:
    """Return whether a good part of the characters are none: fonts without a table of characters."""
    odd = [code for code in set(codes) if code in _CONTROLS or code in _PRIVATE]
    total = sum(map(codes.count, odd))
    return total > _FEW_ODD and total > len(codes) / 5


def read_chars(text_page: int, codes: list[int], frame: Frame) -> list[Char]:
    """Return the printed characters in the order of the content.

    Spaces that PDFium adds and characters set at a slant (watermarks) are left out.
    """
    count = len(codes)
    if not count:
        return []
    buffer = array("f", bytes(16 * count))
    start, _ = buffer.buffer_info()
    for _answer in map(loose_box_of, repeat(text_page), range(count), range(start, start + 16 * count, 16)):
        pass
    edges = buffer.tolist()
    boxes = frame.boxes(edges[0::4], edges[3::4], edges[2::4], edges[1::4])
    width, height = frame.width, frame.height
    meant = MEANT
    chars: list[Char] = []
    add = chars.append
    for index, (code, (x0, y0, x1, y1)) in enumerate(zip(codes, boxes, strict=True)):
        if code in _UNPRINTED or x1 < 0 or y1 < 0 or x0 > width or y0 > height:
            continue
        if code in _SPACES:
            if not is_generated(text_page, index):
                add((x0, y0, x1, y1, " ", index))
            continue
        if y1 - y0 > _TALL and _is_slanted(text_page, index):
            continue
        add((x0, y0, x1, y1, meant.get(code) or chr(code), index))
    return chars


def _is_slanted(text_page: int, index: int) -> bool:
    """Return whether a character is set at an angle that no table has."""
    quarter = angle_of(text_page, index) / (math.pi / 2)
    return bool(abs(quarter - round(quarter)) > _SLANT)
