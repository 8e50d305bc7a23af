"""``manage.py rebuild_facts``: write rows, amounts, sums and big figures anew from the kept revisions."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from budgets.actions import write_facts
from budgets.models import Disclosure
from budgets.partitions import ensure_year
from performance.actions import publish_projects


class Command(BaseCommand):
    """Rebuild what is derived; revisions, their figures and their numbers stay as they are."""

    help = (
        "Write the facts of every published disclosure anew from its revision (after an upgrade or a repair)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """This will say what the command takes."""
        parser.add_argument("departments", nargs="*", help="address names; all of them if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """This will rebuild one disclosure after the other, each in its own transaction."""
        disclosures = Disclosure.objects.filter(current__isnull=False).order_by("pk")
        if options["departments"]:
            disclosures = disclosures.filter(department__slug__in=options["departments"])
        ids = list(disclosures.values_list("pk", flat=True))
        for pk in tqdm(ids, file=sys.stderr) if sys.stderr.isatty() else ids:
            rebuild(pk)
        self.stdout.write(f"{len(ids)} disclosures rebuilt")


def rebuild(disclosure_id: int) -> None:
    """This will write the facts of one disclosure anew."""
    with transaction.atomic():
        locked = Disclosure.objects.select_for_update(of=("self",)).get(pk=disclosure_id)
        revision = locked.current
        if revision is None:
            return
        ensure_year(locked.fiscal_year)
        write_facts(locked, revision=revision)
        publish_projects(revision=revision, draft=revision.snapshot["draft"])
