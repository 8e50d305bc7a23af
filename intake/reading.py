"""Reading an upload in the background: progress as it goes, one clear sentence where it cannot be read."""

from __future__ import annotations

import logging
import time
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from budgets.matching import propose
from budgets.models import Department
from intake.judging import judge
from intake.models import Event, Upload
from intake.parsing.draft import Draft
from intake.parsing.draft_json import to_json
from intake.parsing.refusal import RefusedDocument
from intake.parsing.sandbox import read_in_process

logger = logging.getLogger(__name__)
MOST_ATTEMPTS: Final = 3
"""A document during whose reading the program died this often is not tried again."""
SECONDS_BETWEEN: Final = 0.5


class Progress:
    """Tells the database how far the reading is, at most twice a second."""

    def __init__(self, upload_id: int) -> None:
        self.upload_id, self.told_at = upload_id, 0.0

    def __call__(self, done: int, total: int) -> None:
        """This will keep pages read and pages in all, and that the reader is alive."""
        if time.monotonic() - self.told_at < SECONDS_BETWEEN and done < total:
            return
        self.told_at = time.monotonic()
        Upload.objects.filter(pk=self.upload_id).update(
            progress_done=done, progress_total=total, heartbeat_at=timezone.now()
        )


def read_upload(upload_id: int, *, isolated: bool = True) -> None:
    """This will read and judge one upload; safe to call again after the program died in the middle.

    ``isolated`` reads in a process of its own with bounds on memory and time, so that no document
    can bring a worker down; only documents of our own are read without.
    """
    upload = _begin(upload_id)
    if upload is None:
        return
    try:
        with upload.document.file.open("rb") as file:
            data = file.read()
        draft = read_draft(
            data, name=upload.document.filename, progress=Progress(upload.pk), isolated=isolated
        )
    except RefusedDocument as refusal:
        refuse(upload, message=refusal.message)
    except FileNotFoundError:
        logger.exception("original of upload %s is missing", upload_id)
        refuse(upload, message="找不到已保存的原件，请作废后重新上传；如再次出现请联系管理员。")
    else:
        keep_draft(upload, draft=draft)


def read_draft(data: bytes, *, name: str, progress: Progress | None = None, isolated: bool = True) -> Draft:
    """This will read a document into a draft, in a process of its own unless ``isolated`` is False.

    Raises:
        RefusedDocument: nothing of it can be read, or reading takes too much time or memory.
    """
    from intake.parsing import pipeline  # here: the engines are for workers, not for web processes

    if not isolated:
        return pipeline.read_document(data, name=name, progress=progress)
    draft: Draft = read_in_process(data, name=name, task=pipeline.read_document, progress=progress)
    return draft


def _begin(upload_id: int) -> Upload | None:
    """Mark the upload as being read; None where there is nothing to read (any more)."""
    now = timezone.now()
    with transaction.atomic():
        upload = (
            Upload.objects.select_for_update(of=("self",))
            .select_related("document")
            .filter(pk=upload_id, status__in=[Upload.Status.WAITING, Upload.Status.READING])
            .first()
        )
        if upload is None:
            return None
        if upload.attempts >= MOST_ATTEMPTS:
            refuse(
                upload,
                message=f"读取这份文件时程序中断了 {MOST_ATTEMPTS} 次。请另存后重新上传。",
            )
            return None
        upload.status, upload.attempts = Upload.Status.READING, upload.attempts + 1
        upload.started_at = upload.heartbeat_at = now
        upload.progress_done = upload.progress_total = 0
        upload.save()
        return upload


def keep_draft(upload: Upload, *, draft: Draft) -> None:
    """This will keep what was understood, whose it seems to be, and what the checks say."""
    json = to_json(draft, full=True)
    proposal = propose(json["disclosure"])
    with transaction.atomic():
        locked = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
        if locked.status != Upload.Status.READING:
            return
        locked.draft, locked.proposal = json, proposal
        _fill_head(locked, head=json["disclosure"], proposal=proposal)
        locked.findings = judge(locked, draft=json)
        locked.status, locked.message = Upload.Status.REVIEW, ""
        locked.finished_at = locked.heartbeat_at = timezone.now()
        locked.progress_done = locked.progress_total = draft.pages
        locked.save()
        document = locked.document
        document.pages = draft.pages
        document.save(update_fields=["pages"])
        Event.objects.create(
            at=locked.finished_at, by=None, kind="read", upload=locked, text=f"{draft.seconds:.2f} s"
        )


def _fill_head(upload: Upload, *, head: dict[str, Any], proposal: dict[str, Any]) -> None:
    """Fill in what the document itself prints; what only its file name says stays a proposal."""
    if upload.department_id is None and proposal["department_id"]:
        upload.department = Department.objects.get(pk=proposal["department_id"])
    upload.fiscal_year = head["fiscal_year"]
    upload.stage = head["stage"] or ""
    upload.scope = upload.department.scope if upload.department else proposal["scope"]


def refuse(upload: Upload, *, message: str) -> None:
    """This will keep in one sentence why an upload cannot be read."""
    now = timezone.now()
    with transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(
            status=Upload.Status.REFUSED, message=message, finished_at=now, heartbeat_at=now
        )
        Event.objects.create(at=now, by=None, kind="refused", upload=upload, text=message)
