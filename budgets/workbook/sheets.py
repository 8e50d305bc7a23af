"""Laying a table of a draft out on a sheet as departments print it: title, unit, heading rows, rows.

Everything is written as the importer reads any workbook, so that nothing here is known to it alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

Json = Mapping[str, Any]
SCHEME_HEADINGS: Final = {
    "functional": "功能分类科目编码",
    "economic_dept": "部门预算经济分类科目编码",
    "economic_gov": "政府预算经济分类科目编码",
}
PLAIN_HEADING: Final = "科目编码"
NAME_HEADING: Final = "科目名称"
LABEL_HEADING: Final = "项目"
UNIT_HEADING: Final = "单位名称"
SIDES: Final = {"revenue": "收入", "expenditure": "支出"}
INDENT: Final = {"subclass": 1, "item": 2}


@dataclass(frozen=True, slots=True)
class Slot:
    """One column of a sheet: its heading from the top, and how its cell of a row is found."""

    heading: tuple[str, ...]
    key: str | None = None
    """The amounts' key; None for a column of texts."""
    text: str = ""
    """code:<scheme>, name or unit."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one table with the rows that stand beside each other."""

    slots: tuple[Slot, ...]
    lines: tuple[tuple[Json | None, ...], ...]
    """For each line of the sheet, the draft's row of each block (None where a block has ended)."""
    blocks: tuple[int, ...]
    """For each slot, which of the line's rows it shows."""
    depth: int = field(default=1)


def lay_out(table: Json) -> Layout:
    """This will decide the columns and lines of a table."""
    groups = _group_rows(table)
    slots: list[Slot] = []
    blocks: list[int] = []
    for number, (block, rows) in enumerate(groups):
        of_block = [*_text_slots(table, rows, several=len(groups) > 1), *_amount_slots(table, block)]
        slots.extend(of_block)
        blocks.extend([number] * len(of_block))
    height = max((len(rows) for _, rows in groups), default=0)
    lines = [tuple(rows[n] if n < len(rows) else None for _, rows in groups) for n in range(height)]
    depth = max((len(slot.heading) for slot in slots), default=1)
    return Layout(tuple(slots), tuple(lines), tuple(blocks), depth)


def _group_rows(table: Json) -> list[tuple[int, list[Json]]]:
    """Return the rows by side-by-side block; a table without rows has the blocks of its columns."""
    blocks = {column["key"]: column["block"] for column in table["columns"]}
    groups: dict[int, list[Json]] = {block: [] for block in sorted(set(blocks.values()))}
    for row in table["rows"]:
        block = next((blocks[key] for key in row["amounts"] if key in blocks), min(groups, default=1))
        groups.setdefault(block, []).append(row)
    return list(groups.items())


def _text_slots(table: Json, rows: Sequence[Json], *, several: bool) -> Iterator[Slot]:
    schemes = [scheme for scheme in SCHEME_HEADINGS if any(scheme in row["codes"] for row in rows)]
    side = next((SIDES[row["side"]] for row in rows if row["side"] in SIDES), "") if several else ""
    above = (side,) if side else ()
    if any(row["unit_name"] for row in rows):
        yield Slot((*above, UNIT_HEADING), text="unit")
    if several:
        yield Slot((*above, LABEL_HEADING), text="name")
    elif schemes:
        for scheme in schemes:
            heading = PLAIN_HEADING if len(schemes) == 1 else SCHEME_HEADINGS[scheme]
            yield Slot((heading,), text=f"code:{scheme}")
        yield Slot((NAME_HEADING,), text="name")
    elif any(row["name"] for row in rows):
        yield Slot((LABEL_HEADING,), text="name")


def _amount_slots(table: Json, block: int) -> Iterator[Slot]:
    for column in table["columns"]:
        if column["block"] == block:
            yield Slot(tuple(column["heading"]) or (column["key"],), key=column["key"])


def get_text(row: Json, what: str) -> str:
    """This will return the text of one column of texts."""
    if what == "unit":
        return str(row["unit_name"] or "")
    if what.startswith("code:"):
        return str(row["codes"].get(what.removeprefix("code:"), ""))
    return str(row["name"])


def get_amount(row: Json, key: str) -> Decimal | str | None:
    """This will return a printed amount as number, a dash as its text, a blank as None."""
    if key not in row["amounts"]:
        return None
    amount = row["amounts"][key]
    if amount is not None:
        return Decimal(amount)
    return row["figures"][key]["raw"] or None if row["figures"][key]["state"] == "dash" else None


def get_number_format(raw: str, amount: Decimal) -> str:
    """This will return the number format that shows an amount with the decimals it was printed with."""
    found = re.search(r"\.(\d+)", raw)
    places = len(found[1]) if found else max(0, -int(amount.as_tuple().exponent))
    return "#,##0" + ("." + "0" * places if places else "")


def get_indent(row: Json) -> int:
    """This will return how far a name is indented: by its level where it says one."""
    depth = re.fullmatch(r"depth-(\d+)", row["level"])
    if depth:
        return int(depth[1]) - 1
    return INDENT.get(row["level"], 0) if row["kind"] == "item" else 0


def get_sheet_name(title: str, *, taken: set[str]) -> str:
    """This will return a sheet name Excel allows: at most 31 characters, no []:*?/\\ , not used before."""
    bare = re.sub(r"[\[\]:*?/\\]", "", title).strip("'")[:27] or "表"
    name = next(
        f"{bare}{mark}" for mark in ("", *(f"-{n}" for n in range(2, 100))) if f"{bare}{mark}" not in taken
    )
    taken.add(name)
    return name
