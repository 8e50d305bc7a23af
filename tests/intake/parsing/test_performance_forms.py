"""One form per project: key-value head, indicators with row spans, continuation, self-evaluation."""

from __future__ import annotations

from decimal import Decimal

from intake.parsing.performance import read_projects
from tests.intake.parsing.performance_pages import document, grid

HEAD = (
    (("项目名称", 2, 1), "~", ("城市体检", 3, 1), "~", "~"),
    (("主管部门及代码", 2, 1), "~", "253_某市住建局", "实施单位", "某市住建局"),
    (("项目资金\n（万元）", 2, 3), "~", "年度预算资金总额：", ("87.45", 2, 1), "~"),
    ("~", "~", "其中：财政拨款", ("80.00", 2, 1), "~"),
    ("~", "~", "其他资金", ("7.45", 2, 1), "~"),
    (("总体目标", 1, 1), ("按照市级统筹，完成\n数据分析。", 4, 1), "~", "~", "~"),
)
HEADING = ("", "一级指标", "二级指标", "三级指标", "指标值")


def test_a_form_is_read_with_its_money_and_merged_levels() -> None:
    form = grid(
        *HEAD,
        HEADING,
        (("绩效指标", 1, 4), "成本指标", "经济成本", "项目总成本", "≤87.45万元"),
        ("~", ("产出指\n标", 1, 2), ("数量指标", 1, 2), "建设平台\n数量", "=1个"),
        ("~", "~", "~", "培训", "5次"),
        ("~", "满意度指标", "服务对象满意度\n指标", "居民满意度", "≥90%"),
    )
    reading = read_projects(document(["政策和项目预算绩效目标表", form]))
    (project,) = reading.projects
    assert (project.name, project.unit_name, project.kind) == ("城市体检", "某市住建局", "project")
    assert (project.amount, project.unit) == (Decimal("87.45"), "万元")
    assert project.parts == (("其中:财政拨款", Decimal("80.00")), ("其他资金", Decimal("7.45")))
    assert project.objective == "按照市级统筹，完成数据分析。"
    assert [
        (one.dimension, one.type, one.name, one.operator, one.target, one.unit) for one in project.indicators
    ] == [
        ("cost", "economic", "项目总成本", "le", "87.45", "万元"),
        ("output", "quantity", "建设平台数量", "eq", "1", "个"),
        ("output", "quantity", "培训", None, "5", "次"),
        ("satisfaction", "service_recipients", "居民满意度", "ge", "90", "%"),
    ]
    assert reading.consumed == {(0, 1)}
    assert reading.numbers.in_tables == reading.numbers.attributed == 3


def test_a_form_goes_on_over_the_page_without_heading_or_left_columns() -> None:
    first = grid(*HEAD, HEADING, ("绩效指标", "产出指标", "数量指标", "平台", "=1个"))
    second = grid(("审核准确率", "≥95%"), ("报告数", "2份"), page=2, left=3)
    reading = read_projects(document(["项目绩效目标表", first], ["政策解读", second]))
    (project,) = reading.projects
    assert [(one.place.page, one.type, one.name, one.target) for one in project.indicators] == [
        (1, "quantity", "平台", "1"),
        (2, "quantity", "审核准确率", "95"),
        (2, "quantity", "报告数", "2"),
    ]
    assert reading.consumed == {(0, 1), (1, 1)}


def test_a_money_table_on_the_next_page_is_not_a_continuation() -> None:
    first = grid(*HEAD, HEADING, ("绩效指标", "产出指标", "数量指标", "平台", "=1个"))
    second = grid(("项目", "合计", "基本", "支出", "预算数"), ("甲", "1", "2", "3", "4"), page=2)
    reading = read_projects(document(["项目绩效目标表", first], ["一般公共预算支出表", "单位：万元", second]))
    assert reading.consumed == {(0, 1)}
    assert len(reading.projects[0].indicators) == 1


def test_a_running_title_does_not_end_the_form() -> None:
    title = "政策和项目预算绩效目标表"
    first = grid(*HEAD, HEADING, ("绩效指标", "产出指标", "数量指标", "平台", "=1个"))
    second = grid(("绩效指标", "效益指标", "社会效益指标", "作用", "显著"), page=2)
    (project,) = read_projects(document([title, first], [title, second])).projects
    assert [one.name for one in project.indicators] == ["平台", "作用"]


def test_two_forms_in_one_grid_are_two_projects() -> None:
    rows = (*HEAD, HEADING, ("绩效指标", "产出指标", "数量指标", "平台", "=1个"))
    (one, two) = read_projects(document(["项目绩效目标表", grid(*rows, *rows)])).projects
    assert (one.name, two.name, len(one.indicators), len(two.indicators)) == ("城市体检", "城市体检", 1, 1)


def test_a_form_left_blank_is_no_project() -> None:
    blank = grid(
        ("项目名称", "", "主管部门", ""),
        ("年度资金总额", "", "其他资金", ""),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", "指标1：", ""),
        ("~", "质量指标", "……", ""),
    )
    reading = read_projects(document(["专项资金绩效目标表", blank]))
    assert reading.projects == ()
    assert reading.consumed == {(0, 1)}


def test_a_self_evaluation_gives_plan_result_and_score() -> None:
    form = grid(
        ("项目名称", ("培训专项", 7, 1), "~", "~", "~", "~", "~", "~"),
        (
            ("项目资金\n（万元）", 1, 3),
            "",
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "分值",
            "执行率",
            "得分",
        ),
        ("~", "年度资金总额：", "180.61", "180.03", "171.00", "10.0", "94.98%", "9.5"),
        ("~", "其中：财政拨款", "140.61", "140.61", "140.61", "--", "--", "--"),
        (("年度总体目标", 1, 2), ("预期目标", 3, 1), "~", "~", ("实际完成情况", 4, 1), "~", "~", "~"),
        ("~", ("抓好培训。", 3, 1), "~", "~", ("全年举办 4 期。", 4, 1), "~", "~", "~"),
        (
            "绩效指标",
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
        ),
        ("", "产出指标", "数量指标", "培训人数", "≥300人", "366人", "6", "6"),
        ("", "成本指标", "经济成本指标", "人均培训费", "不超标\n准", "未超标准", "20", "19.5"),
        (("总分", 6, 1), "~", "~", "~", "~", "~", "100", "98"),
    )
    (project,) = read_projects(document(["培训专项项目绩效自评表", form])).projects
    assert (project.amount, project.executed, project.execution_weight) == (
        Decimal("180.61"),
        Decimal("171.00"),
        Decimal("10.0"),
    )
    assert (project.objective, project.result, project.score) == (
        "抓好培训。",
        "全年举办 4 期。",
        Decimal(98),
    )
    assert ("年度资金总额·全年预算数", Decimal("180.03")) in project.parts
    assert [(one.target, one.result, one.weight, one.score) for one in project.indicators] == [
        ("300", "366人", Decimal(6), Decimal(6)),
        ("不超标准", "未超标准", Decimal(20), Decimal("19.5")),
    ]


def test_a_department_objective_with_tasks_and_money_below_its_labels() -> None:
    form = grid(
        (("部门名称", 2, 1), "~", ("某市退役军人局", 3, 1), "~", "~"),
        (("总体资金情况（万元）", 2, 3), "~", ("预算支出总额", 1, 2), ("财政拨款", 2, 1), "~"),
        ("~", "~", "~", "基本支出", "项目支出"),
        ("~", "~", "1,063.37", "820.08", "243.29"),
        (("整体绩效目标", 2, 1), "~", ("做好服务。", 3, 1), "~", "~"),
        (("活动", 2, 1), "~", "绩效指标", "指标性质", "指标值"),
        (("就业", 2, 1), "~", "产出指标数量指标举办招聘会", "≥", "2"),
    )
    (project,) = read_projects(document(["部门整体支出绩效目标表", form])).projects
    assert (project.kind, project.unit_name, project.amount) == (
        "department",
        "某市退役军人局",
        Decimal("1063.37"),
    )
    assert [value for _, value in project.parts] == [Decimal("820.08"), Decimal("243.29")]
    (indicator,) = project.indicators
    assert (indicator.dimension, indicator.type, indicator.name, indicator.target) == (
        "output",
        "quantity",
        "举办招聘会",
        "2",
    )


def test_a_number_without_a_home_is_a_problem_with_its_place() -> None:
    form = grid(*HEAD, (*HEADING, "别的"), ("", "产出指标", "数量指标", "平台", "=1个", "77"))
    reading = read_projects(document(["项目绩效目标表", form]))
    (problem,) = [one for one in reading.problems if one.code == "number-not-attributed"]
    assert "77" in problem.message
    assert problem.place is not None
    assert problem.place.row == 8
    assert reading.numbers.in_problems == 1


def test_the_year_is_read_where_a_form_prints_the_whole_term_beside_it() -> None:
    form = grid(
        ("项目名称", ("水库", 6, 1), "~", "~", "~", "~", "~"),
        ("年度资金总额", "9", "", "", "", "", ""),
        ("一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", "水库", "3座", "数量指标", "水库", "1座"),
        ("效益指标", "社会效益指标", "灌溉", "300亩", "社会效益指标", "灌溉", "100亩"),
    )
    (project,) = read_projects(document(["项目绩效目标申报表", form])).projects
    assert [(one.type, one.name, one.target, one.unit) for one in project.indicators] == [
        ("quantity", "水库", "1", "座"),
        ("social", "灌溉", "100", "亩"),
    ]


def test_level_names_on_rows_of_their_own() -> None:
    heading = (
        "单位名称、项目名称",
        "项目年度绩效目标",
        "一级指标",
        "二级指标",
        "三级指标",
        "指标性质",
        "指标值",
        "度量单位",
        "指标属性",
    )
    sheet = grid(
        heading,
        ("某局", "", "", "", "", "", "", "", ""),
        ("    培训项目", "办好培训", "", "", "", "", "", "", ""),
        ("", "", "产出指标", "", "", "", "", "", ""),
        ("", "", "", "数量指标", "", "", "", "", ""),
        ("", "", "", "", "培训人数", ">=", "300", "人", "定量指标"),
        ("", "", "满意度指标", "", "", "", "", "", ""),
        ("", "", "", "服务对象满意度指标", "", "", "", "", ""),
        ("", "", "", "", "学员满意度", ">=", "95", "%", "定量指标"),
    )
    (project,) = read_projects(document(["项目支出绩效目标表", sheet])).projects
    assert (project.name, project.objective) == ("培训项目", "办好培训")
    assert [(one.dimension, one.type, one.name, one.operator, one.target) for one in project.indicators] == [
        ("output", "quantity", "培训人数", "ge", "300"),
        ("satisfaction", "service_recipients", "学员满意度", "ge", "95"),
    ]


def test_indicators_under_the_word_indicator_alone() -> None:
    form = grid(
        ("项目名称", "监测", "实施单位", "某站", ""),
        ("年度资金总额", "3.00", "", "", ""),
        ("一级指标", "二级指标", "绩效指标", "绩效标准", "分值"),
        ("产出指标", "质量指标", "合格率", "≥95%", "60"),
        ("效益指标", "社会效益指标", "作用", "明显", "40"),
    )
    (project,) = read_projects(document(["项目绩效目标表", form])).projects
    assert [(one.name, one.target, one.weight) for one in project.indicators] == [
        ("合格率", "95", Decimal(60)),
        ("作用", "明显", Decimal(40)),
    ]
