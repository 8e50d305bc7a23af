"""Web pages saved with everything in one file (.mht; office programs name it .doc or .xls too)."""

from __future__ import annotations

import dataclasses
import email
import email.policy
import hashlib
from collections.abc import Callable

from intake.parsing.readers import html
from intake.parsing.refusal import RefusedDocument
from intake.parsing.tables import Document, Page

_MOST_PARTS = 500


def read(data: bytes, *, name: str, progress: Callable[[int, int], None] | None = None) -> Document:
    """Return the pages of such a file, one after the other; pictures and styles are left out.

    Raises:
        RefusedDocument: no page inside, or nothing to read on it.
    """
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    parts = [part for part in list(message.walk())[:_MOST_PARTS] if part.get_content_type() == "text/html"]
    pages: list[Page] = []
    refused: RefusedDocument | None = None
    for part in parts:
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        try:
            pages.extend(html.read(content, name=f"{name}.html").pages)
        except RefusedDocument as error:
            refused = error
    if not pages:
        raise refused or RefusedDocument(
            "damaged",
            f"“{name}”是单文件网页，但里面没有可读的页面；请在浏览器或办公软件中另存后上传。",
            f"“{name}” is a web archive without a readable page; please save it again and upload that.",
        )
    if progress is not None:
        progress(len(pages), len(pages))
    numbered = tuple(dataclasses.replace(page, number=number) for number, page in enumerate(pages, start=1))
    return Document(name=name, sha256=hashlib.sha256(data).hexdigest(), kind="html", pages=numbered)
