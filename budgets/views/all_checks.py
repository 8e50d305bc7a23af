"""``/checks/``: what was checked on the whole site, with filters; and what each check asks."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from budgets.addresses import with_query
from budgets.checks_catalogue import FAMILIES, RULES, TOLERANCE, get_rule
from budgets.exports.export import BadFilter
from budgets.exports.sql import read_filters
from budgets.formatting import format_number
from budgets.models import CheckResult, Explanation
from budgets.models.vocabulary import Outcome, Stage
from budgets.registries import EXPORTS
from budgets.tables import BudgetTable, FigureColumn, TextColumn
from budgets.views.downloads import problem, serve_export

PAGE = 50


class ResultTable(BudgetTable):
    """Results of checks over the site."""

    question = TextColumn(verbose_name=lazy("问题"))
    difference = FigureColumn(verbose_name=lazy("相差"))


def find_results(params: dict[str, str]) -> QuerySet[CheckResult]:
    """Return the results that an address asks for; mismatches unless it says otherwise."""
    results = CheckResult.objects.select_related("disclosure__department__region")
    outcome = params.get("outcome", Outcome.MISMATCH.value)
    if outcome in Outcome.values:
        results = results.filter(outcome=outcome)
    if region := params.get("region"):
        results = results.filter(disclosure__department__region__slug=region)
    if (year := params.get("year", "")).isdigit() and year.isascii() and len(year) == 4:
        results = results.filter(disclosure__fiscal_year=int(year))
    if code := params.get("check"):
        results = results.filter(check_code=code)
    return results


def show_all_checks(request: HttpRequest) -> HttpResponse:
    """Show the filtered results, the counts, and the catalogue of checks."""
    params = {key: str(value).replace("\x00", "") for key, value in request.GET.items()}
    counts = dict(CheckResult.objects.values_list("outcome").annotate(Count("pk")))
    number = params.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and 0 < len(number) < 6 else 1
    found = list(
        find_results(params).order_by("-disclosure__fiscal_year", "disclosure_id", "position")[
            (page - 1) * PAGE : page * PAGE + 1
        ]
    )
    outcome = params.get("outcome", Outcome.MISMATCH.value)
    context = {
        "crumbs": [(_("首页"), reverse("pages:home")), (_("核对"), "")],
        "total": sum(counts.values()),
        "counts": {key: counts.get(key, 0) for key in Outcome.values},
        "disclosures": CheckResult.objects.values("disclosure").distinct().count(),
        "outcomes": [
            {
                "label": Outcome(value).label,
                "count": counts.get(value, 0),
                "url": "" if value == outcome else with_query(request, outcome=value, page=None),
            }
            for value in Outcome.values
        ],
        "table": make_table(found[:PAGE]) if found else None,
        "next_url": with_query(request, page=page + 1) if len(found) > PAGE else "",
        "previous_url": with_query(request, page=page - 1) if page > 1 else "",
        "families": list_rules(),
        "tolerance": TOLERANCE[1 if get_language() == "en" else 0],
        "csv_url": reverse("questions:checks-csv")
        + (with_query(request) if request.GET else "?outcome=mismatch"),
        "check": get_rule(params["check"]) if params.get("check") else None,
    }
    return render(request, "questions/checks.html", context)


def make_table(results: list[CheckResult]) -> ResultTable:
    """Return the table of results; each leads to its disclosure's checks, with the publisher's explanation."""
    in_english = get_language() == "en"
    explained = {
        (each.disclosure_id, each.cause): each.text
        for each in Explanation.objects.filter(disclosure__in={result.disclosure_id for result in results})
    }
    return ResultTable(
        [describe(result, explained, in_english=in_english) for result in results],
        id="results",
        caption=_("核对结果"),
    )


def describe(
    result: CheckResult, explained: dict[tuple[int, str], str], *, in_english: bool
) -> dict[str, Any]:
    """Return one row."""
    disclosure = result.disclosure
    stage = Stage(disclosure.stage)
    url = reverse(
        "pages:disclosure_checks", args=[disclosure.department.slug, disclosure.fiscal_year, stage.slug]
    )
    explanation = explained.get((result.disclosure_id, result.cause), "")
    said = (
        format_html('<span class="list__note">{}{}</span>', _("发布单位的说明："), explanation)
        if explanation
        else ""
    )
    name = _("%(name)s %(year)s年%(stage)s") % {
        "name": disclosure.department.name,
        "year": disclosure.fiscal_year,
        "stage": stage.label,
    }
    difference = "" if result.difference is None else f"{format_number(result.difference)} {result.unit}"
    return {
        "question": format_html(
            '{}<span class="list__note"><a href="{}">{}</a> {}</span>{}',
            (result.message_en if in_english else "") or result.message,
            url,
            name,
            disclosure.department.region.name,
            said,
        ),
        "difference": difference,
    }


def list_rules() -> list[dict[str, Any]]:
    """Return the catalogue by family in the reader's language, with how each check came out on this site."""
    index = 1 if get_language() == "en" else 0
    counts: dict[str, dict[str, int]] = {}
    for code, outcome, number in CheckResult.objects.values_list("check_code", "outcome").annotate(
        Count("pk")
    ):
        counts.setdefault(code, {})[outcome] = number
    families = []
    for key, name in FAMILIES.items():
        rules = [
            {
                "code": rule.code,
                "title": rule.title[index],
                "identity": rule.identity[index],
                "why": rule.why[index],
                "source": rule.source[index],
                "counts": counts.get(rule.code, {}),
                "total": sum(counts.get(rule.code, {}).values()),
            }
            for rule in RULES
            if rule.family == key
        ]
        if rules:
            families.append({"name": name[index], "rules": rules})
    return families


def download_checks(request: HttpRequest) -> HttpResponse:
    """Give the filtered results as CSV."""
    export = EXPORTS["checks"]
    given = {key: str(value) for key, value in request.GET.items() if key != "page"}
    given.setdefault("outcome", Outcome.MISMATCH.value)
    try:
        filters = read_filters(export, given)
    except BadFilter as error:
        return problem(400, "Unknown filter", error.message, error.message_en)
    return serve_export(request, export, kind="csv", filters=filters, filename="checks.csv")  # type: ignore[return-value]
