"""The Lhasa budget on the site, and the text of a page as a reader sees it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from django.test import Client

from budgets.models import Disclosure
from tests import factories

BASE = "/departments/lhasa-xingzhengshenpi/2024/budget/"


@pytest.fixture
def lhasa(db: None) -> Disclosure:
    """This will publish the Lhasa budget of 2024."""
    return factories.publish_lhasa()


@pytest.fixture
def read(client: Client) -> Callable[..., str]:
    """This will give a function that opens an address and returns the page's text without markup."""

    def open_page(address: str, *, status: int = 200) -> str:
        response = client.get(address)
        assert response.status_code == status, (address, response.status_code)
        assert not response.cookies, "public pages set no cookies"
        return as_text(response.content.decode())

    return open_page


def as_text(page: str) -> str:
    """This will take the tags out of a page and fold its white space; charts' and terms' texts stay."""
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
