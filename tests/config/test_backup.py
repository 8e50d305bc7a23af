"""A backup restores into an empty server with every table and file equal; a damaged one is found out."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from config.backup import BackupFailed, check_files, drill, make_backup, restore_backup
from config.embedded_postgres import ROLE, SUPERUSER, EmbeddedPostgres
from config.postgres_programs import find_runner
from tests.config.servers import ROOT, build_environment, build_url, manage, temporary_server

FIGURES = """
    CREATE TABLE amounts
        (id bigint GENERATED ALWAYS AS IDENTITY, fiscal_year int, yuan numeric(20,2), at timestamptz)
        PARTITION BY RANGE (fiscal_year);
    CREATE TABLE amounts_2024 PARTITION OF amounts FOR VALUES FROM (2024) TO (2025);
    CREATE TABLE names (name text);
    INSERT INTO amounts (fiscal_year, yuan, at) SELECT 2024, n * 1.01, now() FROM generate_series(1, 5000) n;
    INSERT INTO names VALUES ('拉萨市行政审批和便民服务局'), (NULL);
"""


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedPostgres]:
    with temporary_server() as server:
        with server.connect(database="site") as connection:
            connection.execute(FIGURES)
        yield server


def parameters(server: EmbeddedPostgres, database: str = "site") -> dict[str, Any]:
    server.ensure_database(database)
    return {"host": str(server.socket), "user": ROLE, "dbname": database}


@pytest.fixture
def backup(server: EmbeddedPostgres, tmp_path: Path) -> Path:
    files = iter([("originals/ab/abc.pdf", io.BytesIO(b"%PDF-1.7 original"))])
    manifest = make_backup(tmp_path / "backup", database=parameters(server), files=files)
    assert manifest["tables"]["amounts"][0] == 5000
    return tmp_path / "backup"


def test_it_restores_into_an_empty_server_with_everything_equal(backup: Path) -> None:
    manifest = drill(backup)
    assert {name: rows for name, (rows, _) in manifest["tables"].items()} == {"amounts": 5000, "names": 2}
    assert list(manifest["files"]) == ["originals/ab/abc.pdf"]


def test_one_changed_figure_is_found(backup: Path) -> None:
    path = backup / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["tables"]["amounts"][1] = str(int(manifest["tables"]["amounts"][1]) + 1)
    path.write_text(json.dumps(manifest))
    with pytest.raises(BackupFailed, match="differ after restoring: amounts"):
        drill(backup)


def test_a_changed_or_missing_original_is_found(backup: Path) -> None:
    original = backup / "files/originals/ab/abc.pdf"
    manifest = json.loads((backup / "manifest.json").read_text())
    check_files(backup, manifest)
    original.write_bytes(b"another")
    with pytest.raises(BackupFailed, match=r"missing or changed: originals/ab/abc\.pdf"):
        check_files(backup, manifest)
    original.unlink()
    with pytest.raises(BackupFailed, match="missing or changed"):
        check_files(backup, manifest)


def test_a_database_in_use_is_never_restored_over(server: EmbeddedPostgres, backup: Path) -> None:
    with pytest.raises(BackupFailed, match="holds tables already"):
        restore_backup(backup, database=parameters(server))


def test_a_folder_in_use_is_never_written_over(server: EmbeddedPostgres, backup: Path) -> None:
    with pytest.raises(BackupFailed, match="not empty"):
        make_backup(backup, database=parameters(server), files=iter(()))


def test_the_commands_work_on_the_sites_own_database(tmp_path: Path) -> None:
    with temporary_server() as server:
        environment = build_environment(DATABASE_URL=build_url(server), MEDIA_ROOT=str(tmp_path / "media"))
        manage("migrate", "--noinput", "--verbosity", "0", environment=environment)
        lines = []
        for command in ("make", "drill"):
            done = subprocess.run(
                [sys.executable, "-m", "config.backup", command, str(tmp_path / "backup")],
                cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            lines.append(done.stdout)
    assert lines[1].endswith("all equal\n")
    assert (
        lines[0].removeprefix("make").strip()
        == lines[1].removeprefix("drill").removesuffix(", all equal\n").strip()
    )


def test_point_in_time_recovery_brings_back_what_was_deleted(tmp_path: Path) -> None:
    """The steps of docs/operations.md: archive the log, copy once, restore to just before the mistake."""
    archive, copy = tmp_path / "archive", tmp_path / "copy"
    archive.mkdir()
    with temporary_server() as server:
        runner, data, socket = find_runner(server.folder), server.data, server.socket
        server.stop()
        options = f"-k '{socket}' -c archive_mode=on -c archive_command='cp %p {archive}/%f'"
        runner.run("pg_ctl", "start", "-w", "-D", str(data), "-l", os.devnull, "-o", options)
        with server.connect(database="site") as connection:
            connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 100) AS n")
            done = runner.run(
                "pg_basebackup", "-h", str(socket), "-U", SUPERUSER, "-D", str(copy), "-c", "fast"
            )
            assert done.returncode == 0, done.stdout
            connection.execute("INSERT INTO kept VALUES (101)")
            time.sleep(0.05)
            moment = connection.execute("SELECT clock_timestamp()::text").fetchone()[0]
            time.sleep(0.05)
            connection.execute("DELETE FROM kept")
        with server.connect(user=SUPERUSER) as admin:
            finish_archiving(admin)
        server.stop()
        assert count_restored(server, copy=copy, archive=archive, moment=moment) == 101


def finish_archiving(admin: psycopg.Connection) -> None:
    segment = admin.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()[0]
    deadline = time.monotonic() + 20
    while (admin.execute("SELECT last_archived_wal FROM pg_stat_archiver").fetchone()[0] or "") < segment:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def count_restored(server: EmbeddedPostgres, *, copy: Path, archive: Path, moment: str) -> int:
    runner = find_runner(server.folder)
    (copy / "recovery.signal").touch()
    options = (
        f"-k '{server.socket}' -c restore_command='cp {archive}/%f %p'"
        f" -c recovery_target_time='{moment}' -c recovery_target_action=promote"
    )
    done = runner.run("pg_ctl", "start", "-w", "-D", str(copy), "-l", str(copy / "log"), "-o", options)
    assert done.returncode == 0, (copy / "log").read_text()
    try:
        with server.connect(database="site") as connection:
            return connection.execute("SELECT count(*) FROM kept").fetchone()[0]
    finally:
        runner.run("pg_ctl", "stop", "-m", "fast", "-D", str(copy))
