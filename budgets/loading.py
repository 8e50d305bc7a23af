"""Writing the statements, rows and amounts of one revision: by COPY, ids reserved beforehand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import connection, models
from django.utils.translation import gettext as _

from budgets.canonical import find_canonical, find_canonical_leaves, find_leaves, find_summable
from budgets.classification import with_class_codes
from budgets.models import Amount, Disclosure, LineItem, SourceDocument, Statement
from budgets.printed_units import UnknownUnit, find_factor, to_yuan

Json = Mapping[str, Any]
LINE_FIELDS: Final = (
    "id", "fiscal_year", "disclosure_id", "statement_id", "department_id", "stage", "scope", "position",
    "block", "side", "kind", "code", "functional_code", "economic_dept_code", "economic_gov_code",
    "level", "name", "parent_position", "parent_code", "unit_name", "is_leaf", "is_canonical", "cells",
    "page", "sheet", "line", "row", "box",
)  # fmt: skip
AMOUNT_FIELDS: Final = (
    "id", "fiscal_year", "disclosure_id", "statement_id", "line_item_id", "column_key", "measure",
    "amount_year", "phase", "fund", "carried", "quantity", "yuan", "printed", "printed_value", "state",
    "corrected", "page", "sheet", "line", "row", "column", "box",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was written: the statements in the order of the draft's tables, and how much."""

    statements: tuple[Statement, ...]
    tables: tuple[Json, ...]
    """The draft's tables, classes that are printed by name only with their codes (for sums)."""
    lines: int
    amounts: int


def load_facts(disclosure: Disclosure, *, draft: Json, documents: Sequence[SourceDocument]) -> Loaded:
    """This will write the draft's tables as statements, line items and amounts of the disclosure.

    A figure with ``"corrected": true`` was corrected by a person. The year's partitions must exist;
    earlier facts must be gone.

    Raises:
        UnknownUnit: a table prints amounts of money but no unit.
    """
    tables = tuple(with_class_codes(table) for table in draft["tables"])
    statements = _make_statements(disclosure, tables=tables, documents=documents)
    canonical = {statement.position for statement in statements if statement.canonical_for}
    lines: list[tuple[Any, ...]] = []
    amounts: list[tuple[Any, ...]] = []
    line_ids = reserve_ids(LineItem, sum(len(table["rows"]) for table in draft["tables"]))
    for statement, table, coded in zip(statements, draft["tables"], tables, strict=True):
        rows = _Rows(
            disclosure=disclosure,
            statement=statement,
            table=table,
            ids=[next(line_ids) for _ in table["rows"]],
            counted=find_canonical_leaves(coded) if statement.position in canonical else None,
        )
        lines.extend(rows.lines())
        amounts.extend(rows.amounts())
    amount_ids = reserve_ids(Amount, len(amounts))
    copy_rows(LineItem, LINE_FIELDS, lines)
    copy_rows(Amount, AMOUNT_FIELDS, ((next(amount_ids), *amount) for amount in amounts))
    return Loaded(statements=tuple(statements), tables=tables, lines=len(lines), amounts=len(amounts))


def _make_statements(
    disclosure: Disclosure, *, tables: Sequence[Json], documents: Sequence[SourceDocument]
) -> list[Statement]:
    canonical: dict[int, list[str]] = {}
    for scheme, index in find_canonical(tables).items():
        canonical.setdefault(index, []).append(scheme)
    summable = find_summable(tables, year=disclosure.fiscal_year, stage=disclosure.stage)
    by_hash = {document.sha256: document for document in documents}
    seen: dict[str, int] = {}
    statements = []
    for position, table in enumerate(tables):
        key = table["statement"]
        seen[key] = seen.get(key, 0) + 1
        number = f"-{seen[key]}" if seen[key] > 1 else ""
        statements.append(
            Statement(
                disclosure=disclosure,
                position=position,
                key=key,
                slug=key.replace("_", "-") + number,
                title=table["title"][:255],
                unit=(table["unit"] or "")[:20],
                unit_factor=_get_factor(table, tables=tables),
                columns=table["columns"],
                pages=table["pages"],
                document=by_hash.get(table.get("document_sha256", "")) or next(iter(documents), None),
                declared_empty=table["declared_empty"],
                canonical_for=",".join(canonical.get(position, ())),
                summable_keys=summable.get(position, []),
                row_count=len(table["rows"]),
                notes=table.get("notes", []),
            )
        )
    return Statement.objects.bulk_create(statements)


def _get_factor(table: Json, *, tables: Sequence[Json]) -> Decimal:
    factor = find_factor(table["unit"])
    if factor is not None:
        return factor
    money = {column["key"] for column in table["columns"] if column["quantity"] == "money"}
    if not any(row["amounts"].get(key) is not None for row in table["rows"] for key in money):
        return Decimal(10_000)  # nothing to convert
    others = {find_factor(other["unit"]) for other in tables} - {None}
    if len(others) == 1:
        return others.pop() or Decimal(1)
    raise UnknownUnit(
        _("表“%(title)s”有金额，但没有印出单位，其他表的单位也不一致。请在审核页填写单位（元、万元或亿元）。")
        % {"title": table["title"]}
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of one table on their way into the database."""

    disclosure: Disclosure
    statement: Statement
    table: Json
    ids: list[int]
    counted: set[int] | None
    """Leaves that sums over departments are made of; None where the statement is not canonical."""

    def lines(self) -> Iterator[tuple[Any, ...]]:
        """This will yield one LineItem row (:data:`LINE_FIELDS`) for each row of the table."""
        disclosure, leaves = self.disclosure, find_leaves(self.table)
        counted = self.counted
        blocks = {column["key"]: column["block"] for column in self.table["columns"]}
        for index, (id_, row) in enumerate(zip(self.ids, self.table["rows"], strict=True)):
            codes, place = row["codes"], row["place"]
            yield (
                id_,
                disclosure.fiscal_year,
                disclosure.pk,
                self.statement.pk,
                disclosure.department_id,
                disclosure.stage,
                disclosure.scope,
                index,
                next((blocks[key] for key in row["amounts"] if key in blocks), 0),
                row["side"] or "",
                row["kind"],
                row["code"] or "",
                codes.get("functional", ""),
                codes.get("economic_dept", ""),
                codes.get("economic_gov", ""),
                row["level"],
                row["name"][:400],
                row["parent_index"],
                "" if row["parent_index"] is None else self.table["rows"][row["parent_index"]]["code"] or "",
                (row["unit_name"] or "")[:255],
                index in leaves,
                counted is not None and (index in counted if index in leaves else row["side"] != "revenue"),
                json.dumps(row["cells"], ensure_ascii=False),
                place.get("page"),
                (place.get("sheet") or "")[:80],
                place.get("line"),
                place.get("row"),
                place.get("box"),
            )

    def amounts(self) -> Iterator[tuple[Any, ...]]:
        """This will yield one Amount row (:data:`AMOUNT_FIELDS` without the id) for each figure."""
        columns = {column["key"]: column for column in self.table["columns"]}
        factor, disclosure = self.statement.unit_factor, self.disclosure
        for line_id, row in zip(self.ids, self.table["rows"], strict=True):
            for key in filter(row["amounts"].__contains__, columns):
                printed, column, figure = row["amounts"][key], columns[key], row["figures"][key]
                value = None if printed is None else Decimal(printed)
                is_money = column["quantity"] == "money"
                place = figure["place"]
                yield (
                    disclosure.fiscal_year,
                    disclosure.pk,
                    self.statement.pk,
                    line_id,
                    key,
                    column["measure"],
                    column["year"] or disclosure.fiscal_year,
                    column["phase"],
                    column["fund"],
                    column["carried"],
                    column["quantity"],
                    value if value is None or not is_money else to_yuan(value, factor=factor),
                    figure["raw"][:60],
                    value,
                    figure["state"],
                    figure.get("corrected", False),
                    place.get("page"),
                    (place.get("sheet") or "")[:80],
                    place.get("line"),
                    place.get("row"),
                    place.get("column"),
                    place.get("box"),
                )


def reserve_ids(model: type[models.Model], count: int) -> Iterator[int]:
    """This will take ``count`` ids of the model's sequence, which COPY cannot give back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return iter([row[0] for row in cursor.fetchall()])


def copy_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """This will write rows (values in the order of ``fields``, database names) by one COPY."""
    names = ", ".join(f'"{name}"' for name in fields)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row(row)


def remove_facts(disclosure: Disclosure) -> None:
    """This will remove the disclosure's statements, rows, amounts and judgements, not its revisions."""
    year = disclosure.fiscal_year
    for queryset in (
        Amount.objects.filter(disclosure=disclosure, fiscal_year=year),
        LineItem.objects.filter(disclosure=disclosure, fiscal_year=year),
        Statement.objects.filter(disclosure=disclosure),
        disclosure.check_results.all(),
        disclosure.rollups.all(),
    ):
        queryset._raw_delete(queryset.db)


__all__ = ["Loaded", "UnknownUnit", "copy_rows", "load_facts", "remove_facts", "reserve_ids"]
