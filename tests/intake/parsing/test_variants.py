"""Layouts as they are met in the wild (``domain.md`` §6), each as a small grid of our own."""

import pytest

from tests.intake.parsing.grids import make_grid, meanings, read_one, shape, values

COVER = "某市某某局2025年部门预算"
FUNCTION = f"{COVER}\n一般公共预算支出表\n单位：万元"


def test_last_year_before_and_change_behind():
    table = read_one(
        FUNCTION,
        [
            ["科目编码", "科目名称", "2024年预算数", "2025年预算数", "<", "<", "比上年增减", "<"],
            ["^", "^", "^", "小计", "基本支出", "项目支出", "增减额", "增减%"],
            ["合计", "<", "100.00", "120.00", "70.00", "50.00", "20.00", "20.00%"],
            ["201", "一般公共服务支出", "100.00", "120.00", "70.00", "50.00", "20.00", "20.00"],
            ["20103", "政府办公厅", "100.00", "120.00", "70.00", "50.00", "20.00", "20"],
        ],
    )
    assert table.statement == "expenditure_by_function"
    assert meanings(table) == [
        ("total", 2024, "approved", "general_public", "all", "money"),
        ("total", 2025, "approved", "general_public", "all", "money"),
        ("basic", 2025, "approved", "general_public", "all", "money"),
        ("project", 2025, "approved", "general_public", "all", "money"),
        ("change", 2025, "approved", "general_public", "all", "money"),
        ("change", 2025, "approved", "general_public", "all", "percent"),
    ]
    assert shape(table) == [("total", "合计", ""), ("item", "201", ""), ("item", "20103", "201")]


def test_final_accounts_with_three_phases_and_index_row():
    table = read_one(
        "某市某某局2023年度部门决算\n一般公共预算财政拨款支出决算表\n公开05表\n部门：某市某某局\n金额单位：元",
        [
            ["项目", "<", "年初预算数", "调整预算数", "决算数", "<", "<", "年末结转和结余"],
            ["功能分类科目编码", "科目名称", "^", "^", "小计", "基本支出", "项目支出", "^"],
            ["栏次", "<", "1", "2", "3", "4", "5", "6"],
            ["合计", "<", "100.00", "110.00", "105.00", "70.00", "35.00", "5"],
            ["205", "教育支出", "100.00", "110.00", "105.00", "70.00", "35.00", "5"],
        ],
    )
    assert [(m[0], m[2]) for m in meanings(table)] == [
        ("total", "approved"),
        ("total", "revised"),
        ("total", "executed"),
        ("basic", "executed"),
        ("project", "executed"),
        ("closing_balance", "executed"),
    ]
    assert table.unit == "元"
    assert values(table, "total.revised") == ["110.00", "110.00"]


CODES = {
    "own level in three columns": [
        ["类", "款", "项", "科目名称", "合计"],
        ["201", "", "", "一般公共服务支出", "100.00"],
        ["", "03", "", "政府办公厅", "100.00"],
        ["", "", "01", "行政运行", "60.00"],
        ["", "", "99", "其他", "40.00"],
    ],
    "repeated in three columns": [
        ["类", "款", "项", "科目名称", "合计"],
        ["201", "", "", "一般公共服务支出", "100.00"],
        ["201", "03", "", "政府办公厅", "100.00"],
        ["201", "03", "01", "行政运行", "60.00"],
        ["201", "03", "99", "其他", "40.00"],
    ],
    "numbers of a spreadsheet": [
        ["类", "款", "项", "科目名称", "合计"],
        ["201.0", "", "", "一般公共服务支出", "100.00"],
        ["201.0", "3", "", "政府办公厅", "100.00"],
        ["201.0", "3.0", "1", "行政运行", "60.00"],
        ["201", "3", "99", "其他", "40.00"],
    ],
    "one column": [
        ["科目编码", "科目名称", "合计"],
        ["201", "一般公共服务支出", "100.00"],
        ["20103", "政府办公厅", "100.00"],
        ["2010301", "行政运行", "60.00"],
        ["2010399", "其他", "40.00"],
    ],
    "two digits in one column": [
        ["科目编码", "科目名称", "合计"],
        ["201", "一般公共服务支出", "100.00"],
        ["03", "政府办公厅", "100.00"],
        ["01", "行政运行", "60.00"],
        ["99", "其他", "40.00"],
    ],
    "two digits for the subclass only": [
        ["科目编码", "科目名称", "合计"],
        ["201", "一般公共服务支出", "100.00"],
        ["03", "政府办公厅", "100.00"],
        ["2010301", "行政运行", "60.00"],
        ["2010399", "其他", "40.00"],
    ],
    "code and name with a hyphen": [
        ["功能分类科目", "合计"],
        ["201-一般公共服务支出", "100.00"],
        ["20103-政府办公厅", "100.00"],
        ["2010301-行政运行", "60.00"],
        ["2010399-其他", "40.00"],
    ],
    "code in brackets": [
        ["功能科目名称", "合计"],
        ["[201]一般公共服务支出", "100.00"],
        ["[20103]政府办公厅", "100.00"],
        ["[2010301]行政运行", "60.00"],
        ["[2010399]其他", "40.00"],
    ],
}


@pytest.mark.parametrize("rows", CODES.values(), ids=CODES.keys())
def test_codes_in_every_print(rows):
    table = read_one(FUNCTION, rows)
    assert shape(table) == [
        ("item", "201", ""),
        ("item", "20103", "201"),
        ("item", "2010301", "20103"),
        ("item", "2010399", "20103"),
    ]
    assert [row.name for row in table.rows] == ["一般公共服务支出", "政府办公厅", "行政运行", "其他"]
    assert [row.level for row in table.rows] == ["class", "subclass", "item", "item"]
    assert values(table, table.columns[0].key) == ["100.00", "100.00", "60.00", "40.00"]


def test_levels_by_indent_alone():
    grid = make_grid(
        [
            ["功能分类科目名称", "总计", "基本支出", "项目支出"],
            ["合计", "100.00", "60.00", "40.00"],
            ["一般公共服务支出", "100.00", "60.00", "40.00"],
            ["政府办公厅", "100.00", "60.00", "40.00"],
            ["行政运行", "60.00", "60.00", ""],
            ["其他", "40.00", "", "40.00"],
        ],
        indents={(2, 0): 1.1, (3, 0): 3.1, (4, 0): 5.1, (5, 0): 5.0},
    )
    table = read_one(FUNCTION, grid)
    assert shape(table)[1:] == [
        ("item", "一般公共服务支出", ""),
        ("item", "政府办公厅", "一般公共服务支出"),
        ("item", "行政运行", "政府办公厅"),
        ("item", "其他", "政府办公厅"),
    ]
    assert [row.level for row in table.rows] == ["total", "depth-1", "depth-2", "depth-3", "depth-3"]


def test_levels_by_sums_where_nothing_else_tells():
    table = read_one(
        f"{COVER}\n收支总表\n单位：万元",
        [
            ["收入", "<", "支出", "<"],
            ["项目", "预算数", "项目", "预算数"],
            ["一、财政拨款", "60.00", "一、一般公共服务支出", "40.00"],
            ["二、事业收入", "", "信访事务", "40.00"],
            ["", "", "行政运行", "25.00"],
            ["", "", "信访业务", "15.00"],
            ["", "", "二、教育支出", "20.00"],
            ["", "", "进修及培训", "20.00"],
            ["", "", "培训支出", "20.00"],
            ["本年收入合计", "60.00", "本年支出合计", "60.00"],
            ["收入总计", "60.00", "支出总计", "60.00"],
        ],
    )
    spent = [entry for entry, row in zip(shape(table), table.rows, strict=True) if row.side == "expenditure"]
    assert spent == [
        ("item", "一、一般公共服务支出", "本年支出合计"),
        ("item", "信访事务", "一、一般公共服务支出"),
        ("item", "行政运行", "信访事务"),
        ("item", "信访业务", "信访事务"),
        ("item", "二、教育支出", "本年支出合计"),
        ("item", "进修及培训", "二、教育支出"),
        ("item", "培训支出", "进修及培训"),
        ("subtotal", "本年支出合计", ""),
        ("total", "支出总计", ""),
    ]


def test_equal_amounts_side_by_side_stay_siblings():
    table = read_one(
        f"{COVER}\n项目支出表\n单位：万元",
        [["项目名称", "金额"], ["甲", "20.00"], ["乙", "20.00"], ["丙", "10.00"], ["合计", "50.00"]],
    )
    assert [parent for _, _, parent in shape(table)] == ["", "", "", ""]
    assert table.statement == "projects"


def test_economic_table_in_two_halves():
    table = read_one(
        "某市某某局2023年度部门决算\n一般公共预算财政拨款基本支出决算表\n单位：万元",
        [
            ["人员经费", "<", "<", "公用经费", "<", "<"],
            ["科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数"],
            ["301", "工资福利支出", "30.00", "302", "商品和服务支出", "9.00"],
            ["30101", "基本工资", "10.00", "30201", "办公费", "9.00"],
            ["30102", "津贴补贴", "20.00", "310", "资本性支出", ""],
            ["人员经费合计", "<", "30.00", "公用经费合计", "<", "9.00"],
        ],
    )
    assert {column.block for column in table.columns} == {1, 2}
    assert ("item", "30101", "301") in shape(table)
    assert ("item", "30201", "302") in shape(table)
    assert [row.kind for row in table.rows[-2:]] == ["subtotal", "subtotal"]


def test_units_and_their_rows():
    table = read_one(
        f"{COVER}\n部门支出总表\n单位：万元",
        [
            ["单位编码", "单位名称", "科目编码", "科目名称", "合计", "基本支出", "项目支出"],
            ["", "合计", "", "", "300.00", "200.00", "100.00"],
            ["101", "某市某某局", "", "", "300.00", "200.00", "100.00"],
            ["101001", "某市某某局本级", "", "", "200.00", "150.00", "50.00"],
            ["101001", "某市某某局本级", "2010301", "行政运行", "150.00", "150.00", ""],
            ["101001", "某市某某局本级", "2010302", "一般行政管理事务", "50.00", "", "50.00"],
            ["101002", "某市某某中心", "", "", "100.00", "50.00", "50.00"],
            ["101002", "某市某某中心", "2010350", "事业运行", "100.00", "50.00", "50.00"],
        ],
    )
    assert shape(table) == [
        ("total", "合计", ""),
        ("unit", "某市某某局", ""),
        ("unit", "某市某某局本级", "某市某某局"),
        ("item", "2010301", "某市某某局本级"),
        ("item", "2010302", "某市某某局本级"),
        ("unit", "某市某某中心", "某市某某局"),
        ("item", "2010350", "某市某某中心"),
    ]
    assert table.rows[3].unit_name == "某市某某局本级"


def test_two_economic_schemes_on_one_row():
    table = read_one(
        f"{COVER}\n一般公共预算基本支出表\n单位：元",
        [
            ["部门预算支出经济分类科目", "<", "政府预算支出经济分类科目", "<", "金额"],
            ["科目编码", "科目名称", "科目编码", "科目名称", "^"],
            ["合计", "<", "<", "<", "300.00"],
            ["301", "工资福利支出", "", "", "300.00"],
            ["30101", "基本工资", "50101", "工资奖金津补贴", "100.00"],
            ["30102", "津贴补贴", "50101", "工资奖金津补贴", "200.00"],
        ],
    )
    assert table.rows[2].codes == {"economic_dept": "30101", "economic_gov": "50101"}
    assert shape(table)[2:] == [("item", "30101", "301"), ("item", "30102", "301")]


def test_function_and_economics_on_one_row_have_no_parents():
    table = read_one(
        f"{COVER}\n支出总表\n单位：万元",
        [
            ["支出功能分类科目", "政府支出经济分类科目", "部门支出经济分类科目", "合计", "基本支出"],
            ["2010801-行政运行", "50101-工资奖金津补贴", "30101-基本工资", "3.10", "3.10"],
            ["2010801-行政运行", "50101-工资奖金津补贴", "30102-津贴补贴", "6.50", "6.50"],
            ["合 计", "", "", "9.60", "9.60"],
        ],
    )
    assert table.rows[0].codes == {"functional": "2010801", "economic_gov": "50101", "economic_dept": "30101"}
    assert [row.parent for row in table.rows] == [None, None, None]
    assert table.rows[0].name == "基本工资"


def test_three_public_as_rows_with_counts_apart():
    table = read_one(
        "某市某某局2023年度部门决算\n“三公”经费财政拨款支出决算表\n单位：万元",
        [
            ["项目", "预算数", "决算数"],
            ["“三公”经费支出合计", "10.00", "8.00"],
            ["（一）因公出国（境）费", "", ""],
            ["（二）公务用车购置及运行维护费", "8.00", "7.00"],
            ["1.公务用车购置费", "", ""],
            ["2.公务用车运行维护费", "8.00", "7.00"],
            ["（三）公务接待费", "2.00", "1.00"],
            ["国内公务接待批次（个）", "", "12"],
            ["公务用车保有量（辆）", "", "3"],
        ],
    )
    assert shape(table)[4] == ("item", "2.公务用车运行维护费", "（二）公务用车购置及运行维护费")
    counted = next(column for column in table.columns if column.key == "total.count")
    assert counted.quantity == "count"
    assert values(table, "total.count") == ["12", "3"]
    assert values(table, "total") == ["8.00", None, "7.00", None, "7.00", "1.00"]


def test_three_public_in_pairs_of_budget_and_account():
    table = read_one(
        "某市某某局2023年度部门决算\n财政拨款“三公”经费支出决算表\n单位：万元",
        [
            ["财政拨款“三公”经费", *["<"] * 11],
            ["合计", "<", "因公出国（境）费", "<", "公务用车购置及运行维护费", *["<"] * 5, "公务接待费", "<"],
            ["^", "^", "^", "^", "小计", "<", "公务用车购置费", "<", "公务用车运行维护费", "<", "^", "^"],
            ["预算数", "决算数"] * 6,
            ["2.85", "0.39", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "2.85", "0.39"],
        ],
    )
    assert [(m[0], m[2]) for m in meanings(table)][:4] == [
        ("total", "approved"),
        ("total", "executed"),
        ("overseas_travel", "approved"),
        ("overseas_travel", "executed"),
    ]
    assert len(set(meanings(table))) == 12
    assert table.rows[0].name == "某市某某局"


def test_three_public_with_years_in_rows():
    table = read_one(
        f"{COVER}\n“三公”经费支出表\n单位：万元",
        [
            ["预算单位", "年度", "总计", "因公出国（境）费", "公务接待费"],
            ["某市某某局", "2024年", "5.58", "3.00", "2.58"],
            ["", "2025年", "5.00", "3.00", "2.00"],
            ["", "增减变化金额", "-0.58", "0.00", "-0.58"],
        ],
    )
    [row] = table.rows
    found = {(c.measure, c.year): row.figures[c.key].value for c in table.columns}
    assert str(found["total", 2024]) == "5.58"
    assert str(found["official_reception", 2025]) == "2.00"
    assert str(found["change", 2025]) == "-0.58"
    assert len(table.columns) == len(set(meanings(table))) == 9


def test_current_and_carried_over_blocks_by_source():
    table = read_one(
        f"{COVER}\n收入总表\n单位：万元",
        [
            ["合计", "本年收入", "<", "<", "上年结转结余", "<", "<"],
            ["^", "小计", "一般公共预算资金", "事业收入", "小计", "一般公共预算资金", "单位资金"],
            ["32.00", "30.00", "20.00", "10.00", "2.00", "1.50", "0.50"],
        ],
    )
    assert [(m[3], m[4]) for m in meanings(table)] == [
        ("all", "all"),
        ("all", "current"),
        ("general_public", "current"),
        ("service", "current"),
        ("carried_over", "carried_over"),
        ("general_public", "carried_over"),
        ("unit_funds", "carried_over"),
    ]


def test_a_label_merged_over_two_blocks_names_the_figure_behind_it():
    table = read_one(
        f"{COVER}\n收支预算总表\n单位：万元",
        [
            ["收入", "<", "支出", "<", "<", "<"],
            ["项目名称", "金额", "功能科目名称", "金额", "项目名称", "金额"],
            ["一、财政拨款", "9.00", "一、一般公共服务支出", "9.00", "一、基本支出", "5.00"],
            ["二、其他资金", "", "二、教育支出", "", "二、项目支出", "4.00"],
            ["当年收入小计", "9.00", "当年支出小计", "<", "<", "9.00"],
            ["收入合计", "9.00", "支出合计", "<", "<", "9.00"],
        ],
    )
    named = {row.name: [f.value for f in row.figures.values()] for row in table.rows}
    assert str(named["当年支出小计"][0]) == "9.00"
    assert str(named["支出合计"][0]) == "9.00"
    assert len(table.rows) == 10
