"""The admin site: the finance desk's entrance, its sign-in and its work bench."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _
from django_otp import devices_for_user, match_token


class DeskAuthenticationForm(AdminAuthenticationForm):
    """Name and password; and the code of the second factor from those who switched it on."""

    token = forms.CharField(
        label=_("验证码（仅开启两步验证者填写）"),
        required=False,
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def confirm_login_allowed(self, user: AbstractBaseUser) -> None:
        """Ask for the code where a second factor is on."""
        super().confirm_login_allowed(user)  # type: ignore[arg-type]
        if not any(devices_for_user(user)):
            return
        token = self.cleaned_data.get("token", "")
        if not token or match_token(user, token) is None:
            raise forms.ValidationError(
                _("此账号已开启两步验证。请输入验证器上当前的 6 位数字。"), code="invalid_token"
            )


class BudgetAdminSite(AdminSite):
    """One title in both languages, the desk's own pages, and an index that says what waits."""

    site_title = _("预决算公开")
    site_header = _("预决算公开 · 工作台")
    index_title = _("工作台")
    login_form = DeskAuthenticationForm
    enable_nav_sidebar = False
    index_template = "intake/index.html"

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Put the desk's pages before the admin's own."""
        from intake.urls import build_urls

        return [*build_urls(self.admin_view), *super().get_urls()]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """List what the desk works with; the machinery's own tables stay at their addresses."""
        apps = super().get_app_list(request, app_label)
        return (
            apps if app_label else [one for one in apps if one["app_label"] in ("budgets", "intake", "auth")]
        )

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show what waits for whoever looks."""
        from intake.bench import find_waiting

        return super().index(request, {**(extra_context or {}), "bench": find_waiting(request)})
