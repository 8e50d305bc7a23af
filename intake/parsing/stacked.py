"""Tables printed one under the other inside one ruled area, or on one sheet: taken apart at their titles."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from intake.parsing.statements import find_statement
from intake.parsing.tables import Cell, Grid
from intake.parsing.titles import find_title


def split_grid(grid: Grid) -> list[Grid]:
    """Return the tables of a grid: it is cut above each row, after data, that prints only a table's title."""
    if grid.rows < 6:
        return [grid]
    texts: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        if cell.text.strip():
            texts.setdefault(cell.row, []).append(cell)
    cuts = [row for row, cells in texts.items() if row > 2 and _is_title_row(cells, grid)]
    cuts = sorted(row for row in cuts if not _reaches_into(grid, row) and _has_numbers_above(texts, row))
    if not cuts:
        return [grid]
    edges = [0, *cuts, grid.rows]
    return [_rows_of(grid, start, stop) for start, stop in pairwise(edges)]


def _is_title_row(cells: list[Cell], grid: Grid) -> bool:
    if len(cells) != 1 or (grid.spans_known and cells[0].column_span * 2 < grid.columns):
        return False
    title = find_title(cells[0].text)
    return title is not None and find_statement(title) not in {None, "other"}


def _reaches_into(grid: Grid, row: int) -> bool:
    return any(cell.row < row < cell.row + cell.row_span for cell in grid.cells if cell.row_span > 1)


def _has_numbers_above(texts: dict[int, list[Cell]], row: int) -> bool:
    """Return whether data stand above the row: a title in the first rows is the grid's own."""
    return sum(len(cells) > 1 for above, cells in texts.items() if above < row) >= 2


def _rows_of(grid: Grid, start: int, stop: int) -> Grid:
    cells = tuple(replace(cell, row=cell.row - start) for cell in grid.cells if start <= cell.row < stop)
    first = next((cell.place for cell in cells if cell.text.strip()), grid.place)
    place = replace(grid.place, line=first.line, box=_around(cells) or grid.place.box)
    return Grid(cells, stop - start, grid.columns, place, grid.spans_known)


def _around(cells: tuple[Cell, ...]) -> tuple[float, float, float, float] | None:
    boxes = [cell.place.box for cell in cells if cell.place.box is not None]
    if not boxes:
        return None
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
