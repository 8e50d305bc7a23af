"""Reading in a child process: results and progress come back, runaways are stopped, refusals say why."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from intake.parsing.readers import excel, pdf
from intake.parsing.refusal import RefusedDocument
from intake.parsing.sandbox import read_in_process
from tests.intake.parsing.readers.makers import ROWS, grids, make_pdf, make_workbook, texts

PDF = make_pdf(lambda sheet: sheet.table(50, 100))
MEGABYTE = 1024 * 1024


def hang(data: bytes, **_: Any) -> None:
    """Never return, as a parser caught in a loop."""
    while True:
        time.sleep(0.05)


def swallow(data: bytes, **_: Any) -> None:
    """Ask for memory without end."""
    held = []
    while True:
        held.append(bytearray(50 * MEGABYTE))


def die(data: bytes, **_: Any) -> None:
    """End as a crash in native code does."""
    os._exit(139)


def fail(data: bytes, **_: Any) -> None:
    """Fail in a way nobody foresaw."""
    raise KeyError("unforeseen")


def test_a_document_read_in_a_process_of_its_own_is_the_same() -> None:
    seen: list[tuple[int, int]] = []
    document = read_in_process(PDF, name="表.pdf", task=pdf.read, progress=lambda *step: seen.append(step))
    assert texts(grids(document)[0]) == ROWS
    assert seen[-1] == (1, 1)


def test_the_refusal_of_a_reader_crosses_the_border_whole() -> None:
    with pytest.raises(RefusedDocument) as refused:
        read_in_process(PDF[:300], name="表.pdf", task=pdf.read)
    assert refused.value.code == "damaged"
    assert refused.value.message_en


@pytest.mark.parametrize(
    ("task", "code", "seconds"),
    [(hang, "too-long", 3), (swallow, "too-much-memory", 60), (die, "damaged", 60), (fail, "damaged", 60)],
)
def test_a_runaway_reader_is_stopped_with_one_clear_sentence(task: Any, code: str, seconds: float) -> None:
    start = time.monotonic()
    with pytest.raises(RefusedDocument) as refused:
        read_in_process(PDF, name="表.pdf", task=task, memory=1024 * MEGABYTE, seconds=seconds)
    assert refused.value.code == code
    assert time.monotonic() - start < seconds + 15


def start_another(data: bytes, *, name: str, **_: Any) -> None:
    """Start a program that would outlive its parent, and write down its number."""
    program = subprocess.Popen(["sleep", "60"])
    Path(name).write_text(str(program.pid))
    hang(data)


def test_what_a_stopped_reader_had_started_is_stopped_too(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with pytest.raises(RefusedDocument):
        read_in_process(PDF, name=str(note), task=start_another, seconds=8)
    number = int(note.read_text())
    state = Path(f"/proc/{number}/stat")
    assert not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"


def test_a_workbook_of_many_rows_stays_within_one_gigabyte() -> None:
    def fill(workbook: Any) -> None:
        for number in range(5_000):
            workbook.active.append([f"科目{number}", number, number * 1.5])

    document = read_in_process(make_workbook(fill), name="表.xlsx", task=excel.read, memory=1024 * MEGABYTE)
    assert grids(document)[0].rows == 5_000


@pytest.mark.slow
def test_a_pdf_of_two_thousand_pages_is_read_within_one_gigabyte() -> None:
    data = make_pdf(*[lambda sheet: sheet.table(50, 100)] * 2_000)
    document = read_in_process(data, name="长.pdf", task=pdf.read, memory=1024 * MEGABYTE)
    assert len(grids(document)) == 2_000
