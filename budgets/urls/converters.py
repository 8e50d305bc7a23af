"""What the words in addresses may be: a year, one of the two stages, the beginning of a document's hash."""

from __future__ import annotations

from django.urls import register_converter


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


def register_converters() -> None:
    """This will make ``<yyyy:…>``, ``<stage:…>``, ``<statement:…>`` and ``<hash:…>`` known to addresses."""
    register_converter(YearConverter, "yyyy")
    register_converter(StageConverter, "stage")
    register_converter(StatementConverter, "statement")
    register_converter(HashConverter, "hash")
