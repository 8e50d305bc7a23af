"""Partitions by fiscal year: how a model becomes a partitioned table, and how a year gets its parts.

Django knows a plain ``id``; in the database the key is ``(id, fiscal_year)``, because PostgreSQL wants
the partition column in every unique key. Identity columns of partitioned tables number over all parts.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, migrations, models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils.translation import gettext as _

PARTITIONED_TABLES = ("budgets_lineitem", "budgets_amount")
YEAR_COLUMN = "fiscal_year"
YEARS = range(1990, 2101)
"""Years a disclosure can be of; another number is a reading error."""
LOCK = 0x6275_6467
"""Advisory lock under which parts are made, so that two publishers do not make the same one."""


class UnlikelyYear(ValueError):
    """The fiscal year is not one a disclosure can be of."""


class CreatePartitionedModel(migrations.CreateModel):
    """Create the model's table with the key ``(id, fiscal_year)``, partitioned by ``fiscal_year``."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """This will create the parent table; its parts come with :func:`ensure_year`."""
        django_sql = schema_editor.table_sql

        def table_sql(model: type[models.Model]) -> tuple[str, Any]:
            sql, params = django_sql(model)
            return with_partitions(sql), params

        schema_editor.table_sql = table_sql  # type: ignore[method-assign]
        try:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        finally:
            schema_editor.table_sql = django_sql  # type: ignore[method-assign]

    def describe(self) -> str:
        """This will say what the migration does."""
        return f"Create partitioned model {self.name}"


def with_partitions(sql: str) -> str:
    """This will return Django's CREATE TABLE with the wider key and the partition clause.

    Raises:
        ValueError: Django's SQL does not look as expected (a new version of it would tell us here).
    """
    if sql.count(" PRIMARY KEY") != 1 or not sql.rstrip().endswith(")"):
        raise ValueError(f"cannot partition: unexpected CREATE TABLE: {sql[:200]}")
    body = sql.replace(" PRIMARY KEY", "").rstrip()[:-1]
    return f'{body}, PRIMARY KEY ("id", "{YEAR_COLUMN}")) PARTITION BY RANGE ("{YEAR_COLUMN}")'


def ensure_year(year: int) -> None:
    """This will make the year's partitions and its FiscalYear row, where they do not exist.

    Safe when called at the same moment by several publishers; costs two small queries when all is
    there. A part is made beside its parent and then attached, which lets readers of other years
    pass; call it before other writes of a transaction, so that no two wait for each other.

    Raises:
        UnlikelyYear: the year is outside :data:`YEARS`.
    """
    from budgets.models import FiscalYear

    if year not in YEARS:
        raise UnlikelyYear(
            _("%(year)s 不是可能的财政年度（应在 %(first)s–%(last)s 之间）。请更正年度。")
            % {"year": year, "first": YEARS.start, "last": YEARS.stop - 1}
        )
    if _find_missing_tables(year):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            for table in _find_missing_tables(year):
                part = f"{table}_{year}"
                cursor.execute(
                    f'CREATE TABLE "{part}" (LIKE "{table}" INCLUDING DEFAULTS INCLUDING CONSTRAINTS)'
                )
                cursor.execute(
                    f'ALTER TABLE "{table}" ATTACH PARTITION "{part}" FOR VALUES FROM ({year}) TO ({year + 1})'
                )
    FiscalYear.objects.get_or_create(year=year)


def _find_missing_tables(year: int) -> list[str]:
    """Return the partitioned tables without a part for the year.

    Read from pg_class as from any table: ``to_regclass`` may answer from a cache that does not yet
    know what another publisher has just made.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM unnest(%s::text[]) AS name WHERE NOT EXISTS (SELECT 1 FROM pg_class"
            " WHERE relname = name || '_' || %s::text AND pg_table_is_visible(oid))",
            [list(PARTITIONED_TABLES), str(year)],
        )
        return [row[0] for row in cursor.fetchall()]
