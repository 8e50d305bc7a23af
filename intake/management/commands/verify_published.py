"""``manage.py verify_published``: is what is public still what was published, and what the originals say?"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from budgets.models import Disclosure, SourceDocument
from budgets.verify import Difference, check_disclosure, check_original
from intake.rereading import compare_with_originals


class Command(BaseCommand):
    """Compare published figures with their revisions, and on request with the originals read anew."""

    help = (
        "Compare every published figure with the revision it came from and every original with its SHA-256."
        " Exit 1 when something differs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """This will say what the command takes."""
        parser.add_argument("departments", nargs="*", help="address names; all of them if left out")
        parser.add_argument(
            "--reread", action="store_true", help="read the originals again and compare (slower)"
        )
        parser.add_argument("--json", action="store_true", help="one difference a line as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """This will list what differs and end with how much was looked at."""
        disclosures = Disclosure.objects.select_related("department", "current").order_by("pk")
        documents = SourceDocument.objects.filter(revisions__isnull=False).distinct()
        if options["departments"]:
            disclosures = disclosures.filter(department__slug__in=options["departments"])
            documents = documents.filter(revisions__disclosure__in=disclosures)
        found = 0
        for difference in self._check(disclosures, documents, reread=options["reread"]):
            found += 1
            if options["json"]:
                self.stdout.write(json.dumps(asdict(difference), ensure_ascii=False))
            else:
                self.stdout.write(f"≠ {difference.where}: {difference.published} → {difference.found}")
        if not options["json"]:
            self.stdout.write(
                f"{disclosures.count()} disclosures, {documents.count()} originals, {found} differences"
            )
        if found:
            sys.exit(1)

    def _check(
        self, disclosures: Iterable[Disclosure], documents: Iterable[SourceDocument], *, reread: bool
    ) -> Iterator[Difference]:
        for document in self._with_progress(documents, text="originals"):
            difference = check_original(document)
            if difference is not None:
                yield difference
        for disclosure in self._with_progress(disclosures, text="disclosures"):
            yield from check_disclosure(disclosure)
            if reread and disclosure.current is not None:
                yield from compare_with_originals(disclosure)

    def _with_progress(self, things: Any, *, text: str) -> Iterable[Any]:
        things = things.iterator(chunk_size=50)
        return tqdm(things, desc=text, file=sys.stderr) if sys.stderr.isatty() else things
