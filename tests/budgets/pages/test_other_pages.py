"""Home, regions, departments, checks, sources, revisions, and years that are not there."""

from __future__ import annotations

import copy
from collections.abc import Callable

from django.test import Client

from budgets.actions import publish_revision, withdraw_revision
from budgets.models import Department, DepartmentAddress, Disclosure
from tests import factories
from tests.budgets.pages.conftest import BASE

Read = Callable[..., str]


def test_home_before_anything_is_published(db: None, read: Read) -> None:
    assert "还没有发布任何文件" in read("/")


def test_home_says_what_is_here_and_how_many(lhasa: Disclosure, read: Read) -> None:
    page = read("/")
    assert "1 个地方、1 个部门公开的 1 份预算和决算" in page
    assert "2024年 1 个部门的预算里，一般公共服务" in page
    assert "5,619.46" in page
    assert "拉萨市" in page


def test_a_region_adds_departments_only_and_says_over_how_many(lhasa: Disclosure, read: Read) -> None:
    unit = factories.make_department(slug="lhasa-unit", name="某单位", parent=lhasa.department)
    factories.publish(department=unit)
    page = read("/regions/lhasa/")
    assert "其中 1 个部门 2024年的预算合计 5,884.05 万元" in page, "the unit is not added again"


def test_departments_are_found_by_name_and_initials(lhasa: Disclosure, read: Read) -> None:
    Department.objects.filter(pk=lhasa.department_id).update(initials="lsxzsp")
    assert "拉萨市行政审批和便民服务局" in read("/departments/")
    assert "拉萨市行政审批和便民服务局" in read("/departments/?q=lsx")
    assert "拉萨市行政审批和便民服务局" not in read("/departments/?q=审计")


def test_a_department_shows_its_years(lhasa: Disclosure, read: Read) -> None:
    page = read("/departments/lhasa-xingzhengshenpi/")
    assert "2024年预算 5,884.05 万元" in page


def test_departments_as_csv(lhasa: Disclosure, client: Client) -> None:
    text = client.get("/departments.csv").content.decode("utf-8-sig")
    assert "58840500.00" in text


def test_checks_ask_and_show_both_figures(lhasa: Disclosure, read: Read) -> None:
    page = read(f"{BASE}checks/")
    assert "1,235.35" in page
    assert "2,883.35" in page
    assert "相差 −1,648.00" in page
    for word in ("违规", "错误"):
        assert word not in page
    only = read(f"{BASE}checks/?outcome=rounding")
    assert "56.26" in only
    assert "2,883.35" not in only


def test_a_figure_leads_to_its_line_in_the_text(db: None, read: Read, client: Client) -> None:
    lines = [f"第{number}行" for number in range(1, 400)]
    lines[86] = "301\t\t\t工资福利支出\t1097.45\t1097.45\t"
    document = factories.make_document("lhasa.txt", "\n".join(lines).encode())
    factories.publish_lhasa(documents=[document])
    address = f"{BASE}source/?table=basic-by-economic&row=2&column=total"
    page = read(address)
    assert "工资福利支出" in page
    assert "1097.45 万元" in page
    assert "10,974,500.00 元" in page
    assert document.sha256 in page
    html = client.get(address).content.decode()
    assert html.count("<mark>1097.45</mark>") == 1, "the cell of the column asked for, not the other one"
    assert 'data-line="87" class="is-here"' in html


def test_a_document_that_was_taken_down_is_not_shown(db: None, read: Read) -> None:
    document = factories.make_document("secret.txt", "\n".join("机密" for _ in range(100)).encode())
    factories.publish_lhasa(documents=[document])
    document.taken_down_at, document.taken_down_reason = factories.NOW, "含个人信息"
    document.save()
    page = read(f"{BASE}source/")
    assert "机密" not in page
    assert "原件已撤下：含个人信息" in page


def test_the_source_of_nothing(lhasa: Disclosure, read: Read) -> None:
    read(f"{BASE}source/?table=nothing", status=404)
    read(f"{BASE}source/?table=three-public&row=999", status=404)
    read(f"{BASE}source/?page=99999999&line=x&box=1,2,a,4")


def test_a_revision_is_drawn_from_its_snapshot_and_stays(lhasa: Disclosure, read: Read) -> None:
    first = read(f"{BASE}revisions/1/")
    assert "1235.35" in first
    assert "这个地址的内容不会再变" in first
    factories.publish_lhasa(note="第二次", findings=[])
    assert "1235.35" in read(f"{BASE}revisions/1/")
    read(f"{BASE}revisions/9/", status=404)


def test_a_year_that_is_not_there_is_not_a_zero(lhasa: Disclosure, read: Read) -> None:
    page = read("/departments/lhasa-xingzhengshenpi/2023/budget/", status=404)
    assert "本站没有它 2023年的预算" in page
    assert "没有收录不等于没有公开，也不等于零" in page
    assert "2024年预算" in page
    read("/departments/nobody/2023/budget/", status=404)


def test_former_addresses_lead_on(lhasa: Disclosure, client: Client) -> None:
    DepartmentAddress.objects.create(slug="lhasa-old", department=lhasa.department)
    response = client.get("/departments/lhasa-old/2024/budget/checks/?outcome=match")
    assert response.status_code == 301
    assert response["Location"] == f"{BASE}checks/?outcome=match"


def test_pages_ask_nobody_else(lhasa: Disclosure, client: Client) -> None:
    page = client.get(BASE).content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert "onclick" not in page
    for part in page.split('src="')[1:]:
        assert part.startswith("/"), part[:60]


def test_a_revision_says_what_differs_from_the_one_before(lhasa: Disclosure, read: Read) -> None:
    draft = copy.deepcopy(lhasa.current.snapshot["draft"])  # type: ignore[union-attr]
    row = draft["tables"][1]["rows"][0]
    key = next(key for key, amount in row["amounts"].items() if amount == "5884.05")
    row["amounts"][key] = "5884.06"
    row["figures"][key] |= {"raw": "5884.06"}
    fields = {"findings": [], "corrections": [], "explanations": [], "by": None, "now": factories.NOW}
    publish_revision(
        draft=draft,
        department=lhasa.department,
        fiscal_year=2024,
        stage="budget",
        scope="department",
        documents=list(lhasa.current.documents.all()),  # type: ignore[union-attr]
        **fields,
    )
    page = read(f"{BASE}revisions/2/")
    assert "和第 1 版不同的地方" in page
    assert "5884.05 → 5884.06" in page
    assert "和第" not in read(f"{BASE}revisions/1/")


def test_a_withdrawn_year_says_so_and_keeps_its_address(lhasa: Disclosure, read: Read) -> None:
    withdraw_revision(lhasa.current, reason="重复发布", by=None, now=factories.NOW)  # type: ignore[arg-type]
    page = read(BASE, status=404)
    assert "撤回。理由：重复发布" in page
    kept = read(f"{BASE}revisions/1/")
    assert "这一版已于 2026-11-23 撤回。理由：重复发布" in kept
    assert "1235.35" in kept
