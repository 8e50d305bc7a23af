"""Fixtures for all tests: the shared reference folder and a real browser, where they exist."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.utils import translation
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.plugin import blocking_manager_key

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's loop runs in our thread


@pytest.fixture(scope="session")
def shared() -> Path:
    """This will give ../shared, the reference documents that are not part of the project."""
    if not (SHARED / "documents").is_dir():
        pytest.skip("../shared/documents is not here: the reference documents were not read")
    return SHARED


def find_chromium() -> str | None:
    """This will find a browser of this machine; playwright's own download is not used."""
    chosen = os.environ.get("CHROMIUM_PATH")
    return chosen or next((path for path in map(shutil.which, CHROMIUM_NAMES) if path), None)


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """This will name bytes by their argument only: documents made in a test hold the time of making."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """This will put back what migrations wrote when a test has emptied the database."""
    yield
    marker = item.get_closest_marker("django_db")
    emptied = marker is not None and marker.kwargs.get("transaction", False)
    fixtures = set(getattr(item, "fixturenames", ()))
    if nextitem is not None and (emptied or fixtures & {"transactional_db", "live_server"}):
        from tests.migrated import restore_migrated

        with item.config.stash[blocking_manager_key].unblock():
            restore_migrated()


@pytest.fixture(autouse=True)
def chinese() -> None:
    """This will begin each test in Chinese: a request to /en/ leaves its language in the thread."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="module")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    """This will start one Chromium for a test module, without contact to other hosts.

    Playwright keeps an event loop running, in which tests of other modules could defer no job, and Django
    keeps separate connections inside and outside of a loop: so the loop ends with the module, and
    connections are closed at both borders.
    """
    path = find_chromium()
    if path is None:
        message = "no Chromium on this machine: the browser tests did not run"
        pytest.fail(message) if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip(message)
    connections.close_all()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()
        connections.close_all()


@pytest.fixture
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """This will open an empty page; with ``live_server`` in the test, addresses may begin with /."""
    options: dict[str, Any] = {"locale": "zh-CN", "viewport": {"width": 1440, "height": 900}}
    if "live_server" in request.fixturenames:
        options["base_url"] = request.getfixturevalue("live_server").url
    context = chromium.new_context(**options)
    yield context.new_page()
    context.close()
