"""Does each command of copies that cannot be done say why in a sentence, and leave nothing half?"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from spheres.config import keyfile
from spheres.config.continuity import before, nightly, recipients, restoring, sealing
from spheres.config.continuity.__main__ import main
from spheres.config.continuity.recipients import Refused
from spheres.config.postgres import Server
from tests.keepers import keepers

ROOT = Path(__file__).resolve().parents[3]
STAMP = "20261130T030000Z"


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """No address and no key but those of the test."""
    for name in before.ADDRESSES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SPHERES_KEY_FILE", str(tmp_path / "closed" / "key"))


@pytest.fixture
def copies(tmp_path):
    """The folder of copies, the list of those they are for, and the key that one of them brings."""
    folder = tmp_path / "copies"
    folder.mkdir()
    _both, (identity, _other) = keepers(tmp_path, "Institut", "La Maison")
    return folder, tmp_path / "recipients.txt", identity


@pytest.fixture
def refused(capsys):
    """What a command that refuses says, and nothing of the machine beside it."""

    def told(*arguments) -> str:
        assert main([str(one) for one in arguments]) == 1
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return said.err

    return told


def test_an_instant_without_an_offset_is_read_where_the_programme_works(monkeypatch):
    monkeypatch.setenv("SPHERES_TIME_ZONE", "America/Toronto")

    read = before.moment("2026-11-30T09:15")

    assert read == datetime(2026, 11, 30, 9, 15, tzinfo=timezone(timedelta(hours=-5)))
    assert before.moment("2026-11-30T09:15+00:00") == datetime(2026, 11, 30, 9, 15, tzinfo=UTC)


@pytest.mark.parametrize("address", [
    "postgresql://backup:lil@c@db.example/spheres",
    "postgresql://backup:lil/ac@db.example/spheres",
    "postgresql://backup:lil?ac@db.example/spheres",
    "postgresql://backup:lil#ac@db.example/spheres",
    "postgresql://backup:lil%ac@db.example/spheres",
])  # fmt: skip
def test_an_address_cut_in_the_wrong_place_is_not_quoted(monkeypatch, refused, copies, address):
    """Part of the password would be taken for a machine or a port, and shown."""
    folder, listed, _identity = copies
    monkeypatch.setenv("DATABASE_BACKUP_URL", address)

    said = refused("backup", folder, "--recipients", listed)

    assert said.startswith("DATABASE_BACKUP_URL cannot be read: write ")
    assert "lil" not in said
    assert "@c" not in said


@pytest.mark.parametrize("address", [
    "postgresql://backup:a%40%2F@db.example:5432/spheres?sslmode=verify-full",
    "postgresql://backup@one,two/spheres", "postgresql:///spheres?host=/run/postgresql",
    "host=db.example user=backup password=a@b",
])  # fmt: skip
def test_a_whole_address_is_read(address):
    before.refuse_odd_addresses({"DATABASE_BACKUP_URL": address})


@pytest.mark.parametrize("more", [[], ["--follow"]])
def test_a_database_that_does_not_answer_is_said_to_be_that(monkeypatch, refused, copies, more):
    folder, listed, _identity = copies
    monkeypatch.setenv("DATABASE_BACKUP_URL", "postgresql://backup:lilac@127.0.0.1:1/spheres")

    said = refused("backup", folder, "--recipients", listed, *more)

    assert said.startswith("The database does not answer, or does not let this role in: ")
    assert "lilac" not in said
    assert "REPLICATION" not in said


@pytest.mark.parametrize("verb", ["backup", "give-key"])
@pytest.mark.parametrize("place", ["a file", "a place nobody writes in"])
def test_a_folder_that_cannot_be_one_is_said(refused, copies, tmp_path, verb, place):
    _folder, listed, _identity = copies
    keyfile.make()
    keepers(tmp_path / "copies", "Police", "École")  # other lists of other organisations
    named = listed if place == "a file" else "/proc/copies"
    keeping = ["--keepers", tmp_path / "copies" / "recipients.txt"] if verb == "give-key" else []

    said = refused(verb, named, "--recipients", listed, *keeping)

    assert said.startswith(f"{named} cannot be a folder to write in")


@pytest.mark.parametrize("copy", ["missing.age", "."])
def test_a_copy_of_the_key_that_is_not_there_is_said(refused, copies, tmp_path, copy):
    _folder, _listed, identity = copies

    said = refused("take-key", tmp_path / copy, "--identity", identity)

    assert said.startswith(f"There is no copy of a key at {tmp_path / copy}")


def test_a_list_saved_by_another_system_is_read_or_said(copies):
    _folder, listed, _identity = copies
    names, content = recipients.read(listed), listed.read_bytes()

    listed.write_bytes(b"\xef\xbb\xbf" + content)
    assert recipients.read(listed) == names
    listed.write_bytes("# Équipe\n".encode("latin-1") + content)
    with pytest.raises(Refused, match="is not written in UTF-8: save it again"):
        recipients.read(listed)


def test_a_key_whose_folder_is_a_file_is_said(monkeypatch, copies, capsys):
    _folder, listed, _identity = copies
    monkeypatch.setenv("SPHERES_KEY_FILE", str(listed / "key"))

    assert main(["key"]) == 1

    assert capsys.readouterr().err.startswith(f"No key can be written at {listed / 'key'} (")
    with pytest.raises(keyfile.KeyRefused, match="There is no key at"):
        keyfile.read()


def test_a_folder_open_to_others_is_left_without_a_key(tmp_path):
    place = tmp_path / "open" / "key"
    place.parent.mkdir()
    place.parent.chmod(0o777)

    with pytest.raises(keyfile.KeyRefused, match="Others on this machine can replace the key"):
        keyfile.make(place)

    assert list(place.parent.iterdir()) == []


def test_the_key_before_is_named_by_its_own_variable(tmp_path):
    with pytest.raises(keyfile.KeyRefused, match="name its place in SPHERES_OLD_KEY_FILE"):
        keyfile.read(tmp_path / "nowhere", variable="SPHERES_OLD_KEY_FILE")


@pytest.mark.parametrize("listed", ["{", "[]", '{"parts": 3}', '{"parts": {"a": {}}}', "\xff"])
def test_a_night_whose_list_is_damaged_is_said(tmp_path, listed):
    (tmp_path / f"{STAMP}.json").write_bytes(listed.encode("latin-1"))

    with pytest.raises(Refused, match=r"json is damaged: take another night"):
        nightly.whole(tmp_path, STAMP)


def test_a_file_that_is_no_night_is_not_taken_for_one(tmp_path):
    (tmp_path / "notes-of-Z.json").write_text("{}")

    assert nightly.stamps(tmp_path) == []
    assert nightly.tidy(tmp_path, at=datetime(2026, 11, 30, tzinfo=UTC)) == []


def test_a_night_without_its_counts_is_refused_before_anything_is_loaded(copies, tmp_path):
    folder, listed, identity = copies
    parts = {
        name: {"sha256": sealing.seal(io.BytesIO(b""), folder / name, both).sha256}
        for both in [recipients.read(listed)]
        for name in (f"{STAMP}-texts.age", f"{STAMP}-keys.age")
    }
    parts[f"{STAMP}-counts.age"] = {"sha256": "0"}
    (folder / f"{STAMP}.json").write_text(json.dumps({"parts": parts}))

    with pytest.raises(Refused, match=f"{STAMP} has lost its counts"):
        restoring.parts_of(folder, STAMP, recipients.identity(identity))


def test_restore_reads_the_key_file_first(refused, copies, tmp_path):
    folder, _listed, identity = copies

    said = refused("restore", folder, "--identity", identity, "--night", "last")

    assert said.startswith(f"There is no key at {tmp_path / 'closed' / 'key'}")


def test_restore_is_told_one_moment_and_not_two(refused, copies):
    folder, _listed, identity = copies

    said = refused(
        "restore", folder, "--identity", identity, "--night=last", "--at=2026-11-30T09:15"
    )

    assert said.startswith("--night gives one night, --at an instant of the log")


def test_without_a_whole_copy_the_last_night_is_pointed_to(monkeypatch, refused, copies):
    folder, _listed, identity = copies
    keyfile.make()

    said = refused("restore", folder, "--identity", identity, "--drill")

    assert said == (
        f"There is no whole copy in {folder}: « --night last » puts back its last night.\n"
    )


def test_a_restore_refused_beside_data_makes_no_passwords_there(copies, tmp_path):
    """They would not be those of the database that stands, which would not start any more."""
    folder, _listed, identity = copies
    keyfile.make()
    var = tmp_path / "var"
    command = [
        sys.executable, "-m", "spheres.config.continuity", "restore", str(folder),
        f"--identity={identity}",
    ]  # fmt: skip
    data = Server(var, "postgres").data
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("18\n")

    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "SPHERES_VAR": str(var)}, capture_output=True,
        text=True,
    )  # fmt: skip

    shutil.rmtree(data)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{data} holds a database: a copy is put back in an empty place")
    assert not (var / "secrets.json").exists()


def test_a_checkpoint_that_is_not_there_is_said_first(refused, copies, tmp_path):
    folder, _listed, identity = copies
    keyfile.make()

    said = refused("restore", folder, "--identity", identity, "--checkpoint", tmp_path / "held")

    assert said.startswith(f"There is no checkpoint at {tmp_path / 'held'}")


def test_no_copy_of_the_key_is_made_where_one_stands_already(refused, copies, tmp_path):
    _folder, listed, _identity = copies
    made = keyfile.make()
    (tmp_path / "of_keys").mkdir()
    keepers(tmp_path / "of_keys", "Police", "École")
    carried = tmp_path / "to_carry"
    carried.mkdir()
    (carried / f"key-{made.id}-ecole.age").touch()

    said = refused(
        "give-key", carried, "--keepers", tmp_path / "of_keys" / "recipients.txt",
        "--recipients", listed,
    )  # fmt: skip

    assert "is there already" in said
    assert os.listdir(carried) == [f"key-{made.id}-ecole.age"]
