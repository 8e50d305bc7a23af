"""Codes whose level is not printed, or printed in the wrong column: settled by order and by sums."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from intake.parsing.codes import is_code
from intake.parsing.draftrow import DraftRow
from intake.parsing.nesting import find_nesting


def repair_levels(rows: Sequence[DraftRow]) -> list[DraftRow]:
    """Return the rows whose code was moved one level up because the order of codes asks for it.

    In a staircase of own levels a subclass printed in the item's column shows itself twice: its code
    would be printed a second time or fall back, and the row after it falls back too (02 · 01 · 03 · 01).
    """
    moved: list[DraftRow] = []
    taken = {row.code for row in rows if row.code}
    for index, row in enumerate(rows[:-1]):
        code = row.code or ""
        following = rows[index + 1]
        later = following.code or ""
        if len(code) != 7 or len(later) != 7 or code[:5] != later[:5] or code[5:] <= later[5:]:
            continue
        if any(row.own_digits[:2]) or any(following.own_digits[:2]):
            continue
        subclass = code[:3] + code[5:]
        if subclass in taken or subclass <= code[:5] or not is_code(subclass):
            continue
        _move_up(rows, index, subclass)
        moved.append(row)
    return moved


def _move_up(rows: Sequence[DraftRow], index: int, subclass: str) -> None:
    row = rows[index]
    old = (row.code or "")[:5]
    _set_code(row, subclass)
    for later in rows[index + 1 :]:
        code = later.code or ""
        if len(code) != 7 or not code.startswith(old) or any(later.own_digits[:2]):
            break
        _set_code(later, subclass + code[5:])


def _set_code(row: DraftRow, code: str) -> None:
    scheme = next(scheme for scheme, printed in row.codes.items() if printed == row.code)
    row.code = code
    row.codes[scheme] = code


def deepen_pairs(rows: Sequence[DraftRow]) -> None:
    """Give two-digit codes of one column their level: subclass or item, as the class's amounts add up.

    ``201 · 03 · 01 · 99`` in one column prints neither indent nor level; 03 is the row whose amount
    the rows after it make up. Where longer codes are printed too, two digits always are the subclass.
    """
    paired = [row for row in rows if _is_pair(row)]
    if not paired or any(len(row.code or "") > 3 and not _is_pair(row) for row in rows):
        return
    for start, row in enumerate(rows):
        if row.code is None or len(row.code) != 3:
            continue
        stop = start + 1
        while stop < len(rows) and _is_pair(rows[stop]):
            stop += 1
        _deepen(row, rows[start + 1 : stop])


def _is_pair(row: DraftRow) -> bool:
    return len(row.own_digits) == 1 and len(row.own_digits[0]) in {1, 2} and row.code is not None


def _deepen(head: DraftRow, parts: Sequence[DraftRow]) -> None:
    nested = find_nesting([_values(part) for part in parts], _values(head))
    if nested is None or not any(nested):
        return
    subclass = ""
    for part, depth in zip(parts, nested, strict=True):
        if depth == 0:
            subclass = part.code or ""
        elif depth == 1 and len(subclass) == 5:
            _set_code(part, subclass + (part.code or "")[3:])


def _values(row: DraftRow) -> dict[str, Decimal]:
    return {key: figure.value for key, figure in row.figures.items() if figure.value is not None}
