"""Importing many documents at once: folders, archives, again, and publishing what nothing hinders."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from budgets.models import Disclosure, SourceDocument
from budgets.workbook import write_workbook
from intake import actions
from intake.models import Upload
from intake.parsing.draft_json import to_json
from tests import factories
from tests.drafts import make_draft

pytestmark = pytest.mark.django_db(transaction=True)


def write_budget(name: str, *, year: int = 2024, basic: str = "60.00", rows: int = 2) -> bytes:
    """This will write a small disclosure as our workbook."""
    lines = [
        [1, "expenditure", "total", "total", None, "合计", {"total": basic, "basic": basic}],
        [2, "expenditure", "item", "class", "201", "一般公共服务支出", {"total": basic, "basic": basic}],
        [3, "expenditure", "item", "subclass", "20106", "财政事务", {"total": basic, "basic": basic}],
    ][: rows + 1]
    columns = [
        {"key": "total", "measure": "total", "fund": "general_public", "heading": ["预算数", "合计"]},
        {"key": "basic", "measure": "basic", "fund": "general_public", "heading": ["预算数", "基本支出"]},
    ]
    table = {
        "statement": "expenditure_by_function",
        "title": "一般公共预算支出表",
        "columns": columns,
        "rows": lines,
    }
    head = {"department": name, "fiscal_year": year, "stage": "budget", "scope": "department"}
    return write_workbook(to_json(make_draft({"head": head, "tables": [table]}), full=True))


def run(*paths: Path, **options: Any) -> list[dict[str, Any]]:
    """This will run the command and return what it says of each document."""
    stream = io.StringIO()
    with contextlib.suppress(SystemExit):  # exit 1: a document could not be read
        call_command("import_documents", *paths, json=True, jobs=1, stdout=stream, **options)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_folders_and_archives_are_read_stored_and_published(tmp_path: Path) -> None:
    (tmp_path / "临江市财政局2024年部门预算.xlsx").write_bytes(write_budget("临江市财政局"))
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as archive:
        archive.writestr("江阴市/江阴市教育局2024年部门预算.xlsx", write_budget("江阴市教育局"))
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "notes.md").write_text("no document")

    results = {one["file"]: one for one in run(tmp_path, publish=True)}

    assert {name: one["status"] for name, one in results.items()} == {
        "临江市财政局2024年部门预算.xlsx": "published",
        "江阴市教育局2024年部门预算.xlsx": "published",
        "empty.pdf": "refused",
        "notes.md": "ignored",
    }
    assert "空文件" in results["empty.pdf"]["message"]
    assert {one.department.region.name for one in Disclosure.objects.all()} == {"临江市", "江阴市"}

    again = run(tmp_path, publish=True)
    assert sorted(one["status"] for one in again) == ["ignored", "known", "known", "refused"]
    assert SourceDocument.objects.count() == 2


def test_an_import_that_was_cut_off_goes_on(tmp_path: Path) -> None:
    data = write_budget("临江市财政局")
    (tmp_path / "临江市财政局2024年部门预算.xlsx").write_bytes(data)
    stored = actions.receive_upload(
        data, name="临江市财政局2024年部门预算.xlsx", by=None, now=factories.NOW, in_background=False
    )
    Upload.objects.filter(pk=stored.pk).update(status=Upload.Status.READING)

    assert [one["status"] for one in run(tmp_path)] == ["read"]
    assert [one["status"] for one in run(tmp_path, publish=True)] == ["published"]


def test_of_two_documents_of_one_disclosure_one_is_left_for_a_person(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(write_budget("临江市财政局", rows=1))
    (tmp_path / "b.xlsx").write_bytes(write_budget("临江市财政局", rows=2))

    results = {one["file"]: one for one in run(tmp_path, publish=True)}

    assert (results["b.xlsx"]["status"], results["a.xlsx"]["status"]) == ("published", "review")
    assert "b.xlsx" in results["a.xlsx"]["message"]


def test_a_missing_path_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as error:
        call_command("import_documents", tmp_path / "nowhere")
    assert error.value.returncode == 2
