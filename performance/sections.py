"""Sections of the project pages: unit costs, ratios that a person defined, questions, last year."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from budgets.formatting import Unit, format_change, format_number
from budgets.models import Disclosure
from performance.models import Indicator, Project, ServiceRatio
from performance.quality.promise import to_number
from performance.summary import Portfolio
from performance.unit_cost import UnitCost
from performance.words import RULE_TEXTS, write_target

WAN = Decimal(10_000)


def say_cost(yuan: Decimal) -> tuple[str, str]:
    """Return a cost of one unit and its unit of money: 万元 from ten thousand yuan on, else 元."""
    return (format_number(yuan / WAN), _("万元")) if yuan >= WAN else (format_number(yuan), _("元"))


def make_unit_costs(
    portfolio: Portfolio, *, base: str, unit: Unit
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the quotients with their formulas, and the refusals with their reasons."""
    found, refused = portfolio.unit_costs
    return (
        [describe_cost(one, base=base) for one in found],
        [
            {"project": one.project, "url": f"{base}projects/{one.project.slug}/", "reason": one.reason}
            for one in refused
        ],
    )


def describe_cost(one: UnitCost, *, base: str) -> dict[str, Any]:
    """Return what a page shows of one quotient."""
    figure, money = say_cost(one.yuan)
    return {
        "project": one.project,
        "url": f"{base}projects/{one.project.slug}/",
        "figure": figure,
        "money": money,
        "unit": one.unit,
        "at_most": one.at_most,
        "amount": format_number(one.project.yuan / WAN),
        "divisor": f"{'、'.join(each.name for each in one.indicators)} {write_target(one.indicators[0])}",
    }


def read_ratios(disclosure: Disclosure, *, unit: Unit) -> list[dict[str, Any]]:
    """Return the ratios that a person defined for this department and year; none where a part is missing."""
    defined = ServiceRatio.objects.filter(
        department_id=disclosure.department_id, fiscal_year=disclosure.fiscal_year
    )
    made = []
    for ratio in defined:
        wanted = [line.strip() for line in ratio.projects.splitlines() if line.strip()]
        chosen = [
            one
            for one in Project.objects.filter(disclosure=disclosure)
            if (one.code in wanted or one.name in wanted) and one.yuan is not None
        ]
        divisor = Indicator.objects.filter(disclosure=disclosure, name=ratio.indicator).first()
        number = to_number(divisor.target) if divisor else None
        if len(chosen) != len(wanted) or not number:
            continue
        total = sum((one.yuan or Decimal(0) for one in chosen), Decimal(0))
        figure, money = say_cost((total / number).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))
        english = (get_language() or "").startswith("en")
        made.append(
            {
                "name": (ratio.name_en if english else "") or ratio.name,
                "figure": figure,
                "money": money,
                "unit": divisor.unit if divisor else "",
                "amount": format_number(total / WAN),
                "projects": "、".join(one.name for one in chosen),
                "divisor": f"{ratio.indicator} {write_target(divisor)}",
                "note": ratio.note,
            }
        )
    return made


def list_questions(portfolio: Portfolio, *, base: str) -> list[dict[str, Any]]:
    """Return the rules that ask something of this disclosure, most frequent first, with their first questions."""
    hints = [(project, hint) for project in portfolio.projects for hint in project.hints.all()]
    counts = Counter(hint.rule for _project, hint in hints)
    return [
        {
            "rule": rule,
            "title": RULE_TEXTS[rule].title,
            "count": count,
            "asked": _by_text([(project, hint) for project, hint in hints if hint.rule == rule], base),
        }
        for rule, count in counts.most_common()
    ]


def _by_text(hints: list[tuple[Project, Any]], base: str) -> list[dict[str, Any]]:
    """Return each question once, with the projects of which it is asked."""
    asked: dict[str, list[tuple[str, str]]] = {}
    for project, hint in hints:
        asked.setdefault(hint.text, []).append((project.name, f"{base}projects/{project.slug}/#questions"))
    return [{"text": text, "projects": projects} for text, projects in asked.items()]


def read_last_year(project: Project) -> dict[str, Any] | None:
    """Return the same project in the year before and the same stage: by code, else by name and unit."""
    before = Project.objects.filter(
        department_id=project.department_id,
        fiscal_year=project.fiscal_year - 1,
        stage=project.stage,
        kind=project.kind,
    ).select_related("disclosure__department")
    found = before.filter(code=project.code).first() if project.code else None
    if found is None:
        same = list(before.filter(name=project.name, unit_name=project.unit_name)[:2])
        found = same[0] if len(same) == 1 else None
    if found is None:
        return None
    return {
        "project": found,
        "change": format_change(project.yuan, found.yuan),
        "disclosure": found.disclosure,
    }
