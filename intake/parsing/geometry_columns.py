"""Tables without rules: columns told by the white strips between aligned amounts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from intake.parsing.geometry import Word
from intake.parsing.geometry_cells import Frame, Region
from intake.parsing.geometry_rows import AMOUNT
from intake.parsing.geometry_text import in_lines, join_words

_SEGMENT_GAP = 0.8
_FEWEST_ROWS = 3
_MOST_BETWEEN = 3
_MOST_HEADING = 5
_ALIGNED = 3.0
_CLEAR = 4.0


@dataclass(slots=True)
class _Segment:
    """Words of one line printed together."""

    words: list[Word]
    text: str

    @property
    def left(self) -> float:
        return self.words[0][0]

    @property
    def right(self) -> float:
        return max(word[2] for word in self.words)

    @property
    def is_amount(self) -> bool:
        return AMOUNT.fullmatch(self.text) is not None


Line = list[_Segment]


@dataclass(slots=True)
class Unruled:
    """A table without rules: its frame, and the words of each region."""

    frame: Frame
    shared: dict[int, list[Word]]
    words: list[Word]


def find_unruled(words: list[Word]) -> list[Unruled]:
    """Return the tables that only alignment shows among the words outside ruled grids.

    Three rows with an amount beside another text, the amounts aligned with each other, are asked
    for: running text and tables of contents do not have them.
    """
    if sum(1 for word in words if AMOUNT.fullmatch(word[4])) < _FEWEST_ROWS:
        return []
    lines = [_segments(line) for line in in_lines(words)]
    found = []
    for first, last in _runs(lines):
        table = _table(lines, first, last)
        if table is not None:
            found.append(table)
    return found


def _segments(line: list[Word]) -> Line:
    """Return the words of a line in groups parted by wide gaps."""
    groups = [[line[0]]]
    for previous, word in pairwise(line):
        if word[0] - previous[2] > (word[3] - word[1]) * _SEGMENT_GAP:
            groups.append([])
        groups[-1].append(word)
    return [_Segment(group, join_words(group)) for group in groups]


def _is_record(line: Line) -> bool:
    return len(line) > 1 and any(segment.is_amount for segment in line)


def _runs(lines: list[Line]) -> list[tuple[int, int]]:
    """Return first and last line of each stretch of records, few other lines between them."""
    records = [number for number, line in enumerate(lines) if _is_record(line)]
    runs: list[list[int]] = []
    for number in records:
        if runs and number - runs[-1][-1] <= _MOST_BETWEEN:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [(run[0], run[-1]) for run in runs if len(run) >= _FEWEST_ROWS]


def _table(lines: list[Line], first: int, last: int) -> Unruled | None:
    """Return the table of a stretch of records; None where its amounts do not align."""
    records = [line for line in lines[first : last + 1] if _is_record(line)]
    amounts = [segment for line in records for segment in line if segment.is_amount]
    if _aligned(amounts) < 0.7 * len(amounts):
        return None
    edges = _edges(records)
    if len(edges) < 3:
        return None
    start = _heading_start(lines, first)
    rows = [[line] for line in lines[start:first]] + _grouped(lines[first : last + 1])
    return _as_table(rows, edges)


def _aligned(amounts: list[_Segment]) -> int:
    """Return how many amounts share their right or left edge with two others at least."""

    def shared(edges: list[float]) -> set[int]:
        return {
            index
            for index, edge in enumerate(edges)
            if sum(abs(edge - other) <= _ALIGNED for other in edges) >= _FEWEST_ROWS
        }

    return len(shared([one.right for one in amounts]) | shared([one.left for one in amounts]))


def _edges(records: list[Line]) -> list[float]:
    """Return the edges of the columns: the middles of the strips that no record prints on."""
    spans = sorted((segment.left, segment.right) for line in records for segment in line)
    merged = [list(spans[0])]
    for left, right in spans[1:]:
        if left <= merged[-1][1] + _CLEAR:
            merged[-1][1] = max(merged[-1][1], right)
        else:
            merged.append([left, right])
    inner = [(before[1] + after[0]) / 2 for before, after in pairwise(merged)]
    return [merged[0][0] - 1, *inner, merged[-1][1] + 1]


def _heading_start(lines: list[Line], first: int) -> int:
    """Return the first of the heading lines right above the records."""
    start = first
    while start > 0 and first - start < _MOST_HEADING:
        line, below = lines[start - 1], lines[start]
        height = line[0].words[0][3] - line[0].words[0][1]
        gap = below[0].words[0][1] - line[0].words[0][3]
        is_label = any("：" in segment.text or ":" in segment.text for segment in line)
        if len(line) < 2 or is_label or gap > 1.5 * height:
            break
        start -= 1
    return start


def _grouped(lines: list[Line]) -> list[list[Line]]:
    """Return the lines by row: a line without amount joins the record it is nearest to."""
    rows: list[list[Line]] = []
    waiting: list[Line] = []
    for line in lines:
        if not _is_record(line):
            waiting.append(line)
            continue
        rows.append([line])
        for other in waiting:
            above, below = _gap(rows[-2][0], other), _gap(other, line)
            (rows[-2] if above <= below else rows[-1]).append(other)
        waiting = []
    return rows


def _gap(upper: Line, lower: Line) -> float:
    return lower[0].words[0][1] - upper[0].words[0][3]


def _as_table(rows: list[list[Line]], edges: list[float]) -> Unruled:
    """Return the rows of lines as frame and words, each segment in the column of its middle."""
    shared: dict[int, list[Word]] = {}
    width = len(edges) - 1
    tops = []
    for number, lines in enumerate(rows):
        words = [word for line in lines for segment in line for word in segment.words]
        tops.append(min(word[1] for word in words))
        for line in lines:
            for segment in line:
                middle = (segment.left + segment.right) / 2
                column = min(width - 1, sum(edge <= middle for edge in edges[1:]))
                shared.setdefault(number * width + column, []).extend(segment.words)
    every = [word for words in shared.values() for word in words]
    ys = [*tops, max(word[3] for word in every)]
    regions = [
        Region(row, column, row + 1, column + 1) for row in range(len(rows)) for column in range(width)
    ]
    return Unruled(Frame(edges, ys, [], regions), shared, every)
