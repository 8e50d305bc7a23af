"""Who may open which address: every address of the desk, for each role, and across departments."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from budgets.models import Region
from intake import permissions
from intake.models import Upload
from intake.urls import ADDRESSES
from tests.factories import make_department, make_region, publish
from tests.intake.desk.people import ADMINISTRATOR, PUBLISHER, REVIEWER, UPLOADER, make_person, make_upload

pytestmark = pytest.mark.django_db
EVERYONE = {UPLOADER, REVIEWER, PUBLISHER, ADMINISTRATOR}
CORRECTING = {UPLOADER, REVIEWER, ADMINISTRATOR}

ALLOWED: dict[str, set[str]] = {
    "upload": {UPLOADER, ADMINISTRATOR},
    "incoming": EVERYONE,
    "progress": EVERYONE,
    "suggest": CORRECTING,
    "review": EVERYONE,
    "pane": EVERYONE,
    "page_image": EVERYONE,
    "head": CORRECTING,
    "correct": CORRECTING,
    "corrections": EVERYONE,
    "undo": CORRECTING,
    "checks": EVERYONE,
    "explain": CORRECTING,
    "differences": EVERYONE,
    "publish": EVERYONE,
    "approve": {REVIEWER, ADMINISTRATOR},
    "return": {REVIEWER, PUBLISHER, ADMINISTRATOR},
    "publish_now": {PUBLISHER, ADMINISTRATOR},
    "discard": CORRECTING,
    "join": CORRECTING,
    "read_again": {UPLOADER, ADMINISTRATOR},
    "withdraw": {PUBLISHER, ADMINISTRATOR},
    "take_down": {ADMINISTRATOR},
    "rename": {ADMINISTRATOR},
    "merge": {ADMINISTRATOR},
    "expected": EVERYONE,
    "expected_import": {ADMINISTRATOR},
    "second_factor": EVERYONE,
    "blank_workbook": EVERYONE,
    "help": EVERYONE,
    "help_page": EVERYONE,
}
POSTED = {
    "head",
    "correct",
    "undo",
    "explain",
    "approve",
    "return",
    "publish_now",
    "discard",
    "join",
    "read_again",
    "expected_import",
}
OF_UPLOADS = {
    "review",
    "pane",
    "page_image",
    "head",
    "correct",
    "corrections",
    "undo",
    "checks",
    "explain",
    "differences",
    "publish",
    "approve",
    "return",
    "publish_now",
    "discard",
    "join",
    "read_again",
}


def find_address(name: str, *, upload: Upload | None, other: dict[str, int]) -> str:
    arguments: list[object] = []
    if name in OF_UPLOADS:
        assert upload is not None
        arguments = [upload.pk, *{"page_image": [1], "undo": [999]}.get(name, [])]
    elif name in other:
        arguments = [other[name]]
    elif name == "help_page":
        arguments = ["upload"]
    return reverse(f"admin:desk_{name}", args=arguments)


def open_address(client: Client, name: str, address: str) -> int:
    return (client.post(address) if name in POSTED else client.get(address)).status_code


def test_every_address_of_the_desk_is_in_this_table() -> None:
    assert {name for _address, _view, name in ADDRESSES} == set(ALLOWED)


@pytest.mark.parametrize("role", [UPLOADER, REVIEWER, PUBLISHER, ADMINISTRATOR])
def test_a_role_opens_its_own_pages_only(client: Client, role: str) -> None:
    department = make_department()
    revision = publish(department=department)
    ids = {
        "withdraw": revision.disclosure.pk,
        "take_down": make_upload(department=department, content=b"taken down").document.pk,
        "rename": department.pk,
        "merge": department.pk,
    }
    client.force_login(make_person("somebody", role), backend="django.contrib.auth.backends.ModelBackend")
    for name, allowed in ALLOWED.items():
        upload = make_upload(department=department, content=name.encode())
        status = open_address(client, name, find_address(name, upload=upload, other=ids))
        if role in allowed:
            # 404: an image of a text document, a correction that does not exist; 302: done, back to a page
            assert status in (200, 302) or (name in ("page_image", "undo") and status == 404), (name, status)
        else:
            assert status == 403, (name, status)
            upload.refresh_from_db()
            assert upload.status == Upload.Status.REVIEW, name


def test_nobody_signed_in_is_sent_to_the_sign_in(client: Client) -> None:
    upload = make_upload(department=make_department())
    ids = {"withdraw": 1, "take_down": 1, "rename": 1, "merge": 1}
    for name in ALLOWED:
        address = find_address(name, upload=upload, other=ids)
        response = client.post(address) if name in POSTED else client.get(address)
        assert response.status_code == 302, name
        assert "/admin/login/" in response["Location"], name


def test_a_reader_with_an_account_but_no_role_sees_nothing(client: Client) -> None:
    upload = make_upload(department=make_department())
    client.force_login(make_person("nobody"), backend="django.contrib.auth.backends.ModelBackend")
    for name in sorted(OF_UPLOADS):
        assert open_address(client, name, find_address(name, upload=upload, other={})) == 403, name


@pytest.mark.parametrize("role", [UPLOADER, REVIEWER, PUBLISHER, ADMINISTRATOR])
def test_a_bound_user_cannot_open_another_departments_upload_by_any_address(
    client: Client, role: str
) -> None:
    own = make_department("lhasa-caizheng", "拉萨市财政局")
    other = make_department()
    foreign = make_upload(department=other)
    revision = publish(department=other)
    client.force_login(
        make_person("bound", role, of=own), backend="django.contrib.auth.backends.ModelBackend"
    )
    for name in sorted(OF_UPLOADS):
        status = open_address(client, name, find_address(name, upload=foreign, other={}))
        assert status in (403, 404), (name, status)
    for name, pk in {
        "withdraw": revision.disclosure.pk,
        "take_down": foreign.document.pk,
        "rename": other.pk,
    }.items():
        assert open_address(client, name, reverse(f"admin:desk_{name}", args=[pk])) in (403, 404), name
    listed = client.get(reverse("admin:intake_upload_changelist")).content.decode()
    assert foreign.document.filename not in listed
    told = client.get(reverse("admin:desk_progress"), {"ids": str(foreign.pk)})
    assert told.json() == {"uploads": []}
    events = client.get(reverse("admin:intake_event_changelist")).content.decode()
    assert foreign.document.filename not in events
    foreign.refresh_from_db()
    assert foreign.status == Upload.Status.REVIEW


def test_a_bound_user_sees_own_uploads_units_included_and_own_unassigned_ones() -> None:
    own = make_department("lhasa-caizheng", "拉萨市财政局")
    unit = make_department("lhasa-caizheng-benji", "拉萨市财政局（本级）", parent=own)
    user = make_person("bound", UPLOADER, of=own)
    mine = make_upload(department=own, content=b"1")
    of_unit = make_upload(department=unit, content=b"2")
    unassigned = make_upload(by=user, content=b"3")
    make_upload(content=b"4")
    make_upload(department=make_department(), by=user, content=b"5")
    assert set(permissions.for_user(user)) == {mine, of_unit, unassigned}


def test_the_groups_of_the_migration_hold_what_the_code_says() -> None:
    for name, expected in permissions.ROLES.items():
        held = Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename")
        assert {f"{app}.{code}" for app, code in held} == set(expected), name


@pytest.mark.parametrize(
    "model", ["intake_event", "intake_upload", "budgets_disclosure", "budgets_sourcedocument"]
)
def test_what_happened_cannot_be_edited_even_by_a_superuser(client: Client, model: str) -> None:
    client.force_login(
        make_person("root", is_superuser=True), backend="django.contrib.auth.backends.ModelBackend"
    )
    make_upload(department=make_department())
    assert client.get(reverse(f"admin:{model}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:{model}_add")).status_code == 403
    assert client.post(reverse(f"admin:{model}_delete", args=[1])).status_code in (302, 403, 404)
    assert Upload.objects.count() == 1


def test_an_administrator_cannot_touch_a_superuser_or_become_one(client: Client) -> None:
    root = make_person("root", is_superuser=True)
    admin = make_person("admin", ADMINISTRATOR)
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("admin:auth_user_change", args=[admin.pk])).content.decode()
    assert "is_superuser" not in page
    client.post(reverse("admin:auth_user_change", args=[root.pk]), {"username": "root", "is_active": ""})
    root.refresh_from_db()
    assert root.is_active
    assert root.is_superuser


def test_every_list_of_the_admin_opens(client: Client) -> None:
    client.force_login(
        make_person("root", is_superuser=True), backend="django.contrib.auth.backends.ModelBackend"
    )
    department = make_department()
    publish(department=department)
    make_region("chengdu", "成都市")
    for model in (
        "region",
        "department",
        "expecteddisclosure",
        "classificationnode",
        "disclosure",
        "sourcedocument",
        "remark",
    ):
        assert client.get(reverse(f"admin:budgets_{model}_changelist")).status_code == 200, model
    for name in ("auth_user", "auth_group", "intake_event", "intake_upload"):
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200, name
    assert client.get(reverse("admin:budgets_department_change", args=[department.pk])).status_code == 200
    assert (
        client.get(reverse("admin:budgets_region_change", args=[Region.objects.first().pk])).status_code
        == 200
    )
    assert client.get(reverse("admin:index")).status_code == 200
