"""How is a function of the database asked?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection


def ask(function: str, *said: UUID | str | datetime | list[UUID] | None) -> object:
    places = ", ".join(["%s"] * len(said))
    with connection.cursor() as cursor:
        cursor.execute(f"select access.{function}({places})", said)
        return cursor.fetchone()[0]
