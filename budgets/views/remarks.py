"""“Something wrong with this figure?”: a reader's remark, without account or cookie.

No cookie means no CSRF token. A remark must come from a page of this site (``Sec-Fetch-Site`` or
``Origin``) with a timestamp that we signed in the last day; how many a sender may leave is counted
in PostgreSQL, under a keyed hash that changes every day.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from budgets.models import Remark
from budgets.views.answers import page
from budgets.views.disclosure import address_of, make_crumbs
from budgets.views.lookup import get_disclosure

A_DAY = 10
"""Remarks a sender may leave in a day."""
SIGNER = TimestampSigner(salt="remark")


class RemarkForm(forms.Form):
    """What a reader writes. ``website`` is a trap: people do not see it, programs fill it."""

    text = forms.CharField(
        label=lazy("哪里不对？您看到的是什么，您认为应当是什么？"),
        min_length=5,
        max_length=2000,
        widget=forms.Textarea,
    )
    contact = forms.CharField(label=lazy("联系方式（可不填，不公开）"), max_length=200, required=False)
    website = forms.CharField(required=False, widget=forms.HiddenInput)
    stamp = forms.CharField(widget=forms.HiddenInput)


def find_sender(request: HttpRequest) -> str:
    """Return a keyed hash of the sender's address and the day; it cannot be turned back."""
    text = f"{request.META.get('REMOTE_ADDR', '')} {timezone.localdate()}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def comes_from_here(request: HttpRequest) -> bool:
    """Return whether a browser says that the form was on a page of this site."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc == request.get_host()


def is_fresh(stamp: str) -> bool:
    """Return whether we signed the form in the last day."""
    try:
        SIGNER.unsign(stamp, max_age=datetime.timedelta(days=1))
    except BadSignature:
        return False
    return True


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@page
def show_remark(request: HttpRequest, slug: str, year: int, stage: str) -> HttpResponse:
    """Show the form, or take the remark and say so."""
    disclosure = get_disclosure(request, slug, year, stage)
    subject = request.GET.get("subject", "")[:300].replace("\x00", "")
    context: dict[str, Any] = {
        "disclosure": disclosure,
        "department": disclosure.department,
        "crumbs": make_crumbs(disclosure, (_("来信"), "")),
        "subject": subject,
        "back": address_of(disclosure),
    }
    if request.method != "POST":
        form = RemarkForm(initial={"stamp": SIGNER.sign("remark")})
        return answer(request, context | {"form": form})
    form = RemarkForm(request.POST)
    if not comes_from_here(request):
        return answer(
            request,
            context
            | {"form": form, "error": _("这封信不是从本站的页面发出的，没有收下。请在本页重新填写。")},
            status=403,
        )
    if not form.is_valid() or not is_fresh(form.cleaned_data["stamp"]):
        fresh = RemarkForm({**request.POST.dict(), "stamp": SIGNER.sign("remark")})
        return answer(
            request,
            context | {"form": fresh, "error": _("没有收下：请写明哪里不对（5 到 2000 字），再发一次。")},
            status=400,
        )
    sender, now = find_sender(request), timezone.now()
    if Remark.objects.filter(sender=sender, at__gt=now - datetime.timedelta(days=1)).count() >= A_DAY:
        return answer(
            request,
            context | {"form": form, "error": _("今天已经收到您 %(n)s 封来信，请明天再来。") % {"n": A_DAY}},
            status=429,
        )
    if not form.cleaned_data["website"]:
        Remark.objects.create(
            disclosure=disclosure,
            address=request.get_full_path()[:500],
            subject=subject,
            text=form.cleaned_data["text"].replace("\x00", ""),
            contact=form.cleaned_data["contact"].replace("\x00", ""),
            sender=sender,
            at=now,
        )
    return answer(request, context | {"done": True})


def answer(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Return the page, never kept by anybody: its stamp ages."""
    response = render(request, "questions/remark.html", context, status=status)
    response["Cache-Control"] = "no-store"
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:16]}"'
    return response
