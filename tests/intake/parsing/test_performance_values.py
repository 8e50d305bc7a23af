"""Printed targets taken apart, and the words of performance tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.parsing.performance_values import number, operator_key, split_target
from intake.parsing.performance_words import (
    dimension,
    form_key,
    heading_role,
    indicator_type,
    money_unit,
    unwrapped,
)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("≥95%", ("ge", "95", "%")),
        ("＝1个", ("eq", "1", "个")),
        ("5次", (None, "5", "次")),
        ("》90%", ("gt", "90", "%")),
        ("≥330台\n套", ("ge", "330", "台套")),
        ("小于0.5%", ("lt", "0.5", "%")),
        ("≥13459.00(平方米)", ("ge", "13459.00", "平方米")),
        ("≤560元/人/天", ("le", "560", "元/人/天")),
        ("≥5个工作日", ("ge", "5", "个工作日")),
        ("≤3天内", ("le", "3", "天")),
        ("2亿元", (None, "2", "亿元")),
        ("优良中低差", ("qualitative", "优良中低差", None)),
        ("不超标\n准", ("qualitative", "不超标准", None)),
        ("12月前完成", (None, "12月前完成", None)),
        ("10-15项", (None, "10-15项", None)),
        ("≥30次；≥30篇", (None, "≥30次；≥30篇", None)),
        ("", (None, None, None)),
    ],
)
def test_targets(printed: str, expected: tuple[str | None, str | None, str | None]) -> None:
    assert split_target(printed) == expected


@given(st.text(max_size=40))
def test_any_text_has_an_answer(text: str) -> None:
    operator, value, unit = split_target(text)
    assert value is not None or (operator is None and unit is None)
    number(text)
    heading_role(text)
    form_key(text)


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["≥", "≤", "=", "＝", ""]))
def test_a_number_keeps_its_value(value: object, sign: str) -> None:
    _, printed, unit = split_target(f"{sign}{value}万元")
    assert (printed, unit) == (str(value), "万元")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("绩效指标\n性质", "operator"),
        ("本年绩效\n指标值", "target"),
        ("绩效度量单位", "unit"),
        ("指标权重\n(%)", "weight"),
        ("分值权重（\n90分）", "weight"),
        ("年度(/项目)指标值", "target"),
        ("偏差原因分析\n及\n改进措施", "cause"),
        ("项目总额", "amount"),
        ("科目名称", None),
    ],
)
def test_headings(text: str, role: str | None) -> None:
    assert heading_role(text) == role


def test_words_of_levels_keys_and_operators() -> None:
    assert dimension("满意度\n指标") == "satisfaction"
    assert dimension("项目名称") is None
    assert indicator_type("生态环境成本指标") == ("ecological", "cost")
    assert indicator_type("服务对象满意度指标") == ("service_recipients", "satisfaction")
    assert form_key("年度资金总额：") == "amount"
    assert form_key("其中：财政\n拨款") == "part"
    assert form_key("总体\n目标") == "objective"
    assert form_key("烟台市审计局") is None
    assert operator_key("＞＝") == "ge"
    assert operator_key("某") is None
    assert money_unit("项目资金\n（万元）") == "万元"
    assert unwrapped("12345政务服 务热线人员经\n费") == "12345政务服务热线人员经费"
