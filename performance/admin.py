"""What a person may set in the admin: how projects are grouped, and ratios across projects."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from budgets.actions import bump_data_version
from performance.models import ProjectGroup, ServiceRatio


class PublicRuleAdmin(admin.ModelAdmin):
    """A rule shown on public pages: changing it makes them new (caches hang on the data version)."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's
        """This will save the rule and let every page be drawn anew."""
        super().save_model(request, obj, form, change)
        _renew_pages()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """This will delete the rule and let every page be drawn anew."""
        super().delete_model(request, obj)
        _renew_pages()


def _renew_pages() -> None:
    with transaction.atomic():
        bump_data_version()


@admin.register(ProjectGroup)
class ProjectGroupAdmin(PublicRuleAdmin):
    """Groups of projects by words in their names."""

    list_display = ("name", "slug", "order", "is_active")
    list_editable = ("order", "is_active")
    search_fields = ("name", "words")


@admin.register(ServiceRatio)
class ServiceRatioAdmin(PublicRuleAdmin):
    """Costs per unit of service across projects."""

    list_display = ("name", "department", "fiscal_year", "indicator")
    raw_id_fields = ("department",)
