"""A short buffer on disk between the database and a reader.

The database writes ahead of the reader, up to a limit: a download that fits is off the database at
once, whatever its reader does, and a larger one waits without using memory or processor. A reader who
takes next to nothing is cut off, so that none keeps a connection, a snapshot or a thread.
"""

from __future__ import annotations

import contextlib
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import psycopg

CHUNK: Final = 64 * 1024
AHEAD: Final = 16 * 1024 * 1024
"""Bytes that may wait for a reader."""
PATIENCE: Final = 60.0
"""Seconds in which a reader whose buffer is full must take at least ``LEAST`` bytes."""
LEAST: Final = 256 * 1024
LOOKING: Final = 1.0
"""Seconds without a row after which we look whether the reader is still there."""


_running = threading.local()


def on_abandon(cancel: Callable[[], object]) -> None:
    """Say how to stop what this thread is about to wait for, should the reader of its spool go away.

    Without it a query that has not come to its first row would run on for a reader who left long ago.
    Does nothing in a thread that fills no spool.
    """
    spool = getattr(_running, "spool", None)
    if spool is not None:
        spool.set_cancel(cancel)


class ReaderTooSlow(Exception):
    """The reader took next to nothing while rows were waiting."""


class Spool:
    """Runs ``produce`` in a thread into a temporary file used as a ring, and yields its bytes as they come."""

    def __init__(
        self,
        produce: Callable[[], Iterable[bytes]],
        *,
        ahead: int = AHEAD,
        patience: float = PATIENCE,
        is_gone: Callable[[], bool] = lambda: False,
    ) -> None:
        self._ahead, self._patience, self._is_gone = ahead, patience, is_gone
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever is last: writer or reader
        self._lock = threading.Condition()
        self._written = self._read = 0
        self._done = False
        self._abandoned = False
        self._error: BaseException | None = None
        self._cancel: Callable[[], object] | None = None
        self._thread = threading.Thread(target=self._fill, args=(produce,), daemon=True, name="spool")
        self._thread.start()

    def _fill(self, produce: Callable[[], Iterable[bytes]]) -> None:
        _running.spool = self
        chunks = iter(produce())
        try:
            for chunk in chunks:
                self._put(chunk)
                if self._abandoned:
                    break
        except BaseException as error:  # noqa: BLE001 - raised again in the reader's thread
            self._error = error
        finally:
            close = getattr(chunks, "close", None)
            if close is not None:
                close()
            with self._lock:
                self._done = True
                self._lock.notify_all()
                if self._abandoned:
                    self._file.close()

    def _put(self, chunk: bytes) -> None:
        """Write one chunk into the ring, waiting for room. Raises: ReaderTooSlow."""
        rest = memoryview(chunk)
        with self._lock:
            while rest and not self._abandoned:
                self._wait_for_room()
                offset = self._written % self._ahead
                room = min(self._ahead - offset, self._ahead - (self._written - self._read))
                part = rest[:room]
                self._file.seek(offset)
                self._file.write(part)
                self._written += len(part)
                rest = rest[len(part) :]
                self._lock.notify_all()

    def _wait_for_room(self) -> None:
        since, taken = time.monotonic(), self._read
        while self._written - self._read >= self._ahead and not self._abandoned:
            self._lock.wait(self._patience / 4)
            if self._read - taken >= min(LEAST, self._ahead):
                since, taken = time.monotonic(), self._read
            elif time.monotonic() - since >= self._patience:
                raise ReaderTooSlow

    def __iter__(self) -> Iterator[bytes]:
        while True:
            with self._lock:
                while self._read >= self._written and not self._done:
                    if not self._lock.wait(LOOKING) and self._is_gone():
                        return
                if self._read >= self._written:
                    break
                offset = self._read % self._ahead
                self._file.seek(offset)
                chunk = self._file.read(min(CHUNK, self._written - self._read, self._ahead - offset))
                self._read += len(chunk)
                self._lock.notify_all()
            yield chunk
        if self._error is not None:
            raise self._error

    def set_cancel(self, cancel: Callable[[], object]) -> None:
        """Keep what stops the query; call it at once where the reader has gone already."""
        with self._lock:
            self._cancel = cancel
            is_late = self._abandoned
        if is_late:
            self._stop_query()

    def _stop_query(self) -> None:
        if self._cancel is not None:
            with contextlib.suppress(psycopg.Error):  # it ended by itself meanwhile
                self._cancel()

    def close(self) -> None:
        """Stop the query and drop the file; called by Django when the response ends or is cut off."""
        with self._lock:
            self._abandoned = True
            self._lock.notify_all()
            is_done = self._done
            if is_done:
                self._file.close()
        if not is_done:
            self._stop_query()
