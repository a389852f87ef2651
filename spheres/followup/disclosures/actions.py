"""What can be done of a disclosure? Prepare it, decide, hand it over, receive it, take it back."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.clock import birthday
from spheres.core.decision import no
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.followup.disclosures import policy, queries
from spheres.followup.disclosures.models import Behind, Remark, Told
from spheres.followup.disclosures.policy import Capacity, Ground, Purpose
from spheres.participants.queries import Header
from spheres.records.between import refusing
from spheres.regions import queries as regions
from spheres.sharing import actions as sharing
from spheres.sharing.models import Disclosure, DisclosureStep
from spheres.sharing.rules import IDENTITY
from spheres.vault import actions as vault

Step = DisclosureStep.Kind


@dataclass(frozen=True)
class Prepared:
    """What is told, to whom, by what right, for what, until which day."""

    id: UUID
    ground: str
    purpose: str
    capacity: str
    items: Mapping[str, str]
    ends_on: date
    to_organisation_id: UUID | None = None
    to_user_id: UUID | None = None
    recipient: str = ""
    meeting_on: date | None = None
    # Which relative it is, when the person refuses some: asked, never kept.
    kin: str = ""
    # Who said yes and how; or what the ground demands, and whether she was told.
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """What somebody asked, and was not told."""

    id: UUID
    purpose: str
    capacity: str
    recipient: str
    reason: str


@transaction.atomic
def prepare(file_id: UUID, told: Prepared, *, person: Header, by: Actor, at: datetime) -> bool:
    """Freeze it, for a second person to decide. Sent twice, it is prepared once."""
    policy.can_prepare(by).or_raise()
    may_prepare(file_id, told, person=person, by=by, at=at)
    about, sections = dict(told.about), {policy.ITEMS[code].section for code in told.items}
    if not policy.OF_THERAPY.isdisjoint(told.items):
        sections.add(IDENTITY)  # whatever it says, a letter is of somebody
        about |= {"recipient": told.recipient} if told.recipient else {}  # read by who decides
    row = Disclosure(
        id=told.id,
        file_id=file_id,
        organisation_id=by.organisation_id,
        ground=told.ground,
        purpose=told.purpose,
        capacity=told.capacity,
        to_organisation_id=told.to_organisation_id,
        to_user_id=told.to_user_id,
        meeting_on=told.meeting_on,
        items=list(told.items),
        sections=sorted(sections),
        giver=told.about.get("given_by", ""),
        form=told.about.get("form", ""),
        ends_at=end_of(told.ends_on),
        prepared_by=by.user_id,
        prepared_at=at,
    )
    if not sharing.prepare(row, by=by):
        return False
    kept = {"id": told.id, "file_id": file_id, "written_by": by.user_id, "written_at": at}
    words, behind = Told(**kept), Behind(**kept)
    vault.lock(words, recipient=told.recipient, items=json.dumps(dict(told.items)))
    vault.lock(behind, about=json.dumps(about))
    create_once(words)
    create_once(behind)
    return True


def may_prepare(file_id: UUID, told: Prepared, *, person: Header, by: Actor, at: datetime) -> None:
    """Whether each item may go, to this recipient, on this ground, until that day."""
    today, alone = clock.day_of(at), regions.region().self_from
    policy.may_write(by, told.items).or_raise()
    policy.may_hear(told.items, told.ground, told.capacity).or_raise()
    refused = refusing.relatives(file_id, actor=by)
    policy.may_hear_as_relative(told.ground, told.capacity, told.kin, refused).or_raise()
    policy.serves(told.ground, told.purpose).or_raise()
    barred: Collection[str] = ()
    if told.to_organisation_id is not None:
        to = queries.recipient(told.to_organisation_id, told.to_user_id, actor=by)
        policy.may_receive(
            told.ground, told.purpose,
            is_police=to is not None and to.is_police, is_here=to is not None,
            is_whole=told.to_user_id is None,
        ).or_raise()  # fmt: skip
        barred = queries.barred(file_id, to, actor=by, at=at) if to else ()
    for code in told.items:
        policy.may_tell(code, told.purpose, barred=barred).or_raise()
    is_adult = person.decides_alone(on=today, since_age=policy.ADULT)
    policy.at_this_age(told.ground, is_adult=is_adult).or_raise()
    given_by = told.about.get("given_by", "")
    if told.ground == Ground.CONSENT:
        decides_alone = person.decides_alone(on=today, since_age=alone)
        policy.gives(given_by, decides_alone=decides_alone, suspended=person.suspended).or_raise()
    if missing := policy.is_whole(told.ground, dict(told.about)):
        no(next(iter(missing.values()))).or_raise()
    latest = policy.last_day(today, given_by, born=born_on(person), alone=alone)
    policy.can_last_until(told.ends_on, today, latest=latest).or_raise()


@transaction.atomic
def refuse_what_is_asked(file_id: UUID, asked: Asked, *, by: Actor, at: datetime) -> bool:
    """Write in her register that something was asked, and that nothing was told."""
    policy.can_write_down(by).or_raise()
    row = Disclosure(
        id=asked.id,
        file_id=file_id,
        organisation_id=by.organisation_id,
        purpose=asked.purpose,
        capacity=asked.capacity,
        items=[],
        sections=[],
        is_refused=True,
        prepared_by=by.user_id,
        prepared_at=at,
    )
    if not sharing.prepare(row, by=by):
        return False
    kept = {"id": asked.id, "file_id": file_id, "written_by": by.user_id, "written_at": at}
    words, behind = Told(**kept), Behind(**kept)
    vault.lock(words, recipient=asked.recipient)
    vault.lock(behind, about=json.dumps({"reason": asked.reason}))
    create_once(words)
    create_once(behind)
    return True


@transaction.atomic
def decide(
    one: Disclosure, *, step_id: UUID, is_approved: bool, words: str, by: Actor, at: datetime
) -> None:
    """A second person says yes, or no with a reason. WrongState when somebody has just decided, or
    when the person took back her yes."""
    policy.can_decide(by, one.prepared_by).or_raise()
    became = queries.steps_of([one.pk], actor=by)
    if any(step.pk == step_id for step in became):
        return  # the same press, sent again
    if any(step.kind == Step.WITHDRAWN for step in became):
        raise WrongState(policy.TAKEN_BACK)
    if any(step.kind in {Step.APPROVED, Step.REFUSED} for step in became):
        raise WrongState(policy.DECIDED)
    if one.ends_at is not None and one.ends_at <= at:
        raise WrongState(policy.OVER)
    kind = Step.APPROVED if is_approved else Step.REFUSED
    if is_approved and not queries.still_receives(one, actor=by):
        policy.may_receive(one.ground, one.purpose, is_police=False, is_here=False).or_raise()
    # What is said of it first: once decided, it waits for nobody.
    _remark(one, step_id, words, by=by, at=at)
    if not sharing.go_on(one, step_id, kind, by=by, at=at):
        raise WrongState(policy.DECIDED)


@transaction.atomic
def hand_over(one: Disclosure, *, step_id: UUID, receipt: str, by: Actor, at: datetime) -> None:
    """The paper went to somebody outside, who said having received it; once."""
    policy.can_prepare(by).or_raise()
    became = {step.kind for step in queries.steps_of([one.pk], actor=by)}
    if Step.HANDED in became:
        return
    if (
        Step.APPROVED not in became
        or Step.WITHDRAWN in became
        or one.to_organisation_id is not None
        or one.ends_at is None
        or one.ends_at <= at
    ):
        raise WrongState(policy.NOT_NOW)
    if sharing.go_on(one, step_id, Step.HANDED, by=by, at=at):
        _remark(one, step_id, receipt, by=by, at=at)


@transaction.atomic
def receive(one: Disclosure, *, step_id: UUID, by: Actor, at: datetime) -> None:
    """Its recipient says having received it; pressed twice, it is said once."""
    policy.can_receive(by).or_raise()
    sharing.go_on(one, step_id, Step.RECEIVED, by=by, at=at)


@transaction.atomic
def take_back(one: Disclosure, *, step_id: UUID, by: Actor, at: datetime) -> None:
    """She takes back her yes: at the next statement nobody there reads it. What was told stays in
    the register. Pressed twice, it is taken back once."""
    policy.can_prepare(by).or_raise()
    if one.ground != Ground.CONSENT:
        raise WrongState(policy.NOT_NOW)
    sharing.go_on(one, step_id, Step.WITHDRAWN, by=by, at=at)


def end_beyond(file_id: UUID, born: date, *, by: Actor, at: datetime) -> None:
    """Her day of birth is learnt: what another said yes to for her, and that would still be read
    after she is 14, is taken back now."""
    last = birthday(born, regions.region().self_from) - policy.A_DAY
    sharing.end_told_beyond(file_id, end_of(last))


def end_of_representative(
    file_id: UUID, who: str, *, ends_all: bool, by: Actor, at: datetime
) -> None:
    """The rights of whoever said yes for her are suspended: what no second person has decided yet
    is taken back, and is never told; what was decided, when her worker says so."""
    for line in queries.of_file(file_id, actor=by, at=at).lines:
        row, became = line.row, {step.kind for step in line.steps}
        if (
            row.ground == Ground.CONSENT
            and row.giver == who
            and row.ends_at is not None
            and row.ends_at > at
            and not became & {Step.WITHDRAWN, Step.REFUSED}
            and (ends_all or Step.APPROVED not in became)
        ):
            step_id = uuid5(row.pk, f"suspended, {at.isoformat()}")
            sharing.go_on(row, step_id, Step.WITHDRAWN, by=by, at=at)


def _remark(one: Disclosure, step_id: UUID, words: str, *, by: Actor, at: datetime) -> None:
    if not words:
        return
    row = Remark(
        id=step_id, disclosure_id=one.pk, file_id=one.file_id, written_by=by.user_id, written_at=at
    )
    vault.lock(row, words=words)
    create_once(row)


def to_survivors(
    disclosure_id: UUID,
    organisation_id: UUID,
    *,
    items: Mapping[str, str],
    about: Mapping[str, str],
    ends_on: date,
) -> Prepared:
    """A request to the survivor programme: a name, a language, a safe way, two dates."""
    return Prepared(
        id=disclosure_id,
        ground=Ground.CONSENT,
        purpose=Purpose.SURVIVOR,
        capacity=Capacity.SURVIVORS,
        items=items,
        ends_on=ends_on,
        to_organisation_id=organisation_id,
        about=about,
    )


def end_of(day: date) -> datetime:
    """The moment this day is over where the programme works."""
    midnight = datetime.combine(day + timedelta(days=1), time())
    return timezone.make_aware(midnight, timezone.get_default_timezone())


def born_on(person: Header) -> date | None:
    """Her day of birth, when it is known."""
    try:
        return date.fromisoformat(person.birth_date)
    except ValueError:
        return None
