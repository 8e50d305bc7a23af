"""The invented province: adds up but for what was planted, says 虚构 everywhere, the same for the same seed."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from budgets.models import Amount, CheckResult, Department, Disclosure, Region, Rollup
from intake import checks
from intake.invented import invent_departments, invent_draft
from intake.parsing.draft import Draft
from intake.parsing.draft_json import from_json
from intake.parsing.pipeline import read_document


def test_what_is_not_planted_adds_up() -> None:
    for department in invent_departments(40, seed=3):
        draft, planted = invent_draft(department, year=2026, first_year=2024, error_rate=0)
        wrong = [
            finding for finding in checks.run(from_json(draft)) if finding.outcome in {"mismatch", "rounding"}
        ]
        assert (planted, [finding.message for finding in wrong]) == ([], [])


def test_what_is_planted_is_found() -> None:
    for department in invent_departments(15, seed=4):
        draft, planted = invent_draft(department, year=2026, first_year=2024, error_rate=1)
        assert planted[0].right != planted[0].printed
        assert any(finding.outcome == "mismatch" for finding in checks.run(from_json(draft)))


def test_the_same_seed_gives_the_same_figures_and_last_year_is_last_year() -> None:
    department = next(invent_departments(1, seed=5))
    this, _ = invent_draft(department, year=2026, first_year=2024, error_rate=0)
    again, _ = invent_draft(department, year=2026, first_year=2024, error_rate=0)
    last, _ = invent_draft(department, year=2025, first_year=2024, error_rate=0)
    assert this == again
    three_public = [
        next(t for t in one["tables"] if t["statement"] == "three_public") for one in (this, last)
    ]
    assert (
        three_public[0]["rows"][0]["amounts"]["total.last"] == three_public[1]["rows"][0]["amounts"]["total"]
    )


@pytest.mark.django_db
def test_a_province_is_published_and_marked(tmp_path: Path) -> None:
    call_command(
        "generate_province", departments=3, years=2, seed=6, errors=tmp_path / "errors.jsonl", verbosity=0
    )

    assert Disclosure.objects.count() == 6
    assert all("虚构" in one.name and one.is_invented for one in Department.objects.all())
    assert all("虚构" in region.name for region in Region.objects.all())
    assert Amount.objects.count() > 6 * 300
    whole = Rollup.objects.filter(department=None, scheme="functional", code="", measure="total", fund="all")
    assert {(one.fiscal_year, one.departments) for one in whole} == {(2025, 3), (2026, 3)}
    assert CheckResult.objects.filter(outcome="match").count() > 600
    lines = (tmp_path / "errors.jsonl").read_text(encoding="utf-8").splitlines()
    assert all(json.loads(line)["right"] for line in lines)

    call_command("generate_province", departments=3, years=2, seed=6, verbosity=0)
    assert Disclosure.objects.count() == 6


@pytest.mark.parametrize("kind", ["workbooks", "pdfs"])
def test_documents_of_the_province_import(tmp_path: Path, kind: str) -> None:
    call_command("generate_province", departments=1, years=1, seed=7, verbosity=0, **{kind: tmp_path})
    (file,) = tmp_path.iterdir()
    draft = read_document(file.read_bytes(), name=file.name)
    invented, _ = invent_draft(next(invent_departments(1, seed=7)), year=2026, first_year=2026)

    assert list_figures(draft) == list_figures(from_json(invented))
    assert [(one.code, one.amount, len(one.indicators)) for one in draft.projects] == [
        (one["code"], Decimal(one["amount"]), len(one["indicators"])) for one in invented["projects"]
    ]
    assert "虚构" in (draft.head.department or "")


def list_figures(draft: Draft) -> Counter[tuple[Any, ...]]:
    """This will count every figure by its statement, measure, year and value."""
    found: Counter[tuple[Any, ...]] = Counter()
    for table in draft.tables:
        columns = {column.key: column for column in table.columns}
        for row in table.rows:
            for key, figure in row.figures.items():
                found[table.statement, columns[key].measure, columns[key].year, figure.value] += 1
    return found
