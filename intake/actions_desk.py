"""What the desk does besides taking uploads through: departments, originals, remarks, the expected list."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from budgets.actions import bump_data_version
from budgets.matching import create_department, get_or_create_department, get_region
from budgets.models import (
    Department,
    DepartmentAddress,
    DepartmentAlias,
    Disclosure,
    ExpectedDisclosure,
    LineItem,
    PublicEvent,
    Region,
    Remark,
    Rollup,
    SourceDocument,
)
from budgets.page_images import forget_pages
from budgets.regions import spell_initials
from intake import jobs
from intake.errors import Refused
from intake.models import Event, Membership, Upload
from intake.parsing.kinds import detect
from intake.parsing.refusal import RefusedDocument
from performance.models import Project


def record_event(
    kind: str, *, by: Any, now: datetime, disclosure: Disclosure | None = None, text: str = ""
) -> Event:
    """Add an entry to the audit log."""
    return Event.objects.create(at=now, by=by, kind=kind, disclosure=disclosure, text=text)


@transaction.atomic
def make_department(
    *,
    region: str,
    name: str,
    by: Any,
    now: datetime,
    parent: str = "",
    proposal: Mapping[str, Any] | None = None,
) -> Department:
    """Make a department (and its region and ``parent``, where they are new) under its printed name.

    Raises: Refused when the region is no place that can be recognised.
    """
    name, region, parent = name.strip(), region.strip(), parent.strip()
    try:
        if proposal and (proposal.get("department"), proposal.get("region")) == (name, region):
            department = create_department(proposal)
        else:
            place = Region.objects.filter(name=region).first() or get_region(region)
            above = get_or_create_department(parent, region=place) if parent else None
            department = get_or_create_department(name, region=place, parent=above)
    except ValueError as error:
        raise Refused(
            _("“%(region)s”不是能识别的地区名。请填写完整的地区名，例如“拉萨市”。") % {"region": region}
        ) from error
    record_event("department", by=by, now=now, text=_("建立部门：%(name)s") % {"name": department})
    return department


@transaction.atomic
def read_again(upload: Upload, *, by: Any, now: datetime) -> None:
    """Put an upload that could not be read in line again (its reader may have been mended since).

    Raises: Refused when it is not one that could not be read.
    """
    locked = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if locked.status != Upload.Status.REFUSED:
        raise Refused(_("这份文件不需要重新读取。"))
    locked.status, locked.message, locked.attempts = Upload.Status.WAITING, "", 0
    locked.save(update_fields=["status", "message", "attempts"])
    Event.objects.create(at=now, by=by, kind="retried", upload=locked)
    jobs.read_upload.defer(upload_id=locked.pk)


@transaction.atomic
def rename_department(
    department: Department,
    *,
    name: str,
    slug: str,
    by: Any,
    now: datetime,
    name_en: str = "",
    valid_from: date | None = None,
) -> Department:
    """Give a department a new name and address; the old name becomes an alias, the old address redirects.

    Raises: Refused when the name or the address belongs to another department.
    """
    department = Department.objects.select_for_update().get(pk=department.pk)
    taken = DepartmentAddress.objects.filter(slug=slug).exclude(department=department)
    others = Department.objects.exclude(pk=department.pk)
    if taken.exists() or others.filter(slug=slug).exists():
        raise Refused(_("地址名“%(slug)s”已被别的部门使用。请换一个。") % {"slug": slug})
    if others.filter(region_id=department.region_id, name=name).exists():
        raise Refused(
            _("这个地区已有名为“%(name)s”的部门。如果是同一个部门，请使用“合并”。") % {"name": name}
        )
    old_name, old_slug = department.name, department.slug
    if name != old_name:
        DepartmentAlias.objects.get_or_create(
            department=department, name=old_name, defaults={"valid_to": valid_from}
        )
        department.aliases.filter(name=name).delete()
    if slug != old_slug:
        DepartmentAddress.objects.filter(slug=slug).delete()
        DepartmentAddress.objects.create(slug=old_slug, department=department)
    department.name, department.slug, department.initials = name, slug, spell_initials(name)
    department.name_en = name_en or department.name_en
    department.save()
    record_event("renamed", by=by, now=now, text=f"{old_name} ({old_slug}) → {name} ({slug})")
    bump_data_version()
    return department


@transaction.atomic
def merge_departments(
    department: Department,
    *,
    into: Department,
    keeps_history: bool,
    by: Any,
    now: datetime,
    on: date | None = None,
) -> Department:
    """Merge one department into another and return the one that stays.

    With ``keeps_history`` (a reform) the old department keeps its own years and pages and names its
    successor. Without (registered twice) everything moves, and its address redirects.

    Raises: Refused when both hold the same year and stage, or it would merge into itself.
    """
    locked = {
        one.pk: one
        for one in Department.objects.select_for_update()
        .filter(pk__in=[department.pk, into.pk])
        .order_by("pk")
    }
    if len(locked) != 2:
        raise Refused(_("部门不能并入自己。请选择另一个部门。"))
    department, into = locked[department.pk], locked[into.pk]
    if into.merged_into_id == department.pk:
        raise Refused(
            _("“%(into)s”已并入“%(name)s”，不能再反过来合并。") % {"into": into, "name": department}
        )
    if keeps_history:
        department.merged_into, department.valid_to = into, on or department.valid_to
        department.save(update_fields=["merged_into", "valid_to"])
    else:
        _move_everything(department, into=into)
    record_event("merged", by=by, now=now, text=f"{department} → {into}")
    bump_data_version()
    return into


def _move_everything(department: Department, *, into: Department) -> None:
    mine = set(department.disclosures.values_list("fiscal_year", "stage"))
    both = sorted(mine & set(into.disclosures.values_list("fiscal_year", "stage")))
    if both:
        years = "、".join(str(year) for year, _stage in both)
        raise Refused(
            _("两个部门都有 %(years)s 年的公开内容，不能直接合并。请先撤回其中一份。") % {"years": years}
        )
    moved = list(department.disclosures.values_list("pk", flat=True))
    LineItem.objects.filter(disclosure_id__in=moved).update(department=into)
    Project.objects.filter(disclosure_id__in=moved).update(department=into)
    Rollup.objects.filter(department=department).update(department=into, region=into.region)
    Disclosure.objects.filter(pk__in=moved).update(department=into)
    Upload.objects.filter(department=department).update(department=into)
    known = into.expected.values_list("fiscal_year", "stage")
    for expected in department.expected.all():
        if (expected.fiscal_year, expected.stage) not in known:
            ExpectedDisclosure.objects.filter(pk=expected.pk).update(department=into)
    Department.objects.filter(parent=department).update(parent=into)
    Department.objects.filter(merged_into=department).update(merged_into=into)
    names = [department.name, *department.aliases.values_list("name", flat=True)]
    for name in names:
        DepartmentAlias.objects.get_or_create(department=into, name=name)
    DepartmentAddress.objects.filter(department=department).update(department=into)
    for user in department.members.values_list("user_id", flat=True):
        Membership.objects.get_or_create(user_id=user, department=into)
    slug = department.slug
    department.delete()
    DepartmentAddress.objects.create(slug=slug, department=into)


@transaction.atomic
def take_down_document(
    document: SourceDocument,
    *,
    reason: str,
    by: Any,
    now: datetime,
    redacted: tuple[str, bytes] | None = None,
    destroys: bool = False,
) -> SourceDocument | None:
    """Take an original off the public pages with a public reason; its hash and record stay.

    ``redacted`` (name, content) is shown in its place and returned. ``destroys`` also deletes the
    stored content for good (personal data that must not be kept).
    """
    document = SourceDocument.objects.select_for_update().get(pk=document.pk)
    if document.taken_down_at is not None:
        raise Refused(_("这份原件已经撤下。"))
    document.is_public, document.taken_down_at, document.taken_down_reason = False, now, reason.strip()
    document.save(update_fields=["is_public", "taken_down_at", "taken_down_reason"])
    replacement = None
    if redacted is not None:
        name, data = redacted
        replacement = _store(data, name=name, now=now)
        if replacement.pk == document.pk:
            raise Refused(_("遮盖后的文件与原件完全相同。请上传已遮盖个人信息的文件。"))
        replacement.is_public, replacement.source_note = True, _("已遮盖个人信息的副本")
        replacement.save(update_fields=["is_public", "source_note"])
        for revision in document.revisions.all():
            revision.documents.add(replacement)
    for disclosure in Disclosure.objects.filter(revisions__documents=document).distinct():
        PublicEvent.objects.create(
            at=now, kind="taken_down", disclosure=disclosure, label=document.filename, reason=reason.strip()
        )
    record_event(
        "taken_down", by=by, now=now, text=f"{document.filename} {document.sha256}: {reason.strip()}"
    )
    bump_data_version()
    transaction.on_commit(lambda: forget_pages(document))
    if destroys:
        transaction.on_commit(lambda: _destroy(document))
    return replacement


def _store(data: bytes, *, name: str, now: datetime) -> SourceDocument:
    """Store a covered copy by its content hash, as originals are."""
    sha256 = hashlib.sha256(data).hexdigest()
    known = SourceDocument.objects.filter(sha256=sha256).first()
    if known is not None:
        return known
    try:
        kind = detect(data, name=name)
    except RefusedDocument as refusal:
        raise Refused(refusal.message) from refusal
    document = SourceDocument(sha256=sha256, filename=name, kind=kind[:12], bytes=len(data), stored_at=now)
    document.file.save(name, ContentFile(data), save=False)
    document.save()
    return document


def _destroy(document: SourceDocument) -> None:
    """Overwrite what is stored under the document's name with nothing (the record points at it still)."""
    storage, name = document.file.storage, str(document.file.name)
    storage.delete(name)
    storage.save(name, ContentFile(b""))


@transaction.atomic
def answer_remark(
    remark: Remark, *, answer: str, is_public: bool, closes: bool, by: Any, now: datetime
) -> Remark:
    """Answer a reader's remark, publicly or not, and close it."""
    remark = Remark.objects.select_for_update().get(pk=remark.pk)
    if is_public and not answer.strip():
        raise Refused(_("公开答复不能为空。请写明答复，或取消“公开答复”。"))
    remark.answer, remark.answer_is_public = answer.strip(), is_public
    remark.closed_at, remark.closed_by = (now, by) if closes else (None, None)
    remark.save(update_fields=["answer", "answer_is_public", "closed_at", "closed_by"])
    record_event("answered", by=by, now=now, disclosure=remark.disclosure, text=answer.strip()[:200])
    bump_data_version()
    return remark


@dataclass(frozen=True, slots=True)
class Expected:
    """One line of the list of who must publish."""

    region: str
    department: str
    fiscal_year: int
    stage: str
    approved_on: date | None = None


@transaction.atomic
def import_expected(lines: Iterable[Expected], *, by: Any, now: datetime) -> tuple[int, int, int]:
    """Enter the list; returns how many lines are new, how many changed, how many departments were made."""
    new = changed = made = 0
    for line in lines:
        department = find_known(region=line.region, name=line.department)
        if department is None:
            department = make_department(region=line.region, name=line.department, by=by, now=now)
            made += 1
        entry, is_new = ExpectedDisclosure.objects.get_or_create(
            department=department,
            fiscal_year=line.fiscal_year,
            stage=line.stage,
            defaults={"approved_on": line.approved_on},
        )
        new += is_new
        if not is_new and line.approved_on and entry.approved_on != line.approved_on:
            entry.approved_on = line.approved_on
            entry.save(update_fields=["approved_on"])
            changed += 1
    record_event(
        "expected",
        by=by,
        now=now,
        text=_("应公开清单：新增 %(new)s，更新 %(changed)s") % {"new": new, "changed": changed},
    )
    bump_data_version()
    return new, changed, made


def find_known(*, region: str, name: str) -> Department | None:
    """Return the department of this name, or of this alias, in a region."""
    departments = Department.objects.filter(region__name=region.strip())
    return (
        departments.filter(name=name.strip()).first()
        or departments.filter(aliases__name=name.strip()).first()
    )
