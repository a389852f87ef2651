"""What can be done with a questionnaire? Answered, kept as it is, corrected by another, printed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.core.states import move
from spheres.followup.instruments import policy, queries
from spheres.followup.instruments.models import SLUGS, TABLES, AnswerSheet
from spheres.followup.instruments.policy import Age
from spheres.followup.instruments.queries import Instrument
from spheres.records import actions as records
from spheres.records.models import Draft, Pen, RecordStatus
from spheres.vault import actions as vault


@dataclass(frozen=True)
class Written:
    """What the page says. Nothing is required but which version of which questionnaire it answers.

    The answers are given by question; no figure is sent, and none is kept.
    """

    id: UUID
    instrument_id: UUID
    occurred_at: datetime
    pen: str = Pen.TOGETHER
    answers: Mapping[str, str] = field(default_factory=dict)
    her_words: str = ""
    observation: str = ""
    support: str = ""


@transaction.atomic(savepoint=False)
def sign(
    section: str, file_id: UUID, written: Written, *, age: Age, by: Actor, at: datetime
) -> UUID:
    """Keep a filled questionnaire: it is never edited, and a later one never replaces it.

    `age` is what the page knows of it. Its draft is forgotten in the same transaction. Sent twice,
    it is one sheet.
    """
    asked = _asked(section, written)
    asked.may_be_offered(by, age, on=clock.day_of(at)).or_raise()
    _write(asked, file_id, written, corrects=None, by=by, at=at)
    return written.id


@transaction.atomic(savepoint=False)
def correct(
    section: str, file_id: UUID, record_id: UUID, written: Written, *, by: Actor, at: datetime
) -> UUID:
    """Write another that says what should have been said; both stay readable."""
    standing = queries.lock(section, record_id, actor=by)
    sheet = queries.of_file(section, file_id, actor=by).get(pk=record_id)
    policy.can_correct(by, sheet, standing.status).or_raise()
    if _write(_asked(section, written), file_id, written, corrects=sheet, by=by, at=at):
        move(standing, RecordStatus.Status.CORRECTED, by=by, at=at)
    return written.id


@transaction.atomic(savepoint=False)
def put_on_paper(
    section: str, file_id: UUID, record_id: UUID, *, by: Actor, at: datetime
) -> AnswerSheet:
    """Open a sheet to print its answers for her; her journal says so."""
    sheet: AnswerSheet = queries.of_file(section, file_id, actor=by).get(pk=record_id)
    asked = queries.version_of(sheet)
    if asked is None:
        raise WrongState(f"No questionnaire of {record_id} is known.")
    policy.can_print(by, section, asked.terms, on=clock.day_of(at)).or_raise()
    vault.open([sheet], by=by, sections=[section])
    audit.record(
        "questionnaire.printed", by=by, file_id=file_id, sections=[section], records=[record_id]
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
    """Keep what is answered so far, to stop here and go on another day."""
    policy.can_write(by, section).or_raise()
    return records.save_draft(
        record_id,
        file_id=file_id,
        section=section,
        record_type=SLUGS[section],
        fields=dict(fields),
        by=by,
        at=at,
    )


def _asked(section: str, written: Written) -> Instrument:
    asked = queries.instrument(written.instrument_id)
    if asked is None or asked.section != section:
        raise WrongState(f"No questionnaire {written.instrument_id} in {section}.")
    return asked


def _write(
    asked: Instrument,
    file_id: UUID,
    written: Written,
    *,
    corrects: AnswerSheet | None,
    by: Actor,
    at: datetime,
) -> bool:
    model, status_of = TABLES[asked.section]
    sheet: Any = model(
        id=written.id,
        file_id=file_id,
        instrument=asked.slug,
        version=asked.version,
        pen=written.pen,
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
        answers=json.dumps(dict(written.answers), ensure_ascii=False),
    )
    if not create_once(sheet):
        return False
    said = {"file_id": file_id, "status_by": by.user_id, "status_at": at}
    signed = RecordStatus.Status.SIGNED
    status_of._default_manager.bulk_create([status_of(record=sheet, status=signed, **said)])
    records.discard_draft(written.id, by=by)
    audit.record(
        "questionnaire.corrected" if corrects else "questionnaire.kept",
        by=by,
        file_id=file_id,
        sections=[asked.section],
        records=[sheet.pk],
        digest=vault.digest(sheet),
    )
    return True
