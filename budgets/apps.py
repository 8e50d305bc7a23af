"""The app of what was planned and spent."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BudgetsConfig(AppConfig):
    """Figures, their public pages, charts, exports and API."""

    name = "budgets"
    verbose_name = _("预决算")

    def ready(self) -> None:
        """Offer this app's own downloads."""
        from budgets.exports import registration

        registration.register()
