"""A .zip with one document → that document; with several, each is to be read on its own."""

from __future__ import annotations

from collections.abc import Callable

from intake.parsing import kinds
from intake.parsing.archives import Member, read_members
from intake.parsing.refusal import RefusedDocument
from intake.parsing.tables import Document

_NAMED = 5


def read(data: bytes, *, name: str, progress: Callable[[int, int], None] | None = None) -> Document:
    """Return the only document of an archive.

    Raises:
        RefusedDocument: none or several documents inside (``archives.read_members`` gives them).
    """
    from intake.parsing.readers import READERS  # this reader is one of them

    found: list[tuple[Member, str]] = []
    for member in read_members(data, name=name):
        try:
            found.append((member, kinds.detect(member.data, name=member.name)))
        except RefusedDocument:
            continue
    if len(found) == 1:
        member, kind = found[0]
        return READERS[kind](member.data, name=member.name, progress=progress)
    if not found:
        raise RefusedDocument(
            "empty",
            f"压缩包“{name}”中没有可以读取的文档（PDF、Excel、Word、网页或文本）。",
            f"The archive “{name}” holds no document that can be read (PDF, Excel, Word, web page or text).",
        )
    listed = "、".join(member.name for member, _ in found[:_NAMED])
    raise RefusedDocument(
        "archive",
        f"压缩包“{name}”中有 {len(found)} 份文档（{listed}…），每份要单独处理；请用批量导入，"
        "或解压后逐份上传。",
        f"The archive “{name}” holds {len(found)} documents ({listed}…), each to be read on its "
        "own; use the bulk "
        "import, or unpack it and upload them one by one.",
    )
