"""Values, pages, titles and units as documents in the wild print them, each on a small grid."""

from tests.intake.parsing.grids import make_grid, make_page, read_one, read_pages, shape, values

COVER = "某市某某局2025年部门预算"
FUNCTION = f"{COVER}\n一般公共预算支出表\n单位：万元"


def test_dashes_blanks_and_zeros_stay_apart():
    table = read_one(
        f"{COVER}\n政府性基金预算支出表\n单位：万元",
        [["科目编码", "科目名称", "合计", "基本支出", "项目支出"], ["合计", "<", "——", "0.00", ""]],
        "注：本部门2025年无政府性基金预算财政拨款安排的预算，故本表为空表。",
    )
    assert [figure.state for figure in table.rows[0].figures.values()] == ["dash", "zero", "blank"]
    assert table.declared_empty


def test_a_table_goes_on_over_pages():
    first = [["科目编码", "科目名称", "合计"], ["合计", "<", "30.00"], ["201", "一般公共服务支出", "10.00"]]
    draft = read_pages(
        make_page(1, FUNCTION, first),
        make_page(2, "单位：万元", [["科目编码", "科目名称", "合计"], ["20103", "政府办公厅", "10.00"]]),
        make_page(3, [["2010301", "行政运行", "10.00"], ["205", "教育支出", "20.00"]]),
    )
    [table] = draft.tables
    assert table.pages == (1, 2, 3)
    assert shape(table)[2:] == [("item", "20103", "201"), ("item", "2010301", "20103"), ("item", "205", "")]


def test_a_name_broken_by_the_page_is_joined():
    draft = read_pages(
        make_page(
            1,
            f"{COVER}\n收支总表\n单位：万元",
            [
                ["收入", "<", "支出", "<"],
                ["项目", "预算数", "项目", "预算数"],
                ["一、财政拨款", "8.00", "一、外交支出", ""],
                ["二、事业收入", "", "二、社会保障和就", "8.00"],
            ],
        ),
        make_page(2, [["", "", "业支出", ""], ["收入总计", "8.00", "支出总计", "8.00"]]),
    )
    assert [row.name for row in draft.tables[0].rows][3:] == [
        "二、社会保障和就业支出",
        "收入总计",
        "支出总计",
    ]


def test_two_units_of_money_in_one_document():
    table = [["科目编码", "科目名称", "合计"], ["201", "一般公共服务支出", "10"]]
    draft = read_pages(
        make_page(1, f"{COVER}\n部门支出预算总表\n编制部门：某市某某局  单位：元", table),
        make_page(2, "“三公”经费预算表\n单位:万\n元", [["合计", "因公出国（境）费"], ["1.00", "1.00"]]),
        make_page(3, "一般公共预算支出表（单位：元）", table),
    )
    assert [one.unit for one in draft.tables] == ["元", "万元", "元"]
    assert [one.statement for one in draft.tables] == [
        "expenditure_summary",
        "three_public",
        "expenditure_by_function",
    ]


def test_title_unit_and_department_inside_the_ruled_area():
    table = read_one(
        "预算公开",
        [
            ["附表3", "", "", ""],
            ["2025年部门支出总表", "<", "<", "<"],
            ["部门：某市某某局", "", "", "单位：元"],
            ["功能分类", "<", "合计", "基本支出"],
            ["编码", "名称", "^", "^"],
            ["201", "一般公共服务支出", "10", "10"],
            ["合计", "<", "10", "10"],
        ],
    )
    assert (table.title, table.unit, table.statement) == ("2025年部门支出总表", "元", "expenditure_summary")
    assert shape(table) == [("item", "201", ""), ("total", "合计", "")]


def test_tables_stacked_on_one_sheet_are_taken_apart():
    draft = read_pages(
        make_page(
            1,
            [
                ["2025年收入总表", "<", "<", "<"],
                ["部门：某市某某局", "", "", "单位：万元"],
                ["合计", "一般公共预算", "事业收入", "其他收入"],
                ["9.00", "8.00", "1.00", ""],
                ["", "", "", ""],
                ["2025年支出总表", "<", "<", "<"],
                ["部门：某市某某局", "", "", "单位：万元"],
                ["科目编码", "科目名称", "合计", "基本支出"],
                ["201", "一般公共服务支出", "9.00", "9.00"],
            ],
        )
    )
    assert [(table.statement, table.unit, len(table.rows)) for table in draft.tables] == [
        ("revenue_summary", "万元", 1),
        ("expenditure_summary", "万元", 1),
    ]
    assert draft.head.department == "某市某某局"


def test_a_table_without_any_unit_cannot_be_published_unseen():
    draft = read_pages(
        make_page(1, COVER, "支出总表", [["科目编码", "科目名称", "合计"], ["201", "公共服务", "9"]])
    )
    assert [(problem.code, problem.severity) for problem in draft.problems] == [("unit-missing", "error")]


def test_pages_of_another_width_without_edges_are_set_right_aligned():
    first = [
        ["类", "款", "项", "科目名称", "合计", "基本支出", "项目支出"],
        ["201", "", "", "一般公共服务支出", "10.00", "6.00", "4.00"],
    ]
    draft = read_pages(
        make_page(1, FUNCTION, make_grid(first, spans_known=False)),
        make_page(2, make_grid([["合计", "10.00", "6.00", "4.00"]], page=2, spans_known=False)),
    )
    [table] = draft.tables
    assert shape(table)[-1] == ("total", "合计", "")
    assert values(table, "project") == ["4.00", "4.00"]


def test_a_grid_that_is_no_table_is_listed_with_its_numbers():
    draft = read_pages(
        make_page(1, FUNCTION, [["科目编码", "科目名称", "合计"], ["201", "公共服务", "9.00"]]),
        make_page(4, [["甲", "12.50"]]),
    )
    assert [problem.code for problem in draft.problems] == ["table-not-recognised"]
    assert (draft.numbers.in_tables, draft.numbers.attributed, draft.numbers.in_problems) == (2, 1, 1)
    assert draft.narrative[-1].text == "甲 12.50"


def test_units_in_the_column_of_names():
    table = read_one(
        FUNCTION,
        [
            ["科目编码", "<", "<", "单位代码", "单位名称（科目）", "合计", "基本支出", "项目支出"],
            ["类", "款", "项", "^", "^", "^", "^", "^"],
            ["", "", "", "", "合    计", "100.00", "60.00", "40.00"],
            ["", "", "", "301", "某市某某局", "100.00", "60.00", "40.00"],
            ["", "", "", "301001", "某市某某局机关", "100.00", "60.00", "40.00"],
            ["201", "03", "01", "301001", "行政运行", "60.00", "60.00", ""],
            ["201", "03", "02", "301001", "一般行政管理事务", "40.00", "", "40.00"],
        ],
    )
    assert shape(table)[1:] == [
        ("unit", "某市某某局", ""),
        ("unit", "某市某某局机关", "某市某某局"),
        ("item", "2010301", "某市某某局机关"),
        ("item", "2010302", "某市某某局机关"),
    ]


def test_unit_rows_that_repeat_the_function_of_their_items():
    table = read_one(
        f"{COVER}\n政府采购预算表\n单位：元",
        [
            ["科目编码", "<", "<", "单位编码", "采购项目", "数量", "计量单位", "单价", "预算金额"],
            ["类", "款", "项", "^", "^", "^", "^", "^", "^"],
            ["", "", "", "", "合计", "3", "", "", "37.00"],
            ["201", "08", "01", "117", "某市某某局", "3", "", "", "37.00"],
            ["201", "08", "01", "", "电脑", "2", "台", "10.00", "20.00"],
            ["201", "08", "01", "", "打印机", "1", "台", "17.00", "17.00"],
        ],
    )
    assert [(row.kind, row.name) for row in table.rows] == [
        ("total", "合计"),
        ("unit", "某市某某局"),
        ("item", "电脑"),
        ("item", "打印机"),
    ]
    assert [row.parent for row in table.rows] == [None, None, 1, 1]
    assert [(c.measure, c.quantity) for c in table.columns] == [
        ("total", "count"),
        ("unit_price", "money"),
        ("total", "money"),
    ]


def test_economic_items_as_columns():
    table = read_one(
        "某市某某局2023年度部门决算\n一般公共预算财政拨款支出决算明细表\n单位：万元",
        [
            ["项目", "<", "合计", "工资福利支出", "<", "商品和服务支出", "<"],
            ["科目编码", "科目名称", "^", "小计", "基本工资", "小计", "会议费"],
            ["201", "一般公共服务支出", "100.00", "60.00", "60.00", "40.00", "40.00"],
        ],
    )
    assert [column.measure for column in table.columns] == [
        "total",
        "wages_and_benefits",
        "item_30101",
        "goods_and_services",
        "item_30215",
    ]


def test_revenue_and_expenditure_columns_of_a_fund_account():
    table = read_one(
        "某市某某局2023年度部门决算\n政府性基金预算财政拨款收入支出决算表\n单位：万元",
        [
            ["项目", "<", "年初结转和结余", "本年收入", "本年支出", "<", "<", "年末结转和结余"],
            ["科目代码", "科目名称", "^", "^", "小计", "基本支出", "项目支出", "^"],
            ["合计", "<", "1.00", "2.00", "3.00", "", "3.00", ""],
        ],
    )
    assert [column.measure for column in table.columns] == [
        "opening_balance",
        "revenue",
        "total",
        "basic",
        "project",
        "closing_balance",
    ]
    assert table.rows[0].side == "expenditure"
