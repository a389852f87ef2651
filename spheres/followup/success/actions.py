"""What can be done with what success is for her? Said, said otherwise any day, corrected; and, once
a year is over, told in numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import NAMESPACE_DNS, UUID, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.states import move
from spheres.followup.success import policy, queries
from spheres.followup.success.models import Choice, ChoiceStatus, Told
from spheres.records import actions as records
from spheres.records.between import hooks
from spheres.records.models import Pen
from spheres.sharing.rules import PLAN
from spheres.vault import actions as vault

TEXTS = ("her_words", "observation", "support")


@dataclass(frozen=True)
class Written:
    """What the form says: sentences, a day. Words may be added, or stand alone."""

    id: UUID
    statements: Sequence[str]
    occurred_at: datetime
    pen: str = Pen.TOGETHER
    her_words: str = ""
    observation: str = ""
    support: str = ""


@transaction.atomic(savepoint=False)
def sign(file_id: UUID, written: Written, *, by: Actor, at: datetime) -> UUID:
    """Say it; what was said before stays. Sent twice, it is said once.

    Made with her, it says that she was there: whoever had left is in touch again.
    """
    policy.can_write(by).or_raise()
    if _write(file_id, written, corrects=None, by=by, at=at):
        hooks.signed(file_id, was_contact=written.pen != Pen.WORKER, by=by, at=at)
    return written.id


@transaction.atomic(savepoint=False)
def correct(file_id: UUID, record_id: UUID, written: Written, *, by: Actor, at: datetime) -> UUID:
    """Write another that says what should have been said; both stay readable."""
    standing = queries.lock(record_id, actor=by)
    record = queries.of_file(file_id, actor=by).get(pk=record_id)
    policy.can_correct(by, record, standing.status).or_raise()
    if _write(file_id, written, corrects=record, by=by, at=at):
        move(standing, ChoiceStatus.Status.CORRECTED, by=by, at=at)
    return written.id


def _write(
    file_id: UUID, written: Written, *, corrects: Choice | None, by: Actor, at: datetime
) -> bool:
    record = Choice(
        id=written.id,
        file_id=file_id,
        statements=list(written.statements),
        pen=written.pen,
        occurred_at=written.occurred_at,
        corrects=corrects,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(record, **{name: getattr(written, name) for name in TEXTS})
    stands = ChoiceStatus(
        record=record,
        file_id=file_id,
        status=ChoiceStatus.Status.SIGNED,
        status_by=by.user_id,
        status_at=at,
    )
    done = "success.corrected" if corrects else "success.said"
    return records.keep_signed(record, stands, done, section=PLAN, by=by)


@transaction.atomic
def count(*, by: Actor, at: datetime) -> list[int]:
    """Count each year that is over and was not counted. Once, and for good: what is said, corrected
    or erased later moves no number. Asking twice does no harm. Gives the years counted."""
    last = clock.day_of(at).year - 1
    before = queries.last_told(actor=by)
    years = list(range(before + 1 if before else last, last + 1))
    for year in years:
        first, until = (_begins(each) for each in (year, year + 1))
        tell(year, queries.chosen(first, until, actor=by))
    if years:
        audit.record("success.counted", by=by)
    return years


def tell(year: int, numbers: Mapping[str, int]) -> None:
    """Keep what a year gave, and that it was counted."""
    rows: list[tuple[str, int | None]] = [("", None), *sorted(numbers.items())]
    Told.objects.bulk_create(
        [
            Told(
                id=uuid5(NAMESPACE_DNS, f"{year}/{code}.success.spheres"),
                year=year,
                statement=code,
                number=number,
            )
            for code, number in rows
        ],
        ignore_conflicts=True,
    )


def _begins(year: int) -> datetime:
    return datetime.combine(date(year, 1, 1), time(), tzinfo=ZoneInfo(settings.TIME_ZONE))
