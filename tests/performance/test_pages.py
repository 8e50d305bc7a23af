"""The pages of projects and promises, with the answers that a reader of the Lhasa budget finds on them."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client

from budgets.models import Disclosure
from performance.words import RULE_TEXTS

BASE = "/departments/lhasa-xingzhengshenpi/2024/budget/projects/"
PROPERTY = f"{BASE}54010024T000001543300/"


def read(client: Client, url: str) -> str:
    """Return a page's text without tags, blanks collapsed."""
    response = client.get(url)
    assert response.status_code == 200, url
    assert not response.cookies
    body = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).replace("&quot;", '"')


def test_all_answers_stand_on_the_projects_page(client: Client, lhasa: Disclosure) -> None:
    text = read(client, BASE)
    for answer in (
        "201",  # promises
        "72.14%",  # measurable
        "27.86%",
        "201 项里的 56 项",
        "2700 分里的 626 分",
        "23.19%",
        "1182",
        "24.42%",
        "前 6 个占 73.78%",
        "前 8 个占 85.17%",
        "53.00%",
        "19.22%",
        "1,140.56",
        "19.38%",
        "755.20",
        "12.83%",
        "658.82",
        "11.20%",
        "113.75 元/平方米",
        "8.35 万元/人",
        "10.59 万元/人",
        "2,647.06 元/人",
        "144 项指标里 53 项定性（36.81%）",
        "12 个项目，合计 1,235.35 万元",
        "90 分里有 60 分是词",
        "50/30/10 8 个项目",
    ):
        assert re.sub(r"\s", "", answer) in re.sub(r"\s", "", text), answer


def test_the_words_of_domain_2_4_stand_on_the_page(client: Client, lhasa: Disclosure) -> None:
    text = re.sub(r"\s", "", read(client, BASE))
    for question in (
        "“科目调整次数=5次”：少于5次算不算完成？",
        "“成本控制率≤61.46万元”",
        "“系统故障率≤3次”",
        "“物业服务面积=50467元/平方米”",
        "“群众满意度定性98%”",
        "“政务服务工作能力定性提高%”",
        "“活动人均成本≤4000元”与“人均活动成本≤4000元”看来是同一件事",
        "50套”乘以“单套服装成本≤1000元”等于5.00万元，项目金额是14.10万元",
        "绩效目标写满意度97%，指标写95%，低于目标",
        "测算2024年度物业管理费543.45万元”，项目金额却是574.08万元",
        "“合同履约责任”一项占40分",
    ):
        assert question in text, question


def test_a_project_page_shows_its_promises(client: Client, lhasa: Disclosure) -> None:
    text = re.sub(r"\s", "", read(client, PROPERTY))
    for words in ("574.08", "9.76%", "30个项目里第3大", "物业服务面积", "543.45", "113.75元/平方米"):
        assert words in text, words


@pytest.mark.parametrize("sort", ["amount", "name", "promises", "words"])
def test_sorting_is_in_the_address(client: Client, lhasa: Disclosure, sort: str) -> None:
    body = client.get(BASE, {"sort": sort}).content.decode()
    names = re.findall(r'data-mark="(54\w+)"', body)
    assert len(names) == 30
    first = {"amount": "社招人员经费", "name": "工资性支出", "promises": "网络安全及运行维护费"}.get(sort)
    row = body[body.index(f'data-mark="{names[0]}"') :][:600]
    assert first is None or first in row


def test_units_in_the_address(client: Client, lhasa: Disclosure) -> None:
    assert "14,368,400.00" in read(client, f"{BASE}?unit=yuan")


def test_english_pages(client: Client, lhasa: Disclosure) -> None:
    for url in (BASE, PROPERTY, "/performance/", "/performance/rules/", "/performance/rules/no-benefit/"):
        assert client.get(f"/en{url}").status_code == 200
    text = read(client, f"/en{BASE}")
    assert "72.14%" in text
    assert "Which one holds?" in text


def _rows(client: Client, url: str) -> list[dict[str, str]]:
    response = client.get(url)
    assert response.status_code == 200
    parts = response.streaming_content if response.streaming else [response.content]
    text = b"".join(parts).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_chart_is_plain_json(client: Client, lhasa: Disclosure) -> None:
    figure = client.get(f"{BASE}chart.json").json()
    (bars,) = figure["data"]
    assert bars["x"][-1] == 1436.84
    assert bars["text"][-1] == "1,436.84  24.42%"


COUNTS = {
    "": 201,
    "operator=qualitative": 56,
    "operator=number": 145,
    "dimension=satisfaction": 19,
    "type=quality": 52,
    "rule=degenerate-bound": 2,
    "year=2023": 0,
    "department=nobody": 201,
}


@pytest.mark.parametrize("query", COUNTS)
def test_the_explorer_counts(client: Client, lhasa: Disclosure, query: str) -> None:
    response = client.get(f"/performance/?{query}")
    assert response.status_code == 200
    assert response.context["counted"]["count"] == COUNTS[query]


@pytest.mark.django_db(transaction=True)
def test_the_csv_twins_hold_the_rows_of_their_pages(client: Client, lhasa: Disclosure) -> None:
    rows = _rows(client, f"{BASE.rstrip('/')}.csv")
    assert len(rows) == 30
    assert sum(float(row["amount_yuan"]) for row in rows) == 58840500.0
    rows = _rows(client, f"{PROPERTY.rstrip('/')}.csv")
    assert len(rows) == 9
    assert {row["project"] for row in rows} == {"物业管理费"}
    for query in (*COUNTS, "q=满意度", "dimension=output&operator=qualitative&type=timeliness"):
        counted = client.get(f"/performance/?{query}").context["counted"]["count"]
        assert len(_rows(client, f"/performance.csv?{query}")) == counted, query


def test_the_explorer_turns_pages(client: Client, lhasa: Disclosure) -> None:
    response = client.get("/performance/?page=5")
    assert len(response.context["table"].rows) == 1
    assert client.get("/performance/?page=99&dimension=nonsense&year=x").status_code == 200


def test_every_rule_has_a_page(client: Client, lhasa: Disclosure) -> None:
    for code, text in RULE_TEXTS.items():
        assert str(text.title) in client.get(f"/performance/rules/{code}/").content.decode()
    assert client.get("/performance/rules/unknown/").status_code == 404


def test_an_unknown_project_is_not_found(client: Client, lhasa: Disclosure) -> None:
    assert client.get(f"{BASE}nothing/").status_code == 404


def test_the_disclosure_page_shows_the_panel(client: Client, lhasa: Disclosure) -> None:
    text = read(client, "/departments/lhasa-xingzhengshenpi/2024/budget/")
    assert "最大的 8 个占 85.17%" in text
    assert "145 项（72.14%）" in text


def test_projects_and_indicators_are_found_by_search(client: Client, lhasa: Disclosure) -> None:
    text = read(client, "/search/?q=物业")
    assert "物业管理费" in text
    assert "物业服务面积" in read(client, "/search/?q=服务面积")


@pytest.mark.parametrize("url", [BASE, PROPERTY, "/performance/"])
def test_queries_do_not_grow_with_rows(
    client: Client, lhasa: Disclosure, url: str, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    with django_assert_max_num_queries(24):
        client.get(url)


def test_what_is_promised_in_plain_words(client: Client, lhasa: Disclosure) -> None:
    text = re.sub(r"\s", "", read(client, "/performance/?q=满意度&dimension=satisfaction"))
    for target in ("≥95%", "≥96%", "≥98%", "≥99%"):
        assert target in text, target
    assert "接通率" in (text := re.sub(r"\s", "", read(client, "/performance/?q=接通率")))
    assert "≥98%" in text
