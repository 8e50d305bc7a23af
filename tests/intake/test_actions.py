"""The steps of an upload from receipt to withdrawal, as the desk takes them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from budgets.actions import AlreadyWithdrawn, PublishedMeanwhile
from budgets.models import (
    Amount,
    Correction,
    Disclosure,
    LineItem,
    PublicEvent,
    Revision,
    Rollup,
    SourceDocument,
)
from intake import actions, reading
from intake.models import Event, Upload
from performance.models import Project
from tests import factories
from tests.drafts import make_lhasa_draft

NOW = factories.NOW


@pytest.fixture
def queue() -> Iterator[InMemoryConnector]:
    connector = InMemoryConnector()
    with app.replace_connector(connector):
        yield connector


def receive(content: bytes = "2024年预算公开表\n".encode(), **fields: Any) -> Upload:
    return actions.receive_upload(content, **{"name": "预算.txt", "by": None, "now": NOW, **fields})


def read(upload: Upload) -> Upload:
    """Keep the Lhasa draft as if the document had been read."""
    Upload.objects.filter(pk=upload.pk).update(status=Upload.Status.READING)
    reading.keep_draft(upload, draft=make_lhasa_draft())
    upload.refresh_from_db()
    return upload


def approve(upload: Upload, *, by: Any = None) -> Upload:
    department = factories.make_department()
    actions.set_head(
        upload, department=department, fiscal_year=2024, stage="budget", scope="department", by=by, now=NOW
    )
    actions.approve_upload(upload, by=by, now=NOW)
    upload.refresh_from_db()
    return upload


@pytest.mark.django_db
class TestReceiving:
    def test_a_document_is_stored_once_and_queued(self, queue: InMemoryConnector) -> None:
        upload = receive()
        assert upload.status == Upload.Status.WAITING
        assert [job["task_name"] for job in queue.jobs.values()] == ["intake.read_upload"]
        with pytest.raises(actions.AlreadyReceived) as known:
            receive(name="同一份.txt")
        assert known.value.upload == upload
        assert SourceDocument.objects.count() == 1

    def test_a_discarded_one_may_come_again(self, queue: InMemoryConnector) -> None:
        actions.discard(receive(), reason="传错了", by=None, now=NOW)
        assert receive().status == Upload.Status.WAITING

    @pytest.mark.parametrize(
        ("data", "says"),
        [(b"", "空文件"), (b"\x00\x01\x02\xff" * 500, "二进制"), (b"x" * (31 * 1024 * 1024), "上限")],
    )
    def test_what_cannot_be_read_is_refused_in_a_sentence(
        self, queue: InMemoryConnector, data: bytes, says: str
    ) -> None:
        with pytest.raises(actions.RefusedUpload, match=says):
            receive(data)
        assert not Upload.objects.exists()

    def test_a_name_is_never_a_path(self, queue: InMemoryConnector) -> None:
        assert receive(name="../../etc/预算.txt").document.filename == "预算.txt"
        assert receive(b"other budget", name="..\\..\\b.txt").document.filename == "b.txt"


@pytest.mark.django_db
class TestReading:
    def test_what_was_understood_is_kept(self, queue: InMemoryConnector) -> None:
        factories.make_department()
        upload = read(receive())
        assert upload.status == Upload.Status.REVIEW
        assert (upload.fiscal_year, upload.stage, upload.department) == (
            2024,
            "budget",
            factories.make_department(),
        )
        assert len(upload.findings) > 100

    def test_an_unknown_department_is_proposed(self, queue: InMemoryConnector) -> None:
        upload = read(receive())
        assert upload.department is None
        assert upload.proposal["region"] == "拉萨市"

    def test_three_deaths_are_enough(self, queue: InMemoryConnector) -> None:
        upload = receive()
        Upload.objects.filter(pk=upload.pk).update(
            status=Upload.Status.READING, attempts=reading.MOST_ATTEMPTS
        )
        reading.read_upload(upload.pk)
        upload.refresh_from_db()
        assert (upload.status, "中断了 3 次" in upload.message) == (Upload.Status.REFUSED, True)

    def test_a_lost_original_is_said(self, queue: InMemoryConnector) -> None:
        upload = receive()
        upload.document.file.storage.delete(upload.document.file.name)
        reading.read_upload(upload.pk)
        upload.refresh_from_db()
        assert "找不到已保存的原件" in upload.message

    def test_what_is_not_waiting_is_left_alone(self, queue: InMemoryConnector) -> None:
        upload = read(receive())
        reading.read_upload(upload.pk)
        upload.refresh_from_db()
        assert upload.status == Upload.Status.REVIEW


@pytest.mark.django_db
class TestPublishing:
    def test_the_whole_way(self, queue: InMemoryConnector) -> None:
        user = factories.make_user()
        upload = approve(read(receive()), by=user)
        revision = actions.publish_upload(upload, by=user, now=NOW)

        upload.refresh_from_db()
        assert (upload.status, upload.revision, revision.number) == (Upload.Status.PUBLISHED, revision, 1)
        assert revision.documents.get().is_public
        assert Project.objects.count() == 30
        assert list(Event.objects.order_by("id").values_list("kind", flat=True)) == [
            "received", "read", "head", "approved", "published",
        ]  # fmt: skip
        with pytest.raises(actions.Refused, match="已经发布"):
            actions.publish_upload(upload, by=user, now=NOW)

    def test_a_corrected_figure_is_marked_with_both_values(self, queue: InMemoryConnector) -> None:
        user = factories.make_user()
        upload = read(receive())
        row = next(n for n, one in enumerate(upload.draft["tables"][2]["rows"]) if one["code"] == "30305")
        path = f"tables/2/rows/{row}/figures/total"
        actions.correct_cell(upload, path=path, new="7.67", reason="核对底稿", by=user, now=NOW)
        actions.publish_upload(approve(upload, by=user), by=user, now=NOW)

        amount = Amount.objects.get(corrected=True)
        assert (amount.yuan, amount.printed) == (Decimal(76700), "7.67")
        correction = Correction.objects.get()
        assert (correction.old, correction.new, correction.by) == ("1655.67", "7.67", user)
        assert PublicEvent.objects.filter(kind="corrected", old="1655.67", new="7.67").exists()

    def test_a_correction_needs_a_reason_and_can_be_undone(self, queue: InMemoryConnector) -> None:
        user = factories.make_user()
        upload = read(receive())
        before = upload.findings
        with pytest.raises(actions.Refused, match="理由"):
            actions.correct_cell(
                upload, path="tables/1/rows/0/figures/total", new="1", reason=" ", by=user, now=NOW
            )
        made = actions.correct_cell(
            upload, path="tables/1/rows/0/figures/total", new="1", reason="试", by=user, now=NOW
        )
        upload.refresh_from_db()
        assert upload.findings != before
        actions.undo_correction(made, by=user, now=NOW)
        upload.refresh_from_db()
        assert upload.findings == before

    def test_explanations_become_public(self, queue: InMemoryConnector) -> None:
        user = factories.make_user()
        upload = read(receive())
        actions.explain_cause(upload, cause="某原因", text="印刷如此", by=user, now=NOW)
        disclosure = actions.publish_upload(approve(upload, by=user), by=user, now=NOW).disclosure
        assert disclosure.explanations.get().text == "印刷如此"

    def test_nothing_is_published_without_approval(self, queue: InMemoryConnector) -> None:
        upload = read(receive())
        with pytest.raises(actions.Refused, match="还没有审核通过"):
            actions.publish_upload(upload, by=None, now=NOW)
        with pytest.raises(actions.Refused, match="还没有确认部门"):
            actions.approve_upload(upload, by=None, now=NOW)
        assert not LineItem.objects.exists()

    def test_a_second_person_where_asked_for(self, queue: InMemoryConnector, settings: Any) -> None:
        settings.PUBLISH_REQUIRES_SECOND_PERSON = True
        first, second = factories.make_user("first"), factories.make_user("second")
        upload = approve(read(receive()), by=first)
        with pytest.raises(actions.Refused, match="审核人以外的人"):
            actions.publish_upload(upload, by=first, now=NOW)
        assert actions.publish_upload(upload, by=second, now=NOW).number == 1

    def test_of_two_approved_at_once_the_second_is_told(self, queue: InMemoryConnector) -> None:
        first = approve(read(receive()))
        second = approve(read(receive(b"the same budget, printed again")))
        actions.publish_upload(first, by=None, now=NOW)
        with pytest.raises(PublishedMeanwhile):
            actions.publish_upload(second, by=None, now=NOW)
        actions.return_upload(second, reason="先核对新版本", by=None, now=NOW)
        actions.approve_upload(second, by=None, now=NOW)
        actions.publish_upload(second, by=None, now=NOW)

    def test_companions_are_published_together(self, queue: InMemoryConnector) -> None:
        main, narrative = read(receive()), read(receive(b"the narrative"))
        actions.join_upload(narrative, to=main, by=None, now=NOW)
        revision = actions.publish_upload(approve(main), by=None, now=NOW)
        narrative.refresh_from_db()
        assert (narrative.status, revision.documents.count()) == (Upload.Status.PUBLISHED, 2)

    def test_withdrawing_takes_facts_and_projects_back(self, queue: InMemoryConnector) -> None:
        disclosure = actions.publish_upload(approve(read(receive())), by=None, now=NOW).disclosure
        assert actions.withdraw(disclosure, reason="数据有误", by=None, now=NOW) is None
        assert not (LineItem.objects.exists())
        assert not (Project.objects.exists())
        assert not (Rollup.objects.exists())
        assert Revision.objects.get().withdrawn_reason == "数据有误"
        with pytest.raises((actions.Refused, AlreadyWithdrawn)):
            actions.withdraw(disclosure, reason="又一次", by=None, now=NOW)

    def test_discarded_and_published_uploads_stay_as_they_are(self, queue: InMemoryConnector) -> None:
        upload = approve(read(receive()))
        actions.publish_upload(upload, by=None, now=NOW)
        with pytest.raises(actions.Refused, match="已发布"):
            actions.discard(upload, reason="不要了", by=None, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_publishers_at_the_same_moment_publish_once(queue: InMemoryConnector) -> None:
    upload = approve(read(receive()))
    answers: list[str] = []
    barrier = threading.Barrier(2)

    def press() -> None:
        try:
            barrier.wait()
            actions.publish_upload(upload, by=None, now=NOW)
            answers.append("published")
        except (actions.Refused, PublishedMeanwhile) as refused:
            answers.append(type(refused).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) in (["Refused", "published"], ["PublishedMeanwhile", "published"])
    assert Revision.objects.count() == 1
    assert LineItem.objects.count() == 202


@pytest.mark.django_db(transaction=True)
def test_a_failure_in_the_middle_leaves_nothing_behind(queue: InMemoryConnector, monkeypatch: Any) -> None:
    upload = approve(read(receive()))

    def fail(**_: Any) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("intake.publishing.publish_projects", fail)
    with pytest.raises(RuntimeError):
        actions.publish_upload(upload, by=None, now=NOW)

    upload.refresh_from_db()
    assert upload.status == Upload.Status.APPROVED
    assert not (LineItem.objects.exists())
    assert not (Revision.objects.exists())
    assert not (Disclosure.objects.exists())
    assert connection.is_usable()
