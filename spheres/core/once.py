"""How does a double click, a retry or a Back-and-resend make one record?"""

from __future__ import annotations

from django.db import IntegrityError, connection, models, transaction
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery


def create_once(row: models.Model) -> bool:
    """Insert `row` under the identifier its form carried; False when it already stands.

    The writer may have no right to read what she writes (a public referral), so the answer comes
    from the insert itself, not from a look before it.
    """
    if _is_inserted(row):
        return True
    # Something of it stands already: inserted again, the database says what.
    try:
        with transaction.atomic():
            type(row)._base_manager.bulk_create([row])
    except IntegrityError as error:
        if _is_same_identifier(error, row):
            return False
        raise
    return True


def _is_inserted(row: models.Model) -> bool:
    """One statement, no savepoint: the database keeps silent on a conflict."""
    meta = row._meta
    query = InsertQuery(type(row), on_conflict=OnConflict.IGNORE)
    fields = [field for field in meta.concrete_fields if not field.generated]
    query.insert_values(fields, [row])
    [(sql, params)] = query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return bool(cursor.rowcount)


def _is_same_identifier(error: IntegrityError, row: models.Model) -> bool:
    diagnosis = getattr(error.__cause__, "diag", None)
    return (
        diagnosis is not None
        and diagnosis.sqlstate == "23505"
        and diagnosis.constraint_name == f"{row._meta.db_table}_pkey"
    )
