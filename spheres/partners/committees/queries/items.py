"""What is brought to a meeting, how does one stand to it, and who is awaited for it?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.partners.committees import policy
from spheres.partners.committees.models import Brought
from spheres.partners.committees.queries.sitting import organisations
from spheres.regions.models import Committee
from spheres.sharing.models import CommitteeItem, CommitteeMeeting, ItemAbout, Presentation


def presentations_of(file_id: UUID, *, actor: Actor) -> list[tuple[Presentation, str, list[str]]]:
    """Each time she was spoken of with her agreement, the newest first: at which committee, with
    which organisations."""
    context.require(actor)
    rows = list(Presentation.objects.filter(file_id=file_id).order_by("-presented_at", "pk"))
    if not rows:
        return []
    names = {one.pk: one.name for one in Committee.objects.order_by("pk")}
    places = organisations(place for row in rows for place in row.organisations)
    return [
        (
            row,
            names.get(row.committee_id, ""),
            sorted(places[place] for place in row.organisations if place in places),
        )
        for row in rows
    ]


def who_is_awaited(of: CommitteeMeeting, *, actor: Actor) -> list[tuple[UUID, UUID, UUID, bool]]:
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            "select item, person, organisation, stays from access.at_the_table(%s)", [of.pk]
        )
        return cursor.fetchall()


def item(item_id: UUID, *, actor: Actor) -> CommitteeItem | None:
    """One that I may see; what is closed to me does not exist."""
    context.require(actor)
    return CommitteeItem.objects.filter(pk=item_id).first()


def item_read(item_id: UUID, *, actor: Actor, at: datetime) -> UUID | None:
    """An item that others brought of somebody, as long as it is open to me."""
    row = item(item_id, actor=actor)
    return item_id if row and policy.can_step_out(actor, row) else None


def lock_item(item_id: UUID, *, actor: Actor) -> CommitteeItem:
    context.require(actor)
    return states.lock(CommitteeItem.objects.filter(pk=item_id))


def item_to_write_of(item_id: UUID, *, actor: Actor) -> CommitteeItem:
    """The same, for whoever writes of it. WrongState when it closed since the page was shown."""
    row = item(item_id, actor=actor)
    if row is None:
        raise WrongState(states.HAS_CHANGED)
    return row


def standing_to(item_id: UUID, *, actor: Actor) -> set[str]:
    """In which ways I stand to one item (`sharing/convening.py`)."""
    context.require(actor)
    ways = ["OPEN", "CHAIRING", "BROUGHT", "READING"]
    with connection.cursor() as cursor:
        cursor.execute(
            "select w from unnest(%s::text[]) w where %s = any(access.items(array[w]))",
            [ways, item_id],
        )
        return {way for (way,) in cursor.fetchall()}


def chaired(*, actor: Actor) -> set[UUID]:
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.items('{CHAIRING}')")
        return set(cursor.fetchone()[0])


def about(item_id: UUID, *, actor: Actor) -> UUID | None:
    """Of which file I marked it: nobody else is told."""
    context.require(actor)
    return ItemAbout.objects.filter(pk=item_id).values_list("file_id", flat=True).first()


def brought(item_id: UUID, *, actor: Actor) -> Brought | None:
    context.require(actor)
    return Brought.objects.filter(pk=item_id).first()
