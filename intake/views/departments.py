"""Departments change: new names and addresses, mergers; no public address ever breaks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from budgets.models import Department
from intake import actions, actions_desk, permissions
from intake.forms import MergeForm, RenameForm
from intake.views.access import needs, show


def _get_department(request: HttpRequest, pk: int) -> Department:
    departments = Department.objects.select_related("region")
    bound = permissions.find_departments(request.user)
    if bound is not None:
        departments = departments.filter(pk__in=bound)
    return get_object_or_404(departments, pk=pk)


@require_http_methods(["GET", "POST"])
@never_cache
@needs(permissions.DEPARTMENTS)
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a department a new name and address."""
    department = _get_department(request, pk)
    initial = {"name": department.name, "name_en": department.name_en, "slug": department.slug}
    form = RenameForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions_desk.rename_department(
                department, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except actions.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已更名。旧名称留作别名，旧地址会自动转到新地址。"))
            return redirect("admin:budgets_department_change", department.pk)
    context = {"department": department, "form": form, "button": _("更名"), "help_step": "departments"}
    return show(
        request, "intake/department_form.html", context, title=_("更名：%(name)s") % {"name": department}
    )


@require_http_methods(["GET", "POST"])
@never_cache
@needs(permissions.DEPARTMENTS)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge a department into another one of its region."""
    department = _get_department(request, pk)
    form = MergeForm(request.POST or None, department=department)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        try:
            kept = actions_desk.merge_departments(
                department,
                into=fields["into"],
                keeps_history=fields["keeps_history"],
                on=fields["on"],
                by=request.user,
                now=timezone.now(),
            )
        except actions.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已并入“%(name)s”，原地址继续有效。") % {"name": kept})
            return redirect("admin:budgets_department_change", kept.pk)
    context = {"department": department, "form": form, "button": _("合并"), "help_step": "departments"}
    return show(
        request, "intake/department_form.html", context, title=_("合并：%(name)s") % {"name": department}
    )
