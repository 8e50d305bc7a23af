"""Characters and rules of one PDF page, read with PDFium's raw functions.

Speed decides the shape of this module: the functions are called with plain integers for
pointers, in C loops (``map``), and answer into one shared buffer. Making Python objects per
character is what costs other libraries most of their time.
"""

from __future__ import annotations

import ctypes
import math
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from pypdfium2 import raw

from intake.parsing.geometry import THIN, Char, Rule, Segment
from intake.parsing.radicals import MEANT
from intake.parsing.tables import Box

_INT, _POINTER = ctypes.c_int, ctypes.c_void_p
_MAX_FORM_DEPTH = 6
_MAX_SEGMENTS = 20_000
_MANY_SHAPES = 100
_MAX_INNER_OBJECTS = 200_000
_SAMPLED = 40
_SPACES = frozenset((0x20, 0xA0, 0x3000, 0x09))
_UNPRINTED = frozenset((0, 0x0A, 0x0D, 0xAD, 0x200B, 0xFEFF))


def _plain(function: Any, *arguments: Any, result: Any = _INT) -> Callable[..., Any]:
    """Return a raw function that takes plain integers for its pointers."""
    address = ctypes.cast(function, _POINTER).value
    if address is None:
        raise ImportError("PDFium lacks a function that we need")
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_unicode_of = _plain(raw.FPDFText_GetUnicode, _POINTER, _INT, result=ctypes.c_uint)
_loose_box_of = _plain(raw.FPDFText_GetLooseCharBox, _POINTER, _INT, _POINTER)
_is_generated = _plain(raw.FPDFText_IsGenerated, _POINTER, _INT)
_angle_of = _plain(raw.FPDFText_GetCharAngle, _POINTER, _INT, result=ctypes.c_float)
_text_object_of = _plain(raw.FPDFText_GetTextObject, _POINTER, _INT, result=_POINTER)
_page_object = _plain(raw.FPDFPage_GetObject, _POINTER, _INT, result=_POINTER)
_form_object = _plain(raw.FPDFFormObj_GetObject, _POINTER, ctypes.c_ulong, result=_POINTER)
_type_of = _plain(raw.FPDFPageObj_GetType, _POINTER)
_bounds_of = _plain(raw.FPDFPageObj_GetBounds, *[_POINTER] * 5)
_matrix_of = _plain(raw.FPDFPageObj_GetMatrix, _POINTER, _POINTER)
_draw_mode = _plain(raw.FPDFPath_GetDrawMode, _POINTER, _POINTER, _POINTER)
_segment_count = _plain(raw.FPDFPath_CountSegments, _POINTER)
_segment = _plain(raw.FPDFPath_GetPathSegment, _POINTER, _INT, result=_POINTER)
_segment_point = _plain(raw.FPDFPathSegment_GetPoint, _POINTER, _POINTER, _POINTER)
_segment_type = _plain(raw.FPDFPathSegment_GetType, _POINTER)
_segment_closes = _plain(raw.FPDFPathSegment_GetClose, _POINTER)

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What is printed on one page, in points from the top left as a rendered page shows it."""

    width: float
    height: float
    chars: list[Char]
    rules: list[Rule]
    is_drawn: bool
    """A picture or many drawn shapes: what stands on such a page without text cannot be read."""
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


class Frame:
    """The visible box of a page and the turn that brings it upright."""

    def __init__(self, box: Box, turn: int) -> None:
        """Keep the visible box (left, bottom, right, top in page space) and quarter turns."""
        self.left, self.bottom, self.right, self.top = box
        self.turn = turn % 4
        wide, high = self.right - self.left, self.top - self.bottom
        self.width, self.height = (high, wide) if self.turn % 2 else (wide, high)

    def boxes(
        self, left: list[float], bottom: list[float], right: list[float], top: list[float]
    ) -> Iterator[Box]:
        """Return the boxes x0, top, x1, bottom on the upright page for boxes in page space."""
        if self.turn == 0:
            edge, origin = self.top, self.left
            x0, x1 = [x - origin for x in left], [x - origin for x in right]
            y0, y1 = [edge - y for y in top], [edge - y for y in bottom]
        elif self.turn == 1:
            edge, origin = self.bottom, self.left
            x0, x1 = [y - edge for y in bottom], [y - edge for y in top]
            y0, y1 = [x - origin for x in left], [x - origin for x in right]
        elif self.turn == 2:
            edge, origin = self.bottom, self.right
            x0, x1 = [origin - x for x in right], [origin - x for x in left]
            y0, y1 = [y - edge for y in bottom], [y - edge for y in top]
        else:
            edge, origin = self.top, self.right
            x0, x1 = [edge - y for y in top], [edge - y for y in bottom]
            y0, y1 = [origin - x for x in right], [origin - x for x in left]
        return zip(x0, y0, x1, y1, strict=True)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return one box on the upright page."""
        return next(self.boxes([left], [bottom], [right], [top]))


def read_page(page: Any) -> PrintedPage:
    """Return characters and rules of a loaded page (a ``pypdfium2.PdfPage``)."""
    handle = ctypes.cast(page.raw, _POINTER).value or 0
    text_page = page.get_textpage()
    text_handle = ctypes.cast(text_page.raw, _POINTER).value or 0
    count = raw.FPDFText_CountChars(text_page.raw)
    shown = raw.FPDFPage_GetRotation(page.raw)
    box, turn = _visible_box(page), _turn_of_text(text_handle, count, shown)
    frame = Frame(box, turn)
    chars = _read_chars(text_handle, count, frame)
    rules, is_drawn = _read_rules(handle, raw.FPDFPage_CountObjects(page.raw), frame)

    def object_of(index: int) -> int:
        # The text page must outlive this function: the closure holds it.
        return _text_object_of(text_handle, index) or 0 if text_page else 0

    return PrintedPage(frame.width, frame.height, chars, rules, is_drawn, object_of, (turn - shown) % 4)


def _turn_of_text(text_page: int, count: int, shown: int) -> int:
    """Return the quarter turns that bring most of the text upright; as shown where it is mixed.

    A wide table is often drawn sideways on an upright page.
    """
    step = max(1, count // _SAMPLED)
    turns: dict[int, int] = {}
    for index in range(0, count, step):
        if _unicode_of(text_page, index) not in _SPACES and not _is_generated(text_page, index):
            turn = round(-_angle_of(text_page, index) / (math.pi / 2)) % 4
            turns[turn] = turns.get(turn, 0) + 1
    best = max(turns, key=lambda turn: turns[turn], default=shown)
    return best if turns.get(best, 0) > 0.7 * sum(turns.values()) else shown


def _visible_box(page: Any) -> Box:
    """Return left, bottom, right, top of the part of the page that a viewer shows."""
    rect = raw.FS_RECTF()
    if raw.FPDF_GetPageBoundingBox(page.raw, rect):
        left, right = sorted((rect.left, rect.right))
        bottom, top = sorted((rect.bottom, rect.top))
        if right - left > 1 and top - bottom > 1:
            return left, bottom, right, top
    return 0.0, 0.0, 595.0, 842.0


def _read_chars(text_page: int, count: int, frame: Frame) -> list[Char]:
    """Return the printed characters in the order of the content, spaces made by PDFium left out."""
    if count <= 0:
        return []
    codes = list(map(_unicode_of, repeat(text_page), range(count)))
    buffer = array("f", bytes(16 * count))
    start, _ = buffer.buffer_info()
    for _answer in map(_loose_box_of, repeat(text_page), range(count), range(start, start + 16 * count, 16)):
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
            if not _is_generated(text_page, index):
                add((x0, y0, x1, y1, " ", index))
            continue
        add((x0, y0, x1, y1, meant.get(code) or chr(code), index))
    return chars


class _Buffers:
    """The places into which PDFium answers while one page's paths are read."""

    def __init__(self) -> None:
        self.floats = (ctypes.c_float * 6)()
        base = ctypes.addressof(self.floats)
        self.addresses = [base + 4 * step for step in range(6)]
        self.ints = (ctypes.c_int * 4)()
        ints = ctypes.addressof(self.ints)
        self.int_addresses = [ints + 4 * step for step in range(4)]


def _read_rules(page: int, count: int, frame: Frame) -> tuple[list[Rule], bool]:
    """Return straight horizontal and vertical rules, and whether pictures or many shapes are drawn."""
    buffers = _Buffers()
    segments: list[Segment] = []
    pictures = False
    shapes = 0
    for kind, handle, matrix in _walk(page, count, buffers):
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            pictures = True
        elif len(segments) < _MAX_SEGMENTS:
            shapes += 1
            segments.extend(_path_segments(handle, matrix, buffers))
    rules: list[Rule] = []
    for x0, y0, x1, y1 in segments:
        left, top, right, bottom = frame.box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        left, right = max(left, 0.0), min(right, frame.width)
        top, bottom = max(top, 0.0), min(bottom, frame.height)
        wide, high = right - left, bottom - top
        if wide < 0 or high < 0:
            continue
        if high <= THIN and wide > high:
            rules.append((True, (top + bottom) / 2, left, right))
        elif wide <= THIN and high > wide:
            rules.append((False, (left + right) / 2, top, bottom))
    return rules, pictures or shapes > _MANY_SHAPES


def _walk(page: int, count: int, buffers: _Buffers) -> Iterator[tuple[int, int, Matrix]]:
    """Yield kind, handle and form matrix of every path and picture, forms opened."""
    handles = [handle or 0 for handle in map(_page_object, repeat(page), range(count))]
    stack: list[tuple[int, Matrix, int]] = []
    for handle, kind in zip(handles, map(_type_of, handles), strict=True):
        if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield kind, handle, _IDENTITY
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            stack.append((handle, _IDENTITY, 0))
    opened = 0
    while stack and opened < _MAX_INNER_OBJECTS:
        opened += 1
        handle, matrix, depth = stack.pop()
        kind = _type_of(handle) if handle else 0
        if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield kind, handle, matrix
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
            inner = _multiply(_object_matrix(handle, buffers), matrix)
            total = raw.FPDFFormObj_CountObjects(ctypes.cast(handle, raw.FPDF_PAGEOBJECT))
            stack.extend(
                (_form_object(handle, index) or 0, inner, depth + 1) for index in range(total - 1, -1, -1)
            )


def _object_matrix(handle: int, buffers: _Buffers) -> Matrix:
    """Return the matrix of an object; identity where it has none."""
    if not _matrix_of(handle, buffers.addresses[0]):
        return _IDENTITY
    a, b, c, d, e, f = buffers.floats
    return a, b, c, d, e, f


def _multiply(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that applies the first, then the second."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _path_segments(handle: int, form: Matrix, buffers: _Buffers) -> list[Segment]:
    """Return the straight visible pieces of a path in page space: x0, y0, x1, y1.

    A thin filled box is one piece, whatever its outline.
    """
    floats, at = buffers.floats, buffers.addresses
    if not _bounds_of(handle, at[0], at[1], at[2], at[3]):
        return []
    left, bottom, right, top = floats[0], floats[1], floats[2], floats[3]
    wide, high = abs(right - left), abs(top - bottom)
    if form is not _IDENTITY:
        corners = [_apply(form, x, y) for x in (left, right) for y in (bottom, top)]
        left, right = min(x for x, _ in corners), max(x for x, _ in corners)
        bottom, top = min(y for _, y in corners), max(y for _, y in corners)
        wide, high = right - left, top - bottom
    if high <= THIN < wide:
        middle = (top + bottom) / 2
        return [(left, middle, right, middle)]
    if wide <= THIN < high:
        middle = (left + right) / 2
        return [(middle, bottom, middle, top)]
    if wide <= THIN and high <= THIN:
        return (
            [(left, (top + bottom) / 2, right, (top + bottom) / 2)]
            if wide >= high
            else [((left + right) / 2, bottom, (left + right) / 2, top)]
        )
    if not _is_stroked(handle, buffers):
        return _thin_parts(_outlines(handle, form, buffers))
    return [piece for outline in _outlines(handle, form, buffers) for piece in outline]


def _is_stroked(handle: int, buffers: _Buffers) -> bool:
    """Return whether the outline of a path is drawn (a fill alone is a background)."""
    if not _draw_mode(handle, buffers.int_addresses[0], buffers.int_addresses[1]):
        return True
    return bool(buffers.ints[1])


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _outlines(handle: int, form: Matrix, buffers: _Buffers) -> list[list[Segment]]:
    """Return each part of a path as its straight pieces, in page space."""
    own = _object_matrix(handle, buffers)
    matrix = own if form is _IDENTITY else _multiply(own, form)
    floats, x_at, y_at = buffers.floats, buffers.addresses[0], buffers.addresses[1]
    outlines: list[list[Segment]] = []
    current = start = (0.0, 0.0)
    for index in range(min(_segment_count(handle), _MAX_SEGMENTS)):
        segment = _segment(handle, index)
        if not segment or not _segment_point(segment, x_at, y_at):
            continue
        point = _apply(matrix, floats[0], floats[1])
        kind = _segment_type(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
            outlines.append([])
        elif kind == raw.FPDF_SEGMENT_LINETO and outlines:
            outlines[-1].append((*current, *point))
        current = point
        if _segment_closes(segment) and outlines:
            outlines[-1].append((*current, *start))
            current = start
    return outlines


def _thin_parts(outlines: list[list[Segment]]) -> list[Segment]:
    """Return one piece for every part of a filled path that is as thin as a rule."""
    found: list[Segment] = []
    for outline in outlines:
        if not outline:
            continue
        xs = [x for x0, _, x1, _ in outline for x in (x0, x1)]
        ys = [y for _, y0, _, y1 in outline for y in (y0, y1)]
        left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
        if top - bottom <= THIN < right - left:
            found.append((left, (top + bottom) / 2, right, (top + bottom) / 2))
        elif right - left <= THIN < top - bottom:
            found.append(((left + right) / 2, bottom, (left + right) / 2, top))
    return found
