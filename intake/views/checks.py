"""Step 3: what does not add up, grouped by cause, and the publisher's public explanation of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from intake import actions, permissions, steps
from intake.forms import LONGEST_CAUSE, ExplanationForm
from intake.models import Upload
from intake.review import with_corrections
from intake.review_tables import find_kept
from intake.views.access import get_upload, needs, show

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """One of the two sides of a finding: what to call it and where it opens."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One finding in the reader's language."""

    message: str
    severity: str
    outcome: str
    left: str
    right: str
    difference: str
    tolerance: str
    unit: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All findings of one cause."""

    cause: str
    title: str
    severity: str
    findings: tuple[ShownFinding, ...]
    explanation: str


SEVERITIES = ("error", "warning", "info")


@require_GET
@never_cache
@needs(permissions.VIEW)
def checks(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the findings: what does not add up by cause, then roundings, then what cannot be judged."""
    upload = get_upload(request, pk)
    if upload.draft is None:
        return redirect("admin:desk_review", pk=upload.pk)
    draft = with_corrections(
        upload.draft, corrections=upload.corrections.filter(undone_at=None), keep_excluded=True
    )
    shown = [
        (finding, _show(upload, draft, number, finding)) for number, finding in enumerate(upload.findings)
    ]
    context = {
        "upload": upload,
        "steps": steps.find_steps(upload, current="checks"),
        "summary": steps.summarise(upload, draft),
        "groups": group_by_cause(upload, shown),
        "roundings": [one for finding, one in shown if finding["outcome"] == "rounding"],
        "undetermined": [one for finding, one in shown if finding["outcome"] == "undetermined"],
        "matches": [one for finding, one in shown if finding["outcome"] == "match"],
        "may_explain": steps.may_correct(upload, request.user),
        "help_step": "checks",
    }
    return show(request, "intake/checks.html", context, title=upload.document.filename)


def group_by_cause(upload: Upload, shown: list[tuple[Json, ShownFinding]]) -> list[Group]:
    """Return the mismatches grouped by cause, the gravest first; each without a cause stands alone."""
    explanations = dict(upload.explanations.values_list("cause", "text"))
    grouped: dict[str, list[ShownFinding]] = {}
    for finding, one in shown:
        if finding["outcome"] == "mismatch":
            grouped.setdefault(find_cause(finding), []).append(one)
    english = get_language() == "en"
    causes = {find_cause(finding): finding["cause"] for finding, _one in shown}
    groups = [
        Group(
            cause=cause,
            title=findings[0].message if english else causes[cause] or findings[0].message,
            severity=min((one.severity for one in findings), key=SEVERITIES.index),
            findings=tuple(findings),
            explanation=explanations.get(cause, ""),
        )
        for cause, findings in grouped.items()
    ]
    return sorted(groups, key=lambda group: SEVERITIES.index(group.severity))


def find_cause(finding: Json) -> str:
    """Return the key an explanation of this finding is kept under (``checks.causes`` names shared ones)."""
    return str(finding["cause"] or f"{finding['check']}:{finding['message']}")[:LONGEST_CAUSE]


def _show(upload: Upload, draft: Json, number: int, finding: Json) -> ShownFinding:
    kept = find_kept(draft)
    tables = [draft["tables"][kept[index]] for index in finding["tables"] if index < len(kept)]
    return ShownFinding(
        message=finding["message_en"] if get_language() == "en" else finding["message"],
        severity=finding["severity"],
        outcome=finding["outcome"],
        left=_number(finding["left"]),
        right=_number(finding["right"]),
        difference=_number(finding["difference"], signed=True),
        tolerance=_number(finding["tolerance"]),
        unit=(tables[0]["unit"] or "") if tables else "",
        places=tuple(_find_places(upload, finding, tables, number=number, kept=kept)),
    )


def _number(text: str | None, *, signed: bool = False) -> str:
    if text is None:
        return ""
    value = Decimal(text)
    return f"{value:+,f}" if signed and value else f"{value:,f}"


def _find_places(
    upload: Upload, finding: Json, tables: list[Json], *, number: int, kept: list[int]
) -> list[Place]:
    base = reverse("admin:desk_review", args=[upload.pk])
    found: list[Place] = []
    for index, place in enumerate(finding["places"]):
        own = [one for one in finding["tables"] if one < len(kept)]
        table = kept[own[min(index, len(own) - 1)]] if own else ""
        name = tables[min(index, len(tables) - 1)]["title"] if tables else _("原件")
        label = _where(place) if place.get("sheet") else f"{name} {_where(place)}".strip()
        if all(one.label != label for one in found):
            found.append(Place(label, f"{base}?table={table}&finding={number}.{index}#here"))
    return found


def _where(place: Json) -> str:
    if place.get("sheet"):
        return _("工作表 %(sheet)s 第 %(row)s 行") % {"sheet": place["sheet"], "row": place.get("row", "")}
    if place.get("page"):
        return _("第 %(page)s 页") % {"page": place["page"]}
    if place.get("line"):
        return _("第 %(line)s 行") % {"line": place["line"]}
    return ""


@require_POST
@needs(permissions.CORRECT)
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the public explanation of one cause (an empty text takes it back)."""
    upload = get_upload(request, pk)
    form = ExplanationForm(request.POST)
    if not form.is_valid():
        for error in (error for errors in form.errors.values() for error in errors):
            messages.error(request, str(error))
        return redirect("admin:desk_checks", pk=upload.pk)
    try:
        actions.explain_cause(
            upload,
            cause=form.cleaned_data["cause"],
            text=form.cleaned_data["text"],
            by=request.user,
            now=timezone.now(),
        )
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("说明已保存，发布后会与这一项核对一同公开。"))
    return redirect("admin:desk_checks", pk=upload.pk)
