"""Which rows of a statement a page shows: opened by address, sorted among siblings, filtered by words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from budgets.ledger import Line, walk

OPEN_ALL_BELOW: Final = 40
"""A statement with fewer rows is shown whole unless the address says otherwise."""


@dataclass(frozen=True, slots=True)
class View:
    """What the address asks for: opened rows (None: not said), sorting, filter."""

    opened: frozenset[str] | None = None
    sort: str = ""
    words: str = ""


@dataclass(slots=True)
class Shown:
    """One row as shown: ``opened`` None where it has no parts; ``css``, ``mark``, ``depth`` for the table."""

    line: Line
    opened: bool | None
    css: str
    mark: str
    depth: int


def read_view(params: dict[str, str]) -> View:
    """This will read ``open``, ``sort`` and ``q`` of an address."""
    opened = params.get("open")
    marks = None if opened is None else frozenset(mark for mark in opened.split(",") if mark)
    return View(marks, params.get("sort", ""), params.get("q", "").strip())


def find_opened(lines: Sequence[Line], view: View) -> frozenset[str]:
    """This will return the marks of the rows that stand open."""
    parents = frozenset(line.mark for line in lines if line.children)
    if view.opened is None:
        return parents if len(lines) <= OPEN_ALL_BELOW else frozenset()
    return parents if view.opened == {"all"} else view.opened & parents


def show_rows(lines: Sequence[Line], *, view: View, value: Callable[[Line], Decimal | None]) -> list[Shown]:
    """This will return the rows to show; ``value`` gives what ``view.sort`` compares.

    Totals stay where the document prints them (first here if it prints them first); a filter shows
    matching rows with all rows above them.
    """
    roots = [line for line in lines if line.parent is None]
    opened = find_opened(lines, view)
    keep = find_matching(roots, view.words) if view.words else None
    return list(_show(roots, view=view, opened=opened, keep=keep, value=value))


def find_matching(roots: Sequence[Line], words: str) -> set[int]:
    """This will return positions of rows whose name or code contains the words, and of all above them."""
    kept: set[int] = set()

    def visit(line: Line) -> bool:
        below = [visit(child) for child in line.children]
        here = words.casefold() in line.name.casefold() or line.code.startswith(words)
        if here or any(below):
            kept.add(line.position)
        return here or any(below)

    for root in roots:
        visit(root)
    return kept


def _show(
    lines: Sequence[Line],
    *,
    view: View,
    opened: frozenset[str],
    keep: set[int] | None,
    value: Callable[[Line], Decimal | None],
    depth: int = 0,
) -> Iterator[Shown]:
    for line in _sort(lines, sort=view.sort, value=value):
        if keep is not None and line.position not in keep:
            continue
        is_open = (keep is not None or line.mark in opened) if line.children else None
        yield Shown(line, is_open, _find_css(line), line.mark, depth)
        if is_open:
            yield from _show(line.children, view=view, opened=opened, keep=keep, value=value, depth=depth + 1)


def _sort(lines: Sequence[Line], *, sort: str, value: Callable[[Line], Decimal | None]) -> Sequence[Line]:
    if not sort:
        return lines
    sign = -1 if sort.startswith("-") else 1
    smallest = Decimal("-Infinity")

    def key(line: Line) -> tuple[bool, bool, Decimal]:
        found = value(line)
        return (line.kind != "total", found is None, sign * found if found is not None else smallest)

    return sorted(lines, key=key)


def _find_css(line: Line) -> str:
    if line.kind == "total":
        return "is-total"
    if line.kind == "of_which":
        return "is-of-which"
    return "is-parent" if line.children or line.kind == "subtotal" else ""


def count_rows(lines: Sequence[Line]) -> int:
    """This will count lines with all their descendants."""
    return sum(1 for _ in walk(lines))
