"""Step 1: bring documents in, and watch them being read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from budgets.models import Department
from intake import actions_desk, permissions
from intake.errors import Refused
from intake.models import Upload
from intake.receiving import Received, receive_files
from intake.views.access import get_upload, needs, show

SHOWN_AT_ONCE = 400


@require_http_methods(["GET", "POST"])
@needs(permissions.UPLOAD)
def upload(request: HttpRequest) -> HttpResponse:
    """Show the upload form; receive what it sends and go on to the progress page."""
    files = request.FILES.getlist("files")
    if request.method == "POST" and files:
        received = receive_files(
            files, by=request.user, now=timezone.now(), department=_find_only_department(request.user)
        )
        return _tell(request, received)
    if request.method == "POST":
        messages.error(request, _("没有选择文件。请选择或拖入一个或多个文件。"))
    recent = permissions.for_user(request.user)[:10]
    context = {"recent": recent, "limit": settings.UPLOAD_MAX_BYTES, "help_step": "upload"}
    return show(request, "intake/upload.html", context, title=_("上传预决算文件"))


def _find_only_department(user: Any) -> Department | None:
    """Return the department of a user who is bound to exactly one."""
    bound = list(Department.objects.filter(members__user=user)[:2])
    return bound[0] if len(bound) == 1 else None


def _tell(request: HttpRequest, received: list[Received]) -> HttpResponse:
    visible = set(
        permissions.for_user(request.user)
        .filter(pk__in=[one.upload.pk for one in received if one.upload])
        .values_list("pk", flat=True)
    )
    for one in received:
        if one.upload is None:
            messages.error(request, one.message)
        elif one.known and one.upload.pk in visible:
            messages.warning(request, one.message)
        elif one.known:
            messages.warning(
                request, _("“%(name)s”与已收到的一份文件内容完全相同，没有重复收下。") % {"name": one.name}
            )
    ids = [str(one.upload.pk) for one in received if one.upload and one.upload.pk in visible]
    if not ids:
        return redirect("admin:desk_upload")
    return redirect(f"{reverse('admin:desk_incoming')}?ids={','.join(ids)}")


@require_GET
@never_cache
@needs(permissions.VIEW)
def incoming(request: HttpRequest) -> HttpResponse:
    """Show the uploads of the address (``?ids=``), or those still being read, with their progress."""
    uploads = _find_shown(request)
    working = [one for one in uploads if one.status in (Upload.Status.WAITING, Upload.Status.READING)]
    context = {"uploads": uploads, "working": len(working), "help_step": "progress"}
    return show(request, "intake/incoming.html", context, title=_("读取进度"))


@require_GET
@never_cache
@needs(permissions.VIEW)
def progress(request: HttpRequest) -> JsonResponse:
    """Answer with where each upload of ``?ids=`` stands; the page asks once a second."""
    return JsonResponse({"uploads": [describe_progress(one) for one in _find_shown(request)]})


@require_POST
@needs(permissions.UPLOAD)
def read_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a file that could not be read in line again."""
    refused_upload = get_upload(request, pk)
    try:
        actions_desk.read_again(refused_upload, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('admin:desk_incoming')}?ids={pk}")


def _find_shown(request: HttpRequest) -> list[Upload]:
    ids = [int(text) for text in request.GET.get("ids", "").split(",") if text.isdecimal()]
    uploads = permissions.for_user(request.user).defer("draft", "findings")
    if ids:
        uploads = uploads.filter(pk__in=ids[:SHOWN_AT_ONCE])
    else:
        uploads = uploads.filter(status__in=[Upload.Status.WAITING, Upload.Status.READING])
    return list(uploads.order_by("pk")[:SHOWN_AT_ONCE])


def describe_progress(upload: Upload) -> dict[str, Any]:
    """Return where an upload stands, in one sentence and in numbers."""
    sentence = str(upload.get_status_display())
    if upload.status == Upload.Status.READING and upload.progress_total:
        sentence = _("正在读取：第 %(done)s 页，共 %(total)s 页") % {
            "done": upload.progress_done,
            "total": upload.progress_total,
        }
    if upload.message and upload.status in (Upload.Status.REFUSED, Upload.Status.DISCARDED):
        sentence = upload.message
    return {
        "id": upload.pk,
        "name": upload.document.filename,
        "status": upload.status,
        "sentence": sentence,
        "done": upload.progress_done,
        "total": upload.progress_total,
        "working": upload.status in (Upload.Status.WAITING, Upload.Status.READING),
        "url": reverse("admin:desk_review", args=[upload.pk]),
    }
