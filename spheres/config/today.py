"""What of this very day does a demonstration show? Who is out alone, what she keeps for herself,
and a telephone that is known.

Played once, at the hour of the loading, by the real actions.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from spheres.accounts import actions as accounts
from spheres.accounts.models import Device
from spheres.accounts.sessions import DOORKEEPER
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.regions.loading import LOADER
from spheres.regions.models import Played
from spheres.regions.registry import Loading
from spheres.worker_support.outings import actions as outings
from spheres.worker_support.own_notes import actions as own_notes

# Two colleagues of one organisation of the demonstration's files.
OUT, WATCHING = "melodie", "ines"
LINE: Final = "Appelle-moi avant de t’inquiéter, je capte mal au parc."
# Under names that nobody bears, and that only she connects with somebody.
OWN: Final = (
    ("", "Demander en supervision : comment laisser un silence sans vouloir le remplir."),
    (
        "Hirondelle",
        "Aujourd’hui j’ai parlé trop vite. La prochaine fois, attendre qu’elle choisisse.",
    ),
)
NAME: Final = "Téléphone du travail"
WEEK: Final = timedelta(days=7)
AWAY: Final = timedelta(hours=2)


def play(loading: Loading) -> None:
    """Once, in one transaction; nothing where these two do not work."""
    people = {person.slug: person for person in loading.said["people"]}
    played_id = loading.id("today", OUT)
    if not {OUT, WATCHING} <= people.keys():
        return
    worker, colleague = (
        Actor(
            loading.id("person", slug),
            loading.id("organisation", people[slug].organisation),
            frozenset(people[slug].roles),
        )
        for slug in (OUT, WATCHING)
    )
    with transaction.atomic(durable=True):
        with context.acting_as(LOADER):
            if Played.objects.filter(pk=played_id).exists():
                return
            Played.objects.bulk_create([Played(id=played_id)])
        now = clock.now()
        begun = outings.Begun(played_id, "PUBLIC", _to_the_hour(now), colleague.user_id, LINE)
        with clock.at(now), context.acting_as(worker):
            outings.begin(begun, by=worker, at=now)
            for pseudonym, text in OWN:
                kept = own_notes.Written(loading.id("own note", text), text, pseudonym)
                own_notes.write(kept, by=worker, at=now)
        _a_known_telephone(colleague, now - WEEK)


def _to_the_hour(now: datetime) -> datetime:
    return (now + AWAY).replace(minute=0, second=0, microsecond=0)


def _a_known_telephone(who: Actor, at: datetime) -> None:
    """She came in from it a week ago, and gave it a name."""
    phone = accounts.Browser("Safari · iPhone", Device.Kind.PHONE)
    with clock.at(at):
        with context.acting_as(DOORKEEPER):
            device_id = accounts.know_device(who.user_id, phone, at=at)
        with context.acting_as(who):
            accounts.name_device(device_id, NAME, by=who, at=at)
