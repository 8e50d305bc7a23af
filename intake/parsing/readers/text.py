"""Plain text, as a converter took it out of a PDF: lines with tabs are rows of a grid.

A grid is a run of lines with tabs; a blank line ends it. Which slots were merged is not known, so
``spans_known`` is False. Form feeds part pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from intake.parsing.tables import Block, Cell, Document, Grid, Page, Place, TextLine

Progress = Callable[[int, int], None]


def decode(data: bytes) -> str:
    """Return the text of the bytes: by byte order mark, else UTF-8, else GB 18030 with replacements."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _grid(lines: list[tuple[int, str]], page: int | None) -> Grid:
    """Return the run of tabbed lines as a grid; every slot of every line is a cell."""
    parts = [line.split("\t") for _, line in lines]
    width = max(len(part) for part in parts)
    cells = [
        Cell(
            text=part[column].strip() if column < len(part) else "",
            row=row,
            column=column,
            place=Place(page=page, line=lines[row][0], row=row + 1, column=column + 1),
            indent=_indent(part[column]) if column < len(part) else 0.0,
        )
        for row, part in enumerate(parts)
        for column in range(width)
    ]
    place = Place(page=page, line=lines[0][0], row=1, column=1)
    return Grid(tuple(cells), len(parts), width, place, spans_known=False)


def _indent(text: str) -> float:
    """Return the leading blanks in half-width characters."""
    blanks = text[: len(text) - len(text.lstrip())]
    return float(sum(2 if blank == "\u3000" else 1 for blank in blanks)) if text.strip() else 0.0


def _blocks(lines: list[tuple[int, str]], page: int | None) -> Iterator[Block]:
    run: list[tuple[int, str]] = []
    for number, line in lines:
        if "\t" in line:
            run.append((number, line))
            continue
        if run:
            yield _grid(run, page)
            run = []
        if line.strip():
            yield TextLine(line.strip(), Place(page=page, line=number))
    if run:
        yield _grid(run, page)


def read(data: bytes, *, name: str, progress: Progress | None = None) -> Document:
    """Read tabbed plain text into a document; lines are numbered from 1 through the whole file."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    sheets = text.split("\f")
    pages: list[Page] = []
    line_number = 1
    for index, sheet in enumerate(sheets):
        lines = list(enumerate(sheet.split("\n"), start=line_number))
        line_number += len(lines) - 1
        number = index + 1
        pages.append(Page(number, tuple(_blocks(lines, number if len(sheets) > 1 else None))))
        if progress is not None:
            progress(number, len(sheets))
    return Document(name, hashlib.sha256(data).hexdigest(), "text", tuple(pages))
