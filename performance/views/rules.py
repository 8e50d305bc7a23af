"""What the quality rules ask and why; each has its own page."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from budgets.addresses import get_addresses
from performance.models import QualityHint
from performance.words import RULE_TEXTS

SHOWN = 30


def show_rules(request: HttpRequest) -> HttpResponse:
    """This will list the rules, with how often each asks something on this site."""
    counts = dict(QualityHint.objects.values_list("rule").annotate(Count("pk")))
    rules = [{"code": code, "text": text, "count": counts.get(code, 0)} for code, text in RULE_TEXTS.items()]
    context = {
        "rules": rules,
        "total": sum(counts.values()),
        "crumbs": _crumbs((_("这些问题怎么来的"), "")),
    }
    return render(request, "performance/rules.html", context)


def show_rule(request: HttpRequest, code: str) -> HttpResponse:
    """This will explain one rule and show what it asks."""
    text = RULE_TEXTS.get(code)
    if text is None:
        raise Http404(code)
    found = QualityHint.objects.filter(rule=code)
    hints = found.select_related("project", "disclosure__department").order_by(
        "-disclosure__fiscal_year", "pk"
    )[:SHOWN]
    context = {
        "code": code,
        "rule": text,
        "count": found.count(),
        "hints": [_describe(hint) for hint in hints],
        "shown": SHOWN,
        "explorer": f"{reverse('performance:explorer')}?rule={code}",
        "crumbs": _crumbs((_("这些问题怎么来的"), reverse("performance:rules")), (text.title, "")),
    }
    return render(request, "performance/rule.html", context)


def _describe(hint: QualityHint) -> dict[str, Any]:
    base = get_addresses(hint.disclosure).base
    return {
        "text": hint.text,
        "project": hint.project.name,
        "department": hint.disclosure.department.name,
        "year": hint.disclosure.fiscal_year,
        "url": f"{base}projects/{hint.project.slug}/#questions",
    }


def _crumbs(*more: tuple[Any, str]) -> list[tuple[Any, str]]:
    return [(_("首页"), reverse("pages:home")), (_("承诺"), reverse("performance:explorer")), *more]
