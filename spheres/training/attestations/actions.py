"""What is done about who was trained? Say it, take it back, invite; and tell what it opens.

Each telling of it says anew, where somebody works, the training day that counts there: files are
given by that day (`sharing/clearing.py`), and nobody says it of herself.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction

from spheres.accounts import actions as accounts
from spheres.accounts import queries as people
from spheres.accounts.models import TrainingDay
from spheres.audit import actions as audit
from spheres.core import clock, context
from spheres.core.actor import Actor, service
from spheres.core.once import create_once
from spheres.records.between.trained import TookPart
from spheres.training.attestations import numbers, policy, queries
from spheres.training.attestations.models import (
    ATTEST,
    OUTSIDE,
    Attestation,
    Given,
    Invited,
    TakenBack,
)
from spheres.training.catalogue.models import Topic

SERVICE: Final = service("attestations")


@dataclass(frozen=True)
class Shown:
    """What a paper says that somebody showed: of an account, or of somebody outside, by name."""

    topic: str
    taken_on: date
    language: str
    user_id: UUID = OUTSIDE
    name: str = ""
    organisation: str = ""
    environment: str = ""
    region: str = ""


def until(topic: Topic, taken_on: date) -> date | None:
    """The last day on which a training of that day holds; None when it does not lapse."""
    if not topic.valid_months:
        return None
    month = taken_on.month - 1 + topic.valid_months
    year, month = taken_on.year + month // 12, month % 12 + 1
    return taken_on.replace(
        year=year, month=month, day=min(taken_on.day, calendar.monthrange(year, month)[1])
    )


@transaction.atomic
def attest(attestation_id: UUID, shown: Shown, *, by: Actor, at: datetime) -> None:
    """Write what a paper says that was shown to the coordination; said twice, once."""
    policy.can_coordinate(by).or_raise()
    policy.can_attest(by, shown.user_id).or_raise()
    topic = queries.topics(actor=by)[shown.topic]
    row = row_of(attestation_id, shown, topic, Attestation.Source.SHOWN, by, at)
    if create_once(row):
        audit.record("attestation.said", by=by, records=[row.pk])
        tell_clearance({shown.user_id}, by=by, at=at)


@transaction.atomic
def follow(those: Sequence[TookPart], *, by: Actor, at: datetime) -> None:
    """Whoever took part in a training is attested, once; whoever closes the list is left out of it:
    somebody else says it of that person. Whoever teaches along may have any role: then the list
    itself says it, in nobody’s name."""
    known = queries.topics(actor=by)
    rows = []
    saying = by if by.has(*ATTEST) else replace(SERVICE, organisation_id=by.organisation_id)
    for one in those:
        who = one.user_id or OUTSIDE
        if who == by.user_id:
            continue
        said_of = (one.name, one.organisation, one.environment, one.region)
        named = said_of if who == OUTSIDE else ()
        shown = Shown(one.topic, one.on, one.language, who, *named)
        said = f"{one.topic} {one.user_id or f'{one.name} {one.organisation}'.casefold()}"
        source = Attestation.Source.SESSION
        rows.append(
            row_of(uuid5(one.session_id, said), shown, known[one.topic], source, saying, at)
        )
    with context.acting_as(saying):
        created = [row for row in rows if create_once(row)]
    if created:
        audit.record("attestation.said", by=by, records=[row.pk for row in created])
        tell_clearance({row.user_id for row in created}, by=by, at=at)


@transaction.atomic
def give(held: queries.Held, *, by: Actor, at: datetime) -> None:
    """The paper leaves the house: the journal says it each time, the first is kept."""
    policy.can_read_own(by).or_raise()
    row = held.row
    create_once(
        Given(
            id=uuid5(row.pk, "given"),
            attestation_id=row.pk,
            user_id=row.user_id,
            given_by=by.user_id,
            given_at=at,
        )
    )
    audit.record("attestation.given", by=by, records=[row.pk])


@transaction.atomic
def keep_sheet(wish: queries.Wish, *, by: Actor, at: datetime, on: date) -> queries.Coverage:
    """Where everybody one follows stands, to keep outside: names leave, and the journal says it."""
    policy.can_follow(by).or_raise()
    found = queries.coverage(wish, actor=by, at=at, on=on, most=None)
    audit.record("attestation.sheet", by=by, records=[one.user_id for one in found.people])
    return found


def row_of(
    attestation_id: UUID, shown: Shown, topic: Topic, source: str, by: Actor, at: datetime
) -> Attestation:
    """What is written of one training: until when it holds follows from its topic."""
    return Attestation(
        id=attestation_id,
        user_id=shown.user_id,
        name=shown.name,
        organisation=shown.organisation,
        environment=shown.environment,
        region=shown.region,
        language=shown.language,
        topic=shown.topic,
        taken_on=shown.taken_on,
        ends_on=until(topic, shown.taken_on),
        source=source,
        number=numbers.number_of(attestation_id),
        said_by=by.user_id,
        said_at=at,
    )


@transaction.atomic
def take_back(taken_id: UUID, held: queries.Held, *, reason: str, by: Actor, at: datetime) -> None:
    """An attestation that was a mistake holds no more; it stays written, and says why."""
    row = held.row
    policy.can_take_back(by, row.user_id, held.taken_back is not None).or_raise()
    taken = TakenBack(
        id=taken_id,
        attestation_id=row.pk,
        user_id=row.user_id,
        reason=reason,
        taken_by=by.user_id,
        taken_at=at,
    )
    if create_once(taken):
        audit.record("attestation.taken_back", by=by, records=[row.pk], basis=reason)
        tell_clearance({row.user_id}, by=by, at=at)


@transaction.atomic
def invite(form_id: UUID, those: Sequence[queries.ToRenew], *, by: Actor, at: datetime) -> None:
    """These people were invited to renew what lapses; sent twice, once."""
    policy.can_coordinate(by).or_raise()
    created = [
        row
        for one in those
        if create_once(
            row := Invited(
                id=uuid5(form_id, one.key),
                user_id=one.user_id,
                topic=one.topic.slug,
                invited_by=by.user_id,
                invited_at=at,
            )
        )
    ]
    if created:
        audit.record("training.invited", by=by, records=[row.pk for row in created])


def tell_clearance(users: Collection[UUID], *, by: Actor, at: datetime) -> None:
    """Say, in each organisation where these people work, the training day that counts there.

    What somebody of the organisation said is left, unless the programme attests a later day.
    """
    bodies = queries.bodies_of(set(users) - {OUTSIDE}, actor=by, at=at)
    for body, (asks, those) in sorted(bodies.items()):
        with context.acting_as(replace(SERVICE, organisation_id=body)) as saying:
            days = queries.trained_days(those, asks, actor=saying)
            stands = people.training_stands(those, actor=saying)
            for user, day in sorted(days.items()):
                if _is_new(day, stands.get(user)):
                    accounts.say_trained(
                        uuid5(body, f"{user} {day} {at.isoformat()}"),
                        user_id=user,
                        trained_on=day,
                        source=_source(day),
                        by=saying,
                        at=at,
                    )


def _is_new(day: date | None, stands: TrainingDay | None) -> bool:
    """What we said ourselves follows what is attested; what somebody said yields to a later day."""
    if stands is None:
        return day is not None
    if stands.said_by == SERVICE.user_id:
        return day != stands.trained_on
    return day is not None and day > (stands.trained_on or clock.day_of(stands.said_at))


def _source(day: date | None) -> str:
    return TrainingDay.Source.PROGRAMME if day else TrainingDay.Source.NONE
