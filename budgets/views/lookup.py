"""From the words of an address to what they name, or the page that says why there is nothing."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import resolve, reverse

from budgets.models import Department, DepartmentAddress, Disclosure, Revision


class Moved(Exception):
    """The department has another address now; ``url`` is the same page there."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class NotPublished(Exception):
    """The department is known, but this year's document is not on the site."""

    def __init__(self, department: Department, *, year: int, stage: str) -> None:
        super().__init__(f"{department} {year} {stage}")
        self.department, self.year, self.stage = department, year, stage


def get_department(request: HttpRequest, slug: str) -> Department:
    """This will return the department of a slug.

    Raises:
        Moved: the slug is a former one.
        Http404: nobody has or had it.
    """
    department = (
        Department.objects.select_related("region", "parent", "merged_into").filter(slug=slug).first()
    )
    if department is not None:
        return department
    former = get_object_or_404(DepartmentAddress.objects.select_related("department"), slug=slug)
    match = resolve(request.path_info)
    kwargs = match.kwargs | {"slug": former.department.slug}
    raise Moved(reverse(match.view_name, kwargs=kwargs))


def get_disclosure(request: HttpRequest, slug: str, year: int, stage: str) -> Disclosure:
    """This will return the published disclosure that an address names, with department and revision.

    Raises:
        Moved: the department's slug is a former one.
        NotPublished: there is such a department, but nothing published for the year and stage.
        Http404: there is no such department.
    """
    found = (
        Disclosure.objects.select_related("department__region", "department__parent", "current")
        .defer("current__snapshot")
        .filter(department__slug=slug, fiscal_year=year, stage=stage.replace("-", "_"), current__isnull=False)
        .first()
    )
    if found is not None:
        return found
    raise NotPublished(get_department(request, slug), year=year, stage=stage.replace("-", "_"))


def get_revision(disclosure: Disclosure, number: int) -> Revision:
    """This will return one revision of a disclosure, withdrawn ones too (their page says so).

    Raises:
        Http404: there is no such revision.
    """
    revision = Revision.objects.filter(disclosure=disclosure, number=number).first()
    if revision is None:
        raise Http404(f"revision {number}")
    return revision
