"""What waits for a user: uploads to finish, to review, to publish, readers' remarks, what is late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from intake import permissions
from intake.models import Upload

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Waiting:
    """One heap of work: how much there is, the first few, and where the rest is."""

    key: str
    title: str
    nothing: str
    count: int
    items: tuple[Any, ...]
    url: str


def find_waiting(request: HttpRequest) -> list[Waiting]:
    """Return the heaps a user's permissions let them work on, in the order of the work."""
    user: Any = request.user
    uploads = permissions.for_user(user).defer("draft", "findings")
    found = []
    kinds = (
        (
            "reading",
            permissions.VIEW,
            [Upload.Status.WAITING, Upload.Status.READING],
            _("正在读取"),
            _("没有正在读取的文件。"),
        ),
        ("refused", permissions.UPLOAD, [Upload.Status.REFUSED], _("没能读取"), _("没有读取失败的文件。")),
        ("review", permissions.CORRECT, [Upload.Status.REVIEW], _("待审核"), _("没有等待审核的文件。")),
        ("approved", permissions.PUBLISH, [Upload.Status.APPROVED], _("待发布"), _("没有等待发布的文件。")),
    )
    for key, permission, statuses, title, nothing in kinds:
        if not user.has_perm(permission):
            continue
        waiting = uploads.filter(status__in=statuses)
        count = waiting.count()
        if key in ("reading", "refused") and not count:
            continue
        query = urlencode({"status__in": ",".join(statuses)})
        url = f"{reverse('admin:intake_upload_changelist')}?{query}"
        found.append(Waiting(key, title, nothing, count, tuple(waiting[:SHOWN]), url))
    if user.has_perm(permissions.ANSWER):
        remarks = permissions.remarks_for_user(user).filter(closed_at=None)
        url = f"{reverse('admin:budgets_remark_changelist')}?open=yes"
        found.append(
            Waiting(
                "remarks",
                _("读者来信"),
                _("没有待答复的来信。"),
                remarks.count(),
                tuple(remarks[:SHOWN]),
                url,
            )
        )
    return found
