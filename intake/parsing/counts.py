"""Rows that count things, not money (团组数（个）, 保有量（辆）), in columns of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from intake.parsing.draft import Column
from intake.parsing.draftrow import DraftRow
from intake.parsing.words import fold

_COUNTED = re.compile(
    r"(?:\((?:个|辆|人|人次|批次|批|次|台|台套|套|户|平方米|名)\)|团组数|人次数?|批次数?|保有量|购置数|人数|辆数)(?:\((?:个|辆|人|人次|批次?|台)\))?$"
)


def part_counts(columns: Sequence[Column], rows: Sequence[DraftRow]) -> list[Column]:
    """Move the figures of counting rows under columns of quantity ``count``; return all columns.

    Only tables of three public expenses and the like print them; such rows are parts of no total.
    """
    counted = [row for row in rows if row.code is None and _COUNTED.search(fold(row.label))]
    if not counted or len(counted) == len(rows):
        return list(columns)
    twins = {
        column.key: replace(column, key=f"{column.key}.count", quantity="count")
        for column in columns
        if column.quantity == "money"
    }
    used: dict[str, Column] = {}
    for row in counted:
        row.counted = True
        row.kind = "of_which"
        for key in list(row.figures):
            if key in twins:
                row.figures[twins[key].key] = row.figures.pop(key)
                used[key] = twins[key]
    return [*columns, *(used[column.key] for column in columns if column.key in used)]
