"""What locks and opens texts: writing the event first, in the same transaction.

No event, no plaintext. If the journal cannot be written, nothing is opened and the page fails.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from spheres.audit import actions as audit
from spheres.audit.models import SEALED
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.core.words import Own
from spheres.vault import cipher, keys
from spheres.vault.models import Kind, Lockable, NotOpened, Opened
from spheres.vault.queries import digest as digest

Row = TypeVar("Row", bound=Lockable)

# What a reader sees in place of a text whose key was destroyed: a fact, not an error.
ERASED = _("[erased]")


def lock(row: Lockable, **texts: str | bytes) -> None:
    """Lock these texts into their fields of `row`, under the newest key of its owner and kind.

    The row keeps its own clear copy (`row.opened`) for the rest of the request: whoever just
    wrote a text needs no event to see it. An empty text stays empty. A row that is written again
    gives all its texts, since those it left out would stay bound to the version before.
    Raises Erased when the owner's texts of this kind were erased.
    """
    for field in row.locked_fields():
        if field not in texts and not row._state.adding and getattr(row, field):
            raise TypeError(f"{type(row).__name__}.{field} must be locked again with the others.")
    if unknown := texts.keys() - row.locked_fields():
        raise TypeError(f"{type(row).__name__} has no locked text {', '.join(sorted(unknown))}.")
    number, key = _key_to_write(row.key_owner, row.KIND)
    for field, text in texts.items():
        place = _place(row, field)
        setattr(
            row, field, cipher.lock(text, key_number=number, key=key, place=place) if text else b""
        )
    row.__dict__["_opened"] = Opened(**{f: texts.get(f, "") for f in row.locked_fields()})


def open(
    rows: Sequence[Row],
    *,
    by: Actor,
    sections: Iterable[str] = (),
    action: str = "open",
    only: Collection[str] = (),
    basis: str = "",
) -> Sequence[Row]:
    """Write that `by` opens these rows, then open them: each gets `opened.<field>`.

    Rows of one file go to that file's chain; a list across files, or texts of one's own, is one
    event in the reader's chain, with the identifiers. The sections are those the rows' models
    declare, and those added here; `only` names the fields a list needs, the others stay locked.
    `basis` says by what right, when it is not her own work: which consent opened it.
    Rows must come from a query made under the current context. Raises cipher.Sealed when a text
    was altered or moved.
    """
    if not rows:
        return rows
    sections = {*sections}
    sealed = [row for row in rows if SEALED in _declared_sections([row])]
    if 0 < len(sealed) < len(rows) and not audit.is_sealed(by, sections):
        # Whoever wears two hats: what is of a psychotherapy is told apart.
        others = [row for row in rows if row not in sealed]
        for part in (others, sealed):
            said = sections if part is others else ()
            open(part, by=by, sections=said, action=action, only=only, basis=basis)
        return rows
    untold = [row for row in rows if row.IN_READERS_CHAIN]
    if 0 < len(untold) < len(rows):
        told = [row for row in rows if not row.IN_READERS_CHAIN]
        open(told, by=by, sections=sections, action=action, only=only, basis=basis)
        open(untold, by=by, action=action, only=only, basis=basis)
        return rows
    owners = {row.key_owner for row in rows}
    owner = owners.pop() if len(owners) == 1 else None
    is_hers = owner == by.user_id or all(
        row.ABOUT_NOBODY or row.IN_READERS_CHAIN or _is_of_her_own(row, by) for row in rows
    )
    audit.record(
        "list" if owner is None else action,
        by=by,
        file_id=None if is_hers else owner,
        sections={*sections, *_declared_sections(rows)},
        records=[row.pk for row in rows],
        basis=basis,
    )
    context.memory("named").update(dict.fromkeys(row.pk for row in rows))
    _unlock(rows, only)
    return rows


def open_also(rows: Sequence[Lockable], *, only: Collection[str]) -> None:
    """Open more fields of rows that an event of this unit of work already names.

    A list opens sixty names to sort them, then the rest of the few it shows. Raises NotOpened
    for a row that no event names.
    """
    if unnamed := {row.pk for row in rows} - context.memory("named").keys():
        raise NotOpened(f"No event names {len(unnamed)} of these rows: open them first.")
    _unlock(rows, only)


def keyed_digest(use: str, text: str) -> bytes:
    """A digest nobody can make without the key file: to compare, or to derive an identifier.

    It changes with the key file. Whoever keeps one to compare with keeps the key's identifier
    beside it, and makes it anew from the locked text when the key file is changed.
    """
    return hmac.digest(settings.SPHERES_KEY, f"spheres/{use}|{text}".encode(), "sha256")


@transaction.atomic
def erase(file_id: UUID, *, kinds: Collection[Kind], basis: str, by: Actor, at: datetime) -> int:
    """Destroy the keys of these kinds of texts, and the rows they locked; returns how many.

    What stays: identifiers, dates, the journal, and a tombstone with the basis. The database lets
    only the service of expiry do it, and writes the event itself.
    """
    context.require(by)
    context.memory("keys").clear()
    with connection.cursor() as cursor:
        cursor.execute(
            "select access.erase(%s, %s, %s, %s)",
            [file_id, [str(kind) for kind in kinds], basis, clock.day_of(at)],
        )
        return int(cursor.fetchone()[0])


def is_written_since(
    owner_id: UUID, *, kinds: Collection[Kind], since: datetime, by: Actor
) -> bool:
    """Whether a text of these kinds was written or saved for this owner after `since`.

    The database answers yes or no, to the service of expiry alone, which reads no row of them.
    """
    context.require(by)
    with connection.cursor() as cursor:
        cursor.execute(
            "select access.is_written_since(%s, %s, %s)",
            [owner_id, [str(kind) for kind in kinds], since],
        )
        return bool(cursor.fetchone()[0])


def is_held(owner_id: UUID, *, by: Actor) -> bool:
    """Whether a legal hold forbids to destroy what is of this owner; for the service of expiry."""
    context.require(by)
    with connection.cursor() as cursor:
        cursor.execute("select access.is_held(%s)", [owner_id])
        return bool(cursor.fetchone()[0])


def due(rule: str, *, before: datetime, by: Actor) -> list[UUID]:
    """What a retention rule says is to be erased: identifiers only, oldest first.

    The database answers the service of expiry alone, which reads no row of them.
    """
    context.require(by)
    with connection.cursor() as cursor:
        cursor.execute("select access.due(%s, %s)", [rule, before])
        return list(cursor.fetchone()[0])


@transaction.atomic
def forget_due(rule: str, *, before: datetime, by: Actor) -> int:
    """Delete the rows that a retention rule says are to go, where a key serves others; how many."""
    context.require(by)
    with connection.cursor() as cursor:
        cursor.execute("select access.forget_due(%s, %s)", [rule, before])
        return int(cursor.fetchone()[0])


def _is_of_her_own(row: Lockable, by: Actor) -> bool:
    """A text of the reader's own, wherever it hangs, or a worker's: it is in no person's file."""
    if row.KIND == Kind.ACCOUNT:
        return True
    if row.IN_HER_CHAIN:
        return False
    word = getattr(type(row), "access", None)
    return isinstance(word, Own) and getattr(row, word.column) == by.user_id


def _declared_sections(rows: Sequence[Lockable]) -> set[str]:
    return {
        section
        for model in {type(row) for row in rows}
        if (section := getattr(getattr(model, "access", None), "section", ""))
    }


def _unlock(rows: Sequence[Lockable], only: Collection[str]) -> None:
    kept = [
        (row, field, text, cipher.key_number(text) if text else None)
        for row in rows
        for field in row.locked_fields()
        if not only or field in only
        for text in (bytes(getattr(row, field)),)
    ]
    numbers = {number for _row, _field, _text, number in kept if number is not None}
    known = _keys(numbers, {row.key_owner for row in rows})
    lost = numbers - known.keys()
    for owner_id, kind in {
        (row.key_owner, row.KIND) for row, _field, _text, number in kept if number in lost
    }:
        # A key that is missing without a tombstone is an attack or an accident, never a blank.
        if not _is_erased(owner_id, kind):
            raise cipher.Sealed("The key of this text is not known.")
    opened = {id(row): (_opened_before(row), _bound(row)) for row in rows}
    for row, field, text, number in kept:
        clear, bound = opened[id(row)]
        is_text = field not in row.locked_bytes()
        if number is None:
            setattr(clear, field, "" if is_text else b"")
        elif number in known:
            unlock = cipher.unlock if is_text else cipher.unlock_bytes
            setattr(clear, field, unlock(text, key=known[number], bound_to=bound(field)))
        else:
            setattr(clear, field, str(ERASED))
    # All, or none: a text that does not open leaves no row opened.
    for row in rows:
        row.__dict__["_opened"] = opened[id(row)][0]


def _opened_before(row: Lockable) -> Opened:
    """A copy of what is already open, so that a text that does not open changes nothing."""
    return Opened(**vars(row.__dict__.get("_opened", Opened())))


def _place(row: Lockable, field: str) -> cipher.Place:
    return cipher.Place(row.key_owner, row._meta.db_table, field, row.pk, int(row.text_version))


def _bound(row: Lockable) -> Callable[[str], bytes]:
    return cipher.bound(row.key_owner, row._meta.db_table, row.pk, int(row.text_version))


def _is_erased(owner_id: UUID, kind: Kind) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select access.is_erased(%s, %s)", [owner_id, kind])
        return bool(cursor.fetchone()[0])


def _keys(numbers: set[int], owners: set[UUID]) -> dict[int, AESGCM]:
    """These keys of these owners, in one query; each unwrapped once in a unit of work."""
    known: dict[int, AESGCM] = context.memory("keys")
    if missing := numbers - known.keys():
        found = keys.asked("keys(%s, %s)", sorted(missing), sorted(owners))
        known |= {key.number: AESGCM(keys.unwrap(key)) for key in found}
    return known


def _key_to_write(owner_id: UUID, kind: Kind) -> tuple[int, AESGCM]:
    key = keys.newest(owner_id, kind)
    if key is None:
        key = keys.first(owner_id, kind)
    return key.number, AESGCM(keys.unwrap(key))
