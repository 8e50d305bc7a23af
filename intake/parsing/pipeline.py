"""The one door: bytes of a document → a Draft. No Django, no database."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from intake.parsing import kinds, performance
from intake.parsing.amounts import read_amount
from intake.parsing.draft import Draft, Head, Narrative, Numbers, Problem, Row, Table
from intake.parsing.gaps import find_gaps
from intake.parsing.head import read_head
from intake.parsing.interpret import Frame, Interpreted, interpret
from intake.parsing.readers import READERS
from intake.parsing.recognise import Found, find_tables, keep_grid_as_text
from intake.parsing.refusal import RefusedDocument
from intake.parsing.tables import Document, Place
from intake.parsing.words import tidy

Progress = Callable[[int, int], None]


def read_document(data: bytes, *, name: str, progress: Progress | None = None) -> Draft:
    """Read a document into a draft.

    Raises:
        RefusedDocument: when nothing of it can be read, or it is no disclosure at all.
    """
    started = time.perf_counter()
    kind = kinds.detect(data, name=name)
    reader = READERS.get(kind)
    if reader is None:
        raise RefusedDocument(
            "unreadable-kind",
            f"“{name}”：这种文件（{kind}）无法读取。请上传 PDF、Excel、Word、HTML、CSV 或文本文件。",
            f"“{name}”: this kind of file ({kind}) cannot be read. Upload PDF, Excel, Word, HTML, CSV or text.",
        )
    document = reader(data, name=name, progress=progress)
    return replace(understand(document), seconds=round(time.perf_counter() - started, 3))


def understand(document: Document) -> Draft:
    """Return everything understood of a document that a reader made."""
    reading = performance.read_projects(document)
    found = find_tables(document, consumed=reading.consumed)
    head = read_head(document, found)
    frame = Frame(_year(head), head.stage or head.suggested.get("stage"), _usual_unit(found))
    made = _interpret_all(found, frame)
    tables = _in_order([*(_with_names(one.table, head) for one in made), *_with_year(reading.tables, frame)])
    problems = [
        *document.remarks,
        *(problem for one in made for problem in one.problems),
        *reading.problems,
        *(_loose_numbers(place, count) for place, count in found.loose),
    ]
    narrative = _narrative(document, found)
    problems.extend(find_gaps(document.name, tables, reading.projects, narrative))
    return Draft(
        file=document.name,
        sha256=document.sha256 or hashlib.sha256(b"").hexdigest(),
        kind=document.kind,
        pages=len(document.pages),
        head=head,
        tables=tables,
        projects=tuple(reading.projects),
        narrative=narrative,
        problems=tuple(problems),
        numbers=_numbers(made, reading.numbers, loose=sum(count for _, count in found.loose)),
    )


def _year(head: Head) -> int | None:
    year = head.fiscal_year or head.suggested.get("fiscal_year")
    return int(year) if year else None


def _interpret_all(found: Found, frame: Frame) -> list[Interpreted]:
    """Return the tables of amounts; a grid that turns out to hold none is kept as text."""
    made: list[Interpreted] = []
    for table in found.tables:
        one = interpret(table, frame=frame)
        if one is None:
            for part in table.parts:
                keep_grid_as_text(found, part.matrix)
        else:
            made.append(one)
    return made


def _with_year(tables: Sequence[Table], frame: Frame) -> list[Table]:
    """Return the tables of the performance reading with the disclosure's year where they print none."""
    return [
        replace(
            table,
            columns=tuple(
                column if column.year is not None else replace(column, year=frame.fiscal_year)
                for column in table.columns
            ),
        )
        for table in tables
    ]


def _in_order(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Return the tables in the order of the document."""
    return tuple(sorted(tables, key=lambda table: (table.pages[:1], table.place.line or 0, _top(table))))


def _top(table: Table) -> float:
    return table.place.box[1] if table.place.box is not None else 0.0


def _usual_unit(found: Found) -> str | None:
    """Return the unit that all tables of the document name, None where they differ or name none."""
    units = Counter(table.unit for table in found.tables if table.unit)
    return next(iter(units)) if len(units) == 1 else None


def _with_names(table: Table, head: Head) -> Table:
    """Return the table with names for rows of amounts that print none: other words of the row, or whose they are."""
    if all(row.name or row.code for row in table.rows):
        return table
    owner = head.unit or head.department or "本部门"
    rows = tuple(
        row if row.name or row.code else replace(row, name=_words_of(row) or owner) for row in table.rows
    )
    return replace(table, rows=rows)


def _words_of(row: Row) -> str:
    return next((tidy(cell) for cell in row.cells if cell.strip() and read_amount(cell) is None), "")


def _narrative(document: Document, found: Found) -> tuple[Narrative, ...]:
    several = len(document.pages) > 1
    return tuple(
        Narrative(page=page if several else None, text="\n".join(lines))
        for page, lines in sorted(found.text.items())
    )


def _loose_numbers(place: Place, count: int) -> Problem:
    return Problem(
        "table-not-recognised",
        "warning",
        f"此处的表格没有可识别的标题和表头，其中 {count} 个数字未作为金额读入，只保留在正文里。请核对原件。",
        f"This grid has no title or heading that could be understood; its {count} numbers were not read as amounts "
        "and stand in the text only. Please check the original.",
        place,
    )


def _numbers(made: list[Interpreted], others: Numbers, *, loose: int) -> Numbers:
    in_tables = sum(one.in_tables for one in made) + loose
    attributed = sum(one.attributed for one in made)
    return Numbers(
        in_tables=in_tables + others.in_tables,
        attributed=attributed + others.attributed,
        in_problems=in_tables - attributed + others.in_problems,
    )


__all__ = ["Problem", "read_document", "understand"]
