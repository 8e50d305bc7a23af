"""Files as they come in from a form: zips are opened, each document becomes an upload."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from budgets.models import Department
from intake import actions
from intake.models import Upload

MOST_MEMBERS = 1000
MOST_UNPACKED = 1024 * 1024 * 1024
OFFICE_ZIPS = (".xlsx", ".docx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one file: its upload, or one sentence saying why there is none."""

    name: str
    upload: Upload | None
    message: str = ""
    known: bool = False
    """The same content had been received before."""


def receive_files(
    files: Iterable[UploadedFile], *, by: Any, now: datetime, department: Department | None = None
) -> list[Received]:
    """Receive each file, and each file of each zip; nothing is lost when one of them is refused."""
    return [
        received
        for file in files
        for name, data, refusal in _read_documents(file)
        for received in [_receive(name, data, refusal, by=by, now=now, department=department)]
    ]


def _receive(
    name: str, data: bytes, refusal: str, *, by: Any, now: datetime, department: Department | None
) -> Received:
    if refusal:
        return Received(name, None, refusal)
    try:
        upload = actions.receive_upload(data, name=name, by=by, now=now, department=department)
    except actions.AlreadyReceived as known:
        return Received(name, known.upload, str(known), known=True)
    except actions.RefusedUpload as refused:
        return Received(name, None, str(refused))
    return Received(name, upload)


def _read_documents(file: UploadedFile) -> Iterator[tuple[str, bytes, str]]:
    """Give name, content and (instead of content) the reason for refusing of each document."""
    name = str(file.name)
    too_big = _find_refusal(name, file.size or 0)
    if too_big:
        yield name, b"", too_big
        return
    data = file.read()
    if (
        zipfile.is_zipfile(io.BytesIO(data))
        and not name.lower().endswith(OFFICE_ZIPS)
        and not _is_office(data)
    ):
        yield from _unpack(name, data)
    else:
        yield name, data, ""


def _find_refusal(name: str, size: int) -> str:
    if size == 0:
        return _("“%(name)s”是空文件（0 字节），没有收下。请检查原文件后重新上传。") % {"name": name}
    if size > settings.UPLOAD_MAX_BYTES:
        return _("“%(name)s”有 %(size)s，超过上限 %(limit)s，没有收下。请拆分或压缩后重新上传。") % {
            "name": name,
            "size": filesizeformat(size),
            "limit": filesizeformat(settings.UPLOAD_MAX_BYTES),
        }
    return ""


def _is_office(data: bytes) -> bool:
    """Return whether a zip is a workbook or a text document of an office program."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "[Content_Types].xml" in archive.namelist()


def _unpack(name: str, data: bytes) -> Iterator[tuple[str, bytes, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [
            member for member in archive.infolist() if not member.is_dir() and not _is_litter(member.filename)
        ]
        if not members:
            yield name, b"", _("“%(name)s”里没有文件。请检查压缩包后重新上传。") % {"name": name}
            return
        if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
            yield name, b"", _("“%(name)s”里的文件太多或解压后太大。请分成几个压缩包上传。") % {"name": name}
            return
        for member in members:
            inner = PurePosixPath(_find_name(member)).name
            refusal = _find_refusal(inner, member.file_size)
            if refusal:
                yield inner, b"", refusal
                continue
            try:
                yield inner, archive.read(member), ""
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
                yield (
                    inner,
                    b"",
                    _("压缩包中的“%(name)s”已损坏或设有密码，没有收下。请单独上传这个文件。")
                    % {"name": inner},
                )


def _is_litter(name: str) -> bool:
    last = PurePosixPath(name).name
    return name.startswith("__MACOSX/") or last.startswith((".", "~$")) or last == "Thumbs.db"


def _find_name(member: zipfile.ZipInfo) -> str:
    """Return the member's name; Chinese systems write it in GB18030 without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename
