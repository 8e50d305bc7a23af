"""What changed between two drafts: cell by cell of one disclosure, or line by line from year to year.

Pure functions on the full JSON of drafts. Lines are told apart by what they are (side, unit, code
or name), columns by their coordinates, so that a moved row or a new page break is no difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from intake.review_labels import describe_column

Json = dict[str, Any]
Kind = Literal["added", "removed", "changed"]
FACTORS = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that is new, gone, or not what it was. Texts as printed."""

    kind: Kind
    table: str
    line: str
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of this year against last year's, both in yuan; None where it did not stand."""

    kind: Kind
    table: str
    line: str
    old: Decimal | None
    new: Decimal | None

    @property
    def change(self) -> Decimal:
        """How many yuan more (or less) than last year."""
        return (self.new or Decimal(0)) - (self.old or Decimal(0))

    @property
    def percent(self) -> Decimal | None:
        """The change in percent of last year; None without a last year."""
        return self.change / abs(self.old) * 100 if self.old else None


Line = tuple[str, int, str, str, str, int]


def find_differences(old: Json, new: Json) -> list[Difference]:
    """Return every cell that differs between two drafts, in the order of the new one, removals last."""
    before = dict(_read_cells(old))
    after = dict(_read_cells(new))
    found: list[Difference] = []
    for key, (table, line, column, text) in after.items():
        if key not in before:
            if text:
                found.append(Difference("added", table, line, column, "", text))
        elif _is_other(before[key][3], text):
            found.append(Difference("changed", table, line, column, before[key][3], text))
    for key, (table, line, column, text) in before.items():
        if key not in after and text:
            found.append(Difference("removed", table, line, column, text, ""))
    return found


def _is_other(old: str, new: str) -> bool:
    """Return whether two printed texts say different things (1,000.00 and 1000 are the same)."""
    if old == new:
        return False
    try:
        return Decimal(old.replace(",", "")) != Decimal(new.replace(",", ""))
    except ArithmeticError:
        return True


Cell = tuple[str, str, str, str]


def _read_cells(draft: Json) -> Iterator[tuple[tuple[Any, ...], Cell]]:
    for name in ("department", "fiscal_year", "stage", "scope"):
        yield ("head", name), ("", "", name, str(draft["disclosure"].get(name) or ""))
    for table_key, table in _number_tables(draft):
        yield (table_key, "unit"), (table["title"], "", "unit", table["unit"] or "")
        for line_key, row in _number_rows(table):
            line = f"{row['code'] or ''} {row['name']}".strip()
            for column in table["columns"]:
                if column["key"] in row["amounts"]:
                    text = row["figures"][column["key"]]["raw"]
                    key = (table_key, line_key, _coordinates(column))
                    yield key, (table["title"], line, describe_column(column), text)
    seen: Counter[str] = Counter()
    for project in draft["projects"]:
        name = project["code"] or project["name"]
        seen[name] += 1
        project_key = ("project", name, seen[name])
        yield (*project_key, "amount"), (project["name"], "", "amount", project["amount"] or "")
        yield (*project_key, "objective"), (project["name"], "", "objective", project["objective"] or "")
        counted: Counter[str] = Counter()
        for indicator in project["indicators"]:
            counted[indicator["name"]] += 1
            value = " ".join(
                str(indicator[part]) for part in ("operator", "target", "unit", "weight") if indicator[part]
            )
            yield (
                (*project_key, indicator["name"], counted[indicator["name"]]),
                (project["name"], indicator["name"], "target", value),
            )


def _number_tables(draft: Json) -> Iterator[tuple[tuple[str, int], Json]]:
    seen: Counter[str] = Counter()
    for table in draft["tables"]:
        name = table["statement"] if table["statement"] != "other" else table["title"]
        seen[name] += 1
        yield (name, seen[name]), table


def _number_rows(table: Json) -> Iterator[tuple[tuple[Any, ...], Json]]:
    seen: Counter[tuple[Any, ...]] = Counter()
    for row in table["rows"]:
        what = (row["side"], row["unit_name"], row["kind"], row["code"] or row["name"])
        seen[what] += 1
        yield (*what, seen[what]), row


def _coordinates(column: Json) -> tuple[Any, ...]:
    names = ("block", "measure", "year", "phase", "fund", "carried", "quantity")
    return tuple(column[name] for name in names)


def find_movements(
    last: Json, this: Json, *, threshold: int = 20, at_least: Decimal = Decimal(10_000)
) -> list[Movement]:
    """Return the lines that appeared, vanished, or moved by more than ``threshold`` percent.

    Compared is each table's first column of money totals; movements below ``at_least`` yuan are
    left out. Largest change first.
    """
    before = dict(_read_totals(last))
    after = dict(_read_totals(this))
    found: list[Movement] = []
    for key, (table, line, new) in after.items():
        old = before[key][2] if key in before else None
        kind: Kind = "changed" if old is not None else "added"
        movement = Movement(kind, table, line, old, new)
        if abs(movement.change) < at_least:
            continue
        if old is None or movement.percent is None or abs(movement.percent) > threshold:
            found.append(movement)
    for key, (table, line, old) in before.items():
        if key not in after and abs(old) >= at_least:
            found.append(Movement("removed", table, line, old, None))
    return sorted(found, key=lambda movement: -abs(movement.change))


def _read_totals(draft: Json) -> Iterator[tuple[tuple[Any, ...], tuple[str, str, Decimal]]]:
    year = draft["disclosure"]["fiscal_year"]
    for table_key, table in _number_tables(draft):
        factor = FACTORS.get(table["unit"] or "", Decimal(10_000))
        columns = [
            c
            for c in table["columns"]
            if c["measure"] == "total" and c["quantity"] == "money" and c["year"] in (None, year)
        ]
        keys = [column["key"] for column in columns]
        for line_key, row in _number_rows(table):
            key = next((key for key in keys if row["amounts"].get(key) is not None), None)
            if key is not None and row["kind"] in ("item", "total"):
                line = f"{row['code'] or ''} {row['name']}".strip()
                yield (table_key, line_key), (table["title"], line, Decimal(row["amounts"][key]) * factor)
