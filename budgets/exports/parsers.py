"""From the text of a filter to the value its condition takes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from budgets.models.vocabulary import Stage


@dataclass(frozen=True, slots=True)
class Parser:
    """Takes texts of a pattern (the API documents it) and turns them into values."""

    pattern: str
    convert: Callable[[str], Any] = str

    def __call__(self, text: str) -> Any:
        """Return the value of a text. Raises: ValueError where it has not the pattern."""
        if not re.fullmatch(self.pattern.removeprefix("^").removesuffix("$"), text, re.ASCII):
            raise ValueError(text)
        return self.convert(text)


def one_of(*words: str) -> Parser:
    """Return a parser that takes only these words."""
    return Parser(f"^({'|'.join(words)})$")


parse_year = Parser("^(19|20|21)[0-9]{2}$", int)
parse_stage = Parser("^(budget|final[_-]accounts)$", lambda text: Stage(text.replace("-", "_")).value)
parse_slug = Parser("^[a-zA-Z0-9_-]{1,120}$")
parse_statement = Parser("^[a-z_-]{1,48}$", lambda text: text.replace("-", "_"))
parse_code = Parser("^[0-9]{3,9}$", lambda text: text + "%")
parse_word = Parser("^[a-z_-]{1,60}$")
parse_integer = Parser("^[0-9]{1,9}$", int)
