"""People and uploads for the desk's tests, made the way the site makes them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import Group, Permission

from budgets.models import DataVersion, Department
from intake.models import Membership, Upload
from intake.permissions import ROLES
from tests.factories import make_document, make_user
from tests.intake.desk.drafts import make_draft

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
UPLOADER, REVIEWER, PUBLISHER, ADMINISTRATOR = (
    "录入 Uploader",
    "审核 Reviewer",
    "发布 Publisher",
    "管理 Administrator",
)


def restore_migrated() -> None:
    """Put back what migrations wrote: tests with a live server empty every table when they end.

    (Django's own serialized_rollback hangs on one connection; playwright's event loop has another.)
    """
    DataVersion.objects.get_or_create(pk=1)
    for role, codes in ROLES.items():
        group, is_new = Group.objects.get_or_create(name=role)
        if is_new:
            wanted = [code.split(".") for code in codes]
            found = [
                Permission.objects.get(content_type__app_label=app, codename=code) for app, code in wanted
            ]
            group.permissions.set(found)


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
