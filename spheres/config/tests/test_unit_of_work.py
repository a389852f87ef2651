"""Does whoever is lent the same connection next meet anything of the page before?"""

from __future__ import annotations

import pytest
from django.db import connection

from spheres.core import context
from spheres.core.actor import VISITOR
from tests.pages import visitor


def context_of_the_connection() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting('spheres.context', true), '')")
        return str(cursor.fetchone()[0])


@pytest.mark.usefixtures("django_db_setup")
def test_the_context_ends_with_its_real_transaction(django_db_blocker) -> None:
    """Nothing is said to the database on leaving: the end of the transaction must be enough."""
    with django_db_blocker.unblock():
        with context.unit_of_work(VISITOR):
            within = context_of_the_connection()
        after_work = context_of_the_connection()
        answered = visitor().get("/sign-in/").status_code
        after_page = context_of_the_connection()
        connection.close()

    assert (within.count("|"), after_work, answered, after_page) == (6, "", 200, "")


def test_the_context_is_taken_back_inside_a_longer_transaction(db: None) -> None:
    with context.unit_of_work(VISITOR):
        within = context_of_the_connection()

    assert (within.count("|"), context_of_the_connection()) == (6, "")
