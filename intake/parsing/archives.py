"""The documents in a .zip: each member is a document of its own."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from intake.parsing.refusal import RefusedDocument

MOST_MEMBERS = 5_000
MOST_BYTES = 1024 * 1024 * 1024
MOST_RATIO = 200
"""A file that grows more than this on unpacking was made to fill a disk."""
MOST_DEPTH = 3
_SMALL = 100 * 1024 * 1024
"""Less than this is read whatever its ratio: sheets of formatted empty rows pack very well."""
_UTF8_FLAG = 0x800
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    OSError,
    NotImplementedError,
    EOFError,
    ValueError,
    KeyError,
    struct.error,
)
"""What opening or reading a damaged archive raises."""


@dataclass(frozen=True, slots=True)
class Member:
    """One document in an archive, with its path inside."""

    name: str
    data: bytes


def read_members(data: bytes, *, name: str, depth: int = 0) -> Iterator[Member]:
    """Yield the documents of a .zip, archives inside archives too, in the order of the archive.

    Raises:
        RefusedDocument: damaged, encrypted, nested too deep, too many members, or a zip bomb.
    """
    if depth >= MOST_DEPTH:
        raise RefusedDocument(
            "nesting",
            f"“{name}”中压缩包套压缩包超过 {MOST_DEPTH} 层；请解压后重新打包上传。",
            f"“{name}” nests archives more than {MOST_DEPTH} deep; please unpack and pack it again.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in _checked(archive, name):
                content = _read_member(archive, info, name)
                path = member_name(info)
                if path.lower().endswith(".zip"):
                    yield from read_members(content, name=path, depth=depth + 1)
                else:
                    yield Member(path, content)
    except BROKEN as error:
        raise RefusedDocument(
            "damaged",
            f"压缩包“{name}”不完整或已损坏，无法解开；请重新打包后上传。",
            f"The archive “{name}” is incomplete or damaged; please pack it again.",
        ) from error


def check_ratio(data: bytes, *, name: str) -> None:
    """Refuse office files (.xlsx, .docx), which are archives too, that would fill the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            list(_checked(archive, name))
    except BROKEN as error:
        raise RefusedDocument(
            "damaged",
            f"“{name}”不完整或已损坏，无法打开；请重新下载后上传。",
            f"“{name}” is incomplete or damaged; please download it again.",
        ) from error


def member_name(info: zipfile.ZipInfo) -> str:
    """Return a member's path; names without the UTF-8 mark are GBK, as Windows writes them in China."""
    if info.flag_bits & _UTF8_FLAG:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _checked(archive: zipfile.ZipFile, name: str) -> Iterator[zipfile.ZipInfo]:
    """Yield the members worth reading, once the archive as a whole is known to be sane."""
    members = [info for info in archive.infolist() if not info.is_dir()]
    total = sum(info.file_size for info in members)
    packed = sum(info.compress_size for info in members)
    if len(members) > MOST_MEMBERS:
        raise RefusedDocument(
            "bomb",
            f"“{name}”内有 {len(members)} 个文件，超过 {MOST_MEMBERS} 个的上限；请分批上传。",
            f"“{name}” holds {len(members)} files, more than the limit of {MOST_MEMBERS}; please split it.",
        )
    if total > MOST_BYTES or (total > _SMALL and total > packed * MOST_RATIO):
        raise RefusedDocument(
            "bomb",
            f"“{name}”解压后有 {total // 1_048_576} MB，与其大小不相称，已拒绝打开；请核对文件来源。",
            f"“{name}” would unpack to {total // 1_048_576} MB, out of proportion to its size; it "
            "was not opened.",
        )
    for info in members:
        path = PurePosixPath(member_name(info))
        if "__MACOSX" not in path.parts and not path.name.startswith((".", "~$")) and info.file_size:
            yield info


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """Return the bytes of one member, never more than the archive declared."""
    try:
        with archive.open(info) as stream:
            content = stream.read(info.file_size + 1)
    except RuntimeError as error:
        raise RefusedDocument(
            "encrypted",
            f"压缩包“{name}”设有密码，无法解开；请上传未加密的版本。",
            f"The archive “{name}” is locked with a password; please upload it without encryption.",
        ) from error
    if len(content) > info.file_size:
        raise RefusedDocument(
            "bomb",
            f"“{name}”中的文件比其声明的更大，已拒绝打开；请核对文件来源。",
            f"A file in “{name}” is larger than declared; it was not opened.",
        )
    return content
