"""A file that is read while it is still being written.

The database writes as fast as it can and is free again; the reader takes its time. A slow or
vanished reader therefore holds no connection, no snapshot and no memory.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator

CHUNK = 64 * 1024


class Spool:
    """Runs ``produce`` in a thread into a temporary file and yields its bytes as they come."""

    def __init__(self, produce: Callable[[], Iterable[bytes]]) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever is last: writer or reader
        self._lock = threading.Condition()
        self._written = 0
        self._done = False
        self._abandoned = False
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._fill, args=(produce,), daemon=True, name="spool")
        self._thread.start()

    def _fill(self, produce: Callable[[], Iterable[bytes]]) -> None:
        chunks = iter(produce())
        try:
            for chunk in chunks:
                with self._lock:
                    if self._abandoned:
                        break
                    self._file.seek(self._written)
                    self._file.write(chunk)
                    self._written += len(chunk)
                    self._lock.notify_all()
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

    def __iter__(self) -> Iterator[bytes]:
        position = 0
        while True:
            with self._lock:
                while position >= self._written and not self._done:
                    self._lock.wait()
                if position >= self._written:
                    break
                self._file.seek(position)
                chunk = self._file.read(CHUNK)
            position += len(chunk)
            yield chunk
        if self._error is not None:
            raise self._error

    def close(self) -> None:
        """Stop writing and drop the file; called by Django when the response ends or is cut off."""
        with self._lock:
            self._abandoned = True
            if self._done:
                self._file.close()
