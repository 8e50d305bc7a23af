"""Damaged documents by the thousand: ``python -m tests.mutations [COUNT] [SEED]``.

Every mutated document must be read or refused with a sentence: no other exception, no hang, no
crash. Each worker process reads with the whole pipeline and the checks, one second document at
the most being slow is told. The seeds are small documents of every kind made for the tests, and
small reference documents where they exist.
"""

from __future__ import annotations

import io
import multiprocessing
import multiprocessing.connection
import random
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from intake import checks
from intake.parsing.pipeline import read_document
from intake.parsing.refusal import RefusedDocument

SECONDS_EACH = 30.0
LARGEST_SEED = 400_000
SHARED = Path(__file__).resolve().parents[2] / "shared" / "documents"
ODD_TEXTS = (
    "",
    "0",
    "—",
    "-1.00",
    "（1.00）",
    "１２３．４５",
    "1e400",
    "NaN",
    "合计",
    "2010301",
    "\u202e",
    "\U0001f600" * 3,
    "9" * 400,
)


@dataclass(frozen=True)
class Mutant:
    """One damaged document: its number repeats it exactly."""

    number: int
    name: str
    how: str
    data: bytes


@dataclass(frozen=True)
class Outcome:
    """What became of one: read, a refusal code, or a failure with its trace."""

    number: int
    label: str
    result: str
    seconds: float
    trace: str = ""

    @property
    def is_failure(self) -> bool:
        return self.result.startswith("!")


def find_seeds() -> list[tuple[str, bytes]]:
    """Return name and bytes of the documents to damage."""
    from tests.intake.parsing.readers import seeds

    found = seeds.make_seeds()
    if SHARED.is_dir():
        for path in sorted(SHARED.glob("*/*")):
            if path.suffix in {".pdf", ".txt", ".html"} and path.stat().st_size < LARGEST_SEED:
                found.append((path.name, path.read_bytes()))
    return found


def make_mutants(count: int, seed: int, seeds: list[tuple[str, bytes]]) -> Iterator[Mutant]:
    """Yield mutants, each reproducible from its number."""
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        name, data = seeds[number % len(seeds)]
        ways = [flip_bytes, truncate, cut_slice, repeat_slice]
        if data.startswith(b"PK"):
            ways = [damage_member, damage_member, damage_member, flip_bytes, truncate]
        elif not data.startswith(b"%PDF"):
            ways += [cut_lines, swap_columns, replace_texts, replace_texts]
        way = chance.choice(ways)
        yield Mutant(number, name, way.__name__, way(data, chance))


def flip_bytes(data: bytes, chance: random.Random) -> bytes:
    """Return the data with a few bytes changed."""
    changed = bytearray(data)
    for _ in range(chance.choice([1, 3, 20, 200])):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def truncate(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def cut_slice(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 4000) :]


def repeat_slice(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randrange(1, 2000)]
    return data[:start] + piece * chance.randrange(2, 5) + data[start:]


def cut_lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    return b"\n".join(line for line in lines if chance.random() > 0.1)


def swap_columns(data: bytes, chance: random.Random) -> bytes:
    """Return tabbed or comma-parted text with two columns of every line exchanged."""
    mark = b"\t" if data.count(b"\t") > data.count(b",") else b","
    first, second = chance.randrange(6), chance.randrange(6)
    lines = []
    for line in data.split(b"\n"):
        cells = line.split(mark)
        if max(first, second) < len(cells):
            cells[first], cells[second] = cells[second], cells[first]
        lines.append(mark.join(cells))
    return b"\n".join(lines)


def replace_texts(data: bytes, chance: random.Random) -> bytes:
    """Return text with some of its words and figures replaced by odd ones."""
    text = data.decode("utf-8", errors="replace")
    for _ in range(chance.randrange(1, 30)):
        start = chance.randrange(len(text))
        text = text[:start] + chance.choice(ODD_TEXTS) + text[start + chance.randrange(0, 12) :]
    return text.encode("utf-8", errors="replace")


def damage_member(data: bytes, chance: random.Random) -> bytes:
    """Return an Office file with one of its parts damaged inside, the archive itself whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    heavy = [
        name
        for name in members
        if name.endswith(".xml") and ("sheet" in name or "document" in name or "styles" in name)
    ]
    name = chance.choice(heavy or list(members))
    ways: list[Callable[[bytes, random.Random], bytes]] = [
        cut_element,
        cut_element,
        replace_in_tags,
        flip_bytes,
        truncate,
    ]
    members[name] = chance.choice(ways)(members[name], chance)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in members.items():
            archive.writestr(path, content)
    return buffer.getvalue()


def cut_element(data: bytes, chance: random.Random) -> bytes:
    """Return XML without one of its rows, cells or paragraphs."""
    tag = chance.choice([b"row", b"c", b"w:tr", b"w:tc", b"w:p", b"mergeCell", b"xf"])
    starts = [
        place for place in range(len(data)) if data.startswith((b"<" + tag + b" ", b"<" + tag + b">"), place)
    ]
    if not starts:
        return flip_bytes(data, chance)
    start = chance.choice(starts)
    end = data.find(b"</" + tag + b">", start)
    return data[:start] + data[end + len(tag) + 3 :] if end > 0 else data


def replace_in_tags(data: bytes, chance: random.Random) -> bytes:
    """Return XML with some attribute values and texts replaced by numbers out of range."""
    parts = data.split(b'"')
    for _ in range(chance.randrange(1, 20)):
        parts[chance.randrange(len(parts))] = chance.choice(
            [b"0", b"-1", b"999999999", b"A0", b"ZZZZ9", b"", b"x"]
        )
    return b'"'.join(parts) if chance.random() < 0.7 else data.replace(b"1", b"99999", 3)


def judge(mutant: Mutant) -> Outcome:
    """Read one mutant as the importer does; anything but a draft or a refusal is a failure."""
    label = f"{mutant.name} {mutant.how}"
    start = time.monotonic()
    trace = ""
    try:
        draft = read_document(mutant.data, name=mutant.name)
        checks.run(draft)
        result = "read"
    except RefusedDocument as refused:
        result = refused.code
        if not (refused.message and refused.message_en):
            result = "!refusal without a sentence"
    except Exception as error:  # noqa: BLE001 - finding these is what the run is for
        result, trace = f"!{type(error).__name__}: {error}"[:200], traceback.format_exc()
    return Outcome(mutant.number, label, result, time.monotonic() - start, trace)


def _work(count: int, seed: int, first: int, pipe: multiprocessing.connection.Connection) -> None:
    for mutant in make_mutants(count, seed, find_seeds()):
        if mutant.number >= first:
            pipe.send(("start", mutant.number, f"{mutant.name} {mutant.how}"))
            pipe.send(("done", judge(mutant), ""))
    pipe.send(("end", None, ""))


def run(count: int, *, seed: int = 1) -> list[Outcome]:
    """Return what became of every mutant; a hang or a crash ends the worker and is an outcome too."""
    context = multiprocessing.get_context("spawn")
    outcomes: list[Outcome] = []
    first = 0
    while first < count:
        ours, theirs = context.Pipe(duplex=False)
        worker = context.Process(target=_work, args=(count, seed, first, theirs), daemon=True)
        worker.start()
        theirs.close()
        current = (first, "start")
        while True:
            try:
                if not ours.poll(SECONDS_EACH + 60 * (current[1] == "start")):
                    outcomes.append(Outcome(current[0], current[1], "!hang", SECONDS_EACH))
                    break
                kind, value, label = ours.recv()
            except EOFError:
                worker.join(5)
                outcomes.append(Outcome(current[0], current[1], f"!died ({worker.exitcode})", 0.0))
                break
            if kind == "end":
                current = (count, "end")
                break
            if kind == "start":
                current = (value, label)
            else:
                outcomes.append(value)
        if worker.is_alive():
            worker.kill()
        worker.join(5)
        first = current[0] + 1 if current[0] < count else count
    return outcomes


def main() -> int:
    """Run, print a table of outcomes and every failure; exit 1 where there is one."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    start = time.monotonic()
    outcomes = run(count, seed=seed)
    for result, number in Counter(outcome.result for outcome in outcomes).most_common():
        sys.stdout.write(f"{number:6} {result}\n")
    for outcome in outcomes:
        if outcome.is_failure:
            sys.stdout.write(f"\n#{outcome.number} {outcome.label}: {outcome.result}\n{outcome.trace}\n")
    slowest = max(outcomes, key=lambda outcome: outcome.seconds)
    sys.stdout.write(
        f"{len(outcomes)} mutated documents in {time.monotonic() - start:.0f} s; "
        f"slowest {slowest.seconds:.2f} s (#{slowest.number} {slowest.label})\n"
    )
    return int(any(outcome.is_failure for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
