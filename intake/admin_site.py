"""The admin site: one title in both languages."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class BudgetAdminSite(AdminSite):
    """The finance desk's entrance."""

    site_title = _("预决算公开")
    site_header = _("预决算公开：录入与审核")
    index_title = _("工作台")
