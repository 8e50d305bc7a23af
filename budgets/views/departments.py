"""Who publishes: regions, the list of departments, one department over its years."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from budgets.models import Disclosure, Region
from budgets.sections.department_years import make_years
from budgets.sections.departments import list_departments, make_region, write_departments_csv
from budgets.views.answers import page
from budgets.views.lookup import get_department


@page
def show_departments(request: HttpRequest) -> HttpResponse:
    """This will list the departments, by region, with their newest figures."""
    listed = list_departments(request)
    crumbs = [(_("首页"), reverse("pages:home")), (pgettext("masthead", "部门"), "")]
    return render(request, "budgets/departments.html", {"crumbs": crumbs, **listed})


def download_departments(request: HttpRequest) -> HttpResponse:
    """This will give the list of departments as CSV, with the filters of the address."""
    response = HttpResponse(write_departments_csv(request), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="departments.csv"'
    return response


def show_region(request: HttpRequest, slug: str) -> HttpResponse:
    """This will show what one place has published."""
    region = get_object_or_404(Region.objects.select_related("parent"), slug=slug)
    crumbs = [(_("首页"), reverse("pages:home")), (region.name, "")]
    return render(
        request, "budgets/region.html", {"crumbs": crumbs, "region": region, **make_region(request, region)}
    )


@page
def show_department(request: HttpRequest, slug: str) -> HttpResponse:
    """This will show one department over its years."""
    department = get_department(request, slug)
    disclosures = list(
        Disclosure.objects.filter(department=department, current__isnull=False).order_by(
            "-fiscal_year", "stage"
        )
    )
    crumbs = [
        (_("首页"), reverse("pages:home")),
        (department.region.name, reverse("pages:region", args=[department.region.slug])),
        (department.name, ""),
    ]
    context = {"crumbs": crumbs, "department": department, **make_years(request, department, disclosures)}
    return render(request, "budgets/department.html", context)
