"""Mail to those who can do something about what came to wait, and to nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from budgets.models import Remark
from intake import actions
from intake.models import Event
from intake.notices import find_notices, send_notices
from tests.factories import make_department, publish
from tests.intake.desk.people import NOW, PUBLISHER, REVIEWER, UPLOADER, make_person, make_upload

pytestmark = pytest.mark.django_db
WINDOW = {"since": NOW - timedelta(minutes=15), "until": NOW}
THEN = NOW - timedelta(minutes=5)


@pytest.fixture
def people() -> dict[str, Any]:
    other = make_department("lhasa-caizheng", "拉萨市财政局")
    return {
        "lu": make_person("lu", UPLOADER, email="lu@example.org"),
        "shen": make_person("shen", REVIEWER, email="shen@example.org"),
        "fa": make_person("fa", PUBLISHER, email="fa@example.org"),
        "bound": make_person("bound", REVIEWER, PUBLISHER, of=other, email="bound@example.org"),
    }


def find_told() -> dict[str, list[str]]:
    return {notice.user.username: notice.lines for notice in find_notices(**WINDOW)}


def test_who_reviews_and_who_publishes_is_told_of_own_departments_only(people: dict[str, Any]) -> None:
    upload = make_upload(department=make_department(), by=people["lu"])
    Event.objects.create(at=THEN, kind="read", upload=upload)
    assert find_told() == {"shen": ["等待审核：预算.txt"]}
    actions.approve_upload(upload, by=people["shen"], now=THEN)
    assert find_told()["fa"] == ["等待发布：预算.txt"]
    assert "bound" not in find_told()


def test_the_uploader_is_told_of_a_refusal(people: dict[str, Any]) -> None:
    upload = make_upload(department=make_department(), by=people["lu"])
    Event.objects.create(at=THEN, kind="refused", upload=upload, text="扫描件没有文字")
    assert find_told() == {"lu": ["没能读取：预算.txt（扫描件没有文字）"]}


def test_remarks_are_told_and_old_things_are_not(people: dict[str, Any]) -> None:
    disclosure = publish(department=make_department()).disclosure
    Remark.objects.create(disclosure=disclosure, address="/", text="合计不对", sender="s", at=THEN)
    Remark.objects.create(
        disclosure=disclosure, address="/", text="昨天的", sender="s", at=NOW - timedelta(days=1)
    )
    assert find_told() == {"shen": ["读者来信：合计不对"], "fa": ["读者来信：合计不对"]}


def test_mails_go_out_only_where_a_server_is_named(people: dict[str, Any], settings: Any) -> None:
    Event.objects.create(at=THEN, kind="read", upload=make_upload(department=make_department()))
    settings.EMAIL_HOST = ""
    assert send_notices(**WINDOW) == 0
    settings.EMAIL_HOST = "mail.example.org"
    assert send_notices(**WINDOW) == 1
    assert mail.outbox[0].to == ["shen@example.org"]
    assert "等待审核：预算.txt" in mail.outbox[0].body
    assert "/admin/" in mail.outbox[0].body
