"""Originals: taken off the public pages with a reason, or replaced by a copy with personal data covered."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from budgets.models import SourceDocument
from intake import actions, actions_desk, permissions
from intake.forms import ReasonForm
from intake.views.access import needs, show


class TakeDownForm(ReasonForm):
    """Why, and what is shown instead."""

    redacted = forms.FileField(label=gettext_lazy("遮盖个人信息后的文件（可不填）"), required=False)
    destroys = forms.BooleanField(
        label=gettext_lazy("同时永久删除服务器上保存的原件内容（只留指纹）"), required=False
    )


@require_http_methods(["GET", "POST"])
@never_cache
@needs(permissions.TAKE_DOWN)
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an original down; its SHA-256 and the reason stay public."""
    documents = SourceDocument.objects.all()
    bound = permissions.find_departments(request.user)
    if bound is not None:
        documents = documents.filter(uploads__department_id__in=bound).distinct()
    document = get_object_or_404(documents, pk=pk)
    form = TakeDownForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        copy = fields["redacted"]
        try:
            actions_desk.take_down_document(
                document,
                reason=fields["reason"],
                by=request.user,
                now=timezone.now(),
                redacted=(copy.name, copy.read()) if copy else None,
                destroys=fields["destroys"],
            )
        except actions.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("原件已撤下。公开页面会显示理由和文件指纹。"))
            return redirect("admin:budgets_sourcedocument_changelist")
    context = {"document": document, "form": form, "help_step": "withdraw"}
    return show(request, "intake/take_down.html", context, title=_("撤下原件：%(name)s") % {"name": document})
