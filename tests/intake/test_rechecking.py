"""What is compared across files is checked again when either of the two is published or withdrawn."""

from __future__ import annotations

import pytest

from budgets.models import Disclosure
from intake import rechecking, sample_data
from tests import factories

pytestmark = pytest.mark.django_db


def list_findings(disclosure: Disclosure) -> set[tuple[str, str, str]]:
    return set(disclosure.check_results.values_list("check_code", "outcome", "message"))


def test_the_year_before_and_after_are_neighbours_and_others_are_not() -> None:
    samples = {(one.slug, one.fiscal_year): one for one in sample_data.read_samples()}
    for year in (2017, 2018, 2019):
        sample_data.publish_sample(samples["jiangsu-zhengxie", year], now=factories.NOW)
    sample_data.publish_sample(samples["jiangsu-renda", 2018], now=factories.NOW)

    middle = Disclosure.objects.get(department__slug="jiangsu-zhengxie", fiscal_year=2018)
    neighbours = rechecking.find_neighbours(middle)
    assert [(one.department.slug, one.fiscal_year) for one in neighbours] == [
        ("jiangsu-zhengxie", 2017),
        ("jiangsu-zhengxie", 2019),
    ]


def test_a_later_year_is_compared_with_an_earlier_one_that_comes_after_it() -> None:
    samples = {(one.slug, one.fiscal_year): one for one in sample_data.read_samples()}
    sample_data.publish_sample(samples["jiangsu-zhengxie", 2018], now=factories.NOW)
    later = Disclosure.objects.get()
    alone = list_findings(later)

    sample_data.publish_sample(samples["jiangsu-zhengxie", 2017], now=factories.NOW)
    earlier = Disclosure.objects.get(fiscal_year=2017)
    assert rechecking.recheck_neighbours(earlier.pk) == 1

    later.refresh_from_db()
    together = list_findings(later)
    assert alone < together or alone != together
    assert later.overview["checks"] == {
        outcome: later.check_results.filter(outcome=outcome).count() for outcome in later.overview["checks"]
    }
    assert rechecking.recheck_neighbours(earlier.pk) == 0
