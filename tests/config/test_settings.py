"""Settings: safe in production, complete without any environment, and quiet about secrets."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from config.secret_key import read_or_make_secret_key
from tests.config.servers import ROOT, build_environment

PRODUCTION = {
    "SITE_URL": "https://budget.example.org",
    "ALLOWED_HOSTS": "budget.example.org",
    "SECURE_HSTS_SUBDOMAINS": "true",
    "DATABASE_URL": "postgres://site:secret@database.example.org:5432/budget",
    "DATABASE_REPLICA_URL": "postgres://site:secret@replica.example.org:5432/budget",
}


def read_settings(*names: str, **environment: str) -> list[object]:
    code = (
        "import json, sys, config.settings as s;"
        "print(json.dumps([getattr(s, n, None) for n in sys.argv[1:]], default=str))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *names], cwd=ROOT, env=build_environment(**environment),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def test_the_deployment_check_is_clean() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT, env=build_environment(**PRODUCTION), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_https_makes_cookies_secure_and_http_does_not() -> None:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS")
    assert read_settings(*names, **PRODUCTION) == [True, True, True, 365 * 24 * 3600]
    assert read_settings(*names) == [None, None, None, None]


def test_debug_is_off_unless_asked_for() -> None:
    assert read_settings("DEBUG") == [False]


def test_a_pool_or_kept_connections_never_both() -> None:
    [pooled] = read_settings("DATABASES", DATABASE_POOL="true", DATABASE_POOL_MAX="5", **PRODUCTION)
    assert pooled["default"]["OPTIONS"]["pool"]["max_size"] == 5
    assert pooled["replica"]["OPTIONS"]["pool"]["max_size"] == 5
    assert "CONN_MAX_AGE" not in pooled["default"] or pooled["default"]["CONN_MAX_AGE"] == 0
    [kept] = read_settings("DATABASES", **PRODUCTION)
    assert "pool" not in kept["default"].get("OPTIONS", {})
    assert kept["default"]["CONN_MAX_AGE"] == 60


def test_originals_go_to_object_storage_when_a_bucket_is_named() -> None:
    [storages] = read_settings("STORAGES", S3_BUCKET="originals", S3_ENDPOINT_URL="http://127.0.0.1:1")
    assert storages["default"]["BACKEND"] == "storages.backends.s3.S3Storage"
    assert storages["default"]["OPTIONS"]["endpoint_url"] == "http://127.0.0.1:1"


def test_a_secret_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "data" / "secret_key"
    first = read_or_make_secret_key(path)
    assert len(first) >= 50
    assert read_or_make_secret_key(path) == first
    assert path.stat().st_mode & 0o077 == 0
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.urls("config.health_urls")
class TestAddressesForMachines:
    def test_alive_without_a_database(self, client: Client) -> None:
        response = client.get("/healthz")
        assert (response.status_code, response.content) == (200, b"ok\n")

    @pytest.mark.django_db
    def test_ready_when_migrated(self, client: Client) -> None:
        response = client.get("/readyz")
        assert (response.status_code, response.json()) == (200, {"ready": True, "reasons": []})

    def test_metrics_do_not_exist_without_a_token(self, client: Client) -> None:
        assert client.get("/metrics").status_code == 404

    def test_metrics_need_the_token(self, client: Client, settings: settings) -> None:
        settings.METRICS_TOKEN = "a-long-token"
        assert client.get("/metrics").status_code == 404
        assert client.get("/metrics", headers={"Authorization": "Bearer another"}).status_code == 404
        response = client.get("/metrics", headers={"Authorization": "Bearer a-long-token"})
        assert b"django_http_requests_total" in response.content


LOG_TWO_REQUESTS = """
from django.conf import settings
settings.ROOT_URLCONF = "config.health_urls"
import django
django.setup()
from django.test import Client
Client().get("/healthz")
Client().get("/admin/nothing/?q=secret-words")
"""


def test_logs_are_json_lines_without_search_words() -> None:
    environment = build_environment(LOG_LEVEL="INFO", LOG_FORMAT="json", ALLOWED_HOSTS="testserver")
    done = subprocess.run(
        [sys.executable, "-c", LOG_TWO_REQUESTS], cwd=ROOT, env=environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    [line] = [each for each in lines if each["logger"] == "site.requests"]
    assert (line["path"], line["status"]) == ("/admin/nothing/", 404)
    assert "secret-words" not in done.stderr
