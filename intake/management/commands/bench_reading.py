"""``manage.py bench_reading PATH…``: speed and memory of reading PDFs, beside pdfplumber."""

from __future__ import annotations

import importlib.util
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from intake.timing import Speed, measure


class Command(BaseCommand):
    """Prints a table: ours on one process and on several, and the peer in the same run."""

    help = "Measure reading of PDFs: milliseconds a page, seconds for all, memory; pdfplumber beside."
    requires_system_checks: tuple[str, ...] = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what to read and with how many processes."""
        parser.add_argument("paths", nargs="+", metavar="PATH", help="PDFs, or folders of them")
        parser.add_argument("--processes", type=int, default=2, help="worker processes for the whole set")
        parser.add_argument(
            "--without-peer", action="store_true", help="leave pdfplumber out (it takes minutes)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print."""
        paths = find_pdfs([Path(name) for name in options["paths"]])
        if not paths:
            raise CommandError("没有找到 PDF 文件 (no PDF found)", returncode=2)
        self.stdout.write(
            f"{len(paths)} documents\n"
            f"{'':38}{'pages':>7}{'ms/page':>9}{'worst':>8}{'CPU':>7}{'worst':>8}{'seconds':>9}{'MB':>7}  slowest document"
        )
        several = options["processes"]
        self._line("read + interpret + check, 1 process", measure(paths, processes=1))
        self._line(f"read + interpret + check, {several} processes", measure(paths, processes=several))
        if not options["without_peer"]:
            if importlib.util.find_spec("pdfplumber") is None:
                raise CommandError("pdfplumber is not installed: add --without-peer, or requirements-dev.txt")
            self._line("pdfplumber extract_tables, 1 process", measure(paths, processes=1, witness=True))

    def _line(self, label: str, speed: Speed) -> None:
        self.stdout.write(
            f"{label:38}{speed.pages:>7}{speed.median:>9.1f}{speed.worst:>8.1f}{speed.processor_median:>7.1f}"
            f"{speed.processor_worst:>8.1f}{speed.seconds:>9.1f}"
            f"{speed.megabytes:>7.0f}  {speed.worst_name}"
        )


def find_pdfs(paths: list[Path]) -> list[Path]:
    """Return the files named, and the PDFs under the folders named; files that are no PDF left out."""
    found: list[Path] = []
    for path in paths:
        found.extend(sorted(path.rglob("*.pdf")) if path.is_dir() else [path])
    return [path for path in found if path.is_file() and _starts_as_pdf(path)]


def _starts_as_pdf(path: Path) -> bool:
    with path.open("rb") as stream:
        return b"%PDF-" in stream.read(1024)
