"""CSV and TSV → one grid; which slots were merged the file cannot say."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable

from intake.parsing.readers.text import decode
from intake.parsing.refusal import RefusedDocument
from intake.parsing.tables import Block, Cell, Document, Grid, Page, Place, TextLine

_MOST_ROWS = 200_000
_MOST_COLUMNS = 500
_SEPARATORS = ",\t;|"


def read(data: bytes, *, name: str, progress: Callable[[int, int], None] | None = None) -> Document:
    """Return the rows as grids; rows with one value alone between them are text lines.

    Raises:
        RefusedDocument: more rows than a disclosure can have.
    """
    text = decode(data).removeprefix("\ufeff").replace("\x00", "")
    separator = find_separator(text)
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    csv.field_size_limit(1_000_000)
    try:
        for values in reader:
            if len(rows) >= _MOST_ROWS:
                raise RefusedDocument(
                    "too-large",
                    f"“{name}”超过 {_MOST_ROWS} 行，不像一份预决算公开表；请只保留需要公开的表格。",
                    f"“{name}” has more than {_MOST_ROWS} rows; please keep only the tables of the "
                    "disclosure.",
                )
            if any(value.strip() for value in values):
                rows.append((reader.line_num, values[:_MOST_COLUMNS]))
            else:
                rows.append((reader.line_num, []))
    except csv.Error as error:
        raise RefusedDocument(
            "damaged",
            f"“{name}”第 {reader.line_num} 行附近不是有效的 CSV：引号没有成对或单元格过长；"
            "请在表格软件中重新导出。",
            f"“{name}” is not valid CSV near line {reader.line_num}; please export it again.",
        ) from error
    if progress is not None:
        progress(1, 1)
    page = Page(number=1, blocks=tuple(_blocks(rows)))
    return Document(name=name, sha256=hashlib.sha256(data).hexdigest(), kind="delimited", pages=(page,))


def find_separator(text: str) -> str:
    """Return the character that parts most values: the one found most often in the first lines."""
    sample = "\n".join(text.splitlines()[:60])
    return max(_SEPARATORS, key=sample.count)


def _blocks(rows: list[tuple[int, list[str]]]) -> list[Block]:
    """Return runs of rows with several values as grids, single values as lines."""
    blocks: list[Block] = []
    run: list[tuple[int, list[str]]] = []
    for line, values in [*rows, (0, [])]:
        filled = [value for value in values if value.strip()]
        if len(filled) > 1 or (filled and run and len(values) == len(run[0][1])):
            run.append((line, values))
            continue
        if run:
            blocks.append(_grid(run))
            run = []
        if filled:
            blocks.append(TextLine(filled[0].strip(), Place(line=line)))
    return blocks


def _grid(rows: list[tuple[int, list[str]]]) -> Grid:
    """Return rows of values as a grid with a cell in every slot."""
    width = max(len(values) for _, values in rows)
    cells = []
    for number, (line, values) in enumerate(rows):
        for column in range(width):
            value = values[column] if column < len(values) else ""
            indent = (
                len(value) - len(value.lstrip()) + value[: len(value) - len(value.lstrip())].count("\u3000")
            )
            place = Place(line=line, row=number + 1, column=column + 1)
            cells.append(Cell(value.strip(), number, column, place, indent=float(indent)))
    place = Place(line=rows[0][0], row=1, column=1)
    return Grid(tuple(cells), len(rows), width, place, spans_known=False)
