"""Prometheus metrics, for who holds the token; for everybody else the address does not exist."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """This will answer with the metrics when ``METRICS_TOKEN`` is set and sent as a bearer token."""
    expected = f"Bearer {settings.METRICS_TOKEN}"
    sent = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not constant_time_compare(sent, expected):
        raise Http404
    response: HttpResponse = ExportToDjangoView(request)
    return response
