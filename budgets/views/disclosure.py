"""One department, one year: the page that answers how much, what for, and whether it adds up."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from budgets.charts import CHARTS
from budgets.models import Disclosure
from budgets.registries import find_panels
from budgets.sections.agency import make_agency
from budgets.sections.band import make_band
from budgets.sections.change import make_changes
from budgets.sections.checks import group_by_cause
from budgets.sections.execution import make_execution
from budgets.sections.flow import make_flow
from budgets.sections.opening import make_figures, make_lede
from budgets.sections.overview_tables import make_economic, make_functions
from budgets.sections.page import DisclosurePage
from budgets.sections.three_public import make_three_public
from budgets.sections.trend import make_trend
from budgets.tree import read_view
from budgets.views.answers import page
from budgets.views.lookup import get_disclosure


def make_crumbs(disclosure: Disclosure, *more: tuple[Any, str]) -> list[tuple[Any, str]]:
    """This will make the way back from a disclosure; ``more`` are the steps below it."""
    department = disclosure.department
    here = _("%(year)s年%(stage)s") % {
        "year": disclosure.fiscal_year,
        "stage": disclosure.get_stage_display(),
    }
    crumbs = [
        (_("首页"), reverse("pages:home")),
        (department.region.name, reverse("pages:region", args=[department.region.slug])),
        (department.name, reverse("pages:department", args=[department.slug])),
        (here, address_of(disclosure) if more else ""),
    ]
    return [*crumbs, *more]


def address_of(disclosure: Disclosure) -> str:
    """This will return the address of a disclosure's page."""
    stage = disclosure.stage.replace("_", "-")
    return reverse("pages:disclosure", args=[disclosure.department.slug, disclosure.fiscal_year, stage])


@page
def show_disclosure(request: HttpRequest, slug: str, year: int, stage: str) -> HttpResponse:
    """This will show the page of a disclosure."""
    disclosure = get_disclosure(request, slug, year, stage)
    this = DisclosurePage(request, disclosure)
    view = read_view(request.GET.dict())
    context = {
        "page": this,
        "disclosure": disclosure,
        "department": disclosure.department,
        "crumbs": make_crumbs(disclosure),
        "siblings": [(each, address_of_sibling(this, each)) for each in this.siblings],
        "lede": make_lede(this),
        "figures": make_figures(this),
        "flow": make_flow(this),
        "functions": make_functions(this, view),
        "economic": make_economic(this, view),
        "three_public": make_three_public(this),
        "changes": make_changes(this),
        "trend": make_trend(this),
        "execution": make_execution(this),
        "agency": make_agency(this),
        "causes": group_by_cause(this),
        "panels": find_panels("disclosure", request, disclosure),
        "band": make_band(this),
        "stage_slug": disclosure.stage_slug,
        "source_line": say_source(disclosure),
        "tags": make_tags(disclosure),
        **{
            f"{name.split('-')[0]}_chart": this.addresses.chart(name, query=this.tell_query())
            for name in CHARTS
        },
    }
    return render(request, "budgets/disclosure.html", context)


def say_source(disclosure: Disclosure) -> str:
    """This will name the source of a chart in one line."""
    return _("来源：%(who)s %(year)s年%(stage)s公开文件") % {
        "who": disclosure.department.name,
        "year": disclosure.fiscal_year,
        "stage": disclosure.get_stage_display(),
    }


def make_tags(disclosure: Disclosure) -> list[tuple[str, str]]:
    """This will make the tags beside the title: a budget unit, an invented sample."""
    tags = [(_("单位"), "")] if disclosure.department.parent_id else []
    return [*tags, (_("虚构的示例"), "amber")] if disclosure.department.is_invented else tags


def address_of_sibling(this: DisclosurePage, sibling: Disclosure) -> str:
    """This will return the address of another year or stage without asking the database for its department."""
    stage = sibling.stage.replace("_", "-")
    return reverse("pages:disclosure", args=[this.disclosure.department.slug, sibling.fiscal_year, stage])


@page
def show_chart(request: HttpRequest, slug: str, year: int, stage: str, name: str) -> HttpResponse:
    """This will give the figure of one chart as plain JSON."""
    build = CHARTS.get(name)
    if build is None:
        raise Http404(name)
    figure = build(DisclosurePage(request, get_disclosure(request, slug, year, stage)))
    if figure is None:
        raise Http404(name)
    return JsonResponse(figure)


@page
def download_disclosure(request: HttpRequest, slug: str, year: int, stage: str) -> HttpResponse:
    """This will lead to the CSV of all figures of a disclosure."""
    disclosure = get_disclosure(request, slug, year, stage)
    return redirect(
        f"/downloads/amounts.csv?department={disclosure.department.slug}&year={year}&stage={disclosure.stage}"
    )
