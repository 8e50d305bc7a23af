"""Step 5: approve, publish, give back, discard; and take a publication back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from budgets.actions import AlreadyWithdrawn, PublishedMeanwhile
from budgets.addresses import get_addresses
from intake import actions, permissions, steps
from intake.event_kinds import EVENT_KINDS
from intake.forms import ReasonForm
from intake.models import Event, Upload
from intake.review import with_corrections
from intake.views.access import get_upload, needs, show
from intake.views.differences import find_current

MOST_CHOICES = 100


@require_GET
@never_cache
@needs(permissions.VIEW)
def publish_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what will be public, what hinders, and the one next button."""
    upload = get_upload(request, pk)
    if upload.draft is None:
        return redirect("admin:desk_review", pk=upload.pk)
    draft = with_corrections(upload.draft, corrections=upload.corrections.filter(undone_at=None))
    user = request.user
    current = find_current(upload)
    context = {
        "upload": upload,
        "steps": steps.find_steps(upload, current="publish"),
        "summary": steps.summarise(upload, draft),
        "hindrances": steps.find_hindrances(upload, draft) if upload.status == Upload.Status.REVIEW else [],
        "corrections": upload.corrections.filter(undone_at=None).count(),
        "explanations": upload.explanations.count(),
        "current": current,
        "may_approve": steps.may_approve(upload, user),
        "may_publish": steps.may_publish(upload, user),
        "may_return": upload.status == Upload.Status.APPROVED
        and (user.has_perm(permissions.REVIEW) or user.has_perm(permissions.PUBLISH)),
        "join_choices": _find_join_choices(request, upload) if steps.may_correct(upload, user) else [],
        "companions": list(upload.companions.select_related("document")),
        "may_correct": steps.may_correct(upload, user),
        "may_discard": steps.may_discard(upload, user),
        "may_withdraw": upload.status == Upload.Status.PUBLISHED and user.has_perm(permissions.WITHDRAW),
        "needs_second": settings.PUBLISH_REQUIRES_SECOND_PERSON,
        "is_reviewer": upload.reviewed_by_id == user.pk,
        "shown_events": [_describe(event) for event in upload.events.select_related("by")],
        "public_url": _find_public_url(upload),
        "help_step": "publish",
    }
    return show(request, "intake/publish.html", context, title=upload.document.filename)


def _describe(event: Event) -> dict[str, Any]:
    return {
        "at": event.at,
        "by": event.by,
        "text": event.text,
        "label": EVENT_KINDS.get(event.kind, event.kind),
    }


def _find_public_url(upload: Upload) -> str:
    """Return the public address of what this upload became, empty while it is not public."""
    if upload.revision is None or upload.status != Upload.Status.PUBLISHED:
        return ""
    return get_addresses(upload.revision.disclosure).base


def _do(request: HttpRequest, upload: Upload, action: Callable[[], Any], *, done: str) -> HttpResponse:
    """Take one step; say how it went; back to the publish page."""
    try:
        action()
    except (actions.Refused, PublishedMeanwhile, AlreadyWithdrawn) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("admin:desk_publish", pk=upload.pk)


@require_POST
@needs(permissions.REVIEW)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it was looked at and may be published."""
    upload = get_upload(request, pk)
    return _do(
        request,
        upload,
        lambda: actions.approve_upload(upload, by=request.user, now=timezone.now()),
        done=_("已审核通过，等待发布。"),
    )


@require_POST
@needs(permissions.PUBLISH)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish in one transaction."""
    upload = get_upload(request, pk)
    note = request.POST.get("note", "").strip()[:300]
    return _do(
        request,
        upload,
        lambda: actions.publish_upload(upload, by=request.user, now=timezone.now(), note=note),
        done=_("已发布，公众现在就能看到。"),
    )


def _with_reason(
    request: HttpRequest, upload: Upload, step: Callable[..., Any], *, done: str
) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        for error in (error for errors in form.errors.values() for error in errors):
            messages.error(request, str(error))
        return redirect("admin:desk_publish", pk=upload.pk)
    reason = form.cleaned_data["reason"]
    return _do(request, upload, lambda: step(reason=reason, by=request.user, now=timezone.now()), done=done)


@require_POST
@needs(permissions.VIEW)
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an approved upload back for review, with a reason."""
    upload = get_upload(request, pk)
    user = request.user
    if not (user.has_perm(permissions.REVIEW) or user.has_perm(permissions.PUBLISH)):
        raise PermissionDenied(_("只有审核或发布人员可以退回。请联系管理员。"))
    return _with_reason(
        request,
        upload,
        lambda **why: actions.return_upload(upload, **why),
        done=_("已退回审核，理由已记录。"),
    )


def _find_join_choices(request: HttpRequest, upload: Upload) -> list[Upload]:
    """Return the uploads this one can be published together with: open, standing alone, not another's."""
    if upload.status not in steps.OPEN or upload.companions.exists():
        return []
    others = permissions.for_user(request.user).filter(status__in=steps.OPEN, joined_to=None)
    if upload.department_id is not None:
        others = others.filter(Q(department_id=upload.department_id) | Q(department=None))
    return list(others.exclude(pk=upload.pk).defer("draft", "findings")[:MOST_CHOICES])


@require_POST
@needs(permissions.CORRECT)
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Have an upload published together with another (tables and text in two files), or by itself again."""
    upload = get_upload(request, pk)
    chosen = request.POST.get("to", "")
    other = get_upload(request, int(chosen)) if chosen.isdecimal() else None
    return _do(
        request,
        upload,
        lambda: actions.join_upload(upload, to=other, by=request.user, now=timezone.now()),
        done=_("已设为一起发布。") if other else _("已恢复为单独发布。"),
    )


@require_POST
@needs(permissions.VIEW)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an upload up, with a reason; its original stays, never public."""
    upload = get_upload(request, pk)
    if not steps.may_discard(upload, request.user):
        raise PermissionDenied(_("这份上传现在不能作废，或您的角色不能作废。请联系管理员。"))
    return _with_reason(request, upload, lambda **why: actions.discard(upload, **why), done=_("已作废。"))


@require_http_methods(["GET", "POST"])
@never_cache
@needs(permissions.WITHDRAW)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the current revision of a disclosure back, with a public reason."""
    disclosure = get_object_or_404(permissions.disclosures_for_user(request.user), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(
                disclosure, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
            )
        except (actions.Refused, AlreadyWithdrawn, PublishedMeanwhile) as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("已撤回，公开页面上会写明理由。"))
            return redirect("admin:budgets_disclosure_changelist")
    context = {"disclosure": disclosure, "form": form, "help_step": "withdraw"}
    return show(request, "intake/withdraw.html", context, title=_("撤回已发布的内容"))
