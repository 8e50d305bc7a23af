"""A draft as JSON and back: ``contracts.md`` §2, with everything else kept under ``full``.

The short form is the promise of ``read_document --json``. The full form adds what a snapshot
needs, so that ``from_json(to_json(draft, full=True)) == draft``: each row's ``figures`` (raw text,
state, place) and ``parent_index``, each column's ``index``, each table's ``index``, ``notes`` and
``place``, the head's ``suggested``, the printed cells of indicators and the English messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from intake.parsing.draft import (
    Column,
    Draft,
    Figure,
    Finding,
    Head,
    Indicator,
    Narrative,
    Numbers,
    Problem,
    Project,
    Row,
    Table,
)
from intake.parsing.tables import Place

Json = dict[str, Any]


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _place(place: Place | None) -> Json | None:
    return None if place is None else place.to_json()


def _place_from(fields: Json | None) -> Place | None:
    return None if fields is None else Place.from_json(fields)


def _column(column: Column, *, full: bool) -> Json:
    fields: Json = {
        "key": column.key,
        "block": column.block,
        "measure": column.measure,
        "year": column.year,
        "phase": column.phase,
        "fund": column.fund,
        "carried": column.carried,
        "quantity": column.quantity,
        "heading": list(column.heading),
    }
    if full:
        fields["index"] = column.index
    return fields


def _figure(figure: Figure) -> Json:
    return {"raw": figure.raw, "state": figure.state, "place": figure.place.to_json()}


def _parent(row: Row, rows: Sequence[Row]) -> str | int | None:
    if row.parent is None:
        return None
    parent = rows[row.parent]
    return parent.code if parent.code is not None else parent.place.row


def _row(row: Row, rows: Sequence[Row], *, full: bool) -> Json:
    fields: Json = {
        "place": row.place.to_json(),
        "side": row.side,
        "kind": row.kind,
        "level": row.level,
        "codes": dict(row.codes),
        "code": row.code,
        "parent": _parent(row, rows),
        "name": row.name,
        "unit_name": row.unit_name,
        "amounts": {key: _amount(figure.value) for key, figure in row.figures.items()},
        "cells": list(row.cells),
    }
    if full:
        fields["parent_index"] = row.parent
        fields["figures"] = {key: _figure(figure) for key, figure in row.figures.items()}
    return fields


def _table(table: Table, *, index: int, full: bool) -> Json:
    fields: Json = {
        "statement": table.statement,
        "title": table.title,
        "unit": table.unit,
        "pages": list(table.pages),
        "declared_empty": table.declared_empty,
        "columns": [_column(column, full=full) for column in table.columns],
        "rows": [_row(row, table.rows, full=full) for row in table.rows],
    }
    if full:
        fields |= {"index": index, "notes": list(table.notes), "place": table.place.to_json()}
    return fields


def _indicator(indicator: Indicator, *, full: bool) -> Json:
    fields: Json = {
        "place": indicator.place.to_json(),
        "dimension": indicator.dimension,
        "type": indicator.type,
        "name": indicator.name,
        "operator": indicator.operator,
        "target": indicator.target,
        "unit": indicator.unit,
        "weight": _amount(indicator.weight),
    }
    if full or indicator.result is not None or indicator.score is not None:
        fields |= {"result": indicator.result, "score": _amount(indicator.score)}
    if full:
        fields["printed"] = list(indicator.printed)
    return fields


def _project(project: Project, *, full: bool) -> Json:
    fields: Json = {
        "place": project.place.to_json(),
        "code": project.code,
        "name": project.name,
        "amount": _amount(project.amount),
        "unit": project.unit,
        "execution_weight": _amount(project.execution_weight),
        "objective": project.objective,
        "unit_code": project.unit_code,
        "unit_name": project.unit_name,
        "indicators": [_indicator(indicator, full=full) for indicator in project.indicators],
        "kind": project.kind,
    }
    if full or project.executed is not None or project.score is not None:
        fields |= {
            "executed": _amount(project.executed),
            "result": project.result,
            "score": _amount(project.score),
        }
    if full:
        fields["objective_place"] = _place(project.objective_place)
        fields["parts"] = [[label, _amount(value)] for label, value in project.parts]
    return fields


def _problem(problem: Problem) -> Json:
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "message_en": problem.message_en,
        "place": _place(problem.place),
    }


def finding_to_json(finding: Finding) -> Json:
    """Return one finding as ``contracts.md`` §2 prints it, its tables' indices added."""
    return {
        "check": finding.check,
        "outcome": finding.outcome,
        "severity": finding.severity,
        "cause": finding.cause,
        "message": finding.message,
        "message_en": finding.message_en,
        "left": _amount(finding.left),
        "right": _amount(finding.right),
        "difference": _amount(finding.difference),
        "tolerance": _amount(finding.tolerance),
        "places": [place.to_json() for place in finding.places],
        "tables": list(finding.tables),
        "unit": finding.unit,
    }


def finding_from_json(fields: Mapping[str, Any]) -> Finding:
    """Return the finding that :func:`finding_to_json` wrote."""
    return Finding(
        check=fields["check"],
        outcome=fields["outcome"],
        severity=fields["severity"],
        message=fields["message"],
        message_en=fields["message_en"],
        left=_decimal(fields["left"]),
        right=_decimal(fields["right"]),
        difference=_decimal(fields["difference"]),
        tolerance=_decimal(fields["tolerance"]),
        cause=fields["cause"],
        places=tuple(Place.from_json(place) for place in fields["places"]),
        tables=tuple(fields["tables"]),
        unit=fields.get("unit"),
    )


def _head(head: Head, *, full: bool) -> Json:
    fields: Json = {
        "department": head.department,
        "department_code": head.department_code,
        "unit": head.unit,
        "scope": head.scope,
        "fiscal_year": head.fiscal_year,
        "stage": head.stage,
        "published_on": head.published_on,
    }
    if full:
        fields["suggested"] = dict(head.suggested)
    return fields


def to_json(draft: Draft, *, findings: Iterable[Finding] = (), full: bool = False) -> Json:
    """Return the draft as ``contracts.md`` §2; ``full`` keeps all that :func:`from_json` needs."""
    return {
        "file": draft.file,
        "sha256": draft.sha256,
        "kind": draft.kind,
        "pages": draft.pages,
        "disclosure": _head(draft.head, full=full),
        "tables": [_table(table, index=index, full=full) for index, table in enumerate(draft.tables)],
        "projects": [_project(project, full=full) for project in draft.projects],
        "narrative": [{"page": part.page, "text": part.text} for part in draft.narrative],
        "problems": [_problem(problem) for problem in draft.problems],
        "findings": [finding_to_json(finding) for finding in findings],
        "numbers": {
            "in_tables": draft.numbers.in_tables,
            "attributed": draft.numbers.attributed,
            "in_problems": draft.numbers.in_problems,
        },
        "seconds": draft.seconds,
    }


def _row_from(fields: Json) -> Row:
    figures = {
        key: Figure(
            raw=figure["raw"],
            value=_decimal(fields["amounts"][key]),
            state=figure["state"],
            place=Place.from_json(figure["place"]),
        )
        for key, figure in fields["figures"].items()
    }
    return Row(
        place=Place.from_json(fields["place"]),
        side=fields["side"],
        kind=fields["kind"],
        level=fields["level"],
        codes=dict(fields["codes"]),
        code=fields["code"],
        parent=fields["parent_index"],
        name=fields["name"],
        unit_name=fields["unit_name"],
        figures=figures,
        cells=tuple(fields["cells"]),
    )


def _table_from(fields: Json) -> Table:
    return Table(
        statement=fields["statement"],
        title=fields["title"],
        unit=fields["unit"],
        pages=tuple(fields["pages"]),
        place=Place.from_json(fields["place"]),
        declared_empty=fields["declared_empty"],
        columns=tuple(
            Column(**{**column, "heading": tuple(column["heading"])}) for column in fields["columns"]
        ),
        rows=tuple(_row_from(row) for row in fields["rows"]),
        notes=tuple(fields["notes"]),
    )


def _indicator_from(fields: Json) -> Indicator:
    return Indicator(
        **{
            **fields,
            "place": Place.from_json(fields["place"]),
            "weight": _decimal(fields["weight"]),
            "score": _decimal(fields["score"]),
            "printed": tuple(fields["printed"]),
        }
    )


def _project_from(fields: Json) -> Project:
    return Project(
        **{
            **fields,
            "place": Place.from_json(fields["place"]),
            "amount": _decimal(fields["amount"]),
            "execution_weight": _decimal(fields["execution_weight"]),
            "objective_place": _place_from(fields["objective_place"]),
            "indicators": tuple(_indicator_from(one) for one in fields["indicators"]),
            "parts": tuple((label, Decimal(value)) for label, value in fields.get("parts", ())),
            "executed": _decimal(fields.get("executed")),
            "score": _decimal(fields.get("score")),
        }
    )


def from_json(fields: Mapping[str, Any]) -> Draft:
    """Return the draft that ``to_json(draft, full=True)`` wrote, equal to it in every field."""
    return Draft(
        file=fields["file"],
        sha256=fields["sha256"],
        kind=fields["kind"],
        pages=fields["pages"],
        head=Head(**fields["disclosure"]),
        tables=tuple(_table_from(table) for table in fields["tables"]),
        projects=tuple(_project_from(project) for project in fields["projects"]),
        narrative=tuple(Narrative(**part) for part in fields["narrative"]),
        problems=tuple(
            Problem(**{**problem, "place": _place_from(problem["place"])}) for problem in fields["problems"]
        ),
        numbers=Numbers(**fields["numbers"]),
        seconds=fields["seconds"],
    )
