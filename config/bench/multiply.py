"""Many more invented amounts in seconds: departments of the generator copied whole by SQL."""

from __future__ import annotations

from typing import Any, Final

from django.db import connection, transaction

COPIED: Final = {
    # table: (columns that get the offset beside id, columns written anew)
    "budgets_department": ((), {"slug": "slug || '-copy-' || n", "name": "name || ' ' || n", "code": "''"}),
    "budgets_revision": (("disclosure_id",), {"snapshot": "'{}'::jsonb"}),
    "budgets_disclosure": (("department_id", "current_id"), {}),
    "budgets_statement": (("disclosure_id",), {}),
    "budgets_lineitem": (("department_id", "disclosure_id", "statement_id"), {}),
    "budgets_amount": (("disclosure_id", "statement_id", "line_item_id"), {}),
}
FACTS: Final = ("budgets_lineitem", "budgets_amount")


def multiply(size: int) -> int:
    """This will copy all invented departments until there are at least ``size`` amounts, and say how many.

    Only for a database that is thrown away: snapshots of copies are empty, and the foreign keys of the fact
    tables are dropped, because checking them one row at a time takes longer than the copying.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM budgets_amount")
        (count,) = cursor.fetchone()
        copies = max(0, -(-size // count) - 1)
        if copies:
            _drop_foreign_keys(cursor)
        for table, (shifted, anew) in COPIED.items():
            if copies:
                _copy_rows(cursor, table, shifted=("id", *shifted), anew=anew, copies=copies)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT count(*) FROM budgets_amount")
        return int(cursor.fetchone()[0])


def _drop_foreign_keys(cursor: Any) -> None:
    found = (
        "SELECT conrelid::regclass::text, conname FROM pg_constraint"
        " WHERE contype = 'f' AND conparentid = 0 AND conrelid::regclass::text = ANY(%s)"
    )
    cursor.execute(found, [list(FACTS)])
    for table, name in cursor.fetchall():
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def _copy_rows(
    cursor: Any, table: str, *, shifted: tuple[str, ...], anew: dict[str, str], copies: int
) -> None:
    """Insert each row ``copies`` times with ids moved by a step that is larger than any id of any table."""
    columns = (
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND table_schema = 'public'"
    )
    cursor.execute(columns, [table])
    names = [name for (name,) in cursor.fetchall()]
    written = [
        anew.get(name, f'"{name}" + n * 10000000' if name in shifted else f'"{name}"') for name in names
    ]
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(map(_quote, names))})"  # noqa: S608 - names of our own tables
        f" SELECT {', '.join(written)} FROM {table}, generate_series(1, {copies}) AS n"
    )


def _quote(name: str) -> str:
    return f'"{name}"'
