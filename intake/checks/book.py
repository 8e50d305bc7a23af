"""A draft with its sheets, its sentences and every amount that its tables print."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from intake.checks.compare import FACTORS, Operand
from intake.checks.narrative.sentences import Sentence, read_sentences
from intake.checks.sheets import Sheet, get_step
from intake.parsing.draft import Draft


@dataclass(slots=True)
class Book:
    """A draft with its sheets by statement key."""

    draft: Draft
    sheets: tuple[Sheet, ...]
    by_statement: dict[str, list[Sheet]] = field(default_factory=dict)
    _sentences: list[Sentence] | None = None
    _printed: list[Decimal] | None = None

    @property
    def fiscal_year(self) -> int | None:
        """Return the year printed, or the one only the file name says."""
        return get_fiscal_year(self.draft)

    @property
    def is_final(self) -> bool:
        """Say whether this is a final account."""
        return get_stage(self.draft) == "final_accounts"

    @property
    def sentences(self) -> list[Sentence]:
        """Return the running text as sentences; read once."""
        if self._sentences is None:
            self._sentences = read_sentences(self.draft.narrative)
        return self._sentences

    def prints(self, operand: Operand) -> bool:
        """Say whether any table prints this amount, to the precision of the operand."""
        if self._printed is None:
            self._printed = sorted(
                figure.value * FACTORS.get(sheet.unit or "", Decimal(1))
                for sheet in self.sheets
                for row in sheet.rows
                for figure in row.figures.values()
                if figure.value is not None
            )
        factor = FACTORS.get(operand.unit or "", Decimal(1))
        value, slack = (operand.value or Decimal(0)) * factor, operand.step * factor / 2
        index = bisect_left(self._printed, value - slack)
        return index < len(self._printed) and self._printed[index] <= value + slack

    def find(self, statement: str) -> Sheet | None:
        """Return the sheet of a statement that holds figures, None if there is none.

        Where a file repeats a statement for each unit, the one with the largest total is the
        department's; what is then found between tables is softened (``is_ambiguous``).
        """
        full = self._find_full(statement)
        if len(full) < 2:
            return full[0] if full else None
        return max(full, key=_get_size)

    def is_ambiguous(self, statement: str) -> bool:
        """Say whether several tables with figures stand under one key."""
        return len(self._find_full(statement)) > 1

    def _find_full(self, statement: str) -> list[Sheet]:
        sheets = self.by_statement.get(statement, [])
        return [s for s in sheets if any(map(s.has_figures, range(len(s.rows))))]

    def find_printed(self, statement: str) -> Sheet | None:
        """Return the sheet of a statement, also an empty one, when it is the only candidate."""
        sheets = self.by_statement.get(statement, [])
        return self.find(statement) or (sheets[0] if len(sheets) == 1 else None)

    def pairs(self, first: str, second: str) -> Iterator[tuple[Sheet, Sheet]]:
        """Yield the two sheets when both exist."""
        left, right = self.find(first), self.find(second)
        if left is not None and right is not None:
            yield left, right


def _get_size(sheet: Sheet) -> Decimal:
    row, column = sheet.find_total(), sheet.whole() or next(iter(sheet.money), None)
    value = None if row is None or column is None else sheet.value(row, column)
    return (value or Decimal(0)) * FACTORS.get(sheet.unit or "", Decimal(1))


def open_book(draft: Draft, *, source: tuple[str, str] | None = None) -> Book:
    """Return the draft ready for the checks; ``source`` names the other file it is of (zh, en)."""
    year, stage = get_fiscal_year(draft), get_stage(draft)
    sheets = tuple(
        Sheet(table, index=index, fiscal_year=year, stage=stage, source=source)
        for index, table in enumerate(draft.tables)
    )
    by_unit: dict[str | None, Counter[int]] = defaultdict(Counter)
    for sheet in sheets:
        by_unit[sheet.unit].update(sheet.decimals)
    for sheet in sheets:
        sheet.document_step = get_step(by_unit[sheet.unit])
    book = Book(draft=draft, sheets=sheets)
    for sheet in sheets:
        book.by_statement.setdefault(sheet.statement, []).append(sheet)
    return book


def get_fiscal_year(draft: Draft) -> int | None:
    """Return the year printed, else the suggested one."""
    year = draft.head.fiscal_year or draft.head.suggested.get("fiscal_year")
    return int(year) if year else None


def get_stage(draft: Draft) -> str | None:
    """Return budget or final_accounts, printed or suggested."""
    stage = draft.head.stage or draft.head.suggested.get("stage")
    return str(stage) if stage else None
