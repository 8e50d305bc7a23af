"""Amounts, shares, a hundred yuan: what stands on pages, without a database."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from budgets import formatting
from budgets.figures import render_bar, render_figure
from budgets.sections.opening import name_shortly, say_inside, strip_number
from budgets.shares import cut_hundred, round_to_hundred

D = Decimal


@pytest.mark.parametrize(
    ("yuan", "unit", "expected"),
    [
        ("58840500.00", "wan", "5,884.05"),
        ("58840500.00", "yuan", "58,840,500.00"),
        ("58840500.00", "yi", "0.5884"),
        ("-40300", "wan", "−4.03"),
        ("0", "wan", "0.00"),
        ("49.99", "wan", "0.00"),
        ("50", "wan", "0.01"),
        ("-49", "wan", "0.00"),
    ],
)
def test_amounts_are_written_in_the_unit_asked_for(yuan: str, unit: str, expected: str) -> None:
    assert formatting.format_amount(D(yuan), unit=formatting.UNITS[unit]) == expected


def test_no_amount_is_no_text_and_never_a_zero() -> None:
    assert formatting.format_amount(None) == formatting.format_money(None) == ""


def test_english_sentences_count_in_millions_unless_a_unit_is_chosen() -> None:
    with translation.override("en"):
        assert formatting.format_money(D("58840500")) == "58.84 million yuan"
        assert formatting.format_money(D("135000")) == "135,000 yuan"
        assert formatting.format_money(D("2500000000")) == "2.50 billion yuan"
        assert formatting.format_money(D("135000"), unit=formatting.UNITS["yuan"]).startswith("135,000.00")


def test_change_needs_a_base_above_zero() -> None:
    assert formatting.format_change(D("13.50"), D("6.50")) == "+107.69%"
    assert formatting.format_change(D("6.50"), D("13.50")) == "−51.85%"
    assert formatting.format_change(D("1"), D("0")) == formatting.format_change(D("1"), None) == ""
    assert formatting.format_change(D("1"), D("-2")) == ""


def test_a_share_of_nothing_or_less_means_nothing() -> None:
    assert formatting.format_share(D(1), D(0)) == formatting.format_share(D(1), D(-5)) == ""
    assert formatting.format_share(D("4648.70"), D("5884.05")) == "79.01%"


def test_blank_zero_and_dash_are_three_things() -> None:
    blank = render_figure(None, state="blank", url="/x")
    assert "未填列" in blank
    assert "<a" not in blank
    assert ">0.00<" in render_figure(D(0), state="zero", url="/x")
    assert ">—<" in render_figure(None, state="dash", url="/x")
    assert ">12.5%<" in render_figure(D("12.500000"), quantity="percent")


def test_an_address_in_a_figure_is_escaped() -> None:
    assert 'href="/x?a=1&amp;b=&quot;"' in render_figure(D(1), url='/x?a=1&b="')


def test_a_bar_stays_within_its_cell() -> None:
    assert 'width="100.00%"' in render_bar(D("136.12"))
    assert 'width="0.00%"' in render_bar(D("-3"))


def test_whole_yuan_add_up_to_a_hundred() -> None:
    assert round_to_hundred([D("79.01"), D("19.22"), D("1.77")]) == [79, 19, 2]
    thirds = round_to_hundred([D(100) / 3] * 3)
    assert sorted(thirds) == [33, 33, 34]


def test_a_strip_is_drawn_only_of_parts_that_are_lengths() -> None:
    parts = cut_hundred([("a", "甲", "c1", D(3)), ("b", "乙", "c2", D(1))])
    assert [part.share for part in parts] == ["75.00%", "25.00%"]
    assert cut_hundred([("a", "甲", "c1", D(3)), ("b", "乙", "c2", D(-1))]) == []
    assert cut_hundred([("a", "甲", "c1", D(0))]) == []


def test_names_in_sentences() -> None:
    assert name_shortly("拉萨市行政审批和便民服务局") == "该局"
    assert name_shortly("西安市审计局（汇总）") == "该局"
    assert name_shortly("某某基金") == "该部门"
    assert strip_number("一、一般公共预算拨款收入") == "一般公共预算拨款收入"
    assert strip_number("（二）政府性基金") == "政府性基金"
    assert strip_number("三公经费") == "三公经费"
    assert say_inside("General public services") == "general public services"
    assert say_inside("IT services") == "IT services"
