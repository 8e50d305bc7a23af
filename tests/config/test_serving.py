"""Web processes under gunicorn: stopping in good order, a pool of connections, metrics of all processes."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config.embedded_postgres import EmbeddedPostgres
from tests.config.servers import (
    APPLICATION,
    ROOT,
    build_environment,
    build_url,
    fetch,
    find_free_port,
    manage,
    running,
    temporary_server,
)

COMMAND = ["gunicorn", "-c", "python:config.gunicorn_conf", "application"]


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedPostgres]:
    with temporary_server() as server:
        environment = build_environment(DATABASE_URL=build_url(server))
        manage("migrate", "--noinput", "--verbosity", "0", environment=environment)
        yield server


@pytest.fixture
def environment(server: EmbeddedPostgres, tmp_path: Path) -> dict[str, str]:
    (tmp_path / "application.py").write_text(APPLICATION)
    return build_environment(
        DATABASE_URL=build_url(server), PORT=str(find_free_port()),
        PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}",
    )  # fmt: skip


def test_a_request_under_way_is_finished_before_the_process_ends(environment: dict[str, str]) -> None:
    site = f"http://127.0.0.1:{environment['PORT']}"
    with running(COMMAND, environment) as web, ThreadPoolExecutor() as pool:
        assert fetch(f"{site}/figures/")[0] == 200
        answer = pool.submit(fetch, f"{site}/slow/")
        time.sleep(0.5)
        web.send_signal(signal.SIGTERM)
        assert answer.result(20) == (200, "finished")
        assert web.wait(20) == 0


def test_a_pool_bounds_connections_and_survives_a_killed_server(
    environment: dict[str, str], server: EmbeddedPostgres
) -> None:
    environment |= {"DATABASE_POOL": "true", "DATABASE_POOL_MAX": "2", "WEB_THREADS": "8"}
    site = f"http://127.0.0.1:{environment['PORT']}"
    with running(COMMAND, environment):
        assert fetch(f"{site}/figures/")[0] == 200
        with ThreadPoolExecutor(8) as pool:
            answers = [pool.submit(fetch, f"{site}/slow/?{number}") for number in range(4)]
            time.sleep(1)
            assert 1 <= count_sessions(server) <= 2
            assert {answer.result(30)[0] for answer in answers} == {200}
        os.kill(int((server.data / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
        assert fetch(f"{site}/figures/?again")[0] in {200, 503}
        server.ensure_database("site")
        deadline = time.monotonic() + 30
        while fetch(f"{site}/figures/?{time.monotonic_ns()}")[0] != 200:
            assert time.monotonic() < deadline
            time.sleep(0.2)


def count_sessions(server: EmbeddedPostgres) -> int:
    with server.connect(user="postgres") as admin:
        return admin.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = 'site'").fetchone()[0]


def test_metrics_add_up_over_processes(environment: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "metrics"
    folder.mkdir()
    environment |= {
        "METRICS_TOKEN": "token", "PROMETHEUS_MULTIPROC_DIR": str(folder), "WEB_CONCURRENCY": "2",
    }  # fmt: skip
    site = f"http://127.0.0.1:{environment['PORT']}"
    (tmp_path / "application.py").write_text(
        APPLICATION.replace("tests.config.pages_urls", "config.health_urls")
    )
    with running(COMMAND, environment):
        for _ in range(10):
            assert fetch(f"{site}/healthz")[0] == 200
        _, text = fetch(f"{site}/metrics", headers={"Authorization": "Bearer token"})
    [line] = [
        line for line in text.splitlines() if line.startswith("django_http_requests_before_middlewares_total")
    ]
    assert float(line.split()[1]) == 11
