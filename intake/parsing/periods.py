"""Tables whose years stand in rows (2025年, 2026年, 增减变化): one row with a column for each year instead."""

from __future__ import annotations

import re
from dataclasses import replace

from intake.parsing.columns import Defaults, keep_apart
from intake.parsing.draft import Column, Figure
from intake.parsing.draftrow import DraftRow
from intake.parsing.measures import find_phase, find_year
from intake.parsing.rows import RowReader

_CHANGE = re.compile(r"增减|变动|变化")


def spread_periods(columns: list[Column], reader: RowReader, *, defaults: Defaults) -> list[Column]:
    """Join the rows of one unit's periods into one and return the columns, one for each period and amount."""
    periods: list[str] = []
    for row in reader.rows:
        if row.period and row.period not in periods:
            periods.append(row.period)
    if not periods:
        return columns
    asked = [(period, column) for period in periods for column in columns]
    made = keep_apart([_for_period(column, period, defaults=defaults) for period, column in asked])
    spread = {(period, column.key): one for (period, column), one in zip(asked, made, strict=True)}
    joined: list[DraftRow] = []
    for row in reader.rows:
        period = row.period or periods[0]
        figures: dict[str, Figure] = {spread[period, key].key: figure for key, figure in row.figures.items()}
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.block == row.block
            and row.label in {"", last.label}
            and not figures.keys() & last.figures.keys()
        ):
            last.figures.update(figures)
            last.cells = (*last.cells, *row.cells)
        else:
            row.figures = figures
            joined.append(row)
    reader.rows[:] = joined
    return list(spread.values())


def _for_period(column: Column, period: str, *, defaults: Defaults) -> Column:
    if _CHANGE.search(period):
        measure = "change" if column.measure == "total" else f"change_{column.measure}"[:24]
        key = f"change.{column.key}"
        return replace(column, key=key, measure=measure, heading=(period, *column.heading))
    year, offset = find_year(period)
    if year is None and defaults.fiscal_year is not None:
        year = defaults.fiscal_year + offset
    phase = find_phase(period) or column.phase
    key = (
        column.key
        if year == defaults.fiscal_year and phase == column.phase
        else f"{column.key}.{year or period}"
    )
    return replace(column, key=key, year=year, phase=phase, heading=(period, *column.heading))
