"""Findings that come from one figure are given one cause, named once.

A wrong figure shows in several identities by the same difference: in its parent's sum, in the
total, in the table that copies it, in a soft rule that names the figure itself. So findings are
joined when the same amount is at stake and they share a table or a place. The cause is a sentence
a person can read and answer; explanations are stored under it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from intake.checks.compare import FACTORS
from intake.parsing.draft import Draft, Finding

MAX_SUBJECT = 50
MAX_TITLE = 32
MAX_ROW = 16


def with_causes(findings: tuple[Finding, ...], draft: Draft) -> tuple[Finding, ...]:
    """Return the findings, each that is not a match with its cause."""
    concerned = [
        index for index, finding in enumerate(findings) if finding.difference and finding.outcome != "match"
    ]
    groups = _join(concerned, findings)
    causes = {index: _name(group, findings, draft) for group in groups for index in group}
    return tuple(
        replace(finding, cause=causes[index]) if index in causes else finding
        for index, finding in enumerate(findings)
    )


def _join(concerned: list[int], findings: tuple[Finding, ...]) -> list[list[int]]:
    """Return groups of findings with equal difference (in yuan) that share a table or a place."""
    leader = {index: index for index in concerned}

    def find(index: int) -> int:
        while leader[index] != index:
            index = leader[index]
        return index

    by_key: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index in concerned:
        for key in _keys(findings[index]):
            by_key[key].append(index)
    for members in by_key.values():
        for other in members[1:]:
            first, second = sorted((find(members[0]), find(other)))
            leader[second] = first
    groups: dict[int, list[int]] = defaultdict(list)
    for index in concerned:
        groups[find(index)].append(index)
    return list(groups.values())


def _keys(finding: Finding) -> list[tuple[object, ...]]:
    amount = _in_yuan(finding)
    keys: list[tuple[object, ...]] = []
    if finding.outcome != "rounding":
        keys += [(amount, "table", table) for table in finding.tables]
    keys += [
        (amount, "place", place.page, place.sheet, place.line, place.row) for place in finding.places[:1]
    ]
    if not finding.tables:
        keys += [(amount, "place", p.page, p.sheet, p.line, p.row) for p in finding.places]
    return keys


def _in_yuan(finding: Finding) -> Decimal:
    return abs(finding.difference or Decimal(0)) * FACTORS.get(finding.unit or "", Decimal(1))


def _name(group: list[int], findings: tuple[Finding, ...], draft: Draft) -> str:
    """Return the cause in words: its table (the one most findings share) and the amount.

    Cut so that the amount is always in it: explanations are stored under it.
    """
    counted: dict[int, int] = defaultdict(int)
    for index in group:
        for used in findings[index].tables:
            counted[used] += 1
    first = findings[group[0]]
    amount = f"{abs(first.difference or Decimal(0)):,f}"
    amount += {"%": " 个百分点", None: ""}.get(first.unit, f" {first.unit}")
    if not counted:
        subject = first.message.split("“")[1].split("”")[0] if "“" in first.message else first.check
        return f"{subject[:MAX_SUBJECT]}：相差 {amount}"
    table = draft.tables[max(counted, key=lambda index: (counted[index], -index))]
    words = _deepest(group, findings)
    title = (table.title or table.statement)[:MAX_TITLE]
    return f"{title}{words}：相差 {amount}"


def _deepest(group: list[int], findings: tuple[Finding, ...]) -> str:
    """Return the row a soft rule points at: it names the figure itself, not a sum over it."""
    named = [findings[i].message for i in group if findings[i].left == findings[i].difference]
    rows = [m.split("“")[1].split("”")[0] for m in named if "》“" in m]
    return f"“{max(rows, key=_code_length)[:MAX_ROW]}”" if rows else ""


def _code_length(label: str) -> int:
    return len(label) - len(label.lstrip("0123456789"))
