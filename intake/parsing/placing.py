"""Rows of tabbed text whose cells slipped sideways, put back where their amounts belong."""

from __future__ import annotations

from intake.parsing.matrix import is_number
from intake.parsing.roles import Block
from intake.parsing.tables import Cell


def find_shift(cells: dict[int, Cell], block: Block) -> int:
    """Return by how many columns the row's amounts slipped, 0 where they stand where they should.

    A number in a column of names shows the slip. The one shift that brings every number back into an
    amount column is taken; where two would, that one whose first amount is the sum of the others.
    """
    numbers = {column for column, cell in cells.items() if cell.text.strip() and is_number(cell.text)}
    numbers &= set(range(min(block.labels, default=0), max(block.amounts, default=-1) + 1))
    if not numbers & set(block.labels):
        return 0
    amounts = set(block.amounts)
    fitting = [shift for shift in (1, -1, 2, -2) if {column + shift for column in numbers} <= amounts]
    if len(fitting) == 1:
        return fitting[0]
    return next((shift for shift in fitting if min(numbers) + shift == min(amounts)), 0)


def shift_row(cells: dict[int, Cell], block: Block, shift: int) -> dict[int, Cell]:
    """Return the row's cells with everything from its first number on moved by ``shift`` columns."""
    first = min(
        column
        for column in cells
        if column in {*block.labels, *block.amounts} and is_number(cells[column].text)
    )
    moved = {column: cell for column, cell in cells.items() if column < first}
    for column, cell in cells.items():
        if column >= first and column + shift not in moved:
            moved[column + shift] = cell
    return moved
