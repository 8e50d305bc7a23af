"""The app of what was promised for the money."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PerformanceConfig(AppConfig):
    """Projects, objectives, indicators and what they are worth."""

    name = "performance"
    verbose_name = _("绩效")

    def ready(self) -> None:
        """Fill the registries of ``budgets`` with what this app adds to shared pages."""
        from performance import registration

        registration.register()
