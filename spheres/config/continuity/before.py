"""Is all that copies need there, and is the place fit, before anything is begun?"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import psycopg
from psycopg.conninfo import conninfo_to_dict

from spheres.config import cluster, database_roles
from spheres.config.continuity import restoring
from spheres.config.continuity.recipients import Refused
from spheres.config.database_roles import DATABASE

ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_BACKUP_URL", "DATABASE_ADMIN_URL")


def moment(said: str) -> datetime:
    """An instant as it is typed; without an offset it is read where the programme works."""
    try:
        found = datetime.fromisoformat(said)
        if found.tzinfo is None:
            found = found.replace(tzinfo=ZoneInfo(_zone()))
    except (ValueError, KeyError, OSError) as error:
        raise argparse.ArgumentTypeError(
            f"« {said} » is not an instant in {_zone()}: write 2026-11-30T09:15:00-05:00."
        ) from error
    return found


def _zone() -> str:
    return os.environ.get("SPHERES_TIME_ZONE") or "America/Toronto"


def refuse_odd_addresses(variables: Mapping[str, str]) -> None:
    """An address that is cut in the wrong place would show a part of its password in what the
    server answers: it is named by its variable, and never quoted."""
    for name in ADDRESSES:
        if (url := variables.get(name)) and not _is_address(url):
            raise Refused(
                f"{name} cannot be read: write « postgresql://role:password@machine:port/name », "
                "and each sign of the password that is neither a letter nor a figure as % and its "
                "two figures (« @ » is %40, « / » is %2F)."
            )


def _is_address(url: str) -> bool:
    try:
        conninfo_to_dict(url)
        parts = urlsplit(url)
    except (psycopg.ProgrammingError, ValueError):
        return False
    return not parts.scheme or url.count("@") == parts.netloc.count("@") <= 1


def folder_to_write_in(place: Path) -> None:
    """A closed folder, made when it is not there."""
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(
            f"{place} cannot be a folder to write in ({error.strerror}): name another one."
        ) from error


def place_of_a_night(name: str, var: Path, stack: ExitStack) -> cluster.Cluster:
    """An empty database, looked at before anything of its server is prepared; what was made for a
    night that is refused goes away with it."""
    named = os.environ.get("DATABASE_ADMIN_URL")
    if os.environ.get("DATABASE_URL") and not named:
        raise Refused("DATABASE_ADMIN_URL is not set: a night is put back by who governs there.")
    before = _looked_at(named, name) if named else set()
    everything = stack.enter_context(cluster.up(var=var))
    if not named:  # a server of our own had to be started first
        before = _looked_at(str(everything.admin_url), name)
    urls = [url for url in (everything.admin_url, everything.owner_url) if url]
    new = {DATABASE, name} - before

    def take_back(_kind: object, error: BaseException | None, _trace: object) -> None:
        for made in sorted(new & database_roles.databases(urls[0])) if error else ():
            database_roles.take_back(urls, made)

    stack.push(take_back)
    return everything.create_database(name)


def _looked_at(admin_url: str, name: str) -> set[str]:
    """The databases of a server; refused when this one holds tables."""
    there = database_roles.databases(admin_url)
    if name in there:
        restoring.refuse_unless_empty(cluster.at_database(admin_url, name))
    return there
