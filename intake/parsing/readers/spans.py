"""Rows of cells that say how far they span (HTML, Word) → a grid."""

from __future__ import annotations

from dataclasses import dataclass

from intake.parsing.tables import Cell, Grid, Place

_MOST_SPAN = 1_000
_MOST_SLOTS = 2_000_000


@dataclass(slots=True)
class Spanned:
    """One cell as its file lists it: text and spans, and where to find it."""

    text: str
    row_span: int = 1
    column_span: int = 1
    indent: float = 0.0
    line: int | None = None


def with_spans(rows: list[list[Spanned]], *, page: int | None, line: int | None = None) -> Grid | None:
    """Return the grid of such rows; None where there are fewer than two columns or no text.

    A span of 0 or less counts as 1; spans end with the table.
    """
    taken: set[tuple[int, int]] = set()
    placed: list[tuple[int, int, Spanned]] = []
    width = 0
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            cell.row_span = max(1, min(cell.row_span, len(rows) - row))
            wanted = max(1, min(cell.column_span, _MOST_SPAN))
            cell.column_span = next(
                (over for over in range(1, wanted) if (row, column + over) in taken), wanted
            )
            if len(taken) + cell.row_span * cell.column_span > _MOST_SLOTS:
                break
            taken.update(
                (row + down, column + over)
                for down in range(cell.row_span)
                for over in range(cell.column_span)
            )
            placed.append((row, column, cell))
            column += cell.column_span
            width = max(width, column)
    if width < 2 or not any(cell.text for _, _, cell in placed):
        return None
    cells_found = [
        Cell(
            text=cell.text,
            row=row,
            column=column,
            place=Place(page=page, line=cell.line, row=row + 1, column=column + 1),
            row_span=cell.row_span,
            column_span=cell.column_span,
            indent=cell.indent,
        )
        for row, column, cell in placed
    ]
    return Grid(tuple(cells_found), len(rows), width, Place(page=page, line=line, row=1, column=1))


def leading_blanks(text: str) -> float:
    """Return the blanks before a text in half-width characters; a full-width blank counts two."""
    blanks = text[: len(text) - len(text.lstrip())]
    return float(len(blanks) + blanks.count("\u3000"))
