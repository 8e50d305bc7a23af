"""The app of the way from an uploaded document to published figures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    """Uploads, drafts, corrections, jobs and the finance officer's desk."""

    name = "intake"
    verbose_name = _("收件与发布")
