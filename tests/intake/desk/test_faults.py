"""``kill -9`` at every step of reading and publishing, and a killed worker: nothing lost, nothing by halves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.config.servers import ROOT, build_environment, build_url, manage, temporary_server

pytestmark = pytest.mark.slow
TEXT = """2024年拉萨市审计局部门预算公开表
一般公共预算支出表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
合计\t合计\t300.00\t200.00\t100.00
201\t一般公共服务支出\t300.00\t200.00\t100.00
20108\t审计事务\t300.00\t200.00\t100.00
2010801\t行政运行\t200.00\t200.00\t
2010804\t审计业务\t100.00\t\t100.00
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """This will give the environment of a site with a database server that may be killed."""
    folder = tmp_path_factory.mktemp("faults")
    document = folder / "document.txt"
    document.write_text(TEXT, encoding="utf-8")
    with temporary_server() as server:
        environment = build_environment(
            DATABASE_URL=build_url(server),
            MEDIA_ROOT=str(folder / "media"),
            DOWNLOADS_ROOT=str(folder / "downloads"),
            FAULT_FOLDER=str(server.folder),
            FAULT_PGDATA=str(server.data),
            FAULT_DOCUMENT=str(document),
        )
        manage("migrate", "--verbosity", "0", environment=environment)
        yield environment


@pytest.fixture(scope="module")
def points(site: dict[str, str]) -> list[dict[str, Any]]:
    """This will strike at all points and give what was found at each."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.intake.desk.faults"],
        cwd=ROOT, env=site, timeout=400, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_at_least_thirty_points_really_struck(points: list[dict[str, Any]]) -> None:
    struck = [point for point in points if point.get("child") in ("killed", "failed")]
    assert len(struck) >= 30, len(struck)
    assert {point["what"] for point in struck} == {"program", "database"}


def test_a_reading_that_died_is_read_again_and_nothing_is_lost(points: list[dict[str, Any]]) -> None:
    readings = [point for point in points if point["step"] == "reading"]
    assert len(readings) >= 8
    for point in readings:
        assert point["between"] in ("waiting", "reading", "review"), point
        assert point["after"] == "review", point
        assert point["kept"], point
        assert point["tables"] == 1, point
        assert (point["reads"], point["uploads"]) == (1, 1), point


def test_a_publication_that_died_left_nothing_public(points: list[dict[str, Any]]) -> None:
    tried = [point for point in points if point["step"].startswith("publishing")]
    assert len([point for point in tried if point["child"] != "finished"]) >= 16
    for point in tried:
        if point["child"] == "finished":
            continue
        assert point["same"], point
        assert point["after"] == "approved", point


def test_what_was_tried_again_is_published_once(points: list[dict[str, Any]]) -> None:
    looks = {point["step"]: point for point in points if point["step"].startswith("published")}
    assert [looks[f"published {number}"]["revisions"] for number in (1, 2)] == [1, 2]
    assert looks["published 2"]["look"]["current"] == [2]
    assert looks["published 1"]["look"]["rows"][:3] == looks["published 2"]["look"]["rows"][:3]


RECEIVE = """
import django; django.setup()
from pathlib import Path
import os
from django.utils import timezone
from intake import actions
upload = actions.receive_upload(Path(os.environ["FAULT_DOCUMENT"]).read_bytes() + b"worker\\n", name="w.txt", by=None, now=timezone.now())
print(upload.pk)
"""
SLOW_WORKER = """
import time, django; django.setup()
from intake import reading
def slowly(*args, **kwargs):
    time.sleep(60)
reading.read_in_process = slowly
from django.core.management import call_command
call_command("procrastinate", "worker", "--concurrency", "2")
"""
STATUS = """
import django; django.setup()
from intake.models import Upload
print(Upload.objects.get(document__filename="w.txt").status)
"""


def run(code: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        timeout=60,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def start(environment: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def wait_for(status: str, environment: dict[str, str], *, seconds: int) -> float:
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if run(STATUS, environment) == status:
            return time.monotonic() - began
        time.sleep(1)
    pytest.fail(f"the upload was not {status} after {seconds} s but {run(STATUS, environment)}")


def test_the_job_of_a_killed_worker_is_taken_up_by_the_next(site: dict[str, str]) -> None:
    run(RECEIVE, site)
    first = start(site, "-c", SLOW_WORKER)
    second = None
    try:
        wait_for("reading", site, seconds=40)
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
        second = start(site, str(Path("manage.py")), "procrastinate", "worker", "--concurrency", "2")
        assert wait_for("review", site, seconds=90) < 60
    finally:
        for worker in (first, second):
            if worker is not None and worker.poll() is None:
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait()
