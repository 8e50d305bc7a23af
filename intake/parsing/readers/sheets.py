"""From the filled slots of a sheet to blocks: tables as grids, titles and notes as text lines."""

from __future__ import annotations

from dataclasses import dataclass

from intake.parsing.tables import Block, Cell, Grid, Place, TextLine

Span = tuple[int, int, int, int]
"""first row, first column, last row, last column, all inclusive and from 0."""

_NOTE_LENGTH = 12


@dataclass(slots=True)
class Slot:
    """The text of one slot and how far it is indented."""

    text: str
    indent: float = 0.0


class Sheet:
    """The filled slots of one sheet, with its merged areas."""

    def __init__(self, name: str | None, slots: dict[tuple[int, int], Slot], merges: list[Span]) -> None:
        """Keep the slots; merged areas count only where they overlap nothing before them."""
        self.name = name
        self.slots = {key: slot for key, slot in slots.items() if slot.text}
        self.spans: dict[tuple[int, int], Span] = {}
        self.covered: dict[tuple[int, int], tuple[int, int]] = {}
        if not self.slots:
            self.last_row = -1
            return
        self.last_row = max(row for row, _ in self.slots)
        last_column = max(column for _, column in self.slots)
        for top, left, bottom, right in merges:
            if top > self.last_row or left > last_column + 50:
                continue
            span = (top, left, min(bottom, self.last_row), min(right, last_column + 50))
            area = [(r, c) for r in range(span[0], span[2] + 1) for c in range(span[1], span[3] + 1)]
            if len(area) > 1 and not any(slot in self.covered for slot in area):
                self.spans[top, left] = span
                self.covered.update(dict.fromkeys(area, (top, left)))

    def filled(self, row: int) -> list[int]:
        """Return the columns of a row that hold text, merged areas from above included."""
        return self._by_row().get(row, [])

    def _by_row(self) -> dict[int, list[int]]:
        if not hasattr(self, "_rows"):
            rows: dict[int, set[int]] = {}
            for row, column in self.slots:
                rows.setdefault(row, set()).add(column)
            for (row, column), span in self.spans.items():
                if (row, column) in self.slots:
                    for lower in range(row + 1, span[2] + 1):
                        rows.setdefault(lower, set()).add(column)
            self._rows = {row: sorted(columns) for row, columns in rows.items()}
        return self._rows

    def place(self, row: int, column: int) -> Place:
        """Return the place of a slot, counted from 1."""
        return Place(sheet=self.name, row=row + 1, column=column + 1)


def find_blocks(sheet: Sheet) -> tuple[Block, ...]:
    """Return the tables and text lines of a sheet from top to bottom.

    A row with one text alone is a title or a note where it stands before the first or after the
    last row of a table; blank rows part tables only where such a row follows them.
    """
    blocks: list[Block] = []
    for rows in _runs(sheet):
        head, body, foot = _parted(sheet, rows)
        blocks.extend(_line(sheet, row) for row in head)
        if body:
            blocks.append(_grid(sheet, body[0], body[-1]))
        blocks.extend(_line(sheet, row) for row in foot)
    return tuple(blocks)


def _runs(sheet: Sheet) -> list[list[int]]:
    """Return the rows of each stretch that may hold one table."""
    filled = [row for row in range(sheet.last_row + 1) if sheet.filled(row)]
    runs: list[list[int]] = []
    for place, row in enumerate(filled):
        follows_blank = place > 0 and row - filled[place - 1] > 1
        if not runs or (follows_blank and _begins_table(sheet, filled[place:])):
            runs.append([])
        runs[-1].append(row)
    return runs


def _begins_table(sheet: Sheet, rows: list[int]) -> bool:
    """Return whether titles stand at the top of these rows, with a heading (no figures) below them.

    A label alone in its row (上级补助收入, nothing printed beside it) is no title: a title is
    called 表, or is merged over several columns.
    """
    is_title = False
    for row in rows:
        if not _is_lone(sheet, row):
            cells = [
                sheet.slots[row, column].text for column in sheet.filled(row) if (row, column) in sheet.slots
            ]
            return is_title and not any(_is_figure(text) for text in cells)
        column = sheet.filled(row)[0]
        is_title = is_title or "表" in _text(sheet, row) or _width(sheet, row, column) > 1
    return False


def _width(sheet: Sheet, row: int, column: int) -> int:
    """Return how many columns the cell in a slot spans."""
    span = sheet.spans.get((row, column))
    return 1 if span is None else span[3] - span[1] + 1


def _is_part(sheet: Sheet, row: int) -> bool:
    """Return whether a row with one text belongs to a table: it is a number or a code."""
    return _is_figure(_text(sheet, row))


def _is_figure(text: str) -> bool:
    return text.replace(".", "").replace(",", "").replace("-", "").replace("%", "").isdigit()


def _text(sheet: Sheet, row: int) -> str:
    """Return the first text of a row."""
    columns = sheet.filled(row)
    slot = sheet.slots.get((row, columns[0])) if columns else None
    return slot.text if slot else ""


def _parted(sheet: Sheet, rows: list[int]) -> tuple[list[int], list[int], list[int]]:
    """Return the rows as titles before, the table, and notes after."""
    start, end = 0, len(rows)
    while start < end and _is_lone(sheet, rows[start]):
        start += 1
    while end > start and _is_lone(sheet, rows[end - 1]) and len(_text(sheet, rows[end - 1])) > _NOTE_LENGTH:
        end -= 1
    return rows[:start], rows[start:end], rows[end:]


def _is_lone(sheet: Sheet, row: int) -> bool:
    """Return whether one text stands alone in its row."""
    columns = sheet.filled(row)
    return len(columns) == 1 and (row, columns[0]) in sheet.slots and not _is_part(sheet, row)


def _line(sheet: Sheet, row: int) -> TextLine:
    columns = sheet.filled(row)
    return TextLine(_text(sheet, row).replace("\n", " ").strip(), sheet.place(row, columns[0]))


def _grid(sheet: Sheet, first: int, last: int) -> Grid:
    """Return the rows from first to last as a grid, empty columns at the sides left out."""
    used = [column for row in range(first, last + 1) for column in sheet.filled(row)]
    left, right = min(used), max(used)
    for (row, column), span in sheet.spans.items():
        if first <= row <= last and (row, column) in sheet.slots:
            right = max(right, span[3])
    cells = []
    for row in range(first, last + 1):
        for column in range(left, right + 1):
            owner = sheet.covered.get((row, column))
            if owner is not None and owner != (row, column) and owner[0] >= first and owner[1] >= left:
                continue
            slot = sheet.slots.get((row, column))
            _, _, bottom, last_column = sheet.spans.get((row, column), (row, column, row, column))
            cells.append(
                Cell(
                    text=slot.text if slot else "",
                    row=row - first,
                    column=column - left,
                    place=sheet.place(row, column),
                    row_span=min(bottom, last) - row + 1,
                    column_span=min(last_column, right) - column + 1,
                    indent=slot.indent if slot else 0.0,
                )
            )
    return Grid(tuple(cells), last - first + 1, right - left + 1, sheet.place(first, left))
