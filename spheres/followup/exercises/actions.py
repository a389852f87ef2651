"""What can be done with an exercise? Filled in, kept as it is, corrected by another, printed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.core.states import move
from spheres.followup.exercises import policy, queries
from spheres.followup.exercises.models import SLUGS, TABLES, Pen, PlanSheet, Sheet
from spheres.records import actions as records
from spheres.records.models import Draft, RecordStatus
from spheres.vault import actions as vault


@dataclass(frozen=True)
class Written:
    """What the page says. Nothing is required but which version of which exercise it answers."""

    id: UUID
    exercise_id: UUID
    occurred_at: datetime
    pen: str = Pen.TOGETHER
    was_read: bool = False
    answers: Mapping[str, Any] = field(default_factory=dict)
    her_words: str = ""
    observation: str = ""
    support: str = ""


@transaction.atomic(savepoint=False)
def sign(section: str, file_id: UUID, written: Written, *, by: Actor, at: datetime) -> UUID:
    """Keep a filled exercise: it is never edited, and a later one never replaces it.

    Its draft is forgotten in the same transaction. Sent twice, it is one sheet.
    """
    policy.can_write(by).or_raise()
    _write(section, file_id, written, corrects=None, by=by, at=at)
    return written.id


@transaction.atomic(savepoint=False)
def correct(
    section: str, file_id: UUID, record_id: UUID, written: Written, *, by: Actor, at: datetime
) -> UUID:
    """Write another that says what should have been said; both stay readable."""
    standing = queries.lock(section, record_id, actor=by)
    sheet = queries.of_file(section, file_id, actor=by).get(pk=record_id)
    policy.can_correct(by, sheet, standing.status).or_raise()
    if _write(section, file_id, written, corrects=sheet, by=by, at=at):
        move(standing, RecordStatus.Status.CORRECTED, by=by, at=at)
    return written.id


@transaction.atomic(savepoint=False)
def put_on_paper(section: str, file_id: UUID, record_id: UUID, *, by: Actor) -> Sheet:
    """Open a sheet to print it for her; her journal says so."""
    policy.can_print(by).or_raise()
    sheet: Sheet = queries.of_file(section, file_id, actor=by).get(pk=record_id)
    vault.open([sheet], by=by, sections=[section])
    audit.record(
        "exercise.printed", by=by, file_id=file_id, sections=[section], records=[record_id]
    )
    return sheet


@transaction.atomic(savepoint=False)
def keep_draft(
    section: str,
    file_id: UUID,
    record_id: UUID,
    fields: Mapping[str, object],
    *,
    by: Actor,
    at: datetime,
) -> Draft | None:
    """Keep what is typed so far, to stop here and go on another day."""
    policy.can_write(by).or_raise()
    return records.save_draft(
        record_id,
        file_id=file_id,
        section=section,
        record_type=SLUGS[section],
        fields=dict(fields),
        by=by,
        at=at,
    )


def _write(
    section: str,
    file_id: UUID,
    written: Written,
    *,
    corrects: Sheet | None,
    by: Actor,
    at: datetime,
) -> bool:
    asked = queries.exercise(written.exercise_id)
    if asked is None or asked.section != section or asked.tool is not None:
        raise WrongState(f"No exercise {written.exercise_id} in {section}.")
    model, status_of = TABLES[section]
    sheet = model(
        id=written.id,
        file_id=file_id,
        exercise=asked.slug,
        version=asked.version,
        pen=written.pen,
        was_read=written.was_read,
        occurred_at=written.occurred_at,
        corrects=corrects,
        written_by=by.user_id,
        written_at=at,
    )
    if isinstance(sheet, PlanSheet):
        sheet.needs = queries.needs_now(asked, written.answers)
    vault.lock(
        sheet,
        her_words=written.her_words,
        observation=written.observation,
        support=written.support,
        answers=json.dumps(dict(written.answers), ensure_ascii=False),
    )
    if not create_once(sheet):
        return False
    said = {"file_id": file_id, "status_by": by.user_id, "status_at": at}
    signed = RecordStatus.Status.SIGNED
    status_of._default_manager.bulk_create([status_of(record=sheet, status=signed, **said)])
    records.discard_draft(written.id, by=by)
    audit.record(
        "exercise.corrected" if corrects else "exercise.kept",
        by=by,
        file_id=file_id,
        sections=[section],
        records=[sheet.pk],
        digest=vault.digest(sheet),
    )
    return True
