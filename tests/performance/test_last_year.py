"""Plan and result over two years, ratios that a person defines, and what a withdrawal leaves."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from budgets.formatting import DEFAULT_UNIT
from budgets.models import DataVersion, Department, SearchEntry
from intake.parsing.draft import Draft, Indicator, Project
from intake.parsing.tables import Place
from performance.actions import remove_projects
from performance.models import Project as Stored
from performance.models import QualityHint, ServiceRatio
from performance.sections import read_last_year, read_ratios
from tests.drafts import make_draft
from tests.factories import make_department, publish

PLACE = Place(page=1, row=1)


def _draft(*, year: int, stage: str, amount: str, target: str, **fields: Any) -> Draft:
    indicator = Indicator(
        PLACE, "output", "quantity", "培训人数", "ge", target, "人", Decimal(90), **fields.get("of", {})
    )
    project = Project(
        place=PLACE,
        code=None,
        name="干部培训",
        amount=Decimal(amount),
        unit="万元",
        execution_weight=Decimal(10),
        objective="办好培训",
        objective_place=None,
        unit_code=None,
        unit_name="某局本级",
        indicators=(indicator,),
        **fields.get("project", {}),
    )
    made = make_draft({"head": {"fiscal_year": year, "stage": stage}})
    return replace(made, projects=(project,))


@pytest.fixture
def department(db: None) -> Department:
    """This will publish a final account of 2023 with results, and the budgets of 2023 and 2024."""
    department = make_department(slug="lhasa-peixun", name="拉萨市培训局")
    result = {
        "of": {"result": "366人", "score": Decimal(90)},
        "project": {"executed": Decimal(9), "score": Decimal(98)},
    }
    publish(
        _draft(year=2023, stage="final_accounts", amount="10", target="300", **result), department=department
    )
    publish(_draft(year=2023, stage="budget", amount="10", target="300"), department=department)
    publish(_draft(year=2024, stage="budget", amount="12", target="320"), department=department)
    return department


def test_the_page_shows_plan_result_and_score(client: Client, department: Department) -> None:
    text = client.get("/departments/lhasa-peixun/2023/final-accounts/projects/p0/").content.decode()
    assert "366人" in text
    assert "90.00%" in text  # 9 of 10 万元 spent
    assert ">98<" in text


def test_a_target_below_last_years_result_is_asked_about(department: Department) -> None:
    (hint,) = QualityHint.objects.filter(rule="target-not-raised")
    assert "366人" in hint.question
    assert hint.project.fiscal_year == 2024


def test_the_same_project_last_year(client: Client, department: Department) -> None:
    project = Stored.objects.get(fiscal_year=2024)
    last = read_last_year(project)
    assert last is not None
    assert (last["project"].fiscal_year, last["project"].stage, last["change"]) == (2023, "budget", "+20.00%")
    assert "+20.00%" in client.get("/departments/lhasa-peixun/2024/budget/projects/p0/").content.decode()


def test_a_ratio_that_a_person_defined(client: Client, department: Department) -> None:
    ServiceRatio.objects.create(
        department=department,
        fiscal_year=2024,
        name="每人培训费",
        projects="干部培训",
        indicator="培训人数",
        note="只此一项",
    )
    disclosure = Stored.objects.get(fiscal_year=2024).disclosure
    (ratio,) = read_ratios(disclosure, unit=DEFAULT_UNIT)
    assert (ratio["figure"], ratio["money"], ratio["unit"]) == ("375.00", "元", "人")
    ServiceRatio.objects.update(projects="干部培训\n没有的项目")
    assert read_ratios(disclosure, unit=DEFAULT_UNIT) == []


def test_withdrawing_leaves_nothing_behind(department: Department) -> None:
    disclosure = Stored.objects.get(fiscal_year=2024).disclosure
    remove_projects(disclosure)
    assert not Stored.objects.filter(disclosure=disclosure).exists()
    assert not SearchEntry.objects.filter(disclosure=disclosure, kind__in=["project", "indicator"]).exists()


def test_changing_a_group_in_the_admin_draws_the_pages_anew(
    admin_client: Client, department: Department
) -> None:
    before = DataVersion.objects.get(pk=1).number
    fields = {
        "slug": "x",
        "name": "培训",
        "name_en": "Training",
        "words": "培训",
        "words_not": "",
        "order": 1,
        "is_active": "on",
    }
    response = admin_client.post("/admin/performance/projectgroup/add/", fields)
    assert response.status_code == 302, response.content.decode()[:2000]
    assert DataVersion.objects.get(pk=1).number > before


def test_a_number_that_cannot_be_points_is_kept_as_printed_only(db: None) -> None:
    made = _draft(year=2024, stage="budget", amount="12", target="320")
    (project,) = made.projects
    wild = replace(project.indicators[0], weight=Decimal("1234567.89"), printed=("1234567.89",))
    made = replace(made, projects=(replace(project, indicators=(wild,)),))
    publish(made, department=make_department(slug="lhasa-wild", name="拉萨市某局"))
    stored = Stored.objects.get().indicators.get()
    assert (stored.weight, stored.printed) == (None, ["1234567.89"])
