"""What do events put on the day of who presents, at the desk and in the calendar of the programme?

And what do they tell of organisations?
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.outreach.events import gathered, policy, queries
from spheres.records.between import places
from spheres.records.between.engaged import Engaged
from spheres.records.between.occasions import Occasion
from spheres.records.between.places import Handed
from spheres.records.between.programme import Planned
from spheres.regions import queries as regions
from spheres.ui import addresses, moments

A_DAY: Final = timedelta(days=1)
AN_INSTANT: Final = timedelta(microseconds=1)
EVENT: Final = "event"


def planned(*, actor: Actor, since: datetime, until: datetime) -> list[Planned]:
    """Every event, by whoever works in the programme: its kind, its day, in which kind of place,
    and which partners send somebody. Who is visited is on its page: a calendar is looked at over
    one’s shoulder."""
    if not policy.can_look(actor):
        return []
    first, last = clock.day_of(since), clock.day_of(until - AN_INSTANT)
    rows = queries.between(first, last, actor=actor)
    sending = queries.sending(rows)
    return [
        Planned(
            EVENT,
            _("Event"),
            regions.label(queries.KINDS, row.kind),
            addresses.to("events:event", row.pk),
            _midnight(row.held_on),
            _midnight(row.held_on + A_DAY),
            regions.label(queries.ENVIRONMENTS, row.environment) if row.environment else "",
            tuple(sending.get(row.pk, ())),
            row.is_off,
            is_all_day=True,
        )
        for row in rows
    ]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone())


def occasions(*, actor: Actor) -> list[Occasion]:
    """The events to come, by kind and day: a reflection round may ride on one."""
    if not policy.can_look(actor):
        return []
    return [
        Occasion(
            EVENT,
            row.pk,
            _("%(name)s, %(day)s")
            % {"name": regions.label(queries.KINDS, row.kind), "day": moments.day(row.held_on)},
            addresses.to("events:event", row.pk),
        )
        for row in queries.to_come(clock.today(), actor=actor)
    ]


def soon(*, actor: Actor) -> list[Handed]:
    """Within two days, where I present."""
    return [
        Handed(
            _("You present: %(kind)s, %(day)s.")
            % {
                "kind": regions.label(queries.KINDS, row["kind"]),
                "day": moments.day(date.fromisoformat(row["on"])),
            },
            addresses.to("events:event", row["id"]),
            gettext_lazy("See the event"),
            "calendar",
        )
        for row in queries.soon(actor=actor, at=clock.now())
    ]


def at_desk(*, actor: Actor) -> list[Handed]:
    """How many organisations were to be visited by a day that has passed."""
    if not policy.can_plan_visit(actor):
        return []
    rows = places.rows_of_day(queries.VISITS, actor=actor, at=clock.now())
    if not rows:
        return []
    sentence = ngettext(
        "%(number)s organisation was to be visited again, by %(day)s.",
        "%(number)s organisations were to be visited again, the first by %(day)s.",
        len(rows),
    )
    first = min(date.fromisoformat(row["by"]) for row in rows)
    said = sentence % {"number": len(rows), "day": moments.day(first)}
    there = addresses.to("events:organisations")
    return [Handed(said, there, gettext_lazy("See the organisations"), "calendar")]


def engaged(*, actor: Actor) -> list[Engaged]:
    """What took place at each organisation that was visited."""
    return gathered.of_events(actor=actor, on=clock.today())
