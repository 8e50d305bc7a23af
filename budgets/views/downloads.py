"""Downloads: any export in any format, the files written in advance, their descriptions."""

from __future__ import annotations

import json
import select
import socket
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from budgets.exports.datapackage import build_package
from budgets.exports.export import BadFilter, Export
from budgets.exports.files import find_file, get_data_version
from budgets.exports.formats import CONTENT_TYPES, XLSX_ROWS, choose_writer
from budgets.exports.spool import Spool
from budgets.exports.sql import count_rows, read_filters
from budgets.registries import EXPORTS

STREAMS = threading.BoundedSemaphore(settings.DOWNLOAD_STREAMS)
"""How many downloads one process sends at once: fewer than its threads, so that slow readers never starve the pages."""
STALLED = 60.0
"""Seconds after which a reader who takes nothing at all is sent away."""
GATED_BYTES = 1_000_000
"""Written files up to this size go out without counting as a download; a socket holds most of them."""
SPOOLED_FORMATS = ("xlsx", "parquet")


def problem(status: int, title: str, detail: str, detail_en: str, **more: Any) -> JsonResponse:
    """Return an error as problem details (RFC 9457), with the English text beside the Chinese."""
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "detail_en": detail_en,
        **more,
    }
    return JsonResponse(
        body,
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def mark_cacheable(response: HttpResponseBase, *, etag: str) -> HttpResponseBase:
    """Set the headers that let caches keep a download until the next publication."""
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=0, s-maxage=300"
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Content-Type-Options"] = "nosniff"
    return response


class Body:
    """The bytes of one live download; Django closes it when the response ends or is cut off."""

    def __init__(self, spool: Spool) -> None:
        self._spool, self._is_open = spool, True

    def __iter__(self) -> Iterator[bytes]:
        yield from self._spool

    def close(self) -> None:
        """Drop the spool and make room for another download, once."""
        if self._is_open:
            self._is_open = False
            self._spool.close()
            STREAMS.release()


class GatedFile(FileResponse):
    """A large written file on its way; makes room for another download when it ends or is cut off."""

    is_counted = True

    def close(self) -> None:
        """Close the file and make room, once."""
        super().close()
        if self.is_counted:
            self.is_counted = False
            STREAMS.release()


def enter(request: HttpRequest) -> JsonResponse | None:
    """Take one of the places for downloads; without a free one return the 503 that says when to come back.

    From then on a reader who takes nothing for a minute loses the connection: a send that waits for
    ever would keep a thread of the web server for ever.
    """
    if not STREAMS.acquire(blocking=False):
        busy = problem(
            503,
            "Busy",
            "同时进行的下载太多，请过一分钟再试。",
            "Too many downloads at this moment; please try again in a minute.",
        )
        busy["Retry-After"] = "60"
        return busy
    connection_of_reader = request.META.get("gunicorn.socket")
    if connection_of_reader is not None:
        connection_of_reader.settimeout(STALLED)
    return None


def is_gone(request: HttpRequest) -> bool:
    """Return whether the reader has closed the connection, which nobody notices while nothing is sent."""
    reader = request.META.get("gunicorn.socket")
    if reader is None:
        return False
    try:
        ready = select.poll()
        ready.register(reader, select.POLLIN)
        return bool(ready.poll(0)) and reader.recv(1, socket.MSG_PEEK) == b""
    except OSError:
        return True


def send_file(request: HttpRequest, path: Path, *, filename: str, content_type: str) -> HttpResponseBase:
    """Return a written file; a large one counts as a download."""
    is_large = path.stat().st_size > GATED_BYTES
    if is_large and (busy := enter(request)):
        return busy
    kind = GatedFile if is_large else FileResponse
    return kind(path.open("rb"), as_attachment=True, filename=filename, content_type=content_type)


def stream(
    request: HttpRequest,
    produce: Callable[[], Iterator[bytes]],
    *,
    content_type: str,
    filename: str,
    etag: str,
) -> HttpResponseBase:
    """Return a streaming response whose rows are read at the database's speed, whatever the reader's."""
    if busy := enter(request):
        return busy
    response = StreamingHttpResponse(
        Body(Spool(produce, is_gone=partial(is_gone, request))), content_type=content_type
    )
    response["Content-Disposition"] = f"attachment; filename=\"{filename}\"; filename*=UTF-8''{filename}"
    response["X-Accel-Buffering"] = "no"
    return mark_cacheable(response, etag=etag)


def serve_export(
    request: HttpRequest, export: Export, *, kind: str, filters: dict[str, Any], filename: str
) -> HttpResponseBase:
    """Return an export under filters in one format: the written file where there is one, else a stream."""
    version = get_data_version()
    raw = request.GET.get("raw") == "1"
    etag = quote_etag(f"{version}-{kind}-{'raw' if raw else 'guarded'}")
    if unchanged := get_conditional_response(request, etag=etag):
        return mark_cacheable(unchanged, etag=etag)
    if kind == "xlsx" and (refused := refuse_large(request, export, filters)):
        return refused
    content_type = CONTENT_TYPES[kind]
    if request.method == "HEAD":
        return mark_cacheable(HttpResponse(content_type=content_type), etag=etag)
    written = None if raw else find_file(find_written_name(export, filters, kind), version=version)
    if written is not None:
        response = send_file(request, written, filename=filename, content_type=content_type)
        return mark_cacheable(response, etag=etag) if response.status_code == 200 else response
    about = (("来源 Source", request.build_absolute_uri()), ("数据版本 Data version", str(version)))
    return stream(
        request,
        choose_writer(kind, export, filters, raw=raw, about=about),
        content_type=content_type,
        filename=filename,
        etag=etag,
    )


def find_written_name(export: Export, filters: dict[str, Any], kind: str) -> str:
    """Return the name that a written file with exactly these rows would have, or a name no file has."""
    if not filters:
        return f"{export.name}.{kind}"
    return f"{export.name}-{filters['year']}.{kind}" if set(filters) == {"year"} else "-"


def refuse_large(request: HttpRequest, export: Export, filters: dict[str, Any]) -> HttpResponse | None:
    """Return a 413 that points to the CSV where a workbook could not hold all rows; nothing is ever cut."""
    with connection.cursor() as cursor:
        rows = count_rows(cursor, export, filters)
    if rows <= XLSX_ROWS:
        return None
    address = request.build_absolute_uri(request.get_full_path().replace(".xlsx", ".csv", 1))
    return problem(
        413,
        "Too many rows for a workbook",
        f"共 {rows:,} 行，超出工作簿能容纳的 {XLSX_ROWS:,} 行；请改用 CSV：{address}",
        f"There are {rows:,} rows, more than the {XLSX_ROWS:,} a workbook can hold; please take the CSV: {address}",
        csv=address,
    )


@require_safe
def download(request: HttpRequest, name: str, kind: str) -> HttpResponseBase:
    """``/downloads/<name>.<kind>``: one export with the filters of the address."""
    export = EXPORTS.get(name)
    if export is None:
        raise Http404(name)
    try:
        filters = read_filters(export, request.GET.dict())
    except BadFilter as error:
        return problem(400, "Unknown filter", error.message, error.message_en)
    parts = [name, *(str(value).rstrip("%") for value in filters.values())]
    return serve_export(request, export, kind=kind, filters=filters, filename=f"{'-'.join(parts)}.{kind}")


@require_safe
def written_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """``/downloads/files/<name>``: a file written after the last publication."""
    version = get_data_version()
    path = find_file(name, version=version)
    if path is None:
        raise Http404(name)
    etag = quote_etag(f"{version}-{name}")
    if unchanged := get_conditional_response(request, etag=etag):
        return mark_cacheable(unchanged, etag=etag)
    kind = "gzip" if name.endswith(".gz") else name.rpartition(".")[2]
    content_type = CONTENT_TYPES.get(kind, "application/octet-stream")
    response = send_file(request, path, filename=name, content_type=content_type)
    return mark_cacheable(response, etag=etag) if response.status_code == 200 else response


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """``/downloads/index.json``: the written files with rows, bytes, SHA-256 and data version."""
    version = get_data_version()
    path = find_file("index.json", version=version)
    body: dict[str, Any] = json.loads(path.read_text()) if path else {"data_version": version, "files": []}
    return mark_cacheable(JsonResponse(body), etag=quote_etag(f"{version}-index-{len(body['files'])}"))


@require_safe
def datapackage(request: HttpRequest) -> HttpResponseBase:
    """``/downloads/datapackage.json``: what every file and column means."""
    version = get_data_version()
    body = build_package(EXPORTS, name="departmental-budgets", version=str(version))
    return mark_cacheable(
        JsonResponse(body, json_dumps_params={"ensure_ascii": False}), etag=quote_etag(f"{version}-package")
    )
