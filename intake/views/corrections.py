"""Corrections: made, listed with who, when and why, and undone."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from intake import actions, permissions, steps
from intake.forms import CorrectionForm
from intake.models import Upload
from intake.review import read_value, with_corrections
from intake.review_labels import describe_value
from intake.review_values import UnusableValue, check_value, is_same_value
from intake.views.access import get_upload, needs, show


@require_POST
@needs(permissions.CORRECT)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep one correction and judge again; back to the same place."""
    upload = get_upload(request, pk)
    form = CorrectionForm(request.POST)
    path = request.POST.get("path", "")
    if not form.is_valid():
        for error in (error for errors in form.errors.values() for error in errors):
            messages.error(request, str(error))
        return redirect(_find_place(request, upload, path))
    before = _count_mismatches(upload)
    try:
        _check_new(upload, path=path, new=form.cleaned_data["new"])
        actions.correct_cell(
            upload,
            path=path,
            new=form.cleaned_data["new"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        )
    except (actions.Refused, UnusableValue) as refused:
        messages.error(request, str(refused))
    else:
        _tell(request, upload, before)
    return redirect(_find_place(request, upload, path))


def _check_new(upload: Upload, *, path: str, new: str) -> None:
    """Refuse a value that stands there already: it would publish a correction that corrects nothing."""
    draft = with_corrections(
        upload.draft or {}, corrections=upload.corrections.filter(undone_at=None), keep_excluded=True
    )
    if is_same_value(read_value(draft, path=path), check_value(draft, path=path, new=new)):
        raise UnusableValue(_("更正的值与现在的值相同，没有保存。"))


@require_POST
@needs(permissions.CORRECT)
def undo(request: HttpRequest, pk: int, correction: int) -> HttpResponse:
    """Undo one correction (it stays on record) and judge again."""
    upload = get_upload(request, pk)
    undone = get_object_or_404(upload.corrections, pk=correction)
    before = _count_mismatches(upload)
    try:
        actions.undo_correction(undone, by=request.user, now=timezone.now())
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        _tell(request, upload, before)
    return redirect("admin:desk_corrections", pk=upload.pk)


@require_GET
@never_cache
@needs(permissions.VIEW)
def corrections(request: HttpRequest, pk: int) -> HttpResponse:
    """List every correction, undone ones too."""
    upload = get_upload(request, pk)
    listed = [
        {
            "correction": one,
            "old": describe_value(one.path, one.old),
            "new": describe_value(one.path, one.new),
        }
        for one in upload.corrections.select_related("by", "undone_by")
    ]
    context = {
        "upload": upload,
        "steps": steps.find_steps(upload, current="corrections"),
        "listed": listed,
        "may_correct": steps.may_correct(upload, request.user),
        "help_step": "corrections",
    }
    return show(request, "intake/corrections.html", context, title=upload.document.filename)


def _count_mismatches(upload: Upload) -> int:
    return sum(finding["outcome"] == "mismatch" for finding in upload.findings)


def _tell(request: HttpRequest, upload: Upload, before: int) -> None:
    upload.refresh_from_db(fields=["findings"])
    messages.success(
        request,
        _("已保存，勾稽关系已重新核对：不符 %(before)s 项 → %(after)s 项。")
        % {"before": before, "after": _count_mismatches(upload)},
    )


def _find_place(request: HttpRequest, upload: Upload, path: str) -> str:
    query = urlencode({"at": path, **({"table": request.POST["table"]} if request.POST.get("table") else {})})
    return f"{reverse('admin:desk_review', args=[upload.pk])}?{query}#at"
