"""Conditional answers: what the API says changes only when something is published."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from budgets.models import DataVersion


def conditional(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 304 without running the view where the reader's copy is of the current data version."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        version = DataVersion.objects.filter(pk=1).first()
        etag = quote_etag(f"api-{version.number if version else 0}")
        modified = int(version.changed_at.timestamp()) if version else None
        response = get_conditional_response(request, etag=etag, last_modified=modified)
        if response is None:
            response = view(request, *args, **kwargs)
        if response.status_code in (200, 304):
            response["ETag"] = etag
            if modified is not None:
                response["Last-Modified"] = http_date(modified)
            response["Cache-Control"] = "public, max-age=0, s-maxage=300"
        return response

    return wrapped


class CrossOriginMiddleware:
    """Let any page read the API and the downloads (CORS); nothing there needs a cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer preflights and mark answers under /api/ and /downloads/."""
        if not request.path.startswith(("/api/", "/downloads/")):
            return self.get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            response = HttpResponse(status=204)
            response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
            response["Access-Control-Max-Age"] = "86400"
        else:
            response = self.get_response(request)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
        return response
