"""How is a copy put back? In an empty place, never over a database that lives.

From the nights: an empty database of any server. From the whole copy and the log: a server of our
own, at the last instant or at one that is named.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql
from pyrage import x25519

from spheres.config import database_roles
from spheres.config.continuity import following, nightly, programs, sealing
from spheres.config.continuity.recipients import Refused
from spheres.config.postgres import Server
from spheres.config.postgres_programs import ClusterError

SEGMENT = re.compile("[0-9A-F]{24}")
PATIENCE = 3600.0  # seconds given to a server that plays its log again
PRELOADED = ("session_preload_libraries", "local_preload_libraries")
EVENT_TRIGGERS_OFF = 17  # the version that knows the setting, and events of coming in


def night(
    folder: Path, stamp: str, identity: x25519.Identity, *, admin_url: str, keys_of: str = ""
) -> dict[str, int]:
    """Put one night back in an empty database, as whoever governs the server.

    `keys_of` is the night whose keys are used: the newest that stands, so that what was erased
    since stays unreadable. Returns the tables whose counts differ from what the night wrote: none.
    """
    refuse_unless_empty(admin_url)
    parts, keys, told = parts_of(folder, stamp, identity, keys_of=keys_of)
    _load(parts["texts"], identity, admin_url, "--section=pre-data")
    _load(parts["texts"], identity, admin_url, "--section=data")
    _load(keys, identity, admin_url, "--data-only")
    _load(parts["texts"], identity, admin_url, "--section=post-data")
    with psycopg.connect(admin_url) as connection:
        found = nightly.counts(connection)
    same_night = (keys_of or newest_keys(folder)) == stamp
    return {
        table: found.get(table, 0) - count
        for table, count in told.items()
        if found.get(table, 0) != count and (same_night or not table.startswith("keys."))
    }


def parts_of(
    folder: Path, stamp: str, identity: x25519.Identity, *, keys_of: str = ""
) -> tuple[dict[str, Path], Path, dict[str, int]]:
    """What is needed of a night, all of it there before the first is loaded: its parts, the keys
    of its texts, and the counts it is compared with."""
    parts = nightly.whole(folder, stamp)
    keys = nightly.whole(folder, keys_of or newest_keys(folder)).get("keys")
    if keys is None or "texts" not in parts:
        raise Refused(
            f"The keys of {keys_of or stamp} are no longer there: they live "
            f"{nightly.KEYS_DAYS} days. Name a younger night with --keys."
        )
    if "counts" not in parts:
        raise Refused(f"{stamp} has lost its counts, and would not be verified: take another.")
    return parts, keys, _counts(parts["counts"], identity)


def _counts(place: Path, identity: x25519.Identity) -> dict[str, int]:
    written = io.BytesIO()
    sealing.open_to(place, written, identity)
    try:
        return {str(table): int(count) for table, count in json.loads(written.getvalue()).items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise Refused(f"{place.name} holds no counts of a night: take another night.") from error


def newest_keys(folder: Path) -> str:
    for stamp in reversed(nightly.stamps(folder)):
        if (folder / f"{stamp}-keys.age").exists():
            return stamp
    raise Refused(f"No keys are left in {folder}: they live {nightly.KEYS_DAYS} days.")


def refuse_unless_empty(admin_url: str) -> None:
    """Over a database that lives, a copy of yesterday would take away what was written since."""
    with psycopg.connect(admin_url, connect_timeout=10) as connection:
        row = connection.execute(
            "select current_database(), (select count(*) from pg_tables where schemaname not in "
            "('pg_catalog', 'information_schema'))"
        ).fetchone()
    assert row is not None
    name, tables = row
    if tables:
        raise Refused(
            f"The database « {name} » holds {tables} tables: a copy is put back in an empty one "
            "alone. Make another database, or another server, and name it."
        )


def _load(place: Path, identity: x25519.Identity, admin_url: str, *options: str) -> None:
    """Open one part straight into `pg_restore`: nothing of it is written in clear on the way."""
    with subprocess.Popen(  # noqa: S603 -- arguments are ours
        [programs.program("pg_restore"), "--exit-on-error", *options,
         f"--dbname={programs.variables(admin_url)['PGDATABASE']}"],
        env=programs.variables(admin_url), stdin=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stderr is not None
        try:
            sealing.open_to(place, process.stdin, identity)
        except BrokenPipeError:
            pass  # it says why, below
        except BaseException:
            process.kill()
            raise
        finally:
            with_no_reader(process.stdin)
        said = process.stderr.read().decode(errors="replace").strip()
    if process.returncode:
        raise Refused(f"pg_restore gave up on {place.name}: {said[-400:]}")


def with_no_reader(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return


@dataclass(frozen=True)
class Found:
    """What was put back: up to which instant, and how long it took in seconds."""

    base: str
    segments: int
    seconds: float


def instant(
    folder: Path, identity: x25519.Identity, server: Server, passwords: dict[str, str], *,
    at: datetime | None = None,
) -> Found:  # fmt: skip
    """Make a server’s data folder again from the whole copy and the log, up to `at`.

    Its roles get the passwords of this machine: those of the machine that burned are unknown here.
    """
    began = time.monotonic()
    refuse_unless_vacant(server)
    known = following.bases(folder)
    if not known:
        raise Refused(
            f"There is no whole copy in {folder}: « --night last » puts back its last night."
        )
    before = [place for moment, place in known if at is None or moment <= at]
    if not before:
        raise Refused(f"No whole copy in {folder} is older than the moment that is asked for.")
    base = before[-1]
    try:
        count = _play_again(folder, identity, server, passwords, base, at)
    except BaseException:
        shutil.rmtree(server.data, ignore_errors=True)  # half of one is never taken for whole
        raise
    return Found(base.name, count, time.monotonic() - began)


def refuse_unless_vacant(server: Server) -> None:
    if server.data.exists() and any(server.data.iterdir()):
        raise Refused(
            f"{server.data} holds a database: a copy is put back in an empty place alone. Move it "
            "away first; it may be all there is."
        )


def _play_again(
    folder: Path, identity: x25519.Identity, server: Server, passwords: dict[str, str],
    base: Path, at: datetime | None,
) -> int:  # fmt: skip
    server.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="spheres-log-", dir=server.data.parent) as name:
        log = Path(name)
        _unpack(base, identity, server.data)
        count = _open_log(folder / "wal", identity, log, since=_first_segment(server.data))
        _keep_no_setting(server.data)
        (server.data / "recovery.signal").touch()
        (log / "hba").write_text("local all all trust\n")  # a closed folder, for a minute
        (log / "door").mkdir(mode=0o700)
        _give(server, server.data, log)
        server.more = {
            "listen_addresses": "", "hba_file": str(log / "hba"), "hot_standby": "off",
            "unix_socket_directories": str(log / "door"), "archive_mode": "off",
            "restore_command": f'cp "{log}/%f" "%p"', "recovery_target_action": "promote",
            "primary_conninfo": "", "synchronous_standby_names": "",
            **dict.fromkeys(COMMANDS, ""),
        } | ({"recovery_target_time": at.isoformat()} if at else {})  # fmt: skip
        server.patience = PATIENCE
        try:
            server.start()
            _set_passwords(log / "door", server, passwords)
        except ClusterError as error:
            if "before configured recovery target" in server.log.read_text(errors="replace"):
                raise Refused(
                    f"Nothing was written after {at:%Y-%m-%d %H:%M:%S %z} in these copies: name no "
                    "moment, which gives the last one, or an earlier one."
                ) from error
            raise
        finally:
            server.stop()
            server.more = {}
    return count


# Whoever writes in the folder of copies could name a command here, and a restore would run it.
COMMANDS = (
    "recovery_end_command", "archive_cleanup_command", "archive_command", "archive_library",
    "ssl_passphrase_command", "shared_preload_libraries", *PRELOADED,
)  # fmt: skip
HBA = "".join(
    f"{who} scram-sha-256\n"
    for who in ("local all all", "host all all 127.0.0.1/32", "host replication all 127.0.0.1/32")
)
# All that a server reads of itself, in place of what came with a copy: nothing else is included.
SETTINGS = {
    "postgresql.conf": "", "postgresql.auto.conf": "", "pg_hba.conf": HBA, "pg_ident.conf": "",
}  # fmt: skip


def _keep_no_setting(data: Path) -> None:
    """The settings of a server are those of the machine it stands on; a copy brings its rows."""
    for folder, folders, files in os.walk(data):
        for name in (*folders, *files):
            place = Path(folder) / name
            if place.is_symlink() or not (place.is_dir() or place.is_file()):
                raise Refused(
                    f"This whole copy holds {place.relative_to(data)}, which leads out of it: it "
                    "is not what the server wrote. Take another one."
                )
    (data / "standby.signal").unlink(missing_ok=True)
    for file, text in SETTINGS.items():
        (data / file).unlink(missing_ok=True)
        (data / file).write_text(text)
        (data / file).chmod(0o600)


def _unpack(base: Path, identity: x25519.Identity, data: Path) -> None:
    tar = shutil.which("tar")
    if tar is None:
        raise Refused("The programme `tar` is not here: install it.")
    with subprocess.Popen(  # noqa: S603 -- arguments are ours
        [tar, "--extract", "--no-same-owner", "--no-same-permissions", "--file=-",
         f"--directory={data}"], stdin=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        try:
            sealing.open_to(base, sealing.Stretched(process.stdin), identity)
        except BrokenPipeError:
            pass  # it says why
        finally:
            with_no_reader(process.stdin)
    if process.returncode:
        raise Refused(f"{base.name} could not be unpacked: is there room?")


def _first_segment(data: Path) -> str:
    """The part of the log from which a whole copy is played again, as the copy itself says it."""
    label = data / "backup_label"
    said = re.search(r"\(file ([0-9A-F]{24})\)", label.read_text()) if label.exists() else None
    if said is None:
        raise Refused("This whole copy does not say where its log begins: take another one.")
    return said[1]


def _open_log(folder: Path, identity: x25519.Identity, log: Path, *, since: str) -> int:
    """Each segment that is kept from `since` on; one that was being filled, as far as it was. The
    server asks for those it needs.

    A segment is named by its timeline (8 signs), then by its place in the log: places alone are
    compared, for the timeline changes each time a copy is put back.
    """
    count = 0
    for place in sorted(folder.glob("*.age")):
        name = place.name.removesuffix(".age").removesuffix(following.FILLED_BY)
        if SEGMENT.fullmatch(name) and name[8:] < since[8:]:
            continue
        if following.FILLED_BY in place.name and (folder / f"{name}.age").exists():
            continue
        with (log / name).open("wb") as out:
            sealing.open_to(place, sealing.Stretched(out), identity)
        count += 1
    return count


def _give(server: Server, *folders: Path) -> None:
    """PostgreSQL does not run as root: it gets what it reads."""
    if server.account is None:
        return
    for folder in folders:
        for root, _folders, files in os.walk(folder):
            for place in (Path(root), *(Path(root) / file for file in files)):
                os.chown(place, server.account.pw_uid, server.account.pw_gid, follow_symlinks=False)


def _set_passwords(door: Path, server: Server, passwords: dict[str, str]) -> None:
    # What a role was told to load, or to do when it comes in, came with the copy too.
    quiet = [f"-c {name}=" for name in PRELOADED]
    quiet += ["-c event_triggers=off"] if server.programs.major >= EVENT_TRIGGERS_OFF else []
    with psycopg.connect(
        host=str(door), port=server.port, user="postgres", dbname="postgres", autocommit=True,
        options=" ".join(quiet),
    ) as connection:  # fmt: skip
        for role in ("postgres", *database_roles.SIGN_IN):
            verifier = connection.pgconn.encrypt_password(
                passwords[role].encode(), role.encode(), b"scram-sha-256"
            ).decode()
            connection.execute(
                sql.SQL("alter role {} password {}").format(
                    sql.Identifier(role), sql.Literal(verifier)
                )
            )
        # Nobody is at the other end of a slot that came with the copy.
        connection.execute(
            "select pg_drop_replication_slot(slot_name) from pg_replication_slots where not active"
        )
