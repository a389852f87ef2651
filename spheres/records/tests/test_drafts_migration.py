"""Does the migration of drafts leave none behind, nor a key that opens an old copy of one?"""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

from django.db import connection

from conftest import TEST_DATABASE, owner_settings
from spheres.core.row_security import unforced

MIGRATION = "spheres.records.migrations.0002_forget_drafts_under_the_authors_key"
AN_OLD_DRAFT = """
insert into records_draft (id, author_id, file_id, scope, record_type, text, text_version, saved_at)
select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '', 'notes', 'x', 1, now()"""
KEYS = """
insert into keys.vault_datakey (number, owner_id, kind, generation, kek_id, wrapped, minted_at)
values (1, gen_random_uuid(), 'DRAFT', 1, 'k', 'x', now()),
       (2, gen_random_uuid(), 'FOLLOW_UP', 1, 'k', 'x', now())"""


def test_drafts_of_before_go_with_the_keys_that_opened_them(db: None) -> None:
    owner = connection.copy("owner")
    owner.settings_dict.update(owner_settings(TEST_DATABASE))
    try:
        owner.set_autocommit(False)
        with unforced(owner), owner.cursor() as cursor:
            cursor.execute(AN_OLD_DRAFT)
            cursor.execute(KEYS)

        import_module(MIGRATION).forget(None, SimpleNamespace(connection=owner))

        with unforced(owner), owner.cursor() as cursor:
            cursor.execute("select count(*) from records_draft")
            assert cursor.fetchone() == (0,)
            cursor.execute("select kind from keys.vault_datakey where number in (1, 2)")
            assert cursor.fetchall() == [("FOLLOW_UP",)]
    finally:
        owner.rollback()
        owner.close()
