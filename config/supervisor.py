"""The whole site in one command (``make run``): database, samples, web and worker."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import django
from django.core.management import call_command

from config.processes import Supervisor, die_with_parent

ADMIN_NAME = "admin"
# On a terminal only what a person needs to see; a service manager sets these itself.
QUIET = {"DJANGO_SETTINGS_MODULE": "config.settings", "LOG_FORMAT": "text", "LOG_LEVEL": "WARNING"}


def main() -> int:
    """This will prepare the site, print where it is, and serve until it is stopped."""
    if "--end-with-parent" in sys.argv:  # `make`: whoever kills it means all of it
        die_with_parent()
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    django.setup()  # reads .env too
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    if not _is_free(host, port):
        sys.stderr.write(f"Port {port} is in use. Stop the other program, or choose: make run PORT=8001\n")
        return 1
    call_command("migrate", interactive=False, verbosity=0)
    load_samples()
    password = create_admin_once()
    address = f"http://{host}:{port}"
    Supervisor(build_commands()).run(when_started=lambda: _announce(address, password))
    _stop_embedded_server()
    return 0


def load_samples() -> None:
    """This will publish the sample disclosures that are missing; the site is served without them if it must."""
    try:
        call_command("load_samples")
    except Exception:
        logging.getLogger(__name__).exception("the sample disclosures could not be loaded")


def build_commands() -> dict[str, list[str]]:
    """This will give the commands of the two processes that serve the site."""
    manage = str(Path(__file__).resolve().parents[1] / "manage.py")
    return {
        "web": [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn_conf", "config.wsgi"],
        "worker": [
            sys.executable, manage, "procrastinate", "worker",
            "--concurrency", "2", "--delete-jobs", "successful", "--shutdown-graceful-timeout", "25",
        ],
    }  # fmt: skip


def create_admin_once() -> str | None:
    """This will create the first administrator and give the password, or None when one exists."""
    from django.contrib.auth import get_user_model

    users = get_user_model().objects
    if users.filter(is_superuser=True).exists():
        return None
    password = secrets.token_urlsafe(12)
    users.create_superuser(ADMIN_NAME, password=password)
    return password


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _announce(address: str, password: str | None) -> None:
    """This will wait until the site answers, then say where it is."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):  # noqa: S310 - our own address
                break
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    lines = [f"\n  网站 Site    {address}/", f"  录入 Admin   {address}/admin/"]
    if password:
        lines += [
            f"  账号 Name    {ADMIN_NAME}",
            f"  密码 Password {password}   （只显示这一次 shown only once）",
        ]
    sys.stdout.write("\n".join([*lines, "\n  Ctrl-C 停止 stops it.\n\n"]))
    sys.stdout.flush()


def _stop_embedded_server() -> None:
    """This will stop the embedded PostgreSQL, unless somebody else (tests, a shell) still uses it."""
    from django.db import connections

    from config.embedded_postgres import EmbeddedPostgres

    folder = connections["default"].settings_dict.get("EMBEDDED_FOLDER")
    connections.close_all()
    if folder is not None:
        EmbeddedPostgres(Path(folder)).stop(only_if_idle=True)


if __name__ == "__main__":
    sys.exit(main())
