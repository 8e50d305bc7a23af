"""A draft's tables and projects as the review screen shows them: every figure with its path and place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from intake.review_labels import describe_column
from intake.vocabulary import STATEMENTS

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """One amount (or text) that can be clicked: its path in the draft, its text, where it is printed."""

    path: str
    text: str
    state: str
    page: int | None
    corrected: bool = False
    marked: bool = False
    """Something does not add up here."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row; ``depth`` counts from 0, ``cells`` follow the table's columns (None: no such cell)."""

    index: int
    path: str
    label: ShownFigure
    code: str
    kind: str
    depth: int
    excluded: bool
    cells: tuple[ShownFigure | None, ...]


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """One column by its printed heading; its path opens what it means."""

    path: str
    label: str
    corrected: bool


@dataclass(frozen=True, slots=True)
class ShownTable:
    """One table as understood."""

    index: int
    title: str
    statement: str
    unit: str
    pages: str
    declared_empty: bool
    excluded: bool
    is_other: bool
    notes: tuple[str, ...] = ()
    columns: tuple[ShownColumn, ...] = ()
    rows: tuple[ShownRow, ...] = ()
    row_count: int = 0

    @property
    def index_text(self) -> str:
        """The index as it stands in addresses."""
        return str(self.index)


@dataclass(frozen=True, slots=True)
class Marks:
    """What was changed and what does not add up: paths, and places per table as sorted items."""

    corrected: frozenset[str] = frozenset()
    places: Mapping[int, frozenset[tuple[Any, ...]]] = field(default_factory=dict)


def place_key(place: Json) -> tuple[Any, ...]:
    """Return a place as something that can be looked up."""
    return tuple(place.get(name) for name in ("page", "sheet", "line", "row", "column"))


def list_tables(draft: Json) -> list[ShownTable]:
    """Return all tables without their rows, for choosing one."""
    return [_show_frame(table, index) for index, table in enumerate(draft["tables"])]


def _show_frame(table: Json, index: int, **more: Any) -> ShownTable:
    pages = table["pages"]
    span = "" if not pages else (str(pages[0]) if len(pages) == 1 else f"{pages[0]}–{pages[-1]}")
    return ShownTable(
        index=index,
        title=table["title"] or str(STATEMENTS.get(table["statement"], "")),
        statement=str(STATEMENTS.get(table["statement"], table["statement"])),
        unit=table["unit"] or "",
        pages=span,
        declared_empty=table["declared_empty"],
        excluded=bool(table.get("excluded")),
        is_other=table["statement"] == "other",
        notes=tuple(table["notes"]),
        row_count=len(table["rows"]),
        **more,
    )


def show_table(draft: Json, *, index: int, marks: Marks) -> ShownTable:
    """Return one table with its rows; ``draft`` keeps what was excluded (``keep_excluded``)."""
    table = draft["tables"][index]
    base = f"tables/{index}"
    columns = tuple(
        ShownColumn(
            path=f"{base}/columns/{number}/measure",
            label=describe_column(column),
            corrected=any(path.startswith(f"{base}/columns/{number}/") for path in marks.corrected),
        )
        for number, column in enumerate(table["columns"])
    )
    depths = _find_depths(table["rows"])
    rows = tuple(
        _show_row(table, row, number, base=base, depth=depths[number], marks=marks)
        for number, row in enumerate(table["rows"])
    )
    return _show_frame(table, index, columns=columns, rows=rows)


def _find_depths(rows: list[Json]) -> list[int]:
    depths: list[int] = []
    for row in rows:
        parent = row["parent_index"]
        if parent is not None and parent < len(depths):
            depths.append(depths[parent] + 1)
        else:
            depths.append({"subclass": 1, "item": 2}.get(row["level"], 0) if row["code"] else 0)
    return depths


def _show_row(table: Json, row: Json, number: int, *, base: str, depth: int, marks: Marks) -> ShownRow:
    path = f"{base}/rows/{number}"
    wrong = marks.places.get(int(base.split("/")[1]), frozenset())

    def show(key: str) -> ShownFigure | None:
        figure = row["figures"].get(key)
        if figure is None:
            return None
        own = f"{path}/figures/{key}"
        return ShownFigure(
            path=own,
            text=figure["raw"],
            state=figure["state"],
            page=figure["place"].get("page"),
            corrected=own in marks.corrected,
            marked=place_key(figure["place"]) in wrong,
        )

    label = ShownFigure(
        path=f"{path}/name",
        text=row["name"],
        state="text",
        page=row["place"].get("page"),
        corrected=any(one.startswith(path + "/") and "/figures/" not in one for one in marks.corrected),
        marked=place_key(row["place"]) in wrong,
    )
    return ShownRow(
        index=number,
        path=path,
        label=label,
        code=row["code"] or "",
        kind=row["kind"],
        depth=depth,
        excluded=bool(row.get("excluded")),
        cells=tuple(show(column["key"]) for column in table["columns"]),
    )


def find_kept(draft: Json) -> list[int]:
    """Return the indices of the tables that are not left out: findings count these only."""
    return [index for index, table in enumerate(draft["tables"]) if not table.get("excluded")]


def find_marks(draft: Json, findings: list[Json], *, corrected: frozenset[str]) -> Marks:
    """Return where something does not add up, per table of the draft (``keep_excluded``)."""
    kept = find_kept(draft)
    places: dict[int, set[tuple[Any, ...]]] = {}
    for finding in findings:
        if finding["outcome"] != "mismatch":
            continue
        for table in (kept[index] for index in finding["tables"] if index < len(kept)):
            places.setdefault(table, set()).update(place_key(place) for place in finding["places"])
    return Marks(corrected=corrected, places={table: frozenset(keys) for table, keys in places.items()})
