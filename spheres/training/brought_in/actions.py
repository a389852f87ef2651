"""What is done with a list of past trainings: read, set aside, brought in, taken up, undone?

It is written a thousand lines at a time, each time whole or not at all, and in the name of whoever
asked for it: what stops in the middle goes on from the last line that was handled.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.accounts import limits
from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.core.states import move
from spheres.papers import checking
from spheres.papers.checking import Answer
from spheres.papers.sandbox import NotTaken
from spheres.records.between import trained
from spheres.training.brought_in import columns, lines, policy, queries, sheets
from spheres.training.brought_in.lines import Read
from spheres.training.brought_in.models import COORDINATOR, PastAttendance, PastList
from spheres.ui import moments

AT_ONCE: Final = 2_000
TOO_OFTEN: Final = gettext_lazy(
    "You have sent 30 lists or papers within the hour: that is the most. Send this one a little "
    "later."
)
HARMFUL: Final = gettext_lazy(
    "The antivirus found something harmful in this list. Nothing of it was kept."
)
SILENT: Final = gettext_lazy(
    "The antivirus did not answer, and nothing of this list was kept. Send it again a little later."
)
NO_LINE: Final = gettext_lazy(
    "Only the names of the columns are there. Add a line for each person and each training."
)


@dataclass(frozen=True)
class Answers:
    """What was asked of whoever brings a list in: how days are written, who is one person."""

    month_first: bool = False
    same: Collection[UUID] = ()


def read(list_id: UUID, content: bytes, *, by: Actor, at: datetime, on: date) -> None:
    """Read a list, and keep what was understood of it: nothing is added yet.

    Raises NotTaken with the sentence to show. Sent twice, it is read once.
    """
    policy.can_bring(by).or_raise()
    if queries.find(list_id, actor=by) is not None:
        return
    if not limits.allow("paper", str(by.user_id), at):
        raise NotTaken(TOO_OFTEN)
    answer = checking.look(content)
    if answer in (Answer.HARMFUL, Answer.SILENT):
        raise NotTaken(HARMFUL if answer is Answer.HARMFUL else SILENT)
    digest = hashlib.sha256(content).hexdigest()
    if before := queries.same(digest, actor=by):
        words = {"day": moments.day(before.read_at), "stands": before.stands}
        raise NotTaken(
            _("This same list was brought on %(day)s (%(stands)s). It is below.") % words
        )
    rows = sheets.rows_of(content)
    places = columns.places_of(rows[0][1])
    if not rows[1:]:
        raise NotTaken(NO_LINE)
    found = lines.read_all(rows[1:], places, queries.known(actor=by, on=on))
    keep(list_id, digest, found, by=by, at=at)


@transaction.atomic
def keep(list_id: UUID, digest: str, found: Read, *, by: Actor, at: datetime) -> None:
    """Keep what was understood, and say which of it is known already or there twice."""
    policy.can_bring(by).or_raise()
    past_list = PastList(
        id=list_id,
        digest=digest,
        size=found.size,
        faults=found.faults,
        organisation_id=by.organisation_id,
        read_by=by.user_id,
        read_at=at,
        moved_at=at,
        status=PastList.Status.READ,
        status_by=by.user_id,
        status_at=at,
    )
    if not create_once(past_list):
        return
    rows = [
        PastAttendance(
            id=uuid5(list_id, str(one.number)),
            past_list=past_list,
            number=one.number,
            person=one.person,
            alike=one.alike,
            user_id=one.user_id,
            name=one.name,
            organisation=one.organisation,
            environment=one.environment,
            region=one.region,
            language=one.language,
            topic=one.topic,
            kind=one.kind,
            minutes=one.minutes,
            taken_on=one.taken_on,
            other_on=one.other_on,
            standing=PastAttendance.Standing.NEW,
        )
        for one in found.lines
    ]
    known = trained.past().known(queries.as_told(rows), actor=by)
    for row in rows:
        if row.pk in known:
            row.standing = PastAttendance.Standing.KNOWN
    PastAttendance.objects.bulk_create(rows, batch_size=AT_ONCE)
    queries.mark_twice(past_list, actor=by)
    number = queries.number_new(past_list, actor=by)
    PastList.objects.filter(pk=list_id).update(lines=number)
    audit.record("past_list.read", by=by, records=[list_id])


@transaction.atomic
def bring_in(past_list_id: UUID, answers: Answers, *, by: Actor, at: datetime) -> None:
    """From now on its lines are added, as was answered; asked twice, it is done once."""
    past_list = queries.lock(past_list_id, actor=by)
    if past_list.status != PastList.Status.READ and policy.can_bring(by):
        return
    policy.can_bring_in(by, past_list).or_raise()
    rows = queries.of_list(past_list, actor=by)
    if answers.month_first:
        rows.filter(other_on__isnull=False).update(taken_on=F("other_on"))
    if answers.same:
        rows.filter(alike__in=answers.same).update(person=F("alike"))
    queries.mark_twice(past_list, actor=by)
    number = queries.number_new(past_list, actor=by)
    move(
        past_list,
        PastList.Status.BRINGING,
        by=by,
        at=at,
        organisation_id=by.organisation_id,
        lines=number,
        moved_at=at,
    )
    audit.record("past_list.brought", by=by, records=[past_list_id])


@transaction.atomic
def set_aside(past_list_id: UUID, *, by: Actor, at: datetime) -> None:
    """Nothing of it is added, and no line of it stays."""
    past_list = queries.lock(past_list_id, actor=by)
    policy.can_set_aside(by, past_list).or_raise()
    queries.of_list(past_list, actor=by).delete()
    move(past_list, PastList.Status.LEFT, by=by, at=at)
    audit.record("past_list.left", by=by, records=[past_list_id])


@transaction.atomic
def forget(past_list_id: UUID, *, before: datetime, by: Actor, at: datetime) -> bool:
    """Forget one list that waits since before then; False when it does not, or not any more.

    The service finds it and reads nothing of it: its lines go in the name of whoever sent it.
    """
    found = queries.waiting(before=before, actor=by).filter(pk=past_list_id).first()
    if found is None:
        return False
    sent_by = Actor(found.read_by, found.organisation_id, frozenset(COORDINATOR))
    with context.acting_as(sent_by):
        past_list = queries.lock(past_list_id, actor=sent_by)
        if past_list.status != PastList.Status.READ:
            return False
        queries.of_list(past_list, actor=sent_by).delete()
        move(past_list, PastList.Status.FORGOTTEN, by=sent_by, at=at)
    audit.record("past_list.forgotten", by=by, records=[past_list_id])
    return True


@transaction.atomic
def undo(past_list_id: UUID, *, by: Actor, at: datetime) -> None:
    """From now on what it added is undone; asked twice, it is done once."""
    past_list = queries.lock(past_list_id, actor=by)
    if past_list.is_moving and policy.can_bring(by):
        return
    policy.can_undo(by, past_list).or_raise()
    own = {"organisation_id": by.organisation_id, "moved_at": at}
    move(past_list, PastList.Status.UNDOING, by=by, at=at, **own)
    audit.record("past_list.undone", by=by, records=[past_list_id])


@transaction.atomic
def take_up(past_list_id: UUID, *, by: Actor, at: datetime) -> None:
    """What stopped goes on, from now on in the name of whoever takes it up."""
    past_list = queries.lock(past_list_id, actor=by)
    policy.can_take_up(by, past_list, at=at).or_raise()
    own = {"organisation_id": by.organisation_id, "moved_at": at}
    move(past_list, past_list.status, by=by, at=at, **own)
    audit.record("past_list.taken_up", by=by, records=[past_list_id])


@transaction.atomic
def go_on(past_list_id: UUID, *, by: Actor, at: datetime) -> bool:
    """Handle the next lines of a list, or undo it; whether something is left to do.

    A service finds it, and everything is written in the name of whoever asked for it, under the
    rules of that person.
    """
    queries.take_turns()
    moving = queries.moving(past_list_id, actor=by)
    if moving is None:
        return False
    asked_by = Actor(moving.status_by, moving.organisation_id, frozenset(COORDINATOR))
    with context.acting_as(asked_by):
        past_list = queries.lock(past_list_id, actor=asked_by)
        if past_list.status == PastList.Status.UNDOING:
            return _undo(past_list, by=asked_by, at=at)
        return _bring(past_list, by=asked_by, at=at)


def _bring(past_list: PastList, *, by: Actor, at: datetime) -> bool:
    rows, lines_of_it = queries.to_come(past_list, actor=by), queries.of_list(past_list, actor=by)
    added_now = PastAttendance.Standing.ADDED
    if not rows:
        lines_of_it.exclude(standing=added_now).delete()
        move(past_list, PastList.Status.BROUGHT, by=by, at=at, moved_at=at)
        return False
    added = trained.past().keep(queries.as_told(rows), by=by, at=at)
    # The attestation bears the name from now on; what added nothing goes when the list is done.
    lines_of_it.filter(pk__in=added).update(standing=added_now, name="", organisation="")
    PastList.objects.filter(pk=past_list.pk).update(
        reached=rows[-1].number,
        done=F("done") + len(rows),
        added=F("added") + len(added),
        moved_at=at,
    )
    return True


def _undo(past_list: PastList, *, by: Actor, at: datetime) -> bool:
    rows = queries.of_list(past_list, actor=by)
    ids = list(rows.order_by("number").values_list("pk", flat=True))
    stay = trained.past().undo(ids, by=by, at=at)
    rows.exclude(pk__in=stay).delete()
    move(past_list, PastList.Status.UNDONE, by=by, at=at, moved_at=at, added=len(stay))
    return False
