"""One wide sheet printed "down, then over": three vertical strips joined into projects again.

A printer or converter cuts a sheet of twelve columns into strips of pages: **A** the projects with
their amounts, **B** objectives and level-1 names, **C** the indicators. Page *k* of B and C shows
the same rows. C alone is unambiguous: the weights of a project close at 100 − its execution weight.
B gives the objectives and is otherwise a check. What cannot be told is a problem, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from intake.parsing import performance_problems as problems
from intake.parsing.draft import Indicator, Problem, Project
from intake.parsing.performance_align import align
from intake.parsing.performance_lines import Line
from intake.parsing.performance_values import number, operator_key
from intake.parsing.performance_words import (
    TITLE,
    dimension,
    heading_role,
    indicator_type,
    money_unit,
    unwrapped,
)

CODE_NAME = re.compile(r"\s*([0-9A-Z]{12,30})\s*[-—－_]\s*(.+)\Z", re.DOTALL)
UNIT_NAME = re.compile(r"\s*(\d{3,12})\s*[-—－_]\s*(.+)\Z", re.DOTALL)
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)


@dataclass
class Strip:
    """The lines of one strip, by page, under the roles of its heading."""

    roles: list[str | None]
    heading: Line
    pages: list[list[Line]] = field(default_factory=list)


@dataclass
class Segment:
    """The rows of one project on one page of B: its objective (None: continued) and level-1 keys."""

    goal: str | None
    levels: list[str]
    line: Line


@dataclass
class Started:
    """One project of strip A."""

    code: str | None
    name: str
    amount: Decimal | None
    execution_weight: Decimal | None
    line: Line


@dataclass
class Group:
    """The indicators of one project in C, with the page of each."""

    indicators: list[Indicator] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    goals: list[str] = field(default_factory=list)
    goal_line: Line | None = None


def _kind(roles: Sequence[str | None]) -> str | None:
    found = set(roles) - {None}
    if {"project", "amount"} <= found and not found & {"level1", "level2", "name"}:
        return "A"
    if {"objective", "level1"} <= found and not found & {"name", "project"}:
        return "B"
    if {"name", "target"} <= found and not found & {"project", "objective", "amount"}:
        return "C"
    return None


def find_strips(lines: Sequence[Line]) -> tuple[Strip, Strip, Strip] | None:
    """Return the strips A, B and C where their headings follow one another, None where they do not."""
    strips: dict[str, Strip] = {}
    current: Strip | None = None
    last: Line | None = None
    for line in lines:
        roles = [heading_role(text) for text in line.texts]
        kind = _kind(roles)
        if kind == "A" and "C" not in strips:
            strips = {}
        if kind is not None and kind not in strips and all(k in strips for k in "ABC"[: "ABC".index(kind)]):
            current = strips[kind] = Strip(roles, line)
            last = None
        elif (kind is not None and current is not None and roles == current.roles) or (
            current is not None
            and ((len(line.joined) < 40 and TITLE.search(line.joined)) or money_unit(line.joined))
        ):
            last = None
        elif current is not None and not _alien(line, current):
            if last is None or line.follows_gap(last):
                current.pages.append([])
            current.pages[-1].append(line)
            last = line
        elif current is not None:
            current = None
    if len(strips) < 3 or not all(strip.pages for strip in strips.values()):
        return None
    return strips["A"], _with_loose_paragraphs_joined(strips["B"]), strips["C"]


def _alien(line: Line, strip: Strip) -> bool:
    """Return whether a row cannot belong to the strip: wider than it, or with a heading of its own."""
    too_wide = len(line.texts) > len(strip.roles) + 1
    return too_wide or ("name" in strip.roles and line.lone)


def _with_loose_paragraphs_joined(strip: Strip) -> Strip:
    """Join runs of lone paragraphs into one page: where tabs are lost, blank lines part paragraphs."""
    pages: list[list[Line]] = []
    for page in strip.pages:
        lone = all(line.lone for line in page)
        if lone and pages and all(line.lone for line in pages[-1]):
            pages[-1].extend(page)
        else:
            pages.append(list(page))
    strip.pages = pages
    return strip


def _fields(line: Line, roles: Sequence[str | None]) -> dict[str, str]:
    """Return role → text, the row aligned to the right end of the heading where cells are missing."""
    texts = list(line.texts)
    if len(texts) < len(roles):
        texts = [""] * (len(roles) - len(texts)) + texts
    return {role: text.strip() for role, text in zip(roles, texts, strict=False) if role}


def _started(strip: Strip) -> tuple[list[list[Started]], tuple[str | None, str | None], list[Line]]:
    """Return the projects of each page of A, (unit code, unit name), and the rows not understood."""
    pages: list[list[Started]] = []
    unit: tuple[str | None, str | None] = (None, None)
    strange: list[Line] = []
    for lines in strip.pages:
        pages.append([])
        for line in lines:
            fields = _fields(line, strip.roles)
            money = number(fields.get("amount", ""))
            filled = [text for text in line.texts if text.strip()]
            if money is not None and fields.get("project"):
                pages[-1].append(_project(fields, money, line))
            elif len(filled) == 1 and (found := UNIT_NAME.match(filled[0])):
                unit = found.group(1), unwrapped(found.group(2)).replace(" ", "")
            elif filled:
                strange.append(line)
    return [page for page in pages if page], unit, strange


def _project(fields: dict[str, str], money: Decimal, line: Line) -> Started:
    found = CODE_NAME.match(fields["project"])
    code, name = (
        (found.group(1), found.group(2)) if found else (fields.get("project_code") or None, fields["project"])
    )
    return Started(code, unwrapped(name), money, number(fields.get("execution_weight", "")), line)


def _indicator(line: Line, roles: Sequence[str | None]) -> Indicator | None:
    fields = _fields(line, roles)
    kind = indicator_type(fields.get("level2", ""))
    if not fields.get("name") or len(line.texts) < len(roles) - 1:
        return None
    return Indicator(
        place=line.place,
        dimension=kind[1] if kind else "other",
        type=kind[0] if kind else "other",
        name=unwrapped(fields["name"]),
        operator=operator_key(fields.get("operator", "")),
        target=fields.get("target") or None,
        unit=fields.get("unit") or None,
        weight=number(fields.get("weight", "")),
        printed=tuple(line.texts),
    )


def _segments(page: Sequence[Line]) -> Iterator[Segment]:
    """Yield the segments of one page of B: a goal cell starts one, rows before the first have none."""
    current: Segment | None = None
    for line in page:
        goal, levels = _goal_and_levels(line)
        loose = line.lone and current is not None and not current.levels and current.goal is not None
        if goal is not None and loose and current is not None:
            current.goal = f"{current.goal}\n{goal}"
        elif goal is not None or current is None:
            if current is not None:
                yield current
            current = Segment(goal, [], line)
        current.levels.extend(levels)
    if current is not None:
        yield current


def _goal_and_levels(line: Line) -> tuple[str | None, list[str]]:
    cells = [_paragraphs(text) for text in line.texts]
    goal = cells[0] if cells else []
    names = [name for cell in cells[1:] for name in cell]
    if goal and not names and all(dimension(text) for text in goal):
        goal, names = [], goal  # the level-1 name slipped into the objective's column
    keys = [dimension(name) or "other" for name in names]
    return ("\n".join(goal) if goal else None), keys


def _paragraphs(cell: str) -> list[str]:
    found = _PARAGRAPH.findall(cell)
    return [text.strip() for text in (found or [cell]) if text.strip()]


def _groups(rows: Sequence[tuple[int, Indicator]], closes: Sequence[Decimal]) -> list[Group] | None:
    """Cut the indicators where their running weight closes; None where it never meets the mark."""
    groups = [Group()]
    running = Decimal(0)
    for page, indicator in rows:
        group = groups[-1]
        group.indicators.append(indicator)
        group.pages.append(page)
        if indicator.weight is None or indicator.weight < 0 or len(groups) > len(closes):
            return None
        running += indicator.weight
        if running > closes[len(groups) - 1]:
            return None
        if running == closes[len(groups) - 1]:
            groups.append(Group())
            running = Decimal(0)
    return groups[:-1] if not groups[-1].indicators else None


def _groups_by_levels(
    pages: Sequence[Sequence[Indicator]],
    segments: Sequence[Sequence[Segment]],
    starts: Sequence[int],
) -> list[Group] | None:
    """Cut by the segments of B instead, only where every page agrees with C name by name.

    ``starts`` tells how many projects begin on each page (strip A): one segment more than that is
    the rest of the last page's project.
    """
    groups: list[Group] = []
    for index, (rows, parts) in enumerate(zip(pages, segments, strict=True)):
        if [key for part in parts for key in part.levels] != [row.dimension for row in rows]:
            return None
        continued = len(parts) - (starts[index] if index < len(starts) else 0)
        if continued not in (0, 1) or (continued and not groups):
            return None
        position = 0
        for number_, part in enumerate(parts):
            if number_ >= continued:
                groups.append(Group())
            taken = rows[position : position + len(part.levels)]
            groups[-1].indicators.extend(taken)
            groups[-1].pages.extend([index] * len(taken))
            position += len(part.levels)
    return groups


def join_strips(
    strips: tuple[Strip, Strip, Strip], *, unit: str | None
) -> tuple[list[Project], list[Problem]]:
    """Return the projects of the three strips and what could not be joined or does not agree."""
    first, second, third = strips
    started, owner, strange = _started(first)
    found: list[Problem] = [problems.row_not_understood(line) for line in strange]
    read = [[(line, _indicator(line, third.roles)) for line in page] for page in third.pages]
    found += [problems.row_not_understood(line) for page in read for line, one in page if one is None]
    pages = [[one for _, one in page if one is not None] for page in read]
    segments = [list(_segments(page)) for page in second.pages]
    projects = [project for page in started for project in page]
    closes = [Decimal(100) - (project.execution_weight or Decimal(0)) for project in projects]
    groups = _groups([(index, one) for index, page in enumerate(pages) for one in page], closes)
    if groups is None and len(pages) == len(segments):
        groups = _groups_by_levels(pages, segments, [len(page) for page in started])
    if groups is None or [len(page) for page in started] != _starts(groups, len(started)):
        found.append(
            problems.weights_do_not_close(third.heading, rows=sum(map(len, pages)), projects=len(projects))
        )
        groups = [Group() for _ in projects]
    elif len(pages) == len(segments):
        found += _join_goals(groups, segments)
    else:
        found.append(problems.pages_do_not_agree(second.heading, len(segments), len(pages)))
    return [_built(one, group, owner, unit) for one, group in zip(projects, groups, strict=True)], found


def _starts(groups: Sequence[Group], pages: int) -> list[int]:
    first_pages = [group.pages[0] for group in groups]
    return [first_pages.count(page) for page in range(max(pages, max(first_pages, default=-1) + 1))]


def _join_goals(groups: Sequence[Group], segments: Sequence[Sequence[Segment]]) -> list[Problem]:
    """Give each group its objective page by page; return the differences between B and C."""
    found: list[Problem] = []
    for page, parts in enumerate(segments):
        here = [
            (
                group,
                [one.dimension for one, at in zip(group.indicators, group.pages, strict=True) if at == page],
            )
            for group in groups
        ]
        here = [(group, levels) for group, levels in here if levels]
        pairs = align([levels for _, levels in here], [part.levels for part in parts])
        if pairs is None:
            found.append(problems.ambiguous_page(parts[0].line, len(parts), len(here)))
            continue
        for left, right in pairs:
            group, levels = here[left]
            part = parts[right]
            if part.goal is not None:
                group.goals.append(part.goal)
                group.goal_line = group.goal_line or part.line
            if part.levels != levels:
                found.append(problems.levels_differ(part.line, printed=part.levels, derived=levels))
    return found


def _built(one: Started, group: Group, owner: tuple[str | None, str | None], unit: str | None) -> Project:
    return Project(
        place=one.line.place,
        code=one.code,
        name=one.name,
        amount=one.amount,
        unit=unit,
        execution_weight=one.execution_weight,
        objective="\n".join(group.goals) or None,
        objective_place=group.goal_line.place if group.goal_line else None,
        unit_code=owner[0],
        unit_name=owner[1],
        indicators=tuple(group.indicators),
    )
