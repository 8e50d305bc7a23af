"""The public pages in a real browser: accessible, within the policy, usable without script, no sideways scroll."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests import factories
from tests.budgets.pages.conftest import BASE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = (
    "/",
    "/departments/",
    "/regions/lhasa/",
    "/departments/lhasa-xingzhengshenpi/",
    BASE,
    f"{BASE}basic-by-economic/",
    f"{BASE}department-summary/",
    f"{BASE}checks/",
    f"{BASE}source/?table=basic-by-economic&row=2&column=total",
    f"{BASE}revisions/1/",
    "/departments/lhasa-xingzhengshenpi/2023/budget/",
)
VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  (window.refused ??= []).push(`${event.violatedDirective} ${event.sourceFile}`);
});
"""


@pytest.fixture
def site(live_server: Any) -> str:
    """This will publish the Lhasa budget and give the site's address."""
    factories.publish_lhasa()
    return str(live_server.url)


def open_context(chromium: Browser, **options: Any) -> BrowserContext:
    """This will open a browser window that notes what the policy refuses."""
    context = chromium.new_context(locale="zh-CN", **options)
    context.add_init_script(VIOLATIONS)
    return context


@pytest.fixture(params=["light", "dark"])
def window(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """This will open a desktop window in one theme."""
    context = open_context(chromium, viewport={"width": 1440, "height": 900}, color_scheme=request.param)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """This will open a window as wide as a phone."""
    context = open_context(chromium, viewport={"width": 390, "height": 844}, has_touch=True)
    yield context.new_page()
    context.close()


def scroll_through(page: Page) -> None:
    """This will scroll to the end, so that every chart is drawn, and back."""
    height = page.evaluate("document.documentElement.scrollHeight")
    for top in range(0, height, 500):
        page.evaluate(f"scrollTo(0, {top})")
        page.wait_for_timeout(60)
    page.evaluate("scrollTo(0, 0)")


def test_no_page_has_a_barrier(site: str, window: Page) -> None:
    axe = Axe()
    for language in ("", "/en"):
        for address in PAGES:
            window.goto(f"{site}{language}{address}")
            result = axe.run(window)
            found = [(each["id"], each["nodes"][0]["html"][:160]) for each in result.response["violations"]]
            assert not found, f"{language}{address}: {found}"


def test_charts_are_drawn_and_the_policy_refuses_nothing(site: str, window: Page) -> None:
    elsewhere: list[str] = []
    window.on(
        "request",
        lambda request: (
            None if request.url.startswith((site, "data:", "blob:")) else elsewhere.append(request.url)
        ),
    )
    window.goto(f"{site}{BASE}")
    scroll_through(window)
    window.wait_for_function(
        "[...document.querySelectorAll('.chart__plot')].every((plot) => plot.classList.contains('is-drawn'))"
    )
    assert window.locator(".chart__plot.is-drawn").count() == window.locator("[data-chart]").count() >= 4
    assert window.evaluate("window.refused ?? []") == []
    assert elsewhere == []
    assert window.context.cookies() == []
    assert not Axe().run(window).response["violations"]


def test_nothing_scrolls_sideways_on_a_phone(site: str, phone: Page) -> None:
    for address in PAGES:
        phone.goto(f"{site}{address}")
        wider = phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider == 0, address


def test_on_a_phone_the_picture_waits_for_its_button(site: str, phone: Page) -> None:
    phone.goto(f"{site}{BASE}")
    assert phone.evaluate("typeof window.Plotly") == "undefined"
    phone.locator(".chart__open").first.click()
    phone.wait_for_selector(".chart__plot.is-drawn")


def test_rows_open_in_place_and_by_keyboard(site: str, window: Page) -> None:
    window.goto(f"{site}{BASE}basic-by-economic/?open=")
    assert window.locator("tr[data-mark='30101']").count() == 0
    triangle = window.locator("#basic-by-economic-t-301")
    triangle.focus()
    window.keyboard.press("Enter")
    window.wait_for_selector("tr[data-mark='30101']")
    assert "open=301" in window.url
    assert window.evaluate("document.activeElement.id") == "basic-by-economic-t-301"
    window.go_back()
    window.wait_for_selector("tr[data-mark='30101']", state="detached")


def test_a_word_explains_itself(site: str, window: Page) -> None:
    window.goto(f"{site}{BASE}")
    window.locator(".strip .term").first.click()
    assert window.locator(".strip .term-note").first.is_visible()
    window.keyboard.press("Escape")
    assert not window.locator(".strip .term-note").first.is_visible()


def test_the_theme_is_chosen_and_kept_without_a_cookie(site: str, window: Page) -> None:
    window.goto(site)
    before = window.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    window.locator("[data-theme-switch]").click()
    after = window.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert before != after
    window.goto(f"{site}/departments/")
    assert window.evaluate("getComputedStyle(document.documentElement).backgroundColor") == after
    assert window.context.cookies() == []


def test_everything_works_without_script(site: str, chromium: Browser) -> None:
    context = open_context(chromium, java_script_enabled=False, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"{site}{BASE}")
    assert "5,884.05" in page.inner_text("main")
    assert page.locator("noscript .note").first.is_visible()
    page.goto(f"{site}{BASE}basic-by-economic/?open=")
    page.locator("#basic-by-economic-t-301").click()
    assert page.locator("tr[data-mark='30101']").is_visible()
    page.locator("tr[data-mark='30101'] a.fig").first.click()
    assert "154.22" in page.inner_text("main")
    context.close()


def test_a_page_weighs_little_before_its_charts(site: str, phone: Page) -> None:
    import gzip

    weights: dict[str, int] = {}
    phone.on(
        "response", lambda response: weights.__setitem__(response.url, len(gzip.compress(response.body())))
    )
    phone.goto(f"{site}{BASE}")
    phone.wait_for_load_state("networkidle")
    assert sum(weights.values()) < 100_000, weights
