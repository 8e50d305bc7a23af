"""The projects of one disclosure, and each of them on its own page."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from budgets.addresses import get_addresses, with_query
from budgets.exports.sql import read_filters
from budgets.formatting import find_share, get_unit
from budgets.models import Disclosure, Statement
from budgets.registries import EXPORTS
from budgets.sections.band import make_band
from budgets.sections.page import DisclosurePage
from budgets.views.answers import page
from budgets.views.disclosure import make_crumbs, say_source
from budgets.views.downloads import serve_export
from budgets.views.lookup import get_disclosure
from budgets.views.statement import show_statement
from performance.charts import build_projects
from performance.models import Indicator, Project, ProjectGroup
from performance.sections import describe_cost, list_questions, make_unit_costs, read_last_year, read_ratios
from performance.summary import DIMENSIONS, Portfolio, read_portfolio, tally
from performance.tables import (
    make_dimension_table,
    make_groups_table,
    make_indicator_table,
    make_projects_table,
    place_url,
)
from performance.unit_cost import UnitCost, find_unit_cost
from performance.words import CATEGORY_NAMES, DIMENSION_NAMES, GAP_NAMES, RULE_TEXTS

SORTS = ("amount", "name", "promises", "words")


def is_english() -> bool:
    """Return whether the page is read in English."""
    return (get_language() or "").startswith("en")


@page
def show_projects(request: HttpRequest, slug: str, year: int, stage: str) -> HttpResponse:
    """This will show what the money of one year is promised for.

    Where the document prints a table 项目支出表 but nothing more of its projects, that table is the page.
    """
    disclosure = get_disclosure(request, slug, year, stage)
    printed = Statement.objects.filter(disclosure=disclosure, slug="projects").exists()
    portfolio = read_portfolio(disclosure)
    if printed and (request.GET.get("view") == "table" or not (portfolio.projects or portfolio.departments)):
        return show_statement(request, slug, year, stage, "projects")
    this = DisclosurePage(request, disclosure)
    groups = list(ProjectGroup.objects.filter(is_active=True))
    bought = portfolio.bought(groups)
    sort = request.GET.get("sort") if request.GET.get("sort") in SORTS else "amount"
    sorts = {key: with_query(request, sort=None if key == "amount" else key) for key in SORTS}
    base, unit = this.addresses.base, this.unit
    costs, refused = make_unit_costs(portfolio, base=base, unit=unit)
    context = {
        "page": this,
        "disclosure": disclosure,
        "department": disclosure.department,
        "portfolio": portfolio,
        "crumbs": make_crumbs(disclosure, (_("项目与承诺"), "")),
        "table": make_projects_table(portfolio, base=base, unit=unit, sort=sort or "amount", sorts=sorts)
        if portfolio.projects
        else None,
        "dimensions": make_dimension_table(portfolio) if portfolio.indicators else None,
        "groups": make_groups_table(portfolio, bought, base=base, unit=unit, english=is_english())
        if bought
        else None,
        "personnel": next((one for one in bought if one.with_personnel is not None), None),
        "personnel_share": find_share(portfolio.personnel, portfolio.whole),
        "gaps": [{"name": GAP_NAMES[gap.kind], "gap": gap} for gap in portfolio.gaps],
        "costs": costs,
        "refused": refused,
        "ratios": read_ratios(disclosure, unit=unit),
        "questions": list_questions(portfolio, base=base),
        "peers": compare_with_peers(portfolio),
        "top": [
            (number, portfolio.top_share(number)) for number in (6, 8) if len(portfolio.projects) > number
        ],
        "has_printed_table": printed,
        "chart": f"{base}projects/chart.json" + (f"?unit={unit.key}" if unit.key != "wan" else ""),
        "csv": reverse("performance:projects-csv", args=[slug, year, stage]),
        "source_line": say_source(disclosure),
        "band": make_band(this),
    }
    return render(request, "performance/projects.html", context)


def compare_with_peers(portfolio: Portfolio) -> dict[str, Any] | None:
    """This will say where the department stands among those of the same year and stage that print indicators."""
    disclosure = portfolio.disclosure
    own = portfolio.tally.measurable
    if own is None:
        return None
    rows = (
        Indicator.objects.of_projects()
        .filter(fiscal_year=disclosure.fiscal_year, stage=disclosure.stage)
        .values("disclosure_id")
        .annotate(count=Count("pk"), words=Count("pk", filter=Q(operator="qualitative")))
    )
    shares = {
        row["disclosure_id"]: Decimal(row["count"] - row["words"]) * 100 / row["count"]
        for row in rows
        if row["count"]
    }
    published = Disclosure.objects.filter(
        fiscal_year=disclosure.fiscal_year, stage=disclosure.stage, current__isnull=False
    ).count()
    better = sum(share > own for share in shares.values())
    ordered = sorted(shares.values())
    median = ordered[len(ordered) // 2] if ordered else None
    return {"rank": better + 1, "of": len(shares), "published": published, "median": median}


@page
def show_chart(request: HttpRequest, slug: str, year: int, stage: str) -> HttpResponse:
    """This will give the picture of the largest projects."""
    disclosure = get_disclosure(request, slug, year, stage)
    figure = build_projects(
        read_portfolio(disclosure, amounts_only=True),
        base=get_addresses(disclosure).base,
        unit=get_unit(request),
    )
    if figure is None:
        raise Http404("projects")
    return JsonResponse(figure)


@page
def download_projects(request: HttpRequest, slug: str, year: int, stage: str) -> HttpResponse:
    """This will give the projects of one disclosure as CSV."""
    return _download(request, "projects", slug, year, stage)


@page
def download_project(request: HttpRequest, slug: str, year: int, stage: str, code: str) -> HttpResponse:
    """This will give the indicators of one project as CSV."""
    return _download(request, "indicators", slug, year, stage, project=code)


def _download(request: HttpRequest, name: str, slug: str, year: int, stage: str, **more: str) -> HttpResponse:
    export = EXPORTS[name]
    disclosure = get_disclosure(request, slug, year, stage)
    filters = read_filters(
        export,
        {"department": disclosure.department.slug, "year": str(year), "stage": disclosure.stage, **more},
    )
    answer: Any = serve_export(
        request, export, kind="csv", filters=filters, filename=f"{slug}-{year}-{stage}-{name}.csv"
    )
    return answer


@page
def show_project(request: HttpRequest, slug: str, year: int, stage: str, code: str) -> HttpResponse:
    """This will show one project: its money, its objective, its promises, and what one might ask."""
    disclosure = get_disclosure(request, slug, year, stage)
    project = Project.objects.filter(disclosure=disclosure, slug=code).with_promises().first()
    if project is None:
        raise Http404(code)
    this = DisclosurePage(request, disclosure)
    portfolio = read_portfolio(disclosure, amounts_only=True)
    indicators, hints = list(project.indicators.all()), list(project.hints.all())
    base = this.addresses.base
    context = {
        "page": this,
        "disclosure": disclosure,
        "department": disclosure.department,
        "project": project,
        "category": CATEGORY_NAMES.get(project.category, ""),
        "crumbs": make_crumbs(disclosure, (_("项目与承诺"), f"{base}projects/"), (project.name, "")),
        "source": place_url(base, project),
        "share": find_share(project.yuan, portfolio.whole) if project.kind == "project" else None,
        "rank": _find_rank(project, portfolio),
        "of": len(portfolio.projects),
        "tally": tally(indicators),
        "weights": sum((one.weight or Decimal(0) for one in indicators), Decimal(0)),
        "dimensions": _group(indicators, hints, base=base),
        "with_results": any(one.result for one in indicators),
        "paragraphs": split_paragraphs(project.objective),
        "results": split_paragraphs(project.result),
        **_make_cost(project, indicators, base=base),
        "hints": [
            {"text": hint.text, "rule": hint.rule, "title": RULE_TEXTS[hint.rule].title} for hint in hints
        ],
        "last": _make_last_year(project),
        "groups": [
            group for group in ProjectGroup.objects.filter(is_active=True) if group.holds(project.name)
        ],
        "english": is_english(),
        "csv": reverse("performance:project-csv", args=[slug, year, stage, project.slug]),
        "band": make_band(this),
    }
    return render(request, "performance/project.html", context)


def _make_cost(project: Project, indicators: list[Any], *, base: str) -> dict[str, Any]:
    cost = find_unit_cost(project, indicators) if project.kind == "project" else None
    return {
        "cost": cost,
        "cost_shown": describe_cost(cost, base=base) if isinstance(cost, UnitCost) else None,
    }


def _make_last_year(project: Project) -> dict[str, Any] | None:
    last = read_last_year(project)
    if last is None:
        return None
    return {**last, "url": f"{get_addresses(last['disclosure']).base}projects/{last['project'].slug}/"}


def split_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of an objective; 目标1, 目标2 … begin one each."""
    broken = re.sub(r"(?<=\S)\s*(目标\s*\d+\s*[:：])", r"\n\1", text)
    return [line.strip() for line in broken.split("\n") if line.strip()]


def _find_rank(project: Project, portfolio: Portfolio) -> int | None:
    if project.yuan is None or project.kind != "project":
        return None
    return 1 + sum((one.yuan or Decimal(-1)) > project.yuan for one in portfolio.projects)


def _group(indicators: list[Any], hints: list[Any], *, base: str) -> list[dict[str, Any]]:
    """Return a table for each dimension that the project has."""
    questions: dict[int, list[Any]] = {}
    for hint in hints:
        for position in hint.positions:
            questions.setdefault(position, []).append(hint)
    with_results = any(one.result for one in indicators)
    made = []
    for dimension in DIMENSIONS:
        members = [one for one in indicators if one.dimension == dimension]
        if members:
            name = DIMENSION_NAMES[dimension]
            table = make_indicator_table(
                members,
                name=f"d-{dimension}",
                caption=_("%(n)s 项，权重合计 %(weight)s")
                % {
                    "n": len(members),
                    "weight": f"{sum((one.weight or Decimal(0) for one in members), Decimal(0)).normalize():f}",
                }
                if any(one.weight for one in members)
                else _("%(n)s 项") % {"n": len(members)},
                base=base,
                questions=questions,
                with_results=with_results,
            )
            made.append({"name": name, "table": table, "key": dimension})
    return made
