"""Publishing an upload and withdrawing a disclosure, each in one transaction over all apps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from budgets.actions import publish_revision, withdraw_revision
from budgets.loading import UnknownUnit
from budgets.models import Disclosure, Revision, SourceDocument
from budgets.partitions import UnlikelyYear, ensure_year
from intake import jobs
from intake.errors import Refused
from intake.judging import get_corrected, judge
from intake.models import Event, Upload
from performance.actions import publish_projects, remove_projects

Json = dict[str, Any]


def publish_upload(upload: Upload, *, by: Any, now: datetime, note: str = "") -> Revision:
    """This will publish an approved upload (with its companions) as its disclosure's next revision.

    One transaction: everything is public at once or nothing is.

    Raises:
        Refused: it is not approved (any more), the same person approved it where a second one is
            asked for, or a figure has no unit.
        PublishedMeanwhile: somebody else published the disclosure since it was approved.
    """
    try:
        if upload.fiscal_year:
            ensure_year(upload.fiscal_year)  # before the transaction, where it waits for nobody
        with transaction.atomic():
            return _publish(upload, by=by, now=now, note=note)
    except (UnknownUnit, UnlikelyYear) as error:
        raise Refused(str(error)) from error


def _publish(upload: Upload, *, by: Any, now: datetime, note: str) -> Revision:
    locked = _lock_approved(upload, by=by)
    companions = list(locked.companions.exclude(status=Upload.Status.DISCARDED).select_related("document"))
    draft = get_corrected(locked)
    if locked.department is None or locked.fiscal_year is None:
        raise Refused(_("还没有确认部门、年度和预决算种类。请在“内容”页上方确认。"))
    revision = publish_revision(
        draft=draft,
        findings=judge(locked, draft=draft),
        corrections=[one for part in (locked, *companions) for one in _list_corrections(part)],
        explanations=[one for part in (locked, *companions) for one in _list_explanations(part)],
        department=locked.department,
        fiscal_year=locked.fiscal_year,
        stage=locked.stage,
        scope=locked.scope,
        documents=[locked.document, *(companion.document for companion in companions)],
        by=by,
        now=now,
        note=note,
        expected=locked.proposal.get("seen_revision"),
    )
    publish_projects(revision=revision, draft=draft)
    for part in (locked, *companions):
        part.status, part.revision = Upload.Status.PUBLISHED, revision
        part.save(update_fields=["status", "revision"])
    _open_originals(revision)
    jobs.recheck_neighbours.defer(disclosure_id=revision.disclosure_id)
    Event.objects.create(
        at=now, by=by, kind="published", upload=locked, disclosure=revision.disclosure, text=str(revision)
    )
    return revision


def _lock_approved(upload: Upload, *, by: Any) -> Upload:
    locked = (
        Upload.objects.select_for_update(of=("self",))
        .select_related("department", "document")
        .get(pk=upload.pk)
    )
    if locked.status == Upload.Status.PUBLISHED:
        raise Refused(_("这份上传已经发布。"))
    if locked.status != Upload.Status.APPROVED:
        raise Refused(_("这份上传还没有审核通过，不能发布。"))
    if settings.PUBLISH_REQUIRES_SECOND_PERSON and by is not None and locked.reviewed_by_id == by.pk:
        raise Refused(_("按规定须由审核人以外的人发布。请另一位有发布权限的同事发布。"))
    return locked


def _list_corrections(upload: Upload) -> list[Json]:
    return [
        {
            "path": one.path,
            "label": one.label,
            "old": one.old,
            "new": one.new,
            "reason": one.reason,
            "by": one.by_id,
            "at": one.at.isoformat(),
        }
        for one in upload.corrections.filter(undone_at=None)
    ]


def _list_explanations(upload: Upload) -> list[Json]:
    return [
        {"cause": one.cause, "text": one.text, "by": one.by_id, "at": one.at.isoformat()}
        for one in upload.explanations.order_by("pk")
    ]


def _open_originals(revision: Revision) -> None:
    """Let the originals of a revision be read by everybody, unless one was taken down."""
    SourceDocument.objects.filter(revisions=revision, taken_down_at=None).update(is_public=True)


def find_current_number(upload: Upload) -> int:
    """This will return the number of the newest revision of the upload's disclosure, 0 for none."""
    if upload.fiscal_year is None:
        return 0
    number = (
        Revision.objects.filter(
            disclosure__department=upload.department_id,
            disclosure__fiscal_year=upload.fiscal_year,
            disclosure__stage=upload.stage,
        )
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return number or 0


@transaction.atomic
def withdraw(disclosure: Disclosure, *, reason: str, by: Any, now: datetime) -> Revision | None:
    """This will withdraw the current revision publicly and return the one that is current now, if any.

    Raises:
        Refused: nothing is published, or there is no reason.
        AlreadyWithdrawn, PublishedMeanwhile: somebody else was quicker.
    """
    revision = Revision.objects.filter(current_of=disclosure).first()
    if revision is None:
        raise Refused(_("这个部门的这一年度现在没有公开的内容。"))
    if not reason.strip():
        raise Refused(_("请写明理由。"))
    current = withdraw_revision(revision, by=by, now=now, reason=reason)
    if current is None:
        remove_projects(revision.disclosure)
    else:
        publish_projects(revision=current, draft=current.snapshot["draft"])
    jobs.recheck_neighbours.defer(disclosure_id=disclosure.pk)
    Event.objects.create(at=now, by=by, kind="withdrawn", disclosure=disclosure, text=f"{revision}：{reason}")
    return current
