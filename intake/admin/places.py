"""Regions, departments with their names, codes, and the list of who must publish."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from budgets.actions import bump_data_version
from budgets.models import (
    ClassificationNode,
    Department,
    DepartmentAddress,
    DepartmentAlias,
    ExpectedDisclosure,
    Region,
)
from budgets.regions import spell_initials
from intake import permissions


class PublicAdmin(admin.ModelAdmin):
    """What stands here is shown on public pages: saving it makes their caches anew."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """Save, then let the public pages know."""
        super().save_related(request, form, formsets, change)
        bump_data_version()


@admin.register(Region)
class RegionAdmin(PublicAdmin):
    """Regions; their address name is given once and stays."""

    list_display = ("name", "slug", "code", "parent")
    search_fields = ("name", "slug", "code")
    autocomplete_fields = ("parent",)

    def get_readonly_fields(self, request: HttpRequest, obj: Region | None = None) -> tuple[str, ...]:
        """Keep the address of a region that exists: public links hang on it."""
        return ("slug",) if obj else ()


class AliasInline(admin.TabularInline):
    """Other names of a department."""

    model = DepartmentAlias
    extra = 0


class AddressInline(admin.TabularInline):
    """Former addresses; they redirect for ever and are not edited."""

    model = DepartmentAddress
    extra = 0
    can_delete = False
    fields = ("slug",)
    readonly_fields = ("slug",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: renaming and merging write them."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let everybody see them who sees the department."""
        return request.user.has_perm("budgets.view_department")


@admin.register(Department)
class DepartmentAdmin(PublicAdmin):
    """Departments; name and address change through “更名” only, so that nothing breaks."""

    list_display = ("name", "region", "parent", "code", "merged_into", "links")
    list_filter = ("region",)
    search_fields = ("name", "aliases__name", "initials", "code", "slug")
    autocomplete_fields = ("region", "parent")
    inlines = (AliasInline, AddressInline)
    fields = (
        "region",
        "name",
        "name_en",
        "slug",
        "code",
        "parent",
        "valid_from",
        "valid_to",
        "merged_into",
        "is_invented",
    )
    list_select_related = ("region", "parent", "merged_into")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Department]:
        """Return the user's departments."""
        departments = super().get_queryset(request)
        bound = permissions.find_departments(request.user)
        return departments if bound is None else departments.filter(pk__in=bound)

    def get_readonly_fields(self, request: HttpRequest, obj: Department | None = None) -> tuple[str, ...]:
        """Keep name and address of a department that exists, and who it merged into."""
        return ("name", "slug", "merged_into", "is_invented") if obj else ("merged_into", "is_invented")

    def has_delete_permission(self, request: HttpRequest, obj: Department | None = None) -> bool:
        """Never: departments are merged, their addresses live on."""
        return False

    def save_model(self, request: HttpRequest, obj: Department, form: Any, change: bool) -> None:  # noqa: FBT001
        """Keep the initials that search uses in step with the name."""
        obj.initials = spell_initials(obj.name)
        super().save_model(request, obj, form, change)

    @admin.display(description=_("更名与合并"))
    def links(self, department: Department) -> SafeString:
        """Return the two ways in which a department changes."""
        return format_html(
            '<a href="{}">{}</a> · <a href="{}">{}</a>',
            reverse("admin:desk_rename", args=[department.pk]),
            _("更名"),
            reverse("admin:desk_merge", args=[department.pk]),
            _("合并"),
        )


@admin.register(ExpectedDisclosure)
class ExpectedDisclosureAdmin(PublicAdmin):
    """Who must publish what; the desk's list shows where each stands."""

    list_display = ("department", "fiscal_year", "stage", "approved_on")
    list_filter = ("fiscal_year", "stage", "department__region")
    search_fields = ("department__name",)
    autocomplete_fields = ("department",)
    list_select_related = ("department",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExpectedDisclosure]:
        """Return the entries of the user's departments."""
        return permissions.with_departments_of(request.user, super().get_queryset(request))


@admin.register(ClassificationNode)
class ClassificationNodeAdmin(PublicAdmin):
    """The code lists with the years they are valid in."""

    list_display = ("scheme", "code", "name", "name_en", "year_from", "year_to")
    list_filter = ("scheme", "year_from")
    search_fields = ("code", "name", "name_en")
