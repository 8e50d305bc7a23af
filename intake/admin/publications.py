"""What is public: disclosures, originals; and what readers remark on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from budgets.models import Disclosure, Remark, Revision, SourceDocument
from intake import actions_desk, permissions
from intake.admin.reading import ReadOnlyAdmin
from intake.models import Upload


class RevisionInline(admin.TabularInline):
    """The revisions of a disclosure, newest first."""

    model = Revision
    extra = 0
    can_delete = False
    fields = readonly_fields = (
        "number",
        "published_at",
        "published_by",
        "note",
        "withdrawn_at",
        "withdrawn_reason",
    )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: publishing writes them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        """Return the revisions without their snapshots."""
        return super().get_queryset(request).select_related("published_by").defer("snapshot")


@admin.register(Disclosure)
class DisclosureAdmin(ReadOnlyAdmin):
    """What is published, and the way to take it back."""

    list_display = ("department", "fiscal_year", "stage", "scope", "current_number", "withdraw_link")
    list_filter = ("fiscal_year", "stage", "scope", "department__region")
    search_fields = ("department__name", "department__aliases__name")
    inlines = (RevisionInline,)
    fields = ("department", "fiscal_year", "stage", "scope", "published_on")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Disclosure]:
        """Return the disclosures of the user's departments."""
        return permissions.disclosures_for_user(request.user).defer("current__snapshot", "overview")

    @admin.display(description=_("当前版本"))
    def current_number(self, disclosure: Disclosure) -> str:
        """Return the number of the current revision."""
        return f"r{disclosure.current.number}" if disclosure.current else str(_("已撤回"))

    @admin.display(description=_("撤回"))
    def withdraw_link(self, disclosure: Disclosure) -> SafeString | str:
        """Return the link to the page that withdraws the current revision."""
        if disclosure.current_id is None:
            return ""
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:desk_withdraw", args=[disclosure.pk]), _("撤回")
        )


@admin.register(SourceDocument)
class SourceDocumentAdmin(ReadOnlyAdmin):
    """Originals by content hash, and the way to take one down."""

    list_display = ("filename", "kind", "pages", "bytes", "is_public", "taken_down_at", "take_down_link")
    list_filter = ("kind", "is_public")
    search_fields = ("filename", "sha256", "source_url")
    fields = (
        "filename",
        "sha256",
        "kind",
        "pages",
        "bytes",
        "source_url",
        "is_public",
        "taken_down_at",
        "taken_down_reason",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[SourceDocument]:
        """Return the originals of the user's departments."""
        documents = super().get_queryset(request)
        bound = permissions.find_departments(request.user)
        if bound is None:
            return documents
        own = Upload.objects.filter(document=OuterRef("pk"), department_id__in=bound)
        return documents.filter(Exists(own))

    @admin.display(description=_("撤下"))
    def take_down_link(self, document: SourceDocument) -> SafeString | str:
        """Return the link to the page that takes it down."""
        if document.taken_down_at is not None:
            return document.taken_down_reason
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:desk_take_down", args=[document.pk]), _("撤下")
        )


class OpenFilter(admin.SimpleListFilter):
    """Remarks that wait, and those that are closed."""

    title = _("状态")
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the two states."""
        return [("yes", _("待答复")), ("no", _("已办结"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Remark]) -> QuerySet[Remark]:
        """Return the remarks in the chosen state."""
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(closed_at__isnull=self.value() == "yes")


class RemarkForm(forms.ModelForm):
    """The answer to a remark."""

    closes = forms.BooleanField(label=_("办结"), required=False, initial=True)

    class Meta:
        model = Remark
        fields = ("answer", "answer_is_public")

    def clean(self) -> dict[str, Any]:
        """A public answer says something."""
        fields: dict[str, Any] = super().clean() or {}
        if fields.get("answer_is_public") and not fields.get("answer", "").strip():
            self.add_error("answer", _("公开答复不能为空。请写明答复，或取消“公开答复”。"))
        return fields


@admin.register(Remark)
class RemarkAdmin(admin.ModelAdmin):
    """The inbox: what readers say of a figure, and the answer."""

    form = RemarkForm
    list_display = ("text_start", "disclosure", "at", "closed_at", "answer_is_public")
    list_filter = (OpenFilter, "disclosure__fiscal_year")
    search_fields = ("text", "answer", "disclosure__department__name")
    fields = (
        "disclosure",
        "page",
        "subject",
        "text",
        "contact",
        "at",
        "answer",
        "answer_is_public",
        "closes",
    )
    readonly_fields = ("disclosure", "page", "subject", "text", "contact", "at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Remark]:
        """Return the remarks on the user's departments."""
        return permissions.remarks_for_user(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: readers write them."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Remark | None = None) -> bool:
        """Never: a remark is answered or closed."""
        return False

    @admin.display(description=_("内容"), ordering="text")
    def text_start(self, remark: Remark) -> str:
        """Return the first words."""
        return str(remark) or "—"

    @admin.display(description=_("页面"))
    def page(self, remark: Remark) -> SafeString:
        """Return the page it is about as a link within this site."""
        path = (
            remark.address if remark.address.startswith("/") and not remark.address.startswith("//") else "/"
        )
        return format_html('<a href="{}">{}</a>', path, remark.address)

    def save_model(self, request: HttpRequest, obj: Remark, form: Any, change: bool) -> None:  # noqa: FBT001
        """Answer through the action, which keeps who and when."""
        actions_desk.answer_remark(
            obj,
            answer=form.cleaned_data["answer"],
            is_public=form.cleaned_data["answer_is_public"],
            closes=form.cleaned_data["closes"],
            by=request.user,
            now=timezone.now(),
        )
        messages.info(request, _("答复已保存。"))
