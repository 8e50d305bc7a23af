"""Publishing and withdrawing: the only code that writes revisions and the facts of disclosures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from budgets.differences import find_changes
from budgets.loading import Loaded, load_facts, remove_facts
from budgets.models import (
    CheckResult,
    Correction,
    DataVersion,
    Department,
    Disclosure,
    Explanation,
    PublicEvent,
    Revision,
    SourceDocument,
    Statement,
)
from budgets.overview import build_overview, count_outcomes
from budgets.partitions import ensure_year
from budgets.rollups import write_region_rollups, write_rollups
from budgets.search.entries import index_disclosure

Json = dict[str, Any]


class PublishedMeanwhile(Exception):
    """Somebody else published this disclosure since it was looked at, or is publishing it right now."""

    def __init__(self, disclosure: Disclosure) -> None:
        super().__init__(
            _("“%(name)s”刚刚由他人发布或正在发布。请刷新页面，核对新版本后再决定。") % {"name": disclosure}
        )


class AlreadyWithdrawn(Exception):
    """The revision was withdrawn before."""


def publish_revision(
    *,
    draft: Json,
    findings: Sequence[Json],
    corrections: Sequence[Json],
    explanations: Sequence[Json],
    department: Department,
    fiscal_year: int,
    stage: str,
    scope: str,
    documents: Sequence[SourceDocument],
    by: Any,
    now: datetime,
    note: str = "",
    expected: int | None = None,
    with_region_sums: bool = True,
) -> Revision:
    """This will publish a draft as the next revision of its disclosure and make it the current one.

    Call it inside a transaction; everything it writes is seen at once or not at all. ``draft`` is
    full JSON with the corrections applied. ``expected`` is the revision number the publisher saw
    (0 for none): another one in the meantime refuses. Publishing what is current already (same
    draft, findings, corrections and explanations) changes nothing and returns the current revision.
    Whoever publishes thousands at once leaves the region's sums out and writes them once at the end.

    Raises:
        PublishedMeanwhile: another publisher was quicker.
        UnknownUnit: a table prints amounts of money but no unit.
        UnlikelyYear: the fiscal year cannot be one.
    """
    ensure_year(fiscal_year)
    disclosure = lock_disclosure(
        department=department, fiscal_year=fiscal_year, stage=stage, scope=scope, expected=expected
    )
    snapshot = {
        "draft": draft,
        "findings": list(findings),
        "corrections": list(corrections),
        "explanations": list(explanations),
    }
    before = disclosure.current
    if before is not None and _is_same(before.snapshot, snapshot):
        return before
    revision = _make_revision(disclosure, snapshot=snapshot, documents=documents, by=by, now=now, note=note)
    write_facts(disclosure, revision=revision, with_region_sums=with_region_sums)
    _announce(revision, before=before, now=now)
    return revision


def lock_disclosure(
    *, department: Department, fiscal_year: int, stage: str, scope: str, expected: int | None
) -> Disclosure:
    """This will return the disclosure, made if need be, locked until the transaction ends.

    Raises:
        PublishedMeanwhile: it is locked by somebody, or its current revision is not the expected one.
    """
    disclosure = Disclosure.objects.get_or_create(
        department=department, fiscal_year=fiscal_year, stage=stage, defaults={"scope": scope}
    )[0]
    try:
        with transaction.atomic():
            locked = Disclosure.objects.select_for_update(nowait=True, of=("self",)).get(pk=disclosure.pk)
    except DatabaseError as error:
        raise PublishedMeanwhile(disclosure) from error
    newest = locked.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    if expected is not None and newest != expected:
        raise PublishedMeanwhile(disclosure)
    locked.scope = scope
    return locked


def _is_same(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Return whether two snapshots say the same; how long the reading took is no difference."""
    return all(
        {**old[part], "seconds": 0} == {**new[part], "seconds": 0}
        if part == "draft"
        else old[part] == new[part]
        for part in new
    )


def _make_revision(
    disclosure: Disclosure,
    *,
    snapshot: Json,
    documents: Sequence[SourceDocument],
    by: Any,
    now: datetime,
    note: str,
) -> Revision:
    newest = disclosure.revisions.order_by("-number").first()
    revision = Revision.objects.create(
        disclosure=disclosure,
        number=newest.number + 1 if newest else 1,
        snapshot=snapshot,
        published_at=now,
        published_by=by,
        note=note,
    )
    revision.documents.set(documents)
    Correction.objects.bulk_create(
        Correction(
            revision=revision,
            path=correction["path"],
            label=correction["label"],
            old=_as_text(correction["old"]),
            new=_as_text(correction["new"]),
            reason=correction["reason"],
            by_id=correction.get("by"),
            at=correction.get("at") or now,
        )
        for correction in snapshot["corrections"]
    )
    return revision


def _as_text(value: Any) -> str:
    return "" if value is None else str(value)


def write_facts(disclosure: Disclosure, *, revision: Revision, with_region_sums: bool = True) -> Loaded:
    """This will replace the disclosure's facts by those of one of its revisions and make it current."""
    snapshot = revision.snapshot
    draft, findings = snapshot["draft"], snapshot["findings"]
    remove_facts(disclosure)
    loaded = load_facts(disclosure, draft=draft, documents=list(revision.documents.order_by("id")))
    _write_findings(disclosure, findings=findings, statements=loaded.statements)
    _write_explanations(disclosure, explanations=snapshot["explanations"], revision=revision)
    write_rollups(disclosure, statements=loaded.statements, tables=loaded.tables)
    if with_region_sums:
        write_region_rollups(disclosure.department.region, disclosure=disclosure)
    disclosure.overview = build_overview(
        draft={**draft, "tables": loaded.tables}, statements=loaded.statements, findings=findings
    )
    disclosure.current = revision
    disclosure.published_on = _find_date(draft["disclosure"].get("published_on"))
    disclosure.save(update_fields=["overview", "current", "published_on", "scope"])
    index_disclosure(disclosure)
    bump_data_version()
    return loaded


def _find_date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None  # the document prints no full date; the snapshot keeps what it prints


def replace_findings(disclosure: Disclosure, *, findings: Sequence[Json]) -> bool:
    """This will replace the findings of what is public by those of a new check; False where none changed.

    For checks across files, which another publication can change; the snapshot keeps what was found
    when it was published. Call it inside a transaction.
    """
    locked = Disclosure.objects.select_for_update(of=("self",)).get(pk=disclosure.pk)
    before = list(locked.check_results.order_by("position").values_list("check_code", "outcome", "message"))
    if before == [(one["check"], one["outcome"], one["message"]) for one in findings]:
        return False
    locked.check_results.all().delete()
    _write_findings(locked, findings=findings, statements=list(locked.statements.all()))
    locked.overview = {**locked.overview, "checks": count_outcomes(findings)}
    locked.save(update_fields=["overview"])
    bump_data_version()
    return True


def _write_findings(
    disclosure: Disclosure, *, findings: Iterable[Json], statements: Sequence[Statement]
) -> None:
    by_position = {statement.position: statement for statement in statements}
    results = []
    for position, finding in enumerate(findings):
        compared = [by_position[index] for index in finding.get("tables", ()) if index in by_position]
        results.append(
            CheckResult(
                disclosure=disclosure,
                other_id=finding.get("other"),
                position=position,
                check_code=finding["check"],
                outcome=finding["outcome"],
                severity=finding["severity"],
                cause=(finding.get("cause") or "")[:80],
                message=finding["message"],
                message_en=finding.get("message_en", ""),
                unit=finding.get("unit") or (compared[0].unit if compared else ""),
                places=finding.get("places", []),
                statements=[statement.slug for statement in compared],
                **{
                    name: _decimal(finding.get(name)) for name in ("left", "right", "difference", "tolerance")
                },
            )
        )
    CheckResult.objects.bulk_create(results)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _write_explanations(disclosure: Disclosure, *, explanations: Iterable[Json], revision: Revision) -> None:
    """Add what the publisher says now; what was said of a cause before stays until said anew."""
    Explanation.objects.bulk_create(
        [
            Explanation(
                disclosure=disclosure,
                cause=explanation["cause"][:80],
                text=explanation["text"],
                by_id=explanation.get("by"),
                at=explanation.get("at") or revision.published_at,
            )
            for explanation in explanations
        ],
        update_conflicts=True,
        unique_fields=["disclosure", "cause"],
        update_fields=["text", "by", "at"],
    )


def _announce(revision: Revision, *, before: Revision | None, now: datetime) -> None:
    """Write the public events of a publication: itself, each correction, and each figure that changed."""
    disclosure = revision.disclosure
    kind = "published" if revision.number == 1 else "revised"
    events = [
        PublicEvent(
            at=now,
            kind=kind,
            disclosure=disclosure,
            revision=revision,
            label=str(disclosure),
            reason=revision.note,
        )
    ]
    events += [
        PublicEvent(
            at=now,
            kind="corrected",
            disclosure=disclosure,
            revision=revision,
            label=correction["label"],
            old=_as_text(correction["old"]),
            new=_as_text(correction["new"]),
            reason=correction["reason"],
        )
        for correction in revision.snapshot["corrections"]
    ]
    if before is not None:
        events += [
            PublicEvent(
                at=now,
                kind=change.kind,
                disclosure=disclosure,
                revision=revision,
                label=change.label[:300],
                old=change.old,
                new=change.new,
            )
            for change in find_changes(before.snapshot["draft"], revision.snapshot["draft"])
        ]
    PublicEvent.objects.bulk_create(events)


def withdraw_revision(revision: Revision, *, by: Any, now: datetime, reason: str) -> Revision | None:
    """This will withdraw a revision publicly and return the revision that is current now, if any.

    The withdrawn one stays readable at its own address. Was it current, the newest that is not
    withdrawn takes its place, facts included; without one the disclosure has none. Call it inside a
    transaction.

    Raises:
        AlreadyWithdrawn: it was withdrawn before.
        PublishedMeanwhile: somebody is publishing the disclosure right now.
        ValueError: no reason was given.
    """
    if not reason.strip():
        raise ValueError(_("撤回必须写明理由。"))
    disclosure = lock_disclosure(
        department=revision.disclosure.department,
        fiscal_year=revision.disclosure.fiscal_year,
        stage=revision.disclosure.stage,
        scope=revision.disclosure.scope,
        expected=None,
    )
    revision.refresh_from_db()
    if revision.withdrawn_at is not None:
        raise AlreadyWithdrawn(_("%(name)s 已经撤回。") % {"name": revision})
    revision.withdrawn_at, revision.withdrawn_reason = now, reason.strip()
    revision.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    if disclosure.current_id == revision.pk:
        _restore_previous(disclosure)
    PublicEvent.objects.create(
        at=now,
        kind="withdrawn",
        disclosure=disclosure,
        revision=revision,
        label=str(revision),
        reason=reason.strip(),
    )
    bump_data_version()
    return disclosure.current


def _restore_previous(disclosure: Disclosure) -> None:
    previous = disclosure.revisions.filter(withdrawn_at__isnull=True).order_by("-number").first()
    if previous is not None:
        ensure_year(disclosure.fiscal_year)
        write_facts(disclosure, revision=previous)
        return
    remove_facts(disclosure)
    disclosure.overview, disclosure.current = {}, None
    disclosure.save(update_fields=["overview", "current"])
    write_region_rollups(disclosure.department.region, disclosure=disclosure)


def bump_data_version() -> int:
    """This will raise the number that caches and ETags hang on; the row is locked to the end."""
    DataVersion.objects.get_or_create(id=1)
    version = DataVersion.objects.select_for_update().get(id=1)
    version.number += 1
    version.save(update_fields=["number", "changed_at"])
    return version.number


__all__ = [
    "AlreadyWithdrawn",
    "PublishedMeanwhile",
    "bump_data_version",
    "lock_disclosure",
    "publish_revision",
    "replace_findings",
    "withdraw_revision",
    "write_facts",
]
