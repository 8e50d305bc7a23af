"""``/about/``, ``/glossary/``, ``/downloads/`` and the description of the API: how it is done, in plain words."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from budgets.exports.files import find_file, get_data_version
from budgets.glossary import TERMS
from budgets.models import CheckResult, DataVersion, Department, Disclosure, Region
from budgets.registries import EXPORTS

FORMATS = ("csv", "xlsx", "json", "parquet")


def show_about(request: HttpRequest) -> HttpResponse:
    """Show the method, who runs the site, and the licence of the data."""
    context = {
        "crumbs": [(_("首页"), reverse("pages:home")), (_("怎么做的"), "")],
        "disclosures": Disclosure.objects.filter(current__isnull=False).count(),
        "departments": Department.objects.filter(disclosures__current__isnull=False).distinct().count(),
        "regions": Region.objects.filter(departments__disclosures__current__isnull=False).distinct().count(),
        "checks": CheckResult.objects.count(),
    }
    return render(request, "questions/about.html", context)


def show_glossary(request: HttpRequest) -> HttpResponse:
    """Show every term with its explanation."""
    context = {
        "crumbs": [(_("首页"), reverse("pages:home")), (_("名词解释"), "")],
        "terms": list(TERMS.values()),
    }
    return render(request, "questions/glossary.html", context)


def show_downloads(request: HttpRequest) -> HttpResponse:
    """Show what can be downloaded, with every column explained."""
    version = DataVersion.objects.filter(pk=1).first()
    years = (
        Disclosure.objects.filter(current__isnull=False)
        .values_list("fiscal_year")
        .annotate(Count("pk"))
        .order_by("-fiscal_year")
    )
    context = {
        "crumbs": [(_("首页"), reverse("pages:home")), (_("下载"), "")],
        "exports": list(EXPORTS.values()),
        "formats": FORMATS,
        "version": version,
        "years": list(years),
        "has_files": find_file("index.json", version=get_data_version()) is not None,
        "disclosures": Disclosure.objects.filter(current__isnull=False).count(),
    }
    return render(request, "questions/downloads.html", context)


def show_api(request: HttpRequest) -> HttpResponse:
    """Show the addresses of the API with examples that run."""
    from budgets.urls.api import api

    document = api.get_openapi_schema(path_prefix="/api/v1/")
    operations = [
        {"path": path, "summary": operation["summary"], "parameters": operation.get("parameters", [])}
        for path, methods in document["paths"].items()
        for operation in methods.values()
    ]
    context = {
        "crumbs": [(_("首页"), reverse("pages:home")), (_("数据接口"), "")],
        "operations": operations,
        "base": settings.SITE_URL.rstrip("/") + "/api/v1",
        "site": settings.SITE_URL.rstrip("/"),
    }
    return render(request, "questions/api.html", context)
