"""Nothing committed names a package registry, a machine's path or unfinished work."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REGISTRIES = re.compile(
    rb"registry\.npmjs\.(?:org|com)|files\.pythonhosted\.org|(?:^|[^\w.])(?:test\.)?pypi\.org"
    rb"|--(?:extra-)?index-url|--find-links|\"resolved\":"
)
MACHINE_PATHS = re.compile(rb"(?<![\w.])/(?:w" rb"ork|r" rb"oot|f" rb"arm|h" rb"ome/\w+)/")
LONGEST_MODULE = 400


def list_committed() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in done.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("pattern", [REGISTRIES, MACHINE_PATHS], ids=["registries", "machine paths"])
def test_no_committed_file_names(pattern: re.Pattern[bytes]) -> None:
    here = Path(__file__)
    hits = [
        f"{path.relative_to(ROOT)}:{number}: {line[:120]!r}"
        for path in list_committed()
        if path != here and path.suffix not in {".png", ".jpg", ".xls", ".xlsx", ".pdf", ".parquet"}
        for number, line in enumerate(path.read_bytes().split(b"\n"), 1)
        if pattern.search(line)
    ]
    assert hits == []


def test_the_pattern_for_registries_finds_one() -> None:
    assert REGISTRIES.search(b'"resolved"' + b': "https')
    assert MACHINE_PATHS.search(b"cd /w" + b"ork/main")
    assert not MACHINE_PATHS.search(b"https://example.org/w" + b"ork/main")


def test_no_module_is_longer_than_agreed() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in list_committed()
        if path.suffix in {".py", ".js", ".css", ".html"}
        and "migrations" not in path.parts
        and (lines := path.read_bytes().count(b"\n")) > LONGEST_MODULE
    }
    assert long == {}


def test_what_setup_makes_is_not_committed() -> None:
    made = [
        p for p in list_committed() if p.suffix == ".mo" or "vendor" in p.parts or "node_modules" in p.parts
    ]
    assert made == []
