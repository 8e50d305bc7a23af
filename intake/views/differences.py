"""Step 4: what changes against the revision that is public now, and against last year."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from budgets.models import Disclosure, Revision
from intake import permissions, steps
from intake.differences import Difference, find_differences, find_movements
from intake.models import Upload
from intake.review import with_corrections
from intake.views.access import get_upload, needs, show
from intake.vocabulary import FIELD_LABELS

Json = dict[str, Any]
THRESHOLDS = (10, 20, 50, 100)
SHOWN = 500


@require_GET
@never_cache
@needs(permissions.VIEW)
def differences(request: HttpRequest, pk: int) -> HttpResponse:
    """Show both comparisons; ``?threshold=`` is the percentage from which a movement is listed."""
    upload = get_upload(request, pk)
    if upload.draft is None:
        return redirect("admin:desk_review", pk=upload.pk)
    draft = with_corrections(upload.draft, corrections=upload.corrections.filter(undone_at=None))
    threshold = _find_threshold(request)
    before = find_current(upload)
    last = find_last_year(upload)
    changed = find_differences(before.snapshot["draft"], draft) if before else []
    moved = find_movements(last.snapshot["draft"], draft, threshold=threshold) if last else []
    context = {
        "upload": upload,
        "steps": steps.find_steps(upload, current="differences"),
        "before": before,
        "changed": [describe(one) for one in changed[:SHOWN]],
        "changed_count": len(changed),
        "last": last,
        "moved": moved[:SHOWN],
        "moved_count": len(moved),
        "threshold": threshold,
        "thresholds": THRESHOLDS,
        "help_step": "differences",
    }
    return show(request, "intake/differences.html", context, title=upload.document.filename)


def _find_threshold(request: HttpRequest) -> int:
    asked = request.GET.get("threshold", "")
    return int(asked) if asked.isdecimal() and 0 < int(asked) <= 1000 else 20


def find_current(upload: Upload) -> Revision | None:
    """Return the revision this upload would replace (its own once it is published: the one before)."""
    disclosure = _find_disclosure(upload, year=upload.fiscal_year)
    if disclosure is None:
        return None
    revisions = disclosure.revisions.filter(withdrawn_at=None)
    if upload.revision is not None:
        return revisions.filter(number__lt=upload.revision.number).first()
    return revisions.first()


def find_last_year(upload: Upload) -> Revision | None:
    """Return the current revision of the same department and stage, one year before."""
    disclosure = _find_disclosure(upload, year=upload.fiscal_year - 1 if upload.fiscal_year else None)
    return disclosure.current if disclosure else None


def _find_disclosure(upload: Upload, *, year: int | None) -> Disclosure | None:
    if upload.department_id is None or year is None:
        return None
    found = Disclosure.objects.filter(
        department_id=upload.department_id, fiscal_year=year, stage=upload.stage
    )
    return found.select_related("current").first()


def describe(one: Difference) -> dict[str, Any]:
    """Return a difference with the names of fields in words."""
    names = {
        "department": FIELD_LABELS["head/department"],
        "fiscal_year": FIELD_LABELS["head/fiscal_year"],
        "stage": FIELD_LABELS["head/stage"],
        "scope": FIELD_LABELS["head/scope"],
        "unit": FIELD_LABELS["tables/unit"],
        "amount": FIELD_LABELS["projects/amount"],
        "objective": FIELD_LABELS["projects/objective"],
        "target": FIELD_LABELS["projects/indicators/target"],
    }
    kinds = {"added": _("新增"), "removed": _("删除"), "changed": _("改变")}
    return {
        "kind": one.kind,
        "kind_label": kinds[one.kind],
        "table": one.table,
        "line": one.line,
        "column": names.get(one.column, one.column),
        "old": one.old,
        "new": one.new,
    }
