"""docker-compose.yml: valid by the compose specification, and each of its commands runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from config.embedded_postgres import SUPERUSER, EmbeddedPostgres
from config.postgres_programs import find_runner
from config.supervisor import build_commands
from tests.config.servers import (
    ROOT,
    build_environment,
    build_url,
    fetch,
    find_free_port,
    manage,
    running,
    temporary_server,
)

COMPOSE = ROOT / "docker-compose.yml"


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    with temporary_server() as server:
        yield build_environment(DATABASE_URL=build_url(server))


def as_here(command: list[str]) -> list[str]:
    """This will name the same program in the present environment."""
    return [sys.executable if part == "python" else part for part in command]


def test_it_is_valid() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(COMPOSE)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def read_example() -> set[str]:
    return set(re.findall(r"^# ?([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def test_every_variable_is_in_the_example_environment() -> None:
    known = set(re.findall(r"^# ?([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)) | {
        "PROXY_PORT"
    }
    named = set(re.findall(r"\$\{([A-Z0-9_]+)", COMPOSE.read_text()))
    assert named <= known


def test_every_setting_is_in_the_example_environment() -> None:
    source = (ROOT / "config" / "settings.py").read_text()
    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z0-9_]+)\"", source))
    assert len(read) > 20
    assert read <= read_example()


def test_migrate_web_and_worker_run_in_this_order(
    services: dict[str, Any], environment: dict[str, str]
) -> None:
    migrate = as_here(services["migrate"]["command"])
    done = subprocess.run(
        migrate,
        check=False,
        cwd=ROOT,
        env=environment,
        timeout=180,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert done.returncode == 0, done.stdout
    port = find_free_port()
    web = as_here(services["web"]["command"])
    with running(web, {**environment, "PORT": str(port), "HOST": "127.0.0.1"}):
        assert fetch(f"http://127.0.0.1:{port}/healthz") == (200, "ok\n")
        assert fetch(f"http://127.0.0.1:{port}/readyz")[0] == 200
    # A job that is waiting is taken by the worker: then it surely works, however slow this machine is.
    defer = "from procrastinate.contrib.django import app; app.configure_task('builtin:procrastinate.builtin_tasks.remove_old_jobs').defer(max_hours=1)"
    manage("shell", "-v0", "-c", defer, environment=environment)
    with running(as_here(services["worker"]["command"]), environment) as worker:
        wait_until_done(environment)
        assert worker.poll() is None
    assert worker.returncode == 0


def wait_until_done(environment: dict[str, str]) -> None:
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as connection:
        deadline = time.monotonic() + 60
        while connection.execute("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')").fetchone()[0]:  # fmt: skip
            assert time.monotonic() < deadline
            time.sleep(0.2)


def test_more_of_the_same_run_the_same(services: dict[str, Any]) -> None:
    assert services["web-more"]["command"] == services["web"]["command"]
    assert services["worker-more"]["command"] == services["worker"]["command"]
    started_by_us = build_commands()
    assert started_by_us["worker"][2:] == services["worker"]["command"][2:]
    assert started_by_us["web"][3:] == services["web"]["command"][1:]


def test_the_image_starts_what_compose_starts(services: dict[str, Any]) -> None:
    last = (ROOT / "Dockerfile").read_text().rstrip().splitlines()[-1]
    assert json.loads(last.removeprefix("CMD ")) == services["web"]["command"]


def test_postgres_accepts_the_settings_given_to_it(services: dict[str, Any], tmp_path: Path) -> None:
    with temporary_server() as server:
        program, *settings = services["database"]["command"]
        assert program == "postgres"
        names = [each.split("=")[0] for each in settings if "=" in each]
        for name in names:
            done = find_runner(server.folder).run("postgres", "-D", str(server.data), *settings, "-C", name)
            assert done.returncode == 0, done.stdout


def test_the_first_start_makes_a_role_that_is_no_superuser(services: dict[str, Any], tmp_path: Path) -> None:
    mounted = [volume for volume in services["database"]["volumes"] if "initdb.d" in volume]
    assert len(mounted) == 1
    script = ROOT / mounted[0].split(":")[0]
    folder = EmbeddedPostgres(Path(tempfile.mkdtemp(prefix="pg-test-")))
    try:
        folder.ensure_database("unrelated")
        with folder.connect(user=SUPERUSER) as admin:
            admin.execute("DROP DATABASE unrelated")
            admin.execute("DROP ROLE budget")  # ours; the image starts without it
        programs = find_runner(folder.folder).programs
        environment = {
            **os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PGHOST": str(folder.socket),
            "POSTGRES_USER": SUPERUSER, "SITE_PASSWORD": "it's a \"secret\"", "PGDATA": str(tmp_path),
        }  # fmt: skip
        subprocess.run(["sh", str(script)], env=environment, check=True)
        with folder.connect(user=SUPERUSER) as admin:
            roles = admin.execute(
                "SELECT rolname, rolsuper, rolreplication FROM pg_roles"
                " WHERE rolname IN ('budget', 'replica') ORDER BY 1"
            ).fetchall()
        assert roles == [("budget", False, False), ("replica", False, True)]
        assert "replication replica" in (tmp_path / "pg_hba.conf").read_text()
    finally:
        folder.stop()
        shutil.rmtree(folder.folder, ignore_errors=True)


def test_the_health_check_tells_a_living_server_from_a_stopped_one(services: dict[str, Any]) -> None:
    _, check = services["database"]["healthcheck"]["test"]
    assert check.startswith("pg_isready ")
    with temporary_server() as server:
        runner = find_runner(server.folder)
        assert runner.run("pg_isready", "-q", "-U", "budget", "-h", str(server.socket)).returncode == 0
        server.stop()
        assert runner.run("pg_isready", "-q", "-U", "budget", "-h", str(server.socket)).returncode != 0


def test_every_file_that_the_image_copies_exists_and_is_not_left_out() -> None:
    ignored = {line.strip() for line in (ROOT / ".dockerignore").read_text().splitlines()}
    for line in (ROOT / "Dockerfile").read_text().splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            for name in line.split()[1:-1]:
                assert (ROOT / name).exists(), name
                assert name not in ignored, name


def test_every_file_that_compose_mounts_exists(services: dict[str, Any]) -> None:
    mounted = [
        v.split(":")[0] for service in services.values() for v in service.get("volumes", []) if v[0] == "."
    ]
    assert len(mounted) == 3
    assert all((ROOT / name).is_file() for name in mounted)
