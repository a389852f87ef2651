"""What can be done with her safety? Say a sheet anew, correct it, say when to look again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.core.states import move
from spheres.followup.safety_net import asking, policy, queries
from spheres.followup.safety_net.asking import Answers
from spheres.followup.safety_net.models import Look, Part, Sheet, SheetStatus
from spheres.records import actions as records
from spheres.records.models import Pen
from spheres.sharing.rules import SAFETY
from spheres.vault import actions as vault


class Overtaken(WrongState):
    """Somebody else wrote this sheet since it was shown: both texts are to be seen."""


@dataclass(frozen=True)
class Written:
    """What the form says. Only the day is required; `on` is the version one was looking at."""

    id: UUID
    on: int
    occurred_at: datetime
    part: str = Part.NET
    pen: str = Pen.TOGETHER
    answers: Answers = field(default_factory=dict)
    rhythm: str = ""
    agreed_on: date | None = None
    her_words: str = ""
    observation: str = ""
    support: str = ""


@transaction.atomic
def sign(file_id: UUID, written: Written, *, by: Actor, at: datetime) -> UUID:
    """Keep the sheet as it is said now; the version before stays readable, and stands no more.

    Its draft is forgotten in the same transaction. Sent twice, it is one version. Raises Overtaken,
    and nothing is written.
    """
    policy.can_write(by).or_raise()
    _write(file_id, written, corrects=None, by=by, at=at)
    return written.id


@transaction.atomic
def correct(file_id: UUID, record_id: UUID, written: Written, *, by: Actor, at: datetime) -> UUID:
    """Write the version that says what should have been said; both stay readable."""
    standing = queries.lock(record_id, actor=by)
    record = queries.of_file(file_id, actor=by).get(pk=record_id)
    policy.can_correct(by, record, standing.status).or_raise()
    if _write(file_id, written, corrects=record, by=by, at=at):
        move(standing, SheetStatus.Status.CORRECTED, by=by, at=at)
    return written.id


@transaction.atomic
def look_again(file_id: UUID, look_id: UUID, why: str, *, by: Actor, at: datetime) -> None:
    """Say that something calls for looking again, or that it was looked at and fits. Said once."""
    policy.can_write(by).or_raise()
    look = Look(
        id=look_id, file_id=file_id, why=Look.Why(why), written_by=by.user_id, written_at=at
    )
    if not create_once(look):
        return
    audit.record(
        "safety.fits" if why == Look.Why.FITS else "safety.look_again",
        by=by,
        file_id=file_id,
        sections=[SAFETY],
        records=[look.pk],
    )


def _write(
    file_id: UUID, written: Written, *, corrects: Sheet | None, by: Actor, at: datetime
) -> bool:
    if queries.of_file(file_id, actor=by).filter(pk=written.id).exists():
        return False
    if queries.number_of(file_id, written.part, actor=by) != written.on:
        raise Overtaken(_("Somebody else has written this sheet meanwhile."))
    sheet = Sheet(
        id=written.id,
        file_id=file_id,
        part=written.part,
        number=written.on + 1,
        pen=written.pen,
        rhythm=written.rhythm,
        agreed_on=written.agreed_on,
        occurred_at=written.occurred_at,
        corrects=corrects,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(
        sheet,
        her_words=written.her_words,
        observation=written.observation,
        support=written.support,
        answers=asking.written(written.answers),
    )
    try:
        if not create_once(sheet):
            return False
    except IntegrityError as second:
        raise Overtaken(_("Somebody else has written this sheet meanwhile.")) from second
    SheetStatus.objects.bulk_create(
        [
            SheetStatus(
                record=sheet,
                file_id=file_id,
                status=SheetStatus.Status.SIGNED,
                status_by=by.user_id,
                status_at=at,
            )
        ]
    )
    records.discard_draft(written.id, by=by)
    audit.record(
        "safety.corrected" if corrects else "safety.written",
        by=by,
        file_id=file_id,
        sections=[SAFETY],
        records=[sheet.pk],
        digest=vault.digest(sheet),
    )
    return True
