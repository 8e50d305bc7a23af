"""Downloads read through connections of their own, so what they read must be committed."""

import pytest

from budgets.models import Disclosure
from tests import factories


@pytest.fixture
def lhasa(transactional_db: None) -> Disclosure:
    """The Lhasa budget of 2024, published."""
    return factories.publish_lhasa()
