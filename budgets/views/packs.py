"""``/downloads/<slug>-<year>-<stage>-r<n>.zip``: the pack of one revision."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from budgets.exports.pack import find_stem, write_pack
from budgets.models import DepartmentAddress, Revision
from budgets.views.downloads import mark_cacheable


@require_safe
def pack(request: HttpRequest, slug: str, year: str, stage: str, number: str) -> HttpResponseBase:
    """Answer with the pack; a former address of the department redirects to its present one."""
    former = DepartmentAddress.objects.select_related("department").filter(slug=slug).first()
    if former is not None:
        return redirect(
            "pack", slug=former.department.slug, year=year, stage=stage, number=number, permanent=True
        )
    revision = (
        Revision.objects.select_related("disclosure__department__region")
        .filter(
            disclosure__department__slug=slug,
            disclosure__fiscal_year=int(year),
            disclosure__stage=stage.replace("-", "_"),
            number=int(number),
        )
        .first()
    )
    if revision is None:
        raise Http404(f"{slug} {year} {stage} r{number}")
    body = write_pack(revision)
    etag = quote_etag(f"pack-{hashlib.sha256(body).hexdigest()}")
    if unchanged := get_conditional_response(request, etag=etag):
        return mark_cacheable(unchanged, etag=etag)
    response = HttpResponse(body, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{find_stem(revision)}.zip"'
    return mark_cacheable(response, etag=etag)
