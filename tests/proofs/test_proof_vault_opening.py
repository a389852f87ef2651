"""Does opening leave a trace, and does a key lock what it should?"""

from __future__ import annotations

import pickle
from uuid import uuid4

import pytest
from django.db import DatabaseError, ProgrammingError, connection

from spheres.audit.models import Event
from spheres.core.actor import service
from spheres.followup.notes import queries as notes
from spheres.followup.notes.models import Note
from spheres.records import actions as records
from spheres.vault import actions as vault
from spheres.vault import cipher, keys
from spheres.vault.models import Kind, NotOpened, Tombstone
from spheres.vault.queries import Doubt, doubtful_rows
from tests.cast import MONDAY, acting, uuid_of

ROTATION = service("rotation")


def her_notes(cast) -> list[Note]:
    return list(notes.of_file(cast.maya.file_id, actor=cast.ines))


def write_notes(cast, count: int) -> list[Note]:
    """Many signed notes of one file, without the ceremony."""
    written = []
    for _ in range(count):
        note = Note(
            id=uuid4(), file_id=cast.maya.file_id, kind="meeting", occurred_at=MONDAY,
            written_by=cast.ines.user_id, written_at=MONDAY,
        )  # fmt: skip
        vault.lock(note, her_words="J’ai dormi." * 20, observation="Elle rit.", support="Un lit.")
        written.append(note)
    Note.objects.bulk_create(written)
    return written


def test_ines_opens_a_note_and_its_section_is_told_in_her_file(cast):
    with acting(cast.ines):
        (note,) = her_notes(cast)
        with pytest.raises(NotOpened):
            _ = note.opened
        vault.open([note], by=cast.ines)
        told = Event.objects.order_by("-number").values("action", "chain_id", "sections")[0]

    assert note.opened.her_words == "J’ai dormi."
    assert told == {"action": "open", "chain_id": cast.maya.file_id, "sections": ["notes"]}


def test_a_row_that_an_event_names_opens_further_without_another(cast):
    with acting(cast.ines):
        (note,) = her_notes(cast)
        vault.open([note], by=cast.ines, only=("her_words",))
        before = Event.objects.count()
        first = vars(note.opened).copy()
        vault.open_also([note], only=("support",))
        after = Event.objects.count()

    assert first == {"her_words": "J’ai dormi."}
    assert vars(note.opened) == first | {"support": "Chercher ensemble un lit pour jeudi."}
    assert after == before


def test_a_row_that_no_event_names_does_not_open_further(cast):
    with acting(cast.ines):
        write_notes(cast, 1)
        named, unnamed = her_notes(cast)
        vault.open([named], by=cast.ines, only=("her_words",))
        with pytest.raises(NotOpened, match="No event names 1 of these rows"):
            vault.open_also([named, unnamed], only=("support",))

    assert set(vars(named.opened)) == {"her_words"}
    with pytest.raises(NotOpened):
        _ = unnamed.opened


def test_what_an_event_named_is_forgotten_with_its_unit_of_work(cast):
    with acting(cast.ines):
        (note,) = her_notes(cast)
        vault.open([note], by=cast.ines, only=("her_words",))
    with acting(cast.ines), pytest.raises(NotOpened):
        vault.open_also([note], only=("support",))


def test_five_hundred_notes_open_with_one_event_and_one_question_for_keys(
    cast, django_assert_num_queries
):
    with acting(cast.ines):
        write_notes(cast, 499)
        found = her_notes(cast)
        with django_assert_num_queries(2) as asked:
            vault.open(found, by=cast.ines)

    assert len(found) == 500
    assert [q["sql"].split()[0:3] for q in asked] == [
        ["INSERT", "INTO", '"audit_event"'],
        ["select", "*", "from"],
    ]


def test_an_own_draft_is_opened_in_the_chain_of_its_author(cast):
    with acting(cast.ines):
        draft = records.save_draft(
            uuid_of("draft"), file_id=cast.maya.file_id, section="notes", record_type="notes",
            fields={"her_words": "…"}, by=cast.ines, at=MONDAY,
        )  # fmt: skip
        records.open_draft(draft, by=cast.ines)
        told = Event.objects.order_by("-number").values("chain", "chain_id")[0]

    assert told == {"chain": "ACTOR", "chain_id": cast.ines.user_id}


def test_clear_texts_stay_out_of_logs_and_caches(cast):
    with acting(cast.ines):
        (note,) = vault.open(her_notes(cast), by=cast.ines)

    assert repr(note.opened) == "<opened texts>"
    assert b"dormi" not in pickle.dumps(note)
    with pytest.raises(NotOpened):
        _ = pickle.loads(pickle.dumps(note)).opened


def test_a_row_written_again_gives_all_its_texts(cast):
    with acting(cast.ines):
        (note,) = her_notes(cast)
        with pytest.raises(TypeError, match=r"Note\.observation must be locked again"):
            vault.lock(note, her_words="Autre chose.")


def test_nothing_opens_when_the_journal_cannot_be_written(world):
    cast = world.cast
    with world.acting(cast.ines):
        found = her_notes(cast)
    with world.admin() as admin:
        admin.execute("revoke insert on audit_event from app")
    try:
        with pytest.raises(ProgrammingError, match="audit_event"), world.acting(cast.ines):
            vault.open(found, by=cast.ines)
        with pytest.raises(NotOpened):
            _ = found[0].opened
    finally:
        with world.admin() as admin:
            admin.execute("grant insert on audit_event to app")


def test_nothing_stands_when_the_event_cannot_be_linked_at_commit(world):
    """A full disk at the last instant: the page was made, and is not sent."""
    cast = world.cast
    with world.admin() as admin:
        admin.execute("revoke update on audit_head from gate")
    with pytest.raises(DatabaseError, match="audit_head"), world.acting(cast.ines):
        vault.open(her_notes(cast), by=cast.ines)


def test_a_new_key_locks_what_is_written_and_old_texts_stay_readable(cast):
    file_id = cast.maya.file_id
    with acting(ROTATION):
        generation = keys.rotate(file_id, Kind.FOLLOW_UP, by=ROTATION)
    with acting(cast.ines):
        (after,) = write_notes(cast, 1)
        opened = vault.open(her_notes(cast), by=cast.ines)
        newest = keys.newest(file_id, Kind.FOLLOW_UP)

    number = cipher.key_number(bytes(after.her_words))
    assert (generation, number) == (newest.generation, newest.number) == (2, number)
    assert {note.opened.her_words for note in opened} == {"J’ai dormi.", "J’ai dormi." * 20}


@pytest.mark.parametrize(
    "statement",
    [
        "select * from vault_datakey",
        "insert into vault_datakey default values",
        "update vault_datakey set wrapped = ''",
        "delete from vault_datakey",
    ],
)
def test_the_application_cannot_list_add_overwrite_or_destroy_wrapped_keys(cast, statement):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        acting(cast.ines),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_only_the_service_of_rotation_wraps_keys_anew(cast):
    with (
        pytest.raises(ProgrammingError, match="only service:rotation"),
        acting(cast.louise),
        connection.cursor() as cursor,
    ):
        cursor.execute("select access.wrap_anew('{1}', 'x', '{x}')")


def test_a_wrapped_key_moved_to_another_generation_opens_nothing(world):
    cast, file_id = world.cast, world.cast.maya.file_id
    with world.acting(ROTATION):
        keys.rotate(file_id, Kind.FOLLOW_UP, by=ROTATION)
    world.spoil(
        "update keys.vault_datakey a set wrapped = b.wrapped from keys.vault_datakey b where "
        f"a.owner_id = b.owner_id and a.kind = b.kind and a.owner_id = '{file_id}'"
        " and a.generation = 1 and b.generation = 2"
    )

    with pytest.raises(cipher.Sealed), world.acting(cast.ines):
        vault.open(her_notes(cast), by=cast.ines)


def test_a_key_number_that_was_altered_is_refused_and_never_shown_as_erased(world):
    cast = world.cast
    world.spoil(
        "update notes_note set her_words = set_byte(her_words, 5, get_byte(her_words, 5) # 1)"
    )

    with pytest.raises(cipher.Sealed, match="not known"), world.acting(cast.ines):
        vault.open(her_notes(cast), by=cast.ines)


def test_the_whole_old_row_put_back_is_flagged_by_the_journal(world):
    """Its texts open, being in their own place; the last act of writing left something else."""
    cast, file_id = world.cast, world.cast.maya.file_id
    with world.acting(cast.ines):
        (note,) = her_notes(cast)
        again = Note.objects.get(pk=note.pk)
        vault.lock(again, her_words="Autre.", observation="Autre.", support="Autre.")
    with world.admin() as admin:
        before = doubtful_rows(file_id, connection=admin)
        admin.execute("set session_replication_role = replica")
        admin.execute(
            "update notes_note set her_words = %s where id = %s", [again.her_words, note.pk]
        )
        after = doubtful_rows(file_id, connection=admin)

    with world.acting(cast.ines):
        vault.open(her_notes(cast), by=cast.ines)
    assert [(row.table, row.row_id, row.doubt) for row in after if row not in before] == [
        ("notes_note", note.pk, Doubt.ALTERED)
    ]


def test_an_untouched_file_raises_no_doubt(world):
    with world.admin() as admin:
        found = doubtful_rows(world.cast.maya.file_id, connection=admin)

    assert [(row.table, row.doubt) for row in found] == []


def test_nobody_sees_tombstones_of_files_they_do_not_follow(cast):
    with acting(cast.samir):
        assert list(Tombstone.objects.all()) == []
