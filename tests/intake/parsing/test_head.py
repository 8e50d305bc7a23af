"""Who, when, what: from cover, header lines, forms; from the file name only as a suggestion."""

import pytest

from intake.parsing.refusal import RefusedDocument
from tests.intake.parsing.grids import make_page, read_pages

TABLE = [["科目编码", "科目名称", "合计"], ["201", "一般公共服务支出", "9.00"]]


def head_of(*pages, name="文件.pdf"):
    return read_pages(*pages, name=name).head


def test_cover_broken_over_three_lines():
    head = head_of(
        make_page(1, "2026年度\n福州市医疗保障局\n部门预算"), make_page(2, "支出预算总表\n单位：万元", TABLE)
    )
    assert (head.department, head.fiscal_year, head.stage, head.scope) == (
        "福州市医疗保障局",
        2026,
        "budget",
        "department",
    )


def test_header_lines_of_the_tables_and_a_final_account():
    head = head_of(
        make_page(
            1,
            "第二部分 2024年度部门决算表\n支出决算表\n公开03表\n部门：国家信访局        金额单位：万元",
            TABLE,
        )
    )
    assert (head.department, head.fiscal_year, head.stage, head.scope) == (
        "国家信访局",
        2024,
        "final_accounts",
        "department",
    )


def test_a_unit_disclosure_names_its_unit():
    head = head_of(
        make_page(1, "某市某某中心2025年单位预算公开"),
        make_page(2, "单位支出预算总表\n单位名称：某市某某中心 单位：元", TABLE),
    )
    assert (head.scope, head.unit, head.department) == ("unit", "某市某某中心", "某市某某中心")


@pytest.mark.parametrize(
    ("printed", "department", "unit", "scope"),
    [
        ("深圳市统计局（本级）", "深圳市统计局", "深圳市统计局（本级）", "unit"),
        ("西安市审计局（汇总）", "西安市审计局", None, "department"),
        ("某市某某局", "某市某某局", None, "department"),
    ],
)
def test_head_office_and_summary_in_brackets(printed, department, unit, scope):
    head = head_of(make_page(1, f"2026年{printed}部门预算"), make_page(2, "支出总表\n单位：万元", TABLE))
    assert (head.department, head.unit, head.scope) == (department, unit, scope)


def test_department_and_year_in_the_cells_of_a_form():
    head = head_of(
        make_page(1, "预算03表 支出总表\n金额单位：万元", TABLE),
        make_page(
            2,
            "会议费表\n单位：元",
            [["部门名称", "北京市审计局", "（2026年度）"], ["会议费", "1.00", ""], ["合计", "1.00", ""]],
        ),
    )
    assert (head.department, head.fiscal_year) == ("北京市审计局", 2026)


def test_what_only_the_file_name_says_is_a_suggestion():
    head = head_of(make_page(1, "支出总表\n单位：万元", TABLE), name="某市某某局__2026_部门预算.pdf")
    assert (head.department, head.fiscal_year, head.stage, head.scope) == (None, None, None, None)
    assert head.suggested == {
        "fiscal_year": 2026,
        "stage": "budget",
        "scope": "department",
        "department": "某市某某局",
    }


def test_column_years_do_not_outvote_the_cover():
    rows = [["科目编码", "科目名称", "2024年预算", "2025年预算"], ["201", "公共服务", "8.00", "9.00"]]
    head = head_of(make_page(1, "某市某某局2025年部门预算\n支出总表\n单位：万元", rows))
    assert head.fiscal_year == 2025


def test_an_application_form_is_refused_with_a_reason():
    with pytest.raises(RefusedDocument) as refusal:
        read_pages(make_page(1, "政府信息公开申请表\n姓名\n联系电话"), name="预算公开.pdf")
    assert refusal.value.code == "not-a-disclosure"
    assert "预算公开.pdf" in refusal.value.message


def test_narrative_alone_is_kept_and_said():
    text = (
        "某市某某局2025年部门预算说明\n" + "2025年部门预算收入1,000.00万元，比上年预算增加20.00万元。\n" * 4
    )
    draft = read_pages(make_page(1, text))
    assert [problem.code for problem in draft.problems] == ["narrative-only"]
    assert draft.narrative[0].text.startswith("某市某某局2025年部门预算说明")
