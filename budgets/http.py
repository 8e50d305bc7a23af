"""Serving public pages: they change only when something is published, so most requests need no work.

The data version (one row, raised inside each publishing transaction) together with the release is the
validator of every public page. A page is drawn from one database snapshot, so that no page ever mixes
two revisions; the version it is labelled with is read in that same snapshot.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError, connections, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from budgets.models import DataVersion
from budgets.page_cache import PageCache
from budgets.replica import PRIMARY, note_failure, reading_from

PRIVATE_PREFIXES = ("/admin/", "/en/admin/", "/static/", "/healthz", "/readyz", "/metrics")
OWN_VALIDATORS = ("/downloads/", "/api/")
DATABASE_AWAY = (OperationalError, InterfaceError)


@dataclass(frozen=True)
class Version:
    """How many publications the database ``alias`` has seen, and when the last one was."""

    number: int
    changed_at: datetime.datetime


_known: dict[str, tuple[float, Version]] = {}
_lock = threading.Lock()


def data_version(alias: str = PRIMARY) -> Version:
    """This will give the data version, at most ``DATA_VERSION_SECONDS`` (1 s) old."""
    now = time.monotonic()
    known = _known.get(alias)
    if known is not None and now - known[0] < settings.DATA_VERSION_SECONDS:
        return known[1]
    return read_data_version(alias)


def read_data_version(alias: str = PRIMARY) -> Version:
    """This will read the data version from the database (one query)."""
    row = DataVersion.objects.using(alias).filter(pk=1).first()
    never = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    version = Version(row.number, row.changed_at) if row else Version(0, never)
    with _lock:
        _known[alias] = (time.monotonic(), version)
    return version


@cache
def get_release() -> tuple[str, float]:
    """This will give a short hash of our code and templates and the time of the newest: a new release draws
    pages anew. The hash is the same on every machine that runs the same files."""
    digest, newest = hashlib.sha256(), 0.0
    for folder in ("budgets", "performance", "templates", "static"):
        for path in sorted((Path(settings.BASE_DIR) / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".css", ".js", ".po"}:
                digest.update(path.read_bytes())
                newest = max(newest, path.stat().st_mtime)
    return digest.hexdigest()[:10], newest


def build_etag(version: Version) -> str:
    """This will build the validator: publications, release and day (some sentences say how late it is)."""
    return f'W/"{version.number}-{get_release()[0]}-{timezone.localdate():%j}"'


def build_last_modified(version: Version) -> int:
    """This will give the second since which no page can have changed."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return int(max(version.changed_at.timestamp(), get_release()[1], midnight.timestamp()))


@contextlib.contextmanager
def snapshot(alias: str) -> Iterator[None]:
    """This will run what is inside on one unchanging, read-only view of the database.

    Inside a transaction that is already open (tests) that one is used.
    """
    connection = connections[alias]
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(using=alias):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


class PublicPages:
    """Middleware: answers conditional requests, keeps drawn pages, and draws each from one snapshot."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.pages = PageCache(settings.PAGE_CACHE_ENTRIES)
        get_release()  # now, while the files are those that this process loads

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve one request; only safe requests of public addresses are touched."""
        if request.method not in {"GET", "HEAD"} or request.path.startswith(PRIVATE_PREFIXES):
            return self.get_response(request)
        response = self._serve_from_best(request)
        if request.method == "HEAD" and isinstance(response, HttpResponse) and not response.streaming:
            response["Content-Length"] = str(len(response.content))
            response.content = b""
        return response

    def _serve_from_best(self, request: HttpRequest) -> HttpResponseBase:
        with reading_from() as alias:
            try:
                return self._serve(request, alias)
            except DATABASE_AWAY:
                if alias == PRIMARY:
                    raise
                note_failure(alias)
        with reading_from() as alias:
            return self._serve(request, alias)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Remember that a view lost its database, so that it can be drawn from the primary instead."""
        if isinstance(exception, DATABASE_AWAY):
            request.database_away = exception  # type: ignore[attr-defined]

    def _serve(self, request: HttpRequest, alias: str) -> HttpResponseBase:
        if request.path.startswith(OWN_VALIDATORS):
            return self._draw(request, alias)[0]
        key = (request.get_host(), request.get_full_path())
        try:
            version = data_version(alias)
        except DATABASE_AWAY:
            kept = self.pages.find_any(key, request) if alias == PRIMARY else None
            if kept is None:
                raise
            return kept  # the figures were right a moment ago, and the page carries its date
        etag = build_etag(version)
        answer = get_conditional_response(request, etag=etag, last_modified=build_last_modified(version))
        if answer is None:
            answer = self.pages.find(key, etag, request)
        if answer is not None:
            return _mark(answer, version)
        response, version = self._draw(request, alias)
        if response.cookies:  # a page for one reader alone
            response["Cache-Control"] = "private, no-store"
        elif response.status_code == 200 and not response.has_header("ETag"):
            _mark(response, version)
            if request.method == "GET":
                self.pages.keep(key, response)
                kept = self.pages.find(key, response["ETag"], request)  # compressed already
                return response if kept is None else _mark(kept, version)
        return response

    def _draw(self, request: HttpRequest, alias: str) -> tuple[HttpResponseBase, Version]:
        """This will run the view in a snapshot; the version is the one of that snapshot."""
        with snapshot(alias):
            version = read_data_version(alias)
            response = self.get_response(request)
        away = request.__dict__.pop("database_away", None)
        if away is not None and alias != PRIMARY:
            raise away
        return response, version


def _mark(response: HttpResponseBase, version: Version) -> HttpResponseBase:
    """This will add what browsers and shared caches need to keep the page and ask again cheaply."""
    response["ETag"] = build_etag(version)
    response["Last-Modified"] = http_date(build_last_modified(version))
    seconds = settings.PAGE_SHARED_SECONDS
    response["Cache-Control"] = f"public, max-age=0, s-maxage={seconds}, stale-while-revalidate={seconds}"
    vary = [v.strip() for v in response.get("Vary", "").split(",") if v.strip()]
    kept = [v for v in vary if v.lower() != "accept-language"]  # the address alone decides the language
    response["Vary"] = ", ".join(dict.fromkeys([*kept, "Accept-Encoding"]))
    return response
