"""What is asked of me and until when, and of those I follow?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from spheres.accounts import queries as accounts
from spheres.accounts.models import Extension, TrainingDay, Undertaking, UndertakingText
from spheres.accounts.queries import Asked, Clearance
from spheres.core.actor import Actor
from spheres.records.between import places
from spheres.sharing.rules import WORKERS

WARNED: Final = timedelta(days=60)  # then again at 30 days, and at 7
LAPSES: Final = "clearances that lapse"
# Mine, and of those I follow: what lapses within sixty days, has lapsed, or never stood. Asked with
# the day, in its one statement.
OF_DAY: Final = """
  select json_build_object('user', c.of_user, 'lapse', c.of_lapse, 'walks', c.of_walking,
    'withheld', c.of_withheld, 'covered', c.for_all)
  from access.clearances() c
  where c.of_lapse is null or c.of_lapse < %(at)s::timestamptz + interval '60 days'"""


@dataclass(frozen=True)
class Mine:
    """All of my own page."""

    asked: Asked
    clearance: Clearance
    newest: UndertakingText | None  # the one to sign, or that I signed
    is_signed: bool
    signed: list[Undertaking]
    trained_until: date | None

    @property
    def to_sign(self) -> UndertakingText | None:
        return None if self.is_signed else self.newest


def mine(*, actor: Actor, at: datetime) -> Mine:
    """What is asked of me here, what stands of it, and what I may sign."""
    newest = accounts.texts(actor=actor).first()
    signed = list(accounts.undertakings(actor=actor).filter(user_id=actor.user_id))
    clearance = accounts.my_clearance(actor=actor, at=at)
    return Mine(
        asked=accounts.asked(actor=actor, at=at),
        clearance=clearance,
        newest=newest,
        is_signed=newest is not None and any(one.text_id == newest.pk for one in signed),
        signed=signed,
        trained_until=a_year_later(clearance.trained_on),
    )


def a_year_later(day: date | None) -> date | None:
    """The day on which a training of that day no longer counts."""
    if day is None:
        return None
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # as the database says it: a year after a 29 February is the 28
        return date(day.year + 1, 2, 28)


def signed_here(
    undertaking_id: UUID, *, actor: Actor
) -> tuple[Undertaking, UndertakingText] | None:
    """One undertaking, with the text as it was signed: mine, or of somebody I follow."""
    row = accounts.undertakings(actor=actor).filter(pk=undertaking_id).first()
    if row is None:
        return None
    return row, accounts.texts(actor=actor).get(pk=row.text_id)


@dataclass(frozen=True)
class Person:
    """One of those I follow, with all that was said and signed."""

    clearance: Clearance
    trainings: list[TrainingDay]
    extensions: list[Extension]
    signed: list[Undertaking]
    names: dict[UUID, str]


def person(user_id: UUID, *, actor: Actor, at: datetime) -> Person | None:
    """One person, for whoever follows them; nobody else exists here."""
    found = accounts.clearances(actor=actor, at=at, user_id=user_id)
    if not found or user_id == actor.user_id:
        return None
    trainings = list(accounts.training_days(user_id, actor=actor))
    extensions = list(accounts.extensions(user_id, actor=actor))
    signed = list(accounts.undertakings(actor=actor).filter(user_id=user_id))
    said_by = {one.said_by for one in trainings} | {one.said_by for one in extensions}
    return Person(found[0], trainings, extensions, signed, accounts.names_of(said_by))


def people(*, actor: Actor, at: datetime) -> list[Clearance]:
    """Those I follow, never myself: by the day on which what stands lapses."""
    found = accounts.clearances(actor=actor, at=at)
    return [one for one in found if one.user_id != actor.user_id]


def begins_at(one: Clearance, *, at: datetime) -> datetime:
    """From when somebody would answer for this person: now, or once what is asked lapses."""
    return max(at, one.lapses_at) if one.is_cleared and one.lapses_at else at


def stand_ins(one: Clearance, *, actor: Actor, at: datetime) -> list[tuple[UUID, str]]:
    """Who may answer for this person here: whoever is cleared, and still is on that day as far as
    is known; never whoever names."""
    day = begins_at(one, at=at)
    lapse = (
        {each.user_id: each.lapses_at for each in accounts.clearances(actor=actor, at=at)}
        if one.is_cleared
        else {}
    )
    return [
        (each.user_id, each.name)
        for each in accounts.who_works_here(WORKERS, actor=actor, at=at)
        if each.is_clear
        and each.user_id not in (one.user_id, actor.user_id)
        and not ((until := lapse.get(each.user_id)) and until <= day)
    ]


def lapsing(*, actor: Actor, at: datetime) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What lapses soon or has lapsed: mine, and of those I follow."""
    rows = places.rows_of_day(LAPSES, actor=actor, at=at)
    me = str(actor.user_id)
    return [row for row in rows if row["user"] == me], [row for row in rows if row["user"] != me]
