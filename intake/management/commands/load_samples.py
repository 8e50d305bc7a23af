"""``manage.py load_samples``: publish the sample disclosures, once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from intake.sample_data import load_samples


class Command(BaseCommand):
    """Publish the sample disclosures that are not there yet; run again, it changes nothing."""

    help = __doc__ or ""
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """This will publish what is missing and say how many."""
        new = sum(is_new for _, is_new in load_samples(now=timezone.now()))
        if new and options["verbosity"]:
            self.stdout.write(f"{new} sample disclosures published")
