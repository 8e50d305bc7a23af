"""Measure the site with one number of amounts; prints one JSON object (``python -m config.bench.one_size``)."""

from __future__ import annotations

import contextlib
import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.db import connection

from config.bench.load import Timing, measure, read_etag
from config.bench.peers import measure_copy, measure_datasette, measure_sql

ROOT = Path(__file__).resolve().parents[2]
PAGES = 20  # different disclosures asked in turn, so that no cache of ours or PostgreSQL's flatters
FIRST_DEPARTMENTS = 4  # from what they bring, the number of the others is reckoned
YEARS = 3
CHECKED = 100_000  # above, invented disclosures are published without findings, which is faster


class NotFilled(Exception):
    """The generator did not bring more amounts."""


def main() -> int:
    """This will fill a database to the number named, measure, and print."""
    size, port, datasette = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else ""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    found = fill(size)
    chosen = choose_disclosures()
    result: dict[str, Any] = {"amounts": found, "timings": {}, "megabytes": 0.0}
    with serving(port) as web:
        for name, timing in measure_pages(chosen, port=port):
            result["timings"][name] = asdict(timing)
        result["megabytes"] = read_megabytes(web)
    with serving(port, kept_pages=500):
        bases = [each["base"] for each in chosen]
        result["timings"]["department-year, kept page"] = asdict(measure(bases, port=port, requests=300))
    statements = [pair["statement_id"] for pair in chosen]
    result["timings"]["floor: the statement's rows by raw SQL"] = asdict(measure_sql(statements))
    result["copy_rows_a_second"] = measure_copy()
    if datasette:
        result["timings"]["peer: the same rows in Datasette"] = asdict(
            measure_datasette(statements, program=datasette, port=port + 1)
        )
    sys.stdout.write(json.dumps(result) + "\n")
    return 0


def fill(size: int) -> int:
    """This will publish invented disclosures until there are ``size`` amounts; 0: the samples alone."""
    from budgets.models import Amount

    if size == 0:
        call_command("load_samples", verbosity=0)
    count, seed, departments = Amount.objects.count(), 1, FIRST_DEPARTMENTS
    while count < size:
        with contextlib.redirect_stdout(sys.stderr):
            call_command(
                "generate_province", departments=departments, years=YEARS, seed=seed, no_checks=size > CHECKED
            )
        before, count = count, Amount.objects.count()
        if count == before:
            raise NotFilled(f"seed {seed} added no amounts; {count} of {size} are there")
        departments = max(1, math.ceil((size - count) * departments / (count - before)))
        seed += 1
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return count


def choose_disclosures() -> list[dict[str, Any]]:
    """This will choose disclosures spread over the whole, with their largest functional statement."""
    from budgets.models import Statement

    rows = (
        Statement.objects.filter(key="expenditure_by_function", disclosure__stage="budget")
        .order_by("id")
        .values(
            "id", "disclosure__department__slug", "disclosure__department__name", "disclosure__fiscal_year"
        )
    )
    step = max(1, len(rows) // PAGES)
    return [
        {
            "statement_id": row["id"],
            "base": f"/departments/{row['disclosure__department__slug']}/{row['disclosure__fiscal_year']}/budget/",
            "slug": row["disclosure__department__slug"],
            "name": row["disclosure__department__name"],
        }
        for row in rows[::step][:PAGES]
    ]


def measure_pages(chosen: list[dict[str, Any]], *, port: int) -> Iterator[tuple[str, Timing]]:
    """This will measure each kind of page; pages are drawn anew each time."""
    from urllib.parse import quote

    bases = [each["base"] for each in chosen]
    kinds = {
        "home": ["/"],
        "departments": ["/departments/"],
        "department-year": bases,
        "statement": [f"{base}expenditure-by-function/" for base in bases],
        "checks of a disclosure": [f"{base}checks/" for base in bases],
        "one functional line everywhere": ["/items/functional/201/", "/items/functional/208/"],
        "search": [f"/search/?q={quote(each['name'][:4])}" for each in chosen],
        "statement as CSV": [f"{base}expenditure-by-function.csv" for base in bases],
    }
    for name, paths in kinds.items():
        yield name, measure(paths, port=port)
    unchanged = {"If-None-Match": read_etag(bases[0], port=port)}
    yield (
        "department-year, unchanged (304)",
        measure(bases, port=port, headers=unchanged, status=304, requests=300),
    )
    yield "floor: trivial view", measure(["/healthz"], port=port, requests=300)


@contextlib.contextmanager
def serving(port: int, *, kept_pages: int = 0) -> Iterator[subprocess.Popen[bytes]]:
    """This will run the site's own web processes, keeping at most ``kept_pages`` drawn ones."""
    environment = {
        **os.environ, "PORT": str(port), "PAGE_CACHE_ENTRIES": str(kept_pages), "LOG_LEVEL": "ERROR", "WEB_CONCURRENCY": "2",
    }  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn_conf", "config.wsgi"]
    web = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603 - our own command
    try:
        _wait_for(port)
        yield web
    finally:
        web.terminate()
        web.wait(40)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            measure(["/healthz"], port=port, requests=2, clients=1, seconds=0.01)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


def read_megabytes(web: subprocess.Popen[bytes]) -> float:
    """This will read the resident memory of the largest web process, in MB."""
    children = Path(f"/proc/{web.pid}/task/{web.pid}/children").read_text().split()
    pages = max(int(Path(f"/proc/{child}/statm").read_text().split()[1]) for child in children)
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    sys.exit(main())
