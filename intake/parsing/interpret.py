"""One found table → a draft Table: statement, columns, rows, parents."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from intake.parsing.codes import find_scheme, split_label
from intake.parsing.columns import Defaults, make_columns
from intake.parsing.counts import part_counts
from intake.parsing.draft import Column, Problem, Side, Table
from intake.parsing.draftrow import DraftRow
from intake.parsing.periods import spread_periods
from intake.parsing.recognise import FoundTable
from intake.parsing.repairs import deepen_pairs, repair_levels
from intake.parsing.roles import Block, Content, count_content, find_blocks, find_roles, give_meanings
from intake.parsing.rows import RowReader
from intake.parsing.statements import (
    find_statement,
    find_statement_by_codes,
    find_statement_by_columns,
    get_default_fund,
    get_side,
)
from intake.parsing.tables import Place
from intake.parsing.titles import find_title, is_empty_note, is_table_caption
from intake.parsing.tree import link
from intake.parsing.words import fold


@dataclass(frozen=True, slots=True)
class Frame:
    """What the whole disclosure says and single tables need not: year, stage, usual unit."""

    fiscal_year: int | None
    stage: str | None
    unit: str | None


@dataclass(slots=True)
class Interpreted:
    """A table with what was met on the way: problems, and how many numbers came out."""

    table: Table
    problems: list[Problem] = field(default_factory=list)
    in_tables: int = 0
    attributed: int = 0


def interpret(found: FoundTable, *, frame: Frame) -> Interpreted | None:
    """Return the table understood, None where it has no column of amounts."""
    statement = _statement(found)
    contents = count_content(
        [(part.matrix, part.start) for part in found.parts if part.columns is None], found.width
    )
    roles = find_roles(found.heading, contents)
    if "amount" not in roles or _is_list(found, statement, contents):
        return None
    blocks = [block for block in find_blocks(found.heading, roles) if block.columns]
    for block in blocks:
        give_meanings(found.heading, block)
    defaults = _defaults(found, statement, frame)
    columns = make_columns(found.heading, blocks, defaults=defaults)
    reader = _read_rows(found, blocks, columns)
    problems = reader.problems
    problems.extend(_unknown_columns(found, columns))
    if any(block.periods for block in blocks):
        columns = spread_periods(columns, reader, defaults=defaults)
    columns = part_counts(columns, reader.rows)
    _understand(reader, blocks, statement, problems)
    table = _freeze(found, statement, columns, reader, frame)
    problems.extend(_without_unit(table))
    return Interpreted(table, problems, reader.in_tables, reader.attributed)


def _statement(found: FoundTable) -> str:
    by_title = find_statement(found.title) if found.title else None
    if by_title is not None and is_table_caption(found.title):
        return by_title
    signature = found.heading.signature if found.heading is not None else ()
    by_columns = find_statement_by_columns(signature)
    if by_columns in {None, "expenditure_summary", "projects"} and by_title is None:
        by_columns = find_statement_by_codes(_schemes(found), signature) or by_columns
    return by_columns or by_title or "other"


def _schemes(found: FoundTable) -> Counter[str]:
    """Return how many codes of each scheme the table's cells print."""
    matrix = found.parts[0].matrix
    return Counter(
        scheme
        for row in matrix.anchors
        for cell in row
        if cell is not None
        for code in [fold(cell.text) if len(cell.text) <= 9 else split_label(cell.text)[0]]
        for scheme in [find_scheme(code) if code else None]
        if scheme
    )


def _is_list(found: FoundTable, statement: str, contents: list[Content]) -> bool:
    """Return whether the grid is a list of words without a title of its own: no table of amounts."""
    return (
        statement == "other"
        and find_title(found.title) is None
        and not any(content.decimals for content in contents)
    )


def _defaults(found: FoundTable, statement: str, frame: Frame) -> Defaults:
    stage = frame.stage
    if "决算" in fold(found.title):
        stage = "final_accounts"
    phase = "executed" if stage == "final_accounts" else "approved"
    return Defaults(frame.fiscal_year, phase, get_default_fund(statement, found.title))


def _read_rows(found: FoundTable, blocks: list[Block], columns: list[Column]) -> RowReader:
    heading = found.heading
    reader = RowReader(
        heading=heading,
        blocks=blocks,
        keys={column.index: column.key for column in columns},
        title=found.title,
        heading_rows=frozenset(heading.rows) if heading is not None else frozenset(),
    )
    for part in found.parts:
        reader.read(part.matrix, start=part.start, columns=part.columns)
    return reader


def _understand(reader: RowReader, blocks: list[Block], statement: str, problems: list[Problem]) -> None:
    for block in blocks:
        rows = [row for row in reader.rows if row.block == block.number and not row.counted]
        deepen_pairs(rows)
        for row in repair_levels(rows):
            problems.append(_moved_level(reader.title, row))
        link(rows)
        side = block.side or get_side(statement)
        for row in (one for one in reader.rows if one.block == block.number):
            row.side = _row_side(row, side)


def _row_side(row: DraftRow, side: str | None) -> Side | None:
    if side == "revenue":
        return "revenue"
    if side == "expenditure":
        return "expenditure"
    label = fold(row.label)
    if "收入" in label and "支出" not in label:
        return "revenue"
    if "支出" in label and "收入" not in label:
        return "expenditure"
    return None


def _moved_level(title: str, row: DraftRow) -> Problem:
    return Problem(
        "code-moved",
        "info",
        f"表“{title}”，“{row.name}”：编码印在“项”列，但编码顺序表明它是“款”（{row.code}），已按款读入。请核对。",
        f"Table “{title}”, “{row.name}”: the code stands in the item column, but the order of codes shows a "
        f"subclass ({row.code}); it was read as that. Please check.",
        row.place,
    )


def _unknown_columns(found: FoundTable, columns: list[Column]) -> list[Problem]:
    return [
        Problem(
            "unknown-column",
            "warning",
            f"表“{found.title}”：列“{' / '.join(column.heading) or column.index + 1}”的含义无法识别，金额已按原样保留。",
            f"Table “{found.title}”: the column “{' / '.join(column.heading) or column.index + 1}” could not be "
            "understood; its amounts are kept as printed.",
            found.parts[0].matrix.place,
        )
        for column in columns
        if column.measure.startswith("other")
    ]


def _without_unit(table: Table) -> list[Problem]:
    """Return the problem of a table that prints amounts of money and no unit anywhere."""
    money = {column.key for column in table.columns if column.quantity == "money"}
    if table.unit or not any(
        row.figures[key].value for row in table.rows for key in row.figures.keys() & money
    ):
        return []
    return [
        Problem(
            "unit-missing",
            "error",
            f"表“{table.title}”没有写明金额单位（万元或元），其他表也不能说明。请在原件中补上“单位：万元”，或在此处填写。",
            f"Table “{table.title}” prints no unit of money (万元 or 元), and no other table tells it. "
            "Add it to the original, or enter it here.",
            table.place,
        )
    ]


def _freeze(
    found: FoundTable, statement: str, columns: list[Column], reader: RowReader, frame: Frame
) -> Table:
    indices = {id(row): index for index, row in enumerate(reader.rows)}
    notes = tuple(dict.fromkeys([*found.notes, *reader.notes]))
    place = found.parts[0].matrix.place
    pages = tuple(dict.fromkeys(part.matrix.page for part in found.parts))
    rows = tuple(row.freeze(indices) for row in reader.rows)
    empty = not any(f.value for row in rows for f in row.figures.values())
    return Table(
        statement=statement,
        title=found.title,
        unit=found.unit or frame.unit,
        pages=pages,
        place=Place(page=place.page, sheet=place.sheet, line=place.line, box=place.box),
        declared_empty=empty and any(is_empty_note(note) for note in notes),
        columns=tuple(columns),
        rows=rows,
        notes=notes,
    )
