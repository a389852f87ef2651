"""Are copies only for whom they are meant, and is half a copy never taken for one?"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from psycopg import pq

from spheres.config.continuity import following, nightly, programs, recipients, restoring, sealing
from spheres.config.continuity.recipients import Refused
from spheres.config.postgres import Server
from tests.keepers import keepers

NOW = datetime(2026, 11, 30, 3, tzinfo=UTC)


@pytest.fixture
def two(tmp_path):
    return keepers(tmp_path, "Institut", "La Maison")


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("", "fewer than two organisations"),
        ("{first}  Institut\n", "fewer than two organisations"),
        ("{first}  Institut\n{second}  institut\n", "fewer than two organisations"),
        ("{first}  Institut\n{first}  La Maison\n", "gives the same key twice"),
        ("{first}\n{second}  La Maison\n", "is not « age1…  Name of the organisation »"),
        ("{first}  Institut\nage1qqqq  La Maison\n", "the key of La Maison is not whole"),
    ],
)
def test_a_list_that_would_leave_copies_nobody_opens_is_refused(tmp_path, two, lines, sentence):
    first, second = (one.public for one in two[0])
    listed = tmp_path / "listed.txt"
    listed.write_text(lines.format(first=first, second=second))

    with pytest.raises(Refused, match=sentence):
        recipients.read(listed)


def test_without_a_list_nothing_is_copied(tmp_path):
    with pytest.raises(Refused, match="There is no list of recipients at"):
        recipients.read(tmp_path / "nowhere.txt")


def test_either_organisation_opens_and_nobody_else(tmp_path, two):
    both, files = two
    place = tmp_path / "copy.age"
    sealing.seal(io.BytesIO(b"what is kept" * 1000), place, both)

    for file in files:
        out = io.BytesIO()
        sealing.open_to(place, out, recipients.identity(file))
        assert out.getvalue() == b"what is kept" * 1000
    _others, (stranger,) = keepers_of_one(tmp_path)
    with pytest.raises(Refused, match=r"copy\.age was not sealed for this key"):
        sealing.open_to(place, io.BytesIO(), recipients.identity(stranger))


def keepers_of_one(folder):
    """A third organisation, beside one that is named twice nowhere."""
    (folder / "elsewhere").mkdir()
    both, files = keepers(folder / "elsewhere", "Police", "École")
    return both, files[:1]


@pytest.mark.parametrize("spoil", ["a byte", "its end"])
def test_a_copy_that_was_altered_is_not_opened(tmp_path, two, spoil):
    both, (file, _other) = two
    place = tmp_path / "copy.age"
    sealing.seal(io.BytesIO(b"what is kept" * 10_000), place, both)
    content = bytearray(place.read_bytes())
    if spoil == "a byte":
        content[-1000] ^= 1
    else:
        del content[-1000:]
    place.write_bytes(content)

    with pytest.raises(Refused, match="is not whole, or was altered"):
        sealing.open_to(place, io.BytesIO(), recipients.identity(file))


def test_a_disk_that_is_full_leaves_no_half_copy(tmp_path, two):
    class Full(io.BytesIO):
        def read(self, size=-1, /):
            raise OSError(28, os.strerror(28))

    both, _files = two
    with pytest.raises(Refused, match="is full: nothing of this copy is kept"):
        sealing.seal(Full(), tmp_path / "copy.age", both)
    assert list(tmp_path.glob("copy*")) == []


def test_a_programme_that_gives_up_leaves_no_copy(tmp_path, two):
    both, _files = two
    with pytest.raises(Refused, match="sh gave up: no such database"):
        sealing.from_program(
            ["/bin/sh", "-c", "echo half; echo no such database >&2; exit 1"],
            dict(os.environ), tmp_path / "copy.age", both,
        )  # fmt: skip
    assert list(tmp_path.glob("copy*")) == []


def test_what_is_squeezed_comes_out_as_it_was(tmp_path, two):
    both, (file, _other) = two
    content = os.urandom(3_000_000) + b"\0" * 16_000_000
    place, out = tmp_path / "log.age", io.BytesIO()

    sealing.seal(sealing.Squeezed(io.BytesIO(content)), place, both)
    sealing.open_to(place, sealing.Stretched(out), recipients.identity(file))

    assert out.getvalue() == content
    assert place.stat().st_size < 4_000_000


def test_the_programmes_are_told_all_that_an_address_says(monkeypatch):
    """Of two servers, the one whose instant is copied; and each as it is to be verified."""
    monkeypatch.setenv("PGHOST", "elsewhere.example.org")  # of whoever calls: not ours
    told = programs.variables(
        "postgresql://backup:p%40ss@one,two:5433/spheres?target_session_attrs=primary"
        "&sslmode=verify-full&sslrootcert=/ca.pem&sslcert=/b.pem&sslkey=/b.key"
        "&channel_binding=require&hostaddr=192.0.2.7,192.0.2.8&options=-c%20role%3Dx"
    )

    for name in ("PATH", "HOME", "TMPDIR"):
        told.pop(name, None)
    assert told == {
        "PGHOST": "one,two", "PGHOSTADDR": "192.0.2.7,192.0.2.8", "PGPORT": ",5433",
        "PGUSER": "backup", "PGPASSWORD": "p@ss", "PGDATABASE": "spheres",
        "PGTARGETSESSIONATTRS": "primary", "PGCHANNELBINDING": "require",
        "PGSSLMODE": "verify-full", "PGSSLROOTCERT": "/ca.pem", "PGSSLCERT": "/b.pem",
        "PGSSLKEY": "/b.key", "PGOPTIONS": "-c role=x", "LC_ALL": "C",
    }  # fmt: skip


def test_each_of_these_variables_is_the_one_that_postgresql_reads():
    known = {
        option.keyword.decode(): (option.envvar or b"").decode()
        for option in pq.Conninfo.get_defaults()
    }

    assert {name: known[name] for name in programs.NAMES} == programs.NAMES


def test_what_the_programmes_cannot_be_told_is_refused():
    with pytest.raises(Refused, match=r"cannot be told « sslpassword, tcp_user_timeout »"):
        programs.variables("postgresql://backup@one/s?sslpassword=x&tcp_user_timeout=9")


@pytest.mark.parametrize("at", [None, NOW])
def test_a_folder_that_holds_something_is_never_restored_over(tmp_path, two, at):
    """Not even when the copies could not be put back at all: it may be all there is."""
    _both, (file, _other) = two
    server = Server(tmp_path, "postgres")
    server.data.mkdir(parents=True)
    (server.data / "PG_VERSION").write_text("18\n")

    with pytest.raises(Refused, match=f"{server.data} holds a database: .* Move it away first"):
        restoring.instant(tmp_path / "copies", recipients.identity(file), server, {}, at=at)
    assert [place.name for place in server.data.iterdir()] == ["PG_VERSION"]


def test_the_command_refuses_it_in_a_sentence(tmp_path, two):
    _both, (file, _other) = two
    data = Server(tmp_path, "postgres").data
    data.mkdir(parents=True)
    (data / "kept").touch()
    done = subprocess.run(
        [sys.executable, "-m", "spheres.config.continuity", "restore", str(tmp_path / "copies"),
         f"--identity={file}", "--at=2026-11-30T09:15:00-05:00"],
        cwd=settings.ROOT, env={**os.environ, "SPHERES_VAR": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{data} holds a database: a copy is put back in an empty place")
    assert len(done.stderr.splitlines()) == 1
    assert [place.name for place in data.iterdir()] == ["kept"]


def a_night(folder, days: int) -> str:
    stamp = (NOW - timedelta(days=days)).strftime(nightly.STAMP)
    for part in ("-texts.age", "-keys.age", "-counts.age", ".json"):
        (folder / f"{stamp}{part}").write_text("{}")
    return stamp


def test_the_keys_of_a_night_live_fourteen_days_and_its_texts_thirty_five(tmp_path):
    """What is erased today opens from no copy in fifteen days."""
    young, middle, old = (a_night(tmp_path, days) for days in (13, 15, 36))

    gone = nightly.tidy(tmp_path, at=NOW)

    assert sorted(gone) == sorted(
        [f"{middle}-keys.age", f"{old}-keys.age", f"{old}-texts.age", f"{old}-counts.age",
         f"{old}.json"]
    )  # fmt: skip
    assert nightly.stamps(tmp_path) == [middle, young]


def test_what_a_copy_that_was_killed_left_goes_the_next_day(tmp_path):
    """It has no list: nothing would be put back from it, and the keys in it would live for ever."""
    whole = a_night(tmp_path, 1)
    for days, part in ((2, "-texts.age"), (2, "-keys.age.part"), (0, "-texts.age")):
        (tmp_path / f"{(NOW - timedelta(days=days)).strftime(nightly.STAMP)}{part}").touch()
    (tmp_path / "base-20261120T030000Z.age").touch()  # of another kind, with a rule of its own

    nightly.tidy(tmp_path, at=NOW)

    begun = NOW.strftime(nightly.STAMP)
    assert sorted(place.name for place in tmp_path.iterdir()) == [
        f"{whole}-counts.age", f"{whole}-keys.age", f"{whole}-texts.age", f"{whole}.json",
        f"{begun}-texts.age", "base-20261120T030000Z.age",
    ]  # fmt: skip


def test_a_whole_copy_that_was_killed_half_way_goes_the_next_day(tmp_path):
    whole_copies(tmp_path, bases=(3,), parts={})
    for days in (2, 0):
        half = tmp_path / f"base-{(NOW - timedelta(days=days)).strftime(nightly.STAMP)}.age.part"
        half.touch()
        half.with_suffix("").with_suffix(following.FROM).touch()

    following.tidy(tmp_path, at=NOW)

    begun = f"base-{NOW.strftime(nightly.STAMP)}"
    assert sorted(place.name for place in tmp_path.glob("base-*")) == [
        following.bases(tmp_path)[0][1].name, f"{begun}.age.part", f"{begun}{following.FROM}",
    ]  # fmt: skip


def whole_copies(folder, *, bases, parts) -> None:
    """Whole copies and parts of the log, each by its age in days."""
    (folder / "wal").mkdir()
    for days in bases:
        (folder / f"base-{(NOW - timedelta(days=days)).strftime(nightly.STAMP)}.age").touch()
    for name, days in parts.items():
        place = folder / "wal" / f"{name}.age"
        place.touch()
        moment = (NOW - timedelta(days=days)).timestamp()
        os.utime(place, (moment, moment))


def test_no_whole_copy_outlives_fourteen_days_nor_the_log_before_the_oldest(tmp_path):
    whole_copies(tmp_path, bases=(20, 13, 6), parts={"0001": 15, "0002": 12, "0003": 1})

    following.tidy(tmp_path, at=NOW)

    assert [(NOW - moment).days for moment, _place in following.bases(tmp_path)] == [13, 6]
    assert sorted(place.name for place in (tmp_path / "wal").iterdir()) == ["0002.age", "0003.age"]


def test_what_was_sealed_late_goes_by_its_place_in_the_log(tmp_path):
    """The follower paused for a week: the log of those days is sealed the day it comes back."""
    early, first = (f"00000001000000000000{place}" for place in ("0003", "0009"))
    whole_copies(tmp_path, bases=(16, 6), parts={early: 6, first: 6, f"{first}.partial": 1})
    for days, since in ((16, "000000010000000000000001"), (6, first)):
        base = tmp_path / f"base-{(NOW - timedelta(days=days)).strftime(nightly.STAMP)}.age"
        base.with_suffix(following.FROM).write_text(f"{since}\n")

    following.tidy(tmp_path, at=NOW)

    assert sorted(place.name for place in (tmp_path / "wal").iterdir()) == [
        f"{first}.age", f"{first}.partial.age",
    ]  # fmt: skip
    assert len(list(tmp_path.glob("base-*"))) == 2  # the younger one, and where it goes on from


def test_the_log_of_a_new_server_is_not_taken_for_an_old_one(tmp_path):
    """A night was put back elsewhere: the log begins again, its places small and young."""
    young = "000000010000000000000003"
    whole_copies(tmp_path, bases=(9, 2), parts={young: 1})
    for days, since in ((9, "000000010000000000000050"), (2, "000000010000000000000002")):
        base = tmp_path / f"base-{(NOW - timedelta(days=days)).strftime(nightly.STAMP)}.age"
        base.with_suffix(following.FROM).write_text(f"{since}\n")

    following.tidy(tmp_path, at=NOW)

    assert [place.name for place in (tmp_path / "wal").iterdir()] == [f"{young}.age"]


def test_when_nobody_follows_any_more_the_last_whole_copy_goes_too(tmp_path):
    """It holds keys: what was erased since would open from it for ever. The nights stay."""
    whole_copies(tmp_path, bases=(40, 20), parts={"0001": 25, "0002": 13, "00000002.history": 30})

    following.tidy(tmp_path, at=NOW)

    assert following.bases(tmp_path) == []
    assert sorted(place.name for place in (tmp_path / "wal").iterdir()) == [
        "00000002.history.age", "0002.age",
    ]  # fmt: skip


def test_a_part_that_is_not_the_one_written_is_said(tmp_path, two):
    both, _files = two
    stamp = a_night(tmp_path, 1)
    place = tmp_path / f"{stamp}-texts.age"
    said = sealing.seal(io.BytesIO(b"texts"), place, both)
    (tmp_path / f"{stamp}.json").write_text(
        f'{{"parts": {{"{said.name}": {{"sha256": "{said.sha256}"}}}}}}'
    )
    assert nightly.whole(tmp_path, stamp) == {"texts": place}

    place.write_bytes(b"other")
    with pytest.raises(Refused, match="is not the one that was written"):
        nightly.whole(tmp_path, stamp)
    with pytest.raises(Refused, match=f"There is no copy of 2020.* it has {stamp}"):
        nightly.whole(tmp_path, "20200101T000000Z")
