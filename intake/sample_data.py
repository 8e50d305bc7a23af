"""The sample disclosures that a fresh site shows: real figures in workbooks of ours (``samples/``)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from budgets.matching import get_region
from budgets.models import Department, DepartmentAlias, SourceDocument
from budgets.partitions import ensure_year
from budgets.regions import spell_initials
from intake import actions, reading
from intake.models import Upload

FOLDER: Final = Path(__file__).parent / "samples"


@dataclass(frozen=True, slots=True)
class Sample:
    """One workbook with whose it is and where its figures come from."""

    file: str
    region: str
    department: str
    slug: str
    name_en: str
    aliases: tuple[str, ...]
    fiscal_year: int
    stage: str
    source: str

    def read(self) -> bytes:
        """This will return the workbook's bytes."""
        return (FOLDER / self.file).read_bytes()


def read_samples() -> tuple[Sample, ...]:
    """This will return the samples listed in ``samples/manifest.json``."""
    entries: list[dict[str, Any]] = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    return tuple(Sample(**{**entry, "aliases": tuple(entry["aliases"])}) for entry in entries)


def load_samples(*, now: datetime) -> Iterator[tuple[Sample, bool]]:
    """This will publish each sample that was never received, and yield it with whether it was new.

    A sample that somebody withdrew or discarded stays so.
    """
    hashes = {sample.file: hashlib.sha256(sample.read()).hexdigest() for sample in read_samples()}
    known = set(SourceDocument.objects.filter(sha256__in=hashes.values()).values_list("sha256", flat=True))
    for sample in read_samples():
        is_new = hashes[sample.file] not in known
        if is_new:
            publish_sample(sample, now=now)
        yield sample, is_new


def publish_sample(sample: Sample, *, now: datetime) -> Upload:
    """This will take one sample through the steps of the desk, all or nothing."""
    ensure_year(sample.fiscal_year)
    with transaction.atomic():
        upload = actions.receive_upload(
            sample.read(), name=sample.file, by=None, now=now, in_background=False
        )
        SourceDocument.objects.filter(pk=upload.document_id).update(source_note=sample.source[:300])
        reading.read_upload(upload.pk, isolated=False)
        actions.set_head(
            upload,
            department=get_department(sample),
            fiscal_year=sample.fiscal_year,
            stage=sample.stage,
            scope="department",
            by=None,
            now=now,
        )
        actions.approve_upload(upload, by=None, now=now)
        actions.publish_upload(upload, by=None, now=now, note=_("示例数据：数字为真实公开数据，由本站整理"))
    return upload


def get_department(sample: Sample) -> Department:
    """This will return the sample's department, made with its aliases if need be."""
    region = get_region(sample.region)
    department = Department.objects.filter(region=region, name=sample.department).first()
    if department is None:
        department = Department.objects.create(
            region=region,
            name=sample.department,
            name_en=sample.name_en,
            slug=sample.slug,
            initials=spell_initials(sample.department),
        )
    for alias in sample.aliases:
        DepartmentAlias.objects.get_or_create(department=department, name=alias)
    return department
