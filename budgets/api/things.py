"""From models to what the API answers."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from budgets.api.schemas import (
    DepartmentOut,
    DisclosureDetail,
    DisclosureOut,
    RegionOut,
    RevisionOut,
    StatementOut,
)
from budgets.models import Department, Disclosure, Region, Revision, Statement
from budgets.models.vocabulary import Stage


def site_address(path: str) -> str:
    """Return the public address of a path."""
    return settings.SITE_URL.rstrip("/") + path


def disclosure_path(disclosure: Disclosure) -> str:
    """Return the path of a disclosure's page."""
    return (
        f"/departments/{disclosure.department.slug}/{disclosure.fiscal_year}/{Stage(disclosure.stage).slug}/"
    )


def describe_region(region: Region, *, departments: int) -> RegionOut:
    """Return a region with its number of departments."""
    return RegionOut(
        slug=region.slug,
        name=region.name,
        name_en=region.name_en,
        code=region.code,
        parent=region.parent.slug if region.parent else None,
        departments=departments,
        address=site_address(f"/regions/{region.slug}/"),
    )


def describe_department(department: Department) -> DepartmentOut:
    """Return a department; region, parent and aliases are loaded."""
    return DepartmentOut(
        slug=department.slug,
        name=department.name,
        region=department.region.slug,
        scope=department.scope,
        parent=department.parent.slug if department.parent else None,
        aliases=sorted(alias.name for alias in department.aliases.all()),
        is_invented=department.is_invented,
        address=site_address(f"/departments/{department.slug}/"),
    )


def disclosure_fields(disclosure: Disclosure) -> dict[str, Any]:
    """Return the fields that the list and the detail of a disclosure share."""
    department = disclosure.department
    return {
        "id": disclosure.pk,
        "department": department.slug,
        "department_name": department.name,
        "region": department.region.slug,
        "scope": disclosure.scope,
        "fiscal_year": disclosure.fiscal_year,
        "stage": disclosure.stage,
        "revision": disclosure.current.number if disclosure.current else 0,
        "published_on": disclosure.published_on,
        "overview": disclosure.overview,
        "address": site_address(disclosure_path(disclosure)),
    }


def describe_disclosure(disclosure: Disclosure) -> DisclosureOut:
    """Return a disclosure as in lists."""
    return DisclosureOut(**disclosure_fields(disclosure))


def describe_statement(statement: Statement, *, disclosure: Disclosure) -> StatementOut:
    """Return one statement."""
    return StatementOut(
        position=statement.position,
        statement=statement.key,
        title=statement.title,
        unit=statement.unit,
        declared_empty=statement.declared_empty,
        rows=statement.row_count,
        pages=statement.pages,
        columns=statement.columns,
        address=site_address(f"{disclosure_path(disclosure)}{statement.slug}/"),
    )


def describe_revision(revision: Revision, *, disclosure: Disclosure) -> RevisionOut:
    """Return one revision with its unchanging address and its pack."""
    stem = f"{disclosure.department.slug}-{disclosure.fiscal_year}-{Stage(disclosure.stage).slug}-r{revision.number}"
    return RevisionOut(
        number=revision.number,
        published_at=revision.published_at,
        note=revision.note,
        withdrawn_at=revision.withdrawn_at,
        withdrawn_reason=revision.withdrawn_reason,
        documents=sorted(document.sha256 for document in revision.documents.all()),
        address=site_address(f"{disclosure_path(disclosure)}revisions/{revision.number}/"),
        pack=site_address(f"/downloads/{stem}.zip"),
    )


def describe_fully(disclosure: Disclosure) -> DisclosureDetail:
    """Return a disclosure with its statements and all its revisions."""
    return DisclosureDetail(
        **disclosure_fields(disclosure),
        statements=[describe_statement(item, disclosure=disclosure) for item in disclosure.statements.all()],
        revisions=[
            describe_revision(item, disclosure=disclosure)
            for item in disclosure.revisions.defer("snapshot").prefetch_related("documents")
        ],
    )
