"""What matters of a document in a few lines, to keep beside it and to compare with later.

An expected file is small enough to be read: head, each table's statement, title, unit, size, totals
and three chosen rows, the number of projects and indicators, the count of numbers and problems.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from intake.parsing.draft import Draft, Row, Table

Facts = dict[str, Any]
SUFFIX = ".expected.json"


def _amounts(row: Row) -> dict[str, str]:
    return {key: f"{figure.value:f}" for key, figure in row.figures.items() if figure.value is not None}


def _chosen(table: Table) -> list[Row]:
    """Return the first, middle and last row below the totals that print amounts."""
    rows = [row for row in table.rows if row.kind not in {"total", "subtotal"} and _amounts(row)]
    return list({id(row): row for row in (rows[:1] + rows[len(rows) // 2 :][:1] + rows[-1:])}.values())


def _table(table: Table) -> Facts:
    totals = [row for row in table.rows if row.kind == "total"]
    return {
        "statement": table.statement,
        "title": table.title,
        "unit": table.unit,
        "pages": list(table.pages),
        "empty": table.declared_empty,
        "columns": [column.key for column in table.columns],
        "rows": len(table.rows),
        "parents": sum(row.parent is not None for row in table.rows),
        "totals": [[row.name, _amounts(row)] for row in totals],
        "chosen": [[row.code or row.name, _amounts(row)] for row in _chosen(table)],
    }


def get_facts(draft: Draft, *, document: str) -> Facts:
    """Return the compact facts of a draft; ``document`` points to it from the folder of documents."""
    head = draft.head
    return {
        "document": document,
        "sha256": draft.sha256,
        "head": {
            "department": head.department,
            "unit": head.unit,
            "scope": head.scope,
            "fiscal_year": head.fiscal_year,
            "stage": head.stage,
        },
        "tables": [_table(table) for table in draft.tables],
        "projects": len(draft.projects),
        "indicators": sum(len(project.indicators) for project in draft.projects),
        "numbers": [draft.numbers.in_tables, draft.numbers.attributed, draft.numbers.in_problems],
        "problems": dict(sorted(Counter(problem.code for problem in draft.problems).items())),
    }


def name_expected(document: str) -> str:
    """Return the expected file's name for a document's path (folder and stem)."""
    path = Path(document)
    return f"{path.parent.name}__{path.stem}{SUFFIX}"


def write_facts(facts: Facts, *, folder: Path) -> Path:
    """Write the facts, one table a line, and return the file."""
    file = folder / name_expected(facts["document"])
    lines = [
        f" {json.dumps(key)}: {_lines(value) if key == 'tables' else json.dumps(value, ensure_ascii=False)}"
        for key, value in facts.items()
    ]
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    return file


def _lines(tables: list[Facts]) -> str:
    if not tables:
        return "[]"
    return "[\n" + ",\n".join(f"  {json.dumps(table, ensure_ascii=False)}" for table in tables) + "\n ]"


def find_differences(expected: Any, found: Any, *, path: str = "") -> Iterator[str]:
    """Yield a sentence for each fact that differs: where, what was expected, what was found."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in sorted(expected.keys() | found.keys()):
            yield from find_differences(expected.get(key), found.get(key), path=f"{path}/{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for index, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from find_differences(one, other, path=f"{path}/{index}")
    elif expected != found:
        yield f"{path}: expected {expected!r}, found {found!r}"
