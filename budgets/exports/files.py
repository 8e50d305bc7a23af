"""The full and yearly files, written once per publication and served as files.

``DOWNLOADS_ROOT/<data version>/`` holds the files and ``index.json``, which lists each with rows,
bytes, SHA-256 and the data version. A folder is complete once it has its index.
"""

from __future__ import annotations

import datetime
import gzip
import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from budgets.exports.export import Export
from budgets.exports.formats import write_parquet
from budgets.exports.rows import read_csv
from budgets.models import DataVersion, Disclosure
from budgets.registries import EXPORTS

KEPT_VERSIONS = 2
QUIET = datetime.timedelta(minutes=1)


def get_data_version() -> int:
    """Return the number that grows with each publication; 0 before the first."""
    return DataVersion.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def find_file(name: str, *, version: int) -> Path | None:
    """Return a written file of the current data version, or None where it is not (yet) there."""
    folder = Path(settings.DOWNLOADS_ROOT) / str(version)
    path = folder / name
    return path if (folder / "index.json").exists() and path.exists() else None


def list_parts() -> Iterator[tuple[Export, str, dict[str, Any]]]:
    """Yield (export, file name without ending, filters) of every file to be written."""
    years = sorted(
        set(Disclosure.objects.filter(current__isnull=False).values_list("fiscal_year", flat=True))
    )
    for export in EXPORTS.values():
        yield export, export.name, {}
        if any(item.name == "year" for item in export.filters):
            for year in years:
                yield export, f"{export.name}-{year}", {"year": year}


def write_csv_file(path: Path, export: Export, filters: dict[str, Any]) -> int:
    """Write one CSV file and return its number of data rows."""
    records = 0
    with path.open("wb") as file:
        for chunk in read_csv(export, filters):
            records += chunk.count(b"\r\n")
            file.write(chunk)
    return records - 1


def describe_file(path: Path, *, rows: int, version: int) -> dict[str, Any]:
    """Return one entry of ``index.json``."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    address = f"{settings.SITE_URL.rstrip('/')}/downloads/files/{path.name}"
    return {
        "name": path.name,
        "address": address,
        "rows": rows,
        "bytes": path.stat().st_size,
        "sha256": digest.hexdigest(),
        "data_version": version,
    }


def write_files() -> Path | None:
    """Write all files of the current data version; None where they are there already.

    Rows are read in one repeatable snapshot per file; the folder appears under its name only when
    the data version is still the same at the end, so that no mixture is ever served.
    """
    version = get_data_version()
    root = Path(settings.DOWNLOADS_ROOT)
    target = root / str(version)
    if (target / "index.json").exists():
        return None
    working = root / f"writing-{version}"
    shutil.rmtree(working, ignore_errors=True)
    working.mkdir(parents=True)
    entries = []
    for export, stem, filters in list_parts():
        path = working / f"{stem}.csv"
        rows = write_csv_file(path, export, filters)
        with path.open("rb") as plain, gzip.GzipFile(working / f"{stem}.csv.gz", "wb", mtime=0) as packed:
            shutil.copyfileobj(plain, packed)
        write_parquet(path, working / f"{stem}.parquet", export)
        for ending in ("csv", "csv.gz", "parquet"):
            entries.append(describe_file(working / f"{stem}.{ending}", rows=rows, version=version))
    if get_data_version() != version:
        shutil.rmtree(working)
        return None
    (working / "index.json").write_text(
        json.dumps({"data_version": version, "files": entries}, ensure_ascii=False, indent=1)
    )
    shutil.rmtree(target, ignore_errors=True)
    working.rename(target)
    remove_old(root)
    return target


def remove_old(root: Path) -> None:
    """Keep the newest complete folders, drop the rest."""
    folders = sorted(
        (path for path in root.iterdir() if path.name.isdigit()), key=lambda path: int(path.name)
    )
    for path in folders[:-KEPT_VERSIONS]:
        shutil.rmtree(path, ignore_errors=True)


def write_when_quiet(*, now: datetime.datetime) -> Path | None:
    """Write the files unless something was published in the last minute or another worker writes them."""
    version = DataVersion.objects.filter(pk=1).first()
    if version is None or now - version.changed_at < QUIET:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('budgets.exports.files'))")
        if not cursor.fetchone()[0]:
            return None
        try:
            return write_files()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('budgets.exports.files'))")
