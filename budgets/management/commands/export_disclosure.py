"""``manage.py export_disclosure``: write a published disclosure as the site's own workbook.

The workbook imports again to the same figures.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from budgets.models import Revision
from budgets.models.vocabulary import Stage
from budgets.workbook import write_workbook


class Command(BaseCommand):
    """Write one revision of a disclosure as .xlsx."""

    help = "Write a published disclosure as a workbook that imports again to the same figures."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """This will say what the command takes."""
        parser.add_argument("department", help="the department's address name, e.g. lhasa-xingzhengshenpi")
        parser.add_argument("year", type=int, help="fiscal year")
        parser.add_argument("--stage", choices=[stage.value for stage in Stage], default=Stage.BUDGET.value)
        parser.add_argument(
            "--revision", type=int, help="number of the revision (the current one if left out)"
        )
        parser.add_argument("--output", type=Path, help="file to write, - for standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        """This will write the file and say where."""
        revision = self._get_revision(options)
        documents = ", ".join(revision.documents.values_list("filename", flat=True))
        note = f"本工作簿由本站导出：{revision}。原件：{documents}。"
        data = write_workbook(revision.snapshot["draft"], notes=[note])
        name = f"{options['department']}-{options['year']}-{options['stage'].replace('_', '-')}-r{revision.number}.xlsx"
        output: Path = options["output"] or Path(name)
        if str(output) == "-":
            sys.stdout.buffer.write(data)
            return
        output.write_bytes(data)
        self.stdout.write(f"{output} ({len(data):,} bytes)")

    def _get_revision(self, options: dict[str, Any]) -> Revision:
        revisions = Revision.objects.filter(
            disclosure__department__slug=options["department"],
            disclosure__fiscal_year=options["year"],
            disclosure__stage=options["stage"],
        )
        if options["revision"]:
            revisions = revisions.filter(number=options["revision"])
        else:
            revisions = revisions.filter(current_of__isnull=False)
        revision = revisions.select_related("disclosure__department").first()
        if revision is None:
            raise CommandError(
                f"{options['department']} {options['year']} {options['stage']}: nothing is published there."
                " See /departments/ for the address names."
            )
        return revision
