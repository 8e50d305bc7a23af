"""The pages of projects and promises in a real browser, in both themes and languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.factories import publish_lhasa
from tests.performance.conftest import add_groups

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BASE = "/departments/lhasa-xingzhengshenpi/2024/budget/projects/"
PAGES = (
    BASE,
    f"{BASE}54010024T000001543300/",
    "/performance/",
    "/performance/rules/",
    "/performance/rules/no-benefit/",
)


@pytest.fixture
def site(live_server: Any) -> str:
    """This will publish the Lhasa budget and give the site's address."""
    add_groups()
    publish_lhasa()
    return str(live_server.url)


@pytest.fixture(params=[("light", 1440), ("dark", 390)], ids=["desktop-light", "phone-dark"])
def window(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """This will open a window in one theme and width."""
    theme, width = request.param
    context = chromium.new_context(
        locale="zh-CN", viewport={"width": width, "height": 900}, color_scheme=theme
    )
    yield context.new_page()
    context.close()


def test_no_barrier_no_sideways_scroll_nothing_refused(site: str, window: Page) -> None:
    complaints: list[str] = []
    window.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    for language in ("", "/en"):
        for address in PAGES:
            window.goto(f"{site}{language}{address}")
            result = Axe().run(window)
            found = [(each["id"], each["nodes"][0]["html"][:120]) for each in result.response["violations"]]
            assert not found, f"{language}{address}: {found}"
            assert not window.evaluate("document.documentElement.scrollWidth > innerWidth"), address
    assert complaints == []


def test_from_the_first_page_to_a_promise_in_four_steps(site: str, window: Page) -> None:
    window.goto(f"{site}/departments/lhasa-xingzhengshenpi/2024/budget/")
    window.get_by_role("link", name="看全部项目和承诺").click()
    window.locator("#projects").get_by_role("link", name="物业管理费").first.click()
    assert "物业服务面积" in window.locator("#d-output").inner_text()
    window.locator("#d-output").get_by_role("link", name="物业服务面积").click()
    assert "/source/" in window.url
