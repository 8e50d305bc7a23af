"""Downloads at size beside psql and Datasette (``python -m config.bench.downloads``).

Invented amounts are generated, then copied to the number asked for. Measured in one run on one machine:
the whole of ``amounts.csv`` through the web and by psql's own COPY of the same query, in turns; the first
bytes; the memory of the web processes meanwhile; readers who stop reading and readers who go away; the
same rows in Datasette. The figures replace the section "Downloads" of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from pathlib import Path
from typing import Any

from config.bench.sections import replace_section

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "docs" / "benchmarks.md"
SEED = 50_000  # amounts that the generator makes at least; the rest are copies of them
ENVIRONMENT = {"DATABASE_NAME": "downloads", "DATABASE_URL": "", "LOG_LEVEL": "ERROR"}


def main() -> int:
    """This will fill a database of its own, measure, print, and write the section."""
    parser = argparse.ArgumentParser(prog="python -m config.bench.downloads", description=__doc__)
    parser.add_argument("--amounts", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=1, help="whole downloads of each kind, in turns")
    parser.add_argument("--slow", type=int, default=20, help="readers who stop reading")
    parser.add_argument("--port", type=int, default=8197)
    parser.add_argument("--datasette", default="", help="the program datasette, measured beside")
    parser.add_argument("--datasette-rows", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=ROOT / ".data" / "bench-downloads")
    parser.add_argument("--print-only", action="store_true", help="leave docs/benchmarks.md as it is")
    chosen = parser.parse_args()
    folder = chosen.folder.resolve()
    os.environ |= {
        **ENVIRONMENT, "DATA_ROOT": str(folder), "DOWNLOADS_ROOT": str(folder / "files"),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip
    results = measure(chosen)
    text = write_section(results)
    sys.stdout.write(text + json.dumps(results, default=str) + "\n")
    if not chosen.print_only:
        REPORT.parent.mkdir(exist_ok=True)
        before = REPORT.read_text(encoding="utf-8") if REPORT.exists() else "# Speed and memory\n"
        REPORT.write_text(replace_section(before, text), encoding="utf-8")
    return 0


def measure(chosen: argparse.Namespace) -> dict[str, Any]:
    """This will measure everything against one web server of two processes."""
    import django
    from django.core.management import call_command

    django.setup()
    from budgets.models import Amount
    from config.bench.datasette import measure_datasette
    from config.bench.multiply import multiply
    from config.bench.one_size import fill, serving
    from config.bench.streams import measure_first_bytes, measure_rates, measure_slow_readers

    call_command("migrate", interactive=False, verbosity=0)
    if not Amount.objects.exists():
        fill(SEED)
    results: dict[str, Any] = {"amounts": multiply(chosen.amounts), "cores": os.cpu_count()}
    with serving(chosen.port) as web:
        results |= measure_first_bytes(port=chosen.port)
        results |= measure_rates(port=chosen.port, web=web, rounds=chosen.rounds)
        results |= measure_slow_readers(port=chosen.port, readers=chosen.slow)
        if chosen.datasette:
            results |= measure_datasette(
                program=chosen.datasette, port=chosen.port, rows=chosen.datasette_rows
            )
    results["load"] = os.getloadavg()[2]
    return results


def write_section(results: dict[str, Any]) -> str:
    """This will write the figures as a section of Markdown."""
    lines = [
        "## Downloads",
        "",
        f"`python -m config.bench.downloads --amounts {results['amounts']}`, {dt.datetime.now(dt.UTC):%Y-%m-%d},"
        f" {results['cores']} cores (load {results['load']:.0f} of other work meanwhile), two web processes,"
        " invented amounts. Both ways read the same query in the same run, one after the other.",
        "",
        f"| {results['amounts']:,} amounts, {results['megabytes']:,.0f} MB of CSV | |",
        "|---|---|",
        f"| psql's own COPY of the query | {results['psql']:,.0f} rows/s |",
        f"| `amounts.csv` through the web | {results['web']:,.0f} rows/s, {results['web'] / results['psql']:.0%} |",
        f"| first byte, whole / one department | {results['first_byte']:.0f} ms / {results['first_byte_one']:.0f} ms (median of {results['asked']}) |",
        f"| first row, whole / one department | {results['first_row']:.0f} ms / {results['first_row_one']:.0f} ms |",
        f"| growth of the largest web process | {results['growth']:.0f} MB |",
        f"| {results['slow']} readers who stop reading | {results['served']} served, {results['refused']} asked to come back (503) |",
        f"| … a page meanwhile (before) | {results['page_slow']:.0f} ms ({results['page_before']:.0f} ms), longest {results['page_longest']:.0f} ms |",
        f"| … connections of downloads left {results['waited']:.0f} s after they went away | {results['left']} |",
    ]
    if "datasette" in results:
        lines += [
            f"| CSV of {results['datasette_rows']:,} rows: ours / Datasette | {results['ours_csv']:,.0f} / {results['datasette']:,.0f} rows/s |",
            f"| 100 filtered rows as JSON: ours / Datasette | {results['ours_json']:.0f} / {results['datasette_json']:.0f} ms (median of {results['asked']}) |",
        ]
    return "\n".join([*lines, ""]) + "\n"


if __name__ == "__main__":
    sys.exit(main())
