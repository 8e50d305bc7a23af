"""The sample disclosures: real figures, loaded once, through the ordinary steps."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.management import call_command

from budgets.models import Department, Disclosure, LineItem, Revision, Rollup
from intake import actions, sample_data
from performance.models import Indicator, Project
from tests import factories

pytestmark = pytest.mark.django_db


def test_lhasa_shows_its_printed_figures() -> None:
    sample_data.publish_sample(sample_data.read_samples()[0], now=factories.NOW)

    disclosure = Disclosure.objects.get()
    assert disclosure.overview["expenditure"]["yuan"] == "58840500.00"
    assert disclosure.overview["three_public"]["2024"]["official_reception"] is None
    assert LineItem.objects.filter(functional_code="22103").exists()
    assert not LineItem.objects.filter(functional_code="2210203").exists()
    assert (Project.objects.count(), Indicator.objects.count()) == (30, 201)
    assert Project.objects.filter(objective_shortened=True).count() == 30
    assert disclosure.overview["checks"]["mismatch"] == 6
    assert disclosure.overview["checks"]["rounding"] == 2
    assert disclosure.current is not None
    assert "本站整理" in disclosure.current.documents.get().source_note


def test_jiangsu_has_five_departments_over_three_years_and_loading_again_changes_nothing() -> None:
    call_command("load_samples", verbosity=0)
    assert Department.objects.filter(region__name="江苏省").count() == 5
    years = Disclosure.objects.filter(department__region__name="江苏省").values_list("fiscal_year", flat=True)
    assert sorted(years) == [2017] * 5 + [2018] * 5 + [2019] * 5
    totals = Rollup.objects.filter(
        department__slug="jiangsu-zhengxie", scheme="functional", code="", measure="total", fund="all"
    )
    assert {(one.fiscal_year, one.yuan) for one in totals} == {
        (2017, Decimal("90667900.00")),
        (2018, Decimal("100704800.00")),
        (2019, Decimal("132971100.00")),
    }
    revisions = Revision.objects.count()

    call_command("load_samples", verbosity=0)
    assert Revision.objects.count() == revisions


def test_a_withdrawn_sample_stays_withdrawn() -> None:
    sample = sample_data.read_samples()[0]
    sample_data.publish_sample(sample, now=factories.NOW)
    actions.withdraw(Disclosure.objects.get(), reason="不再展示", by=None, now=factories.NOW)

    assert next(sample_data.load_samples(now=factories.NOW)) == (sample, False)
    assert Disclosure.objects.get().current is None
