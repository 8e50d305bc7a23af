"""Many readers while documents are imported and published (``python -m config.bench.mixed``).

Each reader asks for a page, thinks, and asks for another; four times out of five for one it has seen, with
its ETag. Printed at the end: answers by status, times, and the memory of the web processes over time.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from config.bench.one_size import ROOT, choose_disclosures, fill, read_megabytes, serving

AGAIN = 0.8


@dataclass
class Record:
    """What all readers saw."""

    statuses: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, status: str, milliseconds: float) -> None:
        """This will note one answer."""
        with self.lock:
            self.statuses[status] += 1
            self.milliseconds.append(milliseconds)


def read_pages(
    paths: list[str], *, port: int, until: float, thinking: float, seed: int, record: Record
) -> None:
    """This will be one reader until the time is over; connections are opened anew after an error."""
    chance = random.Random(seed)  # noqa: S311 - a load, not a secret
    seen: dict[str, str] = {}
    time.sleep(chance.uniform(0, thinking))
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while time.monotonic() < until:
        again = seen and chance.random() < AGAIN
        path = chance.choice(list(seen)) if again else chance.choice(paths)
        began = time.perf_counter()
        try:
            connection.request("GET", path, headers={"If-None-Match": seen[path]} if path in seen else {})
            response = connection.getresponse()
            response.read()
            status = str(response.status)
            if etag := response.headers.get("ETag"):
                seen[path] = etag
        except (OSError, http.client.HTTPException) as error:
            status = type(error).__name__
            connection.close()
        record.add(status, 1000 * (time.perf_counter() - began))
        time.sleep(chance.uniform(0.5, 1.5) * thinking)


@contextlib.contextmanager
def importing(documents: Path | None) -> Iterator[None]:
    """This will import and publish a folder of documents meanwhile."""
    if documents is None:
        yield
        return
    command = [sys.executable, "manage.py", "import_documents", str(documents), "--publish"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
    try:
        yield
    finally:
        state = "still running" if process.poll() is None else f"ended with exit {process.returncode}"
        sys.stdout.write(f"importing {documents.name}: {state}\n")
        process.terminate()
        process.wait(60)


def main() -> int:
    """This will run the load and print what the readers saw; exit 1 on any error answer."""
    parser = argparse.ArgumentParser(prog="python -m config.bench.mixed", description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--thinking", type=float, default=10, help="seconds between two pages of a reader")
    parser.add_argument("--amounts", type=int, default=0, help="fill the database to so many; 0: the samples")
    parser.add_argument("--documents", type=Path, help="a folder to import and publish meanwhile")
    parser.add_argument("--port", type=int, default=8195)
    parser.add_argument("--folder", type=Path, default=ROOT / ".data" / "bench")
    chosen = parser.parse_args()
    os.environ |= {
        "DATA_ROOT": str(chosen.folder.resolve()), "DATABASE_NAME": "bench_mixed", "LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    fill(chosen.amounts)
    paths = list_paths()
    record, until = Record(), time.monotonic() + 60 * chosen.minutes
    with serving(chosen.port, kept_pages=500) as web, importing(chosen.documents):
        memory = [read_megabytes(web)]
        readers = [
            threading.Thread(
                target=read_pages, args=[paths],
                kwargs={
                    "port": chosen.port, "until": until, "thinking": chosen.thinking, "seed": n, "record": record
                },
            )
            for n in range(chosen.clients)
        ]  # fmt: skip
        for reader in readers:
            reader.start()
        while time.monotonic() < until:
            time.sleep(min(15.0, max(0.1, until - time.monotonic())))
            memory.append(read_megabytes(web))
        for reader in readers:
            reader.join()
    return report(record, memory)


def list_paths() -> list[str]:
    """This will list pages of every kind, those of departments most."""
    bases = [each["base"] for each in choose_disclosures()]
    more = [
        f"{base}{page}" for base in bases for page in ("expenditure-by-function/", "checks/", "projects/")
    ]
    return ["/", "/en/", "/departments/", "/checks/", "/glossary/", *bases, *more]


def report(record: Record, memory: list[float]) -> int:
    """This will print the record and tell by the exit code whether every answer was a good one."""
    cuts = statistics.quantiles(record.milliseconds, n=100)
    wrong = {s: n for s, n in record.statuses.items() if s not in {"200", "304"}}
    sys.stdout.write(
        f"{len(record.milliseconds)} answers {dict(record.statuses)}\n"
        f"median {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms, p99 {cuts[98]:.1f} ms,"
        f" longest {max(record.milliseconds):.0f} ms\n"
        f"largest web process: {' '.join(f'{m:.0f}' for m in memory)} MB\n"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
