"""How does a folder become the region of this installation? Read, check all, say, then do.

Nothing is touched before every file was read without a fault. All is done in one transaction of
the service `loader`; loading the same folder again changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor, service
from spheres.regions import lexicon, queries
from spheres.regions.models import Region, identifier
from spheres.regions.reading import Fault, Part, Proof, Refused, composed, read
from spheres.regions.registry import Change, Loading, Section, sections

LOADER: Final = service("loader")
READ: Final = ("*.yaml", "*.json")  # every such file of a folder is somebody's
LOCK: Final = 0x5350_4852  # one loading at a time, whatever the number of operators


@dataclass(frozen=True)
class Folder:
    """A region's folder, read and found without fault; `said` holds what each section read."""

    path: Path
    said: Mapping[str, Any]
    fingerprint: str

    @property
    def slug(self) -> str:
        return str(self.said["region"].slug)


def fingerprint_of(path: Path) -> str:
    """Of every file of the folder, and of what the code does with them."""
    seen = hashlib.sha256()
    for section in sections():
        seen.update(f"{section.name}={section.version()}\n".encode())
    for file in _files(path):
        seen.update(f"{file.relative_to(path)}\n".encode() + file.read_bytes() + b"\0")
    return seen.hexdigest()


def _files(path: Path) -> list[Path]:
    return sorted(file for pattern in READ for file in path.rglob(pattern))


def check(path: Path) -> Folder:
    """Read and check everything. Raises Refused with every fault found."""
    proof = Proof(lexicon.read())
    parts = _read_all(path, proof)
    if proof.faults:
        raise Refused(proof.faults)
    said: dict[str, Any] = {}
    for section in sections():
        if parts[section.name] or section.is_said_by_none:
            said[section.name] = section.check(parts[section.name], said)
    if proof.faults:
        raise Refused(proof.faults)
    return Folder(path, said, fingerprint_of(path))


def check_alone(files: Mapping[str, bytes], names: Sequence[str]) -> dict[str, Any]:
    """Read and check these kinds of files alone, as they came, where no folder is. Raises Refused.

    A kind of which there is no file reads as none of it.
    """
    proof = Proof(lexicon.read())
    asked = [section for section in sections() if section.name in names]
    parts = {
        section.name: [
            part
            for name, content in sorted(files.items())
            if PurePosixPath(name).match(section.file)
            and (part := composed(content, name, proof)) is not None
        ]
        for section in asked
    }
    said: dict[str, Any] = {}
    if not proof.faults:
        for section in asked:
            said[section.name] = section.check(parts[section.name], said)
    if proof.faults:
        raise Refused(proof.faults)
    return said


def _read_all(path: Path, proof: Proof) -> dict[str, list[Part]]:
    if not path.is_dir():
        raise Refused([Fault(str(path), 0, "", _("this folder does not exist."))])
    parts: dict[str, list[Part]] = {}
    strangers = set(_files(path))
    for section in sections():
        files = sorted(path.glob(section.file))
        strangers.difference_update(files)
        if section.is_required and not files:
            proof.note(f"{path}/{section.file}", 0, "", _("this file is missing."))
        found = (read(file, f"{path}/{file.relative_to(path)}", proof) for file in files)
        parts[section.name] = [part for part in found if part is not None]
    for file in sorted(strangers):
        known = ", ".join(section.file for section in sections())
        sentence = _("nothing here reads this file. Known here: %s.") % known
        proof.note(f"{path}/{file.relative_to(path)}", 0, "", sentence)
    return parts


def standing(*, by: Actor) -> Region | None:
    """The region this database holds."""
    context.require(by)
    return Region.objects.first()


def plan(folder: Folder, *, by: Actor, at: datetime) -> list[tuple[Section, Sequence[Change]]]:
    """What loading would do, section by section. Raises Refused when it may not be done."""
    loading = _loading(folder, by=by, at=at)
    _refuse_another_region(folder, standing(by=by))
    planned = [(section, section.plan(loading)) for section in _present(folder)]
    # Where nothing was ever said of a kind of thing, nothing is said of it either.
    return [
        (section, changes)
        for section, changes in planned
        if changes or folder.said[section.name] or not section.is_said_by_none
    ]


@transaction.atomic
def load(folder: Folder, *, by: Actor, at: datetime) -> Loading:
    """Make the database say what the folder says; `finish` comes once its life is played too."""
    context.require(by)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
    _refuse_another_region(folder, standing(by=by))
    loading = _loading(folder, by=by, at=at)
    for section in _present(folder):
        section.apply(loading)
    Region.objects.update(fingerprint="")
    audit.record(
        "region.loaded",
        by=by,
        records=[identifier(folder.slug, "region", folder.slug)],
        digest=bytes.fromhex(folder.fingerprint),
        basis=folder.slug,
    )
    queries.forget()
    return loading


@transaction.atomic
def finish(folder: Folder, *, by: Actor) -> None:
    """Note that everything this folder says is done."""
    context.require(by)
    Region.objects.update(fingerprint=folder.fingerprint)
    queries.forget()


def is_loaded(path: Path, *, by: Actor) -> Region | None:
    """The region, when this very folder was already loaded to the end."""
    region = standing(by=by)
    return region if region and region.fingerprint == fingerprint_of(path) else None


def _present(folder: Folder) -> Iterator[Section]:
    return (section for section in sections() if section.name in folder.said)


def _loading(folder: Folder, *, by: Actor, at: datetime) -> Loading:
    region = standing(by=by)
    return Loading(folder.slug, folder.said, by, at, region.loaded_at if region else at)


def _refuse_another_region(folder: Folder, region: Region | None) -> None:
    """One database, one region; and a demonstration never shares one with a real person."""
    asked = folder.said["region"]
    sentence = ""
    if region is None:
        occupied = next((each for each in sections() if each.is_occupied()), None)
        if asked.is_demo and occupied:
            sentence = _(
                "this database already holds accounts: it never becomes a demonstration. "
                "Load it in an empty database."
            )
    elif region.slug != asked.slug:
        sentence = _("this database already holds the region «%s»: one database, one region.") % (
            region.slug
        )
    elif asked.is_demo and not region.is_demo:
        sentence = _("this database serves a real region: it never becomes a demonstration.")
    elif region.is_demo and not asked.is_demo:
        sentence = _(
            "this database is a demonstration, with invented accounts: it never becomes a real "
            "region. Load it in an empty database."
        )
    if sentence:
        raise Refused([Fault(f"{folder.path}/region.yaml", 0, "demo", sentence)])
