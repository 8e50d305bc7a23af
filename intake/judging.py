"""Judging an upload: its draft with the working corrections, against what is already published."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from budgets.models import Department, Disclosure
from budgets.models.vocabulary import Stage
from intake import checks
from intake.checks import Known
from intake.models import Upload, WorkingCorrection
from intake.parsing.draft import Draft
from intake.parsing.draft_json import finding_to_json, from_json
from intake.review import with_corrections
from intake.review_paths import find_change

Json = dict[str, Any]


def get_corrected(upload: Upload) -> Json:
    """This will return the draft with the corrections in force; corrected figures carry ``corrected``.

    The tables of companions (uploads joined to this one) follow its own; each table then names the
    document it is of.
    """
    companions = list(upload.companions.exclude(status=Upload.Status.DISCARDED).select_related("document"))
    draft = _apply(upload)
    if companions:
        for part in [draft, *(parts := [_apply(companion) for companion in companions])]:
            for table in part["tables"]:
                table["document_sha256"] = part["sha256"]
        draft = _join(draft, parts)
    return draft


def _apply(upload: Upload) -> Json:
    return apply_corrections(upload.draft or {}, corrections=upload.corrections.filter(undone_at=None))


def apply_corrections(draft: Json, *, corrections: Iterable[WorkingCorrection]) -> Json:
    """This will return the draft with the corrections applied; corrected figures carry ``corrected``."""
    corrections = list(corrections)
    marked = copy.deepcopy(draft)
    for correction in corrections:
        change = find_change(correction.path)
        if change is not None and change.is_figure:
            holder: Any = marked
            for step in change.steps:
                holder = holder[step]
            holder["figures"][change.key]["corrected"] = True
    return with_corrections(marked, corrections=corrections)


def _join(draft: Json, parts: list[Json]) -> Json:
    joined = {**draft, "numbers": dict(draft["numbers"])}
    for part in parts:
        for key in ("tables", "projects", "narrative", "problems"):
            joined[key] = joined[key] + part[key]
        joined["pages"] += part["pages"]
        for key, count in part["numbers"].items():
            joined["numbers"][key] += count
        joined["disclosure"] = {
            key: value if value is not None else part["disclosure"].get(key)
            for key, value in joined["disclosure"].items()
        }
    for index, table in enumerate(joined["tables"]):
        table["index"] = index
    return joined


def judge(upload: Upload, *, draft: Json | None = None) -> list[Json]:
    """This will check the upload's draft (with corrections) and return the findings as JSON."""
    known = None
    if upload.department is not None and upload.fiscal_year and upload.stage:
        known = find_known(upload.department, fiscal_year=upload.fiscal_year, stage=upload.stage)
    return judge_draft(draft or get_corrected(upload), known=known)


def judge_draft(draft: Json, *, known: Known | None) -> list[Json]:
    """This will check a draft and return the findings as JSON."""
    return [finding_to_json(finding) for finding in checks.run(from_json(draft), known=known)]


def find_known(department: Department, *, fiscal_year: int, stage: str) -> Known:
    """This will find the published drafts that a department's disclosure is compared with."""

    def find(year: int, of: str = stage) -> Draft | None:
        disclosure = (
            Disclosure.objects.filter(department=department, fiscal_year=year, stage=of)
            .select_related("current")
            .first()
        )
        return get_published_draft(disclosure) if disclosure else None

    units = Disclosure.objects.filter(
        department__parent=department, fiscal_year=fiscal_year, stage=stage
    ).select_related("current")
    drafts = (get_published_draft(disclosure) for disclosure in units)
    return Known(
        previous=find(fiscal_year - 1),
        following=find(fiscal_year + 1),
        budget=find(fiscal_year, Stage.BUDGET.value) if stage == Stage.FINAL_ACCOUNTS else None,
        units=tuple(draft for draft in drafts if draft is not None),
    )


def get_published_draft(disclosure: Disclosure) -> Draft | None:
    """This will return the draft of the current revision; None where nothing is published."""
    return from_json(disclosure.current.snapshot["draft"]) if disclosure.current else None
