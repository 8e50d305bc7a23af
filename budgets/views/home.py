"""The first page: search, what is here, where the money goes, what is new, what does not add up."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from budgets.charts.overall import build_overall
from budgets.sections.home import make_home


def show_home(request: HttpRequest) -> HttpResponse:
    """This will show the first page."""
    return render(request, "budgets/home.html", make_home(request))


def show_home_chart(request: HttpRequest, name: str) -> HttpResponse:
    """This will give the figure of the first page's chart as plain JSON."""
    figure = build_overall(request) if name == "functions" else None
    if figure is None:
        raise Http404(name)
    return JsonResponse(figure)
