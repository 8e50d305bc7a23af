"""How fast documents are read: per page on one process, a whole set on several, memory, the peer.

No Django here, so that the worker processes weigh what reading weighs.
"""

from __future__ import annotations

import multiprocessing
import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from intake import checks
from intake.parsing.pipeline import read_document
from intake.parsing.refusal import RefusedDocument


@dataclass(frozen=True, slots=True)
class Timing:
    """One document: pages read (0 where it was refused), seconds passed, and of the processor's."""

    name: str
    pages: int
    seconds: float
    processor: float

    @property
    def per_page(self) -> float:
        """Return milliseconds a page."""
        return 1000 * self.seconds / self.pages

    @property
    def processor_per_page(self) -> float:
        """Return milliseconds of the processor a page, which other work on the machine hardly changes."""
        return 1000 * self.processor / self.pages


@dataclass(frozen=True, slots=True)
class Speed:
    """A set of documents: milliseconds a page (median and worst document, and of the processor), totals."""

    pages: int
    median: float
    processor_median: float
    processor_worst: float
    worst: float
    worst_name: str
    seconds: float
    megabytes: float


def time_document(path: Path) -> Timing:
    """Return how long a document takes to be read, interpreted and checked."""
    start, busy = time.perf_counter(), time.process_time()
    try:
        draft = read_document(path.read_bytes(), name=path.name)
        checks.run(draft)
        pages = draft.pages
    except RefusedDocument:
        pages = 0
    return Timing(path.name, pages, time.perf_counter() - start, time.process_time() - busy)


def time_witness(path: Path) -> Timing:
    """Return how long pdfplumber's plain ``extract_tables`` takes over the same pages."""
    import pdfplumber

    start, busy = time.perf_counter(), time.process_time()
    with pdfplumber.open(path) as document:
        pages = len(document.pages)
        for page in document.pages:
            page.extract_tables()
            page.close()
    return Timing(path.name, pages, time.perf_counter() - start, time.process_time() - busy)


def measure(paths: Sequence[Path], *, processes: int, witness: bool = False) -> Speed:
    """Return the speed of reading these documents in so many worker processes."""
    context = multiprocessing.get_context("spawn")
    task = time_witness if witness else time_document
    # The largest first, so that no worker is left with it at the end.
    ordered = sorted(paths, key=lambda path: -path.stat().st_size)
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        list(pool.map(_nothing, range(processes)))
        start = time.perf_counter()
        timings = [timing for timing in pool.map(task, ordered) if timing.pages]
        seconds = time.perf_counter() - start
        megabytes = max(pool.map(_peak_megabytes, range(processes)))
    if not timings:
        return Speed(0, 0.0, 0.0, 0.0, 0.0, "", seconds, megabytes)
    worst = max(timings, key=lambda timing: timing.per_page)
    return Speed(
        pages=sum(timing.pages for timing in timings),
        median=statistics.median(timing.per_page for timing in timings),
        processor_median=statistics.median(timing.processor_per_page for timing in timings),
        processor_worst=max(timing.processor_per_page for timing in timings),
        worst=worst.per_page,
        worst_name=worst.name,
        seconds=seconds,
        megabytes=megabytes,
    )


def _nothing(_: int) -> None:
    """Wake a worker, so that starting it is not counted as reading."""


def _peak_megabytes(_: int) -> float:
    """Return the most memory this worker has held."""
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
