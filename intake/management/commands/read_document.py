"""``manage.py read_document FILE… [--json]``: read and check documents without a database."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from intake import checks
from intake.parsing.draft import Draft, Finding
from intake.parsing.draft_json import to_json
from intake.parsing.pipeline import read_document
from intake.parsing.refusal import RefusedDocument


class Command(BaseCommand):
    """Reads documents and says what was understood; exit 1 when one of them could not be read."""

    help = "Read and check documents without a database."
    requires_system_checks: tuple[str, ...] = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare files and the output form."""
        parser.add_argument("files", nargs="+", metavar="FILE", help="documents to read")
        parser.add_argument("--json", action="store_true", help="one JSON object a line (contracts §2)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read each file; a file that cannot be read is reported and does not stop the others."""
        files = [Path(name) for name in options["files"]]
        missing = [str(file) for file in files if not file.is_file()]
        if missing:
            raise CommandError(f"找不到文件 (no such file): {', '.join(missing)}", returncode=2)
        refused = 0
        for file in self._with_progress(files):
            try:
                draft = read_document(file.read_bytes(), name=file.name)
            except RefusedDocument as refusal:
                refused += 1
                self._refuse(file, refusal, as_json=options["json"])
                continue
            findings = checks.run(draft)
            if options["json"]:
                self.stdout.write(json.dumps(to_json(draft, findings=findings), ensure_ascii=False))
            else:
                self._describe(draft, findings)
        if refused:
            sys.exit(1)

    def _with_progress(self, files: list[Path]) -> Iterable[Path]:
        if len(files) < 2 or not sys.stderr.isatty():
            return files
        return tqdm(files, unit="file", file=sys.stderr)

    def _refuse(self, file: Path, refusal: RefusedDocument, *, as_json: bool) -> None:
        if as_json:
            fields = {
                "file": file.name,
                "error": {"code": refusal.code, "message": refusal.message, "message_en": refusal.message_en},
            }
            self.stdout.write(json.dumps(fields, ensure_ascii=False))
        self.stderr.write(f"{file.name}: {refusal.message} / {refusal.message_en}")

    def _describe(self, draft: Draft, findings: Iterable[Finding]) -> None:
        """Print what was understood, problems and findings, for people."""
        head = draft.head
        self.stdout.write(
            f"{draft.file}  [{draft.kind}, {draft.pages} p, {draft.seconds} s]\n"
            f"  {head.department or '—'} · {head.fiscal_year or '—'} · {head.stage or '—'} · {head.scope or '—'}"
        )
        for table in draft.tables:
            pages = ", ".join(map(str, table.pages))
            self.stdout.write(
                f"  {table.statement:<28} {table.title}  [{table.unit or '—'}]  p. {pages}  "
                f"{len(table.rows)} rows × {len(table.columns)} columns"
            )
        indicators = sum(len(project.indicators) for project in draft.projects)
        self.stdout.write(f"  projects: {len(draft.projects)}, indicators: {indicators}")
        numbers = draft.numbers
        self.stdout.write(
            f"  numbers in tables: {numbers.in_tables}, attributed: {numbers.attributed}, "
            f"in problems: {numbers.in_problems}"
        )
        for problem in draft.problems:
            self.stdout.write(f"  ! {problem.severity} {problem.code}: {problem.message}")
        for finding in findings:
            if finding.outcome in {"mismatch", "rounding"}:
                self.stdout.write(
                    f"  ≠ {finding.severity} {finding.check} {finding.outcome}: {finding.message}"
                )
