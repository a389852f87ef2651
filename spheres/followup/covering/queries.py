"""Who answers for whom, now and in the days to come; and about whom?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from spheres.accounts import queries as accounts
from spheres.accounts.queries import CoWorker
from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.covering import policy
from spheres.participants import queries as participants
from spheres.participants.models import FollowUpStatus
from spheres.participants.queries import Known
from spheres.sharing import queries as sharing
from spheres.sharing.models import Cover
from spheres.sharing.rules import WORKERS
from spheres.ui.text import alphabetical
from spheres.vault import actions as vault


@dataclass(frozen=True)
class Planned:
    """One cover, as the page says it."""

    cover: Cover
    who: str
    for_whom: str
    is_mine: bool  # I answer
    is_for_me: bool  # somebody answers for me
    is_now: bool
    may_end: bool


@dataclass(frozen=True)
class Person:
    """One of a colleague's people, as whoever answers for her reads her."""

    file_id: UUID
    name: str
    pronouns: str
    channel: str
    hours: str
    window: str
    unsafe_on: date | None
    confirmed_on: date | None
    status: str

    @property
    def status_label(self) -> str:
        return str(FollowUpStatus.Status(self.status).label) if self.status else ""


@dataclass(frozen=True)
class Answering:
    """Somebody for whom I answer now, until when, and her people."""

    cover: Cover
    for_whom: str
    people: list[Person]


def coming(*, actor: Actor, at: datetime) -> list[Planned]:
    """Every cover of my organisation that is not over, the soonest first."""
    covers = list(sharing.covers(actor=actor).not_over(at).order_by("starts_at", "kind", "pk"))
    names = names_of(covers)
    return [
        Planned(
            cover=cover,
            who=names.get(cover.user_id, ""),
            for_whom=names.get(cover.for_user_id, ""),
            is_mine=cover.user_id == actor.user_id,
            is_for_me=cover.for_user_id == actor.user_id,
            is_now=cover.starts_at <= at,
            may_end=bool(policy.can_end(actor, cover)),
        )
        for cover in covers
    ]


def names_of(covers: Iterable[Cover]) -> dict[UUID, str]:
    """The names of those who answer, and of those for whom."""
    return accounts.names_of({user for c in covers for user in (c.user_id, c.for_user_id)})


def mine_now(*, actor: Actor, at: datetime) -> list[Cover]:
    """The covers by which I answer now, the first to end first."""
    return list(
        sharing.covers(actor=actor).answered_by(actor.user_id, at).order_by("ends_at", "pk")
    )


def answering(*, actor: Actor, at: datetime) -> list[Answering]:
    """For whom I answer now, and her people, by name; one list event names them all."""
    covers = mine_now(actor=actor, at=at)
    if not covers:
        return []
    names = names_of(covers)
    theirs = participants.those_of({c.for_user_id for c in covers}, actor=actor, at=at)
    vault.open(
        [row for people in theirs.values() for one in people for row in one.rows],
        by=actor,
        action="list",
        only=("chosen_name", "pronouns", "hours", "window"),
    )
    return [
        Answering(
            cover,
            names.get(cover.for_user_id, ""),
            sorted(
                (_person(one) for one in theirs[cover.for_user_id]),
                key=lambda person: (alphabetical(person.name), person.file_id),
            ),
        )
        for cover in covers
    ]


def _person(one: Known) -> Person:
    contact = one.contact
    return Person(
        file_id=one.identity.file_id,
        name=one.identity.opened.chosen_name,
        pronouns=one.identity.opened.pronouns,
        channel=contact.channel if contact else "",
        hours=contact.opened.hours if contact else "",
        window=contact.opened.window if contact else "",
        unsafe_on=contact.unsafe_on if contact else None,
        confirmed_on=contact.confirmed_on if contact else None,
        status=one.status,
    )


def workers(*, actor: Actor, at: datetime) -> list[CoWorker]:
    """Those who accompany people in my organisation today, by name."""
    return accounts.who_works_here(WORKERS, actor=actor, at=at)


def cover(cover_id: UUID, *, actor: Actor) -> Cover | None:
    """One cover of my organisation."""
    context.require(actor)
    return sharing.covers(actor=actor).filter(pk=cover_id).first()
