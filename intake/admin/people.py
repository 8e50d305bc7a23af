"""Users with their roles and departments."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from intake.models import Membership


class MembershipInline(admin.TabularInline):
    """The departments a user is bound to; none: all departments."""

    model = Membership
    extra = 0
    autocomplete_fields = ("department",)
    verbose_name_plural = _("所属部门（不填则可处理所有部门）")


class DeskUserAdmin(UserAdmin):
    """Users: roles instead of single permissions; only a superuser makes superusers."""

    inlines = (MembershipInline,)
    list_display = ("username", "first_name", "email", "is_active", "roles")
    list_filter = ("is_active", "groups")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("个人信息"), {"fields": ("first_name", "email")}),
        (_("角色"), {"fields": ("is_active", "is_staff", "groups")}),
        (_("登录"), {"fields": ("last_login", "date_joined")}),
    )
    filter_horizontal = ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Offer the superuser mark to superusers only."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not request.user.is_superuser:
            return fieldsets
        return (*fieldsets, (_("系统"), {"fields": ("is_superuser",)}))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep superusers out of the reach of administrators."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    @admin.display(description=_("角色"))
    def roles(self, user: User) -> str:
        """Return the names of the user's roles."""
        return "、".join(group.name for group in user.groups.all())

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the users with their roles."""
        return super().get_queryset(request).prefetch_related("groups")


admin.site.unregister(User)
admin.site.register(User, DeskUserAdmin)
admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """Roles can be looked at; who may do what is decided in the code."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers may add a permission to a role."""
        return request.user.is_superuser
