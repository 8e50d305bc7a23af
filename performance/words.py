"""Names of dimensions, types, operators and rules on pages, and what each rule is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
DIMENSION_NAMES: Final[dict[str, Text]] = {
    "output": _("产出"),
    "benefit": _("效益"),
    "satisfaction": _("满意度"),
    "cost": _("成本"),
    "other": _("未分类"),
}
TYPE_NAMES: Final[dict[str, Text]] = {
    "quantity": _("数量"),
    "quality": _("质量"),
    "timeliness": _("时效"),
    "cost": _("成本"),
    "economic": _("经济"),
    "social": _("社会"),
    "ecological": _("生态"),
    "sustainability": _("可持续影响"),
    "service_recipients": _("服务对象满意度"),
    "other": _("未分类"),
}
SIGNS: Final = {"eq": "=", "ge": "≥", "le": "≤", "gt": ">", "lt": "<", "qualitative": ""}
CATEGORY_NAMES: Final[dict[str, Text]] = {
    "personnel": _("人员类"),
    "operating": _("运转类"),
    "special_purpose": _("特定目标类"),
}
GAP_NAMES: Final[dict[str, Text]] = {
    "satisfaction": _("没有满意度指标"),
    "timeliness": _("没有时效指标"),
    "cost": _("没有成本指标"),
    "benefit": _("没有效益指标"),
}


def write_target(one: Any) -> str:
    """This will write what an indicator promises: sign, value and unit on one line."""
    return (
        f"{SIGNS.get(one.operator, '')} {one.target}{' ' if one.unit[:1].isalpha() else ''}{one.unit}".strip()
    )


def name_kind(dimension: str, kind: str) -> Text:
    """This will name a type of indicator under its dimension."""
    return TYPE_NAMES.get(kind, TYPE_NAMES["other"]) if dimension else ""


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a rule asks, why it matters, and an example from a published document."""

    title: Text
    what: Text
    why: Text
    example: Text
    fine: Text
    """What the rule leaves alone."""


RULE_TEXTS: Final[dict[str, RuleText]] = {
    "weights-do-not-close": RuleText(
        _("权重加起来不是一百"),
        _("一个项目各指标的权重，加上预算执行率的权重，应当等于 100。"),
        _("加不到 100，要么漏了指标，要么写错了分；评分时就无从比较。"),
        _("某项目 4 项指标的权重合计 85，执行率 10，共 95。"),
        _("没有权重的表不查；指标合计 90、执行率另占 10 的，或指标自己合计 100 的，都算合上。"),
    ),
    "qualitative-with-number": RuleText(
        _("标成定性，却写了数字"),
        _("指标性质写“定性”，指标值却是一个数。"),
        _("有数字就可以衡量，写成“≥ 98%”，年底才能说做到没有。"),
        _("“群众满意度 定性 98%”。"),
        _("截止日期（“2024年12月底前”）写成文字很平常，不算。"),
    ),
    "qualitative-with-unit": RuleText(
        _("有单位，没有数字"),
        _("指标有计量单位，指标值却只是一个词。"),
        _("单位说明本来想写数字，数字却不见了。"),
        _("“政务服务工作能力 提高 %”：提高百分之几？"),
        _("单位栏写“其他”“无”的不算。"),
    ),
    "unit-does-not-fit": RuleText(
        _("名称和单位不相配"),
        _("名称说的是率，单位却是万元；说的是面积，单位却是元。"),
        _("名称和单位总有一个写错了，读者不知道承诺的是什么。"),
        _("“成本控制率 ≤ 61.46 万元”；“系统故障率 ≤ 3 次”；“物业服务面积 = 50467 元/平方米”。"),
        _("频率、功率、汇率不是比例，不查。"),
    ),
    "degenerate-bound": RuleText(
        _("上下限等于没写"),
        _("比例“≥ 100%”，或者个数“≤ 0”。"),
        _("合格率超不过 100%，次数少不过 0：写的是范围，其实只有一个值。"),
        _("“按时发放率 ≥ 100%”；“食品安全问题发生数 ≤ 0 次”。"),
        _("增长率、产值、完成率可以超过 100%，不查。"),
    ),
    "equality-for-ceiling": RuleText(
        _("该写“不超过”，写成了“等于”"),
        _("越少越好的事（调整、投诉、事故、差错）写成“= 5 次”。"),
        _("照字面，一次都不调整反而没有完成。"),
        _("“科目调整次数 = 5 次”，同一部门别的项目写“≤ 5 次”。"),
        _("等于 0 的、百分比的、处理和整改之类的不查。"),
    ),
    "duplicate-indicators": RuleText(
        _("同一件事计了两次"),
        _("两项指标字面相同（或只是换了语序），目标值也相同。"),
        _("同一件事占了两份分数，别的事就少了一份。"),
        _("“活动人均成本 ≤ 4000 元”和“人均活动成本 ≤ 4000 元”，各占 10 分。"),
        _("目标值不同的不算重复。"),
    ),
    "whole-budget-per-head": RuleText(
        _("人均成本等于全部预算"),
        _("名称写“人均”“单套”，数额却正好是整个项目的钱。"),
        _("除非只服务一个人，否则单位写错了。"),
        _("预算 0.40 万元的项目，“人均活动成本 ≤ 4000 元”。"),
        _("只查与项目金额分文不差的。"),
    ),
    "cost-differs": RuleText(
        _("成本指标和项目金额对不上"),
        _("项目总成本的指标，与项目自己的金额不一致；或者某一项成本的上限比整个项目还高。"),
        _("上限高过预算，就管不住成本。"),
        _("项目 57.58 万元，“采购成本 < 3191170 元”。"),
        _("几项成本加起来等于项目金额的、人均和单价的、只差一个末位的，不算。"),
    ),
    "goal-amount-differs": RuleText(
        _("绩效目标里的钱和项目金额对不上"),
        _("目标里“申请”“测算”“安排”之后的金额，与项目金额不一致。"),
        _("两个数里只有一个是真的。"),
        _("“测算2024年度物业管理费543.45万元”，项目金额 574.08 万元。"),
        _("合同价、往年的数不查；目标里几个金额加起来等于项目金额的，算对上。"),
    ),
    "satisfaction-differs": RuleText(
        _("目标和指标的满意度不同"),
        _("绩效目标写满意度 97%，满意度指标却写 95%。"),
        _("评分时按哪一个？往往是按低的那个。"),
        _("服装经费：目标 97%，指标 95%。"),
        _("几项满意度中有一项与目标相同，就不问。"),
    ),
    "no-satisfaction": RuleText(
        _("没有满意度指标"),
        _("项目一项满意度指标也没有。"),
        _("钱是替服务对象花的，好不好应当问他们。"),
        _("十二个人员和运转类项目没有满意度指标，合计 1,235.35 万元。"),
        _("指标不足三项的、没有印一级二级指标的，不查。"),
    ),
    "no-timeliness": RuleText(
        _("没有时效指标"),
        _("项目没有说什么时候完成。"),
        _("没有期限的承诺，永远不算没做到。"),
        _("物业管理费有 9 项指标，没有一项说时间。"),
        _("部门整体目标不查。"),
    ),
    "no-benefit": RuleText(
        _("没有效益指标"),
        _("只数做了多少，不说带来什么。"),
        _("办了多少场不等于有用。"),
        _("某宣传项目 6 项指标，没有一项效益。"),
        _("指标不足三项的、没有印一级二级指标的，不查。"),
    ),
    "weight-concentrated": RuleText(
        _("一项指标太重"),
        _("单项权重超过 30 分。"),
        _("一项定终身，别的指标就成了摆设。"),
        _("“合同履约责任 完成”占 90 分里的 40 分。"),
        _("30 分很常见，不算；少于三项带分的指标不查。"),
    ),
    "quantity-times-cost": RuleText(
        _("数量乘单价不等于金额"),
        _("数量指标乘以单价指标，与项目金额相差超过百分之五。"),
        _("三个数里至少有一个需要说明。"),
        _("50 套 × 1000 元 = 5 万元，项目却是 14.10 万元。"),
        _("只在项目里恰好有一个数量、一个单价，说的又是同一样东西时才查。"),
    ),
    "boilerplate-objective": RuleText(
        _("许多项目共用一段目标"),
        _("三个以上不同名称的项目，绩效目标一字不差。"),
        _("套话放在哪里都对，也就等于没有说。"),
        _("十个人员类项目共用一段“严格执行相关政策，保障工资及时、足额发放……”。"),
        _("同名项目分到几个单位的不算。"),
    ),
    "type-varies": RuleText(
        _("同一指标归在不同类"),
        _("同名指标，在这个项目里算数量，在另一个项目里算质量。"),
        _("说明填表时对“它衡量什么”没有想定。"),
        _("“网络安全事故发生数”一处是社会效益，一处是质量。"),
        _("没有印二级指标的不查。"),
    ),
    "target-not-raised": RuleText(
        _("目标低于上年已达到的水平"),
        _("上年自评的实际完成值，比今年的目标还好。"),
        _("已经做到的事，今年为什么要求更低？"),
        _("上年完成 366 人，今年目标 ≥ 300 人。"),
        _("只在上年的自评结果也公开时才能比。"),
    ),
}
