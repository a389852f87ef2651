"""What do committees put in her register, in the calendar, on the day of whoever took something on;
which of their decisions can be leaned on?"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.partners.committees import policy, queries
from spheres.records.between.decisions import Taken
from spheres.records.between.occasions import Occasion
from spheres.records.between.places import Handed
from spheres.records.between.programme import Planned
from spheres.records.between.telling import Besides
from spheres.ui import addresses, moments

MEETING: Final = "committee_meeting"


def besides(file_id: UUID, *, actor: Actor) -> list[Besides]:
    """In her register: the day, which organisations were there, that she had agreed; no words."""
    found = queries.presentations_of(file_id, actor=actor)
    return [
        Besides(
            row.presented_at,
            (
                _("With your agreement, your situation was talked about at the %(committee)s.")
                % {"committee": committee},
                _("Meeting of %(day)s. There: %(organisations)s.")
                % {"day": moments.day(row.held_on), "organisations": ", ".join(places)},
                _("What each was told is on its own line of this register."),
            ),
        )
        for row, committee, places in found
    ]


def decided_where_one_chairs(*, actor: Actor, at: datetime) -> list[Taken]:
    """What was decided in a year at the committees that this person chairs. Opened."""
    return [
        Taken(row.pk, row.committee_id, row.opened.words, row.written_at)
        for committee_id in sorted(queries.standing(actor=actor).chairs)
        for row in queries.decided(committee_id, actor=actor, at=at)
    ]


def taken_on(*, actor: Actor) -> list[Handed]:
    """What I took on at a committee and comes due within a week: never its words, nor whether it
    is late. Nobody is counted."""
    if not policy.can_look(actor):
        return []
    return [
        Handed(
            sentence=_("%(committee)s: you took something on, for %(day)s.")
            % {"committee": committee, "day": moments.day(due_on)},
            url=addresses.to("committees:list"),
            verb=gettext_lazy("See what it is"),
            icon="check",
        )
        for due_on, committee in queries.taken_on(actor=actor, at=clock.now())
    ]


def awaited(*, actor: Actor) -> list[Handed]:
    """The meetings where I sit within a week; what was moved, or is not held, says so for one."""
    if not policy.can_look(actor):
        return []
    return [
        Handed(
            sentence=_when(one)
            % {"committee": one.committee, "when": moments.weekday_moment(one.starts_at)},
            url=addresses.to("committees:meeting", one.id),
            verb=gettext_lazy("See the meeting"),
            icon="calendar",
        )
        for one in queries.awaited(actor=actor, at=clock.now())
    ]


def _when(one: queries.Sitting) -> str:
    if one.is_off:
        return _("%(committee)s: no meeting on %(when)s")
    if one.is_moved:
        return _("%(committee)s: the meeting was moved to %(when)s")
    return _("%(committee)s: you sit there on %(when)s")


def planned(*, actor: Actor, since: datetime, until: datetime) -> list[Planned]:
    """The meetings of committees that one knows of; for whoever sits there, of which organisations
    somebody is awaited."""
    return [
        Planned(
            committee.kind,
            committee.get_kind_display(),
            committee.name,
            addresses.to("committees:meeting", meeting.pk),
            meeting.starts_at,
            meeting.ends_at,
            meeting.get_place_display(),
            places,
            meeting.cancelled_at is not None,
        )
        for meeting, committee, places in queries.between(since, until, actor=actor)
    ]


def occasions(*, actor: Actor) -> list[Occasion]:
    """The meetings to come of the committees on which one sits: something may ride on them."""
    named = {one.pk: one.name for one in queries.committees(actor=actor)}
    sits = queries.standing(actor=actor).sits & named.keys()
    return [
        Occasion(
            MEETING,
            one.pk,
            _("%(name)s, %(day)s")
            % {"name": named[one.committee_id], "day": moments.day(one.held_on)},
            addresses.to("committees:meeting", one.pk),
        )
        for one in queries.to_come(sits, actor=actor, at=clock.now())
    ]
