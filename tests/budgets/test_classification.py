"""The code lists: valid by year, found by code and by printed name."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.core.management import call_command

from budgets.classification import find_code, find_name
from budgets.classification.loading import read_nodes
from budgets.models import ClassificationNode


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scheme", "code", "year", "name"),
    [
        ("functional", "207", 2018, "文化体育与传媒支出"),
        ("functional", "207", 2019, "文化旅游体育与传媒支出"),
        ("functional", "20805", 2019, "行政事业单位离退休"),
        ("functional", "20805", 2020, "行政事业单位养老支出"),
        ("functional", "224", 2018, None),
        ("functional", "2010301", 2024, "行政运行"),
        ("economic_dept", "305", 2017, "转移性支出"),
        ("economic_dept", "305", 2024, None),
        ("economic_dept", "30217", 2024, "公务接待费"),
        ("economic_gov", "501", 2024, "机关工资福利支出"),
    ],
)
def test_a_code_has_the_name_of_its_year(scheme: str, code: str, year: int, name: str | None) -> None:
    assert find_name(scheme, code, year=year) == name


@pytest.mark.django_db
def test_classes_are_found_by_the_name_a_document_prints() -> None:
    assert find_code("一、一般公共服务支出", scheme="functional", year=2024) == "201"
    assert find_code("七、文化体育与传媒支出", scheme="functional", year=2019) == "207"
    assert find_code("二十一、粮油物资储备支出", scheme="functional", year=2024) == "222"
    assert find_code("行政运行", scheme="functional", year=2024, length=7) is None
    assert find_code("结转下年", scheme="functional", year=2024) is None


@pytest.mark.django_db
def test_loading_again_renews_and_keeps_what_people_added() -> None:
    ClassificationNode.objects.filter(code="201").update(name="误")
    ClassificationNode.objects.create(scheme="functional", code="2019999", name="某省自设", year_from=2024)
    call_command("load_classification", verbosity=0)

    assert find_name("functional", "201", year=2024) == "一般公共服务支出"
    assert find_name("functional", "2019999", year=2024) == "某省自设"
    assert ClassificationNode.objects.count() == sum(1 for _ in read_nodes()) + 1


def test_every_name_has_its_years_once_and_a_class_above_it() -> None:
    nodes = list(read_nodes())
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for node in nodes:
        spans.setdefault((node["scheme"], node["code"]), []).append((node["year_from"], node["year_to"]))
    for years in spans.values():
        ordered = sorted(years)
        assert all(first[1] < second[0] for first, second in pairwise(ordered))
    assert all((scheme, code[:3]) in spans for scheme, code in spans)
