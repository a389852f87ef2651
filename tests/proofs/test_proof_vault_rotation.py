"""Can the key file be changed while people work, stopped half-way, and resumed?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from spheres.config import keyfile
from spheres.core import context
from spheres.core.actor import service
from spheres.followup.notes import queries as notes
from spheres.vault import actions as vault
from spheres.vault import cipher
from tests.proofs.committed_world import World

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


def say(*arguments: str) -> str:
    said = StringIO()
    call_command("rotate_key", *arguments, stdout=said)
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
        assert vault.wrap_anew(by=ROTATION, limit=1) == 1

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
                if not vault.wrap_anew(by=ROTATION, limit=1):
                    break
    stop.set()
    for reader in readers:
        reader.join()

    assert failures == []
    assert {tuple(read) for read in reads} == {("J’ai dormi.",)}
    assert len(reads) > 20


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
