"""The database backend ``config.embedded``: Django's own, plus starting the server on demand.

Starting here and not in the settings keeps commands that need no database free of one, and brings
the server back after it was killed, at the next connection.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQLWrapper

from config.embedded_postgres import ROLE, EmbeddedPostgres

TRIES = 5


class DatabaseWrapper(PostgreSQLWrapper):
    """Connects; if that fails, starts the server, makes the database and connects again."""

    def __init__(self, settings_dict: dict[str, Any], alias: str = DEFAULT_DB_ALIAS) -> None:
        super().__init__(settings_dict, alias)
        self._server = EmbeddedPostgres(
            Path(settings_dict["EMBEDDED_FOLDER"]), durable=settings_dict.get("EMBEDDED_DURABLE", True)
        )
        settings_dict["HOST"], settings_dict["USER"] = str(self._server.socket), ROLE

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection:
        """This will connect to the embedded server, starting it if it does not run."""
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            self._server.ensure_database(conn_params["dbname"])
        for wait in range(TRIES):
            try:
                return super().get_new_connection(conn_params)
            except psycopg.OperationalError:  # recovering, or too many connections for a moment
                time.sleep(0.1 * 2**wait)
        return super().get_new_connection(conn_params)
