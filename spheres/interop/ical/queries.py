"""How is a calendar address found, and what is behind it?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection

from spheres.audit.models import Event
from spheres.core import context
from spheres.core.actor import Actor
from spheres.interop.ical import policy
from spheres.interop.ical.asking import HOURS
from spheres.interop.ical.models import CalendarAddress, CalendarSetting

READ: Final = "calendar.read"


@dataclass(frozen=True)
class Hour:
    """One meeting as a calendar may know it: when, and how long about, or until when.

    Of several that were called at once: of which ones it is, for which moment it was called at
    first, and every how many months they are held.
    """

    meeting_id: UUID
    begins_at: datetime
    lasts: str = ""
    ends_at: datetime | None = None
    series_id: UUID | None = None
    called_for_at: datetime | None = None
    months: int | None = None
    # How many times it was changed since it was called; and whether it is not held any more.
    changes: int = 0
    is_off: bool = False


@dataclass(frozen=True)
class Hours:
    """What one address gives, in its owner's language."""

    address_id: UUID
    language: str
    hours: list[Hour]


def is_on(*, actor: Actor) -> bool:
    """Whether the organisation acted for has calendar addresses now."""
    setting = _newest(actor)
    return setting is not None and setting.is_allowed


def mine(*, actor: Actor) -> dict[UUID | None, CalendarAddress]:
    """This actor's addresses in the organisation acted for, by committee; of all their hours, under
    none. Without those that a decision has ended."""
    setting = _newest(actor)
    if setting is None or not setting.is_allowed:
        return {}
    found = CalendarAddress.objects.filter(
        user_id=actor.user_id, organisation_id=actor.organisation_id, made_at__gte=setting.said_at
    )
    return {one.committee_id: one for one in found.order_by("pk")}


def hours(token: str, *, at: datetime, actor: Actor) -> Hours | None:
    """What is behind an address, for the service alone; None when nothing is, whatever the reason.

    Unknown, ended, switched off, account closed: the database answers all of them alike.
    """
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select * from access.{HOURS.name}(%s, %s, %s)",  # noqa: S608 -- our own name
            [digest_of(token), at - policy.BEFORE, at + policy.AHEAD],
        )
        rows = cursor.fetchall()
    if not rows:
        return None
    found = [Hour(*row[2:]) for row in rows if row[2] is not None]
    return Hours(rows[0][0], rows[0][1], found)


def is_asked_too_often(address_id: UUID, *, at: datetime, actor: Actor) -> bool:
    """Whether this address was read as often this hour as it may be: its own journal says."""
    context.require(actor)
    lately = Event.objects.filter(
        chain_id=actor.user_id,
        at__gt=at - timedelta(hours=1),
        action=READ,
        record_ids__contains=[address_id],
    )
    return lately.count() >= policy.AN_HOUR


def digest_of(token: str) -> bytes:
    """What is kept of an address: 32 random bytes need no salt."""
    return hashlib.sha256(token.encode()).digest()


def _newest(actor: Actor) -> CalendarSetting | None:
    context.require(actor)
    return (
        CalendarSetting.objects.filter(organisation_id=actor.organisation_id)
        .order_by("-said_at", "is_allowed", "pk")
        .first()
    )
