"""The rows of an export out of PostgreSQL: as CSV bytes by COPY, or as Python values by a server cursor."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connections, router

from budgets.exports.export import Export
from budgets.exports.spool import on_abandon
from budgets.exports.sql import compose_query

BOM = b"\xef\xbb\xbf"


def find_read_alias() -> str:
    """Return the database that reads go to (a replica where one is configured)."""
    from budgets.models import Amount

    return router.db_for_read(Amount) or "default"


def open_connection() -> Any:
    """Return a new connection for one download, whose query ends when the reader goes away."""
    connection = connections.create_connection(find_read_alias())
    connection.ensure_connection()
    on_abandon(connection.connection.cancel_safe)
    return connection


def read_csv(export: Export, filters: Mapping[str, Any], *, raw: bool = False) -> Iterator[bytes]:
    """Yield an export as CSV bytes: UTF-8 with BOM, RFC 4180, ``\\r\\n``, header row.

    The header goes out before the query runs, which may need seconds to its first row. Uses a
    connection of its own, closed when the rows are through or the reader has gone. Texts hold no
    line breaks by then, so each ``\\n`` that COPY writes ends a record.
    """
    query, parameters = compose_query(export, filters, raw=raw)
    connection = open_connection()
    try:
        with connection.cursor() as cursor:
            yield BOM + ",".join(column.name for column in export.columns).encode() + b"\r\n"
            with cursor.copy(f"COPY ({query}) TO STDOUT WITH (FORMAT csv)", parameters) as copy:
                pending: list[bytes] = []
                size = 0
                for piece in copy:
                    part = bytes(piece)
                    pending.append(part)
                    size += len(part)
                    if size >= 65536:
                        yield b"".join(pending).replace(b"\n", b"\r\n")
                        pending, size = [], 0
                yield b"".join(pending).replace(b"\n", b"\r\n")
    finally:
        connection.close()


def read_json(export: Export, filters: Mapping[str, Any], *, raw: bool = True) -> Iterator[bytes]:
    """Yield an export as one JSON array of objects, a row a line; amounts are exact JSON numbers."""
    query, parameters = compose_query(export, filters, raw=raw)
    connection = open_connection()
    try:
        with connection.cursor() as cursor:
            yield b"["
            first = True
            with cursor.copy(
                f"COPY (SELECT row_to_json(rows) FROM ({query}) AS rows) TO STDOUT",  # noqa: S608 - values are parameters
                parameters,
            ) as copy:
                pending: list[bytes] = []
                size = 0
                for piece in copy:
                    part = (b"\n" if first else b",\n") + bytes(piece).rstrip(b"\n").replace(b"\\\\", b"\\")
                    first = False
                    pending.append(part)
                    size += len(part)
                    if size >= 65536:
                        yield b"".join(pending)
                        pending, size = [], 0
                yield b"".join(pending)
            yield b"\n]\n"
    finally:
        connection.close()


def read_values(export: Export, filters: Mapping[str, Any], *, raw: bool = True) -> Iterator[tuple[Any, ...]]:
    """Yield an export's rows as Python values in constant memory (a named cursor)."""
    query, parameters = compose_query(export, filters, raw=raw)
    connection = open_connection()
    try:
        name = f"export_{os.getpid()}_{id(connection)}"
        with connection.connection.cursor(name=name, withhold=True) as cursor:
            cursor.itersize = 5000
            cursor.execute(query, parameters)
            yield from cursor
    finally:
        connection.close()
