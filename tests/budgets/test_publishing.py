"""Publishing a disclosure: what stands in the database afterwards, to the cent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db.models import Sum

from budgets import actions
from budgets.models import Amount, CheckResult, DataVersion, LineItem, PublicEvent, Rollup, Statement
from budgets.printed_units import UnknownUnit
from performance.models import Indicator, Project
from tests import factories
from tests.drafts import Spec

pytestmark = pytest.mark.django_db
HEAD = {"department": "甲局", "fiscal_year": 2024, "stage": "budget", "scope": "department"}


def describe(rows: list[list[object]], *, statement: str = "expenditure_summary", **table: object) -> Spec:
    columns = table.pop("columns", ["total", "basic", "project"])
    return {
        "head": HEAD,
        "tables": [
            {"statement": statement, "title": "部门支出总表", "columns": columns, "rows": rows, **table}
        ],
    }


def tree(basic: str = "60", project: str = "40") -> list[list[object]]:
    both = str(Decimal(basic) + Decimal(project))
    return [
        [
            1,
            "expenditure",
            "total",
            "total",
            None,
            "合计",
            {"total": both, "basic": basic, "project": project},
        ],
        [
            2,
            "expenditure",
            "item",
            "class",
            "201",
            "一般公共服务支出",
            {"total": both, "basic": basic, "project": project},
        ],
        [
            3,
            "expenditure",
            "item",
            "subclass",
            "20103",
            "政府办公厅",
            {"total": both, "basic": basic, "project": project},
        ],
        [
            4,
            "expenditure",
            "item",
            "item",
            "2010301",
            "行政运行",
            {"total": basic, "basic": basic, "project": None},
        ],
        [
            5,
            "expenditure",
            "item",
            "item",
            "2010302",
            "一般行政管理事务",
            {"total": project, "basic": None, "project": project},
        ],
    ]


def test_lhasa_is_published_whole() -> None:
    disclosure = factories.publish_lhasa()

    assert Statement.objects.filter(disclosure=disclosure).count() == 8
    assert LineItem.objects.filter(disclosure=disclosure).count() == 202
    assert Project.objects.filter(disclosure=disclosure).count() == 30
    assert Indicator.objects.filter(disclosure=disclosure).count() == 201
    assert Project.objects.aggregate(total=Sum("yuan"))["total"] == Decimal("58840500.00")
    assert disclosure.current is not None
    assert disclosure.current.number == 1


def test_canonical_leaves_count_each_yuan_once() -> None:
    disclosure = factories.publish_lhasa()
    leaves = LineItem.objects.filter(disclosure=disclosure, is_leaf=True, is_canonical=True)

    functional = leaves.filter(statement__canonical_for__contains="functional")
    total = Amount.objects.filter(line_item__in=functional, measure="total").aggregate(total=Sum("yuan"))

    assert total["total"] == Decimal("58840500.00")
    assert {line.statement.key for line in functional} == {"expenditure_summary"}
    economic = leaves.filter(statement__canonical_for__contains="economic_dept")
    assert {line.statement.key for line in economic} == {"basic_by_economic"}


def test_rollups_have_every_level_and_the_region() -> None:
    disclosure = factories.publish_lhasa()
    rollups = Rollup.objects.filter(disclosure=disclosure, scheme="functional", measure="total", fund="all")

    assert rollups.get(code="").yuan == Decimal("58840500.00")
    assert rollups.get(code="201").yuan == Decimal("56194600.00")
    assert rollups.get(code="20103").yuan == Decimal("56194600.00")
    assert rollups.get(code="2010399").yuan == Decimal("46446700.00")
    region = Rollup.objects.get(department=None, scheme="functional", code="201", measure="total")
    assert (region.yuan, region.departments) == (Decimal("56194600.00"), 1)


def test_basic_is_the_sum_of_personnel_and_operating_where_it_is_not_printed() -> None:
    disclosure = factories.publish_lhasa()
    basic = Rollup.objects.get(disclosure=disclosure, scheme="functional", code="", measure="basic")

    assert basic.yuan == Decimal("12353500.00")


def test_overview_leads_to_the_cells() -> None:
    overview = factories.publish_lhasa().overview

    assert overview["revenue"]["yuan"] == overview["expenditure"]["yuan"] == "58840500.00"
    assert overview["personnel"]["yuan"] == "11310500.00"
    assert overview["operating"]["yuan"] == "1043000.00"
    assert overview["basic"]["yuan"] == "12353500.00"
    assert overview["project"] == {
        "yuan": "46487000.00",
        "statement": "expenditure-summary",
        "row": 0,
        "column": "project",
    }
    assert [(line["code"], line["total"]["yuan"]) for line in overview["functions"]] == [
        ("201", "56194600.00"),
        ("208", "1122900.00"),
        ("210", "680800.00"),
        ("221", "842200.00"),
    ]
    assert overview["three_public"]["2024"]["official_reception"] is None
    assert overview["three_public"]["2023"]["official_reception"]["yuan"] == "5000.00"
    assert overview["three_public"]["2024"]["total"]["yuan"] == "135000.00"


@pytest.mark.parametrize(
    ("unit", "yuan"), [("元", "1234.57"), ("万元", "12345678.00"), ("亿元", "123456780000.00")]
)
def test_units_are_exact(unit: str, yuan: str) -> None:
    rows = [[1, "expenditure", "item", "class", "201", "一般公共服务支出", {"total": "1234.5678"}]]
    disclosure = factories.publish(describe(rows, columns=["total"], unit=unit)).disclosure

    amount = Amount.objects.get(disclosure=disclosure)
    assert amount.yuan == Decimal(yuan)
    assert (amount.printed, amount.printed_value) == ("1234.5678", Decimal("1234.567800"))


def test_a_table_without_unit_is_refused_by_name() -> None:
    rows = [[1, "expenditure", "item", "class", "201", "一般公共服务支出", {"total": "1"}]]
    with pytest.raises(UnknownUnit, match="部门支出总表"):
        factories.publish(describe(rows, columns=["total"], unit=None))


def test_blank_zero_and_dash_stay_apart() -> None:
    rows = [
        [n, "expenditure", "item", "class", f"20{n}", "支出", {"total": text}]
        for n, text in enumerate([None, "0.00", "—", "1"])
    ]
    disclosure = factories.publish(describe(rows, columns=["total"])).disclosure

    amounts = Amount.objects.filter(disclosure=disclosure).order_by("id")
    assert [(a.state, a.yuan) for a in amounts] == [
        ("blank", None),
        ("zero", Decimal(0)),
        ("dash", None),
        ("amount", Decimal(10000)),
    ]


def test_publishing_the_same_again_changes_nothing() -> None:
    first = factories.publish(describe(tree()))
    version = DataVersion.objects.get(id=1).number
    second = factories.publish(describe(tree()))

    assert second == first
    assert DataVersion.objects.get(id=1).number == version


def test_a_revision_replaces_the_facts_and_tells_what_changed() -> None:
    factories.publish(describe(tree()))
    second = factories.publish(describe(tree(project="50")))
    disclosure = second.disclosure

    assert second.number == 2
    assert LineItem.objects.filter(disclosure=disclosure).count() == 5
    changed = PublicEvent.objects.filter(revision=second, kind="changed", label__contains="2010302")
    assert {(event.old, event.new) for event in changed} == {("40", "50")}
    assert Rollup.objects.get(department=None, code="", measure="total").yuan == Decimal(1_100_000)


def test_withdrawing_brings_the_earlier_revision_back() -> None:
    first = factories.publish(describe(tree()))
    second = factories.publish(describe(tree(project="50")))

    assert actions.withdraw_revision(second, by=None, now=factories.NOW, reason="数据有误") == first
    assert Rollup.objects.get(department=None, code="", measure="total").yuan == Decimal(1_000_000)
    assert actions.withdraw_revision(first, by=None, now=factories.NOW, reason="数据有误") is None
    assert not LineItem.objects.exists()
    assert not Rollup.objects.exists()
    assert PublicEvent.objects.filter(kind="withdrawn").count() == 2
    with pytest.raises(actions.AlreadyWithdrawn):
        actions.withdraw_revision(first, by=None, now=factories.NOW, reason="又一次")


def test_a_publisher_who_saw_an_older_revision_is_told() -> None:
    factories.publish(describe(tree()))
    with pytest.raises(actions.PublishedMeanwhile):
        factories.publish(describe(tree(project="50")), expected=0)


def test_region_sums_add_departments_up_but_never_units() -> None:
    region = factories.make_region()
    parent = factories.make_department()
    factories.publish(describe(tree()), department=parent)
    factories.publish(describe(tree()), department=factories.make_department("lhasa-b", "乙局"))
    factories.publish(
        describe(tree()), department=factories.make_department("lhasa-c", "甲局本级", parent=parent)
    )

    sums = Rollup.objects.filter(
        region=region, department=None, scheme="functional", code="", measure="total"
    )
    assert {(one.scope, one.yuan, one.departments) for one in sums} == {
        ("department", Decimal(2_000_000), 2),
        ("unit", Decimal(1_000_000), 1),
    }


def test_findings_keep_their_statements() -> None:
    finding = {
        "check": "children-add-up", "outcome": "mismatch", "severity": "error", "cause": "原因", "message": "不符",
        "left": "1235.35", "right": "2883.35", "difference": "-1648.00", "tolerance": "0.01", "places": [], "tables": [0],
    }  # fmt: skip
    disclosure = factories.publish(describe(tree()), findings=[finding]).disclosure

    result = CheckResult.objects.get(disclosure=disclosure)
    assert (result.difference, result.statements, result.unit) == (
        Decimal(-1648),
        ["expenditure-summary"],
        "万元",
    )
