"""Which partner leaves, and who said each step of it?"""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from spheres.accounts import queries as accounts
from spheres.accounts.models import Organisation
from spheres.core import context
from spheres.core.actor import Actor
from spheres.sharing.models import Departure


def departures(*, actor: Actor) -> QuerySet[Departure]:
    """Those that were not called off, the newest first."""
    context.require(actor)
    return Departure.objects.filter(cancelled_at=None).order_by("-asked_at", "pk")


def with_names(*, actor: Actor) -> list[tuple[Departure, str]]:
    """The same, each with the partner's name."""
    found = list(departures(actor=actor))
    rows = Organisation.objects.filter(pk__in={one.organisation_id for one in found})
    names = {row.pk: row.name for row in rows}
    return [(one, names[one.organisation_id]) for one in found]


def ours(*, actor: Actor) -> Departure | None:
    """That of the organisation acted for, as long as it goes on."""
    found = departures(actor=actor)
    return found.filter(organisation_id=actor.organisation_id, ended_at=None).first()


def announced(*, actor: Actor) -> Departure | None:
    """The same, once it is confirmed: from then on each person is asked."""
    found = ours(actor=actor)
    return found if found and found.confirmed_at else None


def organisation(organisation_id: UUID) -> Organisation:
    return Organisation.objects.get(pk=organisation_id)


def names_of(departure: Departure) -> dict[str, str]:
    """Who said each step, by name."""
    said = {
        "asked": departure.asked_by, "confirmed": departure.confirmed_by,
        "received": departure.received_by, "ended": departure.ended_by,
    }  # fmt: skip
    people = accounts.names_of([user for user in said.values() if user])
    return {step: people.get(user, "") for step, user in said.items() if user}
