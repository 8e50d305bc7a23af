"""Who may do what on the desk: four roles as groups, and departments a user is bound to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from budgets.models import Department, Disclosure, Remark
from intake.models import Membership, Upload

UPLOAD = "intake.add_upload"
VIEW = "intake.view_upload"
CORRECT = "intake.change_upload"
REVIEW = "intake.review_upload"
PUBLISH = "intake.publish_upload"
WITHDRAW = "intake.withdraw_revision"
ANSWER = "budgets.change_remark"
TAKE_DOWN = "budgets.change_sourcedocument"
DEPARTMENTS = "budgets.change_department"
EXPECT = "budgets.change_expecteddisclosure"

_SEE = (
    "intake.view_upload",
    "intake.view_event",
    "budgets.view_disclosure",
    "budgets.view_revision",
    "budgets.view_department",
)

ROLES: Mapping[str, Sequence[str]] = {
    "录入 Uploader": (*_SEE, UPLOAD, CORRECT),
    "审核 Reviewer": (*_SEE, CORRECT, REVIEW, "budgets.view_remark", ANSWER),
    "发布 Publisher": (*_SEE, PUBLISH, WITHDRAW, "budgets.view_remark", ANSWER),
    "管理 Administrator": (
        *_SEE,
        UPLOAD,
        CORRECT,
        REVIEW,
        PUBLISH,
        WITHDRAW,
        *(
            f"budgets.{verb}_{model}"
            for model in (
                "region",
                "department",
                "departmentalias",
                "expecteddisclosure",
                "classificationnode",
            )
            for verb in ("view", "add", "change")
        ),
        "budgets.delete_expecteddisclosure",
        "budgets.delete_departmentalias",
        "budgets.view_remark",
        ANSWER,
        "budgets.view_sourcedocument",
        TAKE_DOWN,
        *(f"auth.{verb}_user" for verb in ("view", "add", "change")),
        "auth.view_group",
        *(f"intake.{verb}_membership" for verb in ("view", "add", "change", "delete")),
    ),
}
"""Group name (both languages: it is stored once) → its permissions. Created by migration."""


def find_departments(user: Any) -> set[int] | None:
    """Return the ids of the departments a user is bound to, their units too; None: bound to none."""
    if user.is_superuser:
        return None
    bound = set(Membership.objects.filter(user=user).values_list("department_id", flat=True))
    if not bound:
        return None
    units = Department.objects.filter(parent_id__in=bound).values_list("id", flat=True)
    return bound | set(units)


def for_user(user: Any) -> QuerySet[Upload]:
    """Return the uploads a user may know of.

    Who is bound to departments sees those of the departments, and own uploads as long as nobody
    has said which department they belong to.
    """
    uploads = Upload.objects.select_related("document", "department", "uploaded_by")
    departments = find_departments(user)
    if departments is None:
        return uploads
    return uploads.filter(Q(department_id__in=departments) | Q(department__isnull=True, uploaded_by=user))


def with_departments_of(user: Any, queryset: QuerySet[Any], *, field: str = "department") -> QuerySet[Any]:
    """Return the rows that belong to the user's departments; all of them for who is bound to none."""
    departments = find_departments(user)
    return queryset if departments is None else queryset.filter(**{f"{field}_id__in": departments})


def disclosures_for_user(user: Any) -> QuerySet[Disclosure]:
    """Return the disclosures a user may act on."""
    return with_departments_of(user, Disclosure.objects.select_related("department", "current"))


def remarks_for_user(user: Any) -> QuerySet[Remark]:
    """Return the readers' remarks a user may read and answer."""
    departments = find_departments(user)
    remarks = Remark.objects.select_related("disclosure__department")
    return remarks if departments is None else remarks.filter(disclosure__department_id__in=departments)
