"""Drawn pages, kept compressed in each web process, newest-used first."""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase

LARGEST = 512 * 1024  # compressed bytes; larger pages are drawn each time
LEAST = 1024  # smaller ones are not worth compressing
COMPRESSIBLE = ("text/", "application/json", "application/xml", "image/svg")


@dataclass(frozen=True)
class Page:
    """One drawn page: compressed body and the headers that belong to it."""

    etag: str
    body: bytes
    headers: tuple[tuple[str, str], ...]


class PageCache:
    """At most ``entries`` pages; safe to use from several threads. 0 keeps nothing."""

    def __init__(self, entries: int) -> None:
        self.entries = entries
        self._pages: OrderedDict[tuple[str, str], Page] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: tuple[str, str], etag: str, request: HttpRequest) -> HttpResponse | None:
        """This will give the page as drawn for this data version, or None."""
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.etag != etag:
                return None
            self._pages.move_to_end(key)
        return _as_response(page, request)

    def find_any(self, key: tuple[str, str], request: HttpRequest) -> HttpResponse | None:
        """This will give the page of whatever version we have: for when the database is away."""
        page = self._pages.get(key)
        if page is None:
            return None
        response = _as_response(page, request)
        response["Cache-Control"] = "no-store"
        return response

    def keep(self, key: tuple[str, str], response: HttpResponseBase) -> None:
        """This will keep a page, unless it is streamed, large, personal or already encoded."""
        if not self.entries or not isinstance(response, HttpResponse) or response.streaming:
            return
        if response.cookies or response.has_header("Content-Encoding") or len(response.content) < LEAST:
            return
        if not response.get("Content-Type", "").startswith(COMPRESSIBLE):
            return
        body = gzip.compress(response.content, compresslevel=5, mtime=0)
        if len(body) > LARGEST:
            return
        left_out = {"content-length", "etag", "last-modified", "cache-control", "vary"}
        headers = tuple((name, value) for name, value in response.items() if name.lower() not in left_out)
        with self._lock:
            self._pages[key] = Page(response["ETag"], body, headers)
            self._pages.move_to_end(key)
            while len(self._pages) > self.entries:
                self._pages.popitem(last=False)


def _as_response(page: Page, request: HttpRequest) -> HttpResponse:
    accepted = request.headers.get("Accept-Encoding", "")
    compressed = "gzip" in accepted and "gzip;q=0" not in accepted.replace(" ", "")
    response = HttpResponse(page.body if compressed else gzip.decompress(page.body))
    for name, value in page.headers:
        response[name] = value
    if compressed:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    response["Content-Length"] = str(len(response.content))
    return response
