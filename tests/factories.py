"""Things in the database, made the way the site makes them: regions, departments, published disclosures."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.db import transaction

from budgets.actions import publish_revision
from budgets.models import Department, Disclosure, Region, Revision, SourceDocument
from intake import checks
from intake.parsing.draft import Draft
from intake.parsing.draft_json import finding_to_json, to_json
from performance.actions import publish_projects
from tests.drafts import make_draft, make_lhasa_draft

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def make_user(name: str = "officer", **fields: Any) -> Any:
    """This will make a user with the password ``correct horse``."""
    return get_user_model().objects.create_user(username=name, password="correct horse", **fields)


def make_region(slug: str = "lhasa", name: str = "拉萨市", **fields: Any) -> Region:
    """This will get or make a region."""
    return Region.objects.get_or_create(slug=slug, defaults={"name": name, **fields})[0]


def make_department(
    slug: str = "lhasa-xingzhengshenpi", name: str = "拉萨市行政审批和便民服务局", **fields: Any
) -> Department:
    """This will get or make a department, in Lhasa unless a region is given."""
    fields.setdefault("region", make_region())
    return Department.objects.get_or_create(slug=slug, defaults={"name": name, **fields})[0]


def make_document(name: str = "disclosure.txt", content: bytes = b"budget", **fields: Any) -> SourceDocument:
    """This will store an original, once by its content."""
    sha256 = hashlib.sha256(content).hexdigest()
    found = SourceDocument.objects.filter(sha256=sha256).first()
    if found:
        return found
    document = SourceDocument(
        sha256=sha256,
        filename=name,
        bytes=len(content),
        **{"kind": "text", "pages": 1, "is_public": True, **fields},
    )
    document.file.save(name, ContentFile(content), save=False)
    document.save()
    return document


@transaction.atomic
def publish(
    draft: Draft | dict[str, Any] | None = None,
    *,
    department: Department | None = None,
    documents: Sequence[SourceDocument] | None = None,
    year: int | None = None,
    stage: str | None = None,
    by: Any = None,
    now: datetime = NOW,
    with_checks: bool = True,
    **fields: Any,
) -> Revision:
    """This will publish a draft (or the description of one, see ``tests.drafts``) as the site does.

    The draft is checked, and its projects are published with it. ``fields`` go to
    ``publish_revision`` (note, corrections, explanations, expected).
    """
    made = make_draft(draft) if isinstance(draft, dict) else draft or make_lhasa_draft()
    department = department or make_department()
    findings = [finding_to_json(finding) for finding in checks.run(made)] if with_checks else []
    json = to_json(made, full=True)
    revision = publish_revision(
        draft=json,
        department=department,
        fiscal_year=year or made.head.fiscal_year or 2024,
        stage=stage or made.head.stage or "budget",
        scope=department.scope,
        documents=[make_document(made.file, made.file.encode())] if documents is None else documents,
        by=by,
        now=now,
        **{"findings": findings, "corrections": [], "explanations": [], **fields},
    )
    publish_projects(revision=revision, draft=json)
    return revision


def publish_lhasa(**fields: Any) -> Disclosure:
    """This will publish the Lhasa budget of 2024 (5,884.05 万元, 30 projects, 201 indicators)."""
    return publish(make_lhasa_draft(), **fields).disclosure
