"""Which budget item pays a project: projects against items of the tables (X11, agreeing pairs only).

The documents do not print this link. Where one project, or one group by its code, equals exactly
one item, that is said as a match; where nothing equals, nothing is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from intake.checks.book import Book
from intake.checks.compare import Operand, add_up, compare
from intake.checks.copies import agree
from intake.checks.projects import (
    as_operand,
    find_basic_projects,
    get_region,
    sum_projects,
)
from intake.checks.sheets import Sheet
from intake.parsing.draft import Column, Finding, Project

FUNCTION = "projects-by-function"
ECONOMIC = "projects-by-economic"
RULE = ("项目与科目记录同一笔钱", "project and item record the same money")
MAX_ITEMS = 3
"""One project is looked for in up to so many items together."""


def check_projects_by_function(book: Book) -> Iterator[Finding]:
    """Yield groups of projects (by the region of their code) that equal one item's 项目支出."""
    basic = find_basic_projects(book)
    table = book.find("expenditure_by_function") or book.find("expenditure_summary")
    column = None if table is None else table.column("project")
    if basic is None or table is None or column is None:
        return
    left_out = {id(p) for group in basic for p in group}
    groups: dict[str, list[Project]] = defaultdict(list)
    for project in book.draft.projects:
        region = get_region(project)
        if region is not None and id(project) not in left_out and project.amount is not None:
            groups[region].append(project)
    items = [
        table.operand(rows[0], column)
        for code, rows in table.by_code("functional").items()
        if len(code) == 7 and len(rows) == 1 and table.value(rows[0], column)
    ]
    for region, projects in groups.items():
        left = sum_projects(
            projects,
            f"代码以{region}开头的{len(projects)}个项目",
            f"{len(projects)} projects of region {region}",
        )
        yield from _single(left, items, check=FUNCTION)


def check_projects_by_economic(book: Book) -> Iterator[Finding]:
    """Yield basic projects that equal an economic item, a few items, or a class together."""
    basic = find_basic_projects(book)
    table = book.find("basic_by_economic")
    if basic is None or table is None:
        return
    for projects, measure in zip(basic, ("personnel", "operating"), strict=True):
        column = table.column(measure)
        if column is not None and projects:
            yield from _match_items(projects, table, column)
            yield from _match_classes(projects, table, column)


def _match_items(projects: list[Project], table: Sheet, column: Column) -> Iterator[Finding]:
    """Yield one to one, then one to a few, then what is left against what is left."""
    items = [
        table.operand(rows[0], column)
        for code, rows in table.by_code("economic_dept").items()
        if len(code) == 5 and table.value(rows[0], column)
    ]
    open_projects = []
    for project in projects:
        left = as_operand(project)
        equal = [item for item in items if agree(left, item)]
        if len(equal) == 1:
            items.remove(equal[0])
            yield compare(left, equal[0], check=ECONOMIC, rule=RULE)
        else:
            open_projects.append(project)
    rest = []
    for project in open_projects:
        chosen = _find_subset(as_operand(project), items)
        if chosen is None:
            rest.append(project)
            continue
        items = [item for item in items if item not in chosen]
        yield compare(as_operand(project), _join(chosen), check=ECONOMIC, rule=RULE)
    chosen = _find_subset(sum_projects(rest, "", ""), items) if len(rest) > 1 else None
    if chosen is not None:
        names = "、".join(project.name for project in rest)
        yield compare(
            sum_projects(rest, f"项目{names}", f"projects {names}"), _join(chosen), check=ECONOMIC, rule=RULE
        )


def _match_classes(projects: list[Project], table: Sheet, column: Column) -> Iterator[Finding]:
    """Yield all projects of a category = the classes of their column together."""
    classes = [
        table.operand(rows[0], column)
        for code, rows in table.by_code("economic_dept").items()
        if len(code) == 3 and table.value(rows[0], column)
    ]
    names = "、".join(project.name for project in projects[:3]) + ("等" if len(projects) > 3 else "")
    left = sum_projects(projects, f"项目{names}", f"{len(projects)} projects ({names})")
    chosen = _find_subset(left, classes)
    if chosen is not None:
        yield compare(left, _join(chosen), check=ECONOMIC, rule=RULE)


def _single(left: Operand, items: list[Operand], *, check: str) -> Iterator[Finding]:
    equal = [item for item in items if agree(left, item)]
    if len(equal) == 1:
        yield compare(left, equal[0], check=check, rule=RULE)


def _find_subset(left: Operand, items: list[Operand]) -> list[Operand] | None:
    """Return the one smallest set of items that equals exactly, None if there is none or several."""
    if left.value is None or len(items) > 24:
        return None
    for size in range(1, MAX_ITEMS + 1):
        found = [
            list(chosen)
            for chosen in combinations(items, size)
            if sum((item.value or Decimal(0) for item in chosen), Decimal(0)) == left.value
        ]
        if len(found) == 1:
            return found[0]
        if found:
            return None
    return None


def _join(items: list[Operand]) -> Operand:
    if len(items) == 1:
        return items[0]
    return add_up(
        items,
        label=" + ".join(item.label for item in items),
        label_en=" + ".join(item.label_en for item in items),
    )
