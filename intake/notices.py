"""E-mails that tell people what has come to wait for them; sent where a mail server is configured."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from budgets.models import Remark
from intake import permissions
from intake.models import Event

logger = logging.getLogger(__name__)
EVERY: Final = timedelta(minutes=15)
TOLD: Final = {"read": permissions.REVIEW, "returned": permissions.CORRECT, "approved": permissions.PUBLISH}
"""Kind of event → who has to do something then."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One mail: to whom, and one line for each thing that waits."""

    user: Any
    lines: list[str] = field(default_factory=list)


def send_latest(*, until: datetime) -> int:
    """Mail what has come to wait in the last quarter of an hour (the job runs once in each)."""
    return send_notices(since=until - EVERY, until=until)


def send_notices(*, since: datetime, until: datetime) -> int:
    """Mail each person what came to wait for them between two moments; returns how many mails went out."""
    if not settings.EMAIL_HOST:
        return 0
    sent = 0
    for notice in find_notices(since=since, until=until):
        if not notice.user.email:
            continue
        with override(settings.LANGUAGE_CODE):
            subject = _("预决算公开：有 %(count)s 件事等您处理") % {"count": len(notice.lines)}
        desk = settings.SITE_URL.rstrip("/") + reverse("admin:index")
        try:
            sent += send_mail(subject, "\n".join([*notice.lines, "", desk]), None, [notice.user.email])
        except OSError:
            logger.exception("mail to user %s could not be sent", notice.user.pk)
    return sent


def find_notices(*, since: datetime, until: datetime) -> list[Notice]:
    """Return what came to wait between two moments, for each person who may do something about it."""
    events = list(
        Event.objects.filter(at__gte=since, at__lt=until, kind__in=[*TOLD, "refused"], upload__isnull=False)
        .select_related("upload__document", "upload__uploaded_by")
        .order_by("pk")
    )
    remarks = list(
        Remark.objects.filter(at__gte=since, at__lt=until, closed_at=None).select_related(
            "disclosure__department"
        )
    )
    if not events and not remarks:
        return []
    staff = get_user_model().objects.filter(is_active=True, is_staff=True)
    notices = [Notice(user, list(_find_lines(user, events, remarks))) for user in staff]
    return [notice for notice in notices if notice.lines]


def _find_lines(user: Any, events: list[Event], remarks: list[Remark]) -> Iterator[str]:
    visible = set(
        permissions.for_user(user)
        .filter(pk__in=[event.upload_id for event in events])
        .values_list("pk", flat=True)
    )
    with override(settings.LANGUAGE_CODE):
        for event in events:
            upload = event.upload
            if upload is None or upload.pk not in visible or event.by_id == user.pk:
                continue
            name = upload.document.filename
            if event.kind == "refused" and upload.uploaded_by_id == user.pk:
                yield _("没能读取：%(name)s（%(why)s）") % {"name": name, "why": event.text}
            elif event.kind in TOLD and user.has_perm(TOLD[event.kind]):
                yield _WAITING[event.kind]() % {"name": name}
        if user.has_perm(permissions.ANSWER):
            seen = set(permissions.remarks_for_user(user).values_list("pk", flat=True))
            for remark in remarks:
                if remark.pk in seen:
                    yield _("读者来信：%(text)s") % {"text": remark}


_WAITING: Final = {
    "read": lambda: _("等待审核：%(name)s"),
    "returned": lambda: _("被退回，请处理：%(name)s"),
    "approved": lambda: _("等待发布：%(name)s"),
}
