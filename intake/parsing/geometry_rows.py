"""Rows that no rule parts: several records printed in one ruled row, told apart by their baselines."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from intake.parsing.geometry import Word
from intake.parsing.geometry_cells import Frame, Region
from intake.parsing.geometry_text import in_lines, join_words

AMOUNT = re.compile(r"[-+−]?(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+\.\d+)")
_CODE = re.compile(r"\[?\d{2,7}\]?\b")
_FEWEST_LINES = 3
_FEWEST_PAIRED = 2


@dataclass(slots=True)
class _Line:
    """One line of text in one cell of a row."""

    region: int
    words: list[Word]
    text: str

    @property
    def middle(self) -> float:
        return (self.words[0][1] + self.words[0][3]) / 2


def part_rows(frame: Frame, shared: dict[int, list[Word]]) -> tuple[Frame, dict[int, list[Word]]]:
    """Return frame and words with every row cut that holds several records one below the other."""
    if not any(len(words) > 1 and _may_stack(words) for words in shared.values()):
        return frame, shared
    row = 0
    while row < len(frame.ys) - 1:
        groups = _records(frame, shared, row)
        if len(groups) > 1:
            frame, shared = _cut(frame, shared, row, groups)
        row += max(1, len(groups))
    return frame, shared


def _may_stack(words: list[Word]) -> bool:
    """Return whether two words of a cell are amounts (the quick look that spares most tables the rest)."""
    return sum(1 for word in words if AMOUNT.fullmatch(word[4])) > 1


def _records(frame: Frame, shared: dict[int, list[Word]], row: int) -> list[list[_Line]]:
    """Return the lines of each record of a row; nothing where it is one record."""
    inside = [
        number
        for number, region in enumerate(frame.regions)
        if region.row == row and region.row_end == row + 1 and shared.get(number)
    ]
    if len(inside) < 2:
        return []
    lines = [
        _Line(number, words, join_words(words)) for number in inside for words in in_lines(shared[number])
    ]
    if not _is_stacked(lines, inside):
        return []
    return group_by_anchor(lines)


def _is_stacked(lines: list[_Line], inside: list[int]) -> bool:
    """Return whether amounts of one precision stand below each other, each beside a text of its own."""
    by_region = {number: [line for line in lines if line.region == number] for number in inside}
    stacks = [found for found in by_region.values() if len(found) > 1 and _is_stack(found)]
    if not stacks:
        return False
    longest = max(stacks, key=len)
    if len(longest) < _FEWEST_LINES and len(stacks) < _FEWEST_PAIRED:
        return False
    others = [line for number in inside for line in by_region[number] if by_region[number] not in stacks]
    beside = sum(any(_level(line, other) for other in others) for line in longest)
    return beside >= 0.8 * len(longest)


def _is_stack(lines: list[_Line]) -> bool:
    """Return whether every line is an amount, all with the same number of decimals."""
    if not all(AMOUNT.fullmatch(line.text) for line in lines):
        return False
    return len({len(line.text.partition(".")[2]) for line in lines}) == 1


def _level(one: _Line, other: _Line) -> bool:
    height = one.words[0][3] - one.words[0][1]
    return abs(one.middle - other.middle) < height / 2


def group_by_anchor(lines: list[_Line]) -> list[list[_Line]]:
    """Return the lines by record: each line with an amount or a code begins one, others join the nearest."""
    anchors: list[list[_Line]] = []
    rest: list[_Line] = []
    for line in sorted(lines, key=lambda line: line.middle):
        if AMOUNT.fullmatch(line.text) or _CODE.match(line.text):
            if anchors and _level(anchors[-1][0], line):
                anchors[-1].append(line)
            else:
                anchors.append([line])
        else:
            rest.append(line)
    if not anchors:
        return []
    for line in rest:
        nearest = min(anchors, key=lambda group: abs(group[0].middle - line.middle))
        nearest.append(line)
    return anchors


def _cut(
    frame: Frame, shared: dict[int, list[Word]], row: int, groups: list[list[_Line]]
) -> tuple[Frame, dict[int, list[Word]]]:
    """Return frame and words with one row cut into as many as there are groups."""
    more = len(groups) - 1
    cuts = [
        (max(line.middle for line in above) + min(line.middle for line in below)) / 2
        for above, below in pairwise(groups)
    ]
    ys = [*frame.ys[: row + 1], *cuts, *frame.ys[row + 1 :]]
    regions: list[Region] = []
    words: dict[int, list[Word]] = {}
    for number, region in enumerate(frame.regions):
        if region.row == row and region.row_end == row + 1:
            for offset, group in enumerate(groups):
                found = [word for line in group if line.region == number for word in line.words]
                if found:
                    words[len(regions)] = found
                regions.append(replace(region, row=row + offset, row_end=row + offset + 1))
            continue
        if number in shared:
            words[len(regions)] = shared[number]
        regions.append(
            replace(
                region,
                row=region.row + (more if region.row > row else 0),
                row_end=region.row_end + (more if region.row_end > row else 0),
            )
        )
    return Frame(frame.xs, ys, [], regions), words
