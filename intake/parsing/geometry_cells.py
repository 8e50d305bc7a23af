"""From one lattice of rules and the words on it to a grid of cells."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from intake.parsing.geometry import Char, ObjectOf, Word
from intake.parsing.geometry_rules import SNAP, Lattice, Line
from intake.parsing.geometry_text import as_text, as_word, in_lines
from intake.parsing.tables import Box, Cell, Grid, Place

_NARROW_COLUMN = 12.0
_NARROW_ROW = 9.0
_ALIGNED = 6.0
_SAME_LINE = 0.3
_MOST_SLOTS = 40_000
"""A lattice of more slots is a drawing (a map, a hatched chart): the largest tables have 2,500."""


@dataclass(slots=True)
class Region:
    """Slots without a rule between them: one cell. Ends are exclusive."""

    row: int
    column: int
    row_end: int
    column_end: int


@dataclass(slots=True)
class Frame:
    """The slots of a lattice: edges, and for each slot the region it belongs to (-1: none)."""

    xs: list[float]
    ys: list[float]
    owner: list[list[int]]
    regions: list[Region]

    def region_at(self, x: float, y: float) -> int:
        """Return the region at a point, -1 where there is none."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= row < len(self.owner) and 0 <= column < len(self.xs) - 1:
            return self.owner[row][column]
        return -1


def build_frame(lattice: Lattice, words: list[list[Char]]) -> Frame | None:
    """Return the slots and regions of a lattice; None where it is not a table.

    ``words`` tell which narrow slots are only the gap of a double rule.
    """
    centres_x = sorted((word[0][0] + word[-1][2]) / 2 for word in words)
    centres_y = sorted((word[0][1] + word[0][3]) / 2 for word in words)
    xs, column_of = _edges([line[0] for line in lattice.columns], centres_x, _NARROW_COLUMN)
    ys, row_of = _edges([line[0] for line in lattice.rows], centres_y, _NARROW_ROW)
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST_SLOTS:
        return None
    ys, row_of = _without_cuts(ys, row_of, words)
    above = _marks(lattice.rows, xs, row_of, len(ys))
    before = _marks(lattice.columns, ys, column_of, len(xs))
    owner, regions = _regions(above, before, len(ys) - 1, len(xs) - 1)
    if max((region.column for region in regions), default=0) == 0:
        return None
    return Frame(xs, ys, owner, regions)


def _edges(
    positions: list[float], centres: list[float], narrow: float
) -> tuple[list[float], dict[float, int]]:
    """Return the distinct edges, and for each position the index of its edge.

    Slots narrower than ``narrow`` that hold no text are the gap of a double rule: their sides
    become one edge.
    """
    edges: list[list[float]] = []
    for position in sorted(set(positions)):
        if edges:
            previous = edges[-1][-1]
            gap = position - previous
            empty = bisect_right(centres, position) == bisect_right(centres, previous)
            if gap <= SNAP or (gap < narrow and empty and position - edges[-1][0] < 2 * narrow):
                edges[-1].append(position)
                continue
        edges.append([position])
    index = {position: number for number, group in enumerate(edges) for position in group}
    return [sum(group) / len(group) for group in edges], index


def _without_cuts(
    ys: list[float], row_of: dict[float, int], words: list[list[Char]]
) -> tuple[list[float], dict[float, int]]:
    """Return the edges of rows without those that pass through a line of text, and the index anew (-1: gone).

    Double-ruled cells print a name in one thin row and its amount, on the same line, in the next.
    """
    rows: list[list[list[Char]]] = [[] for _ in ys]
    for word in words:
        rows[bisect_right(ys, (word[0][1] + word[0][3]) / 2) - 1].append(word)
    kept = [0]
    for edge in range(1, len(ys) - 1):
        if _share_line(rows[kept[-1]], rows[edge]):
            rows[kept[-1]] += rows[edge]
        else:
            kept.append(edge)
    kept.append(len(ys) - 1)
    if len(kept) == len(ys):
        return ys, row_of
    number_of = {edge: number for number, edge in enumerate(kept)}
    return [ys[edge] for edge in kept], {
        position: number_of.get(edge, -1) for position, edge in row_of.items()
    }


def _share_line(above: list[list[Char]], below: list[list[Char]]) -> bool:
    """Return whether every word of the emptier row stands on one line with a word of the other."""
    fewer, more = sorted((above, below), key=len)
    if not fewer:
        return False
    middles = [(word[0][1] + word[0][3]) / 2 for word in more]
    return all(
        any(
            abs((word[0][1] + word[0][3]) / 2 - middle) < (word[0][3] - word[0][1]) * _SAME_LINE
            for middle in middles
        )
        for word in fewer
    )


def _marks(
    lines: tuple[Line, ...], across: list[float], edge_of: dict[float, int], count: int
) -> list[list[bool]]:
    """Return for each edge and each slot along it whether a rule is drawn there."""
    marks = [[False] * (len(across) - 1) for _ in range(count)]
    middles = [(low + high) / 2 for low, high in pairwise(across)]
    for position, start, end in lines:
        edge = edge_of[position]
        if edge < 0:
            continue
        row = marks[edge]
        for slot in range(bisect_right(middles, start), bisect_right(middles, end)):
            if start <= across[slot] + 4 * SNAP and end >= across[slot + 1] - 4 * SNAP:
                row[slot] = True
    return marks


def _regions(
    above: list[list[bool]], before: list[list[bool]], rows: int, columns: int
) -> tuple[list[list[int]], list[Region]]:
    """Return the owner of each slot and the regions; slots open to the outside have none."""
    owner = [[-2] * columns for _ in range(rows)]
    regions: list[Region] = []
    for row in range(rows):
        for column in range(columns):
            if owner[row][column] != -2:
                continue
            slots, is_open = _flood(row, column, above, before, owner)
            if is_open:
                continue
            for region in _rectangles(slots):
                number = len(regions)
                regions.append(region)
                for r in range(region.row, region.row_end):
                    owner[r][region.column : region.column_end] = [number] * (
                        region.column_end - region.column
                    )
    return owner, regions


def _flood(
    row: int, column: int, above: list[list[bool]], before: list[list[bool]], owner: list[list[int]]
) -> tuple[list[tuple[int, int]], bool]:
    """Return the slots reached without crossing a rule (marked -1), and whether they are no cell.

    A cell may be open to one pair of sides only: at the foot or head of the page where the table
    runs on, or at the left and right where the table is printed without its outer rules.
    """
    rows, columns = len(owner), len(owner[0])
    owner[row][column] = -1
    stack, slots = [(row, column)], []
    upright = sideways = False
    while stack:
        r, c = stack.pop()
        slots.append((r, c))
        for closed, nr, nc in (
            (above[r][c], r - 1, c),
            (above[r + 1][c], r + 1, c),
            (before[c][r], r, c - 1),
            (before[c + 1][r], r, c + 1),
        ):
            if closed:
                continue
            if not 0 <= nr < rows:
                upright = True
            elif not 0 <= nc < columns:
                sideways = True
            elif owner[nr][nc] == -2:
                owner[nr][nc] = -1
                stack.append((nr, nc))
    return slots, upright and sideways


def _rectangles(slots: list[tuple[int, int]]) -> list[Region]:
    """Return the slots as rectangles: one where they form one, else by runs of equal rows."""
    top, bottom = min(r for r, _ in slots), max(r for r, _ in slots) + 1
    left, right = min(c for _, c in slots), max(c for _, c in slots) + 1
    if len(slots) == (bottom - top) * (right - left):
        return [Region(top, left, bottom, right)]
    found: list[Region] = []
    for row, column in sorted(slots):
        last = found[-1] if found else None
        if last and last.row == row and last.column_end == column:
            last.column_end = column + 1
        else:
            found.append(Region(row, column, row + 1, column + 1))
    merged: list[Region] = []
    for region in found:
        for other in merged:
            same = (other.column, other.column_end) == (region.column, region.column_end)
            if same and other.row_end == region.row:
                other.row_end = region.row_end
                break
        else:
            merged.append(region)
    return merged


def share_words(frame: Frame, words: list[list[Char]], object_of: ObjectOf | None) -> dict[int, list[Word]]:
    """Return the words by region. A word over a rule goes whole to its cell where it overflows."""
    shared: dict[int, list[Word]] = {}
    for word in words:
        first, last = word[0], word[-1]
        middle = (first[1] + first[3]) / 2
        start = frame.region_at((first[0] + first[2]) / 2, middle)
        end = frame.region_at((last[0] + last[2]) / 2, middle) if len(word) > 1 else start
        if start == end:
            shared.setdefault(start, []).append(as_word(word))
            continue
        for part in _by_object(word, object_of):
            for region, piece in _parts(frame, part, middle):
                shared.setdefault(region, []).append(as_word(piece))
    return shared


def _by_object(word: list[Char], object_of: ObjectOf | None) -> list[list[Char]]:
    """Return the word cut where another text object begins."""
    if object_of is None:
        return [word]
    parts: list[list[Char]] = []
    last: int | None = None
    for char in word:
        printed_by = object_of(char[5])
        if not parts or printed_by != last:
            parts.append([])
        parts[-1].append(char)
        last = printed_by
    return parts


def _parts(frame: Frame, word: list[Char], middle: float) -> list[tuple[int, list[Char]]]:
    """Return a word that meets a rule by region: in pieces, or whole where it overflows its cell."""
    pieces: list[tuple[int, list[Char]]] = []
    for char in word:
        region = frame.region_at((char[0] + char[2]) / 2, middle)
        if pieces and pieces[-1][0] == region:
            pieces[-1][1].append(char)
        else:
            pieces.append((region, [char]))
    if len(pieces) == 1 or _is_set_in_columns(pieces):
        return pieces
    return [(_home(frame, pieces, word), word)]


def _is_set_in_columns(pieces: list[tuple[int, list[Char]]]) -> bool:
    """Return whether the pieces of a word are values of their own, printed tightly side by side."""
    texts = ["".join(char[4] for char in chars) for _, chars in pieces]
    whole = "".join(texts)
    if whole.count(".") > 1 and all(any(mark.isdigit() for mark in text) for text in texts):
        return True
    if any(region < 0 for region, _ in pieces):
        return False
    # A rule that passes between two characters, clear of both, may part columns set tightly.
    return (
        all(
            text.replace(".", "").replace(",", "").isdigit() or not any(m.isdigit() for m in text)
            for text in texts
        )
        and len({text[0].isdigit() for text in texts}) > 1
    )


def _home(frame: Frame, pieces: list[tuple[int, list[Char]]], word: list[Char]) -> int:
    """Return the region an overflowing word belongs to: where it is aligned, else where most of it is."""
    known = [(region, chars) for region, chars in pieces if region >= 0]
    if not known:
        return -1
    left_region, right_region = known[0][0], known[-1][0]
    left_gap = word[0][0] - frame.xs[frame.regions[left_region].column]
    right_gap = frame.xs[frame.regions[right_region].column_end] - word[-1][2]
    if -1.0 <= left_gap <= _ALIGNED and left_gap <= right_gap:
        return left_region
    if -1.0 <= right_gap <= _ALIGNED:
        return right_region
    return max(known, key=lambda piece: len(piece[1]))[0]


def build_grid(frame: Frame, shared: dict[int, list[Word]], *, page: int, spans_known: bool = True) -> Grid:
    """Return the grid of a frame with the words of its regions as cells, row by row."""
    xs, ys = frame.xs, frame.ys
    cells = []
    for number, region in enumerate(frame.regions):
        words = shared.get(number, [])
        box: Box = (xs[region.column], ys[region.row], xs[region.column_end], ys[region.row_end])
        cells.append(
            Cell(
                text=as_text(words),
                row=region.row,
                column=region.column,
                place=Place(page=page, row=region.row + 1, column=region.column + 1, box=box),
                row_span=region.row_end - region.row,
                column_span=region.column_end - region.column,
                indent=_indent(words, box[0]),
            )
        )
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(
        cells=tuple(cells),
        rows=len(ys) - 1,
        columns=len(xs) - 1,
        place=Place(page=page, box=(xs[0], ys[0], xs[-1], ys[-1])),
        spans_known=spans_known,
    )


def _indent(words: list[Word], left: float) -> float:
    """Return the gap between rule and first line in half-width character widths."""
    if not words:
        return 0.0
    first = words[0] if len(words) == 1 else in_lines(words)[0][0]
    size = first[3] - first[1]
    return round(max(0.0, first[0] - left) / (size / 2), 1) if size > 0 else 0.0
