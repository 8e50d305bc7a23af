"""What kind of file some bytes are: by the bytes first, by the name only where bytes leave it open."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from intake.parsing.archives import BROKEN
from intake.parsing.readers.text import decode
from intake.parsing.refusal import RefusedDocument

MOST_BYTES = 200 * 1024 * 1024
_HEAD = 4096
_MOST_MEMBERS = 20_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(r"<(!doctype\s+html|html|head|body|table|div|meta|title|p\b)", re.IGNORECASE)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\x00", b"MM\x00*")
_DELIMITED = {".csv": ",", ".tsv": "\t"}
_OTHER_SIGNATURES = (
    (b"Rar!", "rar", "RAR 压缩包", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "7z", "7z 压缩包", "a 7z archive"),
    (b"\x1f\x8b", "gz", "gzip 压缩包", "a gzip archive"),
)


def detect(data: bytes, *, name: str) -> str:
    """Return pdf, excel, sheetxml, word, doc, html, mhtml, text, delimited, zip or picture.

    Raises:
        RefusedDocument: empty, too large, a lock file, encrypted, or nothing that we can read.
    """
    _refuse_at_once(data, name)
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(data)
    if data.startswith(_OLE):
        return _kind_of_ole(data, name)
    if data.startswith(b"{\\rtf"):
        return "doc"
    if data.startswith(_PICTURES) or (data.startswith(b"BM") and data[6:10] == bytes(4)):
        return "picture"
    if head.lower().startswith(b"mime-version:") or b"content-type: multipart/related" in head.lower():
        return "mhtml"
    for signature, code, label, label_en in _OTHER_SIGNATURES:
        if data.startswith(signature):
            raise RefusedDocument(
                "unknown-kind",
                f"“{name}”是{label}（{code}），本系统只能打开 .zip；请解压后上传其中的文件。",
                f"“{name}” is {label_en}; only .zip can be opened here. Please unpack it and "
                "upload its files.",
            )
    return _kind_of_text(data, name)


def _refuse_at_once(data: bytes, name: str) -> None:
    """Refuse what needs no look inside: lock files, empty and oversized ones."""
    if PurePath(name).name.startswith(("~$", ".~lock")):
        raise RefusedDocument(
            "lock-file",
            f"“{name}”是办公软件打开文件时留下的临时锁文件，不是文档；请上传去掉“~$”的同名原文件。",
            f"“{name}” is a lock file left by an office program, not a document; upload the "
            "original without “~$”.",
        )
    if not data.strip(b"\x00 \r\n\t"):
        raise RefusedDocument(
            "empty",
            f"“{name}”是空文件，没有任何内容；请重新下载后上传。",
            f"“{name}” is empty; please download it again.",
        )
    if len(data) > MOST_BYTES:
        size, limit = len(data) // 1_048_576, MOST_BYTES // 1_048_576
        raise RefusedDocument(
            "too-large",
            f"“{name}”有 {size} MB，超过 {limit} MB 的上限；请压缩图片或拆分后上传。",
            f"“{name}” has {size} MB, more than the limit of {limit} MB; please split it.",
        )


def _kind_of_zip(data: bytes) -> str:
    """Return what an archive is: a workbook, a text document, or a plain .zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {info.filename for info in archive.infolist()[:_MOST_MEMBERS]}
            mime = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (*BROKEN, RuntimeError) as error:
        raise RefusedDocument(
            "damaged",
            "文件不完整或已损坏（压缩结构无法打开）；请重新下载后上传。",
            "The file is incomplete or damaged (its archive cannot be opened); please download it again.",
        ) from error
    if any(name.startswith("xl/") for name in names):
        return "excel"
    if any(name.startswith("word/") for name in names):
        return "word"
    if b"spreadsheet" in mime:
        return "excel"
    if b"opendocument.text" in mime:
        return "doc"
    if "OFD.xml" in names:
        raise RefusedDocument(
            "unknown-kind",
            "这是 OFD 版式文件，本系统暂不能读取；请用 OFD 阅读器另存为 PDF 后上传。",
            "This is an OFD file, which cannot be read here; please save it as PDF and upload that.",
        )
    return "zip"


def _kind_of_ole(data: bytes, name: str) -> str:
    """Return what an old Office file is, by the names of the streams in its directory."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise RefusedDocument(
            "encrypted",
            f"“{name}”设有打开密码，无法读取；请上传未加密的版本。",
            f"“{name}” is locked with a password; please upload it without encryption.",
        )
    if holds("Workbook") or holds("Book\x00"):
        return "excel"
    if holds("WordDocument"):
        return "doc"
    suffix = PurePath(name).suffix.lower()
    if suffix in {".xls", ".et"}:
        return "excel"
    if suffix in {".doc", ".wps"}:
        return "doc"
    raise _not_readable(name)


def _kind_of_text(data: bytes, name: str) -> str:
    """Return html, sheetxml, delimited or text; refuse bytes that are no text."""
    sample = decode(data[: 16 * _HEAD])
    if _looks_binary(sample):
        raise _not_readable(name)
    start = sample.lstrip("\ufeff \r\n\t")[:_HEAD]
    if start.startswith("<"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in start:
            return "sheetxml"
        if _HTML.search(start):
            return "html"
    suffix = PurePath(name).suffix.lower()
    if suffix in _DELIMITED or (suffix not in {".txt", ".text", ".md"} and _is_delimited(sample)):
        return "delimited"
    return "text"


def _looks_binary(sample: str) -> bool:
    """Return whether decoded bytes are no text: control or replacement characters abound."""
    odd = sum(1 for mark in sample if mark == "\ufffd" or (mark < " " and mark not in "\t\r\n\f\x1a"))
    return odd > len(sample) / 50 + 2


def _is_delimited(sample: str) -> bool:
    """Return whether most of the first lines hold several commas."""
    lines = [line for line in sample.splitlines()[:40] if line.strip()]
    return len(lines) > 2 and sum(line.count(",") >= 2 for line in lines) > 0.8 * len(lines)


def _not_readable(name: str) -> RefusedDocument:
    return RefusedDocument(
        "binary",
        f"“{name}”不是文档：内容是二进制数据，既不是 PDF、Excel、Word，也不是网页或文本；"
        "请核对是否选错了文件。",
        f"“{name}” is binary data, neither PDF, Excel, Word, web page nor text; please check the "
        "file you chose.",
    )
