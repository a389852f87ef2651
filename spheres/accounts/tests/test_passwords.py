"""Who may read what is kept of a password? The doorkeeper, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ProgrammingError

from conftest import TEST_DATABASE, owner_settings
from spheres.accounts.models import Password, User
from spheres.accounts.sessions import DOORKEEPER
from spheres.accounts.tests.conftest import WithCodes, enrol_passkey
from spheres.core.actor import service
from spheres.core.row_security import unforced
from tests.cast import Cast, acting
from tests.open_works import hold

MIGRATION = import_module("spheres.accounts.migrations.0003_password_leavers_recovery")


def test_nobody_signed_in_reads_a_hash_not_even_her_own(
    cast: Cast, ines: WithCodes, manon: Any, theo: Any
) -> None:
    seen = {}
    for who in (cast.ines, cast.louise, manon, theo, cast.nadia, service("loader"), DOORKEEPER):
        with acting(who):
            seen[who.user_id] = Password.objects.count()

    assert seen.pop(DOORKEEPER.user_id) == 1
    assert set(seen.values()) == {0}


def test_nobody_signed_in_plants_a_hash(cast: Cast, ines: WithCodes) -> None:
    forged = Password(id=cast.samir.user_id, user_id=ines.actor.user_id, hash="forged")
    with acting(cast.samir), pytest.raises(ProgrammingError):
        Password.objects.bulk_create([forged])


def test_the_first_passkey_removes_the_hash(cast: Cast, ines: WithCodes) -> None:
    enrol_passkey(cast.ines)

    with acting(DOORKEEPER):
        assert Password.objects.count() == 0


def test_an_account_holds_no_hash_itself() -> None:
    assert [f.name for f in User._meta.fields if "password" in f.name] == []


@pytest.mark.django_db
def test_the_empty_column_waits_for_the_next_release() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select column_name from information_schema.columns "
            "where table_name = 'accounts_user' and column_name = 'password'"
        )
        hold("empty column", cursor.fetchall())


# The data migration, on rows that are never kept.


@pytest.fixture
def before(db: None) -> Iterator[BaseDatabaseWrapper]:
    """The owner's connection, and the tables as they were before the hash had its own."""
    owner = connection.copy("owner")
    owner.settings_dict.update(owner_settings(TEST_DATABASE))
    try:
        owner.set_autocommit(False)
        with owner.cursor() as cursor:
            cursor.execute("alter table accounts_user drop constraint accounts_user_no_hash")
            cursor.execute("alter table accounts_password disable row level security")
        yield owner
    finally:
        owner.rollback()
        owner.close()


def add_user(owner: BaseDatabaseWrapper, password: str) -> str:
    user_id = str(uuid4())
    with unforced(owner), owner.cursor() as cursor:
        cursor.execute(
            'insert into accounts_user (id, email, name, employer, "order", report_duty, '
            "languages, language, is_active, password) values "
            "(%s, %s, 'X', 'community', '', 'must_some', '{fr}', 'fr', true, %s)",
            [user_id, f"{user_id}@example.org", password],
        )
    return user_id


def test_the_migration_moves_each_hash_and_leaves_none(before: BaseDatabaseWrapper) -> None:
    on_the_bridge = add_user(before, "argon2$one")
    add_user(before, "")
    add_user(before, "!")

    with before.schema_editor(atomic=False) as editor:
        MIGRATION.move_hashes(None, editor)

    with unforced(before), before.cursor() as cursor:
        # What the migration does next, in the same transaction.
        cursor.execute(
            "alter table accounts_user add constraint accounts_user_no_hash check (password = '')"
        )
        cursor.execute("select user_id::text, hash from accounts_password")
        moved = cursor.fetchall()
        cursor.execute("select distinct password from accounts_user")
        left = cursor.fetchall()
    assert moved == [(on_the_bridge, "argon2$one")]
    assert left == [("",)]


def test_a_hash_cannot_be_put_back(db: None) -> None:
    owner = connection.copy("owner")
    owner.settings_dict.update(owner_settings(TEST_DATABASE))
    try:
        owner.set_autocommit(False)
        with pytest.raises(IntegrityError):
            add_user(owner, "argon2$one")
    finally:
        owner.rollback()
        owner.close()
