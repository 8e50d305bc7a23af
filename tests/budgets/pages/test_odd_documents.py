"""Documents as they really come: negative, empty, one table only, very long, two years, two stages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go
from django.test import Client

from budgets.models import CheckResult
from tests import factories
from tests.budgets.pages.conftest import BASE

Read = Callable[..., str]
SUMMARY = [
    {"key": "total", "measure": "total", "heading": ["合计"]},
    {"key": "basic", "measure": "basic", "heading": ["基本支出"]},
    {"key": "project", "measure": "project", "heading": ["项目支出"]},
]


def make_spec(
    rows: list[Any], *, year: int = 2024, stage: str = "budget", phase: str = "approved"
) -> dict[str, Any]:
    """This will describe a document with 部门支出总表 alone; rows are (code, name, total, basic, project)."""
    columns = [{**column, "phase": phase} for column in SUMMARY]
    return {
        "head": {"fiscal_year": year, "stage": stage},
        "tables": [
            {
                "statement": "expenditure_summary",
                "title": "部门支出总表",
                "columns": columns,
                "rows": [
                    [
                        number,
                        "expenditure",
                        "item" if code else "total",
                        {3: "class", 5: "subclass", 7: "item"}.get(len(code or ""), "total"),
                        code,
                        name,
                        dict(zip(("total", "basic", "project"), amounts, strict=True)),
                    ]
                    for number, (code, name, *amounts) in enumerate(rows, start=1)
                ],
            }
        ],
    }


def test_negative_amounts_are_shown_and_not_drawn_as_areas(db: None, read: Read, client: Client) -> None:
    rows = [
        (None, "合计", "90.00", "90.00", None),
        ("201", "一般公共服务支出", "100.00", "100.00", None),
        ("208", "社会保障和就业支出", "-10.00", "-10.00", None),
    ]
    factories.publish(make_spec(rows), with_checks=False)
    page = read(BASE)
    assert "−10.00" in page
    assert "各项加起来比合计" not in page, "100 − 10 is the 90 that is printed"
    assert client.get(f"{BASE}charts/functions.json").status_code == 404
    assert client.get(f"{BASE}charts/flow.json").status_code == 404
    assert "每一块多大？" not in page


def test_a_total_of_zero(db: None, read: Read) -> None:
    rows = [(None, "合计", "0.00", "0.00", "0.00"), ("201", "一般公共服务支出", "0.00", None, "—")]
    factories.publish(make_spec(rows), with_checks=False)
    page = read(BASE)
    assert "2024年，该局预算 0.00 万元" in page
    assert "每 100 元里" not in page
    statement = read(f"{BASE}expenditure-summary/")
    assert "一般公共服务支出 0.00 未填列 —" in statement


def test_a_document_without_any_total(db: None, read: Read) -> None:
    spec = {"head": {"fiscal_year": 2024, "stage": "budget"}, "tables": []}
    factories.publish(spec, with_checks=False)
    assert "2024年该局的文件里没有可以相加的总数。" in read(BASE)


def test_a_name_of_two_hundred_characters(db: None, read: Read) -> None:
    name = "关于" + "进" * 198
    factories.publish(
        make_spec([(None, "合计", "5.00", "5.00", None), ("201", name, "5.00", "5.00", None)]),
        with_checks=False,
    )
    assert name in read(f"{BASE}expenditure-summary/")


def test_six_hundred_rows_come_in_pages(db: None, read: Read) -> None:
    rows = [(None, "合计", "600.00", "600.00", None)]
    rows += [(f"2{number:06d}", f"第{number}项", "1.00", "1.00", None) for number in range(600)]
    factories.publish(make_spec(rows), with_checks=False)
    first = read(f"{BASE}expenditure-summary/")
    assert "第98项" in first
    assert "第100项" not in first
    assert "第100项" in read(f"{BASE}expenditure-summary/?page=2")


def test_last_year_new_and_vanished_lines(db: None, read: Read, client: Client) -> None:
    before = [
        (None, "合计", "100.00", "60.00", "40.00"),
        ("201", "一般公共服务支出", "100.00", "60.00", "40.00"),
        ("20101", "人大事务", "100.00", "60.00", "40.00"),
        ("2010101", "行政运行", "60.00", "60.00", None),
        ("2010104", "人大会议", "40.00", None, "40.00"),
    ]
    now = [
        (None, "合计", "150.00", "60.00", "90.00"),
        ("201", "一般公共服务支出", "150.00", "60.00", "90.00"),
        ("20101", "人大事务", "150.00", "60.00", "90.00"),
        ("2010101", "行政运行", "60.00", "60.00", None),
        ("2010108", "代表工作", "90.00", None, "90.00"),
    ]
    factories.publish(make_spec(before, year=2023), with_checks=False)
    factories.publish(make_spec(now), with_checks=False)
    page = read(BASE)
    assert "比上年多 50.00 万元（+50.00%）。" in page
    assert "新增的项目 代表工作 2010108 90.00 万元" in page
    assert "不再有的项目 人大会议 2010104 上年 40.00 万元" in page
    assert "从 2023年的 100.00 万元到 2024年的 150.00 万元（+50.00%，当年价）。" in page
    for name in ("change", "trend"):
        go.Figure(client.get(f"{BASE}charts/{name}.json").json())


def test_a_missing_year_is_a_gap_with_a_word(db: None, read: Read, client: Client) -> None:
    for year in (2021, 2023, 2024):
        factories.publish(
            make_spec(
                [(None, "合计", "10.00", "10.00", None), ("201", "甲", "10.00", "10.00", None)], year=year
            ),
            with_checks=False,
        )
    assert "本站没有 2022年的文件。" in read(BASE)
    trace = client.get(f"{BASE}charts/trend.json").json()["data"][0]
    assert trace["y"][trace["x"].index("2022")] is None
    assert trace["connectgaps"] is False


def test_planned_and_spent_stand_side_by_side(db: None, read: Read, client: Client) -> None:
    rows = [(None, "合计", "100.00", "100.00", None), ("201", "一般公共服务支出", "100.00", "100.00", None)]
    spent = [(None, "合计", "80.00", "80.00", None), ("201", "一般公共服务支出", "80.00", "80.00", None)]
    factories.publish(make_spec(rows), with_checks=False)
    factories.publish(make_spec(spent, stage="final_accounts", phase="executed"), with_checks=False)
    page = read(BASE)
    assert "年初预算 100.00 万元，实际支出 80.00 万元，执行率 80.00%。" in page
    assert "执行率 = 决算数 ÷ 年初预算数" in page
    final = read(BASE.replace("/budget/", "/final-accounts/"))
    assert "2024年，该局实际支出 80.00 万元" in final
    go.Figure(client.get(f"{BASE}charts/execution.json").json())


def make_agency_spec(year: int, amount: str) -> dict[str, Any]:
    """This will describe a document with 机关运行经费 alone."""
    column = {"key": "agency_operating", "measure": "agency_operating", "heading": ["机关运行经费"]}
    row = [1, "expenditure", "total", "total", None, "合计", {"agency_operating": amount}]
    table = {"statement": "agency_operating", "title": "机关运行经费", "columns": [column], "rows": [row]}
    return {"head": {"fiscal_year": year, "stage": "budget"}, "tables": [table]}


def test_a_change_of_scope_is_drawn_as_a_break(db: None, read: Read, client: Client) -> None:
    years = {
        year: factories.publish(make_agency_spec(year, amount), with_checks=False).disclosure
        for year, amount in ((2022, "9193.40"), (2023, "3407.38"), (2024, "3580.05"))
    }
    assert "前后不能直接比" not in read(BASE)
    whole = client.get(f"{BASE}charts/agency.json").json()
    assert [trace["x"] for trace in whole["data"]] == [[2022, 2023, 2024]]
    CheckResult.objects.create(
        disclosure=years[2022],
        other=years[2023],
        position=1,
        check_code="definition-changed",
        outcome="undetermined",
        severity="warning",
        message="口径不同",
    )
    page = read(BASE)
    assert "2024年 3,580.05 万元。2023年口径变了，前后不能直接比。" in page
    broken = client.get(f"{BASE}charts/agency.json").json()
    assert [trace["x"] for trace in broken["data"]] == [[2022], [2023, 2024]], "no line over the break"
    assert broken["layout"]["annotations"][0]["text"] == "口径变了"
    go.Figure(broken)


def test_last_years_three_public_come_from_its_own_document(db: None, read: Read) -> None:
    for year, amount in ((2023, "6.50"), (2024, "13.50")):
        column = {"key": "total", "measure": "total", "heading": ["合计"]}
        row = [1, "expenditure", "total", "total", None, "合计", {"total": amount}]
        table = {"statement": "three_public", "title": "三公", "columns": [column], "rows": [row]}
        spec = {"head": {"fiscal_year": year, "stage": "budget"}, "tables": [table]}
        factories.publish(spec, with_checks=False)
    assert "2024年合计 13.50 万元，比上年多 7.00 万元（+107.69%）。" in read(BASE)
