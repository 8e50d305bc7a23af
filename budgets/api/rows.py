"""Addresses for the rows of exports: ``/api/v1/amounts``, ``/checks``, ``/projects`` … with the downloads' filters."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.db import connections
from django.http import HttpRequest
from ninja import NinjaAPI, Query, Schema
from ninja.decorators import decorate_view
from pydantic import Field, create_model

from budgets.api.caching import conditional
from budgets.api.paging import CURSOR_PATTERN, read_cursor, take_page
from budgets.api.problems import Problem
from budgets.exports.export import Export
from budgets.exports.files import get_data_version
from budgets.exports.rows import find_read_alias
from budgets.exports.sql import compose_query, read_filters

PYTHON_TYPES: dict[str, Any] = {
    "text": str,
    "code": str,
    "integer": int,
    "decimal": Decimal,
    "boolean": bool,
    "date": datetime.date,
    "datetime": datetime.datetime,
}


def build_row_schema(export: Export) -> type[Schema]:
    """Return the schema of one row of an export."""
    fields: dict[str, Any] = {
        column.name: (
            PYTHON_TYPES[column.kind] | None,
            Field(None, description=f"{column.title_en} · {column.title}"),
        )
        for column in export.columns
    }
    return create_model(f"{export.name.title()}Row", __base__=Schema, **fields)


def build_filter_schema(export: Export) -> type[Schema]:
    """Return the schema of an export's filters, cursor and limit."""
    fields: dict[str, Any] = {
        item.name: (
            str | None,
            Field(
                None,
                description=f"{item.title_en} · {item.title}",
                examples=[item.example],
                pattern=item.parse.pattern,
            ),
        )
        for item in export.filters
    }
    fields["cursor"] = (
        str | None,
        Field(None, description="Continue after the page before (its value of next)", pattern=CURSOR_PATTERN),
    )
    fields["limit"] = (int, Field(100, ge=1, le=1000, description="Rows a page"))
    return create_model(f"{export.name.title()}Filters", __base__=Schema, **fields)


def read_page(
    export: Export, filters: dict[str, Any], *, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Return one page of an export's rows by its key, and the cursor of the next page."""
    query, parameters = compose_query(export, filters, raw=True, ordered=False)
    query = query.replace("SELECT ", f'SELECT {export.key} AS "__key", ', 1)
    query += f" AND {export.key} > %s ORDER BY {export.key} LIMIT %s"
    with connections[find_read_alias()].cursor() as database:
        database.execute(query, [*parameters, read_cursor(cursor), limit + 1])
        found = database.fetchall()
    names = [column.name for column in export.columns]
    rows = [dict(zip(names, row[1:], strict=True)) for row in found]
    return take_page(rows, [row[0] for row in found], limit)


def add_rows(api: NinjaAPI, export: Export) -> None:
    """Add the address of one export's rows to the API."""
    row_schema = build_row_schema(export)
    filter_schema = build_filter_schema(export)
    page_schema = create_model(
        f"{export.name.title()}Page",
        __base__=Schema,
        data_version=(int, ...),
        rows=(list[row_schema], ...),  # type: ignore[valid-type]
        next=(str | None, None),
    )

    def view(request: HttpRequest, query: Any) -> Any:
        given = query.model_dump(exclude_none=True)
        cursor, limit = given.pop("cursor", None), given.pop("limit")
        rows, following = read_page(export, read_filters(export, given), cursor=cursor, limit=limit)
        return {"data_version": get_data_version(), "rows": rows, "next": following}

    view.__annotations__["query"] = filter_schema
    view.__defaults__ = (Query(...),)
    decorated = decorate_view(conditional)(view)
    api.get(
        f"/{export.name}",
        response={200: page_schema, 400: Problem},
        summary=export.title_en,
        description=f"{export.title_en} · {export.title}",
        operation_id=f"list_{export.name}",
        tags=["rows"],
        exclude_none=False,
    )(decorated)
