"""After a fire, what comes back, how much is missing, and how long does it take (T18)?"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from spheres.config import cluster, keyfile, processes, secret_store
from spheres.config.continuity import following, nightly, recipients, restoring
from spheres.config.continuity.recipients import Recipient, Refused
from spheres.config.postgres import Server
from tests.keepers import keepers
from tests.proofs.committed_world import at_database
from tests.proofs.figures import tell
from tests.proofs.fragile import NAME, ROOT, Fragile, hidden, lost_and_doubled, standing

TARGET = "recovery point ≤ 5 min, time ≤ 60 min, the journal verified, a page read"


@pytest.fixture
def fire(tmp_path):
    """Where the copies go, for whom, and with what one of the two opens them."""
    both, files = keepers(tmp_path, "Institut", "La Maison")
    folder = tmp_path / "copies"
    folder.mkdir(mode=0o700)
    return folder, both, files


@contextmanager
def followed(site: Fragile, folder, both, spool, every: float = following.EVERY):
    """The log of the site's server, sealed as it is written, as `run.py backup --follow` does."""
    url = at_database(str(site.database.backup_url), NAME)
    one = following.Following(url, folder, both, spool, every=every)
    over, begun = threading.Event(), datetime.now(UTC) - timedelta(seconds=1)

    def follow() -> None:
        with suppress(Refused):  # the server burns under it
            one.run(clock=lambda: datetime.now(UTC), say=lambda _said: None, over=over)

    follower = threading.Thread(target=follow)
    follower.start()
    try:
        while not [moment for moment, _file in following.bases(folder) if moment > begun]:
            assert follower.is_alive()
            time.sleep(0.1)
        yield
    finally:
        over.set()
        follower.join()


def of_long_ago(folder) -> list[Path]:
    """A whole copy and a part of the log from before the fourteen days."""
    (folder / "wal").mkdir(mode=0o700)
    long_ago = datetime.now(UTC) - timedelta(days=20)
    old = [folder / f"base-{long_ago.strftime(nightly.STAMP)}.age",
           folder / "wal" / "000000010000000000000001.age"]  # fmt: skip
    for place in old:
        place.touch()
        os.utime(place, (long_ago.timestamp(), long_ago.timestamp()))
    return old


def put_back(site: Fragile, folder, identity, var, *, at: datetime | None = None):
    """What `run.py restore` does, on an empty host; the site goes on there."""
    var.mkdir()
    passwords = secret_store.load(var / "secrets.json")
    server = Server(var, "postgres", password=passwords["postgres"])
    found = restoring.instant(folder, recipients.identity(identity), server, passwords, at=at)
    with hidden():
        there = cluster.up(var=var)
    return found, there.for_database(NAME), there


def burn(site: Fragile) -> None:
    site.kill_database()
    site.kill_app()
    shutil.rmtree(site.postgres.data)


def newest(admin_url: str) -> datetime:
    with psycopg.connect(at_database(admin_url, NAME)) as admin:
        return admin.execute("select max(written_at) from notes_note").fetchone()[0]


def verified(there: cluster.Cluster) -> str:
    """The journal and the keys, as `run.py restore` has them verified."""
    done = subprocess.run(
        [sys.executable, "manage.py", "verify_copy"],
        cwd=ROOT, env={**os.environ, **there.environment()}, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.proof
def test_after_a_fire_a_minute_is_missing_and_the_rest_is_whole(world, tmp_path, fire):
    """Notes are signed without rest; everything burns; the copies are put back elsewhere."""
    folder, both, (identity, _other) = fire
    seconds = float(os.environ.get("SPHERES_SECONDS", "150"))
    old = of_long_ago(folder)
    with standing(world, tmp_path) as site:
        with followed(site, folder, both, tmp_path / "spool"), site.writers(4) as tally:
            time.sleep(seconds)
            burned = datetime.now(UTC)
            burn(site)
        began = time.monotonic()
        found, restored, server = put_back(site, folder, identity, tmp_path / "elsewhere")
        try:
            said = verified(restored)
            again = replace(site, database=restored)
            again.start_app()
            again.wait_for_a_page()
            page = again.ask(
                "GET", site.file_page, settings.STAFF_HOST,
                cookie=f"{settings.SESSION_COOKIE_NAME}={site.key}",
            )  # fmt: skip
            took = time.monotonic() - began
            missing = burned - newest(str(restored.admin_url))
            lost, doubled = lost_and_doubled(again, tally)
            again.app.stop()
        finally:
            server.stop()

    tell(
        "fire (T18)",
        f"{len(tally.acknowledged):,} acknowledged, {len(lost):,} of the last "
        f"{missing.total_seconds():.0f} s missing, back in {took:.0f} s "
        f"({found.segments} parts of the log)",
        TARGET,
    )
    assert [place for place in old if place.exists()] == []  # with the keys they held
    assert "nothing was altered" in said
    assert page.status == 200
    assert "Oui." in page.body
    assert missing < timedelta(minutes=5)
    assert doubled == set()


@pytest.mark.proof
def test_the_drill_is_one_command_that_ends_with_somebody_who_came_in(world, tmp_path, fire):
    """Beside a database that lives, and that the variables name: nothing of it is touched."""
    folder, both, (identity, _other) = fire
    closed = tmp_path / "here"
    closed.mkdir(mode=0o700)
    with standing(world, tmp_path) as site:
        with followed(site, folder, both, tmp_path / "spool", every=1), site.writers(2) as tally:
            time.sleep(5)
        living = site.database
        before = everything_written(str(living.admin_url))
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "spheres.config.continuity", "restore", str(folder),
             f"--identity={identity}", f"--database={NAME}", "--drill"],
            cwd=ROOT,
            env={
                **os.environ, **living.environment(), "SPHERES_VAR": str(closed),
                "SPHERES_STAFF_HOST": "equipe.example.org",
                "SPHERES_YOUTH_HOST": "jeunes.example.org",
                "SPHERES_TRUSTED_PROXIES": "192.0.2.7",
            },
            capture_output=True, text=True,
        )  # fmt: skip
        took = time.monotonic() - began
        after = everything_written(str(living.admin_url))

    tell(
        "drill (T18)", f"{len(tally.acknowledged):,} notes, by one command in {took:.0f} s", TARGET
    )
    assert done.stderr == ""
    said = done.stdout.splitlines()
    assert "nothing was altered" in done.stdout
    assert said[-2:-1] == [
        "  Somebody was invited, enrolled a passkey, went out, and came in with it."
    ]
    assert re.fullmatch(r"  Put back, verified and answering in \d+ s\.", said[-1])
    assert after == before
    assert [place.name for place in closed.iterdir()] == ["log"]


@pytest.mark.proof
def test_what_was_put_back_is_served_by_the_command_that_restore_prints(world, tmp_path, fire):
    """Under the name that is served, and as no demonstration: those of the proofs are both."""
    folder, both, (identity, _other) = fire
    closed = tmp_path / "here"
    closed.mkdir(mode=0o755)
    with standing(world, tmp_path) as site:
        with followed(site, folder, both, tmp_path / "spool", every=1), site.writers(1):
            time.sleep(3)
        admin_url = str(site.database.admin_url)
        site.kill_app()
        with psycopg.connect(at_database(admin_url, NAME), autocommit=True) as admin:
            admin.execute("update regions_region set is_demo = false")
        with psycopg.connect(admin_url, autocommit=True) as admin:
            admin.execute("drop database spheres with (force)")
            admin.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [NAME]
            )
            admin.execute(f"alter database {NAME} rename to spheres")
        url = at_database(str(site.database.backup_url), "spheres")
        following.Following(url, folder, both, tmp_path / "spool").base(
            at=datetime.now(UTC) + timedelta(seconds=2)
        )
        apart = tmp_path / "apart"  # not with the code, which is copied
        apart.mkdir(mode=0o700)
        shutil.copy2(keyfile.path(), apart / "key")
        env = {name: value for name, value in os.environ.items() if "DATABASE" not in name} | {
            keyfile.VARIABLE: str(apart / "key"),
            "SPHERES_VAR": str(closed), "SPHERES_STAFF_HOST": "equipe.example.org",
            "SPHERES_YOUTH_HOST": "jeunes.example.org", "SPHERES_TRUSTED_PROXIES": "127.0.0.1",
            "SPHERES_PORT": str(processes.first_free(range(18910, 18990))),
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "spheres.config.continuity", "restore", str(folder),
             f"--identity={identity}"], cwd=ROOT, env=env, capture_output=True, text=True,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    printed = done.stdout.splitlines()[-1].strip()
    assert printed == f"SPHERES_VAR={closed} python3 run.py serve"

    served = processes.Background(
        "serve", [sys.executable, *printed.split()[2:]], env, log=tmp_path / "serve.log", cwd=ROOT
    )
    try:
        status = processes.wait_for_a_page(
            served, int(env["SPHERES_PORT"]), "equipe.example.org", path="/sign-in/"
        )
    finally:
        served.stop()
    assert status in (200, 302), served.log.read_text()


def everything_written(admin_url: str) -> str:
    """How far the log of a server goes, and which migrations its database has."""
    with psycopg.connect(at_database(admin_url, NAME)) as admin:
        row = admin.execute(
            "select (select count(*) from django_migrations), (select count(*) from audit_event), "
            "(select max(oid) from pg_class), (select count(*) from accounts_user)"
        ).fetchone()
    return str(row)


@pytest.mark.proof
def test_any_instant_comes_back(world, tmp_path, fire):
    """What was signed before it is there, what was signed after it is not."""
    folder, both, (_first, identity) = fire
    with standing(world, tmp_path) as site:
        with followed(site, folder, both, tmp_path / "spool", every=2):
            with site.writers(2) as before:
                time.sleep(5)
            time.sleep(1)
            instant = datetime.now(UTC)
            time.sleep(1)
            with site.writers(2) as after:
                time.sleep(5)
            time.sleep(4)
            burn(site)
        _found, restored, server = put_back(
            site, folder, identity, tmp_path / "elsewhere", at=instant
        )
        try:
            kept = set(replace(site, database=restored).kept())
        finally:
            server.stop()

    assert before.acknowledged <= kept
    assert after.acknowledged
    assert kept & after.acknowledged == set()


@pytest.mark.proof
def test_an_instant_that_is_not_in_the_log_is_refused_in_a_sentence(world, tmp_path, fire):
    folder, both, (identity, _other) = fire
    with standing(world, tmp_path) as site:
        with followed(site, folder, both, tmp_path / "spool", every=1), site.writers(1):
            time.sleep(4)
            burn(site)
        with pytest.raises(Refused, match="Nothing was written after"):
            put_back(
                site, folder, identity, tmp_path / "later",
                at=datetime.now(UTC) + timedelta(days=1),
            )  # fmt: skip
        with pytest.raises(Refused, match=r"No whole copy in .* is older"):
            put_back(
                site, folder, identity, tmp_path / "before",
                at=datetime.now(UTC) - timedelta(days=1),
            )  # fmt: skip


def test_a_night_is_put_back_row_for_row(world, tmp_path, fire):
    """Into an empty database: every table as it was counted; over one that lives, refused."""
    folder, both, (_first, identity) = fire
    opened = recipients.identity(identity)
    stamp = nightly.copy(world.backup_url, folder, both, at=datetime.now(UTC))
    everything = cluster.from_environment()
    name = f"{world.name}_night"
    everything.drop_database(name)
    everything.create_database(name)
    admin_url = at_database(os.environ["DATABASE_ADMIN_URL"], name)
    try:
        assert restoring.night(folder, stamp, opened, admin_url=admin_url) == {}
        with psycopg.connect(admin_url) as there, psycopg.connect(world.backup_url) as here:
            assert nightly.counts(there) == nightly.counts(here)
        with pytest.raises(Refused, match="a copy is put back in an empty one"):
            restoring.night(folder, stamp, opened, admin_url=admin_url)
        with pytest.raises(Refused, match="a copy is put back in an empty one"):
            restoring.refuse_unless_empty(at_database(os.environ["DATABASE_ADMIN_URL"], world.name))
    finally:
        everything.drop_database(name)
    assert sorted(json.loads((folder / f"{stamp}.json").read_text())) == ["for", "parts"]


def test_no_word_of_hers_is_read_in_a_copy(world, tmp_path, fire):
    """Neither what is kept nor what is under way: the whole folder is closed to who holds it."""
    folder, both, _files = fire
    stamp = nightly.copy(world.backup_url, folder, both, at=datetime.now(UTC))

    held = {place.name: place.read_bytes() for place in folder.iterdir()}

    assert sorted(held) == [
        f"{stamp}-counts.age", f"{stamp}-keys.age", f"{stamp}-texts.age", f"{stamp}.json",
    ]  # fmt: skip
    for name, content in held.items():
        assert b"notes_note" not in content
        assert name.endswith(".json") or content.startswith(b"age-encryption.org/v1\n")
    assert {place.stat().st_mode & 0o777 for place in folder.glob("*.age")} == {0o600}


def test_the_key_file_lost_comes_back_from_either_organisation(tmp_path, monkeypatch):
    """Both copies give the very key; one that is there is never replaced."""
    from spheres.config.continuity import escrow

    both, files = keepers(tmp_path, "Institut", "La Maison")
    place = tmp_path / "closed" / "key"
    made = keyfile.make(place)
    copies = escrow.give(place, both, tmp_path / "to_carry")
    with pytest.raises(Refused, match="never replaced in silence"):
        escrow.put_back(copies[0], files[0], place)
    place.unlink()

    for copy, identity, other in zip(copies, files, reversed(files), strict=True):
        with pytest.raises(Refused, match="was not sealed for this key"):
            escrow.put_back(copy, other, place)
        assert not place.exists()
        assert escrow.put_back(copy, identity, place) == made
        place.unlink()


def test_who_opens_the_copies_does_not_keep_the_key(tmp_path):
    copies = (Recipient("Institut", "age1a"), Recipient("La Maison", "age1b"))

    with pytest.raises(Refused, match="La Maison: keeps both"):
        recipients.refuse_shared(copies, (Recipient("La Maison", "age1c"),))
    with pytest.raises(Refused, match="the same key: keeps both"):
        recipients.refuse_shared(copies, (Recipient("Police", "age1a"),))
    recipients.refuse_shared(copies, (Recipient("Police", "age1c"),))


def test_another_key_file_is_said_to_be_another(world, tmp_path):
    """The copy is whole: who put it back is not sent to look for an older one."""
    other = tmp_path / "closed" / "key"
    keyfile.make(other)

    done = subprocess.run(
        [sys.executable, "manage.py", "verify_copy"], cwd=ROOT, capture_output=True, text=True,
        env={
            **os.environ, "DATABASE_BACKUP_URL": world.backup_url, keyfile.VARIABLE: str(other),
        },
    )  # fmt: skip

    assert done.returncode == 1
    assert re.search(r"  0 keys of texts open with this key file, [1-9]\d* do not\.", done.stdout)
    assert "The key file of this machine is another one" in done.stderr
    assert "not whole" not in done.stderr + done.stdout
