"""``/embed/…``: one chart with its table and source line, for other sites to frame."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from budgets.charts import CHARTS
from budgets.sections.overview_tables import make_economic, make_functions
from budgets.sections.page import DisclosurePage
from budgets.sections.three_public import make_three_public
from budgets.tree import read_view
from budgets.views.answers import page
from budgets.views.disclosure import address_of
from budgets.views.lookup import get_disclosure


def list_titles() -> dict[str, Any]:
    """Return the question of each chart that can be framed."""
    return {
        "flow": _("钱从哪里来，到哪里去？"),
        "functions": _("钱花在哪里？"),
        "economic": _("基本支出买了什么？"),
        "three-public": _("“三公”经费多少？"),
        "trend": _("几年来怎么变？"),
    }


@csp_replace({"frame-ancestors": ["*"]})
@page
def show_embed(request: HttpRequest, slug: str, year: int, stage: str, name: str) -> HttpResponse:
    """Show one chart of a disclosure, framed by anybody, with where it comes from."""
    titles = list_titles()
    if name not in CHARTS or name not in titles:
        raise Http404(name)
    this = DisclosurePage(request, get_disclosure(request, slug, year, stage))
    makers = {"functions": make_functions, "economic": make_economic}
    part: Any = makers[name](this, read_view(request.GET.dict())) if name in makers else None
    if name == "three-public":
        part = make_three_public(this)
    context = {
        "page": this,
        "disclosure": this.disclosure,
        "department": this.disclosure.department,
        "title": titles[name],
        "table": find_table(part),
        "chart_url": this.addresses.chart(name),
        "back": address_of(this.disclosure),
    }
    response = render(request, "questions/embed.html", context)
    response.xframe_options_exempt = True
    return response


def find_table(part: Any) -> Any:
    """Return the table of a section, wherever it keeps it; None where the section has none."""
    if isinstance(part, dict):
        return part.get("table")
    return getattr(part, "table", None)
