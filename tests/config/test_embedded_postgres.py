"""The embedded PostgreSQL: safe to start twice, back after kill -9, private, on no TCP port."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.embedded_postgres import LONGEST_SOCKET_FOLDER, ROLE, EmbeddedPostgres
from config.postgres_programs import find_runner


@pytest.fixture
def server() -> Iterator[EmbeddedPostgres]:
    folder = Path(tempfile.mkdtemp(prefix="pg-test-"))
    embedded = EmbeddedPostgres(folder)
    yield embedded
    embedded.stop()
    shutil.rmtree(folder, ignore_errors=True)


def read_postmaster_pid(server: EmbeddedPostgres) -> int:
    return int((server.data / "postmaster.pid").read_text().splitlines()[0])


def test_starting_twice_keeps_one_server_and_its_data(server: EmbeddedPostgres) -> None:
    server.ensure_database("town")
    first = read_postmaster_pid(server)
    with server.connect(database="town") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 5884.05 AS amount")
    server.ensure_database("town")
    assert read_postmaster_pid(server) == first
    with server.connect(database="town") as connection:
        assert str(connection.execute("SELECT amount FROM kept").fetchone()[0]) == "5884.05"


def test_processes_starting_at_once_agree(server: EmbeddedPostgres) -> None:
    command = [sys.executable, "-m", "config.embedded_postgres", "start", "--folder", str(server.folder)]
    started = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(3)]
    assert [process.wait(60) for process in started] == [0, 0, 0]
    assert server.is_running()


def test_it_recovers_from_kill_and_keeps_what_was_committed(server: EmbeddedPostgres) -> None:
    server.ensure_database("town")
    with server.connect(database="town") as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    killed = read_postmaster_pid(server)
    os.kill(killed, signal.SIGKILL)
    server.ensure_database("town")
    assert read_postmaster_pid(server) != killed
    with server.connect(database="town") as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


def test_a_reused_process_id_in_the_pid_file_does_not_fool_it(server: EmbeddedPostgres) -> None:
    server.ensure_database("town")
    pid_file = server.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    server.stop()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")  # we live, but are no server
    assert not server.is_running()
    server.ensure_database("town")
    assert server.is_running()


def test_no_tcp_listener_and_a_private_socket(server: EmbeddedPostgres) -> None:
    server.ensure_database("town")
    with server.connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    sockets = read_open_sockets(read_postmaster_pid(server))
    assert not sockets & read_tcp_inodes()
    folder = server.socket.stat()
    assert stat.S_IMODE(folder.st_mode) == 0o700
    [socket] = [path for path in server.socket.iterdir() if path.is_socket()]
    assert stat.S_IMODE(socket.stat().st_mode) == 0o700


def read_open_sockets(pid: int) -> set[str]:
    links = (str(each.readlink()) for each in Path(f"/proc/{pid}/fd").iterdir())
    return {link[len("socket:[") : -1] for link in links if link.startswith("socket:[")}


def read_tcp_inodes() -> set[str]:
    tables = [Path("/proc/net/tcp"), Path("/proc/net/tcp6")]
    return {line.split()[9] for path in tables if path.exists() for line in path.read_text().splitlines()[1:]}


def test_the_application_is_no_superuser_but_may_make_databases(server: EmbeddedPostgres) -> None:
    server.ensure_database("town")
    with server.connect() as connection:
        row = connection.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = %s", [ROLE]
        ).fetchone()
    assert row == (False, True, False)


def test_another_system_user_is_refused(server: EmbeddedPostgres) -> None:
    server.ensure_database("town")
    ident = server.data / "pg_ident.conf"
    ident.write_text("ours somebodyelse budget\n")
    find_runner(server.folder).run("pg_ctl", "reload", "-D", str(server.data))
    time.sleep(0.5)
    with pytest.raises(psycopg.OperationalError, match=r"[Pp]eer authentication failed"):
        server.connect(database="town")


def test_a_long_folder_gets_a_short_private_socket() -> None:
    deep = Path(tempfile.gettempdir()) / ("d" * 60) / ("e" * 60)
    socket = EmbeddedPostgres(deep).socket
    assert len(os.fsencode(socket)) <= LONGEST_SOCKET_FOLDER
    assert socket != EmbeddedPostgres(deep / "other").socket


def test_stopping_if_idle_leaves_a_used_server_alone(server: EmbeddedPostgres) -> None:
    server.ensure_database("town")
    with server.connect(database="town"):
        assert not server.stop(only_if_idle=True)
        assert server.is_running()
    assert server.stop(only_if_idle=True)
    assert not server.is_running()


def test_commands_that_need_no_database_start_none(tmp_path: Path) -> None:
    code = (
        "import django; from django.conf import settings; from pathlib import Path; import sys;"
        "settings.DATABASES['default'].update(EMBEDDED_FOLDER=Path(sys.argv[1]));"
        "django.setup(); from django.core.management import call_command; call_command('check')"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": ""}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], env=environment, check=True, timeout=60)
    assert list(tmp_path.iterdir()) == []
