"""What is copied each night, and how long is it kept?

Two copies of one instant. `texts` holds every table but the keys that open its texts; `keys` holds
these alone, and lives fourteen days. What is erased today is thus erased, at the latest in fourteen
days, from every copy: an older one is put back under the keys of a younger one. The key file that
opens the keys is in neither.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

from spheres.config.continuity import programs, sealing
from spheres.config.continuity.recipients import Recipient, Refused

KEYS_DAYS: Final = 14
TEXTS_DAYS: Final = 35
STAMP: Final = "%Y%m%dT%H%M%SZ"
# Without its list a copy is half of one: it is being made, or was killed meanwhile.
HALF: Final = timedelta(days=1)
_PART: Final = re.compile(r"(\d{8}T\d{6}Z)[-.].+")
_NIGHT: Final = re.compile(r"[0-9]{8}T[0-9]{6}Z")


def copy(url: str, folder: Path, recipients: tuple[Recipient, ...], *, at: datetime) -> str:
    """Write tonight's copies as the role `backup`; returns their stamp.

    Counts of every table, taken in the same instant, are sealed beside them: a copy that is put
    back is compared with them. The list of what belongs together is written last.
    """
    stamp = at.astimezone(UTC).strftime(STAMP)
    if (folder / f"{stamp}.json").exists():
        raise Refused(f"{folder} holds a copy of {stamp} already: begin again in a second.")
    try:
        with sealing.writing_in(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(url, folder, stamp, recipients)
    except BaseException:
        for part in _parts(folder, stamp):  # the keys too: without a list nobody would miss them
            part.unlink()
        raise
    return stamp


def _write(url: str, folder: Path, stamp: str, recipients: tuple[Recipient, ...]) -> None:
    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        row = connection.execute("select pg_export_snapshot()").fetchone()
        assert row is not None
        instant, env = f"--snapshot={row[0]}", programs.variables(url)
        dump = [str(programs.program("pg_dump")), "--format=custom", "--compress=1", instant]
        parts = [
            sealing.from_program(
                [*dump, "--exclude-table-data=keys.*"], env, folder / f"{stamp}-texts.age",
                recipients,
            ),
            sealing.from_program(
                [*dump, "--schema=keys", "--data-only"], env, folder / f"{stamp}-keys.age",
                recipients,
            ),
            sealing.seal(
                io.BytesIO(json.dumps(counts(connection)).encode()),
                folder / f"{stamp}-counts.age", recipients,
            ),
        ]  # fmt: skip
    said = {
        "for": sorted(one.organisation for one in recipients),
        "parts": {part.name: {"bytes": part.size, "sha256": part.sha256} for part in parts},
    }
    place = folder / f"{stamp}.json"
    place.with_suffix(".part").write_text(json.dumps(said, indent=1) + "\n")
    place.with_suffix(".part").replace(place)


def counts(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """How many rows each table has, the keys too."""
    tables = connection.execute(
        "select schemaname, tablename from pg_tables where schemaname in ('public', 'keys') "
        "order by 1, 2"
    ).fetchall()
    found = {}
    for schema, table in tables:
        asked = sql.SQL("select count(*) from {}").format(sql.Identifier(schema, table))
        row = connection.execute(asked).fetchone()
        found[f"{schema}.{table}"] = int(row[0]) if row else 0
    return found


def stamps(folder: Path) -> list[str]:
    """The nights whose list stands, oldest first."""
    return sorted(file.stem for file in folder.glob("*Z.json") if _NIGHT.fullmatch(file.stem))


def whole(folder: Path, stamp: str) -> dict[str, Path]:
    """The parts of one night, each as it was written; what was altered or lost is said."""
    listed = folder / f"{stamp}.json"
    if not listed.exists():
        raise Refused(f"There is no copy of {stamp} in {folder}: it has {_some(folder)}.")
    try:
        parts = json.loads(listed.read_text())["parts"]
        digests = {folder / name: str(said["sha256"]) for name, said in parts.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(f"{listed} is damaged: take another night.") from error
    found = {}
    for place, digest in digests.items():
        name = place.name
        if place.exists():
            if sealing.digest(place) != digest:
                raise Refused(f"{name} is not the one that was written: take another night.")
            found[name.removeprefix(f"{stamp}-").removesuffix(".age")] = place
    return found


def _some(folder: Path) -> str:
    return ", ".join(stamps(folder)[-5:]) or "none"


def tidy(folder: Path, *, at: datetime) -> list[str]:
    """Take away what is too old; returns the names. The keys go first, their texts later, and what
    was left by a copy that was killed the day after."""
    gone = []
    begun = {said[1] for place in folder.glob("*Z*") if (said := _PART.fullmatch(place.name))}
    for stamp in sorted(begun):
        age = at.astimezone(UTC) - datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
        is_half = not (folder / f"{stamp}.json").exists()
        for place in _parts(folder, stamp) if is_half and age > HALF else _old(folder, stamp, age):
            if place.exists():
                place.unlink()
                gone.append(place.name)
    return gone


def _parts(folder: Path, stamp: str) -> list[Path]:
    return sorted(place for sign in "-." for place in folder.glob(f"{stamp}{sign}*"))


def _old(folder: Path, stamp: str, age: timedelta) -> Iterator[Path]:
    if age > timedelta(days=KEYS_DAYS):
        yield folder / f"{stamp}-keys.age"
    if age > timedelta(days=TEXTS_DAYS):
        yield from (folder / f"{stamp}-texts.age", folder / f"{stamp}-counts.age")
        yield folder / f"{stamp}.json"
