"""Does the comparison see each way in which a database can stray from the rule table?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.test.utils import CaptureQueriesContext, override_settings

from spheres.core.row_security import unforced
from spheres.sharing.compile import our_models
from spheres.sharing.drift import drift
from spheres.sharing.installing import compile_policy
from tests.proofs.databases import as_owner
from tests.proofs.stage import Stage

TABLES = sorted(model._meta.db_table for model in our_models())
STRAYS = {
    "a policy is missing": "drop policy select_0 on notes_note",
    "a policy is added": "create policy more on notes_note for select to app using (true)",
    "a policy is widened": "alter policy select_0 on notes_note using (true)",
    "row security is not forced": "alter table notes_note no force row level security",
    "row security is off": "alter table notes_note disable row level security",
    "app may change a note": "grant update on notes_note to app",
    "app may change one column of a note": "grant update (kind) on notes_note to app",
    "app may empty a table": "grant truncate on participants_identity to app",
    "app may read the context key": "grant select on access.context_key to app",
    "app may delete keys": "grant delete on vault_datakey to app",
    "app may read the groups": "grant select on auth_group to app",
    "gate may read notes": "grant select on notes_note to gate",
    "everybody may read notes": "grant select on notes_note to public",
    "everybody may ask reach": (
        "grant execute on function access.reach(uuid, uuid, text[], text, timestamptz, text, text)"
        " to public"
    ),
    "a function is changed": (
        "create or replace function access.present() returns boolean language sql as 'select true'"
    ),
    "a function is added": (
        "create function access.shortcut() returns boolean language sql as 'select true'"
    ),
    "notes can be changed": "drop trigger kept_as_written on notes_note",
    "the trigger sleeps": "alter table notes_note disable trigger kept_as_written",
    "the journal is no longer chained": "alter table audit_event disable trigger link",
    "a table without a word": "create table loose (id uuid)",
    "a view": "create view leak as select * from notes_note",
}


@pytest.fixture(scope="module")
def owning(stage: Stage, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Django's own connection signs in as `owner` on the world's database."""
    with django_db_blocker.unblock(), as_owner(stage.cluster):
        yield
        assert drift() == []  # each stray was undone


@contextmanager
def undone() -> Iterator[CursorWrapper]:
    with transaction.atomic(), connection.cursor() as cursor:
        yield cursor
        transaction.set_rollback(True)


def test_nothing_strays_after_a_migration(owning: None) -> None:
    assert drift() == []


def test_every_table_that_is_not_forced_is_reported(owning: None) -> None:
    with undone() as cursor:
        for table in TABLES:
            cursor.execute(f"alter table {table} no force row level security")

        reported = drift()

    assert sorted(reported) == sorted(
        f"{said}|{table}|True|{forced}"
        for said, forced in (
            ("installed, not declared: forced", False),
            ("declared, not installed: forced", True),
        )
        for table in TABLES
    )


@pytest.mark.parametrize("stray", STRAYS)
def test_a_stray_is_reported(owning: None, stray: str) -> None:
    with undone() as cursor:
        if "function access." in STRAYS[stray]:
            cursor.execute("set local role gate")
        cursor.execute(STRAYS[stray])
        cursor.execute("reset role")

        reported = drift()

    assert reported != []


def test_another_key_file_is_refused_before_anything_is_made(owning: None) -> None:
    """Its mark would be left for good: new texts closed by it, the others read by nobody."""
    right = settings.SPHERES_KEY_ID
    with connection.cursor() as cursor, unforced(connection):
        cursor.execute("update vault_datakey set kek_id = %s", [right])
    other = override_settings(SPHERES_KEYS={"0" * 16: bytes(32)}, SPHERES_KEY_ID="0" * 16)

    with other, pytest.raises(CommandError) as refused:
        call_command("migrate", interactive=False, verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)

    assert str(refused.value) == (
        f"Texts of this database are closed by the key {right}, and the file that is named holds "
        "0000000000000000: name the right one in SPHERES_KEY_FILE, or the one before it in "
        "SPHERES_OLD_KEY_FILE."
    )


def test_the_rules_are_made_anew_in_one_message(owning: None) -> None:
    """While they are, everybody waits at the door: the server may be far, and the rules many."""
    with CaptureQueriesContext(connection) as sent:
        compile_policy()

    assert [" ".join(one["sql"].split()[:2]).split("(")[0] for one in sent] == [
        "BEGIN", "set local", "select pg_advisory_xact_lock", "do $$", "insert into", "COMMIT",
    ]  # fmt: skip
    assert drift() == []
