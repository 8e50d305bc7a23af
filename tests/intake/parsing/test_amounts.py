"""Amounts: every printed form, blank and zero and dash apart, and nothing guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.parsing.amounts import get_decimals, read_amount

PRINTED = {
    "1,131.05": "1131.05",
    "1235.35": "1235.35",
    "104.30000000000001": "104.3",
    "０．５０": "0.50",
    "１２３，４５６．７８": "123456.78",
    "（1.00）": "-1.00",
    "(1,648.00)": "-1648.00",
    "-3.20": "-3.20",
    "−3.20": "-3.20",
    "△3.2": "-3.2",
    "+406.39": "406.39",
    "21,118.5\n1": "21118.51",
    "12,868.0\n0": "12868.00",
    "1 235.35": "1235.35",
    "185.4万元": "185.4",
    "99.5%": "99.5",
    "¥12.00": "12.00",
    "1.04E+2": "104",
    ".5": "0.5",
}


@pytest.mark.parametrize(("text", "value"), PRINTED.items())
def test_printed_forms(text, value):
    printed = read_amount(text)
    assert printed is not None
    assert (printed.value, printed.state) == (Decimal(value), "amount")


@pytest.mark.parametrize("text", ["0", "0.00", "-0.00", "０"])
def test_zero_is_a_statement(text):
    printed = read_amount(text)
    assert printed is not None
    assert (printed.value, printed.state) == (0, "zero")


@pytest.mark.parametrize("text", ["-", "—", "——", "--", "/", "无", "－"])
def test_a_dash_is_neither_blank_nor_zero(text):
    assert read_amount(text) == (None, "dash", None)


@pytest.mark.parametrize("text", ["", "  ", "\u3000", "\n"])
def test_blank(text):
    assert read_amount(text) == (None, "blank", None)


@pytest.mark.parametrize(
    "text",
    [
        "n.a.",
        "2024年",
        "见附表",
        "12\n34",
        "100.00 200.00",
        "100.00\n200.00",
        "(1.00",
        "1.2.3",
        "行政运行",
        "3-5",
        ".",
    ],
)
def test_words_and_pairs_of_numbers_are_no_amount(text):
    assert read_amount(text) is None


@given(st.decimals(min_value=Decimal("-1e12"), max_value=Decimal("1e12"), places=2, allow_nan=False))
def test_what_is_printed_with_separators_is_read_exactly(value):
    printed = read_amount(f"{value:,}")
    assert printed is not None
    assert printed.value == value
    assert get_decimals(printed.value) in {0, 2}


@given(st.floats(min_value=0.01, max_value=1e9).map(lambda number: round(number, 2)))
def test_floats_of_spreadsheets_come_back_as_meant(number):
    printed = read_amount(repr(number * 3 / 3))
    assert printed is not None
    assert printed.value is not None
    assert abs(printed.value - Decimal(str(number))) < Decimal("0.0001")


@given(st.text(max_size=30))
def test_any_text_gives_an_answer(text):
    printed = read_amount(text)
    if printed is not None:
        assert (printed.value is None) == (printed.state in {"blank", "dash"})
