"""Who may open a page of the desk: signed in, with the permission, for a document of one's own departments."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from intake import permissions
from intake.models import Upload

View = Callable[..., HttpResponse]


def needs(permission: str) -> Callable[[View], View]:
    """Return a decorator that answers 403 to whoever lacks the permission."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied(_("您的角色不能做这一步。请联系管理员。"))
            return view(request, *args, **kwargs)

        checked.permission = permission  # type: ignore[attr-defined]
        return checked

    return decorate


def get_upload(request: HttpRequest, pk: int) -> Upload:
    """Return an upload the user may know of; anything else does not exist for them (404)."""
    return get_object_or_404(permissions.for_user(request.user), pk=pk)


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, title: str, status: int = 200
) -> HttpResponse:
    """Return a page of the desk in the admin's frame."""
    return render(
        request, template, {**admin.site.each_context(request), "title": title, **context}, status=status
    )
