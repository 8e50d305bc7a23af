"""The journey in a real browser: three people take a document from upload to the public page and its CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from budgets.formatting import format_amount
from budgets.models import Disclosure
from intake import reading
from intake.models import Upload
from tests.conftest import ROOT
from tests.intake.desk.people import PUBLISHER, REVIEWER, UPLOADER, make_person
from tests.migrated import restore_migrated

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAMPLE = ROOT / "intake" / "samples" / "lhasa-2024-budget.xlsx"
TEXT = "documents/lhasa/拉萨市行政审批和便民服务局__2024_部门预算.txt"
PDF = "documents/fuzhou/福州市医疗保障局__2026_部门预算.pdf"
TRUE = ("true", "t")


class Desk:
    """One person's browser on the desk; keeps what the console complained about."""

    def __init__(self, browser: Browser, base: str, name: str, **options: Any) -> None:
        self.context = browser.new_context(
            base_url=base, locale="zh-CN", viewport={"width": 1440, "height": 900}, **options
        )
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._keep)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto("/admin/")
        self.page.get_by_label("用户名").fill(name)
        self.page.get_by_label("密码").fill("correct horse")
        self.page.get_by_role("button", name="登录").click()
        expect(self.page.get_by_role("heading", name="工作台")).to_be_visible()

    def _keep(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not said.location["url"].endswith("/favicon.ico"):
            self.complaints.append(f"{said.text} {said.location['url']}")

    def close(self) -> None:
        """Close the window."""
        self.context.close()


@pytest.fixture
def open_desk(chromium: Browser, live_server: Any) -> Iterator[Any]:
    opened: list[Desk] = []
    restore_migrated()

    def open_one(name: str, *roles: str, **options: Any) -> Desk:
        make_person(name, *roles)
        opened.append(Desk(chromium, live_server.url, name, **options))
        return opened[-1]

    yield open_one
    for desk in opened:
        desk.close()


@pytest.fixture(params=["workbook", "text", "pdf"])
def document(request: pytest.FixtureRequest) -> Path:
    """This will give one document of each kind; two of them are not part of the project."""
    if request.param == "workbook":
        return SAMPLE
    shared: Path = request.getfixturevalue("shared")
    return shared / {"text": TEXT, "pdf": PDF}[request.param]


def test_from_upload_to_the_public_csv(open_desk: Any, document: Path, live_server: Any) -> None:
    upload = bring_in(open_desk("lu", UPLOADER), document)
    correct_one_and_take_it_back(upload)
    address = approve_and_publish(open_desk, upload)
    compare_page_and_csv(open_desk("reader", PUBLISHER), address)


def bring_in(desk: Desk, document: Path) -> tuple[Desk, Upload]:
    page = desk.page
    page.get_by_role("link", name="上传预决算文件").click()
    page.get_by_label("选择文件，或把文件拖到这里").set_input_files(document)
    page.get_by_role("button", name="上传").click()
    expect(page.get_by_text("等待读取")).to_be_visible()
    upload = Upload.objects.get()
    reading.read_upload(upload.pk)  # what the worker does; the page finds out by itself
    expect(page.get_by_text("全部读完")).to_be_visible(timeout=15_000)
    page.get_by_role("link", name=document.name).click()
    expect(page.get_by_text("读懂了")).to_be_visible()
    page.get_by_role("button", name="确认", exact=True).click()
    expect(page.get_by_text("已确认")).to_be_visible()
    return desk, upload


def correct_one_and_take_it_back(brought: tuple[Desk, Upload]) -> None:
    desk, upload = brought
    page = desk.page
    figure = page.locator(".understood .num .fig[data-state=amount]").first
    path = figure.get_attribute("data-at") or ""
    figure.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f'.fig[data-at="{path}"]')).to_have_attribute("aria-current", "true")
    expect(page.locator("[data-pane] #here")).to_be_visible()
    before = page.get_by_label("更正为").input_value()
    page.get_by_label("更正为").fill("987654.32")
    page.get_by_label("理由（会公开）").last.fill("试填，随后撤销")
    page.get_by_role("button", name="保存更正").click()
    expect(page.get_by_text("已保存，勾稽关系已重新核对")).to_be_visible()
    assert before != "987654.32"
    page.get_by_role("navigation", name="步骤").get_by_role("link", name="更正").click()
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("已保存，勾稽关系已重新核对")).to_be_visible()
    assert not upload.corrections.filter(undone_at=None).exists()
    assert desk.complaints == []


def approve_and_publish(open_desk: Any, brought: tuple[Desk, Upload] | Any) -> str:
    upload = Upload.objects.get()
    reviewer = open_desk("shen", REVIEWER)
    page = reviewer.page
    page.get_by_role("link", name=upload.document.filename).click()
    page.get_by_role("link", name="下一步：勾稽核对").click()
    boxes = page.get_by_label("公开说明")
    if boxes.count():
        boxes.first.fill("原件印刷如此。")
        page.get_by_role("button", name="保存说明").first.click()
        expect(page.get_by_text("说明已保存")).to_be_visible()
    page.get_by_role("link", name="下一步：看差异").click()
    expect(page.get_by_text("这是第一次公开")).to_be_visible()
    page.get_by_role("link", name="下一步：审核与发布").click()
    page.get_by_role("button", name="审核通过").click()
    expect(page.get_by_text("已审核通过，等待发布。")).to_be_visible()
    assert page.get_by_role("button", name="发布").count() == 0
    publisher = open_desk("fa", PUBLISHER)
    page = publisher.page
    page.get_by_role("link", name=upload.document.filename).click()
    page.get_by_role("navigation", name="步骤").get_by_role("link", name="发布").click()
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_text("已发布，公众现在就能看到。")).to_be_visible()
    assert reviewer.complaints == publisher.complaints == []
    return page.get_by_role("link", name="查看公开页面").get_attribute("href") or ""


def compare_page_and_csv(reader: Desk, address: str) -> None:
    """The sum of the canonical leaves in the download is the figure that the page opens with."""
    disclosure = Disclosure.objects.get()
    reader.page.goto(address)
    shown = reader.page.locator("main").inner_text()
    response = reader.context.request.get(
        f"/downloads/amounts.csv?department={disclosure.department.slug}&year={disclosure.fiscal_year}"
    )
    assert response.ok
    lines = csv.DictReader(io.StringIO(response.body().decode("utf-8-sig")))
    total = sum(
        Decimal(line["amount_yuan"])
        for line in lines
        if line["is_leaf"] in TRUE
        and line["is_canonical"] in TRUE
        and line["functional_code"]
        and line["measure"] == "total"
        and line["amount_yuan"]
    )
    assert total > 0, response.text()[:2000]
    assert format_amount(Decimal(total)) in shown.replace(" ", " ")


def test_no_violation_of_accessibility_rules_and_no_sideways_scrolling(open_desk: Any) -> None:
    from tests.factories import make_department, publish
    from tests.intake.desk.people import make_upload

    department = make_department()
    revision = publish(department=department)
    upload = make_upload(department=department, settled=False)
    desk = open_desk("root", is_root := "管理 Administrator")
    assert is_root
    pages = [
        "",
        "desk/upload/",
        f"desk/incoming/?ids={upload.pk}",
        f"desk/uploads/{upload.pk}/",
        f"desk/uploads/{upload.pk}/?at=tables/0/rows/4/figures/total",
        f"desk/uploads/{upload.pk}/?table=projects",
        f"desk/uploads/{upload.pk}/checks/",
        f"desk/uploads/{upload.pk}/corrections/",
        f"desk/uploads/{upload.pk}/differences/",
        f"desk/uploads/{upload.pk}/publish/",
        f"desk/disclosures/{revision.disclosure.pk}/withdraw/",
        f"desk/originals/{upload.document.pk}/take-down/",
        f"desk/departments/{department.pk}/rename/",
        f"desk/departments/{department.pk}/merge/",
        "desk/expected/",
        "desk/second-factor/",
        "desk/help/",
        "desk/help/review/",
        "intake/upload/",
        "intake/event/",
    ]
    found = []
    for scheme in ("light", "dark"):
        desk.page.emulate_media(color_scheme=scheme)
        for path in pages:
            desk.page.set_viewport_size({"width": 390, "height": 844})
            desk.page.goto(f"/admin/{path}")
            wider = desk.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if wider > 0:
                found.append(f"{path}: {wider} px wider than a phone")
            result = Axe().run(desk.page)
            found += [
                f"{scheme} {path}: {one['id']} {one['nodes'][0]['html'][:150]}"
                for one in result.response["violations"]
            ]
    assert found == []
    assert desk.complaints == []


def test_the_desk_works_without_scripts(open_desk: Any) -> None:
    from tests.factories import make_department
    from tests.intake.desk.people import make_upload

    upload = make_upload(department=make_department())
    desk = open_desk("shen", REVIEWER, java_script_enabled=False)
    page = desk.page
    page.goto(f"/admin/desk/uploads/{upload.pk}/")
    page.get_by_role("link", name="300.00").first.click()
    page.get_by_label("更正为").fill("301.00")
    page.get_by_label("理由（会公开）").fill("照原件改正")
    page.get_by_role("button", name="保存更正").click()
    expect(page.get_by_text("已保存，勾稽关系已重新核对：不符 0 项")).to_be_visible()
    assert upload.corrections.get().new == "301.00"
