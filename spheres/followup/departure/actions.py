"""What can be done when a partner leaves? Ask, confirm, ask each person, receive, call off, end.

Each step may be pressed twice: it is done once. Nothing is erased by any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import DatabaseError, transaction

from spheres.accounts import actions as accounts
from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.core.once import create_once
from spheres.core.states import HAS_CHANGED
from spheres.followup.departure import copying, policy, queries
from spheres.followup.departure.models import Say
from spheres.sharing import parting
from spheres.sharing.models import Departure
from spheres.vault import actions as vault

SECTION: Final = "summary"
ATTEMPTS: Final = 3  # to compare the others' files at a moment when nobody writes in them
Way = Say.Way


@dataclass(frozen=True)
class Said:
    """What she wants next, in her words; or that she could not be reached."""

    id: UUID
    way: str
    to_organisation_id: UUID | None = None
    her_words: str = ""


@transaction.atomic
def ask(departure_id: UUID, last_on: date, *, by: Actor) -> None:
    """A manager asks that the organisation leaves. Raises NotAllowed with the reason."""
    policy.can_lead_out(by).or_raise()
    became = queries.ask_to_leave(departure_id, last_on, actor=by)
    if became != parting.ASKED:
        raise NotAllowed(policy.REFUSED.get(became, policy.NOT_NOW))
    audit.record("departure.asked", by=by, records=[departure_id])


@transaction.atomic
def confirm(departure: Departure, *, by: Actor) -> None:
    """The coordination confirms: from now on, each person is asked."""
    policy.can_see_to(by).or_raise()
    _move("confirm", departure, "departure.confirmed", by=by)


@transaction.atomic
def call_off(departure: Departure, *, by: Actor) -> None:
    """It does not leave. What people said stays as their words; nothing else had moved."""
    policy.can_call_off(by, departure).or_raise()
    _move("call_off", departure, "departure.called_off", by=by)


@transaction.atomic
def receive(departure: Departure, *, by: Actor) -> None:
    """They hold what is theirs: its records and its registers."""
    policy.can_receive(by, departure).or_raise()
    _move("receive", departure, "departure.received", by=by)


def _move(step: str, departure: Departure, told: str, *, by: Actor) -> None:
    if not queries.move(step, departure.pk, actor=by):
        raise WrongState(HAS_CHANGED)
    audit.record(told, by=by, records=[departure.pk])


@transaction.atomic
def copy(departure: Departure, passphrase: str, *, by: Actor) -> bytes:
    """One archive that only the passphrase opens: of those I walk with, of the registers I keep."""
    policy.can_copy(by, departure).or_raise()
    made = copying.sealed(departure, passphrase, by=by)
    audit.record("departure.copied", by=by, records=[departure.pk])
    return made


@transaction.atomic
def say(file_id: UUID, said: Said, *, by: Actor, at: datetime) -> None:
    """Write down what she wants, or that she could not be reached. Sent twice, it is kept once."""
    policy.can_ask(by).or_raise()
    departure = queries.announced(actor=by)
    if departure is None or not queries.walks_with(file_id, actor=by):
        raise NotAllowed(policy.NOT_NOW)
    if said.to_organisation_id and str(said.to_organisation_id) not in dict(
        queries.partners(actor=by)
    ):
        raise NotAllowed(policy.CANNOT_GO)
    row = Say(
        id=said.id,
        file_id=file_id,
        departure_id=departure.pk,
        way=said.way,
        to_organisation_id=said.to_organisation_id,
        said_on=clock.day_of(at),
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(row, her_words=said.her_words)
    if not create_once(row):
        return
    audit.record(
        "departure.tried" if said.way == Way.NOT_REACHED else "departure.said",
        by=by,
        file_id=file_id,
        sections=[SECTION],
        records=[row.pk],
        digest=vault.digest(row),
    )


@transaction.atomic
def end(departure: Departure, *, by: Actor, at: datetime) -> None:
    """The last press: what is shared ends, access ends, and the files of the others did not move.

    Raises WrongState when something must be seen to first, or when others write at this moment.
    """
    numbers = queries.numbers(departure.organisation_id, actor=by)
    if departure.ended_at is not None:
        return
    policy.can_end(by, departure, waits=numbers.waits, today=clock.day_of(at)).or_raise()
    if not any(_ends(departure, by=by) for _attempt in range(ATTEMPTS)):
        raise WrongState(policy.OTHERS_WRITE)
    accounts.end_everybody(departure.organisation_id, by=by, at=at)
    audit.record("departure.ended", by=by, records=[departure.pk])


def _ends(departure: Departure, *, by: Actor) -> bool:
    """Whether it ended; False when a row of another's file changed between the two looks."""
    try:
        with transaction.atomic():
            became = queries.end(departure, actor=by)
    except DatabaseError as refusal:
        if getattr(refusal.__cause__, "sqlstate", "") != parting.MOVED:
            raise
        return False
    if became != parting.ENDED:
        raise WrongState(policy.NOT_YET)
    return True
