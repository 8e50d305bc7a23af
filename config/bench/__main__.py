"""``make bench``: one table over several sizes, printed and kept in docs/benchmarks.md."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

from config.bench.sections import keep_sections
from config.embedded_postgres import EmbeddedPostgres

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "docs" / "benchmarks.md"


def main() -> int:
    """This will measure each size in a process and a database of its own."""
    parser = argparse.ArgumentParser(prog="python -m config.bench", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[0, 10_000], help="amounts; 0: the samples")
    parser.add_argument("--port", type=int, default=8190)
    parser.add_argument("--datasette", default="", help="the program datasette, measured beside")
    parser.add_argument(
        "--folder", type=Path, default=ROOT / ".data" / "bench", help="where databases are kept"
    )
    chosen = parser.parse_args()
    folder = chosen.folder.resolve()
    results = []
    try:
        for size in chosen.sizes:
            sys.stderr.write(f"{size or 'sample'} amounts …\n")
            results.append(_measure(size, port=chosen.port, folder=folder, datasette=chosen.datasette))
    finally:
        EmbeddedPostgres(folder).stop(only_if_idle=True)
    text = write_report(results)
    REPORT.parent.mkdir(exist_ok=True)
    before = REPORT.read_text(encoding="utf-8") if REPORT.exists() else ""
    REPORT.write_text(keep_sections(before, text), encoding="utf-8")
    sys.stdout.write(text)
    return 0


def _measure(size: int, *, port: int, folder: Path, datasette: str) -> dict[str, Any]:
    environment = {
        **os.environ, "DATA_ROOT": str(folder), "DATABASE_NAME": f"bench_{size}", "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "config.settings", "LOG_LEVEL": "ERROR",
    }  # fmt: skip
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "config.bench.one_size", str(size), str(port), datasette],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def write_report(results: list[dict[str, Any]]) -> str:
    """This will write the results as one Markdown table, a column a size."""
    heads = [f"{result['amounts']:,} amounts" for result in results]
    lines = [
        "# Speed and memory",
        "",
        f"`make bench`, {dt.datetime.now(dt.UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, two web processes, embedded PostgreSQL, pages drawn anew"
        " each time unless the line says kept. Milliseconds: median / 95th percentile of single requests over different"
        " pages; then requests a second from four clients. All in one run on one machine: compare within it.",
        "",
        f"| | {' | '.join(heads)} |",
        f"|---|{'---|' * len(heads)}",
    ]
    for name in dict.fromkeys(name for result in results for name in result["timings"]):
        cells = [_write_timing(result["timings"].get(name)) for result in results]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    lines.append(_row("largest web process", [f"{r['megabytes']:.0f} MB" for r in results]))
    lines.append(_row("floor: raw COPY out", [f"{r['copy_rows_a_second']:,.0f} rows/s" for r in results]))
    lines += ["", *_write_ratios(results), ""]
    return "\n".join(lines)


def _write_timing(timing: dict[str, float] | None) -> str:
    if timing is None:
        return "–"
    return f"{timing['median']:.1f} / {timing['p95']:.1f} ms, {timing['rate']:,.0f}/s"


def _row(name: str, cells: list[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def _write_ratios(results: list[dict[str, Any]]) -> list[str]:
    """This will write what the acceptance asks as ratios of the same run."""
    lines = []
    for result in results:
        times = result["timings"]
        trivial, unchanged = (
            times["floor: trivial view"]["rate"],
            times["department-year, unchanged (304)"]["rate"],
        )
        line = f"- {result['amounts']:,} amounts: an unchanged page is {unchanged / trivial:.0%} of a trivial view's rate"
        peer = times.get("peer: the same rows in Datasette")
        if peer:
            line += f"; a statement page {times['statement']['rate'] / peer['rate']:.1f} × Datasette's"
        lines.append(line + ".")
    if len(results) > 1:
        first, last = (r["timings"]["department-year"]["p95"] for r in (results[0], results[-1]))
        lines.append(
            f"- Department-year page, 95th percentile: {last / first:.2f} × from the first size to the last."
        )
    return lines


if __name__ == "__main__":
    sys.exit(main())
