"""What can be done with calendar addresses? Said yes or no to, made, ended, read."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.interop.ical import policy, queries
from spheres.interop.ical.models import CalendarAddress, CalendarSetting
from spheres.interop.ical.queries import READ, Hours
from spheres.partners.committees import queries as committees

TOKEN_BYTES: Final = 32


@transaction.atomic
def decide(setting_id: UUID, *, is_on: bool, by: Actor, at: datetime) -> None:
    """Say whether the organisation has calendar addresses. No ends them all, at once."""
    policy.can_decide(by).or_raise()
    if queries.is_on(actor=by) == is_on:
        return
    setting = CalendarSetting(
        id=setting_id,
        organisation_id=by.organisation_id,
        is_allowed=is_on,
        said_by=by.user_id,
        said_at=at,
    )
    if create_once(setting):
        audit.record("calendar.on" if is_on else "calendar.off", by=by, records=[setting_id])


@transaction.atomic
def make(address_id: UUID, *, committee_id: UUID | None = None, by: Actor, at: datetime) -> str:
    """Make an address, of all one's hours or of one committee, and give it, this once; the one
    before ends. Sent twice, the last one serves.

    Nobody can be shown again what is not kept, so a second press makes a second address.
    """
    policy.can_make(by, is_on=queries.is_on(actor=by)).or_raise()
    if committee_id is not None:
        policy.can_make_of(committee_id in committees.standing(actor=by).sits).or_raise()
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(by.user_id)])
    _end(by, committee_id)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarAddress.objects.bulk_create(
        [
            CalendarAddress(
                id=address_id,
                user_id=by.user_id,
                organisation_id=by.organisation_id,
                committee_id=committee_id,
                digest=queries.digest_of(token),
                made_at=at,
            )
        ]
    )
    audit.record("calendar.made", by=by, records=[address_id])
    return token


@transaction.atomic
def end(*, committee_id: UUID | None = None, by: Actor) -> None:
    """End one's address: whoever asks it a second later finds nothing."""
    if ended := _end(by, committee_id):
        audit.record("calendar.ended", by=by, records=ended)


def tell(found: Hours, *, by: Actor) -> None:
    """Write, in the chain of the service, which address was read and which meetings it gave."""
    given = [found.address_id, *(hour.meeting_id for hour in found.hours)]
    audit.record(READ, by=by, records=given)


def _end(by: Actor, committee_id: UUID | None) -> list[UUID]:
    mine = CalendarAddress.objects.filter(
        user_id=by.user_id, organisation_id=by.organisation_id, committee_id=committee_id
    )
    ids = list(mine.order_by("pk").values_list("pk", flat=True))
    mine.delete()
    return ids
