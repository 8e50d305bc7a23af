"""A grid as the rows of a performance table: which cell covers which row, and where its column lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from intake.parsing.performance_values import number
from intake.parsing.tables import Box, Cell, Grid, Place

Span = tuple[float, float]
"""From and to, in points where the file has them, else in columns of the grid."""


@dataclass
class View:
    """A grid with its cells by row; ``used`` holds the (row, column) of cells that were understood."""

    grid: Grid
    page: int
    at: tuple[int, int]
    rows: list[list[Cell]] = field(default_factory=list)
    used: set[tuple[int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.rows = [[] for _ in range(self.grid.rows)]
        for cell in self.grid.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, self.grid.rows)):
                self.rows[row].append(cell)
        for cells in self.rows:
            cells.sort(key=lambda cell: cell.column)

    def own(self, row: int) -> list[Cell]:
        """Return the cells that begin in this row and print something."""
        return [cell for cell in self.rows[row] if cell.row == row and cell.text.strip()]

    def use(self, *cells: Cell | None) -> None:
        """Mark cells as understood."""
        self.used.update((cell.row, cell.column) for cell in cells if cell is not None)

    def numbers(self) -> list[Cell]:
        """Return the cells that print nothing but a number."""
        return [cell for cell in self.grid.cells if number(cell.text) is not None]


def span(cell: Cell) -> Span:
    """Return from where to where a cell reaches across the page."""
    if cell.place.box is not None:
        return cell.place.box[0], cell.place.box[2]
    return float(cell.column), float(cell.column + cell.column_span)


def overlap(left: Span, right: Span) -> float:
    """Return the share of the narrower span that the other one covers, 0 to 1."""
    width = min(left[1] - left[0], right[1] - right[0])
    shared = min(left[1], right[1]) - max(left[0], right[0])
    return max(0.0, shared) / width if width > 0 else 0.0


def best_role(cell: Cell, roles: Sequence[tuple[str, Span]]) -> str | None:
    """Return the role of the column a cell stands in, None where it stands in none."""
    own = span(cell)
    shares = [
        (min(own[1], there[1]) - max(own[0], there[0]), role)
        for role, there in roles
        if overlap(own, there) > 0.5
    ]
    return max(shares)[1] if shares else None


def place_of(cells: Sequence[Cell]) -> Place:
    """Return one place around all the cells of a row."""
    first = min(cells, key=lambda cell: cell.column)
    boxes = [cell.place.box for cell in cells if cell.place.box is not None]
    if not boxes:
        return first.place
    box: Box = (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    place = first.place
    return Place(place.page, place.sheet, place.line, place.row, place.column, box)
