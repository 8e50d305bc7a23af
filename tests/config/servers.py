"""A database server and site processes of our own for tests that stop, kill or replace them."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from config.embedded_postgres import ROLE, EmbeddedPostgres

ROOT = Path(__file__).resolve().parents[2]

# The site's own settings and middleware over the small pages of pages_urls.py.
APPLICATION = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
from django.conf import settings
settings.ROOT_URLCONF = "tests.config.pages_urls"
settings.PAGE_CACHE_ENTRIES = 0
settings.DATA_VERSION_SECONDS = 0.0
settings.DATABASE_REPLICA_MAX_LAG = 1.0
import budgets.replica
budgets.replica.CHECK_SECONDS = 0.5
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""


@contextlib.contextmanager
def temporary_server() -> Iterator[EmbeddedPostgres]:
    """This will give a PostgreSQL of its own with an empty database ``site``."""
    folder = Path(tempfile.mkdtemp(prefix="pg-test-"))
    server = EmbeddedPostgres(folder, durable=False)
    server.ensure_database("site")
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def build_url(server: EmbeddedPostgres, database: str = "site") -> str:
    """This will build the DATABASE_URL of a server that listens on a socket."""
    return f"postgres://{ROLE}@/{database}?host={server.socket}"


def build_environment(**more: str) -> dict[str, str]:
    """This will give the present environment for a site process, its programs first in PATH."""
    programs = str(Path(sys.executable).parent)
    outside = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return {
        **outside,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": "a-secret-key-for-tests-only-0123456789-abcdefghijklmnop",
        "LOG_LEVEL": "WARNING",
        "WEB_CONCURRENCY": "1",
        **more,
    }


def manage(*arguments: str, environment: dict[str, str], seconds: int = 120) -> str:
    """This will run one management command to its end and give its output."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, timeout=seconds,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    return done.stdout


@contextlib.contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """This will keep a command running inside, and end it politely, by force after 20 s."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment, text=True)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def find_free_port() -> int:
    """This will find a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetch(url: str, *, seconds: float = 20.0, headers: dict[str, str] | None = None) -> tuple[int, str]:
    """This will give status and body, trying again while nobody listens yet."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            request = urllib.request.Request(url, headers=headers or {})
            with urllib.request.urlopen(request, timeout=seconds) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except (urllib.error.URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
