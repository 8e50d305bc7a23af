"""Whose document it is: the form above the review screen, filled with what the importer proposes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from budgets.models import Department
from intake import actions, actions_desk, permissions
from intake.forms import HeadForm
from intake.models import Upload
from intake.views.access import get_upload, needs

SUGGESTED = 20


def get_head_form(request: HttpRequest, upload: Upload, *, head: dict[str, Any]) -> HeadForm:
    """Return the form filled with what is confirmed, else proposed, else printed (``head``, corrected)."""
    return HeadForm(initial=find_initial(upload, head=head), user=request.user)


def find_initial(upload: Upload, *, head: dict[str, Any]) -> dict[str, Any]:
    """Return what the head form starts with: what a person confirmed, else what is printed or proposed."""
    suggested = head.get("suggested") or {}
    proposal = upload.proposal or {}
    department = upload.department

    def first(name: str) -> Any:
        return head.get(name) or suggested.get(name)

    return {
        "region": department.region.name if department else proposal.get("region") or "",
        "department": department.name
        if department
        else proposal.get("department") or first("department") or "",
        "fiscal_year": upload.fiscal_year or first("fiscal_year"),
        "stage": upload.stage or first("stage") or "",
        "parent": _find_parent(department, proposal),
        "is_new": department is None and bool(proposal.get("department")) and not proposal.get("candidates"),
    }


def _find_parent(department: Department | None, proposal: dict[str, Any]) -> str:
    if department is not None:
        return department.parent.name if department.parent else ""
    return str(proposal.get("parent") or "")


@require_POST
@needs(permissions.CORRECT)
def confirm_head(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what a person says the document is; make the department if they say it is new."""
    upload = get_upload(request, pk)
    form = HeadForm(request.POST, user=request.user)
    if not form.is_valid():
        for errors in form.errors.values():
            for error in errors:
                messages.error(request, str(error))
        return redirect("admin:desk_review", pk=upload.pk)
    fields, now = form.cleaned_data, timezone.now()
    try:
        department = form.found or actions_desk.make_department(
            region=fields["region"],
            name=fields["department"],
            by=request.user,
            now=now,
            parent=fields["parent"],
            proposal=upload.proposal,
        )
        actions.set_head(
            upload,
            department=department,
            fiscal_year=fields["fiscal_year"],
            stage=fields["stage"],
            scope=department.scope,
            by=request.user,
            now=now,
        )
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request,
            _("已确认：%(department)s，%(year)s 年。")
            % {"department": department, "year": fields["fiscal_year"]},
        )
    return redirect("admin:desk_review", pk=upload.pk)


@require_GET
@never_cache
@needs(permissions.CORRECT)
def suggest_departments(request: HttpRequest) -> JsonResponse:
    """Answer with departments whose name holds ``?q=``, for the list under the field."""
    asked = request.GET.get("q", "").strip()
    departments = Department.objects.select_related("region").filter(name__contains=asked)
    bound = permissions.find_departments(request.user)
    if bound is not None:
        departments = departments.filter(pk__in=bound)
    found = (
        [{"name": one.name, "region": one.region.name} for one in departments[:SUGGESTED]] if asked else []
    )
    return JsonResponse({"departments": found})
