"""Importing many documents at once: found, read on all cores, stored, and published where nothing hinders."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from budgets.actions import PublishedMeanwhile
from budgets.matching import create_department
from budgets.models import Revision
from intake import actions, reading
from intake.models import Upload
from intake.parsing import pipeline
from intake.parsing.archives import read_members
from intake.parsing.draft import Draft
from intake.parsing.refusal import RefusedDocument
from intake.publishing import find_current_number

SUFFIXES: Final = frozenset({
    ".pdf", ".ofd", ".xlsx", ".xls", ".xlsm", ".et", ".ods", ".csv", ".docx", ".doc", ".wps", ".rtf", ".odt",
    ".html", ".htm", ".mht", ".xml", ".txt", ".zip", ".jpg", ".jpeg", ".png", ".tif", ".tiff",
})  # fmt: skip
"""What is taken from a folder; a file named on its own is always tried."""
AHEAD: Final = 2
"""Documents read ahead for each process: enough to keep it busy, few enough to keep memory flat."""


@dataclass(frozen=True, slots=True)
class Source:
    """One document found: its name as shown, and how its bytes are read."""

    name: str
    read: Callable[[], bytes]


@dataclass(slots=True)
class Result:
    """What became of one file. ``status``: read, known, refused, published, review or ignored (no document)."""

    name: str
    status: str
    message: str = ""
    upload: Upload | None = None
    revision: Revision | None = None

    def to_json(self) -> dict[str, Any]:
        """This will return the result as one JSON line tells it."""
        return {
            "file": self.name,
            "status": self.status,
            "message": self.message,
            "upload": self.upload.pk if self.upload else None,
            "revision": str(self.revision) if self.revision else None,
        }


def find_sources(paths: Iterable[Path]) -> Iterator[Source | Result]:
    """This will yield the documents in files, folders (sorted) and archives; a broken archive as a Result."""
    for path in paths:
        if path.is_dir():
            yield from _open_folder(path)
        elif path.suffix.lower() == ".zip":
            yield from _open_archive(path)
        else:
            yield Source(path.name, path.read_bytes)


def _open_folder(folder: Path) -> Iterator[Source | Result]:
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        if path.name.startswith((".", "~$")) or path.suffix.lower() not in SUFFIXES:
            yield Result(path.name, "ignored", "")
        else:
            yield from find_sources([path])


def _open_archive(path: Path) -> Iterator[Source | Result]:
    try:
        for member in read_members(path.read_bytes(), name=path.name):
            yield Source(Path(member.name).name, lambda data=member.data: data)  # type: ignore[misc]
    except RefusedDocument as refusal:
        yield Result(path.name, "refused", refusal.message)


def read_all(
    sources: Iterable[Source | Result], *, by: Any, now: datetime, jobs: int | None = None
) -> Iterator[Result]:
    """This will read and store documents on ``jobs`` processes, yielding each as it is done.

    A document stored before is not read again; one that was stored but never read to the end is.
    """
    jobs = jobs or os.cpu_count() or 1
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        reader = _Reader(pool, by=by, now=now)
        for source in sources:
            if isinstance(source, Result):
                yield source
                continue
            known = reader.begin(source)
            if known is not None:
                yield known
            while len(reader.waiting) >= jobs * AHEAD:
                yield from reader.finish_some()
        while reader.waiting:
            yield from reader.finish_some()


class _Reader:
    """Hands documents to the processes and takes their drafts back."""

    def __init__(self, pool: ProcessPoolExecutor, *, by: Any, now: datetime) -> None:
        self.pool, self.by, self.now = pool, by, now
        self.waiting: dict[Future[Draft], tuple[Source, Upload]] = {}

    def begin(self, source: Source) -> Result | None:
        """This will store a document and have it read; a Result where there is nothing to read."""
        data = source.read()
        try:
            upload = actions.receive_upload(
                data, name=source.name, by=self.by, now=self.now, in_background=False
            )
        except actions.AlreadyReceived as known:
            upload = known.upload
            if upload.status not in {Upload.Status.WAITING, Upload.Status.READING}:
                return Result(source.name, "known", str(known), upload)
        except actions.RefusedUpload as refused:
            return Result(source.name, "refused", str(refused))
        Upload.objects.filter(pk=upload.pk).update(status=Upload.Status.READING, started_at=self.now)
        try:
            self.waiting[self.pool.submit(pipeline.read_document, data, name=source.name)] = (source, upload)
        except BrokenProcessPool:
            return self._read_alone(source, upload)
        return None

    def finish_some(self) -> Iterator[Result]:
        """This will wait for at least one document and yield what became of it."""
        done, _ = wait(self.waiting, return_when=FIRST_COMPLETED)
        for future in done:
            source, upload = self.waiting.pop(future)
            try:
                yield self._keep(source, upload, future.result())
            except RefusedDocument as refusal:
                reading.refuse(upload, message=refusal.message)
                yield Result(source.name, "refused", refusal.message, upload)
            except BrokenProcessPool:
                yield self._read_alone(source, upload)

    def _read_alone(self, source: Source, upload: Upload) -> Result:
        """Read a document by itself: some document has brought a process down, perhaps this one."""
        try:
            return self._keep(source, upload, reading.read_draft(source.read(), name=source.name))
        except RefusedDocument as refusal:
            reading.refuse(upload, message=refusal.message)
            return Result(source.name, "refused", refusal.message, upload)

    def _keep(self, source: Source, upload: Upload, draft: Draft) -> Result:
        reading.keep_draft(upload, draft=draft)
        upload.refresh_from_db()
        return Result(source.name, "read", "", upload)


def publish_all(results: Iterable[Result], *, by: Any, now: datetime) -> Iterator[Result]:
    """This will publish what was read (now or earlier) and waits for review, where nothing hinders.

    A text without tables is published together with the tables of the same disclosure. Of two
    documents with tables of one disclosure the fuller is published and the other left for a person,
    as is everything of a disclosure that is public already.
    """
    groups: defaultdict[tuple[int, int, str], list[Result]] = defaultdict(list)
    for result in results:
        key = _prepare(result, by=by, now=now)
        if key is None:
            yield result
        else:
            groups[key].append(result)
    for group in groups.values():
        yield from _publish_group(group, by=by, now=now)


def _prepare(result: Result, *, by: Any, now: datetime) -> tuple[int, int, str] | None:
    """Confirm the head the importer understood; None where the upload cannot be published."""
    upload = result.upload
    if upload is None or upload.status != Upload.Status.REVIEW or upload.draft is None:
        return None
    head = upload.draft["disclosure"]
    suggested = head.get("suggested") or {}
    year = upload.fiscal_year or head["fiscal_year"] or suggested.get("fiscal_year")
    stage = upload.stage or head["stage"] or suggested.get("stage")
    result.status = "review"
    if not year or not stage:
        result.message = "年度或预决算种类没有印出，请在审核页确认。"
        return None
    try:
        with transaction.atomic():
            department = upload.department or create_department(upload.proposal)
            actions.set_head(
                upload,
                department=department,
                fiscal_year=int(year),
                stage=stage,
                scope=department.scope,
                by=by,
                now=now,
            )
    except ValueError as error:
        result.message = str(error)
        return None
    upload.refresh_from_db()
    return department.pk, int(year), str(stage)


def _publish_group(group: list[Result], *, by: Any, now: datetime) -> Iterator[Result]:
    uploads = {id(result): result.upload for result in group if result.upload is not None}
    group.sort(key=lambda result: _count_numbers(uploads[id(result)]), reverse=True)
    first, *others = group
    main = uploads[id(first)]
    for result in others:
        upload = uploads[id(result)]
        if _count_numbers(upload) == 0:
            actions.join_upload(upload, to=main, by=by, now=now)
        else:
            result.message = f"同一公开事项还有“{first.name}”，只自动发布其中一份，请核对后处理。"
    _publish_one(first, main, by=by, now=now)
    for result in others:
        if not result.message and first.revision is not None:
            result.status, result.revision = "published", first.revision
    yield from group


def _count_numbers(upload: Upload) -> int:
    draft = upload.draft or {}
    numbers: int = draft["numbers"]["in_tables"] + len(draft["projects"])
    return numbers


def _publish_one(result: Result, upload: Upload, *, by: Any, now: datetime) -> None:
    if find_current_number(upload):
        result.message = "这个部门的这一年度已有公开版本，请在审核页核对差异后发布。"
        return
    try:
        actions.approve_upload(upload, by=by, now=now)
        result.revision = actions.publish_upload(upload, by=by, now=now)
        result.status = "published"
    except (actions.Refused, PublishedMeanwhile) as refused:
        result.message = str(refused)
