"""What an old workbook (.xls, .et) says beside its values: number formats and indents.

Only the records that carry them are looked at (BIFF8, Excel 97 and later); the values themselves
come from the fast reader.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from intake.parsing.readers.ole import read_stream
from intake.parsing.readers.xlsx_marks import BUILT_IN, Marks

_BOF, _EOF = 0x0809, 0x000A
_BOUNDSHEET, _FORMAT, _XF = 0x0085, 0x041E, 0x00E0
_CELLS = frozenset((0x0203, 0x027E, 0x0006, 0x00FD, 0x0204, 0x0205))
"""NUMBER, RK, FORMULA, LABELSST, LABEL, BOOLERR: each begins with row, column, style."""
_MULTIPLE = 0x00BD
_BIFF8 = 0x0600


def read_marks(data: bytes) -> dict[str, Marks]:
    """Return the marks by sheet name; empty where the file is of another version or damaged."""
    stream = read_stream(data, ("Workbook",))
    if stream is None:
        return {}
    try:
        return _read(stream)
    except (struct.error, IndexError):
        return {}


def _read(stream: bytes) -> dict[str, Marks]:
    codes = dict(BUILT_IN)
    styles: list[tuple[int, int]] = []
    sheets: list[tuple[str, int]] = []
    for kind, body in _records(stream, 0):
        if kind == _BOF and struct.unpack_from("<H", body)[0] != _BIFF8:
            return {}
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = _text(body, 2, wide_count=True)
        elif kind == _XF:
            styles.append((struct.unpack_from("<H", body, 2)[0], body[8] & 0x0F))
        elif kind == _BOUNDSHEET:
            sheets.append((_text(body, 6, wide_count=False), struct.unpack_from("<I", body)[0]))
    known = [(codes.get(identity, ""), indent) for identity, indent in styles]
    return {name: _sheet(stream, start, known) for name, start in sheets}


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield kind and body of each record from a place to the end of its part, parts inside left out."""
    depth = 0
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        body = stream[start + 4 : start + 4 + length]
        start += 4 + length
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 1:
            yield kind, body
        if depth <= 0:
            return


def _text(body: bytes, start: int, *, wide_count: bool) -> str:
    """Return a string: count of characters, a flag for two bytes each, the characters."""
    count = struct.unpack_from("<H" if wide_count else "<B", body, start)[0]
    start += 2 if wide_count else 1
    if body[start] & 1:
        return body[start + 1 : start + 1 + 2 * count].decode("utf-16-le", errors="replace")
    return body[start + 1 : start + 1 + count].decode("latin-1")


def _sheet(stream: bytes, start: int, styles: list[tuple[str, int]]) -> Marks:
    """Return the formats and indents of one sheet."""
    marks = Marks()
    for kind, body in _records(stream, start):
        if kind in _CELLS and len(body) >= 6:
            row, column, style = struct.unpack_from("<3H", body)
            _note(marks, row, column, style, styles)
        elif kind == _MULTIPLE and len(body) >= 6:
            row, column = struct.unpack_from("<2H", body)
            for place in range(4, len(body) - 6, 6):
                _note(marks, row, column + (place - 4) // 6, struct.unpack_from("<H", body, place)[0], styles)
    return marks


def _note(marks: Marks, row: int, column: int, style: int, styles: list[tuple[str, int]]) -> None:
    code, indent = styles[style] if style < len(styles) else ("", 0)
    if code and code != "General":
        marks.formats[row, column] = code
    if indent:
        marks.indents[row, column] = indent
