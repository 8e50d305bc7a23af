"""What other rooms show of promises: ``{% load promises %}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from performance.quality import find_hints_in_draft
from performance.words import RULE_TEXTS

register = template.Library()


@register.inclusion_tag("performance/desk_hints.html")
def quality_hints(draft: Mapping[str, Any]) -> dict[str, Any]:
    """This will show finance staff what the quality rules would ask of a draft's promises."""
    kept = {
        **draft,
        "projects": [_without_excluded(one) for one in draft["projects"] if not one.get("excluded")],
    }
    by_rule: dict[str, list[dict[str, str]]] = {}
    for hint in find_hints_in_draft(kept):
        project = kept["projects"][hint.promise]["name"]
        by_rule.setdefault(hint.rule, []).append({"text": hint.text, "project": project})
    return {
        "rules": [
            {"code": rule, "title": RULE_TEXTS[rule].title, "hints": hints} for rule, hints in by_rule.items()
        ],
        "count": sum(map(len, by_rule.values())),
    }


def _without_excluded(project: Mapping[str, Any]) -> dict[str, Any]:
    return {**project, "indicators": [one for one in project["indicators"] if not one.get("excluded")]}
