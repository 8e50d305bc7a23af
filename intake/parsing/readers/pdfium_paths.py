"""The ruled lines of a PDF page: straight strokes and thin filled boxes, forms opened."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import repeat

from pypdfium2 import raw

from intake.parsing.geometry import THIN, Rule, Segment
from intake.parsing.readers.pdfium_calls import (
    bounds_of,
    draw_mode,
    form_object,
    matrix_of,
    page_object,
    segment,
    segment_closes,
    segment_count,
    segment_point,
    segment_type,
    type_of,
)
from intake.parsing.readers.pdfium_frame import Frame

_MAX_FORM_DEPTH = 6
_MAX_SEGMENTS = 20_000
_MANY_SHAPES = 100
_MAX_INNER_OBJECTS = 200_000

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class _Buffers:
    """The places into which PDFium answers while one page's paths are read."""

    def __init__(self) -> None:
        self.floats = (ctypes.c_float * 6)()
        base = ctypes.addressof(self.floats)
        self.addresses = [base + 4 * step for step in range(6)]
        self.ints = (ctypes.c_int * 4)()
        ints = ctypes.addressof(self.ints)
        self.int_addresses = [ints + 4 * step for step in range(4)]


def read_rules(page: int, count: int, frame: Frame) -> tuple[list[Rule], bool]:
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
    handles = [handle or 0 for handle in map(page_object, repeat(page), range(count))]
    stack: list[tuple[int, Matrix, int]] = []
    for handle, kind in zip(handles, map(type_of, handles), strict=True):
        if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield kind, handle, _IDENTITY
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            stack.append((handle, _IDENTITY, 0))
    opened = 0
    while stack and opened < _MAX_INNER_OBJECTS:
        opened += 1
        handle, matrix, depth = stack.pop()
        kind = type_of(handle) if handle else 0
        if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield kind, handle, matrix
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
            inner = _multiply(_object_matrix(handle, buffers), matrix)
            total = raw.FPDFFormObj_CountObjects(ctypes.cast(handle, raw.FPDF_PAGEOBJECT))
            stack.extend(
                (form_object(handle, index) or 0, inner, depth + 1) for index in range(total - 1, -1, -1)
            )


def _object_matrix(handle: int, buffers: _Buffers) -> Matrix:
    """Return the matrix of an object; identity where it has none."""
    if not matrix_of(handle, buffers.addresses[0]):
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
    if not bounds_of(handle, at[0], at[1], at[2], at[3]):
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
    if not draw_mode(handle, buffers.int_addresses[0], buffers.int_addresses[1]):
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
    for index in range(min(segment_count(handle), _MAX_SEGMENTS)):
        piece = segment(handle, index)
        if not piece or not segment_point(piece, x_at, y_at):
            continue
        point = _apply(matrix, floats[0], floats[1])
        kind = segment_type(piece)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
            outlines.append([])
        elif kind == raw.FPDF_SEGMENT_LINETO and outlines:
            outlines[-1].append((*current, *point))
        current = point
        if segment_closes(piece) and outlines:
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
