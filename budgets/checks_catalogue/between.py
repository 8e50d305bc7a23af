"""Texts of the checks between tables."""

from __future__ import annotations

from budgets.checks_catalogue.rule import CLASSIFICATION, LAW_14, LAW_46, RULE_143, RULES_ART5, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "summary-equals-expenditure-table",
        "between",
        "X01, D03",
        ("收支总表与部门支出总表一致", "Summary and expenditure table agree"),
        ("部门支出总表合计 = 收支总表本年支出合计", "expenditure table total = the summary's expenditure"),
        ("同一笔支出在两张表里应是同一个数。", "The same spending should be the same figure."),
        RULE_143,
    ),
    Rule(
        "summary-equals-revenue-table",
        "between",
        "X01, D02",
        ("收支总表与部门收入总表一致", "Summary and revenue table agree"),
        ("部门收入总表合计 = 收支总表收入", "revenue table total = the summary's revenue"),
        ("同一笔收入在两张表里应是同一个数。", "The same revenue should be the same figure."),
        RULE_143,
    ),
    Rule(
        "appropriation-in-both-summaries",
        "between",
        "X02",
        ("财政拨款在两张总表中一致", "Appropriations agree in both summaries"),
        (
            "收支总表的一般公共预算拨款（及基金、国资拨款）= 财政拨款收支总表的同一项",
            "each appropriation of the department summary = that of the appropriation summary",
        ),
        ("财政给了多少钱，只能有一个数。", "There is one figure for what the treasury gives."),
        RULE_143,
    ),
    Rule(
        "classes-in-both-summaries",
        "between",
        "X03",
        ("全部支出不少于财政拨款支出", "All expenditure covers appropriations"),
        (
            "收支总表各类支出 ≥ 财政拨款收支总表同一类",
            "department summary ≥ appropriation summary, class by class",
        ),
        ("财政拨款只是部门支出的一部分。", "Appropriations are a part of what a department spends."),
        RULES_ART5,
    ),
    Rule(
        "appropriation-equals-budget-table",
        "between",
        "X04, D05",
        ("财政拨款总表与各预算支出表一致", "Appropriation summary and budget tables agree"),
        (
            "财政拨款收支总表的一般公共预算支出 = 一般公共预算支出表合计，逐类也相等；基金、国资同",
            "each fund of the appropriation summary = the total of its own table, class by class",
        ),
        ("总表和明细表应讲同一件事。", "Summary and detail should tell the same."),
        LAW_46,
    ),
    Rule(
        "basic-equals-economic-table",
        "between",
        "X05, D05",
        ("基本支出在两张表中一致", "Basic expenditure agrees"),
        ("一般公共预算支出表的基本支出 = 基本支出表合计", "basic by function = total of the basic table"),
        ("按用途和按经济性质看，是同一笔基本支出。", "By purpose and by nature it is the same money."),
        LAW_46,
    ),
    Rule(
        "basic-classes-equal-expenditure-table",
        "between",
        "X05",
        ("基本支出表各类之和也要一致", "The classes of the basic table agree too"),
        ("基本支出表各类之和 = 支出表的基本支出", "Σ classes of the basic table = basic expenditure"),
        ("合计可以掩盖错误的一类，各类相加不会。", "A printed total can hide a wrong class, its sum cannot."),
        LAW_46,
    ),
    Rule(
        "department-equals-sum-of-budgets",
        "between",
        "X06",
        ("部门支出等于各项预算之和", "Department expenditure is the sum of its budgets"),
        (
            "部门支出总表每个科目 = 一般公共预算 + 政府性基金 + 国有资本经营（没有自有收入时相等，否则不会更少）",
            "each code = general + fund + state capital budgets (equal without own revenue, else not less)",
        ),
        ("三本预算合起来才是部门的全部。", "The budgets together make the whole."),
        RULES_ART5,
    ),
    Rule(
        "personnel-and-operating-in-both",
        "between",
        "X07",
        ("人员经费、公用经费一致", "Personnel and operating expenditure agree"),
        (
            "基本支出表的人员经费、公用经费 = 支出表的同一栏",
            "personnel and operating are equal in both tables",
        ),
        ("养人和办公各花多少，是公众最关心的。", "What people and offices cost is what citizens ask first."),
        RULES_ART5,
    ),
    Rule(
        "appropriation-tables-agree",
        "between",
        "X06",
        ("财政拨款支出表与各预算表一致", "Appropriation tables agree with the budgets"),
        (
            "财政拨款支出表 = 各项预算支出表之和；财政拨款基本支出表 = 一般公共预算基本支出表",
            "appropriation expenditure = sum of the budgets' tables; its basic table = the basic table",
        ),
        ("口径相同的表应当相等。", "Tables of the same scope should be equal."),
        RULES_ART5,
    ),
    Rule(
        "three-public-covers-basic",
        "between",
        "X08",
        ("“三公”经费不少于基本支出同一科目", "“Three public” covers the basic items"),
        (
            "公务接待费 ≥ 30217，公务用车运行费 ≥ 30231，购置 ≥ 30913 + 31013，出国 ≥ 30212",
            "reception ≥ 30217, vehicle operation ≥ 30231, purchase ≥ 30913 + 31013, travel ≥ 30212",
        ),
        (
            "“三公”经费含项目里的钱，只会更多；更少说明有漏填。",
            "It also holds project money, so it can only be more; less means something is left out.",
        ),
        ("《党政机关厉行节约反对浪费条例》及财预〔2016〕143号", "Rules against waste; Caiyu 2016 no. 143"),
    ),
    Rule(
        "function-equals-economic",
        "between",
        "X10",
        ("社保、公积金两种口径", "Pension, medical and housing both ways"),
        (
            "2080505 = 30108，2080506 = 30109，21011 = 30110，2101103 = 30111，2210201 = 30113",
            "2080505 = 30108, 2080506 = 30109, 21011 = 30110, 2101103 = 30111, 2210201 = 30113",
        ),
        (
            "同一笔缴费，按功能和按经济性质各记一次。",
            "The same payment is recorded by purpose and by nature.",
        ),
        CLASSIFICATION,
        soft=True,
    ),
    Rule(
        "agency-operating-equals-operating",
        "between",
        "X09",
        ("机关运行经费的口径", "Scope of agency operating expenses"),
        ("机关运行经费 = 302 类（或公用经费）", "agency operating expenses = class 302 (or operating money)"),
        (
            "口径变了，数字就不能直接比较：有的年份“大降”其实只是换了算法。",
            "When the scope changes, years cannot be compared: a “fall” may be a change of definition.",
        ),
        LAW_14,
        soft=True,
    ),
)
