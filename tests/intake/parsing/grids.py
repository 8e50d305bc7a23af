"""Small documents for tests: pages of text lines and grids, written as lists of rows.

``<`` in a row continues the cell to its left, ``^`` the cell above; every other slot is a cell.
"""

from collections.abc import Sequence

from intake.parsing.draft import Draft, Table
from intake.parsing.pipeline import understand
from intake.parsing.tables import Block, Cell, Document, Grid, Page, Place, TextLine

Rows = Sequence[Sequence[str]]
WIDTH = 60.0
HEIGHT = 12.0


def make_grid(
    rows: Rows,
    *,
    page: int = 1,
    spans_known: bool = True,
    indents: dict[tuple[int, int], float] | None = None,
) -> Grid:
    """Return the rows as a grid; columns are 60 pt wide, rows 12 pt high."""
    width = max(len(row) for row in rows)
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    cells = []
    for r, row in enumerate(full):
        for c, text in enumerate(row):
            if text in {"<", "^"}:
                continue
            columns = 1
            while c + columns < width and row[c + columns] == "<":
                columns += 1
            down = 1
            while r + down < len(full) and full[r + down][c] == "^":
                down += 1
            box = (c * WIDTH, r * HEIGHT, (c + columns) * WIDTH, (r + down) * HEIGHT)
            place = Place(page=page, row=r + 1, column=c + 1, box=box)
            indent = (indents or {}).get((r, c), 0.0)
            cells.append(Cell(text, r, c, place, row_span=down, column_span=columns, indent=indent))
    return Grid(
        tuple(cells),
        len(full),
        width,
        Place(page=page, box=(0, 0, width * WIDTH, len(full) * HEIGHT)),
        spans_known,
    )


def make_page(number: int, *parts: str | Rows | Grid) -> Page:
    """Return a page of lines (str) and grids (rows) in reading order."""
    blocks: list[Block] = []
    for part in parts:
        if isinstance(part, str):
            blocks.extend(TextLine(line, Place(page=number)) for line in part.splitlines() if line.strip())
        elif isinstance(part, Grid):
            blocks.append(part)
        else:
            blocks.append(make_grid(part, page=number))
    return Page(number, tuple(blocks))


def read_pages(*pages: Page, name: str = "测试.pdf") -> Draft:
    """Return the draft of a document with these pages."""
    return understand(Document(name, "0" * 64, "pdf", pages))


def read_one(*parts: str | Rows | Grid, name: str = "测试.pdf") -> Table:
    """Return the only table of a one-page document."""
    [table] = read_pages(make_page(1, *parts), name=name).tables
    return table


def shape(table: Table) -> list[tuple[str, ...]]:
    """Return (kind, code or name, parent's code or name) of each row."""
    return [
        (
            row.kind,
            row.code or row.name,
            "" if row.parent is None else (table.rows[row.parent].code or table.rows[row.parent].name),
        )
        for row in table.rows
    ]


def meanings(table: Table) -> list[tuple[object, ...]]:
    """Return (measure, year, phase, fund, carried, quantity) of each column."""
    return [(c.measure, c.year, c.phase, c.fund, c.carried, c.quantity) for c in table.columns]


def values(table: Table, key: str) -> list[str | None]:
    """Return one column's amounts as text, in order of the rows that have it."""
    return [
        None if row.figures[key].value is None else str(row.figures[key].value)
        for row in table.rows
        if key in row.figures
    ]
