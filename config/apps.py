"""The admin site of the project."""

from django.contrib.admin.apps import AdminConfig


class ProjectAdminConfig(AdminConfig):
    """Use our admin site (title in both languages, own index)."""

    default_site = "intake.admin_site.BudgetAdminSite"
