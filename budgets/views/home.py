"""The first page: search, what is here, where the money goes, what is new, what does not add up."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from budgets.sections.home import make_home


def show_home(request: HttpRequest) -> HttpResponse:
    """This will show the first page."""
    return render(request, "budgets/home.html", make_home(request))
