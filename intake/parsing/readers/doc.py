"""Old Word files (.doc, .wps, .rtf, .odt) → .docx by LibreOffice where it is installed, then read as Word."""

from __future__ import annotations

import dataclasses
import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from intake.parsing.draft import Problem
from intake.parsing.readers import word
from intake.parsing.refusal import RefusedDocument
from intake.parsing.tables import Document

_SECONDS = 90
_PROGRAMS = ("soffice", "libreoffice")
_REMARK = Problem(
    code="converted",
    severity="warning",
    message="本文件是旧版文字文档，经 LibreOffice 转换后读取；转换偶有丢失表格结构，请对照原文核对合计。",
    message_en="This is an old word-processor file, read after conversion by LibreOffice; "
    "conversion now and then "
    "loses the structure of a table, so please compare the totals with the original.",
)


def find_office() -> str | None:
    """Return the path of LibreOffice, None where it is not installed."""
    return next((path for path in map(shutil.which, _PROGRAMS) if path), None)


def read(data: bytes, *, name: str, progress: Callable[[int, int], None] | None = None) -> Document:
    """Return an old word-processor file as its conversion reads, with a remark to check it.

    Raises:
        RefusedDocument: LibreOffice is not installed, or cannot convert the file.
    """
    office = find_office()
    if office is None:
        raise RefusedDocument(
            "needs-office",
            f"“{name}”是旧版文字文档（.doc/.wps/.rtf），本机没有安装 LibreOffice，无法读取；"
            "请用 Word 或 WPS 打开，另存为 .docx 后上传。",
            f"“{name}” is an old word-processor file and LibreOffice is not installed here; please "
            "open it in Word "
            "or WPS, save it as .docx and upload that.",
        )
    converted = _convert(data, office, name)
    document = word.read(converted, name=name, progress=progress)
    digest = hashlib.sha256(data).hexdigest()
    return dataclasses.replace(document, sha256=digest, remarks=(_REMARK, *document.remarks))


def _convert(data: bytes, office: str, name: str) -> bytes:
    """Return the file as .docx; LibreOffice runs with a profile of its own and a time limit."""
    with tempfile.TemporaryDirectory(prefix="office-") as folder:
        source = Path(folder, "in.doc")
        source.write_bytes(data)
        command = [
            office,
            "--headless",
            "--norestore",
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--convert-to",
            "docx",
            "--outdir",
            folder,
            str(source),
        ]
        try:
            subprocess.run(command, check=True, timeout=_SECONDS, capture_output=True)  # noqa: S603 - fixed program, our own path
            return Path(folder, "in.docx").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise RefusedDocument(
                "damaged",
                f"LibreOffice 无法转换“{name}”；请用 Word 或 WPS 打开，另存为 .docx 后上传。",
                f"LibreOffice cannot convert “{name}”; please save it as .docx in Word or WPS and "
                "upload that.",
            ) from error
