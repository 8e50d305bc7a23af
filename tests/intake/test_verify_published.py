"""``verify_published`` finds what was altered behind the site's back, and nothing else."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import call_command

from budgets.models import Amount, LineItem, SourceDocument
from intake import sample_data
from performance.models import Project
from tests import factories

pytestmark = pytest.mark.django_db


def verify(*departments: str, **options: Any) -> list[dict[str, str]]:
    """This will run the command and return the differences it tells."""
    stream = io.StringIO()
    found = []
    try:
        call_command("verify_published", *departments, json=True, stdout=stream, **options)
    except SystemExit:
        found = [json.loads(line) for line in stream.getvalue().splitlines()]
    return found


def test_what_was_published_is_found_unaltered() -> None:
    factories.publish_lhasa()
    assert verify() == []


def test_a_figure_altered_in_the_database_is_found() -> None:
    disclosure = factories.publish_lhasa()
    line = LineItem.objects.get(disclosure=disclosure, statement__key="expenditure_summary", code="2010301")
    Amount.objects.filter(line_item=line, measure="total").update(yuan=1)

    (difference,) = verify()
    assert "行政运行" in difference["where"]
    assert difference["found"].startswith("1.00")


def test_removed_and_added_figures_are_found() -> None:
    disclosure = factories.publish_lhasa()
    amount = Amount.objects.filter(disclosure=disclosure, state="amount").first()
    assert amount is not None
    Amount.objects.filter(pk=amount.pk).delete()
    assert [difference["found"] for difference in verify(disclosure.department.slug)] == ["missing"]


def test_an_original_that_is_not_what_its_hash_says_is_found() -> None:
    factories.publish_lhasa()
    document = SourceDocument.objects.get()
    with document.file.storage.open(document.file.name, "wb") as file:
        file.write(b"another budget")
    try:
        assert [difference["published"] for difference in verify()] == [document.sha256]
    finally:
        document.file.storage.delete(document.file.name)


def test_originals_read_again_give_what_is_published() -> None:
    sample_data.publish_sample(sample_data.read_samples()[0], now=factories.NOW)
    assert verify(reread=True) == []


def test_rebuilding_from_the_revision_repairs_what_was_altered() -> None:
    disclosure = factories.publish_lhasa()
    Amount.objects.filter(disclosure=disclosure).update(yuan=1)
    Project.objects.filter(disclosure=disclosure).delete()
    assert len(verify()) > 100

    call_command("rebuild_facts", verbosity=0)
    assert verify() == []
    assert Project.objects.filter(disclosure=disclosure).count() == 30
    disclosure.refresh_from_db()
    assert disclosure.current is not None
    assert disclosure.current.number == 1
