"""The whole site as `make run` starts it: first start, faults while it serves, second start, clean end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.embedded_postgres import EmbeddedPostgres
from tests.config.servers import ROOT, build_environment, fetch, find_free_port


@dataclass
class Site:
    """One run of the supervisor with data in a folder of its own."""

    process: subprocess.Popen[str]
    address: str
    output: Path

    def read_output(self) -> str:
        return self.output.read_text()

    def list_children(self) -> list[int]:
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return [int(pid) for pid in listed.stdout.split()]


def start(folder: Path, port: int) -> Site:
    environment = build_environment(
        DATA_ROOT=str(folder), PORT=str(port), LOG_FORMAT="text", DATABASE_URL=""
    )  # fmt: skip
    output = folder / f"output-{time.monotonic_ns()}"
    with output.open("w") as handle:
        process = subprocess.Popen(
            [sys.executable, "-m", "config.supervisor"], cwd=ROOT, env=environment,
            stdout=handle, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
    return Site(process, f"http://127.0.0.1:{port}", output)


def wait_for(found: Callable[[], bool], *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < deadline, f"waited {seconds} s in vain"
        time.sleep(0.1)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    EmbeddedPostgres(tmp_path).stop()


@pytest.mark.slow
def test_the_site_starts_survives_faults_stops_and_starts_again(folder: Path) -> None:
    port = find_free_port()
    site = start(folder, port)
    try:
        wait_for(lambda: "Ctrl-C" in site.read_output() or site.process.poll() is not None, seconds=180)
        assert re.search(r"密码 Password \S{12,}", site.read_output())
        check_pages(site)
        check_a_killed_child_comes_back(site)
        check_a_killed_database_comes_back(site, folder)
        check_a_second_start_says_that_the_port_is_taken(folder, port)
    finally:
        site.process.send_signal(signal.SIGTERM)
    assert site.process.wait(60) == 0
    assert not EmbeddedPostgres(folder).is_running()

    began = time.monotonic()
    again = start(folder, port)
    try:
        wait_for(lambda: "Ctrl-C" in again.read_output() or again.process.poll() is not None)
        assert time.monotonic() - began < 30  # 10 s is promised on a machine that does nothing else
        assert "密码" not in again.read_output()
        check_pages(again)
    finally:
        again.process.send_signal(signal.SIGINT)
    assert again.process.wait(60) == 0


def check_pages(site: Site) -> None:
    assert fetch(f"{site.address}/readyz")[0] == 200
    status, body = fetch(f"{site.address}/")
    assert status == 200
    assert "<html" in body
    assert fetch(f"{site.address}/admin/login/")[0] == 200


def check_a_killed_child_comes_back(site: Site) -> None:
    before = site.list_children()
    assert len(before) == 2
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: len(site.list_children()) == 2 and not set(site.list_children()) & set(before))
    assert fetch(f"{site.address}/readyz", seconds=60)[0] == 200


def check_a_killed_database_comes_back(site: Site, folder: Path) -> None:
    pid = int((EmbeddedPostgres(folder).data / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signal.SIGKILL)
    answers = []

    def is_back() -> bool:
        answers.append(fetch(f"{site.address}/departments/?{time.monotonic_ns()}"))
        return answers[-1][0] == 200

    wait_for(is_back)
    refused = [answer for answer in answers if answer[0] != 200]
    assert all(status == 503 and "数据没有丢失" in body for status, body in refused)


def check_a_second_start_says_that_the_port_is_taken(folder: Path, port: int) -> None:
    second = start(folder, port)
    assert second.process.wait(30) == 1
    assert f"Port {port} is in use" in second.read_output()
