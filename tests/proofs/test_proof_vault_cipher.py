"""Can a kept text be altered, moved or brought back without being refused? (T11, T12)

Tried at the real door, `vault.open`: whatever is done to what the database holds, it refuses, and
no part of a text is given.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spheres.followup.notes.models import Note
from spheres.records.models import Draft
from spheres.vault import actions as vault
from spheres.vault import cipher
from spheres.vault.models import NotOpened
from tests.cast import MONDAY, acting, follow

HEAD = 21  # version, key number, nonce
QUICK = settings(
    max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
LONG = settings(QUICK, max_examples=10_000)


@dataclass
class Kept:
    """Two files' rows as the database holds them, to be spoiled in memory."""

    mine: Note
    hers: Note
    draft: Draft

    @classmethod
    def of(cls, cast, other_file: UUID, text: str) -> Kept:
        notes = [note(cast.maya.file_id), note(other_file)]
        for row in notes:
            vault.lock(row, her_words=f"{text}.", observation=f"{text}!", support=f"{text}?")
        draft = Draft(
            id=uuid4(), author_id=cast.ines.user_id, file_id=other_file, scope=b"",
            record_type="note", saved_at=MONDAY,
        )  # fmt: skip
        vault.lock(draft, text=f"{text}.")
        for row in (*notes, draft):
            del row.__dict__["_opened"]
        return cls(*notes, draft)


def note(file_id: UUID) -> Note:
    return Note(
        id=uuid4(), file_id=file_id, kind="meeting", occurred_at=MONDAY, written_by=uuid4(),
        written_at=MONDAY,
    )  # fmt: skip


def as_kept(row: Note | Draft) -> tuple[object, ...]:
    """A row as the database would give it: its place and its texts."""
    texts = tuple(bytes(getattr(row, field)) for field in row.locked_fields())
    return (row.pk, row.file_id, row.text_version, *texts)


def flip_a_bit(kept: Kept, data: st.DataObject) -> Note:
    text = bytearray(kept.mine.her_words)
    place = data.draw(st.integers(0, len(text) * 8 - 1))
    text[place // 8] ^= 1 << place % 8
    kept.mine.her_words = bytes(text)
    return kept.mine


def cut_it(kept: Kept, data: st.DataObject) -> Note:
    text = kept.mine.her_words
    kept.mine.her_words = text[: data.draw(st.integers(1, len(text) - 1))]
    return kept.mine


def lengthen_it(kept: Kept, data: st.DataObject) -> Note:
    kept.mine.her_words += data.draw(st.binary(min_size=1, max_size=64))
    return kept.mine


def swap_two_columns(kept: Kept, data: st.DataObject) -> Note:
    a, b = kept.mine.her_words, kept.mine.support
    kept.mine.her_words, kept.mine.support = b, a
    return kept.mine


def take_the_text_of_another_file(kept: Kept, data: st.DataObject) -> Note:
    kept.mine.her_words = kept.hers.her_words
    return kept.mine


def take_the_text_of_another_row(kept: Kept, data: st.DataObject) -> Note:
    other = note(kept.mine.file_id)
    other.her_words = kept.mine.her_words
    return other


def take_the_text_of_another_table(kept: Kept, data: st.DataObject) -> Note:
    kept.mine.her_words = kept.draft.text
    return kept.mine


def give_the_row_to_another_file(kept: Kept, data: st.DataObject) -> Note:
    kept.mine.file_id = kept.hers.file_id
    return kept.mine


def show_an_old_text_under_another_version(kept: Kept, data: st.DataObject) -> Draft:
    kept.draft.text_version += data.draw(st.integers(1, 2**20))
    return kept.draft


def name_an_unknown_key(kept: Kept, data: st.DataObject) -> Note:
    text = kept.mine.her_words
    number = int.from_bytes(text[1:9], "big") ^ data.draw(st.integers(1, 2**64 - 1))
    kept.mine.her_words = text[:1] + number.to_bytes(8, "big") + text[9:]
    return kept.mine


def put_anything(kept: Kept, data: st.DataObject) -> Note:
    kept.mine.her_words = data.draw(st.binary(min_size=1, max_size=600))
    return kept.mine


def keep_the_head_and_put_anything(kept: Kept, data: st.DataObject) -> Note:
    kept.mine.her_words = kept.mine.her_words[:HEAD] + data.draw(st.binary(max_size=600))
    return kept.mine


SPOILINGS = (
    flip_a_bit, cut_it, lengthen_it, swap_two_columns, take_the_text_of_another_file,
    take_the_text_of_another_row, take_the_text_of_another_table, give_the_row_to_another_file,
    show_an_old_text_under_another_version, name_an_unknown_key, put_anything,
    keep_the_head_and_put_anything,
)  # fmt: skip


@pytest.fixture
def other_file(cast) -> UUID:
    return follow("Alex", desk=cast.institute.id, louise=cast.louise, worker=cast.ines).file_id


def refuse_whatever_is_spoiled(cast, other_file: UUID, data: st.DataObject) -> None:
    with acting(cast.ines):
        kept = Kept.of(cast, other_file, data.draw(st.text(max_size=300)))
        sound = {as_kept(row) for row in (kept.mine, kept.hers, kept.draft)}
        row = data.draw(st.sampled_from(SPOILINGS))(kept, data)
        assert as_kept(row) not in sound  # a case that spoils nothing would prove nothing
        with pytest.raises(cipher.Sealed):
            vault.open([row], by=cast.ines)
        with pytest.raises(NotOpened):
            _ = row.opened


@QUICK
@given(data=st.data())
def test_a_spoiled_text_is_refused_whole(cast, other_file, data):
    refuse_whatever_is_spoiled(cast, other_file, data)


@pytest.mark.proof
@LONG
@given(data=st.data())
def test_ten_thousand_spoiled_texts_are_refused_whole(cast, other_file, data):
    refuse_whatever_is_spoiled(cast, other_file, data)


@settings(QUICK, max_examples=300)
@given(text=st.text(min_size=1, max_size=2_000))
def test_what_was_not_spoiled_reads_as_it_was_written(cast, text):
    """Or every refusal above would prove nothing."""
    with acting(cast.ines):
        row = note(cast.maya.file_id)
        vault.lock(row, her_words=text)
        del row.__dict__["_opened"]
        vault.open([row], by=cast.ines)

    assert row.opened.her_words == text


@given(text=st.text(max_size=3_000))
def test_a_length_tells_little(text):
    place = cipher.Place(UUID(int=1), "t", "c", UUID(int=2), 1)
    kept = cipher.lock(text, key_number=1, key=AESGCM(bytes(32)), place=place)

    assert (len(kept) - HEAD - 16) % 256 == 0
    assert len(kept) - HEAD - 16 - len(text.encode()) in range(1, 257)


def no_nonce_twice(count: int) -> None:
    key, place = AESGCM(os.urandom(32)), cipher.Place(uuid4(), "t", "c", uuid4(), 1)
    nonces = {cipher.lock("", key_number=1, key=key, place=place)[9:HEAD] for _ in range(count)}

    assert len(nonces) == count


def test_ten_thousand_texts_have_as_many_nonces():
    no_nonce_twice(10_000)


@pytest.mark.proof
def test_a_million_texts_have_as_many_nonces():
    no_nonce_twice(1_000_000)
