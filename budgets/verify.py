"""Comparing what is published with the revision it was published from, figure by figure.

Someone with access to the database could alter a figure; the snapshot of the current revision says
what was published, and the stored original's SHA-256 says that the original is still the one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budgets.models import Amount, Disclosure, SourceDocument
from budgets.printed_units import to_yuan

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure (or document) that is not as it was published."""

    where: str
    published: str
    found: str


def check_disclosure(disclosure: Disclosure) -> Iterator[Difference]:
    """This will compare every stored amount with the snapshot of the current revision."""
    if disclosure.current is None:
        yield from _find_left_over(disclosure)
        return
    tables = disclosure.current.snapshot["draft"]["tables"]
    statements = {one.position: one for one in disclosure.statements.all()}
    stored = _read_amounts(disclosure)
    for position, table in enumerate(tables):
        statement = statements.get(position)
        if statement is None:
            yield Difference(f"{disclosure} · {table['title']}", "published", "missing")
            continue
        for key, expected in _expect_amounts(table, factor=statement.unit_factor):
            found = stored.pop((position, *key), None)
            if found != expected:
                where = f"{disclosure} · {table['title']} · {table['rows'][key[0]]['name']} · {key[1]}"
                yield Difference(where, _show(expected), _show(found))
    for (position, row, column), left in stored.items():
        yield Difference(f"{disclosure} · table {position} · row {row} · {column}", "nothing", _show(left))


Stored = tuple[Decimal | None, str, str]
"""Yuan (or the number itself), as printed, state."""


def _read_amounts(disclosure: Disclosure) -> dict[tuple[int, int, str], Stored]:
    rows = Amount.objects.filter(disclosure=disclosure, fiscal_year=disclosure.fiscal_year).values_list(
        "statement__position", "line_item__position", "column_key", "yuan", "printed", "state"
    )
    return {(position, row, key): (yuan, printed, state) for position, row, key, yuan, printed, state in rows}


def _expect_amounts(table: Json, *, factor: Decimal) -> Iterator[tuple[tuple[int, str], Stored]]:
    columns = {column["key"]: column for column in table["columns"]}
    for index, row in enumerate(table["rows"]):
        for key, text in row["amounts"].items():
            value = None if text is None else Decimal(text)
            if value is not None:
                is_money = columns[key]["quantity"] == "money"
                value = to_yuan(value, factor=factor if is_money else Decimal(1))
            figure = row["figures"][key]
            yield (index, key), (value, figure["raw"][:60], figure["state"])


def _find_left_over(disclosure: Disclosure) -> Iterator[Difference]:
    count = Amount.objects.filter(disclosure=disclosure, fiscal_year=disclosure.fiscal_year).count()
    if count:
        yield Difference(str(disclosure), "withdrawn", f"{count} amounts")


def _show(stored: Stored | None) -> str:
    if stored is None:
        return "missing"
    yuan, printed, state = stored
    return f"{'' if yuan is None else f'{yuan:f}'} ({printed or state})"


def check_original(document: SourceDocument) -> Difference | None:
    """This will find whether the stored original is still the content that its SHA-256 names."""
    try:
        with document.file.open("rb") as file:
            found = hashlib.sha256(file.read()).hexdigest()
    except FileNotFoundError:
        return None if document.taken_down_at else Difference(document.filename, document.sha256, "missing")
    return None if found == document.sha256 else Difference(document.filename, document.sha256, found)
