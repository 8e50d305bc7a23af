"""Each quality rule on real promises: one that asks, one that rightly does not (Lhasa and others named)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from django.template import Context, Template

from intake.parsing.draft_json import to_json
from intake.parsing.pipeline import read_document
from performance.quality import ACROSS, NOT_RAISED, RULES, find_hints, find_hints_in_draft
from performance.quality.promise import Hint, Pledge, Promise
from performance.words import RULE_TEXTS
from tests.drafts import make_lhasa_draft


def pledge(name: str, operator: str = "", target: str = "", unit: str = "", **fields: object) -> Pledge:
    """Return an indicator; quality of output and no weight unless said."""
    given = {"dimension": "output", "type": "quality", "weight": None, "result": "", **fields}
    weight = None if given["weight"] is None else Decimal(str(given["weight"]))
    return Pledge(
        str(given["dimension"]),
        str(given["type"]),
        name,
        operator,
        target,
        unit,
        weight,
        str(given["result"]),
    )


def promise(*pledges: Pledge, name: str = "某项目", wan: str | None = "10.00", **fields: object) -> Promise:
    """Return a project of so many 万元."""
    return Promise(
        name=name,
        code="",
        kind=str(fields.get("kind", "project")),
        yuan=None if wan is None else Decimal(wan) * 10_000,
        step=Decimal(100),
        execution_weight=None if "execution" not in fields else Decimal(str(fields["execution"])),
        objective=str(fields.get("objective", "")),
        pledges=pledges,
    )


def ask(rule: str, *promises: Promise) -> list[Hint]:
    """Return what one rule asks."""
    return [hint for hint in find_hints(promises) if hint.rule == rule]


COST = {"dimension": "cost", "type": "economic"}
COUNT = {"type": "quantity"}
SATISFIED = {"dimension": "satisfaction", "type": "service_recipients"}
TRUE = [
    # Lhasa L617, L624, L575, L510
    ("qualitative-with-number", promise(pledge("群众满意度", "qualitative", "98", "%"))),
    ("qualitative-with-number", promise(pledge("资金", "qualitative", "56.26", "万元"))),
    ("qualitative-with-number", promise(pledge("预算完成时间", "qualitative", "1年内", "年"))),
    # Lhasa L504
    ("qualitative-with-unit", promise(pledge("政务服务工作能力", "qualitative", "提高", "%"))),
    # Lhasa L605, L616, L554; 国家信访局; 长沙市信访局
    ("unit-does-not-fit", promise(pledge("成本控制率", "le", "61.46", "万元", **COST))),
    ("unit-does-not-fit", promise(pledge("系统故障率", "le", "3", "次"))),
    ("unit-does-not-fit", promise(pledge("物业服务面积", "eq", "50467", "元/平方米", **COUNT))),
    ("unit-does-not-fit", promise(pledge("保障接访和办公运行事故率", "le", "1", "次"))),
    ("unit-does-not-fit", promise(pledge("保障接访中心开放天数。", "eq", "100", "%"))),
    # Lhasa L496, L536; 福州市医疗保障局
    ("degenerate-bound", promise(pledge("慰问金发放准确率", "ge", "100", "%"))),
    ("degenerate-bound", promise(pledge("食品安全问题发生数", "le", "0", "次"))),
    ("degenerate-bound", promise(pledge("临聘人员上访事件发生率", "le", "0", "%"))),
    # Lhasa L431
    ("equality-for-ceiling", promise(pledge("科目调整次数", "eq", "5", "次"))),
    # Lhasa L627 and L629
    (
        "duplicate-indicators",
        promise(pledge("活动人均成本", "le", "4000", "元"), pledge("人均活动成本", "le", "4000", "元")),
    ),
    ("whole-budget-per-head", promise(pledge("人均活动成本", "le", "4000", "元", **COST), wan="0.40")),
    # 广州市政务服务和数据管理局
    ("cost-differs", promise(pledge("采购成本", "lt", "3191170", "元", **COST), wan="57.58")),
    ("cost-differs", promise(pledge("项目总成本", "le", "8", "万元", **COST))),
    # Lhasa L376 (F-03)
    (
        "goal-amount-differs",
        promise(objective="合同总价378.9万元，测算2024年度物业管理费543.45万元。", wan="574.08"),
    ),
    # Lhasa L377
    (
        "satisfaction-differs",
        promise(pledge("职工满意度", "ge", "95", "%", **SATISFIED), objective="办事群众满意度达到97%以上"),
    ),
    # Lhasa L570: 40 of 90
    (
        "weight-concentrated",
        promise(pledge("合同履约责任", weight=40), pledge("甲", weight=30), pledge("乙", weight=20)),
    ),
    # Lhasa L561: 50 sets, 1000 yuan, 14.10 万元
    (
        "quantity-times-cost",
        promise(
            pledge("服装采购数量", "ge", "50", "套", **COUNT),
            pledge("单套服装成本", "le", "1000", "元", **COST),
            wan="14.10",
        ),
    ),
    ("weights-do-not-close", promise(pledge("甲", weight=50), pledge("乙", weight=35), execution=10)),
    ("no-satisfaction", promise(pledge("甲"), pledge("乙"), pledge("丙"))),
    ("no-timeliness", promise(pledge("甲"), pledge("乙"), pledge("丙"))),
    ("no-benefit", promise(pledge("甲"), pledge("乙"), pledge("丙"))),
]
FALSE = [
    ("qualitative-with-number", promise(pledge("购买完成及时性", "qualitative", "2024年12月前"))),
    ("qualitative-with-number", promise(pledge("政务服务", "qualitative", "持续优化"))),
    # 北京市审计局 prints the unit 其他
    ("qualitative-with-unit", promise(pledge("保障财政资金安全性", "qualitative", "优", "其他"))),
    ("unit-does-not-fit", promise(pledge("系统正常运行率", "ge", "99", "%"))),
    ("unit-does-not-fit", promise(pledge("刊物印刷频率", "eq", "4", "期/年"))),
    ("unit-does-not-fit", promise(pledge("供暖保障的面积", "eq", "50467", "平方米"))),
    ("degenerate-bound", promise(pledge("审计项目计划任务完成率", "ge", "90", "%"))),
    ("degenerate-bound", promise(pledge("产值增长率", "ge", "100", "%"))),
    ("degenerate-bound", promise(pledge("网络安全事故发生数", "eq", "0", "次"))),
    ("equality-for-ceiling", promise(pledge("网络安全事故发生数", "eq", "0", "次"))),
    ("equality-for-ceiling", promise(pledge("系统故障处理率", "eq", "100", "%"))),
    ("equality-for-ceiling", promise(pledge("开展党建培训班次", "eq", "4", "次"))),
    # Beijing: 养老护理 … the same name with another target
    ("duplicate-indicators", promise(pledge("满意度", "ge", "90", "%"), pledge("满意度", "ge", "95", "%"))),
    (
        "duplicate-indicators",
        promise(pledge("不适用", "qualitative", "无"), pledge("不适用", "qualitative", "无")),
    ),
    ("whole-budget-per-head", promise(pledge("项目总成本", "le", "10", "万元", **COST))),
    ("whole-budget-per-head", promise(pledge("人均慰问补贴标准", "eq", "1300", "元", **COST), wan="1.04")),
    ("cost-differs", promise(pledge("项目总成本", "le", "10", "万元", **COST))),
    # Lhasa L624: a difference of the last printed place
    ("cost-differs", promise(pledge("资金", "qualitative", "56.26", "万元", **COST), wan="56.27")),
    # 烟台市住房和城乡建设局: two parts that make the whole
    (
        "cost-differs",
        promise(
            pledge("项目总成本中常规家庭补贴成本", "le", "1590", "万元", **COST),
            pledge("项目总成本中新市民家庭补贴成本", "le", "10", "万元", **COST),
            wan="1600",
        ),
    ),
    ("cost-differs", promise(pledge("审计项目人员成本标准", "le", "560", "元/人/天", **COST))),
    # Lhasa F-04: the sum of parts
    (
        "goal-amount-differs",
        promise(objective="申请市级资金12.44万元（合同尾款、尾款21.4万元、测评合同价13万元）", wan="46.84"),
    ),
    ("goal-amount-differs", promise(objective="合同总价378.9万元", wan="574.08")),
    (
        "satisfaction-differs",
        promise(pledge("群众满意度", "ge", "95", "%", **SATISFIED), objective="群众满意度95%以上。"),
    ),
    (
        "weight-concentrated",
        promise(pledge("甲", weight=30), pledge("乙", weight=30), pledge("丙", weight=30)),
    ),
    # 北京市退役军人事务局: campaigns and posters are not the same thing
    (
        "quantity-times-cost",
        promise(
            pledge("策划主题活动次数", "ge", "10", "次", **COUNT),
            pledge("单次微博创意海报费用", "le", "1000", "元", **COST),
            wan="291.28",
        ),
    ),
    ("weights-do-not-close", promise(pledge("甲", weight=50), pledge("乙", weight=40), execution=10)),
    ("weights-do-not-close", promise(pledge("甲", weight=60), pledge("乙", weight=40))),
    ("weights-do-not-close", promise(pledge("甲"), pledge("乙"))),
    ("no-satisfaction", promise(pledge("甲"), pledge("乙"), pledge("满意", **SATISFIED))),
    # 重庆市人民政府办公厅 prints no levels
    ("no-satisfaction", promise(*(pledge("甲", dimension="other", type="other") for _ in range(5)))),
    ("no-timeliness", promise(pledge("甲"), pledge("乙"), pledge("丙"), kind="department")),
    ("no-benefit", promise(pledge("甲"), pledge("乙"))),
]


@pytest.mark.parametrize(("rule", "one"), TRUE)
def test_the_rule_asks(rule: str, one: Promise) -> None:
    (hint,) = ask(rule, one)[:1]
    assert hint.zh.endswith(("？", "。"))
    assert hint.en


@pytest.mark.parametrize(("rule", "one"), FALSE)
def test_the_rule_stays_silent(rule: str, one: Promise) -> None:
    assert ask(rule, one) == []


def test_one_objective_for_many_projects() -> None:
    words = "严格执行相关政策，保障工资及时、足额发放。"
    same = [promise(name=name, objective=words) for name in ("工资", "住房公积金", "医疗补助")]
    assert [hint.promise for hint in ask("boilerplate-objective", *same)] == [0, 1, 2]
    assert ask("boilerplate-objective", *same[:2]) == []
    assert ask("boilerplate-objective", *(promise(name="公车统管", objective=words) for _ in range(4))) == []


def test_one_indicator_under_two_types() -> None:
    first = promise(pledge("网络安全事故发生数", "eq", "0", "次"))
    second = promise(pledge("网络安全事故发生数", "eq", "0", "次", dimension="benefit", type="social"))
    (hint,) = ask("type-varies", first, first, second)
    assert (hint.promise, hint.pledges) == (2, (0,))
    assert ask("type-varies", first, first) == []


def test_a_target_below_last_years_result() -> None:
    last = {"培训": {"培训人数": pledge("培训人数", "ge", "300", "人", result="366人")}}
    lower = promise(pledge("培训人数", "ge", "320", "人"), name="培训")
    higher = promise(pledge("培训人数", "ge", "366", "人"), name="培训")
    assert [hint.rule for hint in find_hints([lower], results=last)] == [NOT_RAISED]
    assert find_hints([higher], results=last) == ()


def test_every_rule_is_explained_and_tested() -> None:
    assert set(RULE_TEXTS) == {*RULES, *ACROSS, NOT_RAISED}
    assert {rule for rule, _ in TRUE} == set(RULES)
    assert {rule for rule, _ in FALSE} == set(RULES)


def test_the_lhasa_document_is_asked_what_the_study_found(shared: Path) -> None:
    document = next((shared / "documents" / "lhasa").glob("*.txt"))
    draft = to_json(read_document(document.read_bytes(), name=document.name), full=True)
    counts: dict[str, int] = {}
    for hint in find_hints_in_draft(draft):
        counts[hint.rule] = counts.get(hint.rule, 0) + 1
    assert counts == {
        "no-timeliness": 15,
        "no-satisfaction": 12,
        "boilerplate-objective": 10,
        "equality-for-ceiling": 10,
        "qualitative-with-number": 6,
        "satisfaction-differs": 4,
        "type-varies": 3,
        "unit-does-not-fit": 3,
        "degenerate-bound": 2,
        "whole-budget-per-head": 2,
        "duplicate-indicators": 1,
        "goal-amount-differs": 1,
        "quantity-times-cost": 1,
        "qualitative-with-unit": 1,
        "weight-concentrated": 1,
    }


def test_finance_staff_see_the_same_questions_before_they_publish() -> None:
    draft = to_json(make_lhasa_draft(), full=True)
    words = Template("{% load promises %}{% quality_hints draft %}").render(Context({"draft": draft}))
    assert "“成本控制率 ≤ 61.46 万元”" in words
    draft["projects"] = [{**one, "excluded": True} for one in draft["projects"]]
    assert "≤" not in Template("{% load promises %}{% quality_hints draft %}").render(
        Context({"draft": draft})
    )
