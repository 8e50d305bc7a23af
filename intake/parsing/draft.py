"""A Draft: everything understood of one document, as plain frozen data.

``to_json``/``from_json`` follow ``contracts.md`` §2 and round-trip exactly: the snapshot of a
revision is this JSON. Amounts are exact Decimals in the unit printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from intake.parsing.tables import Place

Severity = Literal["error", "warning", "info"]
Outcome = Literal["match", "rounding", "mismatch", "undetermined"]
State = Literal["amount", "zero", "blank", "dash"]
RowKind = Literal["item", "total", "subtotal", "of_which", "unit"]
Side = Literal["revenue", "expenditure"]


@dataclass(frozen=True, slots=True)
class Head:
    """Who, when, what: as printed in the document; None where it does not print it.

    ``suggested`` holds what only the file name says (same keys), to be confirmed by a person.
    """

    department: str | None = None
    department_code: str | None = None
    unit: str | None = None
    scope: Literal["department", "unit"] | None = None
    fiscal_year: int | None = None
    stage: Literal["budget", "final_accounts"] | None = None
    published_on: str | None = None
    suggested: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Column:
    """What the amounts of one column are (the closed vocabularies of ``contracts.md`` §2).

    ``index`` is the column of the (merged) grid, from 0. ``year`` None: the fiscal year.
    """

    key: str
    index: int
    block: int
    measure: str
    year: int | None
    phase: str
    fund: str
    carried: str
    quantity: str
    heading: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed amount: raw text, exact value in the printed unit (None when blank or dash)."""

    raw: str
    value: Decimal | None
    state: State
    place: Place


@dataclass(frozen=True, slots=True)
class Row:
    """One row of one block. ``parent`` is the index (in ``Table.rows``) of the row it is a summand of.

    A total row has no parent; the top rows are the summands of the total without saying so.
    ``level`` is total, class, subclass, item, or ``depth-n`` where only indentation tells.
    """

    place: Place
    side: Side | None
    kind: RowKind
    level: str
    codes: dict[str, str]
    code: str | None
    parent: int | None
    name: str
    unit_name: str | None
    figures: dict[str, Figure]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of amounts under its statement key (``contracts.md`` §3)."""

    statement: str
    title: str
    unit: str | None
    pages: tuple[int, ...]
    place: Place
    declared_empty: bool
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """One performance indicator as printed; ``dimension``/``type``/``operator`` are glossary keys.

    ``dimension`` output|benefit|satisfaction|cost|other; ``type`` quantity|quality|timeliness|cost|
    economic|social|ecological|sustainability|service_recipients|other; ``operator`` eq|ge|le|gt|lt|
    qualitative or None. ``target`` is the printed value without operator and unit; ``result`` and
    ``score`` exist in self-evaluations. ``weight`` None where none is printed.
    """

    place: Place
    dimension: str
    type: str
    name: str
    operator: str | None
    target: str | None
    unit: str | None
    weight: Decimal | None
    printed: tuple[str, ...] = ()
    result: str | None = None
    score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """One project with its promise. ``amount`` in ``unit`` (万元 or 元)."""

    place: Place
    code: str | None
    name: str
    amount: Decimal | None
    unit: str | None
    execution_weight: Decimal | None
    objective: str | None
    objective_place: Place | None
    unit_code: str | None
    unit_name: str | None
    indicators: tuple[Indicator, ...]
    kind: Literal["project", "department"] = "project"
    """``department``: the objective of the whole department (部门整体绩效目标), not of one project."""
    parts: tuple[tuple[str, Decimal], ...] = ()
    """Other amounts of its head, as printed: (label, amount in ``unit``), 其中：财政拨款 for one."""
    executed: Decimal | None = None
    """What was spent, in self-evaluations (全年执行数)."""
    result: str | None = None
    """What was achieved of the objective, in self-evaluations (实际完成情况)."""
    score: Decimal | None = None
    """The total score of a self-evaluation."""


@dataclass(frozen=True, slots=True)
class Narrative:
    """Running text of one page."""

    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the document that could not be understood, or is not as it should be."""

    code: str
    severity: Severity
    message: str
    message_en: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check says: both figures (in the unit of the left one), both places."""

    check: str
    outcome: Outcome
    severity: Severity
    message: str
    message_en: str
    left: Decimal | None = None
    right: Decimal | None = None
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    cause: str | None = None
    places: tuple[Place, ...] = ()
    tables: tuple[int, ...] = ()
    """Indices into ``Draft.tables`` (left first)."""
    unit: str | None = None
    """Of ``left``, ``right``, ``difference`` and ``tolerance``: 元, 万元 …, % or 分."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The count at the end of a reading: in_tables = attributed + in_problems."""

    in_tables: int = 0
    attributed: int = 0
    in_problems: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything understood of one document (or of several files of one disclosure)."""

    file: str
    sha256: str
    kind: str
    pages: int
    head: Head
    tables: tuple[Table, ...]
    projects: tuple[Project, ...]
    narrative: tuple[Narrative, ...]
    problems: tuple[Problem, ...]
    numbers: Numbers
    seconds: float = 0.0
