"""A reader who is slow, stops or goes away holds no connection, no memory and no thread."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from budgets.exports.export import Column, Export
from budgets.exports.rows import read_csv
from budgets.exports.spool import ReaderTooSlow, Spool
from budgets.models import Disclosure
from budgets.registries import EXPORTS
from budgets.views import downloads

COPIES = (
    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY (SELECT%' AND datname = current_database()"
)


def count_copies() -> int:
    with connection.cursor() as cursor:
        cursor.execute(COPIES)
        return int(cursor.fetchone()[0])


def wait_until(happened: Callable[[], bool], *, seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while not happened() and time.monotonic() < until:
        time.sleep(0.05)
    return happened()


def test_bytes_come_through_a_ring_smaller_than_they_are() -> None:
    chunks = [os.urandom(size) for size in (10, 70_000, 5, 200_000, 65_536, 1)]
    assert b"".join(Spool(lambda: iter(chunks), ahead=100_000)) == b"".join(chunks)


def test_the_writer_waits_for_the_reader_and_no_longer_than_its_patience() -> None:
    made: list[int] = []

    def produce() -> Iterator[bytes]:
        for number in range(100):
            made.append(number)
            yield b"x" * 1000

    spool = Spool(produce, ahead=5000, patience=0.3)
    time.sleep(0.1)
    assert len(made) <= 6
    time.sleep(0.6)
    with pytest.raises(ReaderTooSlow):
        b"".join(spool)


def test_an_error_of_the_database_reaches_the_reader() -> None:
    def produce() -> Iterator[bytes]:
        yield b"first"
        raise ConnectionError("gone")

    with pytest.raises(ConnectionError):
        list(Spool(produce))


@pytest.mark.parametrize("goes_away", [True, False], ids=["goes away", "stops reading"])
def test_no_connection_is_left(lhasa: Disclosure, goes_away: bool) -> None:
    spool = Spool(lambda: read_csv(EXPORTS["amounts"], {}), ahead=2000, patience=30 if goes_away else 1)
    reader = iter(spool)
    next(reader)
    assert wait_until(lambda: count_copies() == 1)
    if goes_away:
        spool.close()
    assert wait_until(lambda: count_copies() == 0)


def test_a_query_before_its_first_row_ends_when_the_reader_goes_away(transactional_db: None) -> None:
    waiting = Export(
        name="waiting",
        title="",
        title_en="",
        columns=(Column("one", "integer", "1", "", ""),),
        source="(SELECT pg_sleep(60)) AS s",
        filters=(),
        key="1",
    )
    spool = Spool(lambda: read_csv(waiting, {}))
    assert next(iter(spool)).decode("utf-8-sig") == "one\r\n"
    assert wait_until(lambda: count_copies() == 1)
    spool.close()
    assert wait_until(lambda: count_copies() == 0, seconds=10)


def test_a_reader_who_left_before_the_first_row_is_noticed() -> None:
    ours, theirs = socket.socketpair()
    request = RequestFactory().get("/", **{"gunicorn.socket": ours})
    ours.settimeout(downloads.STALLED)
    began = time.monotonic()
    assert not downloads.is_gone(request)
    theirs.send(b"x")
    assert not downloads.is_gone(request)
    assert ours.recv(1) == b"x"
    theirs.close()
    assert downloads.is_gone(request)
    over = threading.Event()

    def produce() -> Iterator[bytes]:
        yield b"heading"
        over.wait(30)

    spool = Spool(produce, is_gone=lambda: downloads.is_gone(request))
    assert list(spool) == [b"heading"]
    assert time.monotonic() - began < 10
    over.set()
    spool.close()
    ours.close()


def test_every_download_leaves_its_place_and_one_too_many_is_asked_to_come_back(
    client: Client, lhasa: Disclosure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "STREAMS", threading.BoundedSemaphore(1))
    first = client.get("/downloads/amounts.csv")
    refused = client.get("/downloads/checks.csv")
    assert (refused.status_code, refused["Retry-After"]) == (503, "60")
    assert refused["Content-Type"] == "application/problem+json"
    first.close()
    again = client.get("/downloads/checks.csv")
    assert again.status_code == 200
    assert b"".join(again.streaming_content)
    again.close()
    assert downloads.STREAMS.acquire(blocking=False)


def test_a_large_written_file_counts_and_a_stalled_reader_is_sent_away(
    client: Client, lhasa: Disclosure, monkeypatch: pytest.MonkeyPatch
) -> None:
    from budgets.exports.files import write_files

    class Reader:
        timeout: float | None = None

        def settimeout(self, seconds: float) -> None:
            self.timeout = seconds

    write_files()
    reader = Reader()
    monkeypatch.setattr(downloads, "STREAMS", threading.BoundedSemaphore(1))
    monkeypatch.setattr(downloads, "GATED_BYTES", 10)
    first = client.get("/downloads/files/amounts.csv", **{"gunicorn.socket": reader})
    assert (first.status_code, reader.timeout) == (200, downloads.STALLED)
    assert client.get("/downloads/amounts.csv").status_code == 503
    first.close()
    assert downloads.STREAMS.acquire(blocking=False)
