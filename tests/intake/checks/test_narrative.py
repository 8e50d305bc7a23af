"""Sentences of the text: what is judged, what is right, and what is left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from intake import checks
from intake.checks.narrative.sentences import read_sentences
from intake.parsing.draft import Finding, Narrative
from tests.intake.checks.small import make_small, with_text


def judge(*pages: str) -> list[Finding]:
    findings = checks.run(with_text(make_small(), *pages))
    return [f for f in findings if f.check.startswith("narrative-") and f.check != "narrative-unclear"]


RIGHT = [
    ("narrative-change", "2025年收入预算630万元，比上年增加30万元，增长5%。"),
    ("narrative-change", "项目支出预算数为4335.3万元。与上年相比减少了1237.7万元，减少22.21%。"),
    ("narrative-change", "公务用车购置支出151.68万元（含购置税，共5辆），比上年预算数增加27.78万元，增长22.4%。"),
    ("narrative-change", "2024年当年预算执行数为100万元，2025年预算安排120万元，比2024年预算执行数增加20%。"),
    ("narrative-share", "支出合计630万元，其中：基本支出400万元，占63.49%；项目支出230万元，占36.51%。"),
    ("narrative-parts", "政府采购预算总额43.9万元，其中，货物类采购预算25.4万元；工程类采购预算0万元；服务类采购预算18.5万元。"),
    ("narrative-completion", "年初预算为200万元，支出决算为150万元，完成年初预算的75%。"),
    ("narrative-amount", "2025年公务接待费预算7万元，主要用于接待。"),
    ("narrative-amount", "一般公共服务支出（201类）人大事务（01款）行政运行（01项）350万元。"),
    ("narrative-amount", "人大事务（款）行政运行（项）支出350.00万元。"),
    ("narrative-amount", "2025年一般公共预算财政拨款支出550万元。"),
    ("narrative-amount", "某局2025年部门支出预算总计630.00万元。"),
]  # fmt: skip
WRONG = [
    ("narrative-change", "收入预算630万元，比上年增加30万元，增长50%。"),
    ("narrative-change", "收入预算630万元，比上年增加30万元，下降5%。"),
    ("narrative-change", "2024年当年预算执行数为43269.3万元，2025年预算安排3845.49万元，比2024年预算执行数增加17.62%。"),
    ("narrative-share", "支出合计630万元，其中：基本支出400万元，占63.49%；项目支出150万元，占23.81%；其他支出80万元，占21.70%。"),
    ("narrative-share", "支出合计630万元，其中：基本支出400万元，占63.49%；项目支出230万元，占46.51%。"),
    ("narrative-parts", "政府采购预算43.9万元，其中：货物25.4万元、工程2万元、服务18.5万元。"),
    ("narrative-completion", "年初预算为200万元，支出决算为150万元，完成年初预算的85%。"),
    ("narrative-amount", "2025年公务接待费预算77万元，主要用于接待。"),
    ("narrative-amount", "人大事务（款）行政运行（项）支出353.00万元。"),
    ("narrative-repeated", "12、住房改革支出（02款）住房公积金（01项）208.8万元。主要用于职工。2025年预算安排201.5万元，比2024年增长。"),
]  # fmt: skip
LEFT_ALONE = [
    "2024年公务接待费预算99万元。",
    "其中：下属单位机关运行经费12.30万元。",
    "公务接待费比上年减少3.3万元。",
    "收入预算630万元，增长16倍。",
    "本年财政拨款100万元、其他资金20万元，比上年增加33万元，增长9%。",
    "某项目占3.30%。",
    "支出合计630万元。基本支出400万元，占63.49%；项目支出99万元，占46.51%。",
    "三年累计投入一般公共预算支出999.99万元。",
]


@pytest.mark.parametrize(("check", "text"), RIGHT)
def test_a_right_sentence_matches(check: str, text: str) -> None:
    outcomes = {(finding.check, finding.outcome) for finding in judge(text)}
    assert (check, "match") in outcomes
    assert "mismatch" not in {outcome for _, outcome in outcomes}


@pytest.mark.parametrize(("check", "text"), WRONG)
def test_a_wrong_sentence_is_quoted(check: str, text: str) -> None:
    found = [finding for finding in judge(text) if finding.outcome == "mismatch"]
    assert [finding.check for finding in found] == [check]
    assert found[0].severity == "warning"
    assert found[0].places[0].page == 1
    assert "“" in found[0].message


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_an_unclear_subject_is_never_accused(text: str) -> None:
    assert [finding for finding in judge(text) if finding.outcome == "mismatch"] == []


def test_an_amount_that_stands_elsewhere_in_the_tables_is_another_quantity() -> None:
    assert judge("2025年公务接待费预算18万元。") == []


def test_half_a_percent_is_rounding() -> None:
    found = judge("2025年收入预算630万元，比上年增加33.33万元，增长5.58%。")
    assert [(f.check, f.outcome) for f in found if f.check == "narrative-change"] == [
        ("narrative-change", "match")
    ]
    found = judge("2025年收入预算630万元，比上年增加33.33万元，增长5.57%。")
    assert [(f.check, f.outcome) for f in found if f.check == "narrative-change"] == [
        ("narrative-change", "rounding")
    ]


def test_a_sentence_over_a_page_end_is_whole_and_stands_on_its_first_page() -> None:
    found = judge("一、收支情况\n2025年收入预算630万元，比上年\n— 5 —", "增加30万元，增长50%。")
    assert [(f.outcome, f.places[0].page) for f in found if f.check == "narrative-change"] == [
        ("mismatch", 1)
    ]


def test_headings_are_no_subjects() -> None:
    sentences = read_sentences(
        [
            Narrative(
                3,
                "三、机关运行经费\n2025年安排12万元，用于办公用品、邮电、会议和其他日常支出，\n比上年持平。",
            )
        ]
    )
    assert [(s.text[:6], s.heading) for s in sentences] == [("三、机关运行", True), ("2025年安", False)]
    assert sentences[1].amounts[0].value == Decimal(12)


def test_the_text_is_counted_once() -> None:
    findings = checks.run(with_text(make_small(), "甲12万元，乙3元。"))
    counted = [f for f in findings if f.check == "narrative-unclear"]
    assert len(counted) == 1
    assert "共有2个金额" in counted[0].message
