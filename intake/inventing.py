"""Publishing an invented province: the ordinary way in, without the desk's steps for each document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from budgets.actions import publish_revision
from budgets.models import Department, Disclosure, Region, SourceDocument
from budgets.models.disclosures import find_original_path
from budgets.partitions import ensure_year
from budgets.regions import spell_initials
from budgets.rollups import write_region_rollups
from budgets.search.entries import index_department
from budgets.workbook import write_workbook
from intake.invented import InventedDepartment, Planted, invent_draft
from intake.judging import judge_draft
from performance.actions import publish_projects

Json = dict[str, Any]
NOTE = "虚构数据，仅供测试规模与性能。Invented data, for tests of size only."


@dataclass(frozen=True, slots=True)
class Published:
    """One invented disclosure, and the errors planted in it."""

    disclosure: Disclosure
    planted: Sequence[Planted]


def make_department(invented: InventedDepartment) -> Department:
    """This will return the department of an invented one, made with its regions if need be."""
    prefix = "-".join(invented.slug.split("-")[:2])
    province, _ = Region.objects.get_or_create(
        name=invented.province, defaults={"slug": prefix, "name_en": f"Invented province ({prefix})"}
    )
    city_slug = invented.slug.rsplit("-", 1)[0]
    city, _ = Region.objects.get_or_create(
        name=invented.city,
        defaults={"slug": city_slug, "parent": province, "name_en": f"Invented city ({city_slug})"},
    )
    department, is_new = Department.objects.get_or_create(
        region=city,
        name=invented.name,
        defaults={"slug": invented.slug, "is_invented": True, "initials": spell_initials(invented.name)},
    )
    if is_new:
        index_department(department)
    return department


def publish_invented(
    departments: Sequence[InventedDepartment],
    *,
    years: Sequence[int],
    now: datetime,
    with_checks: bool = True,
    with_originals: bool = False,
) -> Iterator[Published]:
    """This will publish a budget a year of each department, one transaction each, and yield them.

    What is published already is left alone. The sums of the regions are written at the end.
    """
    for year in years:
        ensure_year(year)
    done: dict[tuple[int, int], Disclosure] = {}
    for invented in departments:
        department = make_department(invented)
        known = set(department.disclosures.filter(stage="budget").values_list("fiscal_year", flat=True))
        for year in years:
            if year in known:
                continue
            draft, planted = invent_draft(invented, year=year, first_year=years[0])
            disclosure = _publish(
                department,
                draft=draft,
                year=year,
                now=now,
                with_checks=with_checks,
                with_originals=with_originals,
            )
            done[(department.region_id, year)] = disclosure
            yield Published(disclosure, planted)
    for disclosure in done.values():
        with transaction.atomic():
            write_region_rollups(disclosure.department.region, disclosure=disclosure)


@transaction.atomic
def _publish(
    department: Department, *, draft: Json, year: int, now: datetime, with_checks: bool, with_originals: bool
) -> Disclosure:
    documents = [store_workbook(draft)] if with_originals else []
    revision = publish_revision(
        draft=draft,
        findings=judge_draft(draft, known=None) if with_checks else [],
        corrections=[],
        explanations=[],
        department=department,
        fiscal_year=year,
        stage="budget",
        scope="department",
        documents=documents,
        by=None,
        now=now,
        note=NOTE,
        with_region_sums=False,
    )
    publish_projects(revision=revision, draft=draft)
    return revision.disclosure


def store_workbook(draft: Json) -> SourceDocument:
    """This will write the draft as a workbook and store it as its original."""
    data = write_workbook(draft, notes=[NOTE])
    sha256 = hashlib.sha256(data).hexdigest()
    draft["sha256"] = sha256
    known = SourceDocument.objects.filter(sha256=sha256).first()
    if known is not None:
        return known
    document = SourceDocument(
        sha256=sha256, filename=draft["file"], kind="excel", bytes=len(data), is_public=True, source_note=NOTE
    )
    path = find_original_path(document, draft["file"])
    if document.file.storage.exists(path):
        document.file.name = path
    else:
        document.file.save(draft["file"], ContentFile(data), save=False)
    document.save()
    return document
