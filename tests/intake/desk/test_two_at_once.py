"""Two publishers press at the same moment: one wins, the other is told, nothing is mixed."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from budgets.actions import PublishedMeanwhile
from budgets.models import Amount, Disclosure, Revision
from intake import actions
from intake.errors import Refused
from intake.models import Upload
from tests.factories import make_department
from tests.intake.desk.drafts import make_draft
from tests.intake.desk.people import PUBLISHER, make_person, make_upload
from tests.migrated import restore_migrated

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _roles() -> None:
    restore_migrated()


def press_together(*uploads: Upload) -> list[str]:
    """Publish each upload in a thread of its own, all let go at once; say how each went."""
    people = [make_person(f"fa{number}", PUBLISHER) for number in range(len(uploads))]
    gate, told = threading.Barrier(len(uploads)), [""] * len(uploads)

    def press(number: int) -> None:
        try:
            connection.ensure_connection()
            gate.wait(timeout=20)
            actions.publish_upload(uploads[number], by=people[number], now=timezone.now())
            told[number] = "published"
        except (Refused, PublishedMeanwhile) as refused:
            told[number] = str(refused)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=(number,)) for number in range(len(uploads))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return told


def approve(upload: Upload) -> Upload:
    actions.approve_upload(upload, by=None, now=timezone.now())
    upload.refresh_from_db()
    return upload


def test_the_same_upload_pressed_twice_is_published_once() -> None:
    upload = approve(make_upload(department=make_department()))
    told = press_together(upload, Upload.objects.get(pk=upload.pk))
    assert sorted(one == "published" for one in told) == [False, True], told
    assert any("已经发布" in one for one in told), told
    assert Revision.objects.count() == 1


def test_two_revisions_of_one_disclosure_at_once_one_wins_the_other_is_told() -> None:
    department = make_department()
    other: dict[str, Any] = make_draft()
    for row in other["tables"][0]["rows"]:
        for key in ("total", "basic", "project"):
            if row["amounts"][key]:
                row["amounts"][key] = row["figures"][key]["raw"] = "1" + row["amounts"][key]
    first = approve(make_upload(department=department, content=b"first"))
    second = approve(make_upload(department=department, content=b"second", draft=other))
    told = press_together(first, second)
    assert told.count("published") == 1, told
    loser = next(one for one in told if one != "published")
    assert "他人发布" in loser, loser
    disclosure = Disclosure.objects.get()
    assert disclosure.current is not None
    assert Revision.objects.count() == 1
    printed = {row["amounts"]["total"] for row in disclosure.current.snapshot["draft"]["tables"][0]["rows"]}
    assert set(Amount.objects.filter(measure="total").values_list("printed", flat=True)) == printed
