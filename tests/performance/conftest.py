"""The Lhasa budget of 2024, published."""

from __future__ import annotations

import pytest

from budgets.models import Disclosure
from performance.summary import Portfolio, read_portfolio
from tests.factories import publish_lhasa


@pytest.fixture
def lhasa(db: None) -> Disclosure:
    """This will publish the Lhasa budget."""
    return publish_lhasa()


@pytest.fixture
def portfolio(lhasa: Disclosure) -> Portfolio:
    """This will read its projects."""
    return read_portfolio(lhasa)
