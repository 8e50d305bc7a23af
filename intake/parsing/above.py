"""What the lines above a grid say of it: its title, its unit, whose it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from intake.parsing.statements import find_statement
from intake.parsing.titles import find_entity, find_title, find_unit, has_table_number, is_table_number
from intake.parsing.words import find_numbering, fold

PAGE_NUMBER = re.compile(r"^[-—–·\s]*(?:第)?\d{1,4}(?:页)?(?:[/共]\d{1,4}页?)?[-—–·\s]*$")
_LOOK_BACK = 8


@dataclass(slots=True)
class Above:
    """What the lines above a grid say."""

    title: str | None = None
    unit: str | None = None
    entities: list[tuple[str, str]] = field(default_factory=list)
    number: str | None = None


def read_above(lines: list[str]) -> Above:
    """Return what the last lines before a grid say; broken titles and units are made whole."""
    above = Above()
    recent = [line for line in lines if line.strip() and not PAGE_NUMBER.match(fold(line))][-_LOOK_BACK:]
    joined = _join_broken(recent)
    for line in reversed(joined):
        unit = find_unit(line)
        entity = find_entity(line)
        above.unit = above.unit or unit
        if entity is not None:
            above.entities.append(entity)
        if is_table_number(line):
            above.number = above.number or fold(line)
            continue
        title = find_title(line)
        if title is not None and above.title is None:
            above.title = title
        elif title is None and entity is None and unit is None and len(fold(line)) > 30:
            break
        if above.title is not None and above.unit is not None and above.entities:
            break
    return above


def _join_broken(lines: list[str]) -> list[str]:
    """Return the lines with titles and units that were broken over two lines made whole."""
    joined: list[str] = []
    for line in lines:
        short = fold(line)
        last = fold(joined[-1]) if joined else ""
        if (joined and short in {"元", "万元", "亿元"} and re.search(r"单位[:：]?万?$", last)) or (
            joined and _completes(joined[-1], line)
        ):
            joined[-1] = joined[-1].rstrip() + line.strip()
        else:
            joined.append(line)
    return joined


def _completes(first: str, second: str) -> bool:
    """Return whether the second line is the rest of a title that the first one begins."""
    head, tail = fold(first), fold(second)
    if find_unit(first) or find_entity(first) or is_table_number(first) or is_table_number(second):
        return False
    if len(tail) > 30 or len(head) < 8 or find_title(first + second) is None:
        return False
    if tail.count(")") > tail.count("(") and head.count("(") > head.count(")"):
        return True
    if not tail.endswith(("表", "表)")) or head.endswith(("表", "表)")):
        return False
    if find_title(second) is None or find_statement(second) is None:
        return not head.startswith(("注", "备注", "说明", "取数"))
    return has_table_number(first) or (len(head) >= 15 and find_numbering(first)[0] == 0)
