"""Parts of rows that print no codes: by merged group cells, numbering, indent and sums.

Several outlines are possible readings of the same labels. The first that agrees with the printed
amounts is taken, in the order in which readers would try them: indent (or the label column in use),
numbering, numbering under an unnumbered head, and last of all what only the sums tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from intake.parsing.draftrow import DraftRow
from intake.parsing.nesting import find_nesting
from intake.parsing.words import fold

_CARRIED = re.compile(r"结转|结余|用事业基金|非财政拨款|弥补收支差额")
Amounts = dict[str, Decimal]


def link_without_codes(rows: Sequence[DraftRow]) -> None:
    """Set levels and parents of one block's rows."""
    if _link_groups(rows):
        return
    section: list[DraftRow] = []
    subtotals: list[DraftRow] = []
    opening: DraftRow | None = None
    for row in rows:
        if not _closes(row):
            section.append(row)
            continue
        if section:
            _link_section(section, _expected(row, subtotals))
            if row.kind == "subtotal":
                _attach(section, row)
        elif row.kind == "total":
            opening = row
        if row.kind == "subtotal":
            subtotals.append(row)
        section = []
    if section:
        _link_section(section, None if opening is None else _values(opening))
    for row in rows:
        if not _closes(row):
            row.level = f"depth-{row.depth + 1}"
        if row.kind == "unit" and row.unit_name is None:
            row.unit_name = row.name


def _closes(row: DraftRow) -> bool:
    """Return whether the row is a total of the rows above it (一、本年收入 heads those below it)."""
    return row.kind == "total" or (row.kind == "subtotal" and row.rank < 0)


def _values(row: DraftRow) -> Amounts:
    return {key: figure.value for key, figure in row.figures.items() if figure.value is not None}


def _expected(row: DraftRow, subtotals: Sequence[DraftRow]) -> Amounts:
    """Return what the rows before a closing row must add up to: its values less earlier subtotals."""
    values = _values(row)
    if row.kind == "total":
        for subtotal in subtotals:
            for key, value in _values(subtotal).items():
                if key in values:
                    values[key] -= value
    return values


def _link_groups(rows: Sequence[DraftRow]) -> bool:
    """Link rows under the 小计 of the merged cell beside them; return whether the table is made that way."""
    heads: dict[str, DraftRow] = {}
    for row in rows:
        if row.group and row.kind == "subtotal" and len(fold(row.label)) <= 2:
            heads[row.group] = row
    if not heads:
        return False
    for row in rows:
        head = heads.get(row.group)
        if head is row:
            row.name = f"{row.group}{row.name}"
            row.level = "depth-1"
        elif head is not None and row.kind in {"item", "unit"}:
            row.parent = head
            row.level = "depth-2"
        elif row.kind not in {"total", "subtotal"}:
            row.level = "depth-2" if head is not None else "depth-1"
    return True


def _attach(section: list[DraftRow], subtotal: DraftRow) -> None:
    """Make the top rows of a section summands of the subtotal that closes it."""
    heads = {
        id(row)
        for row, below in pairwise(section)
        if not _values(row) and below.depth > row.depth and row.rank >= 0
    }
    tops = [
        row for row in section if row.parent is None and row.kind in {"item", "unit"} and id(row) not in heads
    ]
    if tops and not any(_CARRIED.search(fold(row.label)) for row in tops if row.rank < 0):
        for row in tops:
            row.parent = subtotal


def _link_section(rows: list[DraftRow], expected: Amounts | None) -> None:
    for row in rows:
        row.depth = 0
        row.parent = None
    candidates = [depths for depths in _readings(rows, expected) if depths is not None]
    judged = [_judge(rows, depths, expected) for depths in candidates]
    best = next(
        (index for index, (fits, wrong, _) in enumerate(judged) if fits is not False and not wrong), None
    )
    if best is None and judged[0][2] >= max(3, 4 * judged[0][1]):
        best = 0
    if best is None:
        best = max(
            range(len(judged)),
            key=lambda index: (judged[index][0] is True, -judged[index][1], judged[index][2], -index),
        )
    _apply(rows, candidates[best])


def _readings(rows: Sequence[DraftRow], expected: Amounts | None) -> list[list[int] | None]:
    by_order = _by_order(rows)
    return [
        _by_indent(rows),
        by_order,
        _under_heads(rows, by_order),
        _by_sums(rows, by_order, expected),
        _by_sums(rows, [0] * len(rows), expected),
    ]


def _judge(
    rows: Sequence[DraftRow], depths: Sequence[int], expected: Amounts | None
) -> tuple[bool | None, int, int]:
    """Return whether the top rows make up what is expected, and how many parents do not and do add up."""
    right = wrong = 0
    floor = min(depths)
    for index, parts in find_parts(depths).items():
        summands = [rows[part] for part in parts if rows[part].kind != "of_which"]
        if summands and any(figure.value is not None for figure in rows[index].figures.values()):
            outcome = adds_up(_values(rows[index]), summands)
            right += outcome is True
            wrong += outcome is False
    tops = [row for row, depth in zip(rows, depths, strict=True) if depth == floor and row.kind != "of_which"]
    if expected is not None and any(not _values(top) for top in tops):
        tops = _without_blank_heads(rows, depths)
    return (None if not expected else adds_up(expected, tops)), wrong, right


def _without_blank_heads(rows: Sequence[DraftRow], depths: Sequence[int]) -> list[DraftRow]:
    """Return the top rows with the parts of a head without amounts in its place."""
    parts = find_parts(depths)
    floor = min(depths)
    tops: list[DraftRow] = []
    for index, depth in enumerate(depths):
        if depth != floor or rows[index].kind == "of_which":
            continue
        if _values(rows[index]) or index not in parts:
            tops.append(rows[index])
        else:
            tops.extend(rows[part] for part in parts[index] if rows[part].kind != "of_which")
    return tops


def find_parts(depths: Sequence[int]) -> dict[int, list[int]]:
    """Return the positions of the direct parts of each position, by depth."""
    parts: dict[int, list[int]] = {}
    stack: list[int] = []
    for index, depth in enumerate(depths):
        while stack and depths[stack[-1]] >= depth:
            stack.pop()
        if stack:
            parts.setdefault(stack[-1], []).append(index)
        stack.append(index)
    return parts


def adds_up(whole: Amounts, parts: Sequence[DraftRow]) -> bool | None:
    """Return whether the parts make up the whole in every figure, None where nothing can be compared.

    Each rounded part may be off by half of the last place (``domain.md`` §4.4).
    """
    compared = False
    keys = {key for part in parts for key, figure in part.figures.items() if figure.value}
    for key in sorted(keys | whole.keys()):
        values = [
            figure.value for part in parts if (figure := part.figures.get(key)) and figure.value is not None
        ]
        printed = whole.get(key)
        if printed is None or not values:
            if printed or any(values):
                return False
            continue
        compared = True
        step = Decimal(1).scaleb(min(_exponent(value) for value in (*values, printed)))
        if abs(sum(values) - printed) > step * max(1, (len(values) + 2) // 2):
            return False
    return True if compared else None


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return min(exponent, 0) if isinstance(exponent, int) else 0


def _by_order(rows: Sequence[DraftRow]) -> list[int]:
    """Return depths by numbering; a row without numbering is a part of the numbered one above it."""
    ranks = sorted({row.rank for row in rows if row.rank >= 0})
    depths: list[int] = []
    last = -1
    for row in rows:
        if row.rank >= 0:
            depth = ranks.index(row.rank)
            last = depth
        else:
            depth = 0 if last < 0 else last + 1
        if row.kind == "of_which" and depths and row.rank < 0:
            depth = max(depth, min(depths[-1] + 1, last + 1))
        depths.append(depth)
    return depths


def _under_heads(rows: Sequence[DraftRow], by_order: Sequence[int]) -> list[int] | None:
    """Return depths with numbered rows as parts of the unnumbered row above them (上年结转, then 一、…)."""
    if all(row.rank >= 0 for row in rows) or all(row.rank < 0 for row in rows):
        return None
    depths: list[int] = []
    headed = False
    for row, depth in zip(rows, by_order, strict=True):
        headed = headed or row.rank < 0
        depths.append(0 if row.rank < 0 else depth + 1 if headed else depth)
    return depths


def _by_indent(rows: Sequence[DraftRow]) -> list[int] | None:
    """Return depths by the label column in use or by indent, None where all rows stand alike.

    Beside numbering, indent only tells the depth of rows without numbering.
    """
    columns = sorted({row.step for row in rows if row.step >= 0})
    if len(columns) > 1:
        return [columns.index(row.step) if row.step >= 0 else len(columns) - 1 for row in rows]
    plain = [row for row in rows if row.rank < 0]
    steps: list[float] = []
    for indent in sorted({round(row.indent, 1) for row in plain}):
        if not steps or indent - steps[-1] > 0.8:
            steps.append(indent)
    if len(steps) < 2:
        return None
    by_order = _by_order(rows)
    return [
        depth
        + (max(index for index, step in enumerate(steps) if row.indent >= step - 0.4) if row.rank < 0 else 0)
        for row, depth in zip(rows, by_order, strict=True)
    ]


def _by_sums(rows: Sequence[DraftRow], base: Sequence[int], expected: Amounts | None) -> list[int] | None:
    """Return depths at which unnumbered runs close by their sums, None where there is no such run."""
    depths = list(base)
    changed = False
    position = 0
    while position < len(rows):
        head = rows[position] if rows[position].rank >= 0 else None
        start = position + 1 if head is not None else position
        stop = start
        while stop < len(rows) and rows[stop].rank < 0:
            stop += 1
        whole = _values(head) if head is not None else expected if start == 0 and stop == len(rows) else None
        if stop - start > 1 and whole:
            nested = find_nesting([_values(row) for row in rows[start:stop]], whole)
            if nested is not None:
                floor = depths[position] + (head is not None)
                depths[start:stop] = [floor + depth for depth in nested]
                changed = True
        position = max(stop, position + 1)
    return depths if changed else None


def _apply(rows: Sequence[DraftRow], depths: Sequence[int]) -> None:
    for row, depth in zip(rows, depths, strict=True):
        row.depth = depth
    for index, parts in find_parts(depths).items():
        parent = rows[index]
        if not _values(parent):
            continue
        summands = [rows[part] for part in parts if rows[part].kind != "of_which"]
        marked = [rows[part] for part in parts if rows[part].kind == "of_which"]
        if marked:
            _settle_of_which(parent, summands, marked)
        else:
            for row in summands:
                row.parent = parent


def _settle_of_which(parent: DraftRow, summands: list[DraftRow], marked: list[DraftRow]) -> None:
    """Take 其中 rows as summands where they and their neighbours make up the whole, else as mere parts.

    “其中：（1）购置费” followed by “（2）运行费” prints the word once for both.
    """
    rows = sorted(
        [*summands, *marked], key=lambda row: (row.place.page or 0, row.place.row or row.place.line or 0)
    )
    whole = len(rows) > 1 and adds_up(_values(parent), rows) is True
    for row in rows:
        if whole:
            row.kind = "item"
            row.parent = parent
        elif row in marked or row.rank == marked[0].rank:
            row.kind = "of_which"
        else:
            row.parent = parent
