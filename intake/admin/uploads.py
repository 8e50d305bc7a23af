"""Uploads and the audit log."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from intake import permissions
from intake.admin.reading import ReadOnlyAdmin
from intake.event_kinds import EVENT_KINDS
from intake.models import Event, Upload


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    """The list of uploads; each opens on the desk."""

    list_display = (
        "opened",
        "status",
        "department",
        "fiscal_year",
        "stage_label",
        "uploaded_by",
        "uploaded_at",
    )
    list_display_links = None
    list_filter = ("status", "fiscal_year", "stage")
    search_fields = ("document__filename", "document__sha256", "department__name")
    date_hierarchy = "uploaded_at"
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Upload]:
        """Return what the user may know of, without the heavy drafts."""
        return permissions.for_user(request.user).defer("draft", "findings", "proposal")

    @admin.display(description=_("文件"), ordering="document__filename")
    def opened(self, upload: Upload) -> SafeString:
        """Return the file name as a link to the desk."""
        return format_html('<a href="{}">{}</a>', reverse("admin:desk_review", args=[upload.pk]), upload)

    @admin.display(description=_("预算或决算"), ordering="stage")
    def stage_label(self, upload: Upload) -> str:
        """Return the stage in words."""
        return str({"budget": _("预算"), "final_accounts": _("决算")}.get(upload.stage, ""))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Lead to the desk."""
        if not object_id.isdecimal():
            return redirect("admin:intake_upload_changelist")
        return redirect("admin:desk_review", pk=int(object_id))


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """The audit log: read only for everybody."""

    list_display = ("at", "kind_label", "by", "upload", "disclosure", "text")
    list_filter = ("kind",)
    search_fields = ("text", "upload__document__filename", "disclosure__department__name", "by__username")
    date_hierarchy = "at"
    fields = ("at", "kind_label", "by", "upload", "disclosure", "text")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        """Return the events on uploads and disclosures the user may know of."""
        events = Event.objects.select_related("by", "upload__document", "disclosure__department")
        departments = permissions.find_departments(request.user)
        if departments is None:
            return events
        visible = permissions.for_user(request.user).values("pk")
        return events.filter(Q(upload_id__in=visible) | Q(disclosure__department_id__in=departments))

    @admin.display(description=_("事项"), ordering="kind")
    def kind_label(self, event: Event) -> str:
        """Return the kind in words."""
        return str(EVENT_KINDS.get(event.kind, event.kind))
