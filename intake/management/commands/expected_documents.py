"""``manage.py expected_documents FOLDER [--write]``: facts of documents, kept and compared."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from intake.expected import SUFFIX, find_differences, get_facts, name_expected, write_facts
from intake.parsing.pipeline import read_document
from intake.parsing.refusal import RefusedDocument

READABLE = {".pdf", ".txt", ".html", ".xlsx", ".xls", ".docx", ".csv"}


class Command(BaseCommand):
    """Compares documents with their expected files, or writes these anew; exit 1 when one differs."""

    help = "Compare documents with their expected files in tests/documents, or write those (--write)."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the folder of documents and what to do."""
        parser.add_argument("folder", type=Path, help="folder of documents, one sub-folder a layout")
        parser.add_argument(
            "--write", action="store_true", help="write the expected files instead of comparing"
        )
        parser.add_argument("--only", default="", help="only documents whose path holds these words")

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the documents in order and say what differs."""
        root: Path = options["folder"]
        if not root.is_dir():
            raise CommandError(f"找不到文件夹 (no such folder): {root}", returncode=2)
        kept = Path(settings.BASE_DIR) / "tests" / "documents"
        kept.mkdir(parents=True, exist_ok=True)
        files = sorted(
            file for file in root.glob("*/*") if file.suffix in READABLE and options["only"] in str(file)
        )
        differing = sum(self._take(file, root=root, kept=kept, write=options["write"]) for file in files)
        self.stdout.write(f"{len(files)} documents, {differing} differ")
        if differing:
            sys.exit(1)

    def _take(self, file: Path, *, root: Path, kept: Path, write: bool) -> bool:
        """Write or compare one document; return whether it differs from what is expected."""
        document = file.relative_to(root).as_posix()
        try:
            facts = get_facts(read_document(file.read_bytes(), name=file.name), document=document)
        except RefusedDocument as refusal:
            facts = {"document": document, "refused": refusal.code}
        if write:
            self.stdout.write(write_facts(facts, folder=kept).name)
            return False
        beside = kept / name_expected(document)
        if not beside.is_file():
            self.stdout.write(f"{document}: no {SUFFIX} file")
            return True
        differences = list(find_differences(json.loads(beside.read_text("utf-8")), facts))
        for difference in differences:
            self.stdout.write(f"{document}{difference}")
        return bool(differences)
