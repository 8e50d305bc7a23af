"""Titles, units, departments, numbering and totals, in the forms that documents print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.parsing.headings import find_heading
from intake.parsing.matrix import make_matrix
from intake.parsing.statements import find_statement
from intake.parsing.titles import find_entity, find_title, find_unit, is_empty_note, strip_number
from intake.parsing.words import find_numbering, find_total, fold, is_of_which, tidy
from tests.intake.parsing.grids import make_grid

STATEMENTS = {
    "财政拨款收支总表": "appropriation_summary",
    "财政拨款收支总体情况表": "appropriation_summary",
    "2023年度财政拨款收入支出决算总表": "appropriation_summary",
    "部门收支总表": "department_summary",
    "3.15部门收支总表": "department_summary",
    "部门财务收支预算总表": "department_summary",
    "收入支出决算总表": "department_summary",
    "德江县机关事务中心2025年部门收支总表": "department_summary",
    "部门收入总体情况表": "revenue_summary",
    "收入决算表": "revenue_summary",
    "2026年度收入预算总表": "revenue_summary",
    "部门支出总体情况表": "expenditure_summary",
    "支出决算表": "expenditure_summary",
    "一般公共预算支出情况表": "expenditure_by_function",
    "一般公共预算财政拨款支出决算表": "expenditure_by_function",
    "一般公共预算支出表（按经济分类）": "expenditure_by_economic",
    "支出预算总表（按经济分类科目）": "expenditure_by_economic",
    "一般公共预算基本支出表": "basic_by_economic",
    "一般公共预算财政拨款基本支出决算表": "basic_by_economic",
    "财政拨款基本支出表（经济科目）": "appropriation_basic",
    "财政拨款支出表（功能科目）": "appropriation_expenditure",
    "基本支出总表": "basic_expenditure",
    "项目支出总表": "project_expenditure",
    "项目支出表": "projects",
    "部门综合预算专项业务经费支出表": "projects",
    "一般公共预算“三公”经费支出表": "three_public",
    "“三公”经费和机关运行经费预算表": "three_public",
    "政府性基金预算“三公”经费支出表": "fund_three_public",
    "政府性基金预算财政拨款收入支出决算表": "fund_expenditure",
    "国有资本经营预算财政拨款支出决算表": "state_capital_expenditure",
    "政府采购（资产配置、购买服务）预算表": "procurement",
    "政府购买服务支出预算表": "purchased_services",
    "一般公共预算机关运行经费支出预算表": "agency_operating",
    "项目支出绩效目标表": "performance",
    "部门整体支出绩效目标表": "department_performance",
    "财政专户管理资金预算支出表": "other",
    "社会保险基金预算支出表": "other",
}


@pytest.mark.parametrize(("title", "key"), STATEMENTS.items())
def test_titles_lead_to_their_statement(title, key):
    assert find_statement(title) == key


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("表1：2026年市级部门收支预算总表", "2026年市级部门收支预算总表"),
        ("预算01表 收支总表", "收支总表"),
        ("一、收支预算总表", "收支预算总表"),
        ("公开 09 表：一般公共预算支出表", "一般公共预算支出表"),
        ("一般公共预算“三公”经费支出表", "一般公共预算“三公”经费支出表"),
        ("部门支出总表（单位：万元）", "部门支出总表"),
        ("2026 年度收支预算总表", "2026年度收支预算总表"),
    ],
)
def test_table_numbers_and_units_are_cut_from_titles(line, title):
    assert find_title(line) == title


@pytest.mark.parametrize(
    "line",
    [
        "公开01表",
        "表十二",
        "单位：万元",
        "部门：某市某局",
        "详见下表",
        "收入总计2,961.68万元，比上年增加。",
        "……收支总表 12",
    ],
)
def test_lines_that_are_no_titles(line):
    assert find_title(line) is None


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("金额单位：万元", "万元"),
        ("单位:元", "元"),
        ("部门：国家信访局            金额单位：万元", "万元"),
        ("（单位：亿元）", "亿元"),
        ("单位：千元", "千元"),
        ("单位名称：某市某局", None),
        ("单位：某市某局", None),
    ],
)
def test_units(line, unit):
    assert find_unit(line) == unit


@pytest.mark.parametrize(
    ("line", "entity"),
    [
        ("部门：国家信访局  金额单位：万元", ("部门", "国家信访局")),
        ("部门（单位）：烟台市审计局 单位：万元", ("部门", "烟台市审计局")),
        ("编制部门：上海市普陀区司法局 单位:万元", ("部门", "上海市普陀区司法局")),
        ("单位名称：广州市信访局 单位：万元", ("单位", "广州市信访局")),
        ("金额单位：万元", None),
        ("收支总表", None),
    ],
)
def test_whose_table_it_is(line, entity):
    assert find_entity(line) == entity


@pytest.mark.parametrize(
    ("label", "kind"),
    [("合 计", "total"), ("收 入 总 计", "total"), ("**", "total"), ("本年收入合计", "subtotal"), ("一、本年支出", "subtotal"),
     ("人员经费合计", "subtotal"), ("小计", "subtotal"), ("一般公共服务支出", None), ("部门合计", "total")],
)  # fmt: skip
def test_totals(label, kind):
    assert find_total(label) == kind


def test_numbering_and_of_which():
    assert [find_numbering(label)[0] for label in ("一、收入", "（一）拨款", "1. 一般公共预算", "（1）购置费", "①甲", "12345热线", "2025年")] == [
        0, 1, 2, 3, 4, -1, -1,
    ]  # fmt: skip
    assert is_of_which("其中：财政拨款")
    assert not is_of_which("财政拨款")


def test_empty_notes():
    assert is_empty_note("注：本部门2025年无政府性基金预算财政拨款安排的预算，故本表为空表")
    assert is_empty_note("本表本年无发生额。")
    assert not is_empty_note("注：本表反映部门本年度的收支情况。")


def test_wrap_blanks_go_and_word_blanks_stay():
    assert tidy("大厅运行经 费") == "大厅运行经费"
    assert tidy("因公出国 (境)\n费用") == "因公出国(境)费用"
    assert tidy("PC server") == "PC server"


@given(st.text(max_size=60))
def test_any_line_is_judged_without_failing(text):
    assert fold(fold(text)) == fold(fold(fold(text)))
    (
        find_title(text),
        find_unit(text),
        find_entity(text),
        find_statement(text),
        find_total(text),
        strip_number(text),
    )


@given(
    st.lists(
        st.lists(
            st.sampled_from(["合计", "", "2024年预算数", "科目编码", "1", "12.50", "项目", "<", "^"]),
            min_size=2,
            max_size=5,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_grid_has_a_heading_or_none(rows):
    width = max(len(row) for row in rows)
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    for c in range(width):
        full[0][c] = full[0][c].replace("^", "")
    for row in full:
        row[0] = row[0].replace("<", "")
    matrix = make_matrix(make_grid(full), page=1)
    heading = find_heading(matrix)
    if heading is not None:
        assert 0 <= heading.first_row < heading.end <= matrix.height
        assert len(heading.paths) == matrix.width
