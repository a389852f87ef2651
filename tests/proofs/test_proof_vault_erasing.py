"""When texts are erased, what goes, what stays, and can anything bring them back?"""

from __future__ import annotations

import os
import threading
from uuid import UUID

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import translation

from spheres.audit import actions as audit
from spheres.audit import export, verify
from spheres.audit.models import Event
from spheres.core.actor import service
from spheres.followup.notes import actions as notes
from spheres.followup.notes import queries as note_queries
from spheres.privacy.retention import actions as retention
from spheres.sharing import compile as policy
from spheres.sharing import destroying
from spheres.sharing.models import ErasureWords
from spheres.vault import actions as vault
from spheres.vault import cipher, keys
from spheres.vault.models import Kind, Tombstone
from tests.cast import MONDAY, TUESDAY, acting, refer, uuid_of
from tests.proofs.committed_world import (
    World,
    at_database,
    database_of_our_own,
    dump,
    run_program,
)

EXPIRY = service("expiry")
FOLLOW_UP = (Kind.FOLLOW_UP, Kind.DRAFT)


def two_people_decide(world: World) -> None:
    """As it stands once one proposed and another said yes (`privacy/retention` walks the whole)."""
    cast = world.cast
    world.spoil(
        "insert into sharing_ending (id, file_id, organisation_id, sorts, exit, why, proposed_by, "
        "proposed_at, confirmed_by, confirmed_at, lift_ground) values "
        f"('{uuid_of('decided')}', '{cast.maya.file_id}', '{cast.la_maison.pk}', '{{FOLLOW_UP}}', "
        f"'DESTROYED', 'TERM', '{cast.nadia.user_id}', '{MONDAY}', '{cast.karim.user_id}', "
        f"'{MONDAY}', '') on conflict do nothing"
    )


def erase(world: World, kinds=FOLLOW_UP) -> int:
    two_people_decide(world)
    with world.acting(EXPIRY, TUESDAY):
        return vault.erase(
            world.cast.maya.file_id, kinds=kinds, basis="term", by=EXPIRY, at=TUESDAY
        )


def count(world: World, *tables: str) -> dict[str, int]:
    """Her rows in these tables, counted by a superuser."""
    her = world.cast.maya.file_id
    column = {"participants_file": "id", "vault_datakey": "owner_id", "vault_tombstone": "owner_id"}
    with world.admin() as admin:
        admin.execute("set search_path = public, keys")
        return {
            table: admin.execute(
                f"select count(*) from {table} where {column.get(table, 'file_id')} = %s", [her]
            ).fetchone()[0]
            for table in tables
        }


def her_request(world: World) -> UUID:
    """What she asks, in a register: a class of its own, which is not erased with her follow-up."""
    ines, asked = world.cast.ines, uuid_of("asked")
    said = retention.Asked(asked, "HERSELF", MONDAY.date(), "Que tout parte.")
    with world.acting(ines):
        retention.ask(world.cast.maya.file_id, said, by=ines, at=MONDAY)
    return asked


def note(name: str) -> notes.Written:
    return notes.Written(id=uuid_of(name), kind="meeting", occurred_at=MONDAY, her_words="Oui.")


TEXTS = (
    "notes_note", "notes_notestatus", "admission_admission", "participants_identity",
    "participants_safecontact",
)  # fmt: skip
STAY = ("participants_file", "participants_assignment", "participants_followup")
REFERRAL = ("admission_referral", "admission_referredperson", "admission_referrer")


def test_a_follow_up_is_erased_whole_and_its_referral_stays(world):
    before = count(world, *TEXTS, *STAY, *REFERRAL)

    destroyed = erase(world)

    assert destroyed == sum(before[table] for table in TEXTS)
    assert count(world, *TEXTS, *STAY, *REFERRAL) == before | dict.fromkeys(TEXTS, 0)
    assert count(world, "vault_tombstone", "vault_datakey") == {
        "vault_tombstone": 2, "vault_datakey": 1,
    }  # fmt: skip
    with world.admin() as admin:
        kept = admin.execute(
            "select kind from keys.vault_datakey where owner_id = %s", [world.cast.maya.file_id]
        )
        assert kept.fetchall() == [(Kind.REFERRAL,)]


def test_the_journal_stays_whole_and_tells_of_the_erasure(world):
    held = world.seal().note
    erase(world)

    found = verify.verify(export.lines(world.backup_url), audit.public_keys(), [held])
    with world.acting(world.cast.ines):
        told = Event.objects.filter(action__startswith="erased").order_by("action")
        said = [(e.action, e.basis, e.actor_id, e.at) for e in told]
        marks = sorted(Tombstone.objects.values_list("kind", "basis", "erased_on"))

    assert found.anomalies == []
    assert said == [
        (f"erased.{kind}", "term", EXPIRY.user_id, TUESDAY) for kind in ("draft", "follow_up")
    ]
    assert marks == [(kind, "term", TUESDAY.date()) for kind in sorted(FOLLOW_UP)]


def test_nothing_can_be_written_where_texts_were_erased(world):
    erase(world)
    ines, her = world.cast.ines, world.cast.maya.file_id

    with pytest.raises(keys.Erased) as refusal, world.acting(ines, TUESDAY):
        notes.sign(her, note("after"), by=ines, at=TUESDAY)

    with translation.override("en"):
        said = str(refusal.value.reason)
    assert said == "These texts were erased. Nothing more can be written here."
    assert count(world, "notes_note") == {"notes_note": 0}


def test_what_two_people_did_not_decide_is_not_erased(world):
    """Whoever is or was accompanied: the database asks for both, whatever service calls it."""
    before = count(world, *TEXTS)

    with pytest.raises(ProgrammingError, match="two people decide"), world.acting(EXPIRY, TUESDAY):
        vault.erase(world.cast.maya.file_id, kinds=FOLLOW_UP, basis="term", by=EXPIRY, at=TUESDAY)

    assert count(world, *TEXTS) == before


def test_erasing_twice_does_no_harm(world):
    erase(world)

    assert erase(world) == 0
    assert count(world, "vault_tombstone") == {"vault_tombstone": 2}


@pytest.mark.parametrize("who", ["ines", "louise", "karim", "roy", "nadia"])
def test_no_person_erases(cast, who):
    actor = getattr(cast, who)
    with pytest.raises(ProgrammingError, match="only service:expiry"), acting(actor):
        vault.erase(cast.maya.file_id, kinds=FOLLOW_UP, basis="x", by=actor, at=MONDAY)


def test_no_other_service_erases(cast):
    for name in ("sealer", "rotation", "loader", "doorkeeper"):
        by = service(name)
        with (
            pytest.raises(ProgrammingError, match="only service:expiry"),
            transaction.atomic(),
            acting(by),
        ):
            vault.erase(cast.maya.file_id, kinds=FOLLOW_UP, basis="x", by=by, at=MONDAY)


def test_a_key_is_not_minted_while_an_erasure_is_under_way(world):
    """The first text of its kind, written at the very moment of the erasure, is refused."""
    ines, her = world.cast.ines, world.cast.maya.file_id
    world.spoil(f"delete from keys.vault_datakey where owner_id = '{her}'")
    two_people_decide(world)
    outcome: list[object] = []

    def write() -> None:
        try:
            with world.acting(ines, TUESDAY):
                outcome.append(notes.sign(her, note("meanwhile"), by=ines, at=TUESDAY))
        except keys.Erased as refusal:
            outcome.append(refusal)
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    with world.acting(EXPIRY, TUESDAY):
        vault.erase(her, kinds=FOLLOW_UP, basis="term", by=EXPIRY, at=TUESDAY)
        writer.start()
        writer.join(0.5)
        assert outcome == []  # it waits
    writer.join()

    assert [type(result) for result in outcome] == [keys.Erased]
    assert count(world, "vault_datakey", "notes_note") == {"vault_datakey": 0, "notes_note": 0}


def test_an_erased_referral_leaves_no_text_and_no_key(world):
    assert erase(world, kinds=[Kind.REFERRAL]) == 3
    assert count(world, *REFERRAL) == dict.fromkeys(REFERRAL, 0)


def test_every_text_that_hangs_on_a_file_has_a_kind_that_can_be_erased():
    """A new record type is covered by being declared: nobody adds it to a list."""
    everything = policy.our_models()
    covered = {t for kind in Kind for t in destroying._tables(kind, everything)}

    assert covered >= {
        model._meta.db_table
        for model in everything
        if policy.model_is_content(model) and destroying._hangs_on_a_file(model)
    }


def test_an_old_dump_restored_beside_the_present_keys_stays_unreadable(world, tmp_path):
    """The trap: the dump of months ago holds her texts, the keys' dump of today not their key."""
    cast = world.cast
    asked = her_request(world)
    months_ago, today = tmp_path / "months_ago.dump", tmp_path / "today.dump"
    dump(world.backup_url, months_ago, "-Fc", "--exclude-schema=keys")
    erase(world)
    dump(world.backup_url, today, "-Fc", "--schema=keys")

    with database_of_our_own(f"{world.name}_restored", template=None) as name:
        admin_url = at_database(os.environ["DATABASE_ADMIN_URL"], name)
        # The keys first: functions of the other dump name their tables.
        for file in (today, months_ago):
            run_program(
                "pg_restore", "--section=pre-data", "--section=data", "--no-comments", "--clean",
                "--if-exists", f"--dbname={admin_url}", str(file),
            )  # fmt: skip
        with world.acting(cast.ines):
            (old,) = note_queries.of_file(cast.maya.file_id, actor=cast.ines)
            number = cipher.key_number(bytes(old.her_words))
            assert vault._keys({number}, {cast.maya.file_id}) == {}
            vault.open([old], by=cast.ines)
            read = vars(old.opened)
            # Of the same file, what another class of keys locked opens still.
            kept = ErasureWords.objects.get(pk=asked)
            vault.open([kept], by=cast.ines)
            registers = kept.opened.her_words

    assert registers == "Que tout parte."
    # What the old dump's note never said is nothing; all that it said is gone.
    assert read["her_words"] == str(vault.ERASED)
    assert set(read.values()) - {""} == {str(vault.ERASED)}


def test_a_whole_old_copy_does_not_bring_back_what_was_erased_since(world, tmp_path):
    """A whole old copy, keys too: the keys of today are put back in place of those it held,
    and what was erased since stays unreadable. Their own copies live fourteen days."""
    cast = world.cast
    her = cast.maya.file_id
    data, today = tmp_path / "data.dump", tmp_path / "today.dump"
    dump(world.backup_url, data, "-Fc")
    erase(world)
    dump(world.backup_url, today, "-Fc", "--schema=keys", "--data-only", "-t", "keys.vault_*")

    with database_of_our_own(f"{world.name}_whole", template=None) as name:
        admin_url = at_database(os.environ["DATABASE_ADMIN_URL"], name)
        run_program(
            "pg_restore", "--section=pre-data", "--section=data", "--no-comments", "--clean",
            "--if-exists", f"--dbname={admin_url}", str(data),
        )  # fmt: skip
        with psycopg.connect(admin_url) as admin:
            admin.execute("set session_replication_role = replica")
            admin.execute("truncate keys.vault_datakey, keys.vault_tombstone")
        run_program("pg_restore", "--data-only", f"--dbname={admin_url}", str(today))
        with world.acting(cast.ines):
            (old,) = note_queries.of_file(her, actor=cast.ines)
            vault.open([old], by=cast.ines)
            read = vars(old.opened)

    assert set(read.values()) - {""} == {str(vault.ERASED)}


def test_a_form_sent_again_after_its_referral_was_erased_is_refused(world):
    """Its identifier gives the same file, where no key is minted any more."""
    erase(world, kinds=[Kind.REFERRAL])

    with pytest.raises(keys.Erased), transaction.atomic():
        refer("Maya", desk=world.cast.institute.id)
    assert count(world, *REFERRAL) == dict.fromkeys(REFERRAL, 0)
