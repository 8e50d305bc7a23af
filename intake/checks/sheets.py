"""A draft's tables as the checks see them: figures by row and coordinates, rows by code and name."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from intake.checks.compare import Operand, add_up
from intake.checks.labels import FUNDS_EN, MEASURES_EN, MEASURES_ZH, STATEMENTS_EN
from intake.checks.names import find_function_class
from intake.parsing.draft import Column, Figure, Table
from intake.parsing.tables import Place

WHOLE_MEASURES = {
    "basic_by_economic": "basic",
    "appropriation_basic": "basic",
    "basic_expenditure": "basic",
    "agency_operating": "agency_operating",
    "project_expenditure": "project",
}
"""The measure a table is about, where its only column is headed by it and not by 合计."""

CUT_DIGITS = 10
FEW_FIGURES = 20


class Sheet:
    """One table with what the checks look up in it; made once a run."""

    def __init__(
        self,
        table: Table,
        *,
        index: int,
        fiscal_year: int | None,
        stage: str | None,
        source: tuple[str, str] | None = None,
    ) -> None:
        self.table = table
        self.index = index
        self.fiscal_year = fiscal_year
        self.phase = "executed" if stage == "final_accounts" else "approved"
        self.unit = table.unit
        self.statement = table.statement
        count = len(table.rows)
        self.rows = tuple(
            row if row.parent is None or row.parent < count else replace(row, parent=None)
            for row in table.rows
        )
        self.money = tuple(c for c in table.columns if c.quantity == "money")
        self.is_elsewhere = source is not None
        """Of another file: its figures have no place in the document at hand."""
        before, before_en = source or ("", "")
        self.title = f"{before}《{table.title or table.statement}》"
        self.title_en = f"{before_en}“{STATEMENTS_EN.get(table.statement, table.title)}”"
        self.document_step: Decimal | None = None
        self.misses_rows = False
        """Set where its sums show that rows are absent: then nothing is summed over its rows."""
        self._labels: dict[str, tuple[str, str]] = {}
        self._by_code: dict[str, dict[str, list[int]]] = {}

    @cached_property
    def decimals(self) -> Counter[int]:
        """Return how many figures print so many decimals."""
        found: Counter[int] = Counter()
        for row in self.rows:
            for column in self.money:
                figure = row.figures.get(column.key)
                if figure is not None and figure.value:
                    exponent = figure.value.as_tuple().exponent
                    found[max(0, -exponent) if isinstance(exponent, int) else 0] += 1
        return found

    @cached_property
    def step(self) -> Decimal:
        """Return one unit of the last decimal place that this table usually prints.

        Trailing zeros may be dropped (6.5 beside 6.50): where few figures have decimals, those of
        the document's other tables in the same unit tell how fine they are.
        """
        own = get_step(self.decimals)
        few = sum(count for digits, count in self.decimals.items() if digits) < FEW_FIGURES
        finer = few and own < 1 and self.document_step is not None and self.document_step < own
        return self.document_step if finer and self.document_step is not None else own

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """Return the rows that are summands of each parent row."""
        found: dict[int, list[int]] = defaultdict(list)
        for index, row in enumerate(self.rows):
            if row.parent is not None:
                found[row.parent].append(index)
        return found

    def by_code(self, scheme: str) -> dict[str, list[int]]:
        """Return the rows of each code of a scheme, without 其中 rows; made once a scheme."""
        if scheme not in self._by_code:
            found: dict[str, list[int]] = defaultdict(list)
            for index, row in enumerate(self.rows):
                code = row.codes.get(scheme)
                if code and row.kind not in ("of_which", "total"):
                    found[code].append(index)
            self._by_code[scheme] = found
        return self._by_code[scheme]

    def find_rows(self, code: str, *, scheme: str = "functional") -> list[int]:
        """Return the rows that together are one code: printed once, by unit, or as its parts only.

        Where sub-units repeat the code, the row without a unit is meant, else all of them.
        Where only deeper rows are printed, those of them that no other row contains.
        """
        by_code = self.by_code(scheme)
        rows = by_code.get(code, [])
        if rows:
            whole = [index for index in rows if self.rows[index].unit_name is None]
            return whole or rows
        return [
            index
            for other, indices in by_code.items()
            if other.startswith(code)
            for index in indices
            if (parent := self.rows[index].parent) is None or self.rows[parent].kind in ("total", "unit")
        ]

    def code_operand(
        self, code: str, column: Column | None = None, *, scheme: str = "functional"
    ) -> Operand | None:
        """Return the figure of a code, summed where it is printed in parts; None where absent.

        Without a column: its whole amount, whichever half of the table it stands in.
        """
        rows = self.find_rows(code, scheme=scheme)
        found = [self.own_operand(i) if column is None else self.operand(i, column) for i in rows]
        operands = [operand for operand in found if operand is not None]
        if len(operands) < 2 or self.misses_rows:
            return operands[0] if len(operands) == 1 else None
        head, head_en = self.column_label(column or self.money[0])
        label = f"{self.title}{code}共{len(rows)}行{head}之和"
        return add_up(
            operands, label=label, label_en=f"{self.title_en}, {len(rows)} rows of {code}, {head_en}"
        )

    @cached_property
    def blocks(self) -> tuple[int, ...]:
        """Return for each row the block its figures stand in (0: none)."""
        block_of = {column.key: column.block for column in self.table.columns}
        return tuple(next((block_of.get(key, 0) for key in row.figures), 0) for row in self.rows)

    def column(
        self,
        measure: str,
        *,
        fund: str | None = None,
        block: int | None = None,
        carried: str | None = None,
        year: int | None = None,
        phase: str | None = None,
    ) -> Column | None:
        """Return the one column of the fiscal year with these coordinates, else None."""
        wanted_year = year or self.fiscal_year
        found = [
            column
            for column in self.money
            if column.measure == measure
            and (fund is None or column.fund == fund)
            and (block is None or column.block == block)
            and (carried is None or column.carried == carried)
            and (column.year is None or wanted_year is None or column.year == wanted_year)
            and column.phase == (phase or self.phase)
        ]
        whole = [column for column in found if column.carried == "all"]
        if len(found) > 1 and len(whole) == 1:
            return whole[0]
        every = [column for column in whole or found if column.fund == "all"]
        if len(found) > 1 and len(every) == 1:
            return every[0]
        return found[0] if len(found) == 1 else None

    def whole(self, **coordinates: Any) -> Column | None:
        """Return the column of the whole amount: 合计, or the one measure the table is about."""
        found = self.column("total", **coordinates)
        if found is not None:
            return found
        named = WHOLE_MEASURES.get(self.statement)
        return None if named is None else self.column(named, **coordinates)

    def value(self, row: int, column: Column) -> Decimal | None:
        """Return the printed value, None for blank or no cell."""
        figure = self.rows[row].figures.get(column.key)
        return None if figure is None else figure.value

    def has_figures(self, row: int) -> bool:
        """Say whether the row prints any figure."""
        return any(figure.value is not None for figure in self.rows[row].figures.values())

    def operand(self, row: int, column: Column) -> Operand:
        """Return one printed figure as a side of an identity."""
        printed = self.rows[row]
        figure = printed.figures.get(column.key)
        name = self.row_label(row)
        head, head_en = self.column_label(column)
        return Operand(
            value=None if figure is None else figure.value,
            unit=self.unit,
            step=self._step_of(figure),
            label=f"{self.title}“{name}”{head}",
            label_en=f"{self.title_en}, “{name}”, {head_en}",
            places=() if self.is_elsewhere else (_place_of(figure, printed.place),),
            table=None if self.is_elsewhere else self.index,
        )

    def _step_of(self, figure: Figure | None) -> Decimal:
        """Return the step of a figure: the table's, or its own where a long number was cut.

        A spreadsheet's general format shows eleven characters: 480544221.62 prints as 480544221.6.
        """
        if figure is None or figure.value is None:
            return self.step
        digits = figure.value.as_tuple()
        own = Decimal(1).scaleb(digits.exponent) if isinstance(digits.exponent, int) else self.step
        return own if len(digits.digits) >= CUT_DIGITS and self.step < own < 1 else self.step

    def row_label(self, row: int) -> str:
        """Return how a sentence names a row: its code and name as printed."""
        printed = self.rows[row]
        name = printed.name or "合计"
        text = f"{printed.code} {name}" if printed.code else name
        return f"{printed.unit_name} {text}" if printed.unit_name and printed.kind != "unit" else text

    def column_label(self, column: Column) -> tuple[str, str]:
        """Return how a sentence names a column, in Chinese and English; made once a column."""
        if column.key not in self._labels:
            self._labels[column.key] = self._write_label(column)
        return self._labels[column.key]

    def _write_label(self, column: Column) -> tuple[str, str]:
        printed = column.heading[-1] if column.heading else ""
        if printed in ("小计", "合计") and len(column.heading) > 1 and column.measure != "total":
            printed = f"{column.heading[-2]}{printed}"
        zh = printed if printed and not printed.isdigit() else MEASURES_ZH.get(column.measure, column.key)
        en = MEASURES_EN.get(column.measure, column.measure.replace("_", " "))
        if column.fund != "all" and len({c.fund for c in self.money}) > 1:
            fund = FUNDS_EN.get(column.fund, column.fund.replace("_", " "))
            en = fund if column.measure == "total" else f"{en}, {fund}"
        if column.year is not None and column.year != self.fiscal_year:
            zh, en = f"{column.year}年{zh}", f"{en}, {column.year}"
        return zh, en

    def find_total(self, *, side: str | None = None) -> int | None:
        """Return the first total row (of one side), or the only row that prints figures."""
        for index, row in enumerate(self.rows):
            if row.kind == "total" and (side is None or row.side in (side, None)):
                return index
        filled = [index for index in range(len(self.rows)) if self.has_figures(index)]
        return filled[0] if len(filled) == 1 and self.rows[filled[0]].kind != "of_which" else None

    def own_operand(self, row: int) -> Operand | None:
        """Return the row's whole amount, in the column of the half of the table it stands in."""
        whole = self.whole() or self.whole(block=self.blocks[row])
        return None if whole is None else self.operand(row, whole)

    def find_classes(self, *, side: str = "expenditure") -> dict[str, int]:
        """Return the rows of function classes by code, from printed codes or from names.

        A class that stands twice (two halves with the same names) is left out.
        """
        found: dict[str, int] = {}
        twice: set[str] = set()
        for index, row in enumerate(self.rows):
            if row.side not in (side, None) or row.kind in ("total", "of_which"):
                continue
            code = row.codes.get("functional") or find_function_class(row.name)
            if code is None or len(code) != 3 or not row.figures:
                continue
            if code in found:
                twice.add(code)
            found.setdefault(code, index)
        return {code: index for code, index in found.items() if code not in twice}


def get_step(decimals: Counter[int]) -> Decimal:
    """Return one unit of the decimal place that most figures with decimals print; 1 without any."""
    fractions = [(count, -digits) for digits, count in decimals.items() if digits]
    return Decimal(1).scaleb(max(fractions)[1]) if fractions else Decimal(1)


def _place_of(figure: Figure | None, row: Place) -> Place:
    """Return the figure's place, or that of its row where the figure knows none."""
    if figure is None or not (figure.place.page or figure.place.sheet or figure.place.line):
        return row
    return figure.place
