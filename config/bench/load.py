"""Timing a running web server from outside, over connections that are kept open."""

from __future__ import annotations

import http.client
import itertools
import statistics
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass


class UnexpectedAnswer(Exception):
    """An address answered with another status than the one that is being measured."""


@dataclass(frozen=True)
class Timing:
    """Milliseconds of single requests one after the other, and requests a second from several clients."""

    median: float
    p95: float
    rate: float


def ask(connection: http.client.HTTPConnection, path: str, headers: Mapping[str, str], status: int) -> bytes:
    """This will send one request and read the whole answer.

    Raises:
        UnexpectedAnswer: when the status is not the expected one.
    """
    connection.request("GET", path, headers=dict(headers))
    response = connection.getresponse()
    body = response.read()
    if response.status != status:
        raise UnexpectedAnswer(f"{path}: answered {response.status}, expected {status}")
    return body


def read_etag(path: str, *, port: int) -> str:
    """This will ask once and give the answer's validator."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.headers["ETag"] or ""


def measure(
    paths: Sequence[str], *, port: int, headers: Mapping[str, str] | None = None, status: int = 200,
    requests: int = 60, clients: int = 4, seconds: float = 4.0,
) -> Timing:  # fmt: skip
    """This will time ``requests`` single requests over ``paths`` in turn, then a load of ``clients``."""
    sent = headers or {}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for path in paths[:5]:
        ask(connection, path, sent, status)
    times = []
    for path in itertools.islice(itertools.cycle(paths), requests):
        began = time.perf_counter()
        ask(connection, path, sent, status)
        times.append(1000 * (time.perf_counter() - began))
    connection.close()
    quantiles = statistics.quantiles(times, n=20)
    with ThreadPoolExecutor(clients) as pool:
        jobs = [pool.submit(_count, paths, number, port, sent, status, seconds) for number in range(clients)]
        rate = sum(job.result() for job in jobs) / seconds
    return Timing(statistics.median(times), quantiles[18], rate)


def _count(
    paths: Sequence[str], first: int, port: int, headers: Mapping[str, str], status: int, seconds: float
) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    until, done = time.perf_counter() + seconds, 0
    while time.perf_counter() < until:
        ask(connection, paths[(first + done) % len(paths)], headers, status)
        done += 1
    connection.close()
    return done
