"""What changed between two drafts of one disclosure, cell by cell.

Rows are paired within a table of the same statement key by side, code and name, in order of
appearance; columns by their key. Both drafts are full JSON (``contracts.md`` §2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Json = Mapping[str, Any]
RowKey = tuple[str, int, str, str, str, int]
"""statement, which of that statement's tables, side, code, name, which of such rows"""


@dataclass(frozen=True, slots=True)
class Change:
    """One figure, or one whole row, that is not as it was. Texts as printed; empty for none."""

    kind: Literal["added", "removed", "changed"]
    label: str
    old: str
    new: str
    path: str
    """Where in the newer draft (in the older one for ``removed``)."""


def find_changes(old: Json, new: Json) -> list[Change]:
    """This will list the changes from ``old`` to ``new``: tables in order, then projects."""
    return [*_find_row_changes(_by_key(old), _by_key(new)), *_find_project_changes(old, new)]


def _by_key(draft: Json) -> dict[RowKey, tuple[str, Json, Json]]:
    """Return path, table and row of every row by what it is."""
    tables: dict[str, int] = {}
    found: dict[RowKey, tuple[str, Json, Json]] = {}
    for position, table in enumerate(draft["tables"]):
        statement = table["statement"]
        which = tables[statement] = tables.get(statement, 0) + 1
        seen: dict[tuple[str, str, str], int] = {}
        for index, row in enumerate(table["rows"]):
            name = (row["side"] or "", row["code"] or "", row["name"])
            seen[name] = seen.get(name, 0) + 1
            found[(statement, which, *name, seen[name])] = (f"tables/{position}/rows/{index}", table, row)
    return found


def _find_row_changes(
    old: Mapping[RowKey, tuple[str, Json, Json]], new: Mapping[RowKey, tuple[str, Json, Json]]
) -> Iterator[Change]:
    for key, (path, table, row) in new.items():
        before = old.get(key)
        if before is None:
            if _is_printed(row):
                yield Change("added", _label(table, row), "", _summary(row), path)
            continue
        for column in table["columns"]:
            now, was = _amount(row, column["key"]), _amount(before[2], column["key"])
            if now != was:
                label = f"{_label(table, row)} · {'／'.join(column['heading']) or column['key']}"
                yield Change("changed", label, was, now, f"{path}/figures/{column['key']}")
    for key, (path, table, row) in old.items():
        if key not in new and _is_printed(row):
            yield Change("removed", _label(table, row), _summary(row), "", path)


def _find_project_changes(old: Json, new: Json) -> Iterator[Change]:
    before = {project["code"] or project["name"]: project for project in old["projects"]}
    after = {project["code"] or project["name"]: project for project in new["projects"]}
    for index, (key, project) in enumerate(after.items()):
        path = f"projects/{index}"
        was = before.get(key)
        if was is None:
            yield Change("added", f"项目 · {project['name']}", "", project["amount"] or "", path)
        elif project["amount"] != was["amount"]:
            yield Change(
                "changed", f"项目 · {project['name']}", was["amount"] or "", project["amount"] or "", path
            )
    for index, (key, project) in enumerate(before.items()):
        if key not in after:
            yield Change(
                "removed", f"项目 · {project['name']}", project["amount"] or "", "", f"projects/{index}"
            )


def _label(table: Json, row: Json) -> str:
    name = " ".join(filter(None, (row["code"], row["name"])))
    return f"{table['title']} · {name}" if name else str(table["title"])


def _amount(row: Json, key: str) -> str:
    """Return the amount as text: what is printed where it is no number, so that a blank and a dash differ."""
    amount = row["amounts"].get(key)
    if amount is not None:
        return str(amount)
    figure = row["figures"].get(key)
    return str(figure["raw"]) if figure else ""


def _is_printed(row: Json) -> bool:
    return any(amount is not None for amount in row["amounts"].values())


def _summary(row: Json) -> str:
    return next((str(amount) for amount in row["amounts"].values() if amount is not None), "")
