"""Drafts made from short descriptions, as the importer would make them (no database).

A table is ``{"statement", "title", "columns": [...], "rows": [[line, side, kind, level, code, name,
{key: printed or None}]]}``; parents follow from codes and levels.
"""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from intake.parsing.draft import Column, Draft, Figure, Head, Indicator, Numbers, Project, Row, Table
from intake.parsing.tables import Place

DATA = Path(__file__).parent / "data"
Spec = dict[str, Any]


@cache
def make_lhasa_draft() -> Draft:
    """This will make the draft of the Lhasa document, its objectives shortened in our words."""
    return make_draft(json.loads((DATA / "lhasa_2024.json").read_text(encoding="utf-8")))


def make_draft(spec: Spec) -> Draft:
    """This will make a draft of a description; ``head`` and ``tables`` are enough."""
    unit = spec.get("unit", "万元")
    tables = tuple(make_table(table, unit=unit) for table in spec.get("tables", ()))
    count = sum(
        figure.value is not None for table in tables for row in table.rows for figure in row.figures.values()
    )
    return Draft(
        file=spec.get("file", "disclosure.txt"),
        sha256=spec.get("sha256", "0" * 64),
        kind=spec.get("kind", "text"),
        pages=1,
        head=Head(**spec["head"]),
        tables=tables,
        projects=tuple(make_project(project, unit=unit) for project in spec.get("projects", ())),
        narrative=(),
        problems=(),
        numbers=Numbers(in_tables=count, attributed=count),
    )


def make_table(spec: Spec, *, unit: str = "万元") -> Table:
    """This will make one table; a column may be just its key, which is then its measure."""
    columns = tuple(make_column(column, index=index) for index, column in enumerate(spec["columns"], start=4))
    rows: list[Row] = []
    for fields in spec["rows"]:
        rows.append(make_row(fields, rows=rows, columns=columns, scheme=spec.get("scheme", "functional")))
    return Table(
        statement=spec["statement"],
        title=spec["title"],
        unit=spec.get("unit", unit),
        pages=(1,),
        place=Place(page=1, line=spec.get("line", 1)),
        declared_empty=spec.get("declared_empty", False),
        columns=columns,
        rows=tuple(rows),
        notes=tuple(spec.get("notes", ())),
    )


def make_column(spec: Spec | str, *, index: int) -> Column:
    """This will make one column."""
    given = {"key": spec, "measure": spec} if isinstance(spec, str) else dict(spec)
    plain = {
        "block": 1,
        "measure": "total",
        "year": None,
        "phase": "approved",
        "fund": "all",
        "carried": "all",
        "quantity": "money",
        "heading": (given["key"],),
    }
    return Column(
        **{**plain, **given, "index": index, "heading": tuple(given.get("heading", (given["key"],)))}
    )


def make_row(fields: list[Any], *, rows: list[Row], columns: tuple[Column, ...], scheme: str) -> Row:
    """This will make one row, a summand of the row that its code or level says."""
    line, side, kind, level, code, name, amounts = fields
    place = {column.key: column.index + 1 for column in columns}
    return Row(
        place=Place(page=1, line=line),
        side=side,
        kind=kind,
        level=level,
        codes={scheme: code} if code else {},
        code=code,
        parent=_find_parent(code, level=level, side=side, rows=rows),
        name=name,
        unit_name=None,
        figures={
            key: make_figure(printed, place=Place(page=1, line=line, column=place[key]))
            for key, printed in amounts.items()
        },
        cells=(code or "", name, *(printed or "" for printed in amounts.values())),
    )


def _find_parent(code: str | None, *, level: str, side: str | None, rows: list[Row]) -> int | None:
    above = [(index, row) for index, row in enumerate(rows) if row.side == side]
    for length in (5, 3):
        if code and len(code) > length:
            return next((index for index, row in reversed(above) if row.code == code[:length]), None)
    if level in {"class", "depth-2"}:
        return next(
            (index for index, row in reversed(above) if row.level == "depth-1" and row.kind == "subtotal"),
            None,
        )
    return None


def make_figure(printed: str | None, *, place: Place) -> Figure:
    """This will make one figure: None is a blank, a dash a dash."""
    if printed is None:
        return Figure(raw="", value=None, state="blank", place=place)
    if printed in {"-", "—"}:
        return Figure(raw=printed, value=None, state="dash", place=place)
    value = Decimal(printed.replace(",", ""))
    return Figure(raw=printed, value=value, state="amount" if value else "zero", place=place)


def make_project(spec: Spec, *, unit: str) -> Project:
    """This will make one project with its indicators."""
    place = Place(page=1, line=spec["line"])
    return Project(
        place=place,
        code=spec.get("code"),
        name=spec["name"],
        amount=None if spec.get("amount") is None else Decimal(spec["amount"]),
        unit=unit,
        execution_weight=None if spec.get("execution_weight") is None else Decimal(spec["execution_weight"]),
        objective=spec.get("objective"),
        objective_place=place,
        unit_code=spec.get("unit_code"),
        unit_name=spec.get("unit_name"),
        indicators=tuple(
            Indicator(
                place=Place(page=1, line=line),
                dimension=dimension,
                type=type_,
                name=name,
                operator=operator,
                target=target,
                unit=target_unit,
                weight=None if weight is None else Decimal(weight),
                printed=tuple(printed),
            )
            for line, dimension, type_, name, operator, target, target_unit, weight, printed in spec.get(
                "indicators", ()
            )
        ),
    )
