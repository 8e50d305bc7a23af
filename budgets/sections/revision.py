"""A revision from its snapshot: its tables as printed, its corrections, its checks in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from budgets.differences import find_changes
from budgets.models import Correction, Revision
from budgets.sections.page import DisclosurePage


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """One table of a snapshot: headings and rows of raw figures."""

    title: str
    unit: str
    headings: list[str]
    rows: list[tuple[str, str, list[str]]]


def make_revision(page: DisclosurePage, revision: Revision) -> dict[str, Any]:
    """This will make the tables of a snapshot with what people did to it."""
    draft = revision.snapshot.get("draft", {})
    before = find_before(revision)
    outcomes = Counter(finding.get("outcome") for finding in revision.snapshot.get("findings", []))
    return {
        "tables": [make_printed(table) for table in draft.get("tables", [])],
        "projects": len(draft.get("projects", [])),
        "outcomes": dict(outcomes),
        "corrections": list(Correction.objects.filter(revision=revision)),
        "before": before,
        "changes": find_changes(before.snapshot.get("draft", {}), draft) if before else [],
    }


def find_before(revision: Revision) -> Revision | None:
    """This will return the revision before this one, None for the first (one query)."""
    earlier = Revision.objects.filter(disclosure_id=revision.disclosure_id, number__lt=revision.number)
    return earlier.order_by("-number").first()


def make_printed(table: Mapping[str, Any]) -> PrintedTable:
    """This will turn one table of the snapshot into headings and rows, figures as printed."""
    columns = table.get("columns", [])
    keys = [column["key"] for column in columns]
    headings = [
        " ".join(part for part in column.get("heading", []) if part) or column["key"] for column in columns
    ]
    rows = [
        (
            row.get("code") or "",
            row.get("name") or row.get("unit_name") or "",
            [_printed(row, key) for key in keys],
        )
        for row in table.get("rows", [])
    ]
    return PrintedTable(table.get("title", ""), table.get("unit") or "", headings, rows)


def _printed(row: Mapping[str, Any], key: str) -> str:
    figure = row.get("figures", {}).get(key)
    return figure.get("raw", "") if figure else (row.get("amounts", {}).get(key) or "")
