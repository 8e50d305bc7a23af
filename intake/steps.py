"""Where an upload stands on its way (上传 → 读取 → 核对 → 发布), who may do what, and what is next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from intake import permissions
from intake.models import Upload

Json = dict[str, Any]
OPEN = (Upload.Status.REVIEW, Upload.Status.APPROVED)


@dataclass(frozen=True, slots=True)
class Step:
    """One page of an upload."""

    key: str
    label: str
    url: str
    current: bool
    count: int = 0
    """How many things on that page ask for a look."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the reading came to, in numbers."""

    tables: int
    projects: int
    indicators: int
    numbers: int
    attributed: int
    errors: int
    warnings: int
    mismatches: int
    causes: int
    checked: int
    matched: int


def find_steps(upload: Upload, *, current: str) -> list[Step]:
    """Return the pages of an upload in the order of the work."""
    corrections = upload.corrections.filter(undone_at=None).count()
    mismatches = sum(finding["outcome"] == "mismatch" for finding in upload.findings)
    pages = [
        ("review", _("内容"), 0),
        ("checks", _("勾稽核对"), mismatches),
        ("corrections", _("更正"), corrections),
        ("differences", _("差异"), 0),
        ("publish", _("发布"), 0),
    ]
    return [
        Step(key, label, reverse(f"admin:desk_{key}", args=[upload.pk]), key == current, count)
        for key, label, count in pages
    ]


def summarise(upload: Upload, draft: Json) -> Summary:
    """Return the numbers of the sentence that opens each page of an upload."""
    outcomes = [finding["outcome"] for finding in upload.findings]
    wrong = [finding for finding in upload.findings if finding["outcome"] == "mismatch"]
    severities = [problem["severity"] for problem in draft["problems"]]
    return Summary(
        tables=sum(not table.get("excluded") for table in draft["tables"]),
        projects=len(draft["projects"]),
        indicators=sum(len(project["indicators"]) for project in draft["projects"]),
        numbers=draft["numbers"]["in_tables"],
        attributed=draft["numbers"]["attributed"],
        errors=severities.count("error"),
        warnings=severities.count("warning"),
        mismatches=len(wrong),
        causes=len({finding["cause"] or finding["message"] for finding in wrong}),
        checked=len(outcomes) - outcomes.count("undetermined"),
        matched=outcomes.count("match") + outcomes.count("rounding"),
    )


def may_correct(upload: Upload, user: Any) -> bool:
    """Return whether the user may change the draft as it stands now."""
    return upload.status in OPEN and user.has_perm(permissions.CORRECT)


def may_approve(upload: Upload, user: Any) -> bool:
    """Return whether the user may say that it was looked at."""
    return upload.status == Upload.Status.REVIEW and user.has_perm(permissions.REVIEW)


def may_publish(upload: Upload, user: Any) -> bool:
    """Return whether the user may publish it (a second person where the setting asks for one)."""
    if upload.status != Upload.Status.APPROVED or not user.has_perm(permissions.PUBLISH):
        return False
    return not (settings.PUBLISH_REQUIRES_SECOND_PERSON and upload.reviewed_by_id == user.pk)


def may_discard(upload: Upload, user: Any) -> bool:
    """Return whether the user may give the upload up."""
    ended = (Upload.Status.PUBLISHED, Upload.Status.DISCARDED, Upload.Status.READING)
    return upload.status not in ended and (
        user.has_perm(permissions.CORRECT) or user.has_perm(permissions.REVIEW)
    )


def find_hindrances(upload: Upload, draft: Json) -> list[str]:
    """Return why the upload cannot be approved yet, one sentence each; empty when nothing hinders."""
    found = []
    if upload.joined_to_id is not None:
        found.append(_("这份文件与“%(other)s”一起发布。请到那一份审核和发布。") % {"other": upload.joined_to})
    if upload.department_id is None or not upload.fiscal_year or not upload.stage:
        found.append(_("还没有确认部门、年度和预决算种类。请在“内容”页上方确认。"))
    errors = sum(problem["severity"] == "error" for problem in draft["problems"])
    if errors:
        found.append(_("还有 %(count)s 个必须处理的问题。请逐个更正，或核实后注明理由。") % {"count": errors})
    if (
        not any(table["rows"] or table["declared_empty"] for table in draft["tables"])
        and not draft["projects"]
    ):
        found.append(_("没有读到任何表格，没有可以发布的数字。"))
    return found
