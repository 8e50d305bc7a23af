"""Downloads, opened with tools that nobody here wrote: pandas, DuckDB, openpyxl."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas
import pytest
from django.test import Client

from budgets.exports.files import write_files, write_when_quiet
from budgets.models import Amount, DataVersion, Department, Disclosure
from tests import factories

CONTRACT = [
    "region",
    "department",
    "department_slug",
    "scope",
    "fiscal_year",
    "stage",
    "revision",
    "statement",
    "title",
    "side",
    "row_kind",
    "is_leaf",
    "is_canonical",
    "functional_code",
    "economic_dept_code",
    "economic_gov_code",
    "parent_code",
    "level",
    "name",
    "unit_name",
    "measure",
    "amount_year",
    "phase",
    "fund",
    "carried",
    "quantity",
    "amount_yuan",
    "amount_printed",
    "unit_printed",
    "state",
    "corrected",
    "page",
    "sheet",
    "line",
    "row",
    "column",
    "document_sha256",
    "source_url",
]


def fetch(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, response.content[:300]
    return b"".join(response.streaming_content) if response.streaming else response.content


def read(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def test_columns_are_the_contract(client: Client, lhasa: Disclosure) -> None:
    body = fetch(client, "/downloads/amounts.csv")
    assert body.startswith(b"\xef\xbb\xbf")
    assert body.splitlines(keepends=True)[0].decode("utf-8-sig") == ",".join(CONTRACT) + "\r\n"
    assert body.count(b"\n") == body.count(b"\r\n") == Amount.objects.count() + 1


def test_blank_zero_and_amount_stay_apart(client: Client, lhasa: Disclosure) -> None:
    rows = read(fetch(client, "/downloads/amounts.csv?statement=three_public"))
    reception = {row["amount_year"]: row for row in rows if row["measure"] == "official_reception"}
    assert (reception["2024"]["state"], reception["2024"]["amount_yuan"]) == ("blank", "")
    assert (reception["2023"]["state"], reception["2023"]["amount_yuan"]) == ("amount", "5000.00")


def test_canonical_leaves_never_count_a_yuan_twice(client: Client, lhasa: Disclosure) -> None:
    rows = read(fetch(client, "/downloads/amounts.csv"))
    leaves = [row for row in rows if row["is_leaf"] == row["is_canonical"] == "t"]
    sums = {
        measure: sum(Decimal(row["amount_yuan"] or 0) for row in leaves if row["measure"] == measure)
        for measure in ("total", "personnel", "operating", "project")
    }
    assert sums == {
        "total": Decimal("58840500.00"),
        "personnel": Decimal("11310500.00"),
        "operating": Decimal("1043000.00"),
        "project": Decimal("46487000.00"),
    }


def test_every_format_has_the_same_rows_and_sums(client: Client, lhasa: Disclosure, tmp_path: Path) -> None:
    table = pandas.read_csv(
        io.BytesIO(fetch(client, "/downloads/amounts.csv?raw=1")), dtype={"functional_code": str}
    )
    records = json.loads(fetch(client, "/downloads/amounts.json"), parse_float=Decimal)
    parquet = tmp_path / "amounts.parquet"
    parquet.write_bytes(fetch(client, "/downloads/amounts.parquet"))
    engine = duckdb.connect()
    counted = engine.execute(f"SELECT count(*), sum(amount_yuan) FROM '{parquet}'").fetchone()
    sheet = openpyxl.load_workbook(
        io.BytesIO(fetch(client, "/downloads/amounts.xlsx")), read_only=True
    ).worksheets[0]
    lines = list(sheet.iter_rows(values_only=True))
    yuan = lines[0].index("amount_yuan")
    total = sum(record["amount_yuan"] or 0 for record in records)
    assert counted is not None
    assert len(table) == len(records) == counted[0] == len(lines) - 1 == Amount.objects.count()
    assert Decimal(str(round(table["amount_yuan"].sum(), 2))) == total == counted[1]
    assert round(Decimal(str(sum(line[yuan] or 0 for line in lines[1:]))), 2) == total
    assert all(isinstance(line[yuan], int | float | None) for line in lines[1:])


def test_a_text_like_a_formula_is_guarded_and_an_amount_is_not(
    client: Client, transactional_db: None
) -> None:
    factories.publish(
        {
            "head": {"department": "甲局", "fiscal_year": 2024, "stage": "budget", "scope": "department"},
            "tables": [
                {
                    "statement": "expenditure_summary",
                    "title": "部门支出总表",
                    "columns": ["total"],
                    "rows": [
                        [1, "expenditure", "item", "class", "201", "=cmd|' /C calc'!A0", {"total": "-12.50"}]
                    ],
                }
            ],
        }
    )
    guarded = read(fetch(client, "/downloads/amounts.csv"))[0]
    raw = read(fetch(client, "/downloads/amounts.csv?raw=1"))[0]
    assert guarded["name"].startswith("'=cmd")
    assert raw["name"].startswith("=cmd")
    assert guarded["amount_yuan"] == "-125000.00"
    assert guarded["amount_printed"] == "-12.50"
    book = openpyxl.load_workbook(io.BytesIO(fetch(client, "/downloads/amounts.xlsx")))
    assert not [cell for row in book.worksheets[0] for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize(
    "query", ["nonsense=1", "year=twenty", "code=abc", "stage=plan", "region=a%00b", "region=a'b"]
)
def test_a_filter_that_is_not_understood_is_refused(client: Client, lhasa: Disclosure, query: str) -> None:
    response = client.get(f"/downloads/amounts.csv?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"]
    assert response.json()["detail_en"]


def test_filters_narrow(client: Client, lhasa: Disclosure) -> None:
    slug = lhasa.department.slug
    every = read(fetch(client, f"/downloads/amounts.csv?department={slug}&year=2024&stage=budget"))
    some = read(fetch(client, "/downloads/amounts.csv?code=20103&statement=expenditure-by-function"))
    assert len(every) == Amount.objects.count()
    assert {row["functional_code"][:5] for row in some} == {"20103"}
    assert read(fetch(client, "/downloads/amounts.csv?year=2019")) == []


def test_unchanged_data_is_not_sent_again(client: Client, lhasa: Disclosure) -> None:
    first = client.get("/downloads/amounts.csv")
    b"".join(first.streaming_content)
    again = client.get("/downloads/amounts.csv", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_written_files_equal_the_stream(client: Client, lhasa: Disclosure) -> None:
    live = fetch(client, "/downloads/amounts.csv")
    assert write_files() is not None
    listing = client.get("/downloads/index.json").json()
    entries = {entry["name"]: entry for entry in listing["files"]}
    written = fetch(client, "/downloads/files/amounts.csv")
    assert sorted(written.splitlines()) == sorted(live.splitlines())
    assert entries["amounts.csv"]["sha256"] == hashlib.sha256(written).hexdigest()
    assert entries["amounts.csv"]["rows"] == Amount.objects.count()
    assert entries["amounts-2024.csv"]["rows"] == Amount.objects.count()
    assert fetch(client, "/downloads/amounts.csv") == written
    assert write_files() is None


def test_the_package_describes_every_column(client: Client, lhasa: Disclosure) -> None:
    package = client.get("/downloads/datapackage.json").json()
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert [field["name"] for field in resources["amounts"]["schema"]["fields"]] == CONTRACT
    assert {"amounts", "checks", "departments", "changes"} <= set(resources)
    for resource in package["resources"]:
        assert all(field["title"] and field["titleZh"] for field in resource["schema"]["fields"])


def test_the_pack_is_the_same_each_time_and_checks_out(client: Client, lhasa: Disclosure) -> None:
    address = f"/downloads/{lhasa.department.slug}-2024-budget-r1.zip"
    first, second = fetch(client, address), fetch(client, address)
    assert first == second
    pack = zipfile.ZipFile(io.BytesIO(first))
    for line in pack.read("SHA256SUMS").decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(pack.read(name)).hexdigest() == digest
    assert {"amounts.csv", "checks.csv", "datapackage.json", "README.txt"} <= set(pack.namelist())
    assert any(name.startswith("original/") for name in pack.namelist())


def test_the_pack_of_the_current_revision_equals_the_download(client: Client, lhasa: Disclosure) -> None:
    pack = zipfile.ZipFile(
        io.BytesIO(fetch(client, f"/downloads/{lhasa.department.slug}-2024-budget-r1.zip"))
    )
    live = read(fetch(client, f"/downloads/amounts.csv?disclosure={lhasa.pk}"))
    packed = read(pack.read("amounts.csv"))
    assert len(packed) == len(live)
    for ours, theirs in zip(packed, live, strict=True):
        assert {key: (ours[key], theirs[key]) for key in ours if ours[key] != theirs[key]} == {}
    assert len(read(pack.read("checks.csv"))) == lhasa.check_results.count()


def test_an_old_pack_outlives_revisions_and_a_rename(client: Client, lhasa: Disclosure) -> None:
    address = f"/downloads/{lhasa.department.slug}-2024-budget-r1.zip"
    before = read(zipfile.ZipFile(io.BytesIO(fetch(client, address))).read("amounts.csv"))
    factories.publish_lhasa(note="第二版", corrections=[], explanations=[{"cause": "x", "text": "印刷如此"}])
    department: Department = lhasa.department
    department.former_addresses.create(slug=department.slug)
    department.slug = "lhasa-newname"
    department.save()
    moved = client.get(address)
    assert moved.status_code == 301
    after = read(zipfile.ZipFile(io.BytesIO(fetch(client, moved["Location"]))).read("amounts.csv"))
    keys = ("name", "measure", "amount_yuan", "revision", "statement")
    assert [[row[key] for key in keys] for row in after] == [[row[key] for key in keys] for row in before]


def test_more_rows_than_a_workbook_holds_point_to_the_csv(
    client: Client, lhasa: Disclosure, monkeypatch: Any
) -> None:
    monkeypatch.setattr("budgets.views.downloads.XLSX_ROWS", 10)
    response = client.get("/downloads/amounts.xlsx?year=2024")
    assert response.status_code == 413
    assert response.json()["csv"].endswith("/downloads/amounts.csv?year=2024")
    assert client.get("/downloads/amounts.csv?year=2024").status_code == 200


def test_files_are_written_once_publishing_is_quiet(lhasa: Disclosure) -> None:
    changed = DataVersion.objects.get().changed_at
    assert write_when_quiet(now=changed + timedelta(seconds=30)) is None
    assert write_when_quiet(now=changed + timedelta(seconds=90)) is not None
    assert write_when_quiet(now=changed + timedelta(seconds=150)) is None


def test_the_checks_page_gives_its_rows(client: Client, lhasa: Disclosure) -> None:
    assert len(read(fetch(client, "/checks.csv"))) == 6
    assert {row["outcome"] for row in read(fetch(client, "/en/checks.csv?outcome=rounding"))} == {"rounding"}
    assert client.get("/checks.csv?outcome=perhaps").status_code == 400
