"""What every page view has in common: former addresses redirect, what is missing says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from budgets.models import Disclosure, Revision
from budgets.views.lookup import Moved, NotPublished

View = Callable[..., HttpResponse]


def page(view: View) -> View:
    """This will wrap a view so that it need not handle moved departments and unpublished years."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Moved as moved:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(moved.url + (f"?{query}" if query else ""))
        except NotPublished as missing:
            return show_not_published(request, missing)

    return answer


def show_not_published(request: HttpRequest, missing: NotPublished) -> HttpResponse:
    """This will say that this year is not on the site, and which years are."""
    others = Disclosure.objects.filter(department=missing.department, current__isnull=False)
    withdrawn = (
        Revision.objects.filter(
            disclosure__department=missing.department,
            disclosure__fiscal_year=missing.year,
            disclosure__stage=missing.stage,
            withdrawn_at__isnull=False,
        )
        .defer("snapshot")
        .select_related("disclosure")
        .order_by("-number")
        .first()
    )
    context = {
        "department": missing.department,
        "year": missing.year,
        "stage": missing.stage,
        "others": others,
        "withdrawn": withdrawn,
    }
    return render(request, "budgets/not_published.html", context, status=404)
