"""One revision of a disclosure: an address that never changes, drawn from the snapshot alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from budgets.models import Disclosure, Revision
from budgets.sections.page import DisclosurePage
from budgets.sections.revision import make_revision
from budgets.views.answers import page
from budgets.views.disclosure import make_crumbs
from budgets.views.lookup import NotPublished, get_department, get_revision


@page
def show_revision(request: HttpRequest, slug: str, year: int, stage: str, number: int) -> HttpResponse:
    """This will show one revision whole; a withdrawn one keeps its address and says so."""
    department = get_department(request, slug)
    disclosure = Disclosure.objects.filter(
        department=department, fiscal_year=year, stage=stage.replace("-", "_")
    ).first()
    if disclosure is None:
        raise NotPublished(department, year=year, stage=stage.replace("-", "_"))
    disclosure.department = department
    revision = get_revision(disclosure, number)
    others = Revision.objects.filter(disclosure=disclosure).defer("snapshot").order_by("-number")
    this = DisclosurePage(request, disclosure)
    label = _("第 %(n)s 版") % {"n": revision.number}
    context = {
        "page": this,
        "disclosure": disclosure,
        "department": department,
        "revision": revision,
        "others": list(others),
        "documents": list(revision.documents.all()),
        "crumbs": make_crumbs(disclosure, (label, "")),
        **make_revision(this, revision),
    }
    return render(request, "budgets/revision.html", context)
