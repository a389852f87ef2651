"""Does a copy of the database, with every key of the house, reveal a private page? And with her two
numbers?"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction

from spheres.core import clock
from spheres.portal.notebook.tests.factories import (
    CODE,
    PIN,
    confirm_contact,
    give_code,
    open_notebook,
)
from spheres.portal.own_pages.tests.factories import in_notebook, page, send, write_first
from spheres.vault import cipher, stretching
from tests.cast import MONDAY, TUESDAY
from tests.deciding import House
from tests.proofs.committed_world import World, dump
from tests.proofs.figures import tell

TITLE, TEXT = "Xylophone-caché", "Hirondelle-secrète de juillet"
WORDS = (TITLE, TEXT)
COLUMNS = {"title": TITLE, "text": TEXT}


@pytest.fixture
def written(world: World) -> World:
    """Maya wrote a page for herself alone, and is still inside."""
    with clock.at(MONDAY):
        with transaction.atomic():
            for prepare in (confirm_contact, open_notebook, give_code):
                prepare(world.cast)
        client = in_notebook()
        assert write_first(client, TITLE, TEXT).status_code == 302
    return world


def spellings(words: str) -> Iterator[bytes]:
    """As it stands, and as a careless programme would keep it."""
    for plain in (words.encode(), words.encode("utf-16-le")):
        yield from (plain, plain.hex().encode(), base64.b64encode(plain)[:-4])


def every_key(world: World) -> dict[str, bytes]:
    """All that the house holds: its key files, and each data key, opened with them."""
    found = dict(settings.SPHERES_KEYS) | {"now": settings.SPHERES_KEY}
    with world.admin() as admin:
        rows = admin.execute(
            "select number, owner_id, kind, kek_id, wrapped from keys.vault_datakey"
        ).fetchall()
    for number, owner, kind, kek_id, wrapped in rows:
        place = cipher.KeyPlace(number, owner, kind, kek_id)
        kek = settings.SPHERES_KEYS[kek_id]
        found[f"{kind} {number}"] = cipher.unwrap(bytes(wrapped), kek=kek, place=place)
    return found


def asked(world: World, sql: str) -> list[tuple[Any, ...]]:
    with world.admin() as admin:
        return admin.execute(sql).fetchall()


def kept(world: World) -> tuple[UUID, UUID, int, dict[str, bytes]]:
    """The one page, as a copy of the table gives it."""
    [(page_id, file_id, version, title, text)] = asked(
        world, "select id, file_id, version, title, text from own_pages_ownpage"
    )
    return page_id, file_id, version, {"title": bytes(title), "text": bytes(text)}


def opens(world: World, key: bytes) -> list[str]:
    """The columns of the page that this key opens, wherever they are said to belong."""
    page_id, file_id, version, texts = kept(world)
    opened = []
    for column, locked in texts.items():
        place = cipher.Place(file_id, "own_pages_ownpage", column, page_id, version)
        try:
            clear = cipher.unlock_bytes(locked, key=AESGCM(key), bound_to=place.bound())
        except cipher.Sealed:
            continue
        assert COLUMNS[column].encode() in clear
        opened.append(column)
    return opened


def unwraps(world: World, key: bytes) -> bool:
    """Whether this key opens the key of her pages, as it is kept with her code."""
    [(wrapped,)] = asked(world, "select pages from sharing_notebookkey")
    try:
        AESGCM(key).decrypt(bytes(wrapped)[:12], bytes(wrapped)[12:], b"pages key")
    except InvalidTag:
        return False
    return True


def test_a_copy_and_every_key_of_the_house_reveal_no_word_of_a_page(
    written: World, tmp_path
) -> None:
    keys = every_key(written)
    copies = [
        dump(written.backup_url, tmp_path / "plain.sql"),
        dump(written.backup_url, tmp_path / "custom", "--format=custom", "--compress=0"),
    ]

    assert len(keys) > 3
    seen = [s for words in WORDS for s in spellings(words) if any(s in copy for copy in copies)]
    assert seen == []
    assert [name for name, key in keys.items() if opens(written, key)] == []
    assert [name for name, key in keys.items() if unwraps(written, key)] == []
    # What the row of her code holds besides, taken as a key: nothing either.
    [(digest, verifier)] = asked(written, "select digest, verifier from sharing_notebookkey")
    for one in (digest, verifier):
        assert (opens(written, bytes(one)), unwraps(written, bytes(one))) == ([], False)
    tell("private pages", f"{len(keys)} keys of the house tried, {len(WORDS)} texts: none opened")


def test_her_two_numbers_together_open_it_from_the_same_copy_and_either_alone_does_not(
    written: World,
) -> None:
    [(salt, wrapped)] = asked(written, "select salt, pages from sharing_notebookkey")

    def tried(code: str, pin: str) -> list[str]:
        stretched = stretching.stretch(code, pin, salt=bytes(salt))
        try:
            key = stretching.pages_key(bytes(wrapped), stretched=stretched)
        except cipher.Sealed:
            return []
        return opens(written, key)

    assert tried(CODE, PIN) == ["title", "text"]
    assert (tried(CODE, "000001"), tried("0" * 16, PIN)) == ([], [])


def test_nothing_of_a_page_says_when_it_was_written_but_the_day(written: World) -> None:
    [columns] = asked(
        written,
        "select array_agg(column_name || ' ' || data_type order by column_name) "
        "from information_schema.columns where table_name = 'own_pages_ownpage' "
        "and data_type in ('date', 'timestamp with time zone', 'text', 'character varying')",
    )
    assert columns == (["given_on date", "written_on date"],)


def test_it_is_destroyed_with_what_was_written_with_her(written: World) -> None:
    with transaction.atomic():
        house = House(written.cast)
        house.carry_out(house.decide(), TUESDAY)

    assert asked(written, "select count(*) from own_pages_ownpage") == [(0,)]
    assert asked(written, "select count(*) from sharing_notebookkey") == [(0,)]


def test_deleted_nothing_of_it_stands_nor_does_the_journal_name_it(written: World) -> None:
    with clock.at(MONDAY):
        client = in_notebook()
        assert TITLE in page(client, "/n/61/")
        page_id, *_rest = kept(written)
        send(client, f"/n/65/{page_id}/")
    assert asked(written, "select count(*) from own_pages_ownpage") == [(0,)]
    assert [
        row for (row,) in asked(written, "select record_ids from audit_event") if page_id in row
    ] == []
