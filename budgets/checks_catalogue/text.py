"""Texts of the checks of running text, other years and units."""

from __future__ import annotations

from budgets.checks_catalogue.rule import RULES_ART6, LAW_14, LAW_75, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "narrative-amount",
        "text",
        "X12",
        ("文字里的金额与表格", "Amounts in the text and the tables"),
        ("文字写明主语的金额 = 表中同一数字", "an amount whose subject is clear = its figure in the table"),
        ("多数人只读文字说明。", "Most readers read only the text."),
        LAW_14,
        (
            "{位置}，文字“{原文}”，表中 {金额}，相差 {差额}。",
            "{place}: the text “{quote}”, the table {amount}.",
        ),
    ),
    Rule(
        "narrative-change",
        "text",
        "X12, D11",
        ("文字里的增减与百分比", "Changes and percentages in the text"),
        (
            "“比上年增加 x 万元，增长 y%”：x、y、方向与本年、上年的数一致",
            "“up by x, or y %”: amount, percentage and direction follow from both years' figures",
        ),
        ("方向或幅度写错，会让人得出相反的结论。", "A wrong direction leads to the opposite conclusion."),
        LAW_14,
    ),
    Rule(
        "narrative-share",
        "text",
        "X12, D11",
        ("文字里的占比", "Shares in the text"),
        ("“占 x%” = 部分 ÷ 整体", "“x % of” = part ÷ whole"),
        ("占比是媒体最爱引用的数字。", "Shares are what newspapers quote."),
        LAW_14,
    ),
    Rule(
        "narrative-parts",
        "text",
        "X12, D10",
        ("文字里的合计与分项", "Totals and parts in the text"),
        (
            "采购总额 = 货物 + 工程 + 服务；“三公”合计 = 各项",
            "procurement = goods + works + services; three public = its items",
        ),
        ("同一段话里的数字应当加得起来。", "The figures of one sentence should add up."),
        LAW_14,
    ),
    Rule(
        "narrative-repeated",
        "text",
        "X12",
        ("同一数字前后一致", "The same figure twice"),
        ("文字中同一主语的金额前后相同", "an amount of one subject is the same throughout the text"),
        ("前后两个数，不知道该信哪一个。", "With two figures one cannot know which is right."),
        LAW_14,
    ),
    Rule(
        "narrative-unclear",
        "text",
        "X12",
        ("主语不明的文字数字", "Figures whose subject is not clear"),
        ("分不清主语的金额不作判断", "an amount whose subject is unclear is not judged"),
        ("宁可说“无法判断”，也不冤枉人。", "Rather “cannot be judged” than a false accusation."),
        LAW_14,
        soft=True,
    ),
    Rule(
        "previous-year-column",
        "years",
        "X13",
        ("上年数与上年公开的一致", "Last year's column"),
        ("本年文件的上年预算数 = 上年文件的本年预算数", "last year's column = last year's disclosure"),
        ("改了上年的数，增减就变了样。", "A changed base changes every growth rate."),
        RULES_ART6,
    ),
    Rule(
        "units-add-up",
        "years",
        "X14",
        ("部门等于所属单位之和", "The department is the sum of its units"),
        ("部门 = 各单位之和 − 部门内部往来", "department = sum of units − transfers within"),
        ("单位也要公开，加起来应是部门。", "Units disclose too, and together they are the department."),
        RULES_ART6,
    ),
    Rule(
        "closing-equals-opening",
        "years",
        "D09",
        ("年末结转等于下年年初", "Closing equals opening balance"),
        ("上年年末结转和结余 = 本年年初结转和结余", "closing balance = next year's opening balance"),
        ("钱不会在跨年的夜里变多变少。", "Money does not change overnight."),
        LAW_75,
    ),
    Rule(
        "definition-changed",
        "years",
        "X09",
        ("口径变化", "Change of definition"),
        ("机关运行经费两年的口径不同时，不作增减比较", "where the scope differs, two years are not compared"),
        (
            "口径变了画成一条线，会看出并不存在的“大降”。",
            "A line drawn over a break in definition shows a fall that never was.",
        ),
        LAW_14,
        soft=True,
    ),
)
