"""The page of one department's year answers the first questions of a citizen, with the literal figures."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal

import plotly.graph_objects as go
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budgets.charts import CHARTS
from budgets.models import Disclosure, Explanation
from tests import factories
from tests.budgets.pages.conftest import BASE

Read = Callable[..., str]


def test_how_much_in_all_and_from_where(lhasa: Disclosure, read: Read) -> None:
    page = read(BASE)
    assert "2024年，该局预算 5,884.05 万元" in page
    assert "钱全部来自一般公共预算拨款收入" in page
    assert "一般公共预算拨款收入 100.00%" in page


def test_what_is_it_for(lhasa: Disclosure, read: Read) -> None:
    page = read(BASE)
    for share in ("95.50%", "1.91%", "1.43%", "1.16%"):
        assert share in page


def test_people_running_costs_or_projects(lhasa: Disclosure, read: Read) -> None:
    page = read(BASE)
    assert "每 100 元里，79 元是项目支出，19 元是人员经费，2 元是公用经费。" in page
    for name, share, amount in (
        ("项目支出", "79.01%", "4,648.70"),
        ("人员经费", "19.22%", "1,131.05"),
        ("公用经费", "1.77%", "104.30"),
    ):
        assert f"{share} {amount} 万元" in page, name


def test_three_public_expenses_of_two_years(lhasa: Disclosure, read: Read) -> None:
    page = read(BASE)
    assert "2024年合计 13.50 万元，比上年多 7.00 万元（+107.69%）。" in page
    assert "6.00 13.00 +7.00 +116.67%" in page, "vehicles"
    reception = page.split("公务接待费 ")[-1][:30]
    assert reception.startswith("0.50 未填列"), "2023 is 0.50 and 2024 is blank, not the other way round"


def test_what_does_not_add_up_is_named_once_and_explained(lhasa: Disclosure, read: Read) -> None:
    page = read(BASE)
    assert page.count("相差 1,648.00 万元") == 1
    assert "各项加起来比合计 1,235.35 万元多 1,648.00 万元，原因不明" in page
    assert "原因不明，发布单位还没有说明。" in page
    cause = lhasa.check_results.filter(outcome="mismatch", cause__contains="1,648.00").first()
    assert cause is not None
    Explanation.objects.create(disclosure=lhasa, cause=cause.cause, text="系填报时误列。", at=factories.NOW)
    assert "发布单位的说明 系填报时误列。" in read(BASE)


def test_the_figures_that_do_not_add_up_are_marked_where_they_stand(
    lhasa: Disclosure, client: Client
) -> None:
    page = client.get(f"{BASE}basic-by-economic/?open=all").content.decode()
    marked = re.findall(r'class="fig fig--amber"[^>]*>([^<]+)<', page)
    assert {"1,235.35", "104.30"} <= set(marked), "the printed totals that their parts do not make"
    assert "154.22" not in marked, "summands that nobody doubts are not marked"


def test_every_big_figure_leads_to_its_cell(lhasa: Disclosure, client: Client) -> None:
    page = client.get(BASE).content.decode()
    assert (
        'class="lede__figure fig" href="/departments/lhasa-xingzhengshenpi/2024/budget/source/?table=' in page
    )


def test_units_are_chosen_by_the_address(lhasa: Disclosure, read: Read) -> None:
    assert "58,840,500.00 元" in read(f"{BASE}?unit=yuan")
    assert "0.5884 亿元" in read(f"{BASE}?unit=yi")
    assert "5,884.05 万元" in read(f"{BASE}?unit=nonsense")


def test_english_says_the_same(lhasa: Disclosure, read: Read) -> None:
    page = read(f"/en{BASE}")
    assert "In 2024 this department budgeted 58.84 million yuan" in page
    assert "+107.69%" in page
    assert "79.01%" in page


@pytest.mark.parametrize("name", ["flow", "functions", "economic", "three-public"])
def test_charts_are_valid_plotly_figures_without_markup(lhasa: Disclosure, client: Client, name: str) -> None:
    response = client.get(f"{BASE}charts/{name}.json")
    assert response.status_code == 200
    figure = response.json()
    go.Figure(figure)
    text = json.dumps(figure, ensure_ascii=False)
    for tag in ("<b>", "<i>", "<span"):
        assert tag not in text, "plotly.js writes it as a style attribute, which the policy refuses"


def test_charts_that_have_nothing_to_say_are_absent(lhasa: Disclosure, client: Client) -> None:
    assert {"change", "trend", "execution"} <= set(CHARTS)
    for name in ("change", "trend", "execution", "unknown"):
        assert client.get(f"{BASE}charts/{name}.json").status_code == 404


def test_the_flow_neither_loses_nor_makes_money(lhasa: Disclosure, client: Client) -> None:
    link = client.get(f"{BASE}charts/flow.json").json()["data"][0]["link"]
    inflow: dict[int, Decimal] = {}
    outflow: dict[int, Decimal] = {}
    for source, target, value in zip(link["source"], link["target"], link["value"], strict=True):
        outflow[source] = outflow.get(source, Decimal(0)) + Decimal(str(value))
        inflow[target] = inflow.get(target, Decimal(0)) + Decimal(str(value))
    assert outflow[0] == Decimal("5884.05")
    for node in inflow.keys() & outflow.keys():
        assert inflow[node] == outflow[node]


def test_queries_do_not_depend_on_how_much_is_published(lhasa: Disclosure, client: Client) -> None:
    first = count_queries(client, BASE)
    for number in range(3):
        department = factories.make_department(slug=f"lhasa-other-{number}", name=f"其他局{number}")
        factories.publish(department=department)
    assert count_queries(client, BASE) == first <= 24
    assert count_queries(client, "/") <= 14


def count_queries(client: Client, address: str) -> int:
    """This will count the queries of one page, drawn a second time."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)
