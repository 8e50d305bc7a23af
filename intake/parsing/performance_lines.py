"""A document as one sequence of rows, whatever block they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intake.parsing.tables import Document, Grid, Place, TextLine


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a grid or one line of text; ``block`` is (page index, block index), ``texts`` its cells."""

    texts: tuple[str, ...]
    place: Place
    page: int
    block: tuple[int, int] | None
    """None for a line of text outside grids."""
    at: tuple[int, int]

    @property
    def joined(self) -> str:
        """Return the texts of the row in one."""
        return " ".join(text for text in self.texts if text)

    @property
    def lone(self) -> bool:
        """Return whether the row has one cell only (its tabs are lost)."""
        return len(self.texts) == 1

    def follows_gap(self, last: Line) -> bool:
        """Return whether something (a blank line, a page break) parts this row from the last one."""
        if self.page != last.page:
            return True
        if self.place.line is not None and last.place.line is not None:
            return self.place.line - last.place.line > 1
        return self.at != last.at


def lines_of(document: Document) -> Iterator[Line]:
    """Yield every row of every grid and every line of text, in reading order."""
    for page_index, page in enumerate(document.pages):
        for block_index, block in enumerate(page.blocks):
            at = (page_index, block_index)
            if isinstance(block, TextLine):
                yield Line((block.text,), block.place, page.number, None, at)
            else:
                yield from _rows(block, page.number, at)


def _rows(grid: Grid, page: int, at: tuple[int, int]) -> Iterator[Line]:
    rows: list[dict[int, str]] = [{} for _ in range(grid.rows)]
    places: list[Place | None] = [None] * grid.rows
    for cell in grid.cells:
        rows[cell.row][cell.column] = cell.text
        if places[cell.row] is None:
            places[cell.row] = cell.place
    for texts, place in zip(rows, places, strict=True):
        if texts:
            width = max(texts) + 1
            cells = tuple(texts.get(column, "") for column in range(width))
            yield Line(cells, place or grid.place, page, at, at)
