"""From the characters and rules of a page to its blocks in reading order."""

from __future__ import annotations

from itertools import pairwise

from intake.parsing.geometry import Char, ObjectOf, Rule, Word
from intake.parsing.geometry_cells import Frame, build_frame, build_grid, share_words
from intake.parsing.geometry_columns import find_unruled
from intake.parsing.geometry_rows import part_rows
from intake.parsing.geometry_rules import find_lattices
from intake.parsing.geometry_text import as_word, find_words, in_lines, join_words
from intake.parsing.tables import Block, Box, Grid, Place, TextLine


def find_blocks(
    chars: list[Char], rules: list[Rule], *, page: int, object_of: ObjectOf | None = None
) -> tuple[Block, ...]:
    """Return the grids of a page and the text lines around them, from top to bottom."""
    words = find_words(chars)
    grids: list[Grid] = []
    lattices = sorted(find_lattices(rules), key=lambda lattice: _area(lattice.box))
    for lattice in lattices:
        box = lattice.box
        inside = [word for word in words if _is_inside(word, box)]
        if not inside:
            continue
        frame = build_frame(lattice, inside)
        if frame is None:
            continue
        claimed = [word for word in inside if _has_home(frame, word)]
        if not claimed:
            continue
        taken = set(map(id, claimed))
        words = [word for word in words if id(word) not in taken]
        shared = share_words(frame, claimed, object_of)
        words.extend(_as_chars(word) for word in shared.pop(-1, []))
        frame, shared = part_rows(frame, shared)
        grids.append(build_grid(frame, shared, page=page))
    loose = [as_word(word) for word in words]
    for table in find_unruled(loose):
        grids.append(build_grid(table.frame, table.shared, page=page, spans_known=False))
        taken = set(map(id, table.words))
        loose = [word for word in loose if id(word) not in taken]
    blocks: list[Block] = [*grids, *_text_lines(loose, grids, page=page)]
    blocks.sort(key=_reading_order)
    return tuple(blocks)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _is_inside(word: list[Char], box: Box) -> bool:
    """Return whether the middle of a word stands in a box."""
    x = (word[0][0] + word[-1][2]) / 2
    y = (word[0][1] + word[0][3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _has_home(frame: Frame, word: list[Char]) -> bool:
    """Return whether one end of a word stands in a cell."""
    first, last = word[0], word[-1]
    y = (first[1] + first[3]) / 2
    return (
        frame.region_at((first[0] + first[2]) / 2, y) >= 0 or frame.region_at((last[0] + last[2]) / 2, y) >= 0
    )


def _as_chars(word: Word) -> list[Char]:
    return [(*word, -1)]


def _text_lines(words: list[Word], grids: list[Grid], *, page: int) -> list[TextLine]:
    """Return the words as lines; a line is parted where a grid stands between its words."""
    if not words:
        return []
    found = []
    for line in in_lines(words):
        for part in _parted(line, grids):
            text = join_words(part, keep_gaps=True)
            box = (
                part[0][0],
                min(word[1] for word in part),
                max(word[2] for word in part),
                max(word[3] for word in part),
            )
            found.append(TextLine(text, Place(page=page, box=box)))
    return found


def _parted(line: list[Word], grids: list[Grid]) -> list[list[Word]]:
    """Return a line cut where a grid stands between two words."""
    middle = (line[0][1] + line[0][3]) / 2
    beside = [
        grid.place.box for grid in grids if grid.place.box and grid.place.box[1] < middle < grid.place.box[3]
    ]
    parts = [[line[0]]]
    for previous, word in pairwise(line):
        if any(previous[2] <= box[0] + 1 and word[0] >= box[2] - 1 for box in beside):
            parts.append([])
        parts[-1].append(word)
    return parts


def _reading_order(block: Block) -> tuple[float, float]:
    box = block.place.box or (0.0, 0.0, 0.0, 0.0)
    return round(box[1], 1), box[0]
