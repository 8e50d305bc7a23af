"""What the words in addresses may be: a year, one of the two stages, the beginning of a document's hash."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import get_converters


class YearConverter:
    """A year of four digits."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        """Return the year as a number."""
        return int(value)

    def to_url(self, value: int | str) -> str:
        """Return the year as it stands in the address."""
        return str(value)


class WordConverter:
    """A text as it is."""

    regex = ".+"

    def to_python(self, value: str) -> str:
        """Return the text."""
        return value

    def to_url(self, value: str) -> str:
        """Return the text."""
        return value


class StageConverter(WordConverter):
    """Budget or final accounts."""

    regex = "budget|final-accounts"


class StatementConverter(WordConverter):
    """The slug of a statement."""

    regex = "[a-z][-a-z0-9]*"


class HashConverter(WordConverter):
    """The first characters of a SHA-256."""

    regex = "[0-9a-f]{12,64}"


def _register(converter: type, name: str) -> None:
    """Register a converter once; several lists of addresses need it."""
    if name not in get_converters():
        register_converter(converter, name)


def register_converters() -> None:
    """This will make ``<yyyy:…>``, ``<stage:…>``, ``<statement:…>`` and ``<hash:…>`` known to addresses."""
    _register(YearConverter, "yyyy")
    _register(StageConverter, "stage")
    _register(StatementConverter, "statement")
    _register(HashConverter, "hash")
