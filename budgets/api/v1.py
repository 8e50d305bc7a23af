"""The API itself: ``/api/v1/``."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest
from ninja import NinjaAPI, Path, Query
from ninja.decorators import decorate_view

from budgets.api import schemas
from budgets.api.aggregates import build_aggregates
from budgets.api.caching import conditional
from budgets.api.openapi import ProblemAPI
from budgets.api.paging import CURSOR_PATTERN, page_queryset
from budgets.api.problems import Problem, add_handlers
from budgets.api.rows import add_rows
from budgets.api.things import (
    describe_department,
    describe_disclosure,
    describe_fully,
    describe_region,
    describe_statement,
)
from budgets.exports.files import get_data_version
from budgets.models import Department, Disclosure, Region
from budgets.registries import EXPORTS, SEARCHED

Slug = Annotated[str | None, Query(pattern="^[a-zA-Z0-9_-]{1,120}$")]
Year = Annotated[int | None, Query(ge=1949, le=2199)]
StageName = Annotated[Literal["budget", "final_accounts"] | None, Query()]
Cursor = Annotated[
    str | None,
    Query(description="Continue after the page before (its value of next)", pattern=CURSOR_PATTERN),
]
Limit = Annotated[int, Query(ge=1, le=1000)]
Word = Annotated[str, Query(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f]+$")]
Identifier = Annotated[int, Path(ge=1, le=9_000_000_000)]
ERRORS: dict[int, Any] = {400: Problem}
MISSING: dict[int, Any] = {400: Problem, 404: Problem}


def published() -> QuerySet[Disclosure]:
    """Return the disclosures that are published now, with what their lists show."""
    return (
        Disclosure.objects.filter(current__isnull=False)
        .select_related("department__region", "current")
        .defer("current__snapshot")
    )


def build_api() -> NinjaAPI:
    """Return the API with every address, ready to be routed."""
    api = ProblemAPI(
        title="Departmental budgets and final accounts",
        version="1.0.0",
        description="Read-only. Amounts exactly as published by Chinese government departments, each with its place in the document.",
        docs_url=None,
        openapi_url="/openapi.json",
        urls_namespace="api-v1",
        servers=[{"url": settings.SITE_URL.rstrip("/")}],
    )
    add_handlers(api)
    add_places(api)
    add_disclosures(api)
    add_questions(api)
    for export in EXPORTS.values():
        if export.name != "departments":
            add_rows(api, export)
    return api


def add_places(api: NinjaAPI) -> None:
    """Add regions and departments."""

    @api.get("/regions", response={200: schemas.Regions}, tags=["places"], summary="Regions")
    @decorate_view(conditional)
    def list_regions(request: HttpRequest) -> Any:
        regions = Region.objects.select_related("parent").annotate(number=Count("departments")).order_by("pk")
        rows = [describe_region(region, departments=region.number) for region in regions]
        return {"data_version": get_data_version(), "rows": rows}

    @api.get(
        "/departments", response={200: schemas.Departments, **ERRORS}, tags=["places"], summary="Departments"
    )
    @decorate_view(conditional)
    def list_departments(
        request: HttpRequest, region: Slug = None, cursor: Cursor = None, limit: Limit = 100
    ) -> Any:
        departments = Department.objects.select_related("region", "parent").prefetch_related("aliases")
        if region:
            departments = departments.filter(region__slug=region)
        rows, following = page_queryset(departments, cursor=cursor, limit=limit)
        return {
            "data_version": get_data_version(),
            "rows": [describe_department(row) for row in rows],
            "next": following,
        }

    @api.get(
        "/departments/{department}",
        response={200: schemas.DepartmentOut, **MISSING},
        tags=["places"],
        summary="One department",
    )
    @decorate_view(conditional)
    def get_department(
        request: HttpRequest, department: Annotated[str, Path(pattern="^[a-zA-Z0-9_-]{1,120}$")]
    ) -> Any:
        found = (
            Department.objects.select_related("region", "parent")
            .prefetch_related("aliases")
            .filter(
                Q(slug=department)
                | Q(pk__in=Department.objects.filter(former_addresses__slug=department).values("pk"))
            )
            .first()
        )
        if found is None:
            raise Http404(f"department {department}")
        return describe_department(found)


def add_disclosures(api: NinjaAPI) -> None:
    """Add disclosures and their statements."""

    @api.get(
        "/disclosures",
        response={200: schemas.Disclosures, **ERRORS},
        tags=["disclosures"],
        summary="Disclosures",
    )
    @decorate_view(conditional)
    def list_disclosures(
        request: HttpRequest,
        region: Slug = None,
        department: Slug = None,
        year: Year = None,
        stage: StageName = None,
        cursor: Cursor = None,
        limit: Limit = 100,
    ) -> Any:
        given: dict[str, Any] = {
            "department__region__slug": region,
            "department__slug": department,
            "fiscal_year": year,
            "stage": stage,
        }
        disclosures = published().filter(**{key: value for key, value in given.items() if value is not None})
        rows, following = page_queryset(disclosures, cursor=cursor, limit=limit)
        return {
            "data_version": get_data_version(),
            "rows": [describe_disclosure(row) for row in rows],
            "next": following,
        }

    @api.get(
        "/disclosures/{disclosure}",
        response={200: schemas.DisclosureDetail, **MISSING},
        tags=["disclosures"],
        summary="One disclosure",
    )
    @decorate_view(conditional)
    def get_disclosure(request: HttpRequest, disclosure: Identifier) -> Any:
        return describe_fully(find_disclosure(disclosure))

    @api.get(
        "/disclosures/{disclosure}/statements",
        response={200: schemas.Statements, **MISSING},
        tags=["disclosures"],
        summary="Statements of one disclosure",
    )
    @decorate_view(conditional)
    def list_statements(request: HttpRequest, disclosure: Identifier) -> Any:
        found = find_disclosure(disclosure)
        rows = [describe_statement(item, disclosure=found) for item in found.statements.all()]
        return {"data_version": get_data_version(), "rows": rows}


def find_disclosure(number: int) -> Disclosure:
    """Return a published disclosure by its id. Raises: Http404."""
    found = published().filter(pk=number).first()
    if found is None:
        raise Http404(f"disclosure {number}")
    return found


def add_questions(api: NinjaAPI) -> None:
    """Add search and sums over departments."""

    @api.get("/search", response={200: schemas.Hits, **ERRORS}, tags=["questions"], summary="Search")
    @decorate_view(conditional)
    def search(
        request: HttpRequest,
        q: Word,
        kind: Annotated[str | None, Query(pattern=r"^[a-z_]{1,30}$")] = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> Any:
        rows = [
            {
                "kind": source.kind,
                "title": str(hit.title),
                "note": str(hit.note),
                "address": settings.SITE_URL.rstrip("/") + hit.url,
            }
            for source in SEARCHED
            if kind in (None, source.kind)
            for hit in source.search(q, limit)
        ]
        return {"query": q, "rows": rows}

    @api.get(
        "/aggregates",
        response={200: schemas.Aggregates, **ERRORS},
        tags=["questions"],
        summary="Sums over departments",
    )
    @decorate_view(conditional)
    def aggregates(
        request: HttpRequest,
        by: Annotated[Literal["code", "department", "region", "year"], Query()] = "code",
        scheme: Annotated[Literal["functional", "economic_dept"], Query()] = "functional",
        level: Annotated[Literal["class", "subclass", "item"], Query()] = "class",
        code: Annotated[str | None, Query(pattern=r"^[0-9]{3,9}$")] = None,
        year: Year = None,
        stage: Annotated[Literal["budget", "final_accounts"], Query()] = "budget",
        scope: Annotated[Literal["department", "unit"], Query()] = "department",
        region: Slug = None,
        measure: Annotated[str, Query(pattern=r"^[a-z_]{1,24}$")] = "total",
    ) -> Any:
        given: dict[str, Any] = {
            "by": by,
            "scheme": scheme,
            "level": level,
            "code": code,
            "year": year,
            "stage": stage,
            "scope": scope,
            "region": region,
            "measure": measure,
        }
        return {"data_version": get_data_version(), "by": by, **build_aggregates(**given)}
