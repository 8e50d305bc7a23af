"""What the site's pages are compared with: raw SQL, raw COPY, and Datasette over the same rows."""

from __future__ import annotations

import itertools
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from django.db import connection

from config.bench.load import Timing, measure

ROWS = """
    SELECT l.statement_id, l.position, l.name, a.measure, a.amount_year, a.phase, a.yuan::text
    FROM budgets_lineitem l JOIN budgets_amount a ON a.line_item_id = l.id AND a.fiscal_year = l.fiscal_year
    WHERE l.statement_id = %s ORDER BY l.position, a.id
"""


def measure_sql(statements: Sequence[int], *, requests: int = 200) -> Timing:
    """This will time the query alone, by which any page of the rows is bounded."""
    times = []
    with connection.cursor() as cursor:
        for statement in itertools.islice(itertools.cycle(statements), requests):
            began = time.perf_counter()
            cursor.execute(ROWS, [statement])
            cursor.fetchall()
            times.append(1000 * (time.perf_counter() - began))
    return Timing(
        statistics.median(times), statistics.quantiles(times, n=20)[18], 1000 / statistics.mean(times)
    )


def measure_copy() -> float:
    """This will count amounts a second that PostgreSQL itself can send, the floor of every download."""
    began, rows = time.perf_counter(), 0
    with connection.cursor() as cursor, cursor.copy("COPY (SELECT * FROM budgets_amount) TO STDOUT") as copy:
        for block in copy:
            rows += bytes(block).count(b"\n")
    return rows / (time.perf_counter() - began)


def measure_datasette(statements: Sequence[int], *, program: str, port: int) -> Timing:
    """This will serve the same rows and columns with Datasette, without facets and counts, and time it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.db"
        _write_sqlite(path, statements)
        settings = ["suggest_facets off", "allow_facet off", "default_page_size 1000"]
        options = [word for each in settings for word in ["--setting", *each.split()]]
        command = [program, "serve", "--immutable", str(path), "-p", str(port), *options]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
        try:
            _wait(port)
            paths = [f"/rows/rows?_size=1000&_nocount=1&_nofacet=1&statement={each}" for each in statements]
            return measure(paths, port=port)
        finally:
            server.terminate()
            server.wait(20)


def _write_sqlite(path: Path, statements: Sequence[int]) -> None:
    with sqlite3.connect(path) as database, connection.cursor() as cursor:
        database.execute("CREATE TABLE rows (statement, position, name, measure, year, phase, yuan)")
        for statement in statements:
            cursor.execute(ROWS, [statement])
            database.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?)", cursor.fetchall())
        database.execute("CREATE INDEX by_statement ON rows (statement, position)")


def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            measure(["/-/versions.json"], port=port, requests=2, clients=1, seconds=0.01)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return
