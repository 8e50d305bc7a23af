"""Reading public pages from a replica when there is a good one, else from the primary.

The choice is made once a request, so that a page never mixes two databases; everything outside public
requests (admin, worker, commands) uses the primary.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connections

PRIMARY = "default"
REPLICA = "replica"
CHECK_SECONDS = 5.0
# Streaming is judged by the receiver's process, which everybody may see; seconds only count while
# something received is not yet applied, since an idle primary sends nothing.
STATE = """
    SELECT pg_is_in_recovery() AND NOT EXISTS (SELECT 1 FROM pg_stat_wal_receiver WHERE pid IS NOT NULL),
           CASE WHEN pg_last_wal_receive_lsn() IS DISTINCT FROM pg_last_wal_replay_lsn()
                THEN extract(epoch FROM now() - pg_last_xact_replay_timestamp()) ELSE 0 END
"""

_reading: ContextVar[str] = ContextVar("reading", default=PRIMARY)


@dataclass
class _Judgement:
    good: bool = False
    until: float = 0.0


_judgement = _Judgement()
_lock = threading.Lock()


def reading_alias() -> str:
    """This will give the database that the present request reads: use it for raw SQL of public pages."""
    return _reading.get()


@contextlib.contextmanager
def reading_from() -> Iterator[str]:
    """This will choose the database for one public request and hold to it."""
    alias = REPLICA if REPLICA in connections.databases and _is_good() else PRIMARY
    token = _reading.set(alias)
    try:
        yield alias
    finally:
        _reading.reset(token)


def note_failure(alias: str) -> None:
    """This will keep a replica that failed out of use until the next look at it."""
    with contextlib.suppress(DatabaseError):
        connections[alias].close()
    _judgement.good, _judgement.until = False, time.monotonic() + CHECK_SECONDS


def _is_good() -> bool:
    """This will look at the replica now and then; one thread looks, the others use the last result."""
    now = time.monotonic()
    if now >= _judgement.until and _lock.acquire(blocking=False):
        try:
            _judgement.good = _look()
            _judgement.until = now + CHECK_SECONDS
        finally:
            _lock.release()
    return _judgement.good


def _look() -> bool:
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(STATE)
            cut_off, seconds = cursor.fetchone()
    except DatabaseError:
        with contextlib.suppress(DatabaseError):
            connections[REPLICA].close()
        return False
    return not cut_off and float(seconds or 0) <= settings.DATABASE_REPLICA_MAX_LAG


class ReplicaRouter:
    """Django's database router: reads of a public request follow its choice, all else the primary."""

    def db_for_read(self, model: object, **hints: object) -> str:
        """Read where the present request reads."""
        return reading_alias()

    def db_for_write(self, model: object, **hints: object) -> str:
        """Write to the primary."""
        return PRIMARY

    def allow_relation(self, *objects: object, **hints: object) -> bool:
        """Allow relations: both databases hold the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        """Migrate the primary only; the replica follows."""
        return db == PRIMARY
