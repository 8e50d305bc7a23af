"""The pack of one revision: CSVs, workbook, original documents, descriptions, checksums, citation.

Everything is drawn from the revision's snapshot; the only clock in it is the revision's own, so it is the
same byte for byte each time. What happens to the department or the revision later shows in it: a new
name and address, a withdrawal, an original that was taken down.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from budgets.exports.datapackage import build_package
from budgets.exports.export import Export
from budgets.models import Revision
from budgets.models.vocabulary import Stage
from budgets.registries import EXPORTS, PACKED
from budgets.workbook import write_workbook


def find_stem(revision: Revision) -> str:
    """Return the file name of a revision's pack without its ending."""
    disclosure = revision.disclosure
    return f"{disclosure.department.slug}-{disclosure.fiscal_year}-{Stage(disclosure.stage).slug}-r{revision.number}"


def write_cell(value: Any, *, is_text: bool) -> str:
    """Return a value as the CSV prints it: booleans t/f as PostgreSQL does, texts on one line and guarded."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "t" if value else "f"
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    if not is_text:
        return text
    flat = text.translate(str.maketrans("\r\n\v\f", "    "))
    return f"'{flat}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not is_number(text) else flat


def is_number(text: str) -> bool:
    """Return whether a text is only a signed number, which is never guarded."""
    return not text.strip("+-").strip("0123456789.,%")


def write_csv(export: Export, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows as the CSV of an export: UTF-8 with BOM, ``\\r\\n``."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([column.name for column in export.columns])
    for row in rows:
        writer.writerow(
            [write_cell(row.get(column.name), is_text=column.kind == "text") for column in export.columns]
        )
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def compose_citation(revision: Revision) -> str:
    """Return how to cite a revision, in Chinese and English, without its address."""
    disclosure = revision.disclosure
    day = timezone.localtime(revision.published_at).date().isoformat()
    stage, year, name = Stage(disclosure.stage), disclosure.fiscal_year, disclosure.department.name
    word = "预算" if stage is Stage.BUDGET else "决算"
    english = "budget" if stage is Stage.BUDGET else "final accounts"
    return f"{name}：{year}年部门{word}，第{revision.number}版，{day}发布。\n{name}: {english} {year}, revision {revision.number}, published {day}."


def write_own_workbook(revision: Revision) -> dict[str, bytes]:
    """Return the revision as the site's own workbook, which imports again to the same figures."""
    notes = [*compose_citation(revision).splitlines(), *compose_withdrawal(revision).splitlines()]
    return {f"{find_stem(revision)}.xlsx": write_workbook(revision.snapshot["draft"], notes=notes)}


def compose_withdrawal(revision: Revision) -> str:
    """Return when and why a revision was withdrawn, in Chinese and English; nothing where it was not."""
    if revision.withdrawn_at is None:
        return ""
    day = timezone.localtime(revision.withdrawn_at).date().isoformat()
    reason = revision.withdrawn_reason
    return f"本版已于{day}撤回，理由：{reason}\nThis revision was withdrawn on {day}. Reason: {reason}\n"


def write_readme(revision: Revision, names: list[str]) -> str:
    """Return the README of a pack."""
    disclosure = revision.disclosure
    path = f"/departments/{disclosure.department.slug}/{disclosure.fiscal_year}/{Stage(disclosure.stage).slug}/revisions/{revision.number}/"
    listing = "\n".join(f"- {name}" for name in names)
    return (
        f"{compose_citation(revision)}\n{settings.SITE_URL.rstrip('/')}{path}\n{compose_withdrawal(revision)}\n"
        "金额与部门公开的文件一致；amount_yuan 以元为单位。空白不等于零，见 state 列。checks.csv 列出全部勾稽核对。\n"
        "Amounts are as published; amount_yuan is in yuan. Empty is not zero: see the column state. checks.csv lists every check.\n\n"
        f"文件 Files\n{listing}\n"
    )


def collect_files(revision: Revision) -> dict[str, bytes]:
    """Return the files of a pack by name, without SHA256SUMS and README."""
    exports = {name: export for name, export in EXPORTS.items() if export.from_revision}
    files: dict[str, bytes] = {}
    for name, export in exports.items():
        if export.from_revision:
            files[f"{name}.csv"] = write_csv(export, export.from_revision(revision))
    for write in PACKED:
        files.update(write(revision))
    for document in revision.documents.filter(is_public=True, taken_down_at__isnull=True).order_by("sha256"):
        safe = document.filename.replace("/", "_").replace("\\", "_").lstrip(".") or document.sha256
        with document.file.open("rb") as file:
            files[f"original/{document.sha256[:8]}-{safe}"] = file.read()
    package = build_package(
        exports,
        name=find_stem(revision).lower(),
        version=str(revision.number),
        paths={name: f"{name}.csv" for name in exports},
    )
    files["datapackage.json"] = json.dumps(package, ensure_ascii=False, indent=1).encode()
    return files


def write_pack(revision: Revision) -> bytes:
    """Return the pack of one revision as a zip."""
    files = collect_files(revision)
    files["README.txt"] = write_readme(revision, sorted(files)).encode()
    files["SHA256SUMS"] = "".join(
        f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)
    ).encode()
    stamp = timezone.localtime(revision.published_at, timezone=timezone.get_fixed_timezone(480)).timetuple()[
        :6
    ]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as pack:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            pack.writestr(entry, files[name])
    return buffer.getvalue()
