"""From loose rules to lattices: rules joined, snapped, closed at their ends, and grouped."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from intake.parsing.geometry import Rule
from intake.parsing.tables import Box

SNAP = 3.0
"""Rules nearer than this are one rule; ends nearer than this meet."""
_SHORTEST = 4.0
_ENDS_THAT_CLOSE = 3
_OPEN_END = 4.0
"""An end must stand out at least this far to count as an open side."""

Line = tuple[float, float, float]
"""position across, from, to."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """One connected set of rules: ``rows`` are horizontal ones, ``columns`` vertical ones."""

    rows: tuple[Line, ...]
    columns: tuple[Line, ...]

    @property
    def box(self) -> Box:
        """Return the area that the rules span."""
        return (
            min(line[0] for line in self.columns),
            min(line[0] for line in self.rows),
            max(line[0] for line in self.columns),
            max(line[0] for line in self.rows),
        )


def find_lattices(rules: list[Rule]) -> list[Lattice]:
    """Return the connected lattices of a page, from top to bottom."""
    rows = _joined([rule[1:] for rule in rules if rule[0]])
    columns = _joined([rule[1:] for rule in rules if not rule[0]])
    lattices = []
    for row_indices, column_indices in _components(rows, columns):
        inner_rows = [rows[index] for index in row_indices]
        inner_columns = [columns[index] for index in column_indices]
        closed_rows = inner_rows + _missing_ends(inner_columns, inner_rows)
        closed_columns = inner_columns + _missing_ends(inner_rows, inner_columns)
        if len(closed_rows) > 1 and len(closed_columns) > 1:
            lattices.append(Lattice(tuple(sorted(closed_rows)), tuple(sorted(closed_columns))))
    return sorted(lattices, key=lambda lattice: (lattice.box[1], lattice.box[0]))


def _joined(lines: list[Line]) -> list[Line]:
    """Return rules with near positions snapped and touching pieces of one position joined."""
    if not lines:
        return []
    lines = sorted(lines)
    snapped: list[list[Line]] = [[lines[0]]]
    for line in lines[1:]:
        if line[0] - snapped[-1][-1][0] <= SNAP and line[0] - snapped[-1][0][0] <= 2 * SNAP:
            snapped[-1].append(line)
        else:
            snapped.append([line])
    found: list[Line] = []
    for group in snapped:
        position = sum(line[0] for line in group) / len(group)
        pieces = sorted((line[1], line[2]) for line in group)
        start, end = pieces[0]
        for first, last in pieces[1:]:
            if first <= end + SNAP:
                end = max(end, last)
            else:
                found.append((position, start, end))
                start, end = first, last
        found.append((position, start, end))
    return [line for line in found if line[2] - line[1] >= _SHORTEST]


def _components(rows: list[Line], columns: list[Line]) -> list[tuple[list[int], list[int]]]:
    """Return the connected groups of crossing rules, as indices of rows and of columns."""
    group = list(range(len(rows) + len(columns)))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    offset = len(rows)
    heights = [row[0] for row in rows]  # sorted: ``_joined`` goes from top to bottom
    for c, (x, top, bottom) in enumerate(columns):
        for r in range(bisect_left(heights, top - SNAP), bisect_right(heights, bottom + SNAP)):
            if rows[r][1] - SNAP <= x <= rows[r][2] + SNAP:
                group[root(offset + c)] = root(r)
    members: dict[int, tuple[list[int], list[int]]] = {}
    for index in range(len(group)):
        rows_found, columns_found = members.setdefault(root(index), ([], []))
        if index < offset:
            rows_found.append(index)
        else:
            columns_found.append(index - offset)
    return [found for found in members.values() if found[0] and found[1]]


def _missing_ends(lines: list[Line], across: list[Line]) -> list[Line]:
    """Return the rules to add where several lines end together with nothing to close them.

    A table that runs on over the page, or that is printed without its outer sides, is open
    there; the ends of its rules say where the side is.
    """
    if len(lines) < _ENDS_THAT_CLOSE or not across:
        return []
    first = min(position for position, _, _ in across)
    last = max(position for position, _, _ in across)
    low, high = min(line[0] for line in lines), max(line[0] for line in lines)
    starts = sorted(start for _, start, _ in lines if start < first - _OPEN_END)
    ends = sorted(end for _, _, end in lines if end > last + _OPEN_END)
    groups = _near(starts) + _near(ends)
    return [(sum(group) / len(group), low, high) for group in groups if len(group) >= _ENDS_THAT_CLOSE]


def _near(values: list[float]) -> list[list[float]]:
    """Return sorted values in groups whose neighbours are within the snap distance."""
    groups: list[list[float]] = []
    for value in values:
        if groups and value - groups[-1][-1] <= SNAP:
            groups[-1].append(value)
        else:
            groups.append([value])
    return groups
