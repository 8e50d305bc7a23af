"""Read what is promised: projects, objectives and indicators, in whatever form they are printed."""

from __future__ import annotations

from dataclasses import dataclass

from intake.parsing.draft import Head, Problem, Project
from intake.parsing.performance_lines import Line, lines_of
from intake.parsing.performance_strips import Strip, find_strips, join_strips
from intake.parsing.performance_words import money_unit
from intake.parsing.tables import Document

At = tuple[int, int]
"""(page index, block index) in ``document.pages[...].blocks[...]``."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and which blocks of the document are thereby understood."""

    projects: tuple[Project, ...] = ()
    problems: tuple[Problem, ...] = ()
    consumed: frozenset[At] = frozenset()


def read_projects(document: Document, *, head: Head | None = None) -> Reading:
    """Return every project with its objective and indicators that the document prints.

    ``consumed`` names the blocks that hold nothing but performance tables; the recognition of
    money tables leaves them out.
    """
    lines = list(lines_of(document))
    strips = find_strips(lines)
    if strips is not None:
        projects, problems = join_strips(strips, unit=_unit_of(lines, strips))
        return Reading(tuple(projects), tuple(problems), _blocks(strips))
    return Reading()


def _blocks(strips: tuple[Strip, ...]) -> frozenset[At]:
    lines = [line for strip in strips for page in strip.pages for line in page]
    return frozenset(line.at for line in [*lines, *(strip.heading for strip in strips)])


def _unit_of(lines: list[Line], strips: tuple[Strip, ...]) -> str | None:
    """Return the unit printed between the headings of the strips, or before the first of them."""
    first = lines.index(strips[0].heading)
    last = lines.index(strips[-1].heading)
    named = [unit for line in lines[max(0, first - 4) : last] if (unit := money_unit(line.joined))]
    return named[-1] if named else None
