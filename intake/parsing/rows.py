"""The data rows of one table: names, codes and figures of each block, and the rows that are none of these."""

from __future__ import annotations

from dataclasses import dataclass, field

from intake.parsing.amounts import read_amount
from intake.parsing.broken import join_broken
from intake.parsing.codes import CodeContext, find_scheme, split_label
from intake.parsing.draft import Figure, Problem
from intake.parsing.draftrow import DraftRow
from intake.parsing.headings import Heading, is_index_row
from intake.parsing.matrix import Matrix, is_number
from intake.parsing.placing import find_shift, shift_row
from intake.parsing.roles import Block, is_period_label
from intake.parsing.tables import Cell, Place
from intake.parsing.titles import is_empty_note
from intake.parsing.words import find_total, fold, tidy

_CODE_SHAPE = frozenset("0123456789")


@dataclass(slots=True)
class RowReader:
    """Reads the rows of a table, page after page; the current codes and unit go on over page breaks."""

    heading: Heading | None
    blocks: list[Block]
    keys: dict[int, str]
    title: str
    rows: list[DraftRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    in_tables: int = 0
    attributed: int = 0
    contexts: dict[tuple[int, int], CodeContext] = field(default_factory=dict)
    heading_rows: frozenset[tuple[str, ...]] = frozenset()

    def read(self, matrix: Matrix, *, start: int, columns: list[tuple[int, int]] | None) -> None:
        """Read the rows of one matrix from ``start``; ``columns`` maps its columns to the table's."""
        for row in range(start, matrix.height):
            if matrix.is_blank(row):
                continue
            texts = matrix.folded(row)
            words = tuple(text for text in texts if text)
            if words in self.heading_rows or is_index_row(texts):
                continue
            if len(words) == 1 and self._is_note(words[0]):
                self.notes.append(tidy(" ".join(words)))
                continue
            self._read_row(matrix, row, columns, first=row == start and bool(self.rows))

    def _is_note(self, text: str) -> bool:
        return text.startswith(("注:", "备注:", "说明:", "取数说明")) or (
            len(text) > 12 and is_empty_note(text)
        )

    def _read_row(
        self, matrix: Matrix, row: int, columns: list[tuple[int, int]] | None, *, first: bool
    ) -> None:
        cells = _slots(matrix, row, columns)
        if not matrix.spans_known and len(self.blocks) == 1:
            cells = self._placed(cells, place=matrix.place_of(row))
        covers = _slots(matrix, row, columns, covering=True)
        place = matrix.place_of(row)
        used: set[int] = set()
        first = first and not any(is_number(cell.text) for cell in cells.values())
        for block in self.blocks:
            made = self._read_block(block, cells, covers, place, used)
            if made is not None and not matrix.spans_known:
                self._take_label_from_left(made)
            if made is not None and not (first and join_broken(made, self.rows)):
                self.rows.append(made)
        self._count(cells, used, place)

    def _take_label_from_left(self, row: DraftRow) -> None:
        """Name a figure without a label by the total beside it that has no figure: a merge that the file lost."""
        left = self.rows[-1] if self.rows else None
        if row.label or left is None or left.place != row.place or left.block != row.block - 1:
            return
        if find_total(left.label) and not any(figure.value is not None for figure in left.figures.values()):
            row.label, row.name = left.label, left.name
            self.rows.pop()

    def _placed(self, cells: dict[int, Cell], *, place: Place) -> dict[int, Cell]:
        """Return the row's cells where they belong, with a problem to check where they had slipped."""
        shift = find_shift(cells, self.blocks[0])
        if not shift:
            return cells
        self.problems.append(
            Problem(
                "row-shifted",
                "info",
                f"表“{self.title}”：此行的金额错位 {abs(shift)} 列，已按列数移回。请核对。",
                f"Table “{self.title}”: the amounts of this row had slipped by {abs(shift)} column(s) and were moved "
                "back by the number of columns. Please check.",
                place,
            )
        )
        return shift_row(cells, self.blocks[0], shift)

    def _read_block(
        self,
        block: Block,
        cells: dict[int, Cell],
        covers: dict[int, Cell],
        place: Place,
        used: set[int],
    ) -> DraftRow | None:
        figures = self._figures(block, cells, place, used)
        codes = self._codes(block, cells, used)
        label, indent = _label(block, cells)
        if not label and block.number > 1:
            label = _label_from_left(block, covers, place)
        spanned = "" if label else _label_from_above(block, covers)
        label = label or spanned
        label = label or _total_from_left(block, cells)
        label_code, name = split_label(label)
        if label_code is not None:
            scheme = find_scheme(label_code)
            codes.setdefault(scheme or "project", label_code)
        for group_label in block.labels:
            other_code, _ = split_label(_text(cells, group_label))
            scheme = find_scheme(other_code) if other_code else None
            if other_code and scheme:
                codes.setdefault(scheme, other_code)
        unit = next((tidy(_text(covers, column)) for column in block.units if _text(covers, column)), None)
        unit_code = next(
            (fold(_text(cells, column)) for column in block.unit_codes if _text(cells, column)), None
        )
        loose = codes.pop("loose", None)
        if loose is not None and unit_code is None:
            unit_code = loose
        if unit is not None and find_total(unit):
            unit = None
            label = label or next(_text(cells, column) for column in block.units if _text(covers, column))
            name = tidy(label)
        if not label and unit is not None and any(_text(cells, column) for column in block.units):
            label = name = unit
        has_figure = any(figure.state != "blank" for figure in figures.values())
        if not label and not codes and not has_figure and unit_code is None:
            return None
        if _reaches_over(block, cells, covers):
            return None
        if not has_figure and not codes and not label.strip():
            return None
        return DraftRow(
            place=place,
            block=block.number,
            name=name,
            label=label,
            codes=codes,
            code=_main_code(codes),
            unit_code=unit_code,
            unit_name=unit,
            figures=figures,
            cells=tuple(cells[column].text if column in cells else "" for column in block.columns),
            indent=indent,
            period=next(
                (text for column in block.periods if is_period_label(text := fold(_text(cells, column)))), ""
            ),
            group=_group(block, cells, covers),
            step=_step(block, covers if spanned else cells),
            own_digits=tuple(fold(_text(cells, c)) for group in block.groups for c in group.columns),
        )

    def _figures(
        self, block: Block, cells: dict[int, Cell], place: Place, used: set[int]
    ) -> dict[str, Figure]:
        figures: dict[str, Figure] = {}
        for column in block.amounts:
            cell = cells.get(column)
            key = self.keys[column]
            if cell is None:
                figures[key] = Figure(
                    "", None, "blank", Place(page=place.page, row=place.row, line=place.line)
                )
                continue
            printed = read_amount(cell.text)
            if printed is None:
                used.add(column)
                if not find_total(cell.text):
                    self._report_words(cell, key)
                figures[key] = Figure(cell.text, None, "blank", cell.place)
                continue
            used.add(column)
            if printed.value is not None:
                self.in_tables += 1
                self.attributed += 1
            figures[key] = Figure(cell.text, printed.value, printed.state, cell.place)
        return figures

    def _report_words(self, cell: Cell, key: str) -> None:
        if not any(character in _CODE_SHAPE for character in cell.text):
            return
        self.in_tables += 1
        self.problems.append(
            Problem(
                "not-an-amount",
                "warning",
                f"表“{self.title}”，“{key}”列：“{tidy(cell.text)[:40]}”不是金额。请改正后重新上传，或填写更正值。",
                f"Table “{self.title}”, column “{key}”: “{tidy(cell.text)[:40]}” is not an amount. "
                "Correct it and upload again, or enter a correction.",
                cell.place,
            )
        )

    def _codes(self, block: Block, cells: dict[int, Cell], used: set[int]) -> dict[str, str]:
        codes: dict[str, str] = {}
        for index, group in enumerate(block.groups):
            context = self.contexts.setdefault((block.number, index), CodeContext())
            texts = [_text(cells, column) for column in group.columns]
            used.update(column for column in group.columns if column in cells)
            code = context.resolve(texts, columns=len(group.columns))
            if code is None:
                labelled = next((split_label(text)[0] for text in texts if split_label(text)[0]), None)
                if labelled:
                    codes.setdefault(find_scheme(labelled) or "project", labelled)
                continue
            scheme = find_scheme(code)
            if scheme is None or group.hint == "unit":
                codes["project" if group.hint == "project" else "loose"] = code
            else:
                codes.setdefault(scheme, code)
        return codes

    def _count(self, cells: dict[int, Cell], used: set[int], place: Place) -> None:
        """Report numbers that stand in no amount, code or row-number column."""
        known = used | {
            column for block in self.blocks for column in (*block.notes, *block.periods, *block.unit_codes)
        }
        for column, cell in cells.items():
            if column in known or column not in self._money_area():
                continue
            printed = read_amount(cell.text)
            if printed is None or printed.value is None:
                continue
            self.in_tables += 1
            self.problems.append(
                Problem(
                    "number-without-column",
                    "warning",
                    f"表“{self.title}”：“{tidy(cell.text)[:30]}”所在的列没有可识别的表头，未作为金额读入。请核对该列表头。",
                    f"Table “{self.title}”: “{tidy(cell.text)[:30]}” stands in a column without a heading that could "
                    "be understood; it was not read as an amount. Check that column's heading.",
                    cell.place,
                )
            )

    def _money_area(self) -> frozenset[int]:
        return frozenset(column for block in self.blocks for column in (*block.labels, *block.units))


def _slots(
    matrix: Matrix, row: int, columns: list[tuple[int, int]] | None, *, covering: bool = False
) -> dict[int, Cell]:
    """Return the row's cells by the table's column; with ``covering``, merged ones in each slot they reach."""
    line = matrix.covers[row] if covering else matrix.anchors[row]
    found: dict[int, Cell] = {}
    for column, cell in enumerate(line):
        if cell is None:
            continue
        first, last = (column, column) if columns is None else columns[column]
        for target in range(first, (last if covering else first) + 1):
            if target >= 0 and (target not in found or not found[target].text.strip()):
                found[target] = cell
    return found


def _text(cells: dict[int, Cell], column: int) -> str:
    cell = cells.get(column)
    return "" if cell is None else cell.text.strip()


def _label(block: Block, cells: dict[int, Cell]) -> tuple[str, float]:
    """Return the row's label and how far it is indented; totals may stand in a code or unit column."""
    for column in block.names:
        text = _text(cells, column)
        if text and read_amount(text) is None:
            return text, cells[column].indent
    for column in sorted(
        {c for group in block.groups for c in group.columns}
        | {*block.units, *block.unit_codes, *block.periods}
    ):
        text = _text(cells, column)
        if not text or read_amount(text) is not None or (column in block.units and not find_total(text)):
            continue
        if column not in block.periods or not is_period_label(text):
            return text, cells[column].indent
    return "", 0.0


def _label_from_left(block: Block, covers: dict[int, Cell], place: Place) -> str:
    """Return the label of a cell that is merged from the block to the left over this block's labels."""
    left = {id(covers[column]) for column in covers if column < min(block.columns)}
    for column in block.labels:
        cell = covers.get(column)
        if (
            cell is not None
            and id(cell) in left
            and cell.place.row == place.row
            and read_amount(cell.text) is None
        ):
            return cell.text.strip()
    return ""


def _total_from_left(block: Block, cells: dict[int, Cell]) -> str:
    """Return a 合计 that stands in a column of row numbers or remarks before the first amount."""
    if block.number > 1 or not block.amounts:
        return ""
    before = (_text(cells, column) for column in sorted(cells) if column < block.amounts[0])
    return next((text for text in before if text and find_total(text)), "")


def _label_from_above(block: Block, covers: dict[int, Cell]) -> str:
    """Return the label of a merged cell that stands over several rows, for those after its first."""
    for column in reversed(block.labels):
        text = _text(covers, column)
        if text and covers[column].row_span > 1 and read_amount(text) is None:
            return text
    return ""


def _reaches_over(block: Block, cells: dict[int, Cell], covers: dict[int, Cell]) -> bool:
    """Return whether the block's label is merged over all its amounts: the row's figure stands further right."""
    if not block.amounts or any(column in cells for column in block.amounts):
        return False
    labels = {
        id(covers[column]) for column in block.labels if column in covers and covers[column].text.strip()
    }
    return all(column in covers and id(covers[column]) in labels for column in block.amounts)


def _group(block: Block, cells: dict[int, Cell], covers: dict[int, Cell]) -> str:
    """Return the text of the merged cell that stands left of the row's label over several rows."""
    if len(block.labels) < 2:
        return ""
    own = max((column for column in block.labels if _text(cells, column)), default=-1)
    for column in block.labels:
        cell = covers.get(column)
        if column < own and cell is not None and cell.text.strip() and cell.row_span >= 1:
            return tidy(cell.text)
    return ""


def _step(block: Block, cells: dict[int, Cell]) -> int:
    """Return the position of the last label column that is filled in, -1 where none is."""
    return max((index for index, column in enumerate(block.labels) if _text(cells, column)), default=-1)


def _main_code(codes: dict[str, str]) -> str | None:
    for scheme in ("functional", "economic_dept", "economic_gov"):
        if scheme in codes:
            return codes[scheme]
    return None
