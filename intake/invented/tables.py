"""Invented rows as tables of a draft, with the places they would have in a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Json = dict[str, Any]
FUNDS: Final = frozenset({"general_public"})
"""Columns that are named for where their money comes from."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row before it is a draft's; amounts in hundredths of 万元, None for a blank."""

    code: str | None
    name: str
    kind: str
    level: str
    amounts: Mapping[str, int | None]
    side: str = "expenditure"


def make_table(
    statement: str,
    title: str,
    rows: Sequence[Row],
    *,
    year: int,
    columns: Mapping[str, tuple[str, ...]] | None = None,
    fund: str = "general_public",
    scheme: str = "functional",
    summary: bool = False,
    three_public: bool = False,
    note: str = "",
) -> Json:
    """This will make one table as the full JSON of a draft holds it."""
    if summary:
        made = [
            _column("revenue", ("收入", "预算数"), 1, "total", year, "all"),
            _column("total", ("支出", "预算数"), 2, "total", year, "all"),
        ]
    elif three_public:
        made = _three_public_columns(year)
    else:
        made = [
            _column(key, heading, 1, "total" if key in FUNDS else key, year, key if key in FUNDS else fund)
            for key, heading in (columns or {}).items()
        ]
    for index, column in enumerate(made, start=2):
        column["index"] = index
    keys = {column["key"]: column["index"] + 1 for column in made}
    parents: dict[str, int] = {}
    lines = []
    for position, row in enumerate(rows):
        lines.append(_line(row, position=position, parents=parents, keys=keys, scheme=scheme, sheet=title))
        if row.code:
            parents[row.code] = position
    return {
        "statement": statement,
        "title": title,
        "unit": "万元",
        "pages": [],
        "declared_empty": bool(note),
        "columns": made,
        "rows": lines,
        "notes": [note] if note else [],
        "place": {"sheet": title[:31]},
    }


def _column(key: str, heading: tuple[str, ...], block: int, measure: str, year: int, fund: str) -> Json:
    return {
        "key": key,
        "block": block,
        "measure": measure,
        "year": year,
        "phase": "approved",
        "fund": fund,
        "carried": "all",
        "quantity": "money",
        "heading": list(heading),
    }


def _three_public_columns(year: int) -> list[Json]:
    paths = {
        "total": ("合计",),
        "overseas_travel": ("因公出国（境）费用",),
        "vehicle_total": ("公务用车购置及运行费", "小计"),
        "vehicle_purchase": ("公务用车购置及运行费", "公务用车购置费"),
        "vehicle_operation": ("公务用车购置及运行费", "公务用车运行费"),
        "official_reception": ("公务接待费",),
    }
    return [
        _column(f"{key}{suffix}", (f"{of}年预算数", *path), 1, key, of, "general_public")
        for of, suffix in ((year - 1, ".last"), (year, ""))
        for key, path in paths.items()
    ]


def _line(
    row: Row, *, position: int, parents: Mapping[str, int], keys: Mapping[str, int], scheme: str, sheet: str
) -> Json:
    place = {"sheet": sheet[:31], "row": position + 5}
    amounts = {key: row.amounts[key] for key in keys if key in row.amounts}
    printed = {key: None if value is None else f"{value / 100:.2f}" for key, value in amounts.items()}
    parent = parents.get(row.code[:-2]) if row.code and len(row.code) > 3 else None
    return {
        "place": place,
        "side": row.side,
        "kind": row.kind,
        "level": row.level,
        "codes": {scheme: row.code} if row.code else {},
        "code": row.code,
        "parent": row.code[:-2] if row.code and parent is not None else None,
        "parent_index": parent,
        "name": row.name,
        "unit_name": None,
        "amounts": printed,
        "figures": {
            key: {
                "raw": text or "",
                "state": "blank" if text is None else "zero" if text == "0.00" else "amount",
                "place": {**place, "column": keys[key]},
            }
            for key, text in printed.items()
        },
        "cells": [row.code or "", row.name, *(text or "" for text in printed.values())],
    }
