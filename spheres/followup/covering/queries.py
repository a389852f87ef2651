"""Who answers for whom, now and in the days to come; and about whom?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from spheres.accounts import queries as accounts
from spheres.accounts.queries import CoWorker
from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.covering import policy
from spheres.participants import queries as participants
from spheres.participants.models import FollowUpStatus
from spheres.participants.queries import Known
from spheres.records import places
from spheres.records.queries import Reach
from spheres.sharing import queries as sharing
from spheres.sharing.models import Cover
from spheres.sharing.rules import WORKERS
from spheres.ui.text import alphabetical
from spheres.vault import actions as vault

ANSWERED: Final = "covers"
BY_ME: Final = """
select json_build_object('id', v.id, 'kind', v.kind, 'for', v.for_user_id, 'name', u.name,
  'ends_at', v.ends_at)
from sharing_cover v left join accounts_user u on u.id = v.for_user_id
where v.user_id = %(user)s and v.organisation_id = %(here)s
  and v.starts_at <= %(at)s and v.ends_at > %(at)s"""


@dataclass(frozen=True)
class Mine:
    """A cover by which I answer now: for whom, and until when."""

    kind: str
    for_user_id: UUID
    name: str
    ends_at: datetime

    @property
    def kind_label(self) -> str:
        return str(Cover.Kind(self.kind).label)


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


@dataclass(frozen=True, kw_only=True)
class Person(Reach):
    """One of a colleague's people, as whoever answers for her reads her."""

    file_id: UUID
    name: str
    pronouns: str
    status: str

    @property
    def status_label(self) -> str:
        return str(FollowUpStatus.Status(self.status).label) if self.status else ""


@dataclass(frozen=True)
class Answering:
    """Somebody for whom I answer now, until when, and her people."""

    cover: Mine
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


def mine_now(*, actor: Actor, at: datetime) -> list[Mine]:
    """The covers by which I answer now, the first to end first."""
    rows = places.rows_of_day(ANSWERED, actor=actor, at=at)
    return [
        Mine(
            kind=row["kind"],
            for_user_id=UUID(row["for"]),
            name=row["name"] or "",
            ends_at=datetime.fromisoformat(row["ends_at"]),
        )
        for row in sorted(rows, key=lambda row: (row["ends_at"], row["id"]))
    ]


def answering(*, actor: Actor, at: datetime) -> list[Answering]:
    """For whom I answer now, and her people, by name; one list event names them all."""
    covers = mine_now(actor=actor, at=at)
    if not covers:
        return []
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
            sorted(
                (_person(one) for one in theirs[cover.for_user_id]),
                key=lambda person: (alphabetical(person.name), person.file_id),
            ),
        )
        for cover in covers
    ]


def _person(one: Known) -> Person:
    return Person.of(
        one.contact,
        file_id=one.identity.file_id,
        name=one.identity.opened.chosen_name,
        pronouns=one.identity.opened.pronouns,
        status=one.status,
    )


def workers(*, actor: Actor, at: datetime) -> list[CoWorker]:
    """Those who accompany people in my organisation today, by name."""
    return accounts.who_works_here(WORKERS, actor=actor, at=at)


def cover(cover_id: UUID, *, actor: Actor) -> Cover | None:
    """One cover of my organisation."""
    context.require(actor)
    return sharing.covers(actor=actor).filter(pk=cover_id).first()
