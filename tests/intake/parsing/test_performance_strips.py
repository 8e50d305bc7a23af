"""One wide sheet printed down, then over: three strips joined into projects (the Lhasa document)."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from intake.parsing.performance import Reading, read_projects
from intake.parsing.performance_align import align
from intake.parsing.readers import text

DIMENSIONS = {"产出指标": "output", "效益指标": "benefit", "满意度指标": "satisfaction"}
OPERATORS = {"=": "eq", "≥": "ge", "≤": "le", "定性": "qualitative"}

SMALL = """\
单位名称\t项目名称\t预算执行率权重(%)\t预算数
\t54000021R000000000001-工资\t10.00\t1.00
\t54010024T000000000002-大厅运行经 费\t20.00\t1,002.50

146001-某局本级\t\t\t
\t54010024T000000000003-网络\t10.00\t3.00

绩效目标\t一级指标
甲的目标\t产出指标
\t效益指标
<p>乙的目标</p> <p>目标1：好</p>\t<p>产出指标</p> <p>满意度指标</p>

乙的续页目标\t产出指标
丙的目标\t产出指标
效益指标\t

金额单位：万元

二级指标\t三级指标\t绩效指标性质\t本年绩效指标值\t绩效度量单位\t本年权重
数量指标\t人数\t=\t8\t人\t60
社会效益指标\t作用\t定性\t提升\t\t30
质量指标\t合格率\t≥\t95\t%\t40
服务对象满意度指标\t满意度\t≥\t90\t%\t10

时效指标\t及时\t定性\t及时\t\t30
成本指标\t费用\t≤\t3\t万元\t45
可持续影响指标\t年限\t≥\t3\t年\t45
"""


def _read(words: str) -> Reading:
    return read_projects(text.read(words.encode(), name="strips.txt"))


@pytest.fixture(scope="module")
def lhasa(shared: Path) -> tuple[Reading, dict]:
    """The Lhasa document as read, and what it holds."""
    folder = shared / "documents" / "lhasa"
    document = next(folder.glob("*.txt"))
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    return read_projects(text.read(document.read_bytes(), name=document.name)), expected


def test_lhasa_projects_equal_the_ground_truth(lhasa: tuple[Reading, dict]) -> None:
    reading, expected = lhasa
    assert len(reading.projects) == 30
    for project, truth in zip(reading.projects, expected["projects"], strict=True):
        assert (project.code, project.name) == (truth["code"], truth["name"])
        assert project.amount == Decimal(truth["amount"])
        assert project.execution_weight == Decimal(truth["execution_rate_weight"])
        assert project.objective == truth["goal"]
        assert (project.unit_code, project.unit_name) == ("146001", "拉萨市行政审批局本级")
        assert project.unit == "万元"
        assert project.place.line == truth["line"]
        assert project.objective_place is not None
        assert project.objective_place.line == truth["goal_lines"][0]


def test_lhasa_indicators_equal_the_ground_truth(lhasa: tuple[Reading, dict]) -> None:
    reading, expected = lhasa
    assert sum(len(project.indicators) for project in reading.projects) == 201
    for project, truth in zip(reading.projects, expected["projects"], strict=True):
        assert sum(one.weight or 0 for one in project.indicators) == 90
        for one, printed in zip(project.indicators, truth["indicators"], strict=True):
            assert one.dimension == DIMENSIONS[printed["level1"]]
            assert (one.name, one.target, one.unit) == (printed["name"], printed["value"], printed["unit"])
            assert one.operator == OPERATORS[printed["nature"]]
            assert one.weight == Decimal(printed["weight"])
            assert one.place.line == printed["line"]


def test_lhasa_counts_by_type(lhasa: tuple[Reading, dict]) -> None:
    reading, _ = lhasa
    types = Counter(one.type for project in reading.projects for one in project.indicators)
    assert types == {
        "quality": 52,
        "quantity": 43,
        "social": 34,
        "service_recipients": 19,
        "cost": 18,
        "sustainability": 15,
        "timeliness": 15,
        "economic": 5,
    }


def test_lhasa_has_exactly_three_join_warnings(lhasa: tuple[Reading, dict]) -> None:
    reading, expected = lhasa
    lines = [problem.place.line for problem in reading.problems if problem.place]
    assert [problem.code for problem in reading.problems] == ["levels-differ"] * 3
    assert lines == [one["left_lines"][0] for one in expected["performance_join"]["segment_mismatches"]]


def test_strips_of_our_own_are_joined() -> None:
    reading = _read(SMALL)
    names = [(one.name, str(one.amount), len(one.indicators), one.objective) for one in reading.projects]
    assert names == [
        ("工资", "1.00", 2, "甲的目标"),
        ("大厅运行经费", "1002.50", 3, "乙的目标\n目标1：好\n乙的续页目标"),
        ("网络", "3.00", 2, "丙的目标"),
    ]
    assert reading.problems == ()
    assert reading.projects[2].indicators[1].dimension == "benefit"


def test_weights_that_do_not_close_assign_nothing_and_say_so() -> None:
    reading = _read(SMALL.replace("\t8\t人\t60", "\t8\t人\t61").replace("效益指标\t\n", "产出指标\t\n"))
    assert [one.indicators for one in reading.projects] == [(), (), ()]
    problem = reading.problems[-1]
    assert (problem.code, problem.severity) == ("weights-do-not-close", "error")
    assert "7 条绩效指标" in problem.message


def test_level_1_names_stand_in_where_weights_do_not_close_but_every_page_agrees() -> None:
    reading = _read(SMALL.replace("\t8\t人\t60", "\t8\t人\t61"))
    assert [len(one.indicators) for one in reading.projects] == [2, 3, 2]
    assert reading.problems == ()


def test_equal_numbers_of_segments_are_paired_in_order() -> None:
    assert align([["a"], ["b"]], [["b"], ["a"]]) == [(0, 0), (1, 1)]


def test_a_missing_segment_is_left_out_where_only_one_way_is_cheapest() -> None:
    assert align([["a"], ["b", "b"], ["c"]], [["a"], ["c"]]) == [(0, 0), (2, 1)]


def test_a_tie_is_never_guessed() -> None:
    assert align([["a"], ["a"]], [["a"]]) is None
