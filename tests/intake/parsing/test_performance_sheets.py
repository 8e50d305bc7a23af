"""One wide sheet for all projects, lists of objectives, indicators inside one cell."""

from __future__ import annotations

from decimal import Decimal

from intake.parsing.performance import read_projects
from tests.intake.parsing.performance_pages import document, grid

HEADING = (
    (
        "项目名称",
        "项目总额",
        ("其中：", 2, 1),
        "~",
        "绩效目标",
        "一级指标",
        "二级指标",
        "三级指标",
        "绩效指标性质",
        "本年绩效指标值",
        "绩效度量单位",
    ),
    ("", "", "财政资金", "其他资金", "", "", "", "", "", "", ""),
)
MERGED = (
    (
        ("项目名称", 1, 2),
        ("项目总额", 1, 2),
        ("其中：", 2, 1),
        "~",
        ("绩效目标", 1, 2),
        ("一级指标", 1, 2),
        ("二级指标", 1, 2),
        ("三级指标", 1, 2),
        ("绩效指标性质", 1, 2),
        ("本年绩效指标值", 1, 2),
        ("绩效度量单位", 1, 2),
    ),
    ("~", "~", "财政资金", "其他资金", "~", "~", "~", "~", "~", "~", "~"),
)


def test_projects_with_merged_cells_and_a_second_amount_under_one_name() -> None:
    sheet = grid(
        *MERGED,
        (
            ("11000022T000000391739-培训类项目", 1, 3),
            ("9.57", 1, 2),
            ("9.57", 1, 2),
            ("", 1, 2),
            ("加强培训", 1, 2),
            "产出指标",
            "数量指标",
            "天数",
            "≥",
            "9",
            "天",
        ),
        ("~", "~", "~", "~", "~", "满意度指标", "服务对象满意度指标", "满意度", "≥", "99", "%"),
        ("~", "192.14", "192.14", "", "另一单位的目标", "产出指标", "质量指标", "合格", "定性", "好", ""),
    )
    reading = read_projects(document(["项目支出绩效目标表", "金额单位：万元", sheet]))
    first, second = reading.projects
    assert (first.code, first.name, first.amount, first.unit) == (
        "11000022T000000391739",
        "培训类项目",
        Decimal("9.57"),
        "万元",
    )
    assert (second.code, second.name, second.amount) == (first.code, "培训类项目", Decimal("192.14"))
    assert [len(one.indicators) for one in reading.projects] == [2, 1]
    assert second.indicators[0].operator == "qualitative"


def test_a_sheet_that_repeats_its_project_on_the_next_page_goes_on() -> None:
    heading = (
        "单位编码",
        "单位（项目）名称",
        "资金总额",
        "绩效目标",
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "度量单位",
        "指标值类型",
        "备注",
    )
    first = grid(
        heading,
        ("合计", "", "417.41", "", "", "", "", "", "", "", ""),
        ("126001", "某市信访局", "417.41", "", "", "", "", "", "", "", ""),
        (
            "126001",
            "信访专项",
            "35.78",
            "搞好信访",
            "成本指标",
            "经济成本指标",
            "总成本",
            "35.78",
            "万元",
            "≤",
            "20",
        ),
        ("~", "~", "~", "~", "产出指标", "时效指标", "及时率", "按时", "", "定性", "30"),
    )
    second = grid(
        heading,
        (
            "126001",
            "信访专项",
            "35.78",
            "搞好信访",
            "效益指标",
            "社会效益指标",
            "作用",
            "提升",
            "",
            "定性",
            "40",
        ),
        ("126001", "接待专项", "10.22", "接待", "产出指标", "数量指标", "人次", "3000", "人次", "≥", ""),
        page=2,
    )
    title = ["2026年项目支出绩效目标表", "部门名称：某市信访局          单位：万元"]
    reading = read_projects(document([*title, first], [*title, second]))
    one, two = reading.projects
    assert (one.name, len(one.indicators), one.unit_code, one.unit_name) == (
        "信访专项",
        3,
        "126001",
        "某市信访局",
    )
    assert [indicator.weight for indicator in one.indicators] == [Decimal(20), Decimal(30), Decimal(40)]
    assert (two.name, two.amount, two.indicators[0].weight) == ("接待专项", Decimal("10.22"), None)
    (table,) = reading.tables
    assert [(row.kind, row.name, row.parent) for row in table.rows] == [
        ("total", "合计", None),
        ("unit", "某市信访局", None),
        ("item", "信访专项", 1),
        ("item", "接待专项", 1),
    ]
    assert reading.numbers.in_problems == 0


def test_indicators_inside_one_cell() -> None:
    text = (
        "1、1-产出指标；11-数量指标；会议保障次数；实施周期指标值:每年≥20场；年度指标值:≥20\n场。2\n、2-效益指标；"
        "22-社会效益；目录更新；实施周期指标值:≥1套；年度指标值:≥1套。3、4-成本指标；41-经济成本指标；合规率；年度指标值:100%。"
    )
    sheet = grid(
        ("项目名称（资金使用单位）", "总计", "财政拨款", "绩效目标", "绩效指标"),
        ("合计", "8.00", "8.00", "", ""),
        ("平台运营项目", "8.00", "8.00", "做好运营", text),
    )
    (project,) = read_projects(document(["项目支出绩效目标表", "单位：万元", sheet])).projects
    assert [
        (one.dimension, one.type, one.name, one.operator, one.target, one.unit) for one in project.indicators
    ] == [
        ("output", "quantity", "会议保障次数", "ge", "20", "场"),
        ("benefit", "social", "目录更新", "ge", "1", "套"),
        ("cost", "economic", "合规率", None, "100", "%"),
    ]


def test_a_list_of_objectives_gives_projects_but_stays_a_money_table() -> None:
    sheet = grid(
        ("二级预算单位名称", "一级项目名称", "预算数（万元）", "绩效目标"),
        ("某局", "社工服务", "498.82", "采购社工"),
        ("某局", "大厅运行", "603.84", "聘请保安"),
    )
    reading = read_projects(document(["重点项目预算绩效情况说明", sheet]))
    assert [(one.name, one.amount, one.unit, one.unit_name) for one in reading.projects] == [
        ("社工服务", Decimal("498.82"), "万元", "某局"),
        ("大厅运行", Decimal("603.84"), "万元", "某局"),
    ]
    assert reading.consumed == frozenset()


def test_a_heading_in_two_plain_rows_is_read_as_well() -> None:
    sheet = grid(
        *HEADING, ("甲项目", "1.00", "1.00", "", "目标", "产出指标", "数量指标", "天数", "≥", "9", "天")
    )
    (project,) = read_projects(document(["项目支出绩效目标表", sheet])).projects
    assert (project.name, project.amount, len(project.indicators)) == ("甲项目", Decimal("1.00"), 1)
