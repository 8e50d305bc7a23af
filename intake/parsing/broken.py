"""Labels that a page break cut in two: the next page's first row is only the rest of the name."""

from __future__ import annotations

from collections.abc import Sequence

from intake.parsing.draftrow import DraftRow
from intake.parsing.words import find_numbering, find_total, fold

_ENDINGS = {"小计", "合计", "总计", "计"}


def join_broken(row: DraftRow, rows: Sequence[DraftRow]) -> bool:
    """Join the first row of a page to the last row before it where it only ends its label; return whether.

    Such a row prints no code, no numbering and no amount where nearly all rows of its block do.
    """
    if row.codes or row.unit_code or any(figure.state != "blank" for figure in row.figures.values()):
        return False
    before = [other for other in rows if other.block == row.block]
    if not before or find_numbering(row.label)[0] >= 0:
        return False
    if not _ends_label(row, before):
        return False
    last = before[-1]
    last.label += row.label
    last.name += row.name
    return True


def _ends_label(row: DraftRow, before: Sequence[DraftRow]) -> bool:
    last = before[-1]
    if find_total(row.label):
        whole = find_total(last.label + row.label)
        return fold(row.label) in _ENDINGS and find_total(last.label) == whole == "subtotal"
    numbered = sum(find_numbering(other.label)[0] >= 0 or bool(other.codes) for other in before)
    if 3 * numbered >= 2 * len(before):
        return bool(last.codes) or find_numbering(last.label)[0] >= 0
    valued = sum(any(figure.value is not None for figure in other.figures.values()) for other in before)
    return 10 * valued >= 9 * len(before) and last.step == row.step
