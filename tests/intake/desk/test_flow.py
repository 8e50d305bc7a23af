"""The whole way through the desk by its forms: upload, head, correction, explanation, approval, publication."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from budgets.models import Department, Disclosure, Revision
from intake import reading
from intake.models import Event, Upload
from tests.factories import make_department, make_region, publish
from tests.intake.desk.drafts import make_draft
from tests.intake.desk.people import ADMINISTRATOR, PUBLISHER, REVIEWER, UPLOADER, make_person, make_upload

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def sign_in(*roles: str, name: str = "somebody", **fields: Any) -> Client:
    client = Client()
    client.force_login(make_person(name, *roles, **fields), backend=BACKEND)
    return client


def post(client: Client, name: str, pk: int, **fields: Any) -> str:
    """Post to an address of the desk and return the page it leads to."""
    return client.post(reverse(f"admin:desk_{name}", args=[pk]), fields, follow=True).content.decode()


def send(client: Client, *files: tuple[str, bytes]) -> str:
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(reverse("admin:desk_upload"), {"files": sent}, follow=True).content.decode()


TEXT = "2024年江宁市审计局部门预算\n一般公共预算支出表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n201\t一般公共服务支出\t300.00\t200.00\t100.00\n"


def test_from_upload_to_the_public_by_three_people(settings: Any) -> None:
    settings.PUBLISH_REQUIRES_SECOND_PERSON = True
    make_region("jiangning", "江宁市")
    uploader = sign_in(UPLOADER, name="lu")
    page = send(uploader, ("江宁市审计局2024年部门预算.txt", TEXT.encode()))
    assert "读取进度" in page
    upload = Upload.objects.get()
    reading.read_upload(upload.pk)
    upload.refresh_from_db()
    assert upload.status == Upload.Status.REVIEW, upload.message
    upload.draft, upload.document.kind = make_draft(), "text"
    upload.save()

    page = post(
        uploader,
        "head",
        upload.pk,
        region="江宁市",
        department="江宁市审计局",
        is_new="on",
        fiscal_year="2024",
        stage="budget",
    )
    assert "已确认" in page
    department = Department.objects.get(name="江宁市审计局")
    assert department.region.name == "江宁市"
    page = post(
        uploader,
        "correct",
        upload.pk,
        path="tables/0/rows/4/figures/total",
        new="100.50",
        reason="照原件改正",
    )
    assert "已保存" in page
    assert "照原件改正" in page
    page = post(uploader, "approve", upload.pk)
    assert Upload.objects.get().status == Upload.Status.REVIEW, "an uploader cannot approve"

    reviewer = sign_in(REVIEWER, PUBLISHER, name="shen")
    page = post(reviewer, "approve", upload.pk)
    assert "必须处理的问题" in page
    post(reviewer, "correct", upload.pk, path="problems/0/settled", new="on", reason="页脚文字，不是金额")
    upload.refresh_from_db()
    cause = next(one["cause"] for one in upload.findings if one["outcome"] == "mismatch")
    page = post(reviewer, "explain", upload.pk, cause=cause[:80], text="原件印刷如此。")
    assert "原件印刷如此。" in page
    page = post(reviewer, "approve", upload.pk)
    assert "已审核通过" in page
    page = post(reviewer, "publish_now", upload.pk)
    assert "审核人以外的人" in page
    assert not Revision.objects.exists()
    publish_and_withdraw(upload, department)


def publish_and_withdraw(upload: Upload, department: Department) -> None:
    publisher = sign_in(PUBLISHER, name="fa")
    page = post(publisher, "publish_now", upload.pk, note="首次公开")
    assert "已发布" in page
    disclosure = Disclosure.objects.get()
    assert (disclosure.department, disclosure.fiscal_year, disclosure.stage) == (department, 2024, "budget")
    assert disclosure.current is not None
    assert disclosure.current.note == "首次公开"
    corrected = disclosure.amounts.get(corrected=True)
    assert corrected.printed == "100.50"
    assert disclosure.explanations.get().text == "原件印刷如此。"
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds[:2] == ["received", "read"]
    assert kinds[-1] == "published"
    assert {"head", "corrected", "explained", "approved"} <= set(kinds)

    page = publisher.post(
        reverse("admin:desk_withdraw", args=[disclosure.pk]), {"reason": "上传错了文件"}, follow=True
    ).content.decode()
    assert "已撤回" in page
    disclosure.refresh_from_db()
    assert disclosure.current is None
    assert Revision.objects.get().withdrawn_reason == "上传错了文件"


def test_undoing_a_correction_brings_the_old_findings_back() -> None:
    client = sign_in(REVIEWER)
    upload = make_upload(department=make_department())
    post(client, "correct", upload.pk, path="tables/0/rows/4/figures/total", new="90", reason="试一试")
    upload.refresh_from_db()
    assert any(one["outcome"] == "mismatch" for one in upload.findings)
    correction = upload.corrections.get()
    client.post(reverse("admin:desk_undo", args=[upload.pk, correction.pk]))
    upload.refresh_from_db()
    assert not any(one["outcome"] == "mismatch" for one in upload.findings)
    correction.refresh_from_db()
    assert correction.undone_at is not None
    assert upload.draft["tables"][0]["rows"][4]["amounts"]["total"] == "100.00"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"path": "tables/0/rows/4/figures/total", "new": "n.a.", "reason": "x"}, "不是金额"),
        ({"path": "tables/0/rows/4/figures/total", "new": "5", "reason": ""}, "请写明理由"),
        (
            {"path": "tables/0/rows/4/figures/total", "new": "100.0", "reason": "x"},
            "与现在的值相同",
        ),
        ({"path": "tables/77/title", "new": "5", "reason": "x"}, "没有"),
        ({"path": "sha256", "new": "5", "reason": "x"}, "没有"),
        ({"path": "tables/0/unit", "new": "斤", "reason": "x"}, "不在可选范围内"),
    ],
)
def test_what_cannot_be_corrected_is_said_and_nothing_changes(fields: dict[str, str], expected: str) -> None:
    client = sign_in(REVIEWER)
    upload = make_upload(department=make_department())
    assert expected in post(client, "correct", upload.pk, **fields)
    assert not upload.corrections.exists()


def test_a_new_department_must_be_named_as_new() -> None:
    client = sign_in(UPLOADER)
    make_region()
    upload = make_upload()
    fields = {"region": "拉萨市", "department": "拉萨市审计局", "fiscal_year": "2024", "stage": "budget"}
    assert "请勾选" in post(client, "head", upload.pk, **fields)
    assert not Department.objects.filter(name="拉萨市审计局").exists()


def test_a_bound_user_cannot_claim_a_document_for_another_department() -> None:
    own = make_department("lhasa-caizheng", "拉萨市财政局")
    other = make_department()
    client = sign_in(UPLOADER, of=own)
    upload = make_upload(department=own)
    fields = {"region": "拉萨市", "department": other.name, "fiscal_year": "2024", "stage": "budget"}
    assert "本部门" in post(client, "head", upload.pk, **fields)
    upload.refresh_from_db()
    assert upload.department == own


def test_the_differences_against_the_public_revision_and_last_year() -> None:
    department = make_department(
        "jiangning-shenji", "江宁市审计局", region=make_region("jiangning", "江宁市")
    )
    last, before = make_draft(), make_draft()
    last["disclosure"]["fiscal_year"] = 2023
    for amounts in (row["amounts"] for row in last["tables"][0]["rows"][3:4]):
        amounts["total"] = "100.00"
    for draft in (last, before):
        draft["problems"] = []
    publish_json(last, department=department)
    publish_json(before, department=department)
    now = make_draft()
    now["tables"][0]["rows"][4]["figures"]["total"]["raw"] = now["tables"][0]["rows"][4]["amounts"][
        "total"
    ] = "101.00"
    upload = make_upload(department=department, draft=now)
    page = sign_in(REVIEWER).get(reverse("admin:desk_differences", args=[upload.pk])).content.decode()
    assert "有 1 处不同" in page
    assert "101.00" in page
    assert "2010801 行政运行" in page
    assert "1,000,000.00" in page


def publish_json(draft: dict[str, Any], *, department: Department) -> Revision:
    from intake.parsing.draft_json import from_json

    return publish(from_json(draft), department=department)


def test_every_page_of_an_upload_opens_in_both_languages() -> None:
    upload = make_upload(department=make_department(), settled=False)
    client = sign_in(ADMINISTRATOR)
    post(client, "correct", upload.pk, path="tables/0/rows/4/figures/total", new="90", reason="试一试")
    for name in ("review", "checks", "corrections", "differences", "publish"):
        address = f"/admin/desk/uploads/{upload.pk}/" + ("" if name == "review" else f"{name}/")
        assert client.get(address).status_code == 200
        assert client.get("/en" + address).status_code == 200
    for path in (
        "tables/0/rows/4/figures/total",
        "tables/0/columns/1/measure",
        "tables/0/rows/2/code",
        "head/stage",
        "tables/0/excluded",
        "projects/0/objective",
        "projects/0/indicators/0/operator",
        "nonsense",
        "tables/0/unit",
    ):
        for extra in (
            {},
            {"table": "projects"},
            {"table": "0"},
            {"table": "99"},
            {"page": "77"},
            {"finding": "0.0"},
            {"finding": "x.y"},
        ):
            response = client.get(reverse("admin:desk_review", args=[upload.pk]), {"at": path, **extra})
            assert response.status_code == 200, (path, extra)
    assert (
        client.get(
            reverse("admin:desk_pane", args=[upload.pk]), {"at": "tables/0/rows/4/figures/total"}
        ).status_code
        == 200
    )


def make_zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_zip_becomes_one_upload_for_each_document() -> None:
    client = sign_in(UPLOADER)
    content = make_zip(
        **{
            "a/一.txt": TEXT.encode(),
            "a/二.txt": TEXT.replace("300", "301").encode(),
            "__MACOSX/x": b"x",
            "a/空.txt": b"",
        }
    )
    page = send(client, ("全部.zip", content))
    assert set(Upload.objects.values_list("document__filename", flat=True)) == {"一.txt", "二.txt"}
    assert "空文件" in page


def test_two_hundred_files_in_one_zip_all_become_jobs() -> None:
    client = sign_in(UPLOADER)
    files = {f"{number:03}.txt": TEXT.replace("300.00", f"{number}.00").encode() for number in range(200)}
    send(client, ("200.zip", make_zip(**files)))
    assert Upload.objects.filter(status=Upload.Status.WAITING).count() == 200
    from procrastinate.contrib.django.models import ProcrastinateJob

    assert ProcrastinateJob.objects.filter(task_name="intake.read_upload", status="todo").count() == 200


def test_the_same_content_again_is_recognised_and_not_told_to_strangers() -> None:
    client = sign_in(UPLOADER)
    send(client, ("一.txt", TEXT.encode()))
    assert "没有重复收下" in send(client, ("另一个名字.txt", TEXT.encode()))
    assert Upload.objects.count() == 1
    Upload.objects.update(department=make_department())
    stranger = sign_in(UPLOADER, name="stranger", of=make_department("lhasa-caizheng", "拉萨市财政局"))
    page = send(stranger, ("猜.txt", TEXT.encode()))
    assert "内容完全相同" in page
    assert "一.txt" not in page


PHOTO = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("空.pdf", b"", "空文件"),
        ("大.pdf", b"%PDF-1.7\n" + b"0" * (40 * 1024 * 1024), "超过上限"),
    ],
)
def test_bad_files_get_one_clear_sentence_and_nothing_is_kept(
    name: str, content: bytes, sentence: str
) -> None:
    page = send(sign_in(UPLOADER), (name, content))
    assert sentence in page
    assert "Traceback" not in page
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("无表.txt", ("这是一份通知。\n" * 30).encode()),
        ("照片.txt", PHOTO),
        (
            "截断.txt",
            "2024年某某市审计局部门预算\n一般公共预算支出表\n单位：万元\n科目编码\t科目名称\t合计\n201\t一般公共".encode(),
        ),
    ],
)
def test_no_tables_a_photo_and_a_budget_cut_off_are_read_or_refused_in_one_sentence(
    name: str, text: bytes
) -> None:
    client = sign_in(ADMINISTRATOR)
    send(client, (name, text))
    upload = Upload.objects.get()
    reading.read_upload(upload.pk)
    upload.refresh_from_db()
    if upload.status == Upload.Status.REFUSED:
        assert upload.message
        assert "\n" not in upload.message
        page = client.get(reverse("admin:desk_incoming"), {"ids": upload.pk}).content.decode()
        assert upload.message in page
    else:
        page = client.get(reverse("admin:desk_publish", args=[upload.pk])).content.decode()
        assert "还不能审核通过" in page
        post(client, "approve", upload.pk)
        upload.refresh_from_db()
        assert upload.status == Upload.Status.REVIEW
    assert not Disclosure.objects.exists()
    with upload.document.file.open("rb") as stored:
        assert stored.read() == text


def test_tables_and_text_in_two_files_are_published_together() -> None:
    department = make_department()
    client = sign_in(ADMINISTRATOR)
    main = make_upload(department=department, content=b"tables", name="表.txt")
    text = make_upload(
        department=department,
        content=b"text",
        name="说明.txt",
        draft=make_draft() | {"tables": [], "projects": []},
    )
    assert "说明.txt" in post(client, "join", main.pk, to="")
    assert "已设为一起发布" in post(client, "join", text.pk, to=str(main.pk))
    assert "请到那一份审核和发布" in post(client, "approve", text.pk)
    post(client, "approve", main.pk)
    assert "已发布" in post(client, "publish_now", main.pk)
    revision = Revision.objects.get()
    assert set(revision.documents.values_list("filename", flat=True)) == {"表.txt", "说明.txt"}
    text.refresh_from_db()
    assert (text.status, text.revision) == (Upload.Status.PUBLISHED, revision)


def test_a_file_that_could_not_be_read_is_read_again() -> None:
    client = sign_in(UPLOADER)
    send(client, ("一.txt", TEXT.encode()))
    upload = Upload.objects.get()
    Upload.objects.update(status=Upload.Status.REFUSED, message="程序意外中止", attempts=3)
    page = client.get(reverse("admin:desk_incoming"), {"ids": upload.pk}).content.decode()
    assert "程序意外中止" in page
    assert "重新读取" in page
    assert "等待读取" in post(client, "read_again", upload.pk)
    reading.read_upload(upload.pk)
    upload.refresh_from_db()
    assert upload.status == Upload.Status.REVIEW
    assert "不需要重新读取" in post(client, "read_again", upload.pk)
