"""Writing what search finds: called when something is published, renamed or loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from budgets.models import ClassificationNode, Department, Disclosure, SearchEntry
from budgets.models.vocabulary import Scheme, Stage
from budgets.search.tokens import compose_vector, find_initials

FIELDS = "kind, title, note, path, initials, weight, department_id, disclosure_id, tokens"
SCHEME_NOTES = {scheme.value: str(scheme.label) for scheme in Scheme}


@dataclass(frozen=True, slots=True)
class Entry:
    """One findable thing; ``words`` are further texts it is found by."""

    kind: str
    title: str
    path: str
    note: str = ""
    words: tuple[str, ...] = ()
    weight: int = 0


def write_entries(
    entries: Iterable[Entry], *, department: Department | None = None, disclosure: Disclosure | None = None
) -> int:
    """Write entries by COPY and return how many; all are made first, since nothing can be asked during COPY."""
    rows = [describe_entry(entry, department=department, disclosure=disclosure) for entry in entries]
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY budgets_searchentry ({FIELDS}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)
    return len(rows)


def describe_entry(
    entry: Entry, *, department: Department | None, disclosure: Disclosure | None
) -> tuple[Any, ...]:
    """Return the row of one entry, in the order of FIELDS."""
    title = entry.title[:400]
    return (
        entry.kind,
        title,
        entry.note[:400],
        entry.path,
        find_initials(title),
        entry.weight,
        department.pk if department else None,
        disclosure.pk if disclosure else None,
        compose_vector(entry.title, *entry.words),
    )


def remove_entries(kind: str, *, disclosure: Disclosure) -> None:
    """Remove the entries of one kind that a disclosure put in."""
    SearchEntry.objects.filter(kind=kind, disclosure=disclosure).delete()


def index_department(department: Department) -> None:
    """Write a department's entry anew: by its names, former names, code and initials."""
    SearchEntry.objects.filter(kind="department", department=department).delete()
    aliases = tuple(department.aliases.values_list("name", flat=True))
    entry = Entry(
        kind="department",
        title=department.name,
        path=f"/departments/{department.slug}/",
        note=department.region.name,
        words=(*aliases, department.region.name, department.code, department.name_en),
        weight=10,
    )
    write_entries([entry], department=department)


def index_disclosure(disclosure: Disclosure) -> None:
    """Write the entries of a disclosure and its department anew."""
    department, stage = disclosure.department, Stage(disclosure.stage)
    index_department(department)
    remove_entries("disclosure", disclosure=disclosure)
    entry = Entry(
        kind="disclosure",
        title=f"{department.name}{disclosure.fiscal_year}年{'预算' if stage is Stage.BUDGET else '决算'}",
        path=f"/departments/{department.slug}/{disclosure.fiscal_year}/{stage.slug}/",
        note=department.region.name,
        words=tuple(disclosure.statements.values_list("title", flat=True)),
        weight=disclosure.fiscal_year - 2000,
    )
    write_entries([entry], department=department, disclosure=disclosure)


def index_classification(nodes: Iterable[Any] | None = None) -> int:
    """Write the entries of all codes anew, each code once under its newest name.

    ``nodes`` are ClassificationNodes; a migration gives its own.
    """
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM budgets_searchentry WHERE kind = 'item'")
    every = ClassificationNode.objects.all() if nodes is None else nodes
    newest: dict[tuple[str, str], Any] = {}
    former: dict[tuple[str, str], list[str]] = {}
    for node in sorted(every, key=lambda node: node.year_to):
        newest[node.scheme, node.code] = node
        former.setdefault((node.scheme, node.code), []).append(node.name)
    return write_entries(
        Entry(
            kind="item",
            title=f"{node.name}",
            path=f"/items/{node.scheme}/{node.code}/",
            note=f"{node.code} · {SCHEME_NOTES[node.scheme]}",
            words=(node.code, node.name_en, *former[key]),
            weight=9 - len(node.code),
        )
        for key, node in newest.items()
    )
