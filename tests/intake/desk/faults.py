"""The program and the database die at every step of reading and publishing; what is left is looked at.

Run by ``test_faults.py`` as a process of its own, with ``DATABASE_URL`` and ``MEDIA_ROOT`` of a
server that may be killed. Each point is one forked child that stops before its n-th statement:
either the child itself gets SIGKILL, or the database server does. One line of JSON a point.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

READING_POINTS = range(1, 12, 2)
READING_DATABASE_POINTS = (4, 8)
PUBLISHING_POINTS = range(1, 100, 8)
PUBLISHING_DATABASE_POINTS = (5, 25, 45)


class Fault:
    """Counts statements and strikes before the n-th."""

    def __init__(self, point: int, strike: Callable[[], None]) -> None:
        self.left, self.strike = point, strike

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.left -= 1
        if self.left == 0:
            self.strike()
        return execute(sql, params, many, context)


def kill_self() -> None:
    """Die as from ``kill -9``."""
    os.kill(os.getpid(), signal.SIGKILL)


def kill_database() -> None:
    """Kill the server with everything it started, as a power cut would."""
    folder = Path(os.environ["FAULT_PGDATA"])
    server = int((folder / "postmaster.pid").read_text().split()[0])
    pids = [server, *(int(pid) for pid in _find_children(server))]
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    time.sleep(0.2)


def _find_children(parent: int) -> list[str]:
    text = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    return text.split()


def in_child(step: Callable[[], Any], *, point: int, strike: Callable[[], None]) -> str:
    """Run a step in a child that is struck at a point; say how the child ended."""
    from django.db import connection, connections

    connections.close_all()
    pid = os.fork()
    if pid == 0:
        code = 0
        try:
            connection.ensure_connection()
            with connection.execute_wrapper(Fault(point, strike)):
                step()
        except BaseException:  # noqa: BLE001 - the child reports and ends, whatever happened
            if os.environ.get("FAULT_TRACE"):
                traceback.print_exc()
            code = 3
        finally:
            os._exit(code)
    _pid, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return "killed"
    return {0: "finished", 3: "failed"}[os.WEXITSTATUS(status)]


def restart_database() -> None:
    """Start the server again and wait until it answers."""
    from config.embedded_postgres import EmbeddedPostgres

    EmbeddedPostgres(Path(os.environ["FAULT_FOLDER"])).ensure_database("site")


def report(**fields: Any) -> None:
    """Print one point."""
    sys.stdout.write(json.dumps(fields, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def try_readings(by: Any) -> None:
    """Read an upload with a fault at each point, then once more without: it must end in review."""
    from django.db import connections
    from django.utils import timezone

    from intake import actions, reading
    from intake.models import Event, Upload

    text = Path(os.environ["FAULT_DOCUMENT"]).read_bytes()
    strikes = [("program", kill_self, point) for point in READING_POINTS]
    strikes += [("database", kill_database, point) for point in READING_DATABASE_POINTS]
    for what, strike, point in strikes:
        content = text + f"\n{what} {point}\n".encode()
        upload = actions.receive_upload(
            content, name=f"{what}-{point}.txt", by=by, now=timezone.now(), in_background=False
        )
        ended = in_child(lambda pk=upload.pk: reading.read_upload(pk), point=point, strike=strike)  # type: ignore[misc]
        if what == "database":
            connections.close_all()
            restart_database()
        upload.refresh_from_db()
        between = upload.status
        reading.read_upload(upload.pk)
        upload.refresh_from_db()
        with upload.document.file.open("rb") as stored:
            kept = stored.read() == content
        report(
            step="reading",
            what=what,
            point=point,
            child=ended,
            between=between,
            after=upload.status,
            kept=kept,
            tables=len((upload.draft or {}).get("tables", [])),
            reads=Event.objects.filter(upload=upload, kind="read").count(),
            uploads=Upload.objects.filter(document=upload.document).count(),
        )


def try_publishing(by: Any) -> None:
    """Publish two revisions, each with a fault at many points first: nothing or all must be public."""
    from django.db import connections
    from django.utils import timezone

    from budgets.models import Revision
    from intake import actions
    from intake.models import Upload

    for number in (1, 2):
        upload = prepare(by, number)
        before = look()
        strikes = [("database", kill_database, point) for point in PUBLISHING_DATABASE_POINTS]
        strikes += [("program", kill_self, point) for point in PUBLISHING_POINTS]
        for what, strike, point in strikes:
            ended = in_child(
                lambda pk=upload.pk: actions.publish_upload(
                    Upload.objects.get(pk=pk), by=None, now=timezone.now()
                ),  # type: ignore[misc]
                point=point,
                strike=strike,
            )
            if what == "database":
                connections.close_all()
                restart_database()
            upload.refresh_from_db()
            after = look()
            report(
                step=f"publishing {number}", what=what, point=point, child=ended, same=after == before,
                after=upload.status, revisions=Revision.objects.count(),
            )  # fmt: skip
            if ended == "finished":  # the point lies behind the last statement
                break
        if Upload.objects.get(pk=upload.pk).status != Upload.Status.PUBLISHED:
            actions.publish_upload(upload, by=None, now=timezone.now())
        report(step=f"published {number}", look=look(), revisions=Revision.objects.count())


def prepare(by: Any, number: int) -> Any:
    """Bring an upload to the point where it can be published."""
    from django.utils import timezone

    from intake import actions, actions_desk, reading

    content = Path(os.environ["FAULT_DOCUMENT"]).read_bytes() + f"\nrevision {number}\n".encode()
    upload = actions.receive_upload(
        content, name=f"r{number}.txt", by=by, now=timezone.now(), in_background=False
    )
    reading.read_upload(upload.pk)
    upload.refresh_from_db()
    department = actions_desk.find_known(
        region="拉萨市", name="拉萨市审计局"
    ) or actions_desk.make_department(region="拉萨市", name="拉萨市审计局", by=by, now=timezone.now())
    actions.set_head(
        upload,
        department=department,
        fiscal_year=2024,
        stage="budget",
        scope="department",
        by=by,
        now=timezone.now(),
    )
    if number == 2:
        actions.correct_cell(
            upload, path="tables/0/rows/2/figures/total", new="301.00", reason="试", by=by, now=timezone.now()
        )
    actions.approve_upload(upload, by=by, now=timezone.now())
    upload.refresh_from_db()
    return upload


def look() -> dict[str, Any]:
    """Return all that the public pages are made of, in numbers."""
    from django.db.models import Sum

    from budgets.models import (
        Amount,
        CheckResult,
        DataVersion,
        Disclosure,
        LineItem,
        PublicEvent,
        Revision,
        Rollup,
        Statement,
    )
    from performance.models import Indicator, Project

    return {
        "revisions": Revision.objects.count(),
        "current": [
            one.current.number if one.current else None
            for one in Disclosure.objects.select_related("current")
        ],
        "rows": [
            model.objects.count()
            for model in (Statement, LineItem, Amount, CheckResult, Rollup, PublicEvent, Project, Indicator)
        ],
        "yuan": str(Amount.objects.aggregate(total=Sum("yuan"))["total"]),
        "version": DataVersion.objects.get().number,
    }


def main() -> None:
    """Try everything."""
    django.setup()
    from django.contrib.auth import get_user_model

    by = get_user_model().objects.create_user("officer")
    try_readings(by)
    try_publishing(by)


if __name__ == "__main__":
    main()
