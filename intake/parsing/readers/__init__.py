"""One reader per kind of file, twins in signature: bytes → Document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from intake.parsing.readers import (
    delimited,
    doc,
    excel,
    html,
    mhtml,
    pdf,
    picture,
    sheetxml,
    text,
    word,
    zipped,
)
from intake.parsing.tables import Document


class Reader(Protocol):
    """What every reader offers."""

    def __call__(
        self, data: bytes, *, name: str, progress: Callable[[int, int], None] | None = None
    ) -> Document:
        """Return the document in these bytes."""


READERS: dict[str, Reader] = {
    "pdf": pdf.read,
    "excel": excel.read,
    "sheetxml": sheetxml.read,
    "word": word.read,
    "doc": doc.read,
    "html": html.read,
    "mhtml": mhtml.read,
    "text": text.read,
    "delimited": delimited.read,
    "picture": picture.read,
    "zip": zipped.read,
}
"""Kind (``kinds.detect``) → reader."""
