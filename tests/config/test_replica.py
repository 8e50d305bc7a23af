"""A real streaming replica, made by the script that docker-compose.yml runs: read, lost, lagging, back."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.embedded_postgres import ROLE, SUPERUSER, EmbeddedPostgres
from config.postgres_programs import find_runner
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


@dataclass
class Replica:
    """A second server that follows a primary; ``start`` copies it the first time."""

    primary: EmbeddedPostgres
    folder: Path

    @property
    def url(self) -> str:
        return f"postgres://{ROLE}@/site?host={self.folder}"

    def start(self) -> None:
        runner = find_runner(self.primary.folder)
        environment = {
            **os.environ,
            "PATH": f"{runner.programs}{os.pathsep}{os.environ['PATH']}",
            "PGHOST": str(self.primary.socket),
            "PGUSER": SUPERUSER,
            "REPLICA_DATA": str(self.folder / "data"),
        }
        command = [*runner.prefix, "sh", str(ROOT / "config/deploy/replica.sh"), "-k", str(self.folder)]
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)

    def execute(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(
            host=str(self.folder), user=SUPERUSER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)


@pytest.fixture(scope="module")
def primary() -> Iterator[EmbeddedPostgres]:
    with temporary_server() as server:
        environment = build_environment(DATABASE_URL=build_url(server))
        manage("migrate", "--noinput", "--verbosity", "0", environment=environment)
        yield server


@pytest.fixture
def replica(primary: EmbeddedPostgres) -> Iterator[Replica]:
    folder = Path(tempfile.mkdtemp(prefix="pg-replica-"))
    replica = Replica(primary, folder)
    replica.start()
    yield replica
    replica.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def site(primary: EmbeddedPostgres, replica: Replica, tmp_path: Path) -> Iterator[str]:
    (tmp_path / "application.py").write_text(APPLICATION)
    port = find_free_port()
    environment = build_environment(
        DATABASE_URL=build_url(primary), DATABASE_REPLICA_URL=replica.url,
        PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}", PORT=str(port),
    )  # fmt: skip
    with running(["gunicorn", "-c", "python:config.gunicorn_conf", "application"], environment):
        yield f"http://127.0.0.1:{port}"


def wait_for(found: Callable[[], bool], *, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < deadline, f"waited {seconds} s in vain"
        time.sleep(0.1)


def read_page(site: str) -> str:
    status, body = fetch(f"{site}/figures/")
    assert status == 200, body
    return body.split("</p>")[0].removeprefix("<p>")


def publish(primary: EmbeddedPostgres) -> None:
    with primary.connect(database="site") as connection:
        connection.execute("UPDATE budgets_dataversion SET number = number + 1")


@pytest.mark.slow
def test_pages_read_the_replica_while_it_is_good(
    primary: EmbeddedPostgres, replica: Replica, site: str
) -> None:
    wait_for(lambda: read_page(site).endswith(" replica"))
    before = int(read_page(site).split()[0])
    publish(primary)
    wait_for(lambda: read_page(site) == f"{before + 1} {before + 1} replica")

    replica.execute("SELECT pg_wal_replay_pause()")  # it goes on receiving, but applies nothing
    publish(primary)
    wait_for(lambda: read_page(site) == f"{before + 2} {before + 2} default")
    replica.execute("SELECT pg_wal_replay_resume()")
    wait_for(lambda: read_page(site) == f"{before + 2} {before + 2} replica")

    replica.process.kill()
    replica.process.wait(20)
    assert read_page(site) == f"{before + 2} {before + 2} default"  # the very next request, no error between
    replica.start()
    wait_for(lambda: read_page(site).endswith(" replica"))


@pytest.mark.slow
def test_a_replica_lost_in_the_middle_of_a_page_is_replaced_by_the_primary(site: str) -> None:
    wait_for(lambda: read_page(site).endswith(" replica"))
    assert fetch(f"{site}/broken/?replica") == (200, "served by the primary")
