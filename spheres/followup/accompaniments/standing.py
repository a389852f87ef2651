"""What do accompaniments put quietly on the day of her workers, and on her plan?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.directory import queries as directory
from spheres.followup.accompaniments import policy, queries
from spheres.followup.accompaniments.models import Accompaniment, Course
from spheres.followup.accompaniments.queries import Coming
from spheres.participants import queries as participants
from spheres.records.between.carrying import Carried
from spheres.records.between.helping import Helping, Said
from spheres.records.between.places import Block, Handed, Locked
from spheres.records.between.serving import Serving
from spheres.regions import queries as regions
from spheres.ui import addresses, moments


def next_steps(*, actor: Actor) -> list[Handed]:
    """The steps of these days, when the moment is right. None is late, none is counted."""
    if not policy.can_write(actor):
        return []
    found = queries.coming(actor=actor, at=clock.now())
    names = dict(participants.names([each.file_id for each in found], actor=actor))
    return [
        Handed(
            sentence=_sentence(each, names[each.file_id]),
            url=addresses.to("accompaniments:detail", each.file_id, each.record_id),
            verb=gettext_lazy("See"),
            icon="path",
        )
        for each in found
        if each.file_id in names
    ]


def _sentence(each: Coming, name: str) -> str:
    said = {
        "name": name,
        "kind": regions.label("accompaniment_kinds", each.kind).lower(),
        "day": moments.day_of_year(each.next_on),
    }
    if each.next_on == clock.today():
        return _("%(name)s: %(kind)s, a step planned for today") % said
    return _("%(name)s: %(kind)s, a step planned for %(day)s") % said


def serving(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> list[Serving]:
    """What goes on, or was obtained, for what she needs and wants: said without what is locked."""
    return [
        Serving(
            what=partial(_stands, record),
            url=addresses.to("accompaniments:detail", file_id, record.pk),
            needs=tuple(record.needs or ()),
            towards_id=record.towards_id,
            at=record.course.status_at if record.course.status == Course.Status.OBTAINED else None,
        )
        for record in queries.under_way(file_id, actor=actor, since=since)
        if record.needs or record.towards_id
    ]


def _stands(record: Accompaniment) -> str:
    return _("%(kind)s (%(stands)s)") % {
        "kind": regions.label("accompaniment_kinds", record.kind),
        "stands": str(Course.Status(record.course.status).label).lower(),
    }


@dataclass(frozen=True)
class Line:
    """One that is not over, as her plan shows it; opened."""

    record: Accompaniment
    kind: str
    stands: str
    next_step: str
    next_on: date | None


def helping(file_id: UUID, *, actor: Actor, since: datetime | None) -> Helping:
    """What is not over, for the page that says who does what: where, and the next step of each."""
    records = queries.still_open(file_id, actor=actor, since=since)
    last = queries.last_steps(records, file_id, actor=actor, since=since)
    names = dict(directory.choices(actor=actor)) if any(r.resource_id for r in records) else {}

    def lines() -> list[Said]:
        return [
            Said(
                what=regions.label("accompaniment_kinds", one.kind),
                where=names.get(str(one.resource_id), "") or one.opened.organisation,
                since=clock.day_of(one.occurred_at),
                next_step=last[one.root].opened.next_step
                if one.root in last
                else one.opened.next_step,
                next_on=one.course.next_on,
                url=addresses.to("accompaniments:detail", file_id, one.pk),
            )
            for one in records
        ]

    return Helping([*records, *last.values()], lines)


def carried(file_id: UUID, *, actor: Actor, since: datetime | None) -> Carried:
    """What is not over, as she takes it along: what, where, and the next step of each."""
    found = helping(file_id, actor=actor, since=since)
    return Carried(
        found.rows,
        lambda: [
            " · ".join(filter(None, (one.what, one.where, one.next_step))) for one in found.lines()
        ],
    )


def on_plan(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> Locked:
    """What is not over, with the next step of each."""
    records = queries.still_open(file_id, actor=actor, since=since)
    last = queries.last_steps(records, file_id, actor=actor, since=since)

    def line(record: Accompaniment) -> Line:
        step = last.get(record.root)
        return Line(
            record,
            regions.label("accompaniment_kinds", record.kind),
            str(Course.Status(record.course.status).label),
            step.opened.next_step if step else record.opened.next_step,
            record.course.next_on,
        )

    return Locked(
        rows=[*records, *last.values()],
        block=lambda: Block(
            "accompaniments/plan.html",
            {
                "lines": [line(record) for record in records],
                "may_write": bool(policy.can_write(actor)),
            },
        ),
    )
