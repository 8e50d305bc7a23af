"""Compile the translations (.po → .mo) with polib, so that no gettext tools need be installed."""

from __future__ import annotations

import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("config", "intake", "performance", "budgets", "templates")


def find_catalogues() -> list[Path]:
    """This will find the translation files of our own apps."""
    return sorted(path for room in ROOMS for path in (ROOT / room).glob("**/LC_MESSAGES/*.po"))


def compile_catalogue(source: Path) -> bool:
    """This will compile one file and tell whether it needed to be."""
    compiled = source.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
        return False
    polib.pofile(str(source)).save_as_mofile(str(compiled))
    return True


def main() -> int:
    """This will compile what changed."""
    catalogues = find_catalogues()
    done = sum(compile_catalogue(source) for source in catalogues)
    sys.stdout.write(f"translations: {done} of {len(catalogues)} compiled\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
