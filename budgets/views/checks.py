"""The checks of one disclosure in public: questions first, then everything that was compared."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from budgets.addresses import with_query
from budgets.models import CheckResult
from budgets.registries import find_panels
from budgets.sections.band import make_band
from budgets.sections.checks import ORDER, group_by_cause, make_check_table, say_finding
from budgets.sections.page import DisclosurePage
from budgets.views.answers import page
from budgets.views.disclosure import make_crumbs
from budgets.views.lookup import get_disclosure
from budgets.views.statement import read_page_number

ROWS = 50
"""Checks on one page of the list."""


@page
def show_checks(request: HttpRequest, slug: str, year: int, stage: str) -> HttpResponse:
    """This will show what does not add up, grouped by cause, and all that was checked (``?outcome=``)."""
    this = DisclosurePage(request, get_disclosure(request, slug, year, stage))
    results = list(CheckResult.objects.filter(disclosure=this.disclosure))
    outcome, number = request.GET.get("outcome", ""), read_page_number(request)
    slugs = {statement.slug: statement for statement in this.statements}
    chosen = [result for result in results if outcome in {"", result.outcome}]
    chosen.sort(key=lambda result: ORDER.index(result.outcome))
    shown = [say_finding(this, result, slugs) for result in chosen[(number - 1) * ROWS : number * ROWS]]
    pages = range(1, -(-len(chosen) // ROWS) + 1)
    context: dict[str, Any] = {
        "page": this,
        "disclosure": this.disclosure,
        "department": this.disclosure.department,
        "crumbs": make_crumbs(this.disclosure, (_("核对"), "")),
        "counts": count_outcomes(results),
        "total": len(results),
        "causes": group_by_cause(this),
        "outcome": outcome,
        "table": make_check_table(shown) if shown else None,
        "pages": [(n, with_query(request, page=n if n > 1 else None), n == number) for n in pages],
        "csv": f"{request.path.rstrip('/')}.csv",
        "panels": find_panels("checks", request, this.disclosure),
        "band": make_band(this),
    }
    return render(request, "budgets/checks.html", context)


def count_outcomes(results: list[CheckResult]) -> list[dict[str, Any]]:
    """This will count results by outcome, in a fixed order, with their share of all."""
    counted = []
    for outcome in ORDER:
        found = [result for result in results if result.outcome == outcome]
        if found:
            label = found[0].get_outcome_display()
            counted.append({"key": outcome, "label": label, "count": len(found)})
    return counted


@page
def download_checks(request: HttpRequest, slug: str, year: int, stage: str) -> HttpResponse:
    """This will lead to the CSV of one disclosure's checks."""
    disclosure = get_disclosure(request, slug, year, stage)
    return redirect(
        f"/downloads/checks.csv?department={disclosure.department.slug}&year={year}&stage={disclosure.stage}"
    )
