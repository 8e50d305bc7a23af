"""An export as a whole file: CSV and JSON as they stream, XLSX and Parquet through a temporary file."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from budgets.exports.export import Column, Export
from budgets.exports.rows import read_csv, read_json, read_values
from budgets.exports.spool import CHUNK

XLSX_ROWS = 1_000_000
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
PARQUET_TYPES = {
    "text": "VARCHAR",
    "code": "VARCHAR",
    "integer": "BIGINT",
    "decimal": "DECIMAL(24, 6)",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP WITH TIME ZONE",
}
MADE = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook knows no time zones
"""The creation time written into workbooks, so that equal rows give equal bytes."""


def write_workbook(
    path: Path,
    export: Export,
    rows: Iterable[Sequence[Any]],
    *,
    about: Sequence[tuple[str, str]],
    made: datetime.datetime = MADE,
) -> None:
    """Write rows as one worksheet with typed cells, a frozen header and a sheet about the data."""
    book = xlsxwriter.Workbook(
        str(path),
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": made, "title": export.title})
    bold = book.add_format({"bold": True, "bottom": 1})
    money = book.add_format({"num_format": "#,##0.00"})
    sheet = book.add_worksheet(export.title[:31])
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(export.columns):
        sheet.set_column(index, index, 30 if column.kind == "text" else 14)
        sheet.write_string(0, index, column.name, bold)
    count = 0
    for count, row in enumerate(rows, start=1):
        for index, (column, value) in enumerate(zip(export.columns, row, strict=True)):
            write_cell(sheet, count, index, column, value, money)
    if count:
        sheet.autofilter(0, 0, count, len(export.columns) - 1)
    write_about(book, export, about, bold)
    book.close()


def write_cell(sheet: Any, row: int, index: int, column: Column, value: Any, money: Any) -> None:
    """Write one value with its type; an empty value leaves the cell empty."""
    if value is None or value == "":
        return
    if column.kind == "boolean":
        sheet.write_boolean(row, index, bool(value))
    elif isinstance(value, Decimal):
        sheet.write_number(row, index, float(value), money)
    elif isinstance(value, int):
        sheet.write_number(row, index, value)
    else:
        sheet.write_string(row, index, str(value))


def write_about(book: Any, export: Export, about: Sequence[tuple[str, str]], bold: Any) -> None:
    """Write the sheet that says what the columns mean and where the data come from."""
    sheet = book.add_worksheet("说明 About")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 3, 44)
    line = 0
    for name, text in about:
        sheet.write_string(line, 0, name, bold)
        sheet.write_string(line, 1, text)
        line += 1
    line += 1
    for column in export.columns:
        sheet.write_string(line, 0, column.name, bold)
        sheet.write_string(line, 1, f"{column.title}：{column.meaning}" if column.meaning else column.title)
        sheet.write_string(
            line, 2, f"{column.title_en}: {column.meaning_en}" if column.meaning_en else column.title_en
        )
        line += 1


def read_file(path: Path) -> Iterator[bytes]:
    """Yield a file's bytes in chunks."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def read_xlsx(
    export: Export, filters: Mapping[str, Any], *, about: Sequence[tuple[str, str]], raw: bool = True
) -> Iterator[bytes]:
    """Yield an export as a workbook. The caller has made sure that it has at most XLSX_ROWS rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.xlsx"
        write_workbook(path, export, read_values(export, filters, raw=raw), about=about)
        yield from read_file(path)


def write_parquet(source: Path, target: Path, export: Export) -> None:
    """Write the CSV file ``source`` of an export as a Parquet file with typed columns."""
    types = ", ".join(f"'{column.name}': '{PARQUET_TYPES[column.kind]}'" for column in export.columns)
    force = ", ".join(f"'{column.name}'" for column in export.columns if column.kind in ("text", "code"))
    with duckdb.connect(config={"memory_limit": "256MB", "threads": 1}) as engine:
        columns = f"columns = {{{types}}}, force_not_null = [{force}]"
        rows = f"read_csv(?, header = true, delim = ',', quote = '\"', escape = '\"', parallel = false, {columns})"
        query = f"COPY (SELECT * FROM {rows}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"  # noqa: S608 - our own names
        engine.execute(query, [str(source)])


def read_parquet(export: Export, filters: Mapping[str, Any], *, raw: bool = True) -> Iterator[bytes]:
    """Yield an export as a Parquet file."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "rows.csv", Path(folder) / "rows.parquet"
        with source.open("wb") as file:
            for chunk in read_csv(export, filters, raw=raw):
                file.write(chunk)
        write_parquet(source, target, export)
        yield from read_file(target)


def choose_writer(
    kind: str, export: Export, filters: Mapping[str, Any], *, raw: bool, about: Sequence[tuple[str, str]]
) -> Callable[[], Iterator[bytes]]:
    """Return the function that yields an export's bytes in the format ``kind``."""
    if kind == "csv":
        return lambda: read_csv(export, filters, raw=raw)
    if kind == "json":
        return lambda: read_json(export, filters)
    if kind == "xlsx":
        return lambda: read_xlsx(export, filters, about=about)
    return lambda: read_parquet(export, filters)
