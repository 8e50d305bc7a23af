"""One reader per kind of file, twins in signature: bytes → Document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from intake.parsing.readers import pdf
from intake.parsing.tables import Document


class Reader(Protocol):
    """What every reader offers."""

    def __call__(
        self, data: bytes, *, name: str, progress: Callable[[int, int], None] | None = None
    ) -> Document:
        """Return the document in these bytes."""


READERS: dict[str, Reader] = {
    "pdf": pdf.read,
}
"""Kind (``kinds.detect``) → reader."""
