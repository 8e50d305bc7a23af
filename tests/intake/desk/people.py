"""People and uploads for the desk's tests, made the way the site makes them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import Group

from budgets.models import Department
from intake.models import Membership, Upload
from tests.factories import make_document, make_user
from tests.intake.desk.drafts import make_draft

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
UPLOADER, REVIEWER, PUBLISHER, ADMINISTRATOR = (
    "录入 Uploader",
    "审核 Reviewer",
    "发布 Publisher",
    "管理 Administrator",
)


def make_person(name: str, *roles: str, of: Department | None = None, **fields: Any) -> Any:
    """Make a member of staff with roles, bound to a department or to none."""
    user = make_user(name, is_staff=True, **fields)
    user.groups.set(Group.objects.filter(name__in=roles))
    if of is not None:
        Membership.objects.create(user=user, department=of)
    return user


def make_upload(
    *,
    department: Department | None = None,
    by: Any = None,
    status: str = Upload.Status.REVIEW,
    draft: dict[str, Any] | None = None,
    content: bytes = b"a document",
    name: str = "预算.txt",
    settled: bool = True,
) -> Upload:
    """Make an upload that was read; ``settled`` leaves out the draft's one problem."""
    document = make_document(name, content, is_public=False)
    made = draft or make_draft()
    if settled:
        made["problems"] = []
    made["sha256"] = document.sha256
    return Upload.objects.create(
        document=document,
        status=status,
        uploaded_by=by,
        uploaded_at=NOW,
        department=department,
        fiscal_year=2024 if department else None,
        stage="budget" if department else "",
        scope=department.scope if department else "",
        draft=made,
    )
