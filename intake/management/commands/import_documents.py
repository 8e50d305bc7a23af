"""``manage.py import_documents PATH… [--publish] [--json]``: read, check and store many documents."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from intake.bulk import Result, find_sources, publish_all, read_all

WORDS = {
    "read": "已读取，待审核 read, to be reviewed",
    "review": "待审核 left for review",
    "published": "已发布 published",
    "known": "早已收到 received before",
    "refused": "无法读取 refused",
    "ignored": "不是文档，未处理 no documents, left alone",
}


class Command(BaseCommand):
    """Store documents as uploads; with --publish publish those that nothing hinders."""

    help = "Read, check and store documents (files, folders, .zip). Run again, it goes on where it stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """This will say what the command takes."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--publish", action="store_true", help="publish what has no problem of severity error"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object a line")
        parser.add_argument("--jobs", type=int, help="processes that read (all cores if left out)")

    def handle(self, *args: Any, **options: Any) -> None:
        """This will import everything; exit 1 when a document could not be read, 2 on wrong use."""
        missing = [str(path) for path in options["paths"] if not path.exists()]
        if missing:
            raise CommandError(f"找不到 (no such file or folder): {', '.join(missing)}", returncode=2)
        started, now = time.monotonic(), timezone.now()
        sources = list(find_sources(options["paths"]))
        results: Iterable[Result] = self._show(
            read_all(sources, by=None, now=now, jobs=options["jobs"]), total=len(sources), text="读取 reading"
        )
        if options["publish"]:
            read = list(results)
            results = self._show(publish_all(read, by=None, now=now), total=len(read), text="发布 publishing")
        done = []
        for result in results:
            done.append(result)
            if options["json"]:
                self.stdout.write(json.dumps(result.to_json(), ensure_ascii=False))
        if not options["json"]:
            self._summarise(done, seconds=time.monotonic() - started)
        if any(result.status == "refused" for result in done):
            sys.exit(1)

    def _show(self, results: Iterator[Result], *, total: int, text: str) -> Iterator[Result]:
        if sys.stderr.isatty():
            return iter(tqdm(results, total=total, desc=text, unit="file", file=sys.stderr))
        return results

    def _summarise(self, results: list[Result], *, seconds: float) -> None:
        for result in results:
            if result.message:
                self.stdout.write(f"  {result.name}: {result.message}")
        counts = Counter(result.status for result in results)
        self.stdout.write(f"{len(results)} documents in {seconds:.1f} s")
        for status, words in WORDS.items():
            if counts[status]:
                self.stdout.write(f"  {counts[status]:>5}  {words}")
