"""A statement's page: rows open by address, sorted, filtered, in pages; its CSV has the same figures."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal

from django.test import Client

from budgets.models import Disclosure
from tests import factories
from tests.budgets.pages.conftest import BASE

Read = Callable[..., str]
FUNCTIONS = f"{BASE}expenditure-by-function/"


def test_rows_stand_as_printed(lhasa: Disclosure, read: Read) -> None:
    page = read(FUNCTIONS)
    assert "2010301 行政运行 974.79" in page
    assert "22103 城乡社区住宅" in page
    assert "2210203" not in page


def test_rows_open_by_address(lhasa: Disclosure, read: Read) -> None:
    assert "20103" not in read(f"{FUNCTIONS}?open=")
    opened = read(f"{FUNCTIONS}?open=201")
    assert "20103" in opened
    assert "2010301" not in opened
    assert "2010301 行政运行" in read(f"{FUNCTIONS}?open=201,20103")
    assert "2080505" in read(f"{FUNCTIONS}?open=all")


def test_a_triangle_leads_to_the_row_opened_or_closed(lhasa: Disclosure, client: Client) -> None:
    page = client.get(f"{FUNCTIONS}?open=201").content.decode()
    assert 'aria-expanded="true"' in page
    assert 'href="?open=201%2C20103#' in page or "open=201%2C20103" in page
    assert "open=#" in page, "closing 201 leaves nothing open"


def test_rows_sort_among_their_siblings(lhasa: Disclosure, client: Client) -> None:
    page = client.get(f"{FUNCTIONS}?sort=total&open=").content.decode()
    order = [page.index(f'data-mark="{code}"') for code in ("210", "221", "208", "201")]
    assert order == sorted(order)
    assert 'aria-sort="ascending"' in page


def test_a_filter_shows_matching_rows_with_those_above(lhasa: Disclosure, read: Read) -> None:
    page = read(f"{FUNCTIONS}?q=公积金")
    assert "221 住房保障支出" in page
    assert "2210201 住房公积金 84.22" in page
    assert "卫生健康" not in page


def test_the_csv_has_the_same_figures(lhasa: Disclosure, client: Client) -> None:
    response = client.get(f"{BASE}expenditure-by-function.csv")
    text = response.content.decode("utf-8-sig")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert "\r\n" in text
    rows = list(csv.reader(io.StringIO(text)))
    total = rows[0].index(next(cell for cell in rows[0] if "合计" in cell))
    leaves = [row for row in rows[1:] if len(row[0]) == 7 and row[total]]
    assert sum(Decimal(row[total]) for row in leaves) == Decimal("5884.05")
    blank = next(row for row in rows if row[0] == "2210301")
    assert blank[total] == ""


def test_the_csv_follows_the_filter_of_the_address(lhasa: Disclosure, client: Client) -> None:
    text = client.get(f"{BASE}expenditure-by-function.csv?q=公积金&unit=yuan").content.decode("utf-8-sig")
    assert "842200.00" in text
    assert "卫生健康" not in text


def test_a_cell_is_never_a_formula(db: None, client: Client) -> None:
    draft = {
        "head": {"fiscal_year": 2024, "stage": "budget"},
        "tables": [
            {
                "statement": "expenditure_by_function",
                "title": "表",
                "columns": ["total"],
                "rows": [[1, "expenditure", "item", "class", "201", "=HYPERLINK(1)", {"total": "-3.00"}]],
            }
        ],
    }
    factories.publish(draft, with_checks=False)
    text = client.get(f"{BASE}expenditure-by-function.csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert ",-3.00" in text


def test_both_halves_of_a_summary_are_shown(lhasa: Disclosure, read: Read) -> None:
    page = read(f"{BASE}department-summary/")
    assert "收入 单位：万元" in page
    assert "支出 单位：万元" in page


def test_an_empty_table_says_so(lhasa: Disclosure, read: Read) -> None:
    page = read(f"{BASE}fund-three-public/")
    assert "原件印了这张表，但没有填任何数据，也没有说明原因。" in page


def test_a_statement_that_does_not_exist(lhasa: Disclosure, read: Read) -> None:
    read(f"{BASE}no-such-table/", status=404)
