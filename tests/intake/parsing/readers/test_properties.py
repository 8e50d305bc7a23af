"""What must hold for every table, number and damaged document, tried on many at random."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from intake.parsing.geometry import Char, Rule
from intake.parsing.geometry_page import find_blocks
from intake.parsing.radicals import with_ideographs
from intake.parsing.readers.numbers import plain_number, printed_number
from intake.parsing.readers.spans import Spanned, with_spans
from intake.parsing.tables import Grid
from tests import mutations

Region = tuple[int, int, int, int]


@st.composite
def tilings(draw: st.DrawFn) -> tuple[list[float], list[float], list[Region]]:
    """Return edges of columns and rows, and a tiling of their slots by merged cells."""
    columns = draw(st.integers(2, 6))
    rows = draw(st.integers(1, 8))
    xs = [40.0]
    for _ in range(columns):
        xs.append(xs[-1] + draw(st.integers(40, 90)))
    ys = [60.0]
    for _ in range(rows):
        ys.append(ys[-1] + draw(st.integers(14, 40)))
    taken: set[tuple[int, int]] = set()
    regions = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            down = draw(st.integers(1, min(3, rows - row)))
            over = draw(st.integers(1, min(3, columns - column)))
            area = {(row + d, column + o) for d in range(down) for o in range(over)}
            if area & taken:
                area, down, over = {(row, column)}, 1, 1
            taken |= area
            regions.append((row, column, row + down, column + over))
    return xs, ys, regions


@settings(max_examples=150, deadline=None)
@given(tilings())
def test_every_tiling_drawn_with_rules_is_read_back(
    tiling: tuple[list[float], list[float], list[Region]],
) -> None:
    """Each cell drawn as its own frame, a text inside: cells, spans and texts come back."""
    xs, ys, regions = tiling
    rules: list[Rule] = []
    chars: list[Char] = []
    expected = {}
    for number, (row, column, row_end, column_end) in enumerate(regions):
        x0, y0, x1, y1 = xs[column], ys[row], xs[column_end], ys[row_end]
        rules += [(True, y0, x0, x1), (True, y1, x0, x1), (False, x0, y0, y1), (False, x1, y0, y1)]
        text = f"甲{number}"
        chars += [
            (x0 + 2 + 8 * place, y0 + 2, x0 + 10 + 8 * place, y0 + 12, mark, len(chars) + place)
            for place, mark in enumerate(text)
        ]
        expected[text] = (row, column, row_end, column_end)
    used_columns = {edge for _, left, _, right in regions for edge in (left, right)}
    used_rows = {edge for top, _, bottom, _ in regions for edge in (top, bottom)}
    column_of = {edge: place for place, edge in enumerate(sorted(used_columns))}
    row_of = {edge: place for place, edge in enumerate(sorted(used_rows))}
    found = [block for block in find_blocks(chars, rules, page=1) if isinstance(block, Grid)]
    if len(used_columns) < 3 or len({column for _, column, _, _ in regions}) < 2:
        return
    (grid,) = found
    for cell in grid.cells:
        top, left, bottom, right = expected.pop(cell.text)
        assert (cell.row, cell.column) == (row_of[top], column_of[left])
        assert (cell.row_span, cell.column_span) == (
            row_of[bottom] - row_of[top],
            column_of[right] - column_of[left],
        )
    assert expected == {}


@given(
    st.lists(st.lists(st.tuples(st.integers(-2, 5), st.integers(-2, 5)), max_size=6), min_size=1, max_size=8)
)
def test_spanned_cells_never_overlap(rows: list[list[tuple[int, int]]]) -> None:
    grid = with_spans([[Spanned("甲", *spans) for spans in row] for row in rows], page=None)
    if grid is None:
        return
    slots = [
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    assert len(slots) == len(set(slots))
    assert all(row < grid.rows for row, _ in slots)


@given(st.decimals(min_value=Decimal("-1e12"), max_value=Decimal("1e12"), places=2, allow_nan=False))
def test_amounts_with_two_decimals_come_out_of_a_workbook_exactly(amount: Decimal) -> None:
    value = float(amount)
    assert Decimal(plain_number(value)) == amount
    assert Decimal(printed_number(value, "#,##0.00")) == amount
    assert printed_number(value, "0.00").rpartition(".")[2] == f"{amount:.2f}"[-2:]


@given(st.text())
def test_radicals_are_replaced_once_and_for_all(text: str) -> None:
    assert with_ideographs(with_ideographs(text)) == with_ideographs(text)


def test_radicals_stand_for_the_ideographs_that_are_meant() -> None:
    assert with_ideographs("部⻔⻋辆⻓效⺠政⻅⻚⽀出") == "部门车辆长效民政见页支出"


def test_damaged_documents_are_read_or_refused() -> None:
    """A short run of ``python -m tests.mutations``, which reads thousands."""
    outcomes = mutations.run(70, seed=11)
    assert len(outcomes) == 70
    assert [outcome for outcome in outcomes if outcome.is_failure] == []
    assert sum(outcome.result == "read" for outcome in outcomes) > 20
