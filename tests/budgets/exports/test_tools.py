"""Downloads opened for real with the tools people use: pandas, DuckDB, Frictionless, LibreOffice."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pandas
import pytest
from django.test import Client
from frictionless import Package

from budgets.models import Disclosure
from budgets.registries import EXPORTS
from tests import factories

FORMULA = '=HYPERLINK("http://example.invalid","点我")'
needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="no LibreOffice (soffice) on this machine: its reading of the downloads was not tried",
)


@pytest.fixture
def rows(client: Client, lhasa: Disclosure) -> list[dict[str, str]]:
    """All amounts as the CSV gives them: Lhasa, and one row of another department that tries a formula."""
    factories.publish(
        {
            "head": {"department": "甲局", "fiscal_year": 2025, "stage": "budget", "scope": "department"},
            "tables": [
                {
                    "statement": "expenditure_summary",
                    "title": "部门支出总表",
                    "columns": ["total"],
                    "rows": [[1, "expenditure", "item", "class", "201", FORMULA, {"total": "-12.50"}]],
                }
            ],
        },
        department=factories.make_department("lhasa-jia", "甲局"),
    )
    text = fetch(client, "/downloads/amounts.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def fetch(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def add_up(values: list[str]) -> Decimal:
    return sum((Decimal(value) for value in values if value), Decimal(0))


def test_frictionless_finds_every_file_valid(
    client: Client, rows: list[dict[str, str]], tmp_path: Path
) -> None:
    package = json.loads(fetch(client, "/downloads/datapackage.json"))
    for resource in package["resources"]:
        resource["path"] = f"{resource['name']}.csv"
        (tmp_path / resource["path"]).write_bytes(fetch(client, f"/downloads/{resource['name']}.csv"))
    (tmp_path / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "note"]) == []
    assert {task.name: task.stats["rows"] for task in report.tasks}["amounts"] == len(rows)
    assert {task.name for task in report.tasks} == set(EXPORTS)


def test_frictionless_finds_a_fault_that_is_there(
    client: Client, rows: list[dict[str, str]], tmp_path: Path
) -> None:
    package = json.loads(fetch(client, "/downloads/datapackage.json"))
    package["resources"] = [one for one in package["resources"] if one["name"] == "amounts"]
    package["resources"][0]["path"] = "amounts.csv"
    broken = fetch(client, "/downloads/amounts.csv").replace(b"2024", b"MMXXIV", 1)
    (tmp_path / "amounts.csv").write_bytes(broken)
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def test_the_pack_is_a_data_package_too(client: Client, lhasa: Disclosure, tmp_path: Path) -> None:
    pack = tmp_path / "pack.zip"
    pack.write_bytes(fetch(client, f"/downloads/{lhasa.department.slug}-2024-budget-r1.zip"))
    shutil.unpack_archive(pack, tmp_path / "pack")
    report = Package(str(tmp_path / "pack" / "datapackage.json")).validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "note"]) == []
    assert {"amounts", "projects", "indicators", "checks"} <= {task.name for task in report.tasks}
    sums = subprocess.run(
        ["sha256sum", "--check", "--quiet", "SHA256SUMS"],
        cwd=tmp_path / "pack", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (sums.returncode, sums.stdout) == (0, "")


def test_pandas_and_duckdb_read_the_csv_as_it_is(
    client: Client, rows: list[dict[str, str]], tmp_path: Path
) -> None:
    path = tmp_path / "amounts.csv"
    path.write_bytes(fetch(client, "/downloads/amounts.csv"))
    table = pandas.read_csv(path, dtype=str, keep_default_na=False)
    assert list(table.columns) == list(rows[0])
    assert table.to_dict("records") == rows
    yuan = "sum(TRY_CAST(amount_yuan AS DECIMAL(24, 2)))"
    query = f"SELECT count(*), {yuan}, list(DISTINCT department ORDER BY department) FROM read_csv(?)"
    found = duckdb.connect().execute(query, [str(path)]).fetchone()
    assert found == (
        len(rows), add_up([row["amount_yuan"] for row in rows]), sorted({row["department"] for row in rows})
    )  # fmt: skip


@needs_libreoffice
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_libreoffice_reads_the_same(
    client: Client, rows: list[dict[str, str]], tmp_path: Path, kind: str
) -> None:
    """Opened and saved again as CSV: the same rows and sums, Chinese intact, no formula worked out."""
    source = tmp_path / f"amounts.{kind}"
    source.write_bytes(fetch(client, f"/downloads/amounts.{kind}"))
    found = convert(source, tmp_path / "out")
    assert len(found) == len(rows)
    assert [row["name"].lstrip("'") for row in found] == [row["name"].lstrip("'") for row in rows]
    assert {FORMULA} == {row["name"].lstrip("'") for row in found if "HYPERLINK" in row["name"]}
    assert add_up([row["amount_yuan"].replace(",", "") for row in found]) == add_up(
        [row["amount_yuan"] for row in rows]
    )
    assert [row["department"] for row in found] == [row["department"] for row in rows]


@needs_libreoffice
def test_libreoffice_sees_numbers_and_no_formula_in_the_workbook(
    client: Client, rows: list[dict[str, str]], tmp_path: Path
) -> None:
    source = tmp_path / "amounts.xlsx"
    source.write_bytes(fetch(client, "/downloads/amounts.xlsx"))
    assert openpyxl.load_workbook(source).worksheets[0].freeze_panes == "A2"
    run_libreoffice("xlsx:Calc MS Excel 2007 XML", source, tmp_path / "out")
    for path in (source, tmp_path / "out" / "amounts.xlsx"):
        sheet = openpyxl.load_workbook(path).worksheets[0]
        heading = [cell.value for cell in sheet[1]]
        column = heading.index("amount_yuan") + 1
        cells = [sheet.cell(line, column) for line in range(2, sheet.max_row + 1)]
        assert {cell.data_type for cell in cells} == {"n"}
        total = add_up([str(cell.value) for cell in cells if cell.value is not None])
        assert total == add_up([row["amount_yuan"] for row in rows])
        formulas = {cell.value for line in sheet for cell in line if cell.data_type == "f"}
        assert formulas <= (
            {"=TRUE()", "=FALSE()"} if path is not source else set()
        )  # its way of writing true


def convert(source: Path, folder: Path) -> list[dict[str, str]]:
    """Let LibreOffice read a file (UTF-8, comma) and write it as CSV, and read that."""
    run_libreoffice("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", source, folder)
    text = (folder / "amounts.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def run_libreoffice(target: str, source: Path, folder: Path) -> None:
    """Convert one file without a screen, with a profile of its own."""
    reading = ["--infilter=Text - txt - csv (StarCalc):44,34,76,1"] if source.suffix == ".csv" else []
    done = subprocess.run(
        [
            "soffice", "--headless", f"-env:UserInstallation=file://{folder}-profile", *reading,
            "--convert-to", target, "--outdir", str(folder), str(source),
        ],
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert re.search(r"convert .* -> ", done.stdout), done.stdout + done.stderr
