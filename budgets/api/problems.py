"""Errors of the API as problem details (RFC 9457)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError

from budgets.exports.export import BadFilter
from budgets.views.downloads import problem


class Problem(Schema):
    """What went wrong, in Chinese and English."""

    type: str
    title: str
    status: int
    detail: str
    detail_en: str


def describe_errors(errors: list[dict[str, Any]]) -> str:
    """Return validation errors as one readable line: parameter, then what is expected of it."""
    return "; ".join(
        f"{'.'.join(str(part) for part in error['loc'][1:])}: {error['msg']}" for error in errors
    )


def add_handlers(api: NinjaAPI) -> None:
    """Answer every error of this API as problem details."""

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        detail = describe_errors(error.errors)
        return problem(
            400, "Bad request", f"参数无法理解：{detail}", f"A parameter cannot be understood: {detail}"
        )

    @api.exception_handler(BadFilter)
    def bad_filter(request: HttpRequest, error: BadFilter) -> HttpResponse:
        return problem(400, "Bad request", error.message, error.message_en)

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(404, "Not found", f"没有找到：{error}。", f"Not found: {error}.")
