"""Words of a text for a tsvector, and a query for it.

A run of Chinese characters becomes its overlapping pairs and its last character, so that a phrase
of pairs finds exactly the texts that contain a word of two characters or more, and a prefix finds
a single character. Letters and digits stay whole; case, width and punctuation do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pypinyin import Style, lazy_pinyin

RUNS = re.compile(r"[㐀-鿿豈-﫿]+|[a-z0-9]+")
MOST_POSITIONS = 16_000
"""PostgreSQL keeps positions up to 16,383."""


def normalise(text: str) -> str:
    """Return a text as it is searched: compatible forms folded, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def is_chinese(run: str) -> bool:
    """Return whether a run is of Chinese characters."""
    return run[0] >= "㐀"


def split_run(run: str) -> Iterator[str]:
    """Yield the tokens of one run."""
    if not is_chinese(run):
        yield run
        return
    for index in range(len(run) - 1):
        yield run[index : index + 2]
    yield run[-1]


def compose_vector(*texts: str) -> str:
    """Return the tsvector literal of some texts, for a cast to tsvector."""
    parts: list[str] = []
    position = 1
    for text in texts:
        for match in RUNS.finditer(normalise(text)):
            for token in split_run(match.group()):
                if position < MOST_POSITIONS:
                    parts.append(f"'{token}':{position}")
                position += 1
            position += 1
    return " ".join(parts)


def compose_query(text: str) -> str | None:
    """Return the tsquery of what a person typed: every run must occur; None where there is no word in it."""
    phrases = [compose_phrase(match.group()) for match in RUNS.finditer(normalise(text)[:100])]
    return " & ".join(phrases) or None


def compose_phrase(run: str) -> str:
    """Return the tsquery of one run: pairs in sequence, or a prefix for a character, word or code."""
    if not is_chinese(run) or len(run) == 1:
        return f"'{run}':*"
    pairs = [run[index : index + 2] for index in range(len(run) - 1)]
    return "(" + " <-> ".join(f"'{pair}'" for pair in pairs) + ")"


def find_initials(text: str) -> str:
    """Return the first letters of a text's pinyin (拉萨市 → lss), letters and digits kept."""
    letters = lazy_pinyin(
        normalise(text), style=Style.FIRST_LETTER, errors=lambda run: re.sub(r"[^a-z0-9]", "", run)
    )
    return "".join(letters)[:400]
