"""The rows of statements in memory, as pages need them: two queries for any number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from budgets.models import Amount, Disclosure, LineItem, Statement

LINE_FIELDS: Final = [
    "id",
    "statement_id",
    "position",
    "block",
    "side",
    "kind",
    "code",
    "functional_code",
    "economic_dept_code",
    "economic_gov_code",
    "level",
    "name",
    "parent_position",
    "unit_name",
    "is_leaf",
    "page",
    "line",
    "row",
]
AMOUNT_FIELDS: Final = [
    "line_item_id",
    "column_key",
    "measure",
    "amount_year",
    "phase",
    "fund",
    "carried",
    "quantity",
    "yuan",
    "state",
    "corrected",
    "page",
    "line",
    "row",
    "column",
]


@dataclass(slots=True)
class Figure:
    """One amount of a line: exact yuan (or the number itself where it is no money), and how it is printed."""

    key: str
    measure: str
    year: int
    phase: str
    fund: str
    carried: str
    quantity: str
    yuan: Decimal | None
    state: str
    corrected: bool
    page: int | None
    line: int | None
    row: int | None
    column: int | None


@dataclass(slots=True)
class Line:
    """One printed row with its figures by column key; ``mark`` names it in addresses."""

    id: int
    position: int
    block: int
    side: str
    kind: str
    code: str
    functional_code: str
    economic_dept_code: str
    economic_gov_code: str
    level: str
    name: str
    parent: int | None
    unit_name: str
    is_leaf: bool
    page: int | None
    line: int | None
    row: int | None
    figures: dict[str, Figure] = field(default_factory=dict)
    children: list[Line] = field(default_factory=list)
    mark: str = ""
    depth: int = 0

    def find(self, measure: str = "total", **coordinates: object) -> Figure | None:
        """This will return the first figure of a measure with these coordinates, None where there is none."""
        for figure in self.figures.values():
            if figure.measure != measure:
                continue
            if all(getattr(figure, key) == value for key, value in coordinates.items()):
                return figure
        return None

    def get_yuan(self, measure: str = "total", **coordinates: object) -> Decimal | None:
        """This will return the yuan of :meth:`find`, None where nothing is printed."""
        figure = self.find(measure, **coordinates)
        return None if figure is None else figure.yuan


@dataclass(slots=True)
class Sheet:
    """One statement with its lines in printed order."""

    statement: Statement
    lines: list[Line]

    def get_roots(self, block: int | None = None) -> list[Line]:
        """This will return the lines without a parent (totals among them), of one block or of all."""
        return [line for line in self.lines if line.parent is None and (block is None or line.block == block)]

    def get_blocks(self) -> list[int]:
        """This will return the numbers of the side-by-side halves that have rows, from the left."""
        return sorted({line.block for line in self.lines})

    def find_total(self, side: str | None = None) -> Line | None:
        """This will return the printed total row: the first, or a side’s last (总计 after 本年合计)."""
        totals = [line for line in self.lines if line.kind == "total" and side in {None, line.side}]
        if not totals:
            return None
        return totals[0] if side is None else totals[-1]


def read_sheets(disclosure: Disclosure, statements: Sequence[Statement]) -> dict[str, Sheet]:
    """This will read the rows and figures of statements of one disclosure, by the statement's slug."""
    by_id = {statement.pk: Sheet(statement, []) for statement in statements}
    if not by_id:
        return {}
    scope = {"statement_id__in": list(by_id), "fiscal_year": disclosure.fiscal_year}
    lines: dict[int, Line] = {}
    rows = LineItem.objects.filter(**scope).order_by("statement_id", "position").values_list(*LINE_FIELDS)
    for id_, statement_id, *values in rows.iterator(chunk_size=5000):
        line = lines[id_] = Line(id_, *values)
        by_id[statement_id].lines.append(line)
    amounts = Amount.objects.filter(**scope).order_by("id").values_list(*AMOUNT_FIELDS)
    for line_id, *values in amounts.iterator(chunk_size=5000):
        figure = Figure(*values)
        lines[line_id].figures[figure.key] = figure
    for sheet in by_id.values():
        connect(sheet.lines)
    return {sheet.statement.slug: sheet for sheet in by_id.values()}


def connect(lines: Sequence[Line]) -> None:
    """This will set children, depth and mark of each line; a parent may stand below its parts."""
    by_position = {line.position: line for line in lines}
    used: dict[str, int] = defaultdict(int)
    for line in lines:
        parent = None if line.parent is None else by_position.get(line.parent)
        if parent is None:
            line.parent = None
        else:
            parent.children.append(line)
        name = line.code or f"r{line.position + 1}"
        used[name] += 1
        line.mark = name if used[name] == 1 else f"{name}-{used[name]}"
    for line, depth in walk([line for line in lines if line.parent is None]):
        line.depth = depth


def walk(lines: Iterable[Line], depth: int = 0) -> Iterator[tuple[Line, int]]:
    """This will yield lines with all their descendants, each with its depth from 0."""
    for line in lines:
        yield line, depth
        yield from walk(line.children, depth + 1)
