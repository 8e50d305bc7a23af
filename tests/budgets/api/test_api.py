"""The API: what it answers, how it pages, how it refuses; attacked by schemathesis."""

from __future__ import annotations

import contextlib
from decimal import Decimal
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from budgets.models import Amount, Disclosure
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
BASE = "/api/v1"


@pytest.fixture
def lhasa(transactional_db: None) -> Disclosure:
    """The Lhasa budget of 2024, published."""
    return factories.publish_lhasa()


def get(client: Client, path: str, **query: Any) -> Any:
    response = client.get(BASE + path, query)
    assert response.status_code == 200, response.content[:500]
    return response.json()


def test_regions_and_departments(client: Client, lhasa: Disclosure) -> None:
    regions = get(client, "/regions")["rows"]
    departments = get(client, "/departments", region="lhasa")["rows"]
    assert [(region["slug"], region["departments"]) for region in regions] == [("lhasa", 1)]
    assert departments[0]["name"] == "拉萨市行政审批和便民服务局"
    assert get(client, f"/departments/{lhasa.department.slug}") == departments[0]


def test_a_disclosure_lists_its_statements_and_revisions(client: Client, lhasa: Disclosure) -> None:
    row = get(client, "/disclosures", year=2024, stage="budget")["rows"][0]
    detail = get(client, f"/disclosures/{row['id']}")
    assert detail["revisions"][0]["number"] == 1
    assert {"department_summary", "three_public"} <= {item["statement"] for item in detail["statements"]}
    assert get(client, f"/disclosures/{row['id']}/statements")["rows"] == detail["statements"]


def test_paging_gives_every_amount_once(client: Client, lhasa: Disclosure) -> None:
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = get(client, "/amounts", limit=300, **({"cursor": cursor} if cursor else {}))
        seen += [row["source_url"] for row in page["rows"]]
        cursor = page["next"]
    assert len(seen) == len(set(seen)) == Amount.objects.count()


def test_amounts_are_exact(client: Client, lhasa: Disclosure) -> None:
    rows = get(client, "/amounts", statement="expenditure_by_function", code="2010301", measure="total")[
        "rows"
    ]
    assert [Decimal(row["amount_yuan"]) for row in rows] == [Decimal("9747900.00")]
    assert rows[0]["amount_printed"].replace(",", "") == "974.79"


def test_sums_over_departments_say_over_how_many(client: Client, lhasa: Disclosure) -> None:
    answer = get(client, "/aggregates", by="code", year=2024)
    sums = {row["group"]: Decimal(row["yuan"]) for row in answer["rows"]}
    assert sums["201"] == Decimal("56194600.00")
    assert sum(sums.values()) == Decimal("58840500.00")
    assert (answer["departments"], answer["departments_published"]) == (1, 1)
    whole = get(client, "/aggregates", by="department", year=2024)["rows"]
    assert [Decimal(row["yuan"]) for row in whole] == [Decimal("58840500.00")]


@pytest.mark.parametrize("query", ["拉萨", "审", "行政审批", "lssxzsp", "xing"])
def test_search_finds_the_department(client: Client, lhasa: Disclosure, query: str) -> None:
    rows = get(client, "/search", q=query)["rows"]
    found = [row["title"] for row in rows if row["kind"] == "department"]
    assert (found == ["拉萨市行政审批和便民服务局"]) == (query != "xing")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/amounts?nonsense=1&year=abc", 400),
        ("/amounts?limit=0", 400),
        ("/amounts?limit=5000", 400),
        ("/amounts?cursor=zzz", 400),
        ("/departments/nobody", 404),
        ("/disclosures/999999", 404),
        ("/search?q=", 400),
        ("/aggregates?by=moon", 400),
    ],
)
def test_refusals_are_problem_details(client: Client, lhasa: Disclosure, path: str, status: int) -> None:
    response = client.get(BASE + path)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "detail_en"} <= set(response.json())


def test_conditional_requests_and_reading_from_other_sites(client: Client, lhasa: Disclosure) -> None:
    first = client.get(f"{BASE}/regions")
    again = client.get(f"{BASE}/regions", headers={"if-none-match": first["ETag"]})
    preflight = client.options(f"{BASE}/regions", headers={"access-control-request-method": "GET"})
    assert first["Access-Control-Allow-Origin"] == preflight["Access-Control-Allow-Origin"] == "*"
    assert again.status_code == 304
    assert not again.content
    assert preflight.status_code == 204
    factories.publish_lhasa(note="again", explanations=[{"cause": "x", "text": "印刷如此"}])
    assert client.get(f"{BASE}/regions", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_the_document_is_openapi_3_1_and_lists_every_export(client: Client, lhasa: Disclosure) -> None:
    document = client.get(f"{BASE}/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert {"/api/v1/amounts", "/api/v1/checks", "/api/v1/search", "/api/v1/aggregates"} <= set(
        document["paths"]
    )


def test_schemathesis_finds_no_fault(lhasa: Disclosure) -> None:
    """Every address, with good and bad parameters: no server error, no undocumented answer."""
    schema = schemathesis.openapi.from_wsgi(f"{BASE}/openapi.json", get_wsgi_application())
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) >= 9
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            attack(operation, mode)


def attack(operation: Any, mode: GenerationMode) -> None:
    """Send some tens of generated requests to one operation and let schemathesis judge the answers."""

    @settings(
        max_examples=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case: Any) -> None:
        case.call_and_validate()

    with contextlib.suppress(Unsatisfiable):
        run()
