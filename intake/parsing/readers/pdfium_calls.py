"""PDFium's raw functions, taking plain integers for pointers.

So they can be called in C loops (``map``) and answer into one shared buffer. Making Python objects
per character is what costs other libraries most of their time.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from pypdfium2 import raw

INT, POINTER = ctypes.c_int, ctypes.c_void_p


def _plain(function: Any, *arguments: Any, result: Any = INT) -> Callable[..., Any]:
    """Return a raw function that takes plain integers for its pointers."""
    address = ctypes.cast(function, POINTER).value
    if address is None:
        raise ImportError("PDFium lacks a function that we need")
    return ctypes.CFUNCTYPE(result, *arguments)(address)


unicode_of = _plain(raw.FPDFText_GetUnicode, POINTER, INT, result=ctypes.c_uint)
loose_box_of = _plain(raw.FPDFText_GetLooseCharBox, POINTER, INT, POINTER)
is_generated = _plain(raw.FPDFText_IsGenerated, POINTER, INT)
angle_of = _plain(raw.FPDFText_GetCharAngle, POINTER, INT, result=ctypes.c_float)
text_object_of = _plain(raw.FPDFText_GetTextObject, POINTER, INT, result=POINTER)
page_object = _plain(raw.FPDFPage_GetObject, POINTER, INT, result=POINTER)
form_object = _plain(raw.FPDFFormObj_GetObject, POINTER, ctypes.c_ulong, result=POINTER)
type_of = _plain(raw.FPDFPageObj_GetType, POINTER)
bounds_of = _plain(raw.FPDFPageObj_GetBounds, *[POINTER] * 5)
matrix_of = _plain(raw.FPDFPageObj_GetMatrix, POINTER, POINTER)
draw_mode = _plain(raw.FPDFPath_GetDrawMode, POINTER, POINTER, POINTER)
segment_count = _plain(raw.FPDFPath_CountSegments, POINTER)
segment = _plain(raw.FPDFPath_GetPathSegment, POINTER, INT, result=POINTER)
segment_point = _plain(raw.FPDFPathSegment_GetPoint, POINTER, POINTER, POINTER)
segment_type = _plain(raw.FPDFPathSegment_GetType, POINTER)
segment_closes = _plain(raw.FPDFPathSegment_GetClose, POINTER)
