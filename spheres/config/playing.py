"""When, by whom and how often does something said of a demonstration happen?

Days count from the Monday of the week of its first loading, at hours of the region's own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from spheres.accounts.models import Role
from spheres.core import context
from spheres.core.actor import Actor
from spheres.regions.loading import LOADER
from spheres.regions.models import Played
from spheres.regions.registry import Loading


def zone_of(loading: Loading) -> ZoneInfo:
    return ZoneInfo(loading.said["region"].time_zone)


def day_of(loading: Loading, day: int) -> date:
    """Day 0 is the Monday of the week of the first loading."""
    here = loading.first_at.astimezone(zone_of(loading)).date()
    return here - timedelta(days=here.weekday()) + timedelta(days=day)


def day_loaded(loading: Loading) -> int:
    """The day of the first loading, counted as `day_of` does: by the calendar of the programme."""
    return (loading.first_at.astimezone(zone_of(loading)).date() - day_of(loading, 0)).days


def moment_of(loading: Loading, day: int, hour: time) -> datetime:
    return datetime.combine(day_of(loading, day), hour, tzinfo=zone_of(loading))


def actor_of(loading: Loading, slug: str) -> Actor:
    """This person of the demonstration, in the organisation and the roles said of them."""
    person = {one.slug: one for one in loading.said["people"]}[slug]
    return Actor(
        loading.id("person", slug),
        loading.id("organisation", person.organisation),
        frozenset(person.roles),
    )


def of_the_desk(loading: Loading) -> Actor:
    """Somebody of the coordination, at the region's desk."""
    desk = loading.said["region"].desk
    slug = next(
        person.slug
        for person in loading.said["people"]
        if person.organisation == desk and Role.COORDINATOR in person.roles
    )
    return actor_of(loading, slug)


def unplayed(ids: dict[UUID, str]) -> list[str]:
    """The names of what was not done yet, in the order in which they were given."""
    done = set(Played.objects.filter(pk__in=ids).values_list("pk", flat=True))
    return [name for act_id, name in ids.items() if act_id not in done]


def once(act_id: UUID, do: Callable[[], None]) -> None:
    """Do it, whole or not at all; done already, it stands."""
    with transaction.atomic(durable=True):
        with context.acting_as(LOADER):
            is_played = Played.objects.filter(pk=act_id).exists()
        if not is_played:
            do()
            with context.acting_as(LOADER):
                Played.objects.bulk_create([Played(id=act_id)])
