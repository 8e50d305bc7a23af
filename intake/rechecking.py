"""Checks across files: when one is published, what it is compared with is checked again.

Last year's figure, the department against its units, closing against opening balance: each is a
statement about two disclosures, so that publishing or withdrawing either can change it.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q

from budgets.actions import replace_findings
from budgets.models import Disclosure
from intake.judging import find_known, judge_draft


def recheck_neighbours(disclosure_id: int) -> int:
    """This will check the disclosures compared with this one again; returns how many changed."""
    disclosure = Disclosure.objects.select_related("department").get(pk=disclosure_id)
    changed = 0
    for neighbour in find_neighbours(disclosure):
        if neighbour.current is None:
            continue
        known = find_known(neighbour.department, fiscal_year=neighbour.fiscal_year, stage=neighbour.stage)
        findings = judge_draft(neighbour.current.snapshot["draft"], known=known)
        with transaction.atomic():
            changed += replace_findings(neighbour, findings=findings)
    return changed


def find_neighbours(disclosure: Disclosure) -> Iterator[Disclosure]:
    """This will find what a disclosure is compared with: years beside it, its other stage, its department."""
    years = [disclosure.fiscal_year - 1, disclosure.fiscal_year + 1]
    same = Q(department=disclosure.department_id)
    beside = same & Q(fiscal_year__in=years, stage=disclosure.stage)
    other_stage = same & Q(fiscal_year=disclosure.fiscal_year) & ~Q(stage=disclosure.stage)
    above = Q(
        department=disclosure.department.parent_id, fiscal_year=disclosure.fiscal_year, stage=disclosure.stage
    )
    wanted = beside | other_stage | (above if disclosure.department.parent_id else Q(pk__in=[]))
    yield from Disclosure.objects.filter(wanted).select_related("department", "current").order_by("pk")
