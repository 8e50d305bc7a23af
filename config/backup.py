"""Backups that are proved: make one, restore it into an empty database, compare every table and file.

A backup is a folder: ``database.dump`` (pg_dump), ``files/`` (the originals) and ``manifest.json`` with the
row count and checksum of each table and the SHA-256 of each file, all of one and the same moment.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from config.postgres_programs import ProgramsMissing, find_programs

TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1
"""
# Independent of row order; 60 bits of each row's MD5 are added up exactly.
CHECKSUM = """
    SELECT count(*), coalesce(sum(('x' || substr(md5(t::text), 1, 15))::bit(60)::bigint::numeric), 0)::text
    FROM public.{} t
"""
SAME_TEXT = (
    "SET timezone = 'UTC'; SET datestyle = 'ISO'; SET extra_float_digits = 3; SET bytea_output = 'hex'"
)


class BackupFailed(Exception):
    """A backup could not be made or restored, or what was restored differs."""


def make_backup(
    folder: Path, *, database: dict[str, Any], files: Iterator[tuple[str, Any]]
) -> dict[str, Any]:
    """This will write a backup of ``database`` (connection parameters) and of the named open files.

    Raises:
        BackupFailed: when the folder is not empty or pg_dump fails.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise BackupFailed(f"{folder}: is not empty; name a new folder for each backup.")
    with psycopg.connect(**database) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        snapshot = str(row[0]) if row else ""
        dump = folder / "database.dump"
        _run("pg_dump", database, "--format=custom", f"--snapshot={snapshot}", f"--file={dump}")
        tables = read_checksums(connection)
    manifest = {
        "tables": tables,
        "files": {name: _copy(source, folder / "files" / name) for name, source in files},
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    return manifest


def restore_backup(folder: Path, *, database: dict[str, Any]) -> dict[str, Any]:
    """This will restore a backup into an empty database and compare it, table by table, with its manifest.

    Raises:
        BackupFailed: when the database holds tables, pg_restore fails, or a table or file differs.
    """
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    with psycopg.connect(**database) as connection:
        if connection.execute(TABLES).fetchone():
            raise BackupFailed(f"{database['dbname']}: holds tables already; restore into an empty database.")
    options = [
        "--no-owner",
        "--no-privileges",
        "--no-comments",
        "--exit-on-error",
        f"--dbname={database['dbname']}",
    ]
    _run("pg_restore", database, *options, str(folder / "database.dump"))
    with psycopg.connect(**database) as connection:
        found = read_checksums(connection)
    differing = [t for t in {*manifest["tables"], *found} if manifest["tables"].get(t) != found.get(t)]
    if differing:
        raise BackupFailed(f"{folder}: these tables differ after restoring: {', '.join(sorted(differing))}")
    check_files(folder, manifest)
    return manifest


def check_files(folder: Path, manifest: dict[str, Any]) -> None:
    """This will compare the files of a backup with its manifest.

    Raises:
        BackupFailed: naming the files that are missing or changed.
    """
    bad = [n for n, digest in manifest["files"].items() if _hash_or_none(folder / "files" / n) != digest]
    if bad:
        raise BackupFailed(f"{folder}: these files are missing or changed: {', '.join(sorted(bad))}")


def read_checksums(connection: psycopg.Connection) -> dict[str, list[Any]]:
    """This will read [row count, checksum] of every table."""
    connection.execute(SAME_TEXT)
    names = [name for (name,) in connection.execute(TABLES)]
    found = {}
    for name in names:
        row = connection.execute(sql.SQL(CHECKSUM).format(sql.Identifier(name))).fetchone()
        found[name] = list(row or ())
    return found


def _run(program: str, database: dict[str, Any], *arguments: str) -> None:
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
    }
    environment = {variable: str(database[key]) for key, variable in names.items() if database.get(key)}
    done = subprocess.run(  # noqa: S603 - our own commands; the password goes through the environment
        [_find_program(program), *arguments], env={**os.environ, **environment},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise BackupFailed(f"{program} failed: {done.stdout[-2000:]}")


def _find_program(name: str) -> str:
    """This will prefer the wheel's program, whose version we know, to the system's."""
    try:
        return str(find_programs() / name)
    except ProgramsMissing:
        found = shutil.which(name)
    if found is None:
        raise BackupFailed(f"{name} is not installed here (Debian: postgresql-client).")
    return found


def _copy(source: Any, target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with target.open("wb") as handle:
        while block := source.read(1 << 20):
            digest.update(block)
            handle.write(block)
    source.close()
    return digest.hexdigest()


def _hash_or_none(path: Path) -> str | None:
    if not path.is_file():
        return None
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def find_stored_files() -> Iterator[tuple[str, Any]]:
    """This will open every file that a model names, from wherever it is stored, each once."""
    from django.apps import apps
    from django.db.models import FileField

    seen: set[str] = set()
    for model in apps.get_models():
        for field in (f for f in model._meta.get_fields() if isinstance(f, FileField)):
            names = model._default_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
            for name in names.distinct().iterator():
                if name and name not in seen and field.storage.exists(name):
                    seen.add(name)
                    yield name, field.storage.open(name)


def put_back_files(folder: Path, manifest: dict[str, Any]) -> int:
    """This will store the files of a backup that the site's storage does not have."""
    from django.core.files import File
    from django.core.files.storage import default_storage

    missing = [name for name in manifest["files"] if not default_storage.exists(name)]
    for name in missing:
        with (folder / "files" / name).open("rb") as handle:
            default_storage.save(name, File(handle))
    return len(missing)


def get_database() -> dict[str, Any]:
    """This will give the connection parameters of the site's own database, started if embedded."""
    from django.db import connection

    connection.ensure_connection()
    given = connection.get_connection_params()
    return {key: given[key] for key in ("host", "port", "user", "password", "dbname") if given.get(key)}


def drill(folder: Path) -> dict[str, Any]:
    """This will restore a backup into a new, empty PostgreSQL of its own, compare, and remove it again."""
    from config.embedded_postgres import ROLE, EmbeddedPostgres

    with tempfile.TemporaryDirectory(prefix="restore-drill-") as place:
        server = EmbeddedPostgres(Path(place))
        server.ensure_database("restored")
        try:
            target = {"host": str(server.socket), "user": ROLE, "dbname": "restored"}
            return restore_backup(folder, database=target)
        finally:
            server.stop()


def main(arguments: list[str] | None = None) -> int:
    """This will make, restore or try out a backup and say what was compared."""
    import django

    parser = argparse.ArgumentParser(prog="python -m config.backup", description=__doc__)
    parser.add_argument("command", choices=["make", "restore", "drill"])
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if chosen.command == "make":
        manifest = make_backup(chosen.folder, database=get_database(), files=find_stored_files())
    elif chosen.command == "restore":
        manifest = restore_backup(chosen.folder, database=get_database())
        put_back_files(chosen.folder, manifest)
    else:
        manifest = drill(chosen.folder)
    rows = sum(count for count, _ in manifest["tables"].values())
    facts = f"{len(manifest['tables'])} tables, {rows} rows, {len(manifest['files'])} files"
    sys.stdout.write(f"{chosen.command}: {facts}" + (", all equal\n" if chosen.command != "make" else "\n"))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BackupFailed as error:
        sys.exit(str(error))
