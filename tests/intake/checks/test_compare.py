"""Tolerance and outcomes, as the contract words them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.checks.compare import Operand, add_up, compare, get_tolerance
from intake.checks.names import clean, find_function_class, find_fund, find_role

CENT = Decimal("0.01")
RULE = ("两者应相等", "the two should be equal")
cents = st.decimals(min_value=-10_000, max_value=10_000, places=2)


def make(value: str | Decimal | None, *, unit: str | None = "万元", step: str = "0.01") -> Operand:
    number = None if value is None else Decimal(value)
    return Operand(value=number, unit=unit, step=Decimal(step), label="左", label_en="left")


@pytest.mark.parametrize(
    ("summands", "tolerance"), [(1, "0.01"), (2, "0.02"), (3, "0.02"), (12, "0.07"), (13, "0.07")]
)
def test_tolerance_of_a_sum_grows_with_its_summands(summands: int, tolerance: str) -> None:
    right = add_up([make("1.00")] * summands, label="", label_en="")
    assert get_tolerance(make("1.00"), right) == Decimal(tolerance)


def test_a_copied_figure_may_stray_by_one_unit() -> None:
    assert get_tolerance(make("1.00"), make("1.00")) == CENT
    assert get_tolerance(make("1", step="1", unit="元"), make("1", step="1", unit="元")) == 1


def test_across_units_the_coarser_is_halved() -> None:
    assert get_tolerance(make("1.00"), make("10000", unit="元", step="0.01")) == Decimal("0.005001")
    finding = compare(make("1.23"), make("12345.00", unit="元"), check="x", rule=RULE)
    assert finding.outcome == "rounding"
    assert finding.right == Decimal("1.2345")
    assert compare(make("1.23"), make("12445.00", unit="元"), check="x", rule=RULE).outcome == "mismatch"


def test_no_unit_is_not_guessed() -> None:
    finding = compare(make("1.00"), make("10000", unit=None), check="x", rule=RULE)
    assert finding.outcome == "undetermined"
    assert compare(make("1.00", unit=None), make("1.00", unit=None), check="x", rule=RULE).outcome == "match"


@given(cents, cents)
def test_exactly_equal_is_match_and_only_that(left: Decimal, right: Decimal) -> None:
    finding = compare(make(left), make(right), check="x", rule=RULE)
    gap = abs(left - right)
    expected = "match" if gap == 0 else "rounding" if gap <= CENT else "mismatch"
    assert finding.outcome == expected
    assert finding.difference == left - right


@given(cents, cents)
def test_not_less_accepts_more(left: Decimal, right: Decimal) -> None:
    finding = compare(make(left), make(right), check="x", rule=RULE, relation="ge")
    assert (finding.outcome == "mismatch") == (left < right - CENT)


@given(st.lists(st.decimals(min_value=0, max_value=1000, places=4), min_size=1, max_size=30))
def test_rounding_each_cell_never_alarms(exact: list[Decimal]) -> None:
    """Cells rounded one by one and their total rounded once differ by rounding only."""
    parts = [make(value.quantize(CENT)) for value in exact]
    total = make(sum(exact, Decimal(0)).quantize(CENT))
    finding = compare(total, add_up(parts, label="", label_en=""), check="x", rule=RULE)
    assert finding.outcome in {"match", "rounding"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("一、一般公共服务支出", "201"),
        ("（七）文化体育与传媒支出", "207"),
        ("十九、住房保障支出", "221"),
        ("医疗卫生与计划生育支出", "210"),
        ("15.资源勘探工业信息等支出", "215"),
        ("基本支出", None),
    ],
)
def test_classes_are_known_by_all_their_names(name: str, code: str | None) -> None:
    assert find_function_class(name) == code


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("收 入 总 计", "grand"),
        ("本年收入合计", "year"),
        ("一、本年支出", "year"),
        ("当年支出小计", "year"),
        ("二、上年结转", "carry_in"),
        ("年初财政拨款结转和结余", "carry_in"),
        ("结转下年", "carry_out"),
        ("年末结转和结余", "carry_out"),
        ("使用非财政拨款结余（含专用结余）", "surplus_use"),
        ("结余分配", "surplus_out"),
        ("支出合计", "total"),
        ("五、事业收入", "source"),
    ],
)
def test_roles_of_summary_rows(name: str, role: str) -> None:
    assert find_role(name) == role


@pytest.mark.parametrize(
    ("name", "fund"),
    [
        ("一、一般公共预算财政拨款收入", "general_public"),
        ("政府性基金预算资金", "government_fund"),
        ("三、国有资本经营预算拨款收入", "state_capital"),
        ("八、事业单位经营收入", "business"),
        ("五、事业收入", "service"),
        ("四、财政专户管理资金收入", "special_account"),
        ("上年结转一般公共预算", "carried_over"),
        ("一、财政拨款", "appropriation"),
    ],
)
def test_sources_of_money(name: str, fund: str) -> None:
    assert find_fund(name) == fund


def test_names_are_cleaned_of_numbering_but_not_of_their_own_figures() -> None:
    assert clean("其中：（一） 行政 运行") == "行政运行"
    assert clean("12345政务服务热线") == "12345政务服务热线"
    assert clean("1.5万元以下") == "1.5万元以下"


@pytest.mark.parametrize(
    ("written", "outcome"), [("20", "rounding"), ("20.4", "match"), ("20.3", "mismatch"), ("19", "mismatch")]
)
def test_words_may_round_but_only_as_rounding_goes(written: str, outcome: str) -> None:
    step = Decimal(1).scaleb(-len(written.partition(".")[2]))
    text = Operand(Decimal(written), "万元", step, "文字", "the text", is_text=True)
    assert compare(text, make("20.40"), check="x", rule=RULE).outcome == outcome
