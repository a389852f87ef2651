"""Which events are there, to come and over, and what is each of them?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spheres.accounts import queries as accounts
from spheres.accounts.models import Membership
from spheres.core import clock, context, states
from spheres.core.actor import Actor
from spheres.outreach.events.models import AskedFor, Event, Output, Question
from spheres.records.between import materials, places
from spheres.records.between.materials import Material
from spheres.regions import queries as regions
from spheres.sharing import counting
from spheres.ui import moments
from spheres.vault import actions as vault

KINDS: Final = "event_kinds"  # the region’s vocabularies
AUDIENCES: Final = "event_audiences"
ENVIRONMENTS: Final = "environments"
REGIONS: Final = "administrative_regions"
TODAY: Final = f"(%(at)s at time zone '{settings.TIME_ZONE}')::date"
SOON: Final = "events where I present"
# Within two days, where I present.
MINE_SOON: Final = f"""
select json_build_object('id', e.id, 'kind', e.kind, 'on', e.held_on) from events_event e
where e.cancelled_at is null and %(user)s = any(e.presenter_ids)
  and e.held_on between {TODAY} and {TODAY} + 2"""  # noqa: S608 -- ours
# What presenting weighs in the last twelve months: events that were held, whoever else came.
_PRESENTED: Final = f"""events_event e
      where {{worker}} = any(e.presenter_ids) and e.cancelled_at is null
        and e.held_on <= ({{moment}} at time zone '{settings.TIME_ZONE}')::date
        and e.held_on > (({{moment}} at time zone '{settings.TIME_ZONE}')::date
          - interval '1 year')::date"""
PRESENTED: Final = counting.Load(
    "presented",
    gettext_lazy("presentations in twelve months"),
    f"(select count(*) from {_PRESENTED})",  # noqa: S608 -- ours
    {"events_event": ("presenter_ids", "cancelled_at", "held_on")},
)
_MINUTES: Final = "coalesce(e.lasted_minutes, 0) + coalesce(e.travel_minutes, 0)"
HOURS: Final = counting.Load(
    "presented_hours",
    gettext_lazy("their hours, when known"),
    f"(select (coalesce(sum({_MINUTES}), 0) + 30) / 60 from {_PRESENTED})",  # noqa: S608 -- ours
    {
        "events_event": (
            "presenter_ids", "cancelled_at", "held_on", "lasted_minutes", "travel_minutes",
        )
    },
)  # fmt: skip
VISITS: Final = "visits that are late"
# The newest word on each organisation that was to be visited before today.
LATE_VISITS: Final = f"""
select json_build_object('id', v.id, 'by', v.due_on) from (
  select distinct on (n.anchor_id) n.* from events_nextvisit n
  order by n.anchor_id, n.written_at desc, n.id) v
where v.due_on < {TODAY}"""  # noqa: S608 -- ours


def _minutes(number: int | None) -> str:
    """Nothing when it was not said."""
    if number is None:
        return ""
    return ngettext("%(n)s minute", "%(n)s minutes", number) % {"n": number}


@dataclass(frozen=True)
class Shown:
    """An event, opened, in words."""

    row: Event
    on: date

    @property
    def kind(self) -> str:
        return regions.label(KINDS, self.row.kind)

    @property
    def environment(self) -> str:
        return regions.label(ENVIRONMENTS, self.row.environment) if self.row.environment else ""

    @property
    def region(self) -> str:
        return regions.label(REGIONS, self.row.region) if self.row.region else ""

    @property
    def audiences(self) -> list[tuple[str, int | None]]:
        """Each type, and how many when that is known."""
        pairs = zip(self.row.audiences, self.row.heads, strict=True)
        return [(regions.label(AUDIENCES, code), number) for code, number in pairs]

    @property
    def people(self) -> int:
        """All that is known of how many they were."""
        return sum(number or 0 for number in self.row.heads)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What is known of it, and nothing of what is not."""
        it, row = self.row.opened, self.row
        people = [
            (label, _("number not known") if number is None else str(number))
            for label, number in self.audiences
        ]
        said = [
            (_("Kind of event"), self.kind),
            (_("Day"), moments.day(row.held_on)),
            (_("Organisation visited"), it.organisation),
            (_("Environment"), self.environment),
            (_("Place"), it.place),
            (_("Administrative region"), self.region),
            *people,
            (_("Length"), _minutes(row.lasted_minutes)),
            (_("Travel"), _minutes(row.travel_minutes)),
        ]
        return [(label, words) for label, words in said if words]

    @property
    def is_to_come(self) -> bool:
        return self.row.held_on > self.on and not self.row.is_off


@dataclass(frozen=True)
class Whole:
    """One event with all that hangs on it, opened."""

    shown: Shown
    presenters: list[str]
    materials: list[Material]
    questions: list[Question]
    outputs: list[Output]
    asked_for: list[tuple[str, str, int]]  # what: its code, its words, how often


@dataclass(frozen=True)
class Year:
    """The events of a year that are over, and how many people are known to have come."""

    year: int
    events: list[Shown]
    others: list[int]

    @property
    def held(self) -> int:
        return sum(not one.row.is_off for one in self.events)

    @property
    def people(self) -> int:
        return sum(one.people for one in self.events if not one.row.is_off)


def _opened(rows: Sequence[Event], *, actor: Actor, on: date) -> list[Shown]:
    vault.open(rows, by=actor, action="list", only=("organisation", "place"))
    return [Shown(row, on) for row in rows]


def listed(*, actor: Actor, on: date, year: int | None = None) -> tuple[list[Shown], Year]:
    """Those to come, the nearest first; then those of one year, the newest first. Who is visited
    and where is opened, in one list event."""
    context.require(actor)
    to_come = list(
        Event.objects.filter(held_on__gt=on, cancelled_at=None).order_by(
            "held_on", "noted_at", "pk"
        )
    )
    years = [day.year for day in Event.objects.dates("held_on", "year", order="DESC")]
    chosen = year or on.year
    of_year = Event.objects.filter(held_on__year=chosen).order_by("-held_on", "-noted_at", "pk")
    over = list(of_year.exclude(held_on__gt=on, cancelled_at=None))
    found = _opened([*to_come, *over], actor=actor, on=on)
    here = {chosen, on.year}
    others = sorted({*years, *here}, reverse=True)
    return found[: len(to_come)], Year(chosen, found[len(to_come) :], others)


def between(first: date, last: date, *, actor: Actor) -> list[Event]:
    """Those of some days, by their kinds alone: who is visited, and where, is not opened."""
    context.require(actor)
    return list(Event.objects.filter(held_on__range=(first, last)).order_by("held_on", "pk"))


def to_come(first: date, *, actor: Actor) -> list[Event]:
    """Those from a day on that were not called off, unopened as well."""
    context.require(actor)
    found = Event.objects.filter(held_on__gte=first, cancelled_at=None)
    return list(found.order_by("held_on", "pk"))


def sending(rows: Sequence[Event]) -> dict[UUID, list[tuple[UUID, str]]]:
    """The partners whose colleagues present at each of these, as they worked on that day."""
    people = {user for row in rows for user in row.presenter_ids}
    if not people:
        return {}
    held = list(
        Membership.objects.filter(user_id__in=people, organisation__is_partner=True)
        .order_by("organisation_id", "pk")
        .select_related("organisation")
    )
    return {
        row.pk: list(
            {
                one.organisation_id: (one.organisation_id, one.organisation.name)
                for one in held
                if one.user_id in row.presenter_ids and _worked(one, row.held_on)
            }.values()
        )
        for row in rows
    }


def _worked(one: Membership, on: date) -> bool:
    ended = one.ends_at is not None and clock.day_of(one.ends_at) <= on
    return clock.day_of(one.starts_at) <= on and not ended


def everything(*, actor: Actor, on: date) -> list[Shown]:
    """All events, the oldest first, for a sheet or to gather what took place with whom."""
    context.require(actor)
    return _opened(list(Event.objects.order_by("held_on", "noted_at", "pk")), actor=actor, on=on)


def held(*, actor: Actor, on: date) -> list[Event]:
    """Those that took place, none of their texts opened."""
    context.require(actor)
    return list(Event.objects.filter(held_on__lte=on, cancelled_at=None).order_by("held_on", "pk"))


def find(event_id: UUID, *, actor: Actor) -> Event | None:
    context.require(actor)
    return Event.objects.filter(pk=event_id).first()


def opened(row: Event, *, actor: Actor, on: date) -> Shown:
    """One event, opened alone."""
    vault.open([row], by=actor)
    return Shown(row, on)


def lock(event_id: UUID, *, actor: Actor) -> Event:
    """The row, held until the transaction ends."""
    context.require(actor)
    return states.lock(Event.objects.filter(pk=event_id))


def whole(event_id: UUID, *, actor: Actor, on: date) -> Whole | None:
    """One event and all that hangs on it, opened in one event of the journal."""
    row = find(event_id, actor=actor)
    if row is None:
        return None
    asked = list(Question.objects.filter(event_id=event_id).order_by("written_at", "pk"))
    left = list(Output.objects.filter(event_id=event_id).order_by("written_at", "pk"))
    counted = Counter(
        AskedFor.objects.filter(event_id=event_id).order_by("pk").values_list("what", flat=True)
    )
    vault.open([row, *asked, *left], by=actor)
    names = accounts.names_of(row.presenter_ids)
    known = {one.id: one for one in materials.known(actor=actor)} if row.material_ids else {}
    return Whole(
        Shown(row, on),
        [names[one] for one in row.presenter_ids if one in names],
        [known[one] for one in row.material_ids if one in known],
        asked,
        left,
        [(what.value, str(what.label), counted[what.value]) for what in AskedFor.What],
    )


def colleagues(*, actor: Actor, at: datetime) -> list[tuple[UUID, str]]:
    """Whoever works at a partner of the programme today, by name."""
    context.require(actor)
    working = Membership.objects.filter(
        starts_at__lte=at, user__is_active=True, organisation__is_partner=True
    ).exclude(ends_at__lte=at)
    found = dict(working.values_list("user_id", "user__name"))
    return sorted(found.items(), key=lambda pair: (pair[1], str(pair[0])))


def shown_with(*, actor: Actor, also: Iterable[UUID] = ()) -> list[Material]:
    """The newest version of each material; and those that were shown, even if older."""
    kept = set(also)
    return [one for one in materials.known(actor=actor) if one.is_newest or one.id in kept]


def soon(*, actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """Where I present within two days, the first one first."""
    rows = places.rows_of_day(SOON, actor=actor, at=at)
    return sorted(rows, key=lambda row: (row["on"], row["id"]))
