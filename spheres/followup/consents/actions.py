"""What can be done of what she shares? Give it, renew it, take it back, say no to it at 14."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.clock import birthday
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.followup.consents import absences, policy, queries
from spheres.followup.consents.models import Declined, Said
from spheres.participants.queries import Header
from spheres.regions import queries as regions
from spheres.sharing import actions as sharing
from spheres.sharing.models import Consent
from spheres.sharing.rules import IDENTITY
from spheres.vault import actions as vault


@dataclass(frozen=True)
class Given:
    """What she agrees to: with whom, what, what for, until which day; and how it was said."""

    id: UUID
    organisation_id: UUID
    sections: tuple[str, ...]
    purpose: str
    given_by: str
    form: str
    language: str
    text_version: str
    ends_on: date
    user_id: UUID | None = None
    giver: str = ""
    witness: str = ""
    ground: str = ""
    reason: str = ""
    renews_id: UUID | None = None
    # For one absence: from its beginning, and no longer than it lasts.
    cover_id: UUID | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@transaction.atomic
def give(file_id: UUID, given: Given, *, person: Header, by: Actor, at: datetime) -> bool:
    """Keep what she shares: the partner reads it from now. Sent twice, it is one.

    What it renews is taken back at the same moment, so that two never stand for one.
    """
    policy.can_share(by).or_raise()
    may_give(person, given, at=at)
    starts_at, ends_at = span_of(given, at)
    if ends_at <= starts_at:
        raise WrongState(_("This absence is over: nobody is to answer any more."))
    if given.cover_id and absences.agrees_to(file_id, given.cover_id, actor=by, at=at):
        return False
    consent = Consent(
        id=given.id,
        file_id=file_id,
        organisation_id=given.organisation_id,
        user_id=given.user_id,
        cover_id=given.cover_id,
        purpose=given.purpose,
        sections=sorted({IDENTITY, *given.sections}),
        giver=given.given_by,
        form=given.form,
        language=given.language,
        text_version=given.text_version,
        taken_by=by.user_id,
        taken_at=at,
        starts_at=starts_at,
        ends_at=ends_at,
        renews_id=given.renews_id,
    )
    if not sharing.agree(consent, by=by):
        return False
    said = Said(
        id=given.id, file_id=file_id, ground=given.ground, written_by=by.user_id, written_at=at
    )
    vault.lock(said, giver=given.giver, witness=given.witness, reason=given.reason)
    create_once(said)
    if given.renews_id is not None:
        whose = who_says(given.given_by)
        sharing.withdraw(file_id, given.renews_id, said_by=whose, form=given.form, by=by, at=at)
    return True


def span_of(given: Given, at: datetime) -> tuple[datetime, datetime]:
    """From when until when: from now until the end of its last day; within an absence, of one."""
    last = end_of(given.ends_on)
    return max(at, given.starts_at or at), min(last, given.ends_at or last)


def may_give(person: Header, given: Given, *, at: datetime) -> None:
    """Whether this yes is enough at her age of that day, and lasts no longer than it may."""
    today, alone = clock.day_of(at), regions.region().self_from
    decides_alone = person.decides_alone(on=today, since_age=alone)
    policy.gives(given.given_by, decides_alone=decides_alone, suspended=person.suspended).or_raise()
    policy.is_whole(
        given.given_by, given.form, giver=given.giver, witness=given.witness, ground=given.ground
    ).or_raise()
    latest = policy.latest_day(today, given.given_by, born=born_on(person), alone=alone)
    policy.can_last_until(given.ends_on, today, latest=latest).or_raise()


@transaction.atomic
def take_back(
    file_id: UUID,
    consents: Collection[UUID],
    *,
    said_by: Consent.Withdrawer,
    form: str,
    suspended: Collection[str] = (),
    by: Actor,
    at: datetime,
) -> list[UUID]:
    """She takes back these, or all when none is named: at the next statement it is over."""
    policy.can_take_back(by, said_by, suspended=suspended).or_raise()
    return sharing.withdraw(file_id, *consents, said_by=said_by, form=form, by=by, at=at)


@transaction.atomic
def say_no(
    file_id: UUID, consent_id: UUID, *, form: str, person: Header, by: Actor, at: datetime
) -> bool:
    """Asked of her alone, she does not want it any more: kept once, and asked no more."""
    policy.can_share(by).or_raise()
    one = next(
        one for one in queries.of_file(file_id, actor=by, at=at) if one.consent.pk == consent_id
    )
    if one.declined:
        return False
    alone = person.decides_alone(on=clock.day_of(at), since_age=regions.region().self_from)
    policy.can_decline(decides_alone=alone, waits_for_her=one.waits_for_her).or_raise()
    said = Declined(id=consent_id, file_id=file_id, form=form, written_by=by.user_id, written_at=at)
    if not create_once(said):
        return False
    audit.record("consent.declined", by=by, file_id=file_id, records=[consent_id])
    return True


def end_beyond(file_id: UUID, born: date, *, by: Actor, at: datetime) -> None:
    """Her day of birth is learnt: what another agreed to for her, and that would go on after she is
    14, is over now. Whoever agreed may say it anew until that day; from that day, she alone."""
    last = birthday(born, regions.region().self_from) - policy.A_DAY
    beyond = [
        one.pk
        for one in queries.not_over(file_id, actor=by, at=at)
        if one.giver in policy.NOT_YET_14 and one.over_at > end_of(last)
    ]
    if beyond:
        team = Consent.Withdrawer.TEAM
        sharing.withdraw(file_id, *beyond, said_by=team, form="", by=by, at=at)


def end_of_representative(
    file_id: UUID, who: str, *, ends_all: bool, by: Actor, at: datetime
) -> None:
    """The rights of whoever gave it for her are suspended: it ends now when her worker says so, in
    the name of the team; else it stands, marked to be looked at again."""
    if not ends_all:
        return
    theirs = [one.pk for one in queries.not_over(file_id, actor=by, at=at) if one.giver == who]
    if theirs:
        team = Consent.Withdrawer.TEAM
        sharing.withdraw(file_id, *theirs, said_by=team, form="", by=by, at=at)


def who_says(given_by: str) -> Consent.Withdrawer:
    """In whose name what is renewed is taken back."""
    if given_by in policy.FOR_HER:
        return Consent.Withdrawer.REPRESENTATIVE
    return Consent.Withdrawer.HERSELF


def end_of(day: date) -> datetime:
    """The moment this day is over where the programme works, whatever its clocks do that night."""
    midnight = datetime.combine(day + timedelta(days=1), time())
    return timezone.make_aware(midnight, timezone.get_default_timezone())


def born_on(person: Header) -> date | None:
    """Her day of birth, when it is known."""
    try:
        return date.fromisoformat(person.birth_date)
    except ValueError:
        return None
