"""Can the key file be changed while people work, stopped half-way, and resumed?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from datetime import timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection

from spheres.config import keyfile
from spheres.core import clock, context
from spheres.core.actor import service
from spheres.followup.notes import queries as notes
from spheres.followup.notes.models import Note
from spheres.vault import actions as vault
from spheres.vault import cipher, keys
from spheres.vault.models import Kind
from tests.cast import MONDAY, TUESDAY
from tests.proofs.committed_world import World
from tests.proofs.figures import tell

ROTATION = service("rotation")
NEW = os.urandom(32)


@pytest.fixture
def world_with_new_key_file(world, settings):
    """As after a restart with both files: the new one wraps and signs, both open."""
    settings.SPHERES_KEYS = {"new": NEW, **settings.SPHERES_KEYS}
    settings.SPHERES_KEY_ID, settings.SPHERES_KEY = "new", NEW
    with world.admin() as admin:
        # What `migrate` does at each start.
        admin.execute("update access.context_key set ipad = %s, opad = %s", context.pads())
    return world


def say(*arguments: str, command: str = "rotate_key") -> str:
    said = StringIO()
    call_command(command, *arguments, stdout=said)
    return said.getvalue()


def keys_by_file(world: World) -> dict[str, int]:
    """How many data keys each key file wraps, counted by a superuser."""
    with world.admin() as admin:
        return dict(admin.execute("select kek_id, count(*) from keys.vault_datakey group by 1"))


def read_her_notes(world: World) -> list[str]:
    with world.acting(world.cast.ines):
        found = list(notes.of_file(world.cast.maya.file_id, actor=world.cast.ines))
        return [note.opened.her_words for note in vault.open(found, by=world.cast.ines)]


def test_the_command_counts_first_and_does_it_when_told(world_with_new_key_file):
    world = world_with_new_key_file
    count = sum(keys_by_file(world).values())

    assert say() == f"{count} keys would be wrapped anew. Say --yes to do it.\n"
    assert say("--yes").endswith("nothing needs the old key file any more.\n")
    assert keys_by_file(world) == {"new": count}
    assert read_her_notes(world) == ["J’ai dormi."]


def test_afterwards_the_old_key_file_opens_nothing_and_is_not_needed(
    world_with_new_key_file, settings
):
    world, old = world_with_new_key_file, dict(settings.SPHERES_KEYS)
    say("--yes")

    settings.SPHERES_KEYS = {"new": NEW}
    assert read_her_notes(world) == ["J’ai dormi."]
    settings.SPHERES_KEYS = {name: key for name, key in old.items() if name != "new"}
    with pytest.raises(cipher.Sealed):
        read_her_notes(world)


def test_without_the_old_key_file_the_command_refuses_with_a_sentence(
    world_with_new_key_file, settings
):
    settings.SPHERES_KEYS = {"new": NEW}

    with pytest.raises(CommandError, match="name it in SPHERES_OLD_KEY_FILE"):
        say("--yes")


def test_stopped_half_way_it_resumes(world_with_new_key_file):
    count = sum(keys_by_file(world_with_new_key_file).values())
    with world_with_new_key_file.acting(ROTATION):
        assert keys.wrap_anew(by=ROTATION, limit=1) == 1

    assert say() == f"{count - 1} keys would be wrapped anew. Say --yes to do it.\n"
    say("--yes")
    assert read_her_notes(world_with_new_key_file) == ["J’ai dormi."]


def test_readers_read_on_while_keys_are_wrapped_anew(world_with_new_key_file, settings):
    world = world_with_new_key_file
    reads, failures, stop = [], [], threading.Event()

    def read() -> None:
        try:
            while not stop.is_set():
                reads.append(read_her_notes(world))
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    while len(reads) < 5:
        stop.wait(0.01)
    for kek_id in [*settings.SPHERES_KEYS] * 10:
        # Back and forth, one key at a time, so that many readings fall upon a change.
        settings.SPHERES_KEY_ID = kek_id
        while True:
            with world.acting(ROTATION):
                if not keys.wrap_anew(by=ROTATION, limit=1):
                    break
    stop.set()
    for reader in readers:
        reader.join()

    assert failures == []
    assert {tuple(read) for read in reads} == {("J’ai dormi.",)}
    assert len(reads) > 20


# A new data key for what is written from now on.


def generations(world: World) -> dict[int, int]:
    """How many keys of each generation there are, counted by a superuser."""
    with world.admin() as admin:
        return dict(admin.execute("select generation, count(*) from keys.vault_datakey group by 1"))


def write_note(world: World, words: str) -> None:
    ines = world.cast.ines
    with world.acting(ines):
        note = Note(
            id=uuid4(), file_id=world.cast.maya.file_id, kind="meeting", occurred_at=MONDAY,
            written_by=ines.user_id, written_at=MONDAY,
        )  # fmt: skip
        vault.lock(note, her_words=words, observation="", support="")
        Note.objects.bulk_create([note])


def key_of(world: World, words: str) -> int:
    """Under which key these words are locked."""
    with world.acting(world.cast.ines):
        found = list(notes.of_file(world.cast.maya.file_id, actor=world.cast.ines))
        opened = vault.open(found, by=world.cast.ines)
        return next(
            cipher.key_number(bytes(note.her_words))
            for note in opened
            if note.opened.her_words == words
        )


def test_every_class_of_texts_has_a_new_key_and_what_was_written_keeps_its_own(world):
    count = generations(world)[1]
    with world.acting(world.cast.ines):
        before = keys.newest(world.cast.maya.file_id, Kind.FOLLOW_UP).number

    with clock.at(TUESDAY):
        counted = say(command="rotate_data_keys")
        done = say("--yes", command="rotate_data_keys")
        again = say("--before", TUESDAY.isoformat(), command="rotate_data_keys")
    write_note(world, "Après.")

    assert counted == f"{count} keys would be minted. Say --yes to do it.\n"
    assert done.endswith(f"{count} keys minted; what was written before stays under its own.\n")
    assert again == "0 keys would be minted. Say --yes to do it.\n"
    assert generations(world) == {1: count, 2: count}
    assert key_of(world, "J’ai dormi.") == before
    assert key_of(world, "Après.") != before


def test_where_texts_were_erased_no_key_is_minted(world):
    count = generations(world)[1]
    file_id = world.cast.maya.file_id
    with world.admin() as admin:
        admin.execute(
            "insert into keys.vault_tombstone (id, owner_id, kind, basis, erased_on, erased_by) "
            f"values (gen_random_uuid(), '{file_id}', 'FOLLOW_UP', 'x', now(), '{file_id}')"
        )

    with clock.at(TUESDAY):
        say("--yes", command="rotate_data_keys")

    assert generations(world) == {1: count, 2: count - 1}


@pytest.mark.parametrize("said", ["yesterday", "2026-11-29T10:00:00"])
def test_a_moment_that_says_nothing_is_refused_with_a_sentence(world, said):
    with pytest.raises(CommandError, match="--before"):
        say("--before", said, command="rotate_data_keys")


def test_a_moment_to_come_is_refused_for_it_would_never_end(world):
    """Each key it mints would be from before that moment too, and be minted anew for ever."""
    with pytest.raises(CommandError, match="to come"):
        say("--yes", "--before", "2999-01-01T00:00:00-05:00", command="rotate_data_keys")

    assert set(generations(world)) == {1}


def test_nobody_but_the_service_of_rotation_mints_for_all(world):
    for asked in ("newest_keys(now(), 1)", "mint_next('{}', '{}', '{}', '{}', 'x', '{}')"):
        with (
            pytest.raises(ProgrammingError, match="only service:rotation"),
            world.acting(world.cast.louise),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"select access.{asked}")


def test_people_read_and_write_on_while_every_data_key_is_rotated(world):
    """Two read, one writes, and all keys are minted anew sixty times over."""
    reads, written, failures, stop = [], [], [], threading.Event()

    def goes_on(do) -> threading.Thread:
        def run() -> None:
            try:
                while not stop.is_set():
                    do()
            except Exception as failure:
                failures.append(failure)
            finally:
                connection.close()

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def write() -> None:
        words = f"Mot {threading.get_ident()} {len(written)}"
        write_note(world, words)
        written.append(words)

    people = [goes_on(lambda: reads.append(read_her_notes(world))) for _ in range(2)]
    people.append(goes_on(write))
    while len(reads) < 5 or len(written) < 5:
        stop.wait(0.01)
    rotated = 0
    for turn in range(1, 61):
        before = MONDAY + timedelta(days=turn)
        with world.acting(ROTATION, before):
            while minted := keys.rotate_some(before=before, by=ROTATION, limit=3):
                rotated += minted
    stop.set()
    for one in people:
        one.join()

    tell(
        "rotation: data keys",
        f"{rotated} minted, {len(reads):,} readings and {len(written)} writings meanwhile, "
        f"{len(failures)} failed",
        "0 failed",
    )
    assert failures == []
    assert sorted(read_her_notes(world)) == sorted(["J’ai dormi.", *written])
    assert len({key_of(world, words) for words in written}) > 1


def test_while_the_key_file_is_changed_both_are_read_and_the_new_one_is_used(tmp_path):
    tmp_path.chmod(0o700)
    old, new = keyfile.make(tmp_path / "old"), keyfile.make(tmp_path / "new")
    ask = (
        "import json; from spheres.config import settings as s; "
        "print(json.dumps([s.SPHERES_KEY_ID, sorted(s.SPHERES_KEYS), len(s.SECRET_KEY_FALLBACKS)]))"
    )

    def answer(**files: Path) -> list[object]:
        environment = os.environ | {name: str(file) for name, file in files.items()}
        run = subprocess.run(
            [sys.executable, "-c", ask], env=environment, capture_output=True, check=True
        )
        return json.loads(run.stdout)

    assert answer(SPHERES_KEY_FILE=tmp_path / "new") == [new.id, [new.id], 0]
    assert answer(SPHERES_KEY_FILE=tmp_path / "new", SPHERES_OLD_KEY_FILE=tmp_path / "old") == [
        new.id,
        sorted([old.id, new.id]),
        1,
    ]
