"""The figures of domain.md §7 (questions 4, 6, 10, 13–17, 19) for the Lhasa document."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budgets.formatting import format_percent
from performance.models import ProjectGroup
from performance.summary import Portfolio
from performance.unit_cost import Refusal, UnitCost


def test_biggest_projects(portfolio: Portfolio) -> None:
    assert portfolio.total == Decimal("58840500.00")
    assert portfolio.whole == Decimal("58840500.00")
    assert portfolio.by_size[0].name == "社招人员经费"
    assert format_percent(portfolio.top_share(1)) == "24.42%"
    assert format_percent(portfolio.top_share(6)) == "73.78%"
    assert format_percent(portfolio.top_share(8)) == "85.17%"


def test_concentration(portfolio: Portfolio) -> None:
    assert round(portfolio.herfindahl or 0, 1) == Decimal("1182.4")


def test_vague_goals(portfolio: Portfolio) -> None:
    made = portfolio.tally
    assert (made.qualitative, made.count, format_percent(made.share)) == (56, 201, "27.86%")
    assert (made.qualitative_weight, made.weight, format_percent(made.weight_share)) == (626, 2700, "23.19%")
    code, projects, city = portfolio.by_origin[1]
    assert (code, len(projects), city.qualitative, city.count, format_percent(city.share)) == (
        "540100",
        17,
        53,
        144,
        "36.81%",
    )
    project, words = portfolio.vaguest or (None, None)
    assert project is not None
    assert words is not None
    assert (project.name, words.qualitative_weight, words.weight) == (
        "拉萨市12345政府热线服务平台建设资金",
        60,
        90,
    )


def test_gaps(portfolio: Portfolio) -> None:
    gaps = {gap.kind: gap for gap in portfolio.gaps}
    numbers = {kind: {project.position + 1 for project in gap.projects} for kind, gap in gaps.items()}
    people = {p.position + 1 for p in portfolio.projects if p.category == "personnel"}
    assert len(numbers["satisfaction"]) == 12
    assert gaps["satisfaction"].yuan == Decimal("12353500.00")
    assert numbers["timeliness"] == {10, 11, 15, 20, 21} | people
    assert numbers["cost"] == {10, 11, 28} | people
    assert "benefit" not in gaps


def test_weight_patterns(portfolio: Portfolio) -> None:
    patterns = {
        pattern: {project.position + 1 for project in projects} for pattern, projects in portfolio.patterns
    }
    assert patterns["50/30/10"] == {15, 16, 19, 20, 22, 24, 28, 29}
    assert patterns["60/20/10"] == {12, 14, 17, 18, 21, 30}
    assert patterns["40/40/10"] == {23, 25, 26, 27}
    assert len(patterns["60/30/0"]) == 10
    assert len(patterns["50/40/0"]) == 2


def test_what_is_bought(portfolio: Portfolio) -> None:
    bought = {one.group.slug: one for one in portfolio.bought(list(ProjectGroup.objects.all()))}
    staff = bought["contract-staff"]
    assert {one.name for one in staff.projects} == {"社招人员经费", "12345政务服务热线人员经费"}
    assert format_percent(staff.with_personnel) == "53.00%"
    technology = bought["it"]
    assert {one.position + 1 for one in technology.projects} == {23, 25, 26, 27, 28}
    assert (technology.yuan, format_percent(technology.share)) == (Decimal("11405600.00"), "19.38%")
    hotline = bought["hotline-12345"]
    assert {one.position + 1 for one in hotline.projects} == {17, 23, 27, 28}
    assert (hotline.yuan, format_percent(hotline.share)) == (Decimal("7552000.00"), "12.83%")
    own = bought["hotline-12345-own"]
    assert (own.yuan, format_percent(own.share)) == (Decimal("6588200.00"), "11.20%")


def test_a_group_can_be_changed(portfolio: Portfolio) -> None:
    group = ProjectGroup(slug="canteen", name="食堂", name_en="Canteen", words="食堂", words_not="")
    (bought,) = portfolio.bought([group])
    assert (bought.yuan, format_percent(bought.share)) == (Decimal("900000.00"), "1.53%")


@pytest.mark.parametrize(
    ("name", "unit", "yuan"),
    [
        ("物业管理费", "平方米", "113.75"),
        ("社招人员经费", "人", "83537.21"),
        ("12345政务服务热线人员经费", "人", "105869.23"),
        ("食堂运行经费", "人", "2647.06"),
        ("政务服务服装经费", "套", "2820.00"),
    ],
)
def test_cost_of_one_unit(portfolio: Portfolio, name: str, unit: str, yuan: str) -> None:
    found, _refused = portfolio.unit_costs
    (cost,) = [one for one in found if one.project.name == name]
    assert (cost.unit, cost.yuan) == (unit, Decimal(yuan))


def test_costs_that_make_no_sense_are_refused(portfolio: Portfolio) -> None:
    found, refused = portfolio.unit_costs
    assert not {"大厅运行经费", "公共资源交易中心业务经费", "网络安全及运行维护费"} & {
        one.project.name for one in found
    }
    reasons = {one.project.name: one.reason for one in refused}
    assert "大厅运行经费" in reasons
    assert all(isinstance(one, UnitCost) for one in found)
    assert all(isinstance(one, Refusal) for one in refused)


def test_a_lower_bound_gives_the_most_it_can_cost(portfolio: Portfolio) -> None:
    found, _refused = portfolio.unit_costs
    bounds = {one.project.name: one.at_most for one in found}
    assert bounds["食堂运行经费"] is True
    assert bounds["社招人员经费"] is False
