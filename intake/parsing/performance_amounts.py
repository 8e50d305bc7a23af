"""The amounts of a sheet of projects as a table: totals, units and projects with every printed figure."""

from __future__ import annotations

from collections.abc import Sequence

from intake.parsing.amounts import read_amount
from intake.parsing.draft import Column, Figure, Head, Row, RowKind, Table
from intake.parsing.measures import find_fund, find_measure
from intake.parsing.performance_builder import Making

Line = tuple[Making, str]
"""A row of a sheet and what it is: item, unit or total."""


def build_table(lines: Sequence[Line], *, title: str, head: Head | None) -> Table:
    """Return the sheet's amounts; rows of a unit's projects are summands of the unit's row."""
    labels = list(dict.fromkeys(label for making, _ in lines for label in making.figures))
    columns = _columns(labels, head)
    rows: list[Row] = []
    unit_row: int | None = None
    for making, kind in lines:
        if kind == "unit":
            unit_row = len(rows)
        rows.append(_row(making, kind, labels, columns, unit_row if kind == "item" else None))
    pages = tuple(sorted({row.place.page for row in rows if row.place.page is not None}))
    units = [making.unit for making, _ in lines if making.unit]
    return Table(
        statement="performance",
        title=title or "项目支出绩效目标表",
        unit=units[0] if units else None,
        pages=pages,
        place=rows[0].place,
        declared_empty=False,
        columns=columns,
        rows=tuple(rows),
    )


def _columns(labels: Sequence[str], head: Head | None) -> tuple[Column, ...]:
    columns: list[Column] = []
    taken: set[str] = set()
    for index, label in enumerate(labels):
        measure = "total" if index == 0 else find_measure(label) or "total"
        fund = "all" if index == 0 or measure != "total" else find_fund(label) or "all"
        key = measure if measure != "total" or fund == "all" else f"total.{fund}"
        if key in taken:
            measure, key = "other", f"other_{index}"
        taken.add(key)
        columns.append(
            Column(
                key=key,
                index=index,
                block=1,
                measure=measure,
                year=head.fiscal_year if head else None,
                phase="executed" if head and head.stage == "final_accounts" else "approved",
                fund=fund,
                carried="all",
                quantity="money",
                heading=(label,),
            )
        )
    return tuple(columns)


def _row(
    making: Making, kind: str, labels: Sequence[str], columns: Sequence[Column], parent: int | None
) -> Row:
    kinds: dict[str, RowKind] = {"item": "item", "unit": "unit", "total": "total"}
    figures: dict[str, Figure] = {}
    for label, column in zip(labels, columns, strict=True):
        if label in making.figures:
            raw, place = making.figures[label]
            printed = read_amount(raw)
            if printed is not None:
                figures[column.key] = Figure(raw, printed.value, printed.state, place)
    return Row(
        place=making.place,
        side="expenditure",
        kind=kinds[kind],
        level={"total": "total", "unit": "depth-1"}.get(kind, "depth-2" if parent is not None else "depth-1"),
        codes={},
        code=None,
        parent=parent,
        name=making.name,
        unit_name=making.name if kind == "unit" else making.unit_name,
        figures=figures,
        cells=tuple(raw for raw, _ in making.figures.values()),
    )
