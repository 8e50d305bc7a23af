"""The Lhasa budget of 2024, published."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from budgets.models import Disclosure
from performance.summary import Portfolio, read_portfolio
from tests.factories import publish_lhasa


def add_groups() -> None:
    """This will write the groups of the migration again where a flush of another test took them away."""
    migration = import_module("performance.migrations.0003_project_groups")
    migration.add_groups(apps, None)


@pytest.fixture
def lhasa(db: None) -> Disclosure:
    """This will publish the Lhasa budget."""
    add_groups()
    return publish_lhasa()


@pytest.fixture
def portfolio(lhasa: Disclosure) -> Portfolio:
    """This will read its projects."""
    return read_portfolio(lhasa)
