"""How does a migration close a table, and open it for its own work?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.operations import RunSQL
from psycopg.pq import TransactionStatus


def close_tables(*tables: str) -> RunSQL:
    """Enable and force row security: from here on every row is denied to everyone.

    The policies that open a little of it come from the rule table, after each migrate.
    """
    return RunSQL(
        [
            statement
            for table in tables
            for statement in (
                f"alter table {table} enable row level security",
                f"alter table {table} force row level security",
            )
        ],
        [
            statement
            for table in tables
            for statement in (
                f"alter table {table} no force row level security",
                f"alter table {table} disable row level security",
            )
        ],
    )


@contextmanager
def unforced(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let a migration's own work touch rows, for the length of the block only.

    Row security is forced on the owner too, and outside this block its policy raises: a data
    migration never touches 0 rows in silence. Assert the number of rows touched.
    """
    with connection.cursor() as cursor:
        cursor.execute("select set_config('spheres.unforced', 'yes', false)")
        try:
            yield
        finally:
            if connection.connection.info.transaction_status != TransactionStatus.INERROR:
                cursor.execute("select set_config('spheres.unforced', '', false)")


def unforced_for_foreign_keys(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Execute wrapper of `migrate`: a new foreign key is checked against every row."""
    if sql.startswith("ALTER TABLE") and "FOREIGN KEY" in sql:
        with unforced(context["connection"]):
            return execute(sql, params, many, context)
    return execute(sql, params, many, context)
