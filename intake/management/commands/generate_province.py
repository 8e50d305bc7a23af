"""``manage.py generate_province``: an invented province, for tests of size; every name says 虚构."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from budgets.workbook import write_workbook
from intake.invented import InventedDepartment, Planted, invent_departments, invent_draft
from intake.invented.pdf import write_pdf
from intake.inventing import NOTE, publish_invented


class Command(BaseCommand):
    """Publish (or write as workbooks) the budgets of invented departments, with a list of planted errors."""

    help = "Publish invented budgets that add up, a few planted errors apart; the same seed gives the same figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """This will say what the command takes."""
        parser.add_argument("--departments", type=int, default=40)
        parser.add_argument("--years", type=int, default=3, help="how many years, up to --last-year")
        parser.add_argument("--last-year", type=int, default=2026)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--no-checks", action="store_true", help="publish without findings (faster)")
        parser.add_argument(
            "--originals", action="store_true", help="store a workbook as the original of each"
        )
        parser.add_argument(
            "--workbooks", type=Path, metavar="FOLDER", help="write workbooks there, publish nothing"
        )
        parser.add_argument("--pdfs", type=Path, metavar="FOLDER", help="write PDFs there, publish nothing")
        parser.add_argument(
            "--errors", type=Path, metavar="FILE", help="write the planted errors there, one JSON a line"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """This will make the province and say how much."""
        if options["departments"] < 1 or options["years"] < 1:
            raise CommandError("--departments and --years must be at least 1", returncode=2)
        departments = list(invent_departments(options["departments"], seed=options["seed"]))
        years = range(options["last_year"] - options["years"] + 1, options["last_year"] + 1)
        started = time.monotonic()
        folder = options["workbooks"] or options["pdfs"]
        if folder:
            made = self._write_files(departments, years, folder=folder, as_pdf=not options["workbooks"])
        else:
            made = (
                tuple(one.planted)
                for one in publish_invented(
                    departments,
                    years=years,
                    now=timezone.now(),
                    with_checks=not options["no_checks"],
                    with_originals=options["originals"],
                )
            )
        planted: list[Planted] = []
        count = 0
        for errors in self._with_progress(made, total=len(departments) * len(years)):
            count += 1
            planted += errors
        if options["errors"]:
            lines = [json.dumps(asdict(error), ensure_ascii=False) for error in planted]
            options["errors"].write_text("\n".join([*lines, ""]), encoding="utf-8")
        self.stdout.write(
            f"{count} invented disclosures, {len(planted)} planted errors, {time.monotonic() - started:.1f} s"
        )

    def _write_files(
        self, departments: Iterable[InventedDepartment], years: range, *, folder: Path, as_pdf: bool
    ) -> Iterator[tuple[Planted, ...]]:
        folder.mkdir(parents=True, exist_ok=True)
        for department in departments:
            for year in years:
                draft, planted = invent_draft(department, year=year, first_year=years[0])
                data = write_pdf(draft) if as_pdf else write_workbook(draft, notes=[NOTE])
                (folder / draft["file"]).with_suffix(".pdf" if as_pdf else ".xlsx").write_bytes(data)
                yield tuple(planted)

    def _with_progress(
        self, made: Iterable[tuple[Planted, ...]], *, total: int
    ) -> Iterable[tuple[Planted, ...]]:
        if not sys.stderr.isatty():
            return made
        return tqdm(made, total=total, unit="disclosure", file=sys.stderr)
