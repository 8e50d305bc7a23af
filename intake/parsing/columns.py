"""The columns of a table with their final coordinates and keys."""

from __future__ import annotations

from dataclasses import dataclass, replace

from intake.parsing.draft import Column
from intake.parsing.headings import Heading
from intake.parsing.measures import Meaning
from intake.parsing.roles import Block


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a heading need not print: the disclosure's year, the stage's phase, the statement's fund."""

    fiscal_year: int | None
    phase: str
    fund: str


def make_columns(heading: Heading | None, blocks: list[Block], *, defaults: Defaults) -> list[Column]:
    """Return a Column for each amount column, in order, no two of a block with equal coordinates."""
    columns: list[Column] = []
    for block in blocks:
        wide = any(m is not None and m.fund is None and m.measure == "total" for m in block.meanings.values())
        taken: set[tuple[object, ...]] = set()
        for index in block.amounts:
            heads = heading.paths[index] if heading is not None else ()
            column = _column(block, index, block.meanings[index], heads, defaults=defaults, wide=wide)
            columns.append(_apart(column, taken))
    return _with_keys(columns, defaults=defaults)


def keep_apart(columns: list[Column]) -> list[Column]:
    """Return the columns with coordinates that no other of their block has, and keys that no other has."""
    taken: dict[int, set[tuple[object, ...]]] = {}
    keys: set[str] = set()
    apart: list[Column] = []
    for column in columns:
        one = _apart(column, taken.setdefault(column.block, set()))
        key = one.key
        while key in keys:
            key += "x"
        keys.add(key)
        apart.append(replace(one, key=key))
    return apart


def _column(
    block: Block,
    index: int,
    meaning: Meaning | None,
    heads: tuple[str, ...],
    *,
    defaults: Defaults,
    wide: bool,
) -> Column:
    if meaning is None:
        meaning = Meaning(measure="other")
    year = meaning.year
    if year is None and defaults.fiscal_year is not None:
        year = defaults.fiscal_year + meaning.year_offset
    fund = meaning.fund or defaults.fund
    if fund == "appropriation" and not wide:
        fund = defaults.fund
    return Column(
        key="",
        index=index,
        block=block.number,
        measure=meaning.measure,
        year=year,
        phase=meaning.phase or defaults.phase,
        fund=fund,
        carried=meaning.carried,
        quantity=meaning.quantity,
        heading=heads,
    )


def _coordinates(column: Column) -> tuple[object, ...]:
    return (column.measure, column.year, column.phase, column.fund, column.carried, column.quantity)


def _apart(column: Column, taken: set[tuple[object, ...]]) -> Column:
    """Return the column with ``other`` as its measure where its coordinates are taken already."""
    number = 1
    measure = column.measure
    while _coordinates(column) in taken:
        name = "other" if number == 1 else f"other_{number}"
        column = replace(column, measure=name if measure != "other" or number > 1 else "other_2")
        number += 1
    taken.add(_coordinates(column))
    return column


def _with_keys(columns: list[Column], *, defaults: Defaults) -> list[Column]:
    keyed: list[Column] = []
    taken: set[str] = set()
    for column in columns:
        parts = [column.measure]
        if column.block > 1:
            parts.append(str(column.block))
        if column.year is not None and column.year != defaults.fiscal_year:
            parts.append(str(column.year))
        if column.phase != defaults.phase:
            parts.append(column.phase)
        if column.fund != defaults.fund:
            parts.append(column.fund)
        if column.carried != "all" and column.fund != "carried_over":
            parts.append(column.carried)
        if column.quantity != "money":
            parts.append(column.quantity)
        key = ".".join(parts)
        while key in taken:
            key += "x"
        taken.add(key)
        keyed.append(replace(column, key=key))
    return keyed
