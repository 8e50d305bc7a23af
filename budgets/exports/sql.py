"""From an export and the filters of an address to one SQL query with parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from budgets.exports.export import BadFilter, Column, Export

GUARDED = r"'^[=+@\t\r-]'"
NUMBER = r"'^[-+]?[0-9.,]*' || chr(37) || '?$'"
PASSED_OVER = {"raw", "format", "limit", "cursor", "lang"}


def read_filters(export: Export, query: Mapping[str, str]) -> dict[str, Any]:
    """Return the export's filters found in an address, parsed.

    Raises: BadFilter for a name or value that the export does not know, so that a misspelt
    filter never answers with more rows than were asked for.
    """
    values: dict[str, Any] = {}
    known = {item.name: item for item in export.filters}
    for name, text in query.items():
        if name in PASSED_OVER or text == "":
            continue
        if name not in known:
            names = "、".join(known)
            raise BadFilter(
                f"没有名为“{name}”的筛选条件；可用的有：{names}。",
                f"There is no filter called “{name}”; these exist: {', '.join(known)}.",
            )
        if "\x00" in text:
            raise BadFilter(
                f"筛选条件“{name}”含有不能使用的字符。",
                f"The filter “{name}” holds a character that cannot be used.",
            )
        try:
            values[name] = known[name].parse(text)
        except ValueError as error:
            raise BadFilter(
                f"筛选条件“{name}”的值“{text}”无法理解；例如：{known[name].example}。",
                f"The value “{text}” of the filter “{name}” cannot be understood; an example: {known[name].example}.",
            ) from error
    return values


def find_expression(column: Column, *, raw: bool) -> str:
    """Return the SQL of one column as it is written to a file: one line, guarded unless ``raw``.

    OWASP ASVS 1.2.10: a text that begins like a formula gets an apostrophe; numbers never do.
    """
    if column.kind != "text":
        return column.sql
    flat = f"translate({column.sql}, E'\\r\\n\\v\\f', '    ')"
    if raw:
        return flat
    return f"CASE WHEN {column.sql} ~ {GUARDED} AND {column.sql} !~ ({NUMBER}) THEN '''' || {flat} ELSE {flat} END"


def compose_query(
    export: Export, filters: Mapping[str, Any], *, raw: bool = False, ordered: bool | None = None
) -> tuple[str, list[Any]]:
    """Return the query of an export and its parameters (psycopg style).

    Rows are ordered by the export's key; only the whole of a large export is written as it is stored.
    """
    columns = ", ".join(f'{find_expression(column, raw=raw)} AS "{column.name}"' for column in export.columns)
    conditions = [export.condition]
    parameters: list[Any] = []
    for name, value in filters.items():
        condition = export.get_filter(name).condition
        conditions.append(condition)
        parameters.extend([value] * condition.count("%s"))
    query = f"SELECT {columns} FROM {export.source} WHERE {' AND '.join(conditions)}"  # noqa: S608 - values are parameters
    if ordered if ordered is not None else bool(filters) or not export.is_large:
        query += f" ORDER BY {export.key}"
    return query, parameters


def count_rows(cursor: Any, export: Export, filters: Mapping[str, Any]) -> int:
    """Return how many rows the export has under these filters."""
    query, parameters = compose_query(export, filters, ordered=False)
    cursor.execute(f"SELECT count(*) FROM ({query}) AS counted", parameters)  # noqa: S608 - values are parameters
    return int(cursor.fetchone()[0])
