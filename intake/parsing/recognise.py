"""From a document's pages to its tables: titles, units, headings, and tables that go on over pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from intake.parsing.above import PAGE_NUMBER, Above, read_above
from intake.parsing.headings import Heading, find_heading
from intake.parsing.matrix import Matrix, is_number, make_matrix
from intake.parsing.stacked import split_grid
from intake.parsing.tables import Document, Grid, Page, Place, TextLine
from intake.parsing.titles import (
    find_entity,
    find_unit,
    is_empty_note,
    is_table_number,
)
from intake.parsing.words import fold, tidy

_DIGITS = re.compile(r"[\d\s\-—–·•.,/第共页]+")
_DECIMAL = re.compile(r"\d[.,]\d")
_SLACK = 1.5


@dataclass(slots=True)
class Part:
    """The rows of one matrix that belong to a table.

    ``columns`` gives for each of its columns the first and last column of the table that it covers,
    None when the columns are alike.
    """

    matrix: Matrix
    start: int
    columns: list[tuple[int, int]] | None = None


@dataclass(slots=True)
class FoundTable:
    """A table before its rows are read: title, unit, heading and its parts page by page."""

    title: str
    unit: str | None
    heading: Heading | None
    parts: list[Part]
    entities: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    table_number: str | None = None

    @property
    def width(self) -> int:
        """Return the number of columns of the first part."""
        return self.parts[0].matrix.width

    @property
    def last_page(self) -> int:
        """Return the page that the table has reached."""
        return self.parts[-1].matrix.page


@dataclass(slots=True)
class Found:
    """All that recognition hands on: tables, text by page, and lines that repeat on the pages."""

    tables: list[FoundTable] = field(default_factory=list)
    text: dict[int, list[str]] = field(default_factory=dict)
    running: list[str] = field(default_factory=list)
    after_table: bool = False
    loose: list[tuple[Place, int]] = field(default_factory=list)


def find_tables(document: Document, *, consumed: frozenset[tuple[int, int]] = frozenset()) -> Found:
    """Return the tables of amounts; blocks in ``consumed`` (page index, block index) belong to others."""
    found = Found()
    repeated = _find_repeated(document.pages)
    found.running = sorted(repeated.values())
    carried: list[str] = []
    for page_index, page in enumerate(document.pages):
        lines: list[str] = carried[-3:] if carried else []
        lines_here = 0
        for block_index, block in enumerate(page.blocks):
            if isinstance(block, TextLine):
                if _running_key(block.text) in repeated and _is_running(page, block_index):
                    continue
                lines.append(block.text)
                lines_here += 1
                _keep_text(found, page, block.text)
            elif (page_index, block_index) in consumed:
                lines = []
                lines_here = 1
                found.after_table = False
            else:
                for piece in split_grid(block):
                    _take_grid(found, piece, page, lines)
                    lines = []
        _note_after(found, lines if lines_here else [], page=page.number)
        carried = [line for line in lines if not PAGE_NUMBER.match(fold(line))]
    return found


def _keep_text(found: Found, page: Page, text: str) -> None:
    if not PAGE_NUMBER.match(fold(text)):
        found.text.setdefault(page.number, []).append(text)


def _running_key(text: str) -> str:
    return _DIGITS.sub("", fold(text))


def _is_running(page: Page, index: int) -> bool:
    """Return whether the block is among the first or last lines of its page."""
    return index < 3 or index >= len(page.blocks) - 3


def _find_repeated(pages: tuple[Page, ...]) -> dict[str, str]:
    """Return running heads and feet: lines at the edge of most pages, by their words without digits."""
    if len(pages) < 4:
        return {}
    counts: Counter[str] = Counter()
    texts: dict[str, str] = {}
    for page in pages:
        edge = [*page.blocks[:2], *page.blocks[-2:]]
        for key in {_running_key(block.text) for block in edge if isinstance(block, TextLine)}:
            counts[key] += 1
        for block in edge:
            if isinstance(block, TextLine):
                texts.setdefault(_running_key(block.text), block.text)
    return {
        key: texts[key]
        for key, count in counts.items()
        if key
        and count > len(pages) / 2
        and find_unit(texts[key]) is None
        and find_entity(texts[key]) is None
    }


def _take_grid(found: Found, grid: Grid, page: Page, lines: list[str]) -> None:
    _note_after(found, lines, page=page.number)
    found.after_table = False
    matrix = make_matrix(grid, page=page.number)
    if matrix.width < 2 or not any(not matrix.is_blank(row) for row in range(matrix.height)):
        keep_grid_as_text(found, matrix)
        return
    heading = find_heading(matrix)
    above = read_above([*lines, *_title_rows(matrix, heading)])
    table = found.tables[-1] if found.tables else None
    if table is not None and _goes_on(table, matrix, heading, above):
        columns = _map_columns(table, matrix)
        if columns is not None or matrix.width == table.width:
            table.parts.append(Part(matrix, heading.end if heading is not None else 0, columns))
            found.after_table = True
            return
    if table is not None and heading is not None and above.title is None and _is_bare_heading(table, matrix):
        table.heading = _below(table.parts[0].matrix, table.heading, matrix, heading)
        table.parts = [Part(matrix, heading.end)]
        found.after_table = True
        return
    if not _is_table(matrix, heading, above):
        keep_grid_as_text(found, matrix)
        return
    unit = above.unit or _unit_in_headings(heading)
    title = above.title or _nearest_words(lines) or ""
    start = heading.end if heading is not None else 0
    found.tables.append(
        FoundTable(title, unit, heading, [Part(matrix, start)], above.entities, [], above.number)
    )
    found.after_table = True


def _is_bare_heading(table: FoundTable, matrix: Matrix) -> bool:
    """Return whether the table so far is the first heading row alone, left behind by the page break."""
    first = table.parts[0].matrix
    return (
        len(table.parts) == 1
        and matrix.page - first.page == 1
        and first.height <= 2
        and table.heading is not None
        and table.heading.end >= first.height
    )


def _below(upper: Matrix, above: Heading | None, lower: Matrix, heading: Heading) -> Heading:
    """Return the heading of the lower page with the headings of the upper one over it, by their middles."""
    if above is None or not any(upper.rights) or not any(lower.rights):
        return heading
    paths: list[tuple[str, ...]] = []
    for column, path in enumerate(heading.paths):
        middle = (lower.lefts[column] + lower.rights[column]) / 2
        over = [
            above.paths[index]
            for index, (left, right) in enumerate(zip(upper.lefts, upper.rights, strict=True))
            if left <= middle <= right
        ]
        paths.append((*over[0], *path) if over else path)
    return replace(heading, paths=tuple(paths))


def _title_rows(matrix: Matrix, heading: Heading | None) -> list[str]:
    """Return the texts of the rows above the heading inside the ruled area."""
    stop = heading.first_row if heading is not None else 0
    return [
        cell.text
        for row in range(stop)
        for cell in matrix.anchors[row]
        if cell is not None and cell.text.strip()
    ]


def _unit_in_headings(heading: Heading | None) -> str | None:
    if heading is None:
        return None
    units = {find_unit(text) for line in heading.rows for text in line if "元)" in text or "单位:" in text}
    units.discard(None)
    return units.pop() if len(units) == 1 else None


def _nearest_words(lines: list[str]) -> str | None:
    """Return a short line above a table that has no title of its own, as its caption."""
    for line in reversed(lines[-3:]):
        words = fold(line)
        if find_unit(line) or find_entity(line) or is_table_number(line) or PAGE_NUMBER.match(words):
            continue
        return tidy(line)[:60] if 3 <= len(words) <= 60 else None
    return None


def _goes_on(table: FoundTable, matrix: Matrix, heading: Heading | None, above: Above) -> bool:
    """Return whether the grid continues the table before it."""
    if matrix.page - table.last_page > 1:
        return False
    same_title = above.title is None or _same_title(above.title, table.title)
    if not same_title or (
        above.entities and table.entities and not set(above.entities) & set(table.entities)
    ):
        return False
    if above.unit is not None and table.unit is not None and above.unit != table.unit:
        return False
    if heading is None:
        return above.title is None or matrix.width == table.width
    if table.heading is None:
        return False
    if heading.signature == table.heading.signature:
        return True
    return above.title is None and _is_part_of(heading, table.heading, matrix, table)


def _same_title(one: str, other: str) -> bool:
    plain = [re.sub(r"\(?续(?:表|上表|\d)?\)?", "", fold(title)) for title in (one, other)]
    return plain[0] == plain[1]


def _is_part_of(heading: Heading, first: Heading, matrix: Matrix, table: FoundTable) -> bool:
    """Return whether a shortened heading repeats the table's leaves on a page of the same columns."""
    if matrix.width != table.width:
        return False
    leaves = [path[-1] if path else "" for path in first.paths]
    here = [path[-1] if path else "" for path in heading.paths]
    return sum(a == b for a, b in zip(leaves, here, strict=True)) >= matrix.width - 1


def _map_columns(table: FoundTable, matrix: Matrix) -> list[tuple[int, int]] | None:
    """Return the table's columns that each column of a differing page covers, None when that is unclear."""
    first = table.parts[0].matrix
    if matrix.width == first.width:
        return None
    if not any(first.rights) or not any(matrix.rights):
        return _map_from_the_right(first.width, matrix.width)
    columns: list[tuple[int, int]] = []
    for left, right in zip(matrix.lefts, matrix.rights, strict=True):
        hits = [
            column
            for column, (start, stop) in enumerate(zip(first.lefts, first.rights, strict=True))
            if left - _SLACK <= (start + stop) / 2 <= right + _SLACK
        ]
        columns.append((hits[0], hits[-1]) if hits else (-1, -1))
    covered = [column for start, stop in columns if start >= 0 for column in range(start, stop + 1)]
    if len(set(covered)) != len(covered) or len(covered) < first.width - 1:
        return _map_from_the_right(first.width, matrix.width) if matrix.height <= 2 else None
    return columns


def _map_from_the_right(width: int, here: int) -> list[tuple[int, int]] | None:
    """Return the columns of a narrower page without edges: its first cell is the merged label (合计)."""
    missing = width - here
    if not 0 < missing < width - 1 or here < 2:
        return None
    return [(0, missing), *((column + missing, column + missing) for column in range(1, here))]


def _is_table(matrix: Matrix, heading: Heading | None, above: Above) -> bool:
    """Return whether the grid is a table of amounts rather than framed words."""
    numbers = sum(
        1
        for row in range(matrix.height)
        for cell in matrix.anchors[row]
        if cell is not None and cell.text.strip() and is_number(cell.text)
    )
    if above.title is not None and heading is not None:
        return True
    if heading is None:
        return numbers >= 2 and matrix.height * matrix.width >= 6
    return numbers >= 1 or above.unit is not None


def keep_grid_as_text(found: Found, matrix: Matrix) -> None:
    """Keep a grid that is no table of amounts as text of its page; amounts in it are counted as loose."""
    amounts = sum(
        1
        for row in matrix.anchors
        for cell in row
        if cell is not None and _DECIMAL.search(cell.text) and is_number(cell.text)
    )
    if amounts:
        found.loose.append((matrix.place_of(0), amounts))
    lines = [
        " ".join(tidy(cell.text) for cell in row if cell is not None and cell.text.strip())
        for row in matrix.anchors
    ]
    found.text.setdefault(matrix.page, []).extend(line for line in lines if line)


def _note_after(found: Found, lines: Iterable[str], *, page: int) -> None:
    """Keep remarks under the last table of the page (注：…, 本表为空表)."""
    if not found.tables or not found.after_table or found.tables[-1].last_page != page:
        return
    table = found.tables[-1]
    for line in lines:
        words = fold(line)
        if words.startswith(("注", "备注", "说明:", "取数说明")) or (
            len(words) < 120 and is_empty_note(line)
        ):
            table.notes.append(tidy(line))
