"""A grid made ready for reading: slots by row and column, merged cells known from every slot they cover."""

from __future__ import annotations

from dataclasses import dataclass

from intake.parsing.amounts import read_amount
from intake.parsing.tables import Cell, Grid, Place
from intake.parsing.words import fold


@dataclass(slots=True)
class Matrix:
    """A grid as rows of slots.

    ``anchors[r][c]`` is the cell that begins there; ``covers[r][c]`` the cell that begins or reaches
    there. ``lefts``/``rights`` are the columns' edges in points where the file has any.
    """

    anchors: list[list[Cell | None]]
    covers: list[list[Cell | None]]
    width: int
    place: Place
    spans_known: bool
    page: int
    lefts: list[float]
    rights: list[float]

    @property
    def height(self) -> int:
        """Return the number of rows."""
        return len(self.anchors)

    def text(self, row: int, column: int) -> str:
        """Return the raw text that begins in the slot, empty where none does."""
        cell = self.anchors[row][column]
        return "" if cell is None else cell.text

    def folded(self, row: int) -> list[str]:
        """Return the row's texts as folded words, empty where no cell begins."""
        return ["" if cell is None else fold(cell.text) for cell in self.anchors[row]]

    def is_blank(self, row: int) -> bool:
        """Return whether nothing is printed in the row (cells that reach into it from above aside)."""
        return not any(cell is not None and cell.text.strip() for cell in self.anchors[row])

    def place_of(self, row: int) -> Place:
        """Return the place of the whole row: its line, or the box around its cells."""
        first = next((cell for cell in self.anchors[row] if cell is not None), None)
        boxes = [cell.place.box for cell in self.anchors[row] if cell is not None and cell.place.box]
        if first is None:
            return Place(page=self.place.page, sheet=self.place.sheet, row=row + 1)
        place = first.place
        box = None
        if boxes:
            box = (
                min(box[0] for box in boxes),
                min(box[1] for box in boxes),
                max(box[2] for box in boxes),
                max(box[3] for box in boxes),
            )
        number = place.row if place.row is not None else row + 1
        return Place(page=place.page, sheet=place.sheet, line=place.line, row=number, box=box)


def _edges(grid: Grid) -> tuple[list[float], list[float]]:
    lefts = [0.0] * grid.columns
    rights = [0.0] * grid.columns
    for cell in grid.cells:
        if cell.place.box is not None:
            if not lefts[cell.column]:
                lefts[cell.column] = cell.place.box[0]
            last = cell.column + cell.column_span - 1
            if last < grid.columns and not rights[last]:
                rights[last] = cell.place.box[2]
    return lefts, rights


def make_matrix(grid: Grid, *, page: int) -> Matrix:
    """Return the grid as a matrix; cells that overlap an earlier one lose the slots already taken."""
    anchors: list[list[Cell | None]] = [[None] * grid.columns for _ in range(grid.rows)]
    covers: list[list[Cell | None]] = [[None] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        if not (0 <= cell.row < grid.rows and 0 <= cell.column < grid.columns):
            continue
        anchors[cell.row][cell.column] = cell
        covers[cell.row][cell.column] = cell
        if cell.row_span == 1 and cell.column_span == 1:
            continue
        for row in range(cell.row, min(cell.row + cell.row_span, grid.rows)):
            for column in range(cell.column, min(cell.column + cell.column_span, grid.columns)):
                if covers[row][column] is None:
                    covers[row][column] = cell
    lefts, rights = _edges(grid)
    return Matrix(anchors, covers, grid.columns, grid.place, grid.spans_known, page, lefts, rights)


def is_number(text: str) -> bool:
    """Return whether the text is printed as an amount that has a value (zero included)."""
    printed = read_amount(text)
    return printed is not None and printed.value is not None
