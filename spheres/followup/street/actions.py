"""How is what was typed in the street received once, placed once, and forgotten?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from spheres.accounts import queries as accounts
from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.followup.street import policy, queries, typed
from spheres.followup.street.models import KEPT, MOST_WAITING, REMEMBERED, Arrival, Entry
from spheres.records import actions as records
from spheres.records import registry
from spheres.vault import street

HOLD = "select pg_advisory_xact_lock(hashtextextended('street ' || %s::text, 0))"
SLUGS = {typed.CONTACT: "notes", typed.NEED: "urgent_needs"}


class NotMine(Exception):
    """The device is of another account: whoever typed it will send it."""


class Revoked(Exception):
    """The device was removed: what is on it is not received any more."""


class TooMany(Exception):
    """As many as may be wait to be placed: this one waits on the telephone."""


@transaction.atomic
def receive(entry_id: UUID, device_id: UUID, sealed: bytes, *, by: Actor, at: datetime) -> bool:
    """Keep what came, sealed as it is; False when it came before.

    Raises Revoked, NotMine, TooMany, or vault.cipher.Sealed for what no key of ours opens: the
    telephone says so, and its author decides. What came before is acknowledged, however many wait.
    """
    policy.can_write(by).or_raise()
    device = accounts.my_device(device_id, actor=by)
    if device is None:
        raise NotMine
    if device.revoked_at is not None:
        raise Revoked
    arrival = Arrival(id=entry_id, user_id=by.user_id, received_at=at)
    if not create_once(arrival):
        return False
    street.open_sealed(sealed, device_id=device_id, entry_id=entry_id)
    _hold(by)
    if queries.waiting(actor=by) >= MOST_WAITING:
        raise TooMany
    entry = Entry(
        id=entry_id, user_id=by.user_id, device_id=device_id, sealed=sealed, received_at=at
    )
    Entry.objects.bulk_create([entry])
    audit.record("street.received", by=by, records=[entry_id])
    return True


def _hold(by: Actor) -> None:
    """One text of hers at a time is counted and kept, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [by.user_id])


@transaction.atomic
def place(arrived: queries.Arrived, file_id: UUID, *, by: Actor, at: datetime) -> str:
    """It becomes a draft in this file, under the number it had on the telephone: signed, it is one
    record, whatever was sent twice. Returns the kind of record to go on with."""
    assert arrived.typed is not None
    slug = SLUGS[arrived.typed.kind]
    kind = registry.begun_as(slug)
    kind.can_write(by).or_raise()
    records.save_draft(
        arrived.id, file_id=file_id, section=kind.section, record_type=slug,
        fields=arrived.typed.fields(), by=by, at=at,
    )  # fmt: skip
    take_away(arrived.id, by=by)
    return slug


def take_away(entry_id: UUID, *, by: Actor) -> bool:
    """It is placed where it belongs; False when it is nobody’s, or another’s."""
    return _remove(entry_id, "street.placed", by=by)


def put_away(entry_id: UUID, *, by: Actor) -> bool:
    """Not kept by its author, or written elsewhere; False when it is nobody’s, or another’s."""
    return _remove(entry_id, "street.put_away", by=by)


@transaction.atomic
def _remove(entry_id: UUID, event: str, *, by: Actor) -> bool:
    """The journal tells what was placed from what was not kept."""
    context.require(by)
    gone, _each = Entry.objects.filter(pk=entry_id, user_id=by.user_id).delete()
    if gone:
        audit.record(event, by=by, records=[entry_id])
    return bool(gone)


@transaction.atomic
def forget(*, by: Actor, at: datetime) -> int:
    """What nobody placed in fourteen days, and that it came, after ninety; how many entries."""
    context.require(by)
    gone, _each = Entry.objects.filter(received_at__lt=at - KEPT).delete()
    Arrival.objects.filter(received_at__lt=at - REMEMBERED).delete()
    if gone:
        audit.record("street.forgotten", by=by, basis=str(gone))
    return gone
