"""What the API answers."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from ninja import Schema
from pydantic import Field


class RegionOut(Schema):
    """A place with a treasury of its own."""

    slug: str
    name: str
    name_en: str
    code: str
    parent: str | None
    departments: int
    address: str


class DepartmentOut(Schema):
    """A department or budget unit."""

    slug: str
    name: str
    region: str
    scope: str
    parent: str | None
    aliases: list[str]
    is_invented: bool
    address: str


class RevisionOut(Schema):
    """One publication of a disclosure; its address never changes."""

    number: int
    published_at: datetime.datetime
    note: str
    withdrawn_at: datetime.datetime | None
    withdrawn_reason: str
    documents: list[str] = Field(description="SHA-256 of the source documents")
    address: str
    pack: str


class StatementOut(Schema):
    """One table of the current revision."""

    position: int
    statement: str
    title: str
    unit: str
    declared_empty: bool
    rows: int
    pages: list[int]
    columns: list[dict[str, Any]]
    address: str


class DisclosureOut(Schema):
    """What one department published for one year and stage."""

    id: int
    department: str
    department_name: str
    region: str
    scope: str
    fiscal_year: int
    stage: str
    revision: int
    published_on: datetime.date | None
    overview: dict[str, Any]
    address: str


class DisclosureDetail(DisclosureOut):
    """A disclosure with its statements and revisions."""

    statements: list[StatementOut]
    revisions: list[RevisionOut]


class HitOut(Schema):
    """One thing found."""

    kind: str
    title: str
    note: str
    address: str


class AggregateOut(Schema):
    """One group of a sum over departments."""

    group: str
    name: str
    yuan: Decimal
    departments: int = Field(description="How many departments the sum is over")


class Aggregates(Schema):
    """Sums of canonical leaves, and over how many departments of how many that published."""

    data_version: int
    by: str
    departments: int
    departments_published: int
    rows: list[AggregateOut]


class Regions(Schema):
    """All regions."""

    data_version: int
    rows: list[RegionOut]


class Departments(Schema):
    """One page of departments."""

    data_version: int
    rows: list[DepartmentOut]
    next: str | None


class Disclosures(Schema):
    """One page of disclosures."""

    data_version: int
    rows: list[DisclosureOut]
    next: str | None


class Statements(Schema):
    """The statements of one disclosure."""

    data_version: int
    rows: list[StatementOut]


class Hits(Schema):
    """What a search found."""

    query: str
    rows: list[HitOut]
