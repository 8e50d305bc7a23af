"""What was once cited stays: pages, packs and feed addresses of older revisions."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from budgets.actions import withdraw_revision
from budgets.exports.pack import write_pack
from budgets.models import Disclosure, Revision
from budgets.registries import EXPORTS
from intake.actions_desk import rename_department
from intake.parsing.draft_json import to_json
from intake.parsing.pipeline import read_document
from tests import factories
from tests.drafts import make_lhasa_draft


def read_rows(pack: bytes, name: str) -> list[dict[str, str]]:
    text = zipfile.ZipFile(io.BytesIO(pack)).read(name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def open_address(client: Client, address: str) -> bytes:
    answer = client.get(address.replace("http://127.0.0.1:8000", ""), follow=True)
    assert answer.status_code == 200, (address, answer.status_code, answer.redirect_chain)
    return bytes(answer.content)


def publish_again(note: str) -> Revision:
    return factories.publish(
        make_lhasa_draft(),
        note=note,
        explanations=[{"cause": note, "text": "印刷如此"}],
        now=factories.NOW + timedelta(hours=len(note)),
    )


def test_addresses_of_the_first_revision_outlive_all_that_can_happen(
    client: Client, lhasa: Disclosure
) -> None:
    feed = client.get("/feed.xml").content.decode()
    [cited] = set(re.findall(r'href="([^"]*/revisions/1/)"', feed))
    pack = f"/downloads/{lhasa.department.slug}-2024-budget-r1.zip"
    before = read_rows(open_address(client, pack), "amounts.csv")
    publish_again("二")
    publish_again("第三版")
    rename_department(lhasa.department, name="拉萨市数据局", slug="lhasa-shujuju", by=None, now=factories.NOW)
    with transaction.atomic():
        withdraw_revision(lhasa.revisions.get(number=1), by=None, now=factories.NOW, reason="金额单位印错")
    page = open_address(client, cited).decode()
    assert "金额单位印错" in page
    assert "5884.05" in page
    packed = open_address(client, pack)
    assert [row["amount_yuan"] for row in read_rows(packed, "amounts.csv")] == [
        row["amount_yuan"] for row in before
    ]
    readme = zipfile.ZipFile(io.BytesIO(packed)).read("README.txt").decode()
    assert "金额单位印错" in readme
    assert "拉萨市数据局" in readme
    for address in re.findall(
        r'<link href="([^"]+)" rel="alternate"', client.get("/feed.xml").content.decode()
    ):
        open_address(client, address)


def test_a_disclosure_withdrawn_whole_keeps_its_pages_and_packs(client: Client, lhasa: Disclosure) -> None:
    with transaction.atomic():
        withdraw_revision(lhasa.current, by=None, now=factories.NOW, reason="误传")
    slug = lhasa.department.slug
    assert "误传" in open_address(client, f"/departments/{slug}/2024/budget/revisions/1/").decode()
    assert open_address(client, f"/downloads/{slug}-2024-budget-r1.zip")
    live = client.get("/downloads/amounts.csv")
    assert b"".join(live.streaming_content).count(b"\n") == 1
    changes = client.get("/downloads/changes.csv?kind=withdrawn")
    assert "误传" in b"".join(changes.streaming_content).decode()


def test_a_pack_is_made_anew_to_the_same_bytes_and_says_so_to_caches(
    client: Client, lhasa: Disclosure
) -> None:
    address = f"/downloads/{lhasa.department.slug}-2024-budget-r1.zip"
    first = client.get(address)
    publish_again("二")
    second = client.get(address)
    assert hashlib.sha256(first.content).digest() == hashlib.sha256(second.content).digest()
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    rename_department(lhasa.department, name="新名", slug="lhasa-xin", by=None, now=factories.NOW)
    renamed = client.get(address, headers={"if-none-match": first["ETag"]}, follow=True)
    assert renamed.status_code == 200
    assert renamed["ETag"] != first["ETag"]


@pytest.mark.parametrize("name", ["projects", "indicators", "checks", "amounts"])
def test_each_csv_of_a_pack_equals_the_download(client: Client, lhasa: Disclosure, name: str) -> None:
    packed = read_rows(write_pack(lhasa.current), f"{name}.csv")
    live = client.get(f"/downloads/{name}.csv?department={lhasa.department.slug}&year=2024&stage=budget")
    text = b"".join(live.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(packed) == len(rows) > 0
    from_database = {"questions", "source_url"} if name in {"projects", "indicators"} else set()
    shown = [column.name for column in EXPORTS[name].columns if column.name not in from_database]
    for ours, theirs in zip(packed, rows, strict=True):
        assert {key: ours[key] for key in shown} == {key: theirs[key] for key in shown}


def test_the_workbook_of_a_pack_imports_again_to_the_same_figures(lhasa: Disclosure) -> None:
    pack = zipfile.ZipFile(io.BytesIO(write_pack(lhasa.current)))
    name = f"{lhasa.department.slug}-2024-budget-r1.xlsx"
    read = to_json(read_document(pack.read(name), name=name), full=True)

    def sums(draft: dict) -> list:
        return [
            (
                table["statement"],
                sorted(filter(None, (a for row in table["rows"] for a in row["amounts"].values()))),
            )
            for table in draft["tables"]
        ]

    assert sums(read) == sums(lhasa.current.snapshot["draft"])
    assert len(read["projects"]) == 30
