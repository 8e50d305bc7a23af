"""Departments renamed and merged, originals taken down, remarks answered, the expected list, sign-in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from budgets.models import (
    DataVersion,
    Department,
    DepartmentAddress,
    Disclosure,
    ExpectedDisclosure,
    LineItem,
    PublicEvent,
    Remark,
    Rollup,
    SourceDocument,
)
from intake import actions_desk
from intake.errors import Refused
from intake.models import Event
from intake.views.expected import UnreadableList, read_list
from performance.models import Project
from tests.factories import make_department, make_document, make_region, publish
from tests.intake.desk.people import ADMINISTRATOR, NOW, REVIEWER, UPLOADER, make_person, make_upload

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def sign_in(*roles: str, name: str = "somebody", **fields: Any) -> Client:
    client = Client()
    client.force_login(make_person(name, *roles, **fields), backend=BACKEND)
    return client


def test_a_renamed_department_keeps_old_name_and_address() -> None:
    department = make_department()
    client = sign_in(ADMINISTRATOR)
    fields = {
        "name": "拉萨市数据局",
        "slug": "lhasa-shuju",
        "name_en": "Data Bureau",
        "valid_from": "2025-03-01",
    }
    page = client.post(
        reverse("admin:desk_rename", args=[department.pk]), fields, follow=True
    ).content.decode()
    assert "已更名" in page
    department.refresh_from_db()
    assert (department.name, department.slug) == ("拉萨市数据局", "lhasa-shuju")
    assert department.aliases.get().name == "拉萨市行政审批和便民服务局"
    assert DepartmentAddress.objects.get(slug="lhasa-xingzhengshenpi").department == department
    fields = {"name": "拉萨市行政审批和便民服务局", "slug": "lhasa-xingzhengshenpi"}
    client.post(reverse("admin:desk_rename", args=[department.pk]), fields)
    department.refresh_from_db()
    assert department.slug == "lhasa-xingzhengshenpi", "the way back is open"
    assert DepartmentAddress.objects.get().slug == "lhasa-shuju"


def test_a_name_or_address_of_another_department_is_refused() -> None:
    first, second = make_department(), make_department("lhasa-caizheng", "拉萨市财政局")
    for fields in ({"name": second.name, "slug": "lhasa-new"}, {"name": "拉萨市新局", "slug": second.slug}):
        with pytest.raises(Refused, match="已"):
            actions_desk.rename_department(first, by=None, now=NOW, **fields)
    first.refresh_from_db()
    assert first.slug == "lhasa-xingzhengshenpi"


def test_a_department_registered_twice_moves_with_everything() -> None:
    twice, kept = make_department("lhasa-twice", "拉萨市政务局"), make_department()
    revision = publish(department=twice)
    upload = make_upload(department=twice)
    ExpectedDisclosure.objects.create(department=twice, fiscal_year=2024, stage="budget")
    actions_desk.merge_departments(twice, into=kept, keeps_history=False, by=None, now=NOW)
    assert not Department.objects.filter(slug="lhasa-twice").exists()
    assert DepartmentAddress.objects.get(slug="lhasa-twice").department == kept
    assert Disclosure.objects.get().department == kept
    assert set(LineItem.objects.values_list("department", flat=True)) == {kept.pk}
    assert set(Project.objects.values_list("department", flat=True)) <= {kept.pk}
    assert not Rollup.objects.filter(disclosure=revision.disclosure).exclude(department=kept).exists()
    upload.refresh_from_db()
    assert upload.department == kept
    assert kept.aliases.get().name == "拉萨市政务局"
    assert ExpectedDisclosure.objects.get().department == kept
    assert Event.objects.filter(kind="merged").exists()


def test_a_merger_by_reform_keeps_the_old_years() -> None:
    old, new = make_department("lhasa-old", "拉萨市政务局"), make_department()
    publish(department=old)
    client = sign_in(ADMINISTRATOR)
    fields = {"into": new.pk, "keeps_history": "on", "on": "2025-01-01"}
    client.post(reverse("admin:desk_merge", args=[old.pk]), fields)
    old.refresh_from_db()
    assert (old.merged_into, old.valid_to) == (new, dt.date(2025, 1, 1))
    assert Disclosure.objects.get().department == old


def test_departments_with_the_same_year_are_not_merged_silently() -> None:
    twice, kept = make_department("lhasa-twice", "拉萨市政务局"), make_department()
    publish(department=twice)
    publish(department=kept)
    with pytest.raises(Refused, match="2024"):
        actions_desk.merge_departments(twice, into=kept, keeps_history=False, by=None, now=NOW)
    with pytest.raises(Refused, match="自己"):
        actions_desk.merge_departments(kept, into=kept, keeps_history=True, by=None, now=NOW)
    assert Department.objects.filter(pk=twice.pk).exists()


def test_a_published_original_is_taken_down_with_reason_and_covered_copy(
    django_capture_on_commit_callbacks: Any,
) -> None:
    document = make_document()
    revision = publish(documents=[document])
    client = sign_in(ADMINISTRATOR)
    version = DataVersion.objects.get().number
    address = reverse("admin:desk_take_down", args=[document.pk])
    assert client.post(address, {"reason": ""}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            address,
            {
                "reason": "含有身份证号码",
                "destroys": "on",
                "redacted": SimpleUploadedFile("遮盖.txt", "2024年预算\n收入\t1\n".encode()),
            },
        )
    document.refresh_from_db()
    assert (document.is_public, document.taken_down_reason) == (False, "含有身份证号码")
    with document.file.open("rb") as stored:
        assert stored.read() == b""
    copy = revision.documents.exclude(pk=document.pk).get()
    assert copy.is_public
    assert copy.filename == "遮盖.txt"
    assert PublicEvent.objects.get(kind="taken_down").reason == "含有身份证号码"
    assert DataVersion.objects.get().number > version
    assert SourceDocument.objects.filter(sha256=document.sha256).exists(), "its hash stays"


def test_a_remark_is_answered_and_closed(settings: Any) -> None:
    remark = Remark.objects.create(
        disclosure=publish().disclosure, address="/departments/x/", text="合计好像不对", sender="s", at=NOW
    )
    client = sign_in(REVIEWER)
    assert "合计好像不对" in client.get(reverse("admin:index")).content.decode()
    address = reverse("admin:budgets_remark_change", args=[remark.pk])
    assert (
        "公开答复不能为空"
        in client.post(address, {"answer": "", "answer_is_public": "on", "closes": "on"}).content.decode()
    )
    client.post(address, {"answer": "原件印刷如此，已加说明。", "answer_is_public": "on", "closes": "on"})
    remark.refresh_from_db()
    assert remark.answer_is_public
    assert remark.closed_at is not None
    assert remark.closed_by.username == "somebody"
    client.get(reverse("admin:index"))  # tells once that it was saved
    assert "合计好像不对" not in client.get(reverse("admin:index")).content.decode()
    assert Event.objects.filter(kind="answered").exists()


def test_a_bound_user_reads_remarks_of_the_own_department_only() -> None:
    remark = Remark.objects.create(
        disclosure=publish().disclosure, address="/", text="合计好像不对", sender="s", at=NOW
    )
    client = sign_in(REVIEWER, of=make_department("lhasa-caizheng", "拉萨市财政局"))
    assert "合计好像不对" not in client.get(reverse("admin:budgets_remark_changelist")).content.decode()
    assert client.get(reverse("admin:budgets_remark_change", args=[remark.pk])).status_code == 302


LIST = "地区,部门,年度,预算或决算,批复日期\n拉萨市,拉萨市行政审批和便民服务局,2024,预算,2024-01-15\n拉萨市,拉萨市财政局,2024,预算,\n拉萨市,拉萨市审计局,2024,预算,2024/1/2\n"


def test_the_expected_list_is_imported_once_and_counted() -> None:
    publish(department=make_department())
    make_upload(department=make_department("lhasa-caizheng", "拉萨市财政局"))
    client = sign_in(ADMINISTRATOR)
    address = reverse("admin:desk_expected_import")
    for encoding in ("utf-8-sig", "gb18030"):
        page = client.post(
            address, {"file": SimpleUploadedFile("list.csv", LIST.encode(encoding))}, follow=True
        ).content.decode()
        assert "已导入 3 行" in page
    assert ExpectedDisclosure.objects.count() == 3
    page = client.get(reverse("admin:desk_expected"), {"year": "2024"}).content.decode()
    assert "应公开 3 个部门，已公开 1 个。" in page
    late = client.get(reverse("admin:desk_expected"), {"year": "2024", "state": "late"}).content.decode()
    assert "拉萨市审计局" in late
    assert "2024-01-22" in late
    assert "拉萨市财政局</th>" not in late


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("地区,部门\n", "第 1 行"),
        (LIST + "拉萨市,拉萨市民政局,今年,预算,\n", "第 5 行：“今年”"),
        (LIST + "拉萨市,拉萨市民政局,2024,概算,\n", "“概算”"),
        (LIST + "拉萨市,拉萨市民政局,2024,预算,二月\n", "“二月”"),
        (LIST + ",拉萨市民政局,2024,预算,\n", "第 5 行"),
    ],
)
def test_a_wrong_line_of_the_list_is_named_and_nothing_is_imported(text: str, sentence: str) -> None:
    with pytest.raises(UnreadableList, match=sentence):
        list(read_list(text.encode()))
    sign_in(ADMINISTRATOR).post(
        reverse("admin:desk_expected_import"), {"file": SimpleUploadedFile("l.csv", text.encode())}
    )
    assert not ExpectedDisclosure.objects.exists()


def sign_in_by_form(client: Client, **fields: str) -> int:
    return client.post(
        reverse("admin:login"), {"username": "lu", "password": "correct horse", **fields}
    ).status_code


def test_a_second_factor_is_switched_on_asked_for_and_switched_off(client: Client) -> None:
    user = make_person("lu", UPLOADER)
    assert sign_in_by_form(client) == 302
    address = reverse("admin:desk_second_factor")
    assert "data:image/svg+xml" in client.get(address).content.decode()
    device = TOTPDevice.objects.get(user=user)
    assert (
        "不对"
        in client.post(address, {"token": f"{(totp(device.bin_key) + 1) % 1000000:06}"}).content.decode()
    )
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    client.post(address, {"token": f"{totp(device.bin_key):06}"})
    assert TOTPDevice.objects.get().confirmed
    fresh = Client()
    assert sign_in_by_form(fresh) == 200, "the password alone is not enough"
    TOTPDevice.objects.update(last_t=-1)
    assert sign_in_by_form(fresh, token=f"{totp(device.bin_key):06}") == 302


def test_five_wrong_passwords_lock_the_account_out(client: Client) -> None:
    make_person("lu", UPLOADER)
    for _try in range(5):
        sign_in_by_form(client, password="wrong")
    page = client.post(reverse("admin:login"), {"username": "lu", "password": "correct horse"})
    assert page.status_code != 302
    assert "已锁定 30 分钟" in page.content.decode()


def test_who_may_not_take_a_step_is_told_in_the_desks_own_words(client: Client) -> None:
    client.force_login(make_person("lu", UPLOADER), backend=BACKEND)
    page = client.get(reverse("admin:desk_rename", args=[make_department().pk]))
    assert page.status_code == 403
    assert "您的角色不能做这一步" in page.content.decode()


def test_the_region_of_a_new_department_must_be_a_place() -> None:
    with pytest.raises(Refused, match="地区名"):
        actions_desk.make_department(region="不知道", name="某局", by=None, now=NOW)
    made = actions_desk.make_department(
        region=make_region().name, name="拉萨市审计局（本级）", parent="拉萨市审计局", by=None, now=NOW
    )
    assert made.parent is not None
    assert made.parent.name == "拉萨市审计局"
    assert made.slug.startswith("lhasa-")
