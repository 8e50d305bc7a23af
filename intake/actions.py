"""Every step of an upload that writes: received, corrected, explained, approved, published, given up.

Each step locks the upload, refuses in one sentence when it does not fit where the upload stands, and
leaves an entry in the audit log. Reading is in ``reading.py``; publishing in ``publishing.py``.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from budgets.models import Department, Disclosure, SourceDocument
from budgets.models.disclosures import find_original_path
from intake import jobs
from intake.errors import AlreadyReceived, Refused, RefusedUpload
from intake.judging import get_corrected, judge
from intake.models import Event, Upload, WorkingCorrection, WorkingExplanation
from intake.parsing.kinds import detect
from intake.parsing.refusal import RefusedDocument
from intake.publishing import find_current_number, publish_upload, withdraw
from intake.review import read_value
from intake.review_labels import describe_path
from intake.review_values import check_value
from intake.steps import find_hindrances

OPEN = (Upload.Status.REVIEW, Upload.Status.APPROVED)


def receive_upload(
    data: bytes,
    *,
    name: str,
    by: Any,
    now: datetime,
    department: Department | None = None,
    source_url: str = "",
    in_background: bool = True,
) -> Upload:
    """This will store a document once by its content, and have it read in the background.

    With ``in_background`` False the caller reads it (``reading.read_upload``).

    Raises:
        AlreadyReceived: the same content was received before; carries that upload.
        RefusedUpload: empty, too large, or no kind of document that can be read.
    """
    name = PurePath(name.replace("\\", "/")).name[:255] or "document"
    _check_receivable(data, name=name)
    with transaction.atomic():
        document = store_document(data, name=name, source_url=source_url)
        SourceDocument.objects.select_for_update().get(pk=document.pk)
        known = document.uploads.exclude(status=Upload.Status.DISCARDED).order_by("pk").first()
        if known is not None:
            raise AlreadyReceived(known)
        upload = Upload.objects.create(
            document=document, uploaded_by=by, uploaded_at=now, department=department
        )
        record_event("received", upload=upload, by=by, now=now, text=name)
        if in_background:
            jobs.read_upload.defer(upload_id=upload.pk)
    return upload


def _check_receivable(data: bytes, *, name: str) -> None:
    limit = settings.UPLOAD_MAX_BYTES
    if len(data) > limit:
        raise RefusedUpload(
            _("“%(name)s”有 %(size)s MB，超过 %(limit)s MB 的上限，没有收下。请拆分或压缩后重新上传。")
            % {"name": name, "size": len(data) // 1_048_576, "limit": limit // 1_048_576}
        )
    try:
        detect(data, name=name)
    except RefusedDocument as refusal:
        raise RefusedUpload(_in_language(refusal)) from refusal


def _in_language(refusal: RefusedDocument) -> str:
    return refusal.message_en if (get_language() or "").startswith("en") else refusal.message


def store_document(data: bytes, *, name: str, source_url: str = "") -> SourceDocument:
    """This will return the stored document of this content, stored now if it is new."""
    sha256 = hashlib.sha256(data).hexdigest()
    known = SourceDocument.objects.filter(sha256=sha256).first()
    if known is not None:
        return known
    document = SourceDocument(
        sha256=sha256,
        filename=name,
        kind=detect(data, name=name)[:12],
        bytes=len(data),
        source_url=source_url,
    )
    path = find_original_path(document, name)
    if document.file.storage.exists(path):  # stored, then rolled back: the same content by its name
        document.file.name = path
    else:
        document.file.save(name, ContentFile(data), save=False)
    document.save()
    return document


def lock(upload: Upload, *statuses: str) -> Upload:
    """This will return the upload as it stands now, locked until the transaction ends.

    Raises:
        Refused: it is in none of ``statuses``.
    """
    locked = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if locked.status not in statuses:
        raise Refused(
            _("这份上传现在的状态是“%(status)s”，不能做这一步。请刷新页面。")
            % {"status": locked.get_status_display()}
        )
    return locked


def record_event(
    kind: str,
    *,
    by: Any,
    now: datetime,
    upload: Upload | None = None,
    disclosure: Disclosure | None = None,
    text: str = "",
) -> Event:
    """This will add an entry to the audit log."""
    return Event.objects.create(at=now, by=by, kind=kind, upload=upload, disclosure=disclosure, text=text)


@transaction.atomic
def set_head(
    upload: Upload,
    *,
    department: Department,
    fiscal_year: int,
    stage: str,
    scope: str,
    by: Any,
    now: datetime,
) -> None:
    """This will keep whose document it is, for which year and stage; judged again with what is known.

    Raises:
        Refused: it is published or discarded, or the scope is not that of the department.
    """
    locked = lock(upload, *OPEN)
    if scope != department.scope:
        raise Refused(
            _(
                "“%(name)s”登记为%(kind)s，与所选口径不一致。单位（含本级）的公开请选择该单位，部门的公开请选择部门。"
            )
            % {"name": department.name, "kind": _("单位") if department.parent_id else _("部门")}
        )
    locked.department, locked.fiscal_year, locked.stage, locked.scope = department, fiscal_year, stage, scope
    _go_on(locked)
    record_event("head", upload=locked, by=by, now=now, text=f"{department} {fiscal_year} {stage} {scope}")


def _go_on(upload: Upload) -> None:
    """Judge again; what was approved before the change must be looked at again."""
    upload.findings = judge(upload)
    upload.status, upload.reviewed_by, upload.reviewed_at = Upload.Status.REVIEW, None, None
    upload.save()


@transaction.atomic
def correct_cell(
    upload: Upload, *, path: str, new: Any, reason: str, by: Any, now: datetime
) -> WorkingCorrection:
    """This will keep one correction (the draft as read never changes) and judge again.

    Raises:
        Refused: there is no reason, or the upload is not in review.
        UnusableValue: the value cannot stand there.
    """
    locked = lock(upload, *OPEN)
    if not reason.strip():
        raise Refused(_("请写明理由：更正会连同理由一起公开。"))
    draft = locked.draft or {}
    value = check_value(draft, path=path, new=new)
    before = locked.corrections.filter(path=path, undone_at=None).order_by("pk").last()
    correction = WorkingCorrection.objects.create(
        upload=locked,
        path=path,
        label=describe_path(draft, path=path)[:300],
        old=before.new if before else read_value(draft, path=path),
        new=value,
        reason=reason.strip(),
        by=by,
        at=now,
    )
    _go_on(locked)
    record_event(
        "corrected", upload=locked, by=by, now=now, text=f"{correction.label}：{correction.old} → {value}"
    )
    return correction


@transaction.atomic
def undo_correction(correction: WorkingCorrection, *, by: Any, now: datetime) -> None:
    """This will undo a correction (it stays on record) and judge again.

    Raises:
        Refused: it was undone before, or the upload is not in review.
    """
    locked = lock(correction.upload, *OPEN)
    correction.refresh_from_db()
    if correction.undone_at is not None:
        raise Refused(_("这条更正已经撤销。"))
    correction.undone_at, correction.undone_by = now, by
    correction.save(update_fields=["undone_at", "undone_by"])
    _go_on(locked)
    record_event("undone", upload=locked, by=by, now=now, text=correction.label)


@transaction.atomic
def explain_cause(upload: Upload, *, cause: str, text: str, by: Any, now: datetime) -> None:
    """This will keep what the publisher says of a cause of findings; an empty text takes it back."""
    locked = lock(upload, *OPEN)
    if text.strip():
        WorkingExplanation.objects.update_or_create(
            upload=locked, cause=cause[:80], defaults={"text": text.strip(), "by": by, "at": now}
        )
    else:
        WorkingExplanation.objects.filter(upload=locked, cause=cause[:80]).delete()
    record_event("explained", upload=locked, by=by, now=now, text=text.strip())


@transaction.atomic
def approve_upload(upload: Upload, *, by: Any, now: datetime) -> None:
    """This will say that the upload was looked at and may be published.

    Raises:
        Refused: the head is not confirmed, or a problem of severity error is left.
    """
    locked = lock(upload, Upload.Status.REVIEW)
    hindrance = find_hindrance(locked)
    if hindrance:
        raise Refused(hindrance)
    locked.status, locked.reviewed_by, locked.reviewed_at = Upload.Status.APPROVED, by, now
    locked.proposal = {**locked.proposal, "seen_revision": find_current_number(locked)}
    locked.save(update_fields=["status", "reviewed_by", "reviewed_at", "proposal"])
    record_event("approved", upload=locked, by=by, now=now)


def find_hindrance(upload: Upload) -> str:
    """This will say in one sentence why an upload cannot be approved; empty where nothing hinders."""
    return next(iter(find_hindrances(upload, get_corrected(upload))), "")


@transaction.atomic
def return_upload(upload: Upload, *, reason: str, by: Any, now: datetime) -> None:
    """This will give an approved upload back for review, with a reason."""
    locked = lock(upload, Upload.Status.APPROVED)
    locked.status, locked.reviewed_by, locked.reviewed_at = Upload.Status.REVIEW, None, None
    locked.save(update_fields=["status", "reviewed_by", "reviewed_at"])
    record_event("returned", upload=locked, by=by, now=now, text=reason)


@transaction.atomic
def discard(upload: Upload, *, reason: str, by: Any, now: datetime) -> None:
    """This will give an upload up, with a reason; its original stays, never public by it."""
    locked = lock(upload, Upload.Status.WAITING, Upload.Status.REFUSED, *OPEN)
    locked.status, locked.message = Upload.Status.DISCARDED, reason
    locked.save(update_fields=["status", "message"])
    record_event("discarded", upload=locked, by=by, now=now, text=reason)


@transaction.atomic
def join_upload(upload: Upload, *, to: Upload | None, by: Any, now: datetime) -> None:
    """This will have an upload published together with another (tables and narrative in two files).

    Raises:
        Refused: the other is joined itself, or is the upload.
    """
    locked = lock(upload, *OPEN)
    if to is not None and (to.pk == locked.pk or to.joined_to_id or locked.companions.exists()):
        raise Refused(_("只能并入另一份独立的上传。"))
    locked.joined_to = to
    locked.save(update_fields=["joined_to"])
    record_event("joined", upload=locked, by=by, now=now, text=str(to or ""))


__all__ = [
    "AlreadyReceived",
    "Refused",
    "RefusedUpload",
    "approve_upload",
    "correct_cell",
    "discard",
    "explain_cause",
    "join_upload",
    "publish_upload",
    "receive_upload",
    "record_event",
    "return_upload",
    "set_head",
    "store_document",
    "undo_correction",
    "withdraw",
]
