"""The one exception with which reading a document is refused."""

from __future__ import annotations


class RefusedDocument(Exception):
    """Nothing can be read from this document; says why, in one sentence each language.

    ``code`` is stable: empty, too-large, binary, encrypted, damaged, scanned, html-page,
    lock-file, unknown-kind, bomb, nesting, entities, needs-office, needs-ocr, too-long,
    too-much-memory, not-a-disclosure.
    """

    def __init__(self, code: str, message: str, message_en: str) -> None:
        """Keep code and both sentences."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.message_en = message_en

    def __reduce__(self) -> tuple[type[RefusedDocument], tuple[str, str, str]]:
        """Return what pickling needs, so that a refusal crosses process borders whole."""
        return type(self), (self.code, self.message, self.message_en)
