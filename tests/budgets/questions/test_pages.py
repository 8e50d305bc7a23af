"""Pages that ask across disclosures: literal answers, refusals with reasons, both languages."""

from __future__ import annotations

import csv
import io
import re
from xml.etree import ElementTree

import pytest
from django.core.signing import TimestampSigner
from django.test import Client
from PIL import Image

from budgets.models import Disclosure, Remark
from budgets.search.entries import index_classification
from budgets.search.find import find
from budgets.search.tokens import compose_query, compose_vector, find_initials
from tests import factories

pytestmark = pytest.mark.django_db
HEAD = {"fiscal_year": 2024, "stage": "budget", "scope": "department"}


@pytest.fixture
def lhasa(db: None) -> Disclosure:
    """The Lhasa budget of 2024, published."""
    return factories.publish_lhasa()


@pytest.fixture
def other(lhasa: Disclosure) -> Disclosure:
    """A second, small department of the same place and year."""
    return publish_small("lhasa-jia", "甲局")


def publish_small(
    slug: str, name: str, *, year: int = 2024, stage: str = "budget", **fields: object
) -> Disclosure:
    rows = [
        [1, "expenditure", "total", "total", None, "合计", {"total": "10"}],
        [2, "expenditure", "item", "class", "201", "一般公共服务支出", {"total": "10"}],
    ]
    column = (
        {"key": "total", "measure": "total", "phase": "executed"} if stage == "final_accounts" else "total"
    )
    table = {"statement": "expenditure_summary", "title": "部门支出总表", "columns": [column], "rows": rows}
    draft = {"head": HEAD | {"department": name, "fiscal_year": year, "stage": stage}, "tables": [table]}
    department = factories.make_department(slug, name, **fields)
    return factories.publish(
        draft,
        department=department,
        documents=[factories.make_document(f"{slug}{year}{stage}", slug.encode() + bytes([year % 100]))],
    ).disclosure


def get(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code == status, body[:300]
    return body.decode()


def read_text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_a_line_says_who_spends_how_much_of_how_many(client: Client, other: Disclosure) -> None:
    page = read_text(get(client, "/items/functional/201/"))
    assert "2 个部门在这一科目上一共安排 5,629.46 万元" in page
    assert "2 个里有 2 个" in page
    assert page.index("拉萨市行政审批和便民服务局") < page.index("甲局")


def test_a_line_leads_down_to_its_parts(client: Client, lhasa: Disclosure) -> None:
    page = get(client, "/items/functional/20103/?unit=yuan")
    assert "/items/functional/2010301/?unit=yuan" in page
    assert "9,747,900.00" in page


@pytest.mark.parametrize("address", ["/items/functional/999/", "/items/nonsense/201/"])
def test_an_unknown_line_is_not_found(client: Client, lhasa: Disclosure, address: str) -> None:
    get(client, address, status=404)


def test_comparison_puts_departments_side_by_side(client: Client, other: Disclosure) -> None:
    address = f"d={other.department.slug},lhasa-xingzhengshenpi"
    page = read_text(get(client, f"/compare/?{address}"))
    assert "甲局" in page
    assert "5,619.46" in page
    assert "10.00" in page
    shares = read_text(get(client, f"/compare/?{address}&show=share"))
    assert "100.00%" in shares
    assert "95.50%" in shares
    rows = list(
        csv.DictReader(io.StringIO(get(client, f"/compare.csv?{address}").lstrip("\ufeff"), newline=""))
    )
    assert {(row["key"], row["department"], row["amount_yuan"]) for row in rows} >= {
        ("201", "甲局", "100000.00"),
        ("201", "拉萨市行政审批和便民服务局", "56194600.00"),
    }
    figure = client.get(f"/compare/chart.json?{address}").json()
    assert len(figure["data"]) == 2
    assert figure["layout"]["xaxis"]["range"] == figure["layout"]["xaxis2"]["range"]


def test_a_department_and_a_unit_are_not_compared(client: Client, lhasa: Disclosure) -> None:
    unit = publish_small("lhasa-jia-benji", "甲局本级", parent=lhasa.department)
    page = read_text(get(client, f"/compare/?d=lhasa-xingzhengshenpi,{unit.department.slug}"))
    assert "“甲局本级”没有放进来：部门的数包含下属单位" in page


def test_budget_and_final_account_are_compared_only_as_planned_and_spent(
    client: Client, other: Disclosure
) -> None:
    publish_small("lhasa-jia", "甲局", stage="final_accounts")
    together = read_text(get(client, "/compare/?d=lhasa-jia&stage=both"))
    apart = read_text(get(client, "/compare/?d=lhasa-jia,lhasa-xingzhengshenpi&stage=both"))
    assert "2024年预算" in together
    assert "2024年决算" in together
    assert "这里只比较预算" not in together
    assert "这里只比较预算" in apart


def test_a_missing_year_and_a_wrong_department_are_said(client: Client, lhasa: Disclosure) -> None:
    page = read_text(get(client, "/compare/?d=lhasa-xingzhengshenpi,nobody&y=2019,2024"))
    assert "2019年的文件本站还没有" in page
    assert "没有地址名为“nobody”的部门" in page


def test_adding_a_department_moves_into_the_address(client: Client, other: Disclosure) -> None:
    response = client.get("/compare/?d=lhasa-jia&add=lhasa-xingzhengshenpi&by=kind")
    assert response.status_code == 302
    assert "d=lhasa-jia%2Clhasa-xingzhengshenpi" in response["Location"]
    assert "by=kind" in response["Location"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("审批", True),
        ("拉", True),
        ("局", True),
        ("行政审批和便民", True),
        ("lssxzsp", True),
        ("LSS", True),
        ("批审", False),
        ("北京", False),
        ("%", False),
        ("'", False),
    ],
)
def test_search_finds_words_of_any_length(lhasa: Disclosure, query: str, found: bool) -> None:
    titles = {hit.title for _kind, hit in find(query, limit=50).hits}
    assert ("拉萨市行政审批和便民服务局" in titles) == found


def test_search_agrees_with_looking_at_every_name(lhasa: Disclosure) -> None:
    names = [
        "校舍维修",
        "城乡居民基本养老保险",
        "教育局",
        "教育",
        "12345热线",
        "第二中学",
        "老旧小区改造",
        "河长制",
    ]
    for index, name in enumerate(names):
        factories.make_department(f"lhasa-d{index}", name)
    from budgets.models import Department
    from budgets.search.entries import index_department

    for department in Department.objects.all():
        index_department(department)
    for query in ("教育", "二中学", "河长", "小区", "养老保险", "1234", "学", "局", "维修"):
        found = {hit.title for kind, hit in find(query, kind="department", limit=100).hits}
        expected = {name for name in Department.objects.values_list("name", flat=True) if query in name}
        assert found == expected, query


def test_tokens() -> None:
    assert compose_vector("教育局") == "'教育':1 '育局':2 '局':3"
    assert compose_query("教育局") == "('教育' <-> '育局')"
    assert compose_query("局") == "'局':*"
    assert compose_query("２０１０３") == "'20103':*"
    assert compose_query("!&|'") is None
    assert find_initials("拉萨市12345热线") == "lss12345rx"


def test_search_page_says_what_to_try(client: Client, lhasa: Disclosure) -> None:
    index_classification()
    assert "拉萨市行政审批和便民服务局" in get(client, "/search/?q=拉萨")
    assert "没有找到“火星”" in get(client, "/search/?q=火星")
    assert "20103" in get(client, "/en/search/?q=20103")
    get(client, "/search/?q=%00&kind=moon&page=x")


def test_site_wide_checks(client: Client, lhasa: Disclosure) -> None:
    page = read_text(get(client, "/checks/"))
    assert "项勾稽里，6 项对不上" in page


@pytest.mark.parametrize(
    "path",
    [
        "glossary/",
        "about/",
        "downloads/",
        "about/api/",
        "compare/",
        "search/",
        "checks/",
        "items/functional/201/",
    ],
)
def test_english_pages_have_no_untranslated_interface(client: Client, lhasa: Disclosure, path: str) -> None:
    page = get(client, f"/en/{path}")
    assert '<html lang="en"' in page
    title = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert title
    assert not re.search(r"[一-鿿]", re.sub(r"<[^>]+>", "", title.group(1)).replace("一般公共服务支出", ""))


def test_feed_and_sitemap(client: Client, lhasa: Disclosure) -> None:
    factories.publish_lhasa(note="第二版", explanations=[{"cause": "x", "text": "印刷如此"}])
    feed = ElementTree.fromstring(get(client, "/feed.xml"))
    links = [link.attrib["href"] for link in feed.iter("{http://www.w3.org/2005/Atom}link")]
    assert any(link.endswith("/revisions/1/") for link in links)
    assert any(link.endswith("/revisions/2/") for link in links)
    sitemap = ElementTree.fromstring(get(client, "/sitemap.xml"))
    addresses = [
        element.text or "" for element in sitemap.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]
    paths = [re.sub(r"^https?://[^/]+", "", address) for address in addresses]
    assert "/departments/lhasa-xingzhengshenpi/2024/budget/" in paths
    assert "/en/about/" in paths
    for path in paths:
        assert client.get(path).status_code == 200, path


def test_the_card_is_a_picture(client: Client, lhasa: Disclosure) -> None:
    response = client.get("/departments/lhasa-xingzhengshenpi/2024/budget/card.png")
    picture = Image.open(io.BytesIO(response.content))
    assert picture.size == (1200, 630)
    assert len(picture.getcolors(100_000) or []) > 5


def test_an_embedded_chart_may_be_framed_and_other_pages_may_not(client: Client, lhasa: Disclosure) -> None:
    framed = client.get("/embed/departments/lhasa-xingzhengshenpi/2024/budget/functions/")
    own = client.get("/departments/lhasa-xingzhengshenpi/2024/budget/")
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert "frame-ancestors 'none'" in own["Content-Security-Policy"]
    assert client.get("/embed/departments/lhasa-xingzhengshenpi/2024/budget/nonsense/").status_code == 404


REMARK = "/departments/lhasa-xingzhengshenpi/2024/budget/remark/"


def leave(client: Client, **fields: str) -> int:
    data = {
        "text": "2024年公务接待费应当是0.50",
        "contact": "",
        "website": "",
        "stamp": TimestampSigner(salt="remark").sign("remark"),
    } | fields
    return client.post(
        f"{REMARK}?subject=公务接待费", data, headers={"sec-fetch-site": "same-origin"}
    ).status_code


def test_a_remark_is_kept_without_cookie(client: Client, lhasa: Disclosure) -> None:
    form = client.get(REMARK)
    assert form["Cache-Control"] == "no-store"
    assert not form.cookies
    assert leave(client) == 200
    remark = Remark.objects.get()
    assert (remark.subject, remark.disclosure) == ("公务接待费", lhasa)
    assert "127.0.0.1" not in remark.sender


@pytest.mark.parametrize("fields", [{"text": "短"}, {"stamp": "forged"}, {"text": "x" * 2001}])
def test_a_bad_remark_is_refused(client: Client, lhasa: Disclosure, fields: dict[str, str]) -> None:
    assert leave(client, **fields) == 400
    assert not Remark.objects.exists()


def test_a_remark_from_elsewhere_or_by_a_program_or_too_many(client: Client, lhasa: Disclosure) -> None:
    stamp = TimestampSigner(salt="remark").sign("remark")
    data = {"text": "从别处发来的来信", "stamp": stamp}
    assert client.post(REMARK, data).status_code == 403
    assert client.post(REMARK, data, headers={"origin": "https://elsewhere.example"}).status_code == 403
    assert leave(client, website="spam") == 200
    assert not Remark.objects.exists()
    assert [leave(client) for _ in range(11)] == [200] * 10 + [429]


@pytest.mark.parametrize("path", ["/nothing/", "/en/nothing/", "/items/functional/999/"])
def test_an_address_without_a_page_offers_the_search(client: Client, lhasa: Disclosure, path: str) -> None:
    page = get(client, path, status=404)
    assert 'role="search"' in page
    assert ("没有这一页" in page) == (not path.startswith("/en/"))
