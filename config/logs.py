"""Logs as one JSON object a line (or plain text for people), without readers' addresses or queries."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

QUIET = ("/healthz", "/readyz", "/metrics", "/static/")
requests_log = logging.getLogger("site.requests")


def leave_out_request(logger: object, name: str, event: dict[str, Any]) -> dict[str, Any]:
    """This will drop the request object that Django attaches: its text holds what readers searched for."""
    event.pop("request", None)
    return event


SHARED_STEPS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    leave_out_request,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def build_logging(*, form: str, level: str) -> dict[str, Any]:
    """This will build Django's LOGGING: everything to standard error, JSON unless ``form`` is text."""
    renderer = (
        structlog.dev.ConsoleRenderer(colors=False)
        if form == "text"
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": SHARED_STEPS,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"site": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "site"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "procrastinate": {"level": "WARNING"},
            "axes": {"level": "WARNING"},
        },
    }


class RequestLog:
    """Middleware: one line a request with what an operator needs; no address, no search words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request and write its line."""
        started = time.perf_counter()
        response = self.get_response(request)
        if not request.path.startswith(QUIET) and requests_log.isEnabledFor(logging.INFO):
            facts = {
                "method": request.method,
                "path": request.path,
                "status": response.status_code,
                "milliseconds": round(1000 * (time.perf_counter() - started), 1),
            }
            requests_log.info("request", extra=facts)
        return response
