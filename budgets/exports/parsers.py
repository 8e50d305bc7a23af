"""From the text of a filter to the value its condition takes. Each raises ValueError."""

from __future__ import annotations

import re
from collections.abc import Callable

from budgets.models.vocabulary import Stage


def parse_year(text: str) -> int:
    """Return a fiscal year."""
    if not re.fullmatch(r"(19|20|21)\d\d", text):
        raise ValueError(text)
    return int(text)


def parse_stage(text: str) -> str:
    """Return ``budget`` or ``final_accounts`` (also written with a hyphen)."""
    return Stage(text.replace("-", "_")).value


def parse_slug(text: str) -> str:
    """Return a slug: letters, digits, hyphens, underscores."""
    if not re.fullmatch(r"[\w-]{1,120}", text):
        raise ValueError(text)
    return text


def parse_statement(text: str) -> str:
    """Return a statement key, from the key or its form in addresses."""
    if not re.fullmatch(r"[a-z_-]{1,48}", text):
        raise ValueError(text)
    return text.replace("-", "_")


def parse_code(text: str) -> str:
    """Return the beginning of a classification code, as a pattern for LIKE."""
    if not re.fullmatch(r"\d{3,9}", text):
        raise ValueError(text)
    return text + "%"


def parse_word(text: str) -> str:
    """Return one word of our own vocabularies."""
    if not re.fullmatch(r"[a-z_-]{1,60}", text):
        raise ValueError(text)
    return text


def parse_integer(text: str) -> int:
    """Return a whole number that PostgreSQL's bigint holds."""
    if not re.fullmatch(r"\d{1,18}", text):
        raise ValueError(text)
    return int(text)


def one_of(*words: str) -> Callable[[str], str]:
    """Return a parser that takes only these words."""

    def parse(text: str) -> str:
        if text not in words:
            raise ValueError(text)
        return text

    return parse
