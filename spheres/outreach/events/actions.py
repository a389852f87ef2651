"""What is done with an event? Noted, completed, called off; what was asked is written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.outreach.events import policy, queries
from spheres.outreach.events.models import (
    Answer,
    AskedFor,
    Event,
    Kit,
    NextVisit,
    Output,
    Question,
)
from spheres.vault import actions as vault

CHANGED: Final = _("Somebody else changed this event since you opened it.")


@dataclass(frozen=True)
class Said:
    """What is said of an event: its kind and its day, and whatever else is known."""

    kind: str
    held_on: date
    organisation: str = ""
    environment: str = ""
    place: str = ""
    audiences: Mapping[str, int | None] = field(default_factory=dict)
    presenter_ids: Sequence[UUID] = ()
    material_ids: Sequence[UUID] = ()
    travel_minutes: int | None = None
    region: str = ""
    lasted_minutes: int | None = None


def _say(row: Event, said: Said, *, reason: str = "", by: Actor, at: datetime) -> None:
    row.kind, row.held_on, row.environment = said.kind, said.held_on, said.environment
    row.audiences, row.heads = list(said.audiences), list(said.audiences.values())
    row.presenter_ids = list(dict.fromkeys(said.presenter_ids))
    row.material_ids = list(dict.fromkeys(said.material_ids))
    row.region, row.lasted_minutes = said.region, said.lasted_minutes
    row.travel_minutes = said.travel_minutes
    row.said_by, row.said_at = by.user_id, at
    vault.lock(row, place=said.place, organisation=said.organisation, reason=reason)


@transaction.atomic
def note(
    event_id: UUID, said: Said, *, questions: Sequence[str] = (), by: Actor, at: datetime
) -> None:
    """An event, to come or over. Sent twice, it is noted once."""
    policy.can_note(by).or_raise()
    row = Event(id=event_id, noted_by=by.user_id, noted_at=at)
    _say(row, said, by=by, at=at)
    if not create_once(row):
        return
    audit.record("event.noted", by=by, records=[row.pk], digest=vault.digest(row))
    _write_questions(row.pk, event_id, questions, by=by, at=at)


@transaction.atomic
def change(event_id: UUID, said: Said, *, since: int, by: Actor, at: datetime) -> None:
    """Complete or correct it, starting from the version that was read: nobody's words are lost."""
    row = queries.lock(event_id, actor=by)
    policy.can_change(by, row).or_raise()
    if by.user_id in row.presenter_ids and by.user_id not in said.presenter_ids:
        policy.can_stop_presenting(by, row).or_raise()
    if row.text_version != since:
        raise WrongState(CHANGED)
    row.text_version += 1
    _say(row, said, by=by, at=at)
    row.save(
        update_fields=[
            "kind", "held_on", "environment", "audiences", "heads", "presenter_ids",
            "material_ids", "region", "lasted_minutes", "travel_minutes", "text_version",
            "said_by", "said_at", "place",
            "organisation", "reason",
        ]
    )  # fmt: skip
    audit.record("event.changed", by=by, records=[row.pk], digest=vault.digest(row))


@transaction.atomic
def cancel(event_id: UUID, *, reason: str, by: Actor, at: datetime) -> None:
    """It is not held, and one knows why. It stays, so that nobody waits for it."""
    row = queries.lock(event_id, actor=by)
    if row.is_off and policy.has_part(by, row):
        return
    policy.can_cancel(by, row).or_raise()
    vault.open([row], by=by)
    place, organisation = row.opened.place, row.opened.organisation
    row.text_version += 1
    row.said_by, row.said_at = by.user_id, at
    row.cancelled_by, row.cancelled_at = by.user_id, at
    vault.lock(row, place=place, organisation=organisation, reason=reason)
    row.save(
        update_fields=[
            "text_version", "said_by", "said_at", "cancelled_by", "cancelled_at", "place",
            "organisation", "reason",
        ]
    )  # fmt: skip
    audit.record("event.cancelled", by=by, records=[row.pk], digest=vault.digest(row))


@transaction.atomic
def add_questions(
    event: Event, form_id: UUID, lines: Sequence[str], *, by: Actor, at: datetime
) -> None:
    """What the audience asked, one question a line, without a name."""
    policy.can_add(by, event).or_raise()
    _write_questions(event.pk, form_id, lines, by=by, at=at)


def _write_questions(
    event_id: UUID, form_id: UUID, lines: Sequence[str], *, by: Actor, at: datetime
) -> None:
    for number, words in enumerate(lines):
        row = Question(
            id=uuid5(form_id, f"question {number}"), event_id=event_id, written_by=by.user_id,
            written_at=at,
        )  # fmt: skip
        vault.lock(row, words=words)
        if create_once(row):
            audit.record("event.asked", by=by, records=[row.pk], digest=vault.digest(row))


@transaction.atomic
def add_output(
    event: Event, output_id: UUID, *, title: str, where: str, by: Actor, at: datetime
) -> None:
    """What it leaves to others: a title, and where it stands."""
    policy.can_add(by, event).or_raise()
    row = Output(id=output_id, event_id=event.pk, written_by=by.user_id, written_at=at)
    vault.lock(row, title=title, where=where)
    if create_once(row):
        audit.record("event.left", by=by, records=[row.pk], digest=vault.digest(row))


@transaction.atomic
def count_asked_for(event: Event, asked_id: UUID, *, what: str, by: Actor, at: datetime) -> None:
    """Somebody asked for support, for a training or how to refer: one more, and nothing of whom."""
    policy.can_add(by, event).or_raise()
    row = AskedFor(id=asked_id, event_id=event.pk, what=what, written_by=by.user_id, written_at=at)
    if create_once(row):
        audit.record("event.asked_for", by=by, records=[event.pk])


@transaction.atomic
def answer(
    answer_id: UUID,
    event_id: UUID,
    question_ids: Sequence[UUID],
    *,
    words: str,
    by: Actor,
    at: datetime,
) -> None:
    """The coordination's answer to questions that are one. It is kept with the event at which that
    was last asked; the newest stands."""
    policy.can_answer_audiences(by).or_raise()
    row = Answer(
        id=answer_id,
        event_id=event_id,
        question_ids=list(question_ids),
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(row, words=words)
    if create_once(row):
        audit.record("event.answered", by=by, records=[row.pk], digest=vault.digest(row))


@transaction.atomic
def plan_visit(
    form_id: UUID, anchors: Sequence[UUID], *, due_on: date | None, by: Actor, at: datetime
) -> None:
    """By which day an organisation is visited again, or that none is due. Of the things by which it
    was known until now, the first bears the day, and the others none."""
    policy.can_plan_visit(by).or_raise()
    for number, anchor_id in enumerate(anchors):
        row = NextVisit(
            id=uuid5(form_id, f"visit {number}"),
            anchor_id=anchor_id,
            due_on=None if number else due_on,
            written_by=by.user_id,
            written_at=at,
        )
        if create_once(row):
            audit.record("event.visit_planned", by=by, records=[anchor_id])


@transaction.atomic
def choose_kit(
    kit_id: UUID,
    audience: str,
    *,
    materials: Sequence[UUID],
    works: Sequence[str],
    by: Actor,
    at: datetime,
) -> None:
    """What is of use before one type of audience; the newest choice stands."""
    policy.can_choose_kit(by).or_raise()
    row = Kit(
        id=kit_id, audience=audience, materials=list(materials), works=list(works),
        written_by=by.user_id, written_at=at,
    )  # fmt: skip
    if create_once(row):
        audit.record("event.kit_chosen", by=by, records=[row.pk])


@transaction.atomic
def expire(event_id: UUID, *, before: datetime, by: Actor, at: datetime) -> bool:
    """Erase one event, its key and all that hangs on it; False when it is not due."""
    if event_id not in vault.due(Event.KEEP, before=before, by=by):
        return False
    vault.erase(event_id, kinds=[Event.KIND], basis="event.term", by=by, at=at)
    return True
