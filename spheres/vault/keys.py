"""Which data key locks what is written, who mints it, and how is it changed?

A key is minted once for one owner and one class, and wrapped by the key file; the database gives it
wrapped, and mints under conditions (`sharing/minting.py`). Rotated, another is minted for what will
be written: what was written stays under its own, for rows are never written again (ADR
vault-and-audit).
"""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils.translation import gettext_lazy as _

from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.vault import cipher
from spheres.vault.models import Kind

BATCH = 500


class Wrapped(NamedTuple):
    """A data key as the database gives it: useless without the key file."""

    number: int
    owner_id: UUID
    kind: str
    generation: int
    kek_id: str
    wrapped: bytes


class Erased(WrongState):
    """The texts of this owner were erased: nothing more can be written in their place."""


def first(owner_id: UUID, kind: Kind) -> Wrapped:
    """The first key of these texts; somebody else's, when two wrote the first one at once.

    Whoever left a matter has no say in it afterwards: her form sent twice is refused a second key,
    and finds the one it has just been given.
    """
    refused = None
    try:
        mint(owner_id, kind, after=0)
    except ProgrammingError as refusal:
        refused = refusal
    key = newest(owner_id, kind)
    if key is None:
        raise refused or AssertionError("A key was minted, and is not there.")
    return key


def newest(owner_id: UUID, kind: Kind) -> Wrapped | None:
    return next(iter(asked("newest_key(%s, %s)", owner_id, kind)), None)


def asked(question: str, *values: Any) -> list[Wrapped]:
    """Wrapped keys, from the functions that give them: the table is open to nobody."""
    with connection.cursor() as cursor:
        cursor.execute(f"select * from access.{question}", values)  # noqa: S608 -- ours
        return [Wrapped(*given) for given in cursor.fetchall()]


def mint(owner_id: UUID, kind: Kind, *, after: int) -> None:
    """Mint the key that follows generation `after`; nothing when it is there already."""
    place = cipher.KeyPlace(secrets.randbits(63), owner_id, kind, settings.SPHERES_KEY_ID)
    wrapped = cipher.wrap(os.urandom(32), kek=settings.SPHERES_KEYS[place.kek_id], place=place)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "select access.mint_key(%s, %s, %s, %s, %s, %s)",
                [place.number, owner_id, kind, after, place.kek_id, wrapped],
            )
    except IntegrityError as refusal:
        diagnosis = getattr(refusal.__cause__, "diag", None)
        if diagnosis is not None and diagnosis.constraint_name == "vault_one_tombstone":
            raise Erased(
                _("These texts were erased. Nothing more can be written here.")
            ) from refusal
        raise


def unwrap(key: Wrapped) -> bytes:
    kek = settings.SPHERES_KEYS.get(key.kek_id)
    if kek is None:
        raise cipher.Sealed(f"The key file {key.kek_id} is needed to open this text.")
    place = cipher.KeyPlace(key.number, key.owner_id, key.kind, key.kek_id)
    return cipher.unwrap(bytes(key.wrapped), kek=kek, place=place)


@transaction.atomic
def rotate(owner_id: UUID, kind: Kind, *, by: Actor) -> int:
    """Mint a new key for what will be written; returns its generation.

    What was written stays under the key that locked it: rows are never written again.
    """
    context.require(by)
    now = newest(owner_id, kind)
    generation = now.generation if now else 0
    mint(owner_id, kind, after=generation)
    audit.record("key.rotated", by=by, records=[owner_id], basis=kind)
    return generation + 1


def to_wrap_anew() -> int:
    """How many data keys an old key file still wraps; for the service of rotation."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from access.keys_to_wrap(%s, null)", [settings.SPHERES_KEY_ID]
        )
        return int(cursor.fetchone()[0])


@transaction.atomic
def wrap_anew(*, by: Actor, limit: int = BATCH) -> int:
    """Wrap some data keys with the present key file instead of the old one; returns how many.

    Readers go on meanwhile: a key and the name of what wraps it change in one statement. Stopped
    at any moment, it resumes by being called again. Raises Sealed when the old file is not given.
    """
    context.require(by)
    kek_id = settings.SPHERES_KEY_ID
    old = asked("keys_to_wrap(%s, %s)", kek_id, limit)
    if not old:
        return 0
    wrapped = [
        cipher.wrap(
            unwrap(key),
            kek=settings.SPHERES_KEYS[kek_id],
            place=cipher.KeyPlace(key.number, key.owner_id, key.kind, kek_id),
        )
        for key in old
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "select access.wrap_anew(%s, %s, %s)",
            [[key.number for key in old], kek_id, wrapped],
        )
    audit.record("keys.wrapped_anew", by=by, basis=kek_id)
    return len(old)


def to_rotate(*, before: datetime) -> int:
    """How many classes of texts are still written under a key minted before this moment."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from access.newest_keys(%s, null)", [before])
        return int(cursor.fetchone()[0])


@transaction.atomic
def rotate_some(*, before: datetime, by: Actor, limit: int = BATCH) -> int:
    """Mint the next key of some owners and classes whose newest is from before this moment; returns
    how many. People read and write meanwhile: whoever had just taken the key before writes with
    it, and it stays. Stopped at any moment, it resumes by being called again."""
    context.require(by)
    old = asked("newest_keys(%s, %s)", before, limit)
    if not old:
        return 0
    kek_id = settings.SPHERES_KEY_ID
    places = [cipher.KeyPlace(secrets.randbits(63), one.owner_id, one.kind, kek_id) for one in old]
    wrapped = [
        cipher.wrap(os.urandom(32), kek=settings.SPHERES_KEYS[kek_id], place=place)
        for place in places
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "select access.mint_next(%s, %s, %s, %s, %s, %s)",
            [
                [place.number for place in places],
                [one.owner_id for one in old],
                [one.kind for one in old],
                [one.generation for one in old],
                kek_id,
                wrapped,
            ],
        )
    audit.record("keys.rotated", by=by, basis=str(len(old)))
    return len(old)
