"""``/search/?q=``: departments, documents, codes, projects and indicators by any word."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from budgets.addresses import with_query
from budgets.registries import SEARCHED
from budgets.search.find import CANDIDATES, find

PAGE = 30


def show_search(request: HttpRequest) -> HttpResponse:
    """Show what is found, best first, with how many there are of each kind."""
    query = request.GET.get("q", "")[:100].replace("\x00", "").strip()
    kinds = {source.kind: source.label for source in SEARCHED}
    kind = request.GET.get("kind") if request.GET.get("kind") in kinds else None
    number = request.GET.get("page", "1")
    page = (
        max(1, min(int(number), CANDIDATES // PAGE))
        if number.isascii() and number.isdigit() and len(number) < 5
        else 1
    )
    found = find(query, kind=kind, limit=PAGE, offset=(page - 1) * PAGE)
    facets = [
        {
            "label": _("全部"),
            "count": sum(found.counts.values()),
            "url": with_query(request, kind=None, page=None),
            "current": kind is None,
        }
    ]
    facets += [
        {
            "label": label,
            "count": found.counts[key],
            "url": with_query(request, kind=key, page=None),
            "current": kind == key,
        }
        for key, label in kinds.items()
        if found.counts.get(key)
    ]
    context = {
        "query": query,
        "found": found,
        "hits": [{"kind": kinds.get(key, key), "hit": hit} for key, hit in found.hits],
        "facets": facets,
        "more_than": CANDIDATES if found.is_capped else None,
        "next_url": with_query(request, page=page + 1) if found.total > page * PAGE else "",
        "previous_url": with_query(request, page=page - 1) if page > 1 else "",
        "hide_masthead_search": True,
        "crumbs": [(_("首页"), reverse("pages:home")), (_("搜索"), "")],
    }
    return render(request, "questions/search.html", context)
