"""A row while it is being understood, before it becomes a frozen ``draft.Row``."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from intake.parsing.draft import Figure, Row, RowKind, Side
from intake.parsing.tables import Place


@dataclass(slots=True, eq=False)
class DraftRow:
    """One row of one block: what is printed, then what it is (kind, level, parent)."""

    place: Place
    block: int
    name: str
    label: str
    codes: dict[str, str]
    code: str | None
    unit_code: str | None
    unit_name: str | None
    figures: dict[str, Figure]
    cells: tuple[str, ...]
    indent: float = 0.0
    period: str = ""
    counted: bool = False
    group: str = ""
    step: int = -1
    side: Side | None = None
    kind: RowKind = "item"
    level: str = "depth-1"
    parent: DraftRow | None = None
    depth: int = 0
    rank: int = -1
    own_digits: tuple[str, ...] = ()
    values: list[Decimal | None] = field(default_factory=list)

    def freeze(self, indices: dict[int, int]) -> Row:
        """Return the row as it is kept; ``indices`` tells each row's position by its id."""
        return Row(
            place=self.place,
            side=self.side,
            kind=self.kind,
            level=self.level,
            codes=self.codes,
            code=self.code,
            parent=None if self.parent is None else indices[id(self.parent)],
            name=self.name,
            unit_name=self.unit_name,
            figures=self.figures,
            cells=self.cells,
        )
