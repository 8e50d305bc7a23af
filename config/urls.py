"""All addresses (``contracts.md`` §4): Chinese at ``/``, the same in English at ``/en/``."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("config.health_urls")),
    path("downloads/", include("budgets.urls.downloads")),
    path("api/v1/", include("budgets.urls.api")),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("", include("performance.urls")),
        path("", include("budgets.urls.questions")),
        path("", include("budgets.urls.pages")),
        prefix_default_language=False,
    ),
]

handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
