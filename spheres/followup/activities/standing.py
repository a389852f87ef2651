"""What do activities put on a worker's day, beside her people, and on a person's plan?"""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.activities import policy, queries
from spheres.followup.activities.models import Participation
from spheres.records.between.places import Block, Handed, Link, Locked
from spheres.records.between.serving import Serving
from spheres.records.between.telling import Besides
from spheres.regions import queries as regions
from spheres.ui import addresses, moments


def coming(*, actor: Actor) -> list[Handed]:
    """The activities of these days that I come along to. Nobody is named."""
    if not policy.can_write(actor):
        return []
    return [
        Handed(
            sentence=_sentence(each),
            url=addresses.to("shared_activities:detail", each.id),
            verb=gettext_lazy("See"),
            icon="sun",
        )
        for each in queries.my_next(actor=actor, at=clock.now())
    ]


def _sentence(each: queries.Next) -> str:
    idea = regions.label("activity_ideas", each.idea)
    if each.held_on == clock.today():
        return _("%(idea)s, today: you come along") % {"idea": idea}
    day = moments.day_of_year(each.held_on)
    return _("%(idea)s, %(day)s: you come along") % {"idea": idea, "day": day}


def way(*, actor: Actor) -> Link | None:
    """Beside my people, the way to what the organisation offers."""
    if not policy.can_plan(actor):
        return None
    return Link(gettext_lazy("Activities"), addresses.to("shared_activities:board"), "sun")


def serving(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> list[Serving]:
    """What she takes part in for what she needs and wants: an idea and a day."""
    return [
        Serving(
            what=partial(_on_its_day, record),
            url=addresses.to("activities:detail", file_id, record.pk),
            needs=tuple(record.needs or ()),
            towards_id=record.towards_id,
            at=max(record.written_at, moments.moment_of(record.held_on, time())),
        )
        for record in queries.for_something(file_id, actor=actor, since=since)
    ]


def in_register(file_id: UUID, *, actor: Actor) -> list[Besides]:
    """Whom of a partner they let read a card of one day: it was read there, or could be."""
    return [
        Besides(
            one.taken_at,
            (
                _("You let %(name)s, of %(organisation)s, know what you wanted, on %(day)s only.")
                % {
                    "name": one.name,
                    "organisation": one.organisation,
                    "day": moments.day(clock.day_of(one.starts_at)),
                },
            ),
        )
        for one in queries.agreed_outings(file_id, actor=actor, at=clock.now())
    ]


def _on_its_day(record: Participation) -> str:
    return _("%(idea)s, %(day)s") % {
        "idea": regions.label("activity_ideas", record.idea),
        "day": moments.day_of_year(record.held_on),
    }


def on_plan(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> Locked:
    """The last activities, with what she came for."""
    records = queries.last_ones(file_id, actor=actor, since=since)
    return Locked(
        rows=records,
        block=lambda: Block(
            "activities/plan.html",
            {
                "lines": [
                    (record, regions.label("activity_ideas", record.idea)) for record in records
                ],
                "may_write": bool(policy.can_write(actor)),
            },
        ),
    )
