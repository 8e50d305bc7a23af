"""What search finds of this app: projects and indicators, written when a disclosure is published."""

from __future__ import annotations

from collections.abc import Iterator

from budgets.models import Disclosure
from budgets.models.vocabulary import Stage
from budgets.search.entries import Entry, remove_entries, write_entries
from performance.models import Project

SEARCH_KINDS = ("project", "indicator")


def index_projects(disclosure: Disclosure) -> int:
    """This will write the entries of a disclosure's projects and indicators anew."""
    for kind in SEARCH_KINDS:
        remove_entries(kind, disclosure=disclosure)
    return write_entries(_entries(disclosure), department=disclosure.department, disclosure=disclosure)


def _entries(disclosure: Disclosure) -> Iterator[Entry]:
    base = f"/departments/{disclosure.department.slug}/{disclosure.fiscal_year}/{Stage(disclosure.stage).slug}/projects/"
    note = f"{disclosure.department.name} {disclosure.fiscal_year}"
    seen: set[str] = set()
    for project in Project.objects.filter(disclosure=disclosure).with_promises():
        path = f"{base}{project.slug}/"
        yield Entry(
            "project", project.name, path, note=note, words=(project.code, project.unit_name), weight=4
        )
        for one in project.indicators.all():
            if one.name not in seen:
                seen.add(one.name)
                yield Entry(
                    "indicator",
                    one.name,
                    f"{path}#i{one.position}",
                    note=f"{project.name} · {note}",
                    weight=1,
                )
