"""docs/benchmarks.md is written by several programs: each replaces its own section and keeps the others."""

from __future__ import annotations

import re


def replace_section(text: str, section: str) -> str:
    """This will put ``section`` in the place of the one with the same heading, else at the end."""
    heading = section.splitlines()[0]
    parts = re.split(r"(?m)^(?=## )", text)
    names = [part.splitlines()[0] if part else "" for part in parts]
    if heading in names:
        parts[names.index(heading)] = section
    else:
        parts = [text.rstrip("\n") + "\n\n", section]
    return (
        "".join(part if part.endswith("\n\n") else part.rstrip("\n") + "\n\n" for part in parts).rstrip("\n")
        + "\n"
    )


def keep_sections(old: str, new: str) -> str:
    """This will return ``new`` followed by the sections (``## …``) of ``old``."""
    sections = re.split(r"(?m)^(?=## )", old)[1:]
    return "\n".join([new.rstrip("\n") + "\n", *sections]) if sections else new
