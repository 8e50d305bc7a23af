"""Texts of the checks of one table, and of which tables are there."""

from __future__ import annotations

from budgets.checks_catalogue.rule import (
    ARITHMETIC,
    CLASSIFICATION,
    LAW,
    LAW_46,
    LAW_75,
    RULE_143,
    RULES_ART5,
    Rule,
)

RULES: tuple[Rule, ...] = (
    Rule(
        "required-table",
        "complete",
        "§3",
        ("应公开的表", "Required tables"),
        ("八张规定的表都要公开，没有数据的也要列出", "Eight tables are required, also those without data"),
        (
            "少一张表，就看不到一部分钱的来源或去向。",
            "A missing table hides where part of the money comes from or goes.",
        ),
        RULE_143,
        ("没有找到应公开的表{序号}“{表名}”。", "Required table {mark} {name} was not found."),
    ),
    Rule(
        "empty-table-stated",
        "complete",
        "§3",
        ("空表要说明", "Empty tables say so"),
        ("没有数据的表要注明“本表无数据”", "A table without data must state that it has none"),
        ("空白分不清是“没有”还是“漏填”。", "A blank may mean none, or forgotten."),
        RULE_143,
        ("{表名}没有任何数字，也没有说明。", "{table} prints no figure and no statement."),
    ),
    Rule(
        "revenue-equals-expenditure",
        "inside",
        "B01, D01",
        ("收入总计等于支出总计", "Total revenue equals total expenditure"),
        ("收入总计 = 支出总计", "total revenue = total expenditure"),
        ("收支平衡是预算的基本要求。", "A budget must balance."),
        LAW,
    ),
    Rule(
        "year-adds-up",
        "inside",
        "B02, D02",
        ("本年合计等于各项之和", "The year's total is the sum of its rows"),
        (
            "本年收入合计 = 各项收入之和；本年支出合计 = 各类支出之和",
            "the year's total = the sum of its rows",
        ),
        ("合计与明细不符，说明有一处数字不对。", "If total and rows differ, one of the figures is wrong."),
        ARITHMETIC,
    ),
    Rule(
        "grand-total-adds-up",
        "inside",
        "B01, D01",
        ("总计等于本年合计加结转结余", "The grand total is the year plus balances"),
        (
            "收入总计 = 本年收入合计 + 上年结转；支出总计 = 本年支出合计 + 结转下年",
            "grand total = the year's total + balances carried in (or out)",
        ),
        ("结转的钱也是钱，不能漏，也不能重。", "Carried-over money must be counted once."),
        ARITHMETIC,
    ),
    Rule(
        "fund-balances",
        "inside",
        "B03, D04",
        ("每种资金收支平衡", "Each fund balances"),
        (
            "一般公共预算、政府性基金、国有资本经营预算各自：本年收入 + 上年结转 = 支出总计",
            "for each fund: revenue + balance carried in = expenditure total",
        ),
        ("三本预算分开核算，不能互相挪用。", "The budgets are kept apart."),
        RULES_ART5,
    ),
    Rule(
        "row-parts",
        "inside",
        "B04–B07, D03, D07",
        ("一行的合计等于各组成栏", "A row's total is the sum of its columns"),
        (
            "合计 = 基本支出 + 项目支出（+ 经营支出等）；基本支出 = 人员经费 + 公用经费；“三公”合计 = 出国 + 用车 + 接待",
            "total = basic + project (+ others); basic = personnel + operating; three public = travel + vehicles + "
            "reception",
        ),
        (
            "同一行里数字互相矛盾，就不知道该信哪一个。",
            "If a row contradicts itself, neither figure can be relied on.",
        ),
        RULES_ART5,
    ),
    Rule(
        "row-funds",
        "inside",
        "B03, B07",
        ("一行的合计等于各资金来源", "A row's total is the sum of its sources"),
        (
            "合计 = 一般公共预算 + 政府性基金 + 国有资本经营 + …；合计 = 本年 + 上年结转",
            "total = general public budget + government funds + …; total = this year + carried over",
        ),
        ("看得清每一笔支出用的是哪种钱。", "So that one sees which money pays for what."),
        RULES_ART5,
    ),
    Rule(
        "children-add-up",
        "inside",
        "B04, B05",
        ("上级科目等于下级科目之和", "A heading is the sum of the rows below it"),
        ("类 = 各款之和，款 = 各项之和", "class = sum of subclasses, subclass = sum of items"),
        ("科目逐级相加，才能一直追到最细的一项。", "Only then can a total be followed down to its items."),
        LAW_46,
    ),
    Rule(
        "total-adds-up",
        "inside",
        "B04, B05",
        ("合计等于各类之和", "The total is the sum of its classes"),
        ("合计 = 各类（或各行）之和", "total = sum of its classes or rows"),
        ("合计是最常被引用的数字。", "The total is the figure most often quoted."),
        LAW_46,
    ),
    Rule(
        "three-public-within-budget",
        "inside",
        "D07",
        ("“三公”决算不超预算", "Final “three public” within budget"),
        ("决算数 ≤ 预算数", "final ≤ budget"),
        ("“三公”经费只减不增。", "These expenses should shrink."),
        LAW_75,
    ),
    Rule(
        "economic-class-nature",
        "inside",
        "B05",
        ("经济科目列对栏了吗", "Economic classes in the right column"),
        (
            "301、303 类只有人员经费，302、310 类只有公用经费",
            "classes 301 and 303 hold personnel money only, 302 and 310 operating money only",
        ),
        ("列错栏会让人员或公用经费失真。", "A figure in the wrong column distorts both."),
        CLASSIFICATION,
        soft=True,
    ),
)
