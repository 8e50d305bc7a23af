"""Read what is promised: projects, objectives and indicators, in whatever form they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from intake.parsing.draft import Head, Numbers, Problem, Project, Table
from intake.parsing.performance_amounts import build_table
from intake.parsing.performance_forms import starts_form
from intake.parsing.performance_grid import View, span
from intake.parsing.performance_headings import find_heading
from intake.parsing.performance_lines import Line, lines_of
from intake.parsing.performance_strips import Strip, find_strips, join_strips
from intake.parsing.performance_tables import Machine, is_title
from intake.parsing.performance_values import number
from intake.parsing.performance_words import form_key, money_unit, plain, unwrapped
from intake.parsing.tables import Document, Grid

At = tuple[int, int]
"""(page index, block index) in ``document.pages[...].blocks[...]``."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and which blocks of the document are thereby understood.

    ``numbers`` counts the cells of the consumed blocks that print a number and nothing else.
    """

    projects: tuple[Project, ...] = ()
    problems: tuple[Problem, ...] = ()
    tables: tuple[Table, ...] = ()
    """Amounts of sheets that also print totals or units (statement ``performance``)."""
    consumed: frozenset[At] = frozenset()
    numbers: Numbers = field(default_factory=Numbers)


def read_projects(document: Document, *, head: Head | None = None) -> Reading:
    """Return every project with its objective and indicators that the document prints.

    ``consumed`` names the blocks that hold nothing but performance tables; the recognition of
    money tables leaves them out. Lists of projects with an objective beside their amounts are read
    here too, but stay money tables. ``head`` gives the unit's name where a form prints none.
    """
    lines = list(lines_of(document))
    strips = find_strips(lines)
    if strips is not None:
        projects, problems = join_strips(strips, unit=_unit_of(lines, strips))
        return Reading(tuple(projects), tuple(problems), (), _blocks(strips), _strip_numbers(strips))
    return _read_tables(document, head)


def _blocks(strips: Sequence[Strip]) -> frozenset[At]:
    return frozenset(line.at for line in _strip_lines(strips))


def _strip_lines(strips: Sequence[Strip]) -> list[Line]:
    return [
        line for strip in strips for line in (strip.heading, *(one for page in strip.pages for one in page))
    ]


def _strip_numbers(strips: Sequence[Strip]) -> Numbers:
    count = sum(number(text) is not None for line in _strip_lines(strips) for text in line.texts)
    return Numbers(in_tables=count, attributed=count)


def _unit_of(lines: list[Line], strips: Sequence[Strip]) -> str | None:
    """Return the unit printed between the headings of the strips, or before the first of them."""
    first = lines.index(strips[0].heading)
    last = lines.index(strips[-1].heading)
    named = [unit for line in lines[max(0, first - 4) : last] if (unit := money_unit(line.joined))]
    return named[-1] if named else None


def _read_tables(document: Document, head: Head | None) -> Reading:
    """Read the forms and sheets of a document, page after page."""
    machine = Machine()
    consumed: set[At] = set()
    views: list[View] = []
    last: View | None = None
    for page_index, page in enumerate(document.pages):
        above: list[str] = []
        for block_index, block in enumerate(page.blocks):
            if not isinstance(block, Grid):
                above.append(block.text)
                continue
            view = View(block, page.number, (page_index, block_index))
            kind = _kind(view, above)
            goes_on = last is not None and _continues(view, last, machine, above, kind)
            if kind is None and not goes_on:
                last, above = None, []
                continue
            machine.read(view, continued=goes_on, title=_title(above), unit=_unit(above))
            views.append(view)
            if machine.heading is None or machine.heading.kind != "list":
                consumed.add(view.at)
            last, above = view, []
    machine.close()
    kept = [view for view in views if view.at in consumed]
    total = sum(len(view.numbers()) for view in kept)
    lost = [one for one in machine.found if one.code == "number-not-attributed"]
    lost = [one for one in lost if one.place is not None and any(_holds(view, one) for view in kept)]
    others = [one for one in machine.found if one.code != "number-not-attributed"]
    return Reading(
        tuple(_without_repeats([making.finished() for making in machine.done])),
        (*others, *lost),
        tuple(
            build_table(sheet, title="", head=head)
            for sheet in machine.sheets
            if any(kind != "item" for _, kind in sheet)
        ),
        frozenset(consumed),
        Numbers(total, total - len(lost), len(lost)),
    )


def _without_repeats(projects: Sequence[Project]) -> Iterator[Project]:
    """Yield the projects, a plain list's row left out where the same project was read before."""
    seen: set[tuple[str, object]] = set()
    for project in projects:
        key = (project.name, project.amount)
        if project.indicators or key not in seen or project.code is not None:
            yield project
        seen.add(key)


def _holds(view: View, problem: Problem) -> bool:
    return any(cell.place == problem.place for cell in view.grid.cells)


def _kind(view: View, above: Sequence[str]) -> str | None:
    """Return heading or form where a performance table begins in this grid, None where none does."""
    if not any(
        "指标" in (words := plain(cell.text)) or "目标" in words
        for cell in view.grid.cells
        if len(cell.text) < 60
    ):
        return None
    headings = [heading for row in range(view.grid.rows) if (heading := find_heading(view, row))]
    if headings:
        return headings[0].kind
    forms = any(starts_form(view, row) for row in range(min(5, view.grid.rows)))
    aims = any((form_key(cell.text) or "").startswith("objective") for cell in view.grid.cells)
    titled = any(is_title(text) for text in above[-5:]) or any(is_title(cell.text) for cell in view.rows[0])
    return "form" if forms and (aims or titled) else None


def _title(above: Sequence[str]) -> str:
    """Return the title printed above a table: the last line that names one, without its number."""
    titles = [unwrapped(text) for text in above[-8:] if is_title(text)]
    return re.sub(r"\A[（(]?[一二三四五六七八九十\d]+[)）、.]\s*", "", titles[-1]) if titles else ""


def _unit(above: Sequence[str]) -> str | None:
    units = [unit for text in above[-8:] if (unit := money_unit(text))]
    return units[-1] if units else None


def _continues(view: View, last: View, machine: Machine, above: Sequence[str], kind: str | None) -> bool:
    """Return whether a grid goes on with the table before it: next page, same edges, no new title."""
    if view.page - last.page not in (0, 1) or (view.page == last.page and kind is not None):
        return False
    if (
        view.grid.cells
        and view.grid.cells[0].place.box is None
        and (above or view.grid.place.sheet is not None)
    ):
        return False  # sheets stand alone, and in running text a table ends where words begin
    begins = next((row for row in range(view.grid.rows) if view.own(row)), None)
    if begins is None or starts_form(view, begins):
        return False
    if kind is not None and machine.heading is not None:
        heading = next((one for row in range(view.grid.rows) if (one := find_heading(view, row))), None)
        same = heading is not None and heading.roles == machine.heading.roles
        return same and (kind != "indicators" or not any(is_title(text) for text in above))
    if any(_begins_table(text, machine.title) for text in above):
        return False
    return _same_edges(view, machine)


def _begins_table(text: str, title: str) -> bool:
    """Return whether a line above a grid announces another table; a running title repeats its own."""
    words = plain(text)
    if title and words.endswith(plain(title)):
        return False
    return bool(money_unit(text) or is_title(text) or re.search(r"表\d*\Z|\A附?表", words))


def _same_edges(view: View, machine: Machine) -> bool:
    """Return whether a grid lies within the table it may continue, up to its right edge."""
    if not view.grid.cells or machine.edges is None:
        return False
    left, right = machine.edges
    if view.grid.cells[0].place.box is None:
        return abs(view.grid.columns - right) < 1
    starts = min(span(cell)[0] for cell in view.grid.cells)
    ends = max(span(cell)[1] for cell in view.grid.cells)
    return abs(ends - right) < 20 and starts > left - 20
