"""What does sharing put beside a file, and on one's day?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from spheres.core import clock, context
from spheres.core.actor import SHARED, Actor
from spheres.followup.consents import ending, policy, queries
from spheres.participants import queries as participants
from spheres.records.between import places
from spheres.records.between.places import Block, Handed, Link, Locked
from spheres.ui import addresses, moments


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """Beside her file: with how many partners she shares, and the way to say or to unsay it."""
    if not policy.can_share(actor):
        return None
    facts = places.facts_of(file_id)
    partners = {each for what, each in facts if what == queries.SHARED_WITH}
    return Block("consents/block.html", {"partners": len(partners)}, beside=True)


def with_her(file_id: UUID, *, actor: Actor, at: datetime) -> Locked:
    """What she shares, as one of the pages that are read together; nobody else is named there."""
    shared = queries.of_file(file_id, actor=actor, at=at)
    says = {
        "live": [one for one in shared if one.is_live],
        "over": [one for one in shared if not one.is_live],
    }
    return Locked([], lambda: Block("consents/with_her.html", says))


def soon_over(*, actor: Actor) -> list[Handed]:
    """On my day, when the moment is right: what ends soon, to be said anew with her if she wishes.

    Nothing depends on it: her team keeps her file, and help goes on.
    """
    if not policy.can_share(actor):
        return []
    rows = places.rows_of_day(ending.ENDS_SOON, actor=actor, at=clock.now())
    found = [(UUID(row["file_id"]), datetime.fromisoformat(row["ends_at"]), row) for row in rows]
    names = dict(participants.names({file_id for file_id, *_ in found}, actor=actor))
    return [
        Handed(
            sentence=_when(ends_at)
            % {
                "name": names[file_id],
                "partner": row["name_en" if get_language() == "en" else "name_fr"],
                "day": moments.day_of_year(ends_at - timedelta(microseconds=1)),
            },
            url=addresses.to("consents:anew", file_id, UUID(row["id"])),
            verb=gettext_lazy("Look at it together"),
            icon="eye",
        )
        for file_id, ends_at, row in sorted(found, key=lambda one: (one[1], one[0]))
        if file_id in names
    ]


def _when(ends_at: datetime) -> str:
    """A month before, a week before, on the day: each is said in its own words."""
    last = ends_at - timedelta(microseconds=1)
    if clock.day_of(last) == clock.today():
        return _("%(name)s: what is shared with %(partner)s ends tonight; say it anew?")
    if ends_at <= clock.now() + policy.THIS_WEEK:
        return _(
            "%(name)s: what is shared with %(partner)s ends within a week, on %(day)s; say it anew?"
        )
    return _("%(name)s: what is shared with %(partner)s ends on %(day)s; say it anew?")


def ends_at_desk(*, actor: Actor) -> list[Handed]:
    """At the desk: how many ends, tonight, within a week, within thirty days. Whose they are and
    with whom is said to their workers alone, who say them anew with them if they wish."""
    if not policy.can_see_how_many_end(actor):
        return []
    rows = places.rows_of_day(ending.AT_DESK, actor=actor, at=clock.now())
    return [
        Handed(
            sentence=sentence % {"number": number},
            url=addresses.to("workload:team"),
            verb=gettext_lazy("Speak of it with the team"),
            icon="clock",
        )
        for row in rows
        for number, sentence in _how_many(row)
        if number
    ]


def _how_many(row: dict[str, int]) -> list[tuple[int, str]]:
    tonight, week, month = row["tonight"], row["week"], row["month"]
    return [
        (
            tonight,
            ngettext(
                "%(number)d agreement to share, of people accompanied here, ends tonight.",
                "%(number)d agreements to share, of people accompanied here, end tonight.",
                tonight,
            ),
        ),
        (
            week,
            ngettext(
                "%(number)d agreement to share, of people accompanied here, ends within a week.",
                "%(number)d agreements to share, of people accompanied here, end within a week.",
                week,
            ),
        ),
        (
            month,
            ngettext(
                "%(number)d agreement to share, of people accompanied here, ends within 30 days.",
                "%(number)d agreements to share, of people accompanied here, end within 30 days.",
                month,
            ),
        ),
    ]


def with_us(*, actor: Actor) -> Block | None:
    """On my day, only when something is shared with us, or lately was: in numbers, no name."""
    if not policy.can_read(actor):
        return None
    people, ended = queries.count_with_us(actor=actor, at=clock.now())
    if not people and not ended:
        return None
    return Block("consents/day.html", {"people": people, "ended": ended})


def way_to_ending(*, actor: Actor) -> Link | None:
    """Beside my people: what they share that ends soon."""
    if not policy.can_share(actor):
        return None
    return Link(gettext_lazy("What soon ends"), addresses.to("consents:ending"), "clock")


def file_shared(consent_id: UUID, *, actor: Actor, at: datetime) -> UUID | None:
    """Of which file something is shared with me now, and open to me."""
    with context.acting_as(replace(actor, purpose=SHARED)) as there:
        consent = queries.to_me(consent_id, actor=there, at=at)
        is_open = consent and participants.is_visible(consent.file_id, actor=there)
    return consent.file_id if consent and is_open else None
