"""The same rows in Datasette: CSV as a stream, and a filtered page of JSON."""

from __future__ import annotations

import csv
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.models import Count

from budgets.exports.rows import read_csv
from budgets.models import Disclosure
from budgets.registries import EXPORTS
from config.bench.load import measure
from config.bench.streams import ASKED, read_web

OPTIONS = ("max_csv_mb 0", "max_returned_rows 1000", "suggest_facets off", "allow_facet off")


def choose_years(rows: int) -> list[int]:
    """This will choose disclosures that together have about so many amounts."""
    chosen, count = [], 0

    for pk, amounts in Disclosure.objects.annotate(n=Count("amounts")).order_by("pk").values_list("pk", "n"):
        if count >= rows:
            break
        chosen.append(pk)
        count += amounts
    return chosen


def read_lines(disclosures: list[int]) -> Iterator[str]:
    """This will yield the CSV lines of some disclosures, one heading first."""
    for number, pk in enumerate(disclosures):
        lines = b"".join(read_csv(EXPORTS["amounts"], {"disclosure": pk}, raw=True)).decode("utf-8-sig")
        yield from lines.splitlines()[1 if number else 0 :]


def write_sqlite(path: Path, disclosures: list[int]) -> tuple[int, list[str]]:
    """This will write the rows with the same columns and an index, and return how many and whose."""
    reader = csv.reader(read_lines(disclosures))
    names = next(reader)
    with sqlite3.connect(path) as database:
        database.execute(f"CREATE TABLE amounts ({', '.join(f'[{name}]' for name in names)})")
        database.executemany(f"INSERT INTO amounts VALUES ({', '.join('?' * len(names))})", reader)  # noqa: S608
        database.execute("CREATE INDEX by_department ON amounts (department_slug, fiscal_year)")
        (rows,) = database.execute("SELECT count(*) FROM amounts").fetchone()
        slugs = [slug for (slug,) in database.execute("SELECT DISTINCT department_slug FROM amounts")]
    return rows, slugs


def read_rate(path: str, *, port: int, rows: int) -> float:
    """This will read a whole CSV and return rows a second."""
    found, _, seconds = read_web(path, port=port)
    if found < rows:
        raise AssertionError(f"{path}: {found} rows, expected {rows}")
    return found / seconds


def measure_datasette(*, program: str, port: int, rows: int) -> dict[str, Any]:
    """This will serve the rows beside our web server and ask both the same."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.db"
        count, slugs = write_sqlite(path, choose_years(rows))
        words = [word for option in OPTIONS for word in ["--setting", *option.split()]]
        command = [program, "serve", "--immutable", str(path), "-p", str(port + 1), *words]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
        try:
            wait(port + 1)
            theirs = read_rate("/rows/amounts.csv?_stream=on", port=port + 1, rows=count)
            filtered = [f"/rows/amounts.json?department_slug={slug}&_size=100&_nocount=1" for slug in slugs]
            theirs_json = time_each(filtered, port=port + 1)
        finally:
            server.terminate()
            server.wait(20)
    ours = read_rate("/downloads/amounts.csv?raw=1", port=port, rows=count)
    ours_json = time_each([f"/api/v1/amounts?department={slug}&limit=100" for slug in slugs], port=port)
    return {
        "datasette_rows": count, "datasette": theirs, "datasette_json": theirs_json,
        "ours_csv": ours, "ours_json": ours_json,
    }  # fmt: skip


def time_each(paths: list[str], *, port: int) -> float:
    """This will return the median milliseconds of single requests."""
    return statistics.median(
        measure([path], port=port, requests=3, clients=1, seconds=0.01).median
        for path in (paths * ASKED)[:ASKED]
    )


def wait(port: int) -> None:
    """This will wait until Datasette answers."""
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
