"""What one download is: its columns, where its rows come from, and which filters it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from budgets.exports.parsers import Parser

Kind = Literal["text", "code", "integer", "decimal", "boolean", "date", "datetime"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its SQL expression and its meaning in both languages.

    ``text`` columns hold words from documents and are guarded against spreadsheet formulas;
    ``code`` columns hold our own vocabularies, codes and hashes, which never need it.
    """

    name: str
    kind: Kind
    sql: str
    title: str
    title_en: str
    meaning: str = ""
    meaning_en: str = ""
    fiscal_type: str = ""
    """The Fiscal Data Package column type, as a label."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of the address: a condition with one ``%s``, and how its text becomes a value."""

    name: str
    condition: str
    parse: Parser
    title: str
    title_en: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """One download. ``source`` is everything after SELECT … up to and without WHERE."""

    name: str
    title: str
    title_en: str
    columns: tuple[Column, ...]
    source: str
    filters: tuple[Filter, ...]
    key: str
    """A unique SQL expression by which filtered rows are ordered and pages of the API continue."""
    condition: str = "TRUE"
    is_large: bool = False
    """Written whole in the order of storage: sorting millions of rows would only delay the first byte."""
    from_revision: Callable[[Any], Iterable[Mapping[str, Any]]] | None = field(default=None)
    """Rows (column name → value) of one revision, drawn from its snapshot, for packs."""

    def get_filter(self, name: str) -> Filter:
        """Return the filter called ``name``. Raises: KeyError."""
        return next(item for item in self.filters if item.name == name)


class BadFilter(ValueError):
    """A filter of the address that this export does not have, or a value it cannot take."""

    def __init__(self, message: str, message_en: str) -> None:
        super().__init__(message)
        self.message = message
        self.message_en = message_en
