"""The document behind a figure: its page with the cell outlined, or its lines; whose, when, which hash."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from budgets.page_images import NoSuchPage, get_page_png
from budgets.registries import find_panels
from budgets.sections.page import DisclosurePage
from budgets.sections.source import is_open, read_source
from budgets.views.answers import page
from budgets.views.disclosure import make_crumbs
from budgets.views.lookup import get_disclosure

WIDTH = 1600


@page
def show_source(request: HttpRequest, slug: str, year: int, stage: str) -> HttpResponse:
    """This will show where a figure stands."""
    this = DisclosurePage(request, get_disclosure(request, slug, year, stage))
    source = read_source(this)
    context = {
        "page": this,
        "disclosure": this.disclosure,
        "department": this.disclosure.department,
        "source": source,
        "documents": list(this.revision.documents.all()),
        "crumbs": make_crumbs(this.disclosure, (_("原件"), "")),
        "panels": find_panels("source", request, this.disclosure),
    }
    return render(request, "budgets/source.html", context)


@page
def show_page(request: HttpRequest, slug: str, year: int, stage: str, sha: str, number: int) -> HttpResponse:
    """This will give the image of one page of a published original."""
    disclosure = get_disclosure(request, slug, year, stage)
    document = DisclosurePage(request, disclosure).revision.documents.filter(sha256__startswith=sha).first()
    if document is None or not is_open(document):
        raise Http404(sha)
    try:
        image = get_page_png(document, page=number, width=WIDTH)
    except NoSuchPage as missing:
        raise Http404(str(number)) from missing
    return HttpResponse(image, content_type="image/png")
