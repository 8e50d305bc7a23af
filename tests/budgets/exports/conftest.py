"""Downloads read through connections of their own, so what they read must be committed."""

from pathlib import Path
from typing import Any

import pytest

from budgets.models import Disclosure
from tests import factories


@pytest.fixture(autouse=True)
def downloads_root(settings: Any, tmp_path: Path) -> Path:
    """A folder of this test's own for the written files."""
    settings.DOWNLOADS_ROOT = tmp_path / "downloads"
    return tmp_path / "downloads"


@pytest.fixture
def lhasa(transactional_db: None) -> Disclosure:
    """The Lhasa budget of 2024, published."""
    return factories.publish_lhasa()
