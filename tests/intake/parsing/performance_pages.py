"""Small documents for the tests of performance tables, written as rows with spans."""

from __future__ import annotations

from collections.abc import Sequence

from intake.parsing.tables import Block, Cell, Document, Grid, Page, Place, TextLine

Spec = str | tuple[str, int, int]
"""A cell's text, or (text, columns, rows) where it is merged; ``~`` is covered by a merged cell."""
WIDTH, HEIGHT = 60.0, 20.0


def grid(*rows: Sequence[Spec], page: int = 1, left: int = 0) -> Grid:
    """Return a ruled grid of the rows, ``left`` columns in from the edge of the table."""
    cells = []
    for row, specs in enumerate(rows):
        for column, spec in enumerate(specs):
            text, across, down = spec if isinstance(spec, tuple) else (spec, 1, 1)
            if text == "~":
                continue
            x0, top = (left + column) * WIDTH, row * HEIGHT
            box = (x0, top, x0 + across * WIDTH, top + down * HEIGHT)
            place = Place(page=page, row=row + 1, column=column + 1, box=box)
            cells.append(Cell(text, row, column, place, down, across))
    columns = max(len(row) for row in rows)
    return Grid(tuple(cells), len(rows), columns, Place(page=page, row=1, column=1))


def document(*pages: Sequence[str | Grid]) -> Document:
    """Return a document of pages, each a sequence of lines of text and grids."""
    made = []
    for number, blocks in enumerate(pages, 1):
        found: list[Block] = [
            block if isinstance(block, Grid) else TextLine(block, Place(page=number)) for block in blocks
        ]
        made.append(Page(number, tuple(found)))
    return Document("test.pdf", "0" * 64, "pdf", tuple(made))
