"""How is a report begun, written and locked?"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.core.states import HAS_CHANGED
from spheres.evaluation.reports import policy, queries
from spheres.evaluation.reports.models import Passage, Report
from spheres.sharing import queries as sharing


@transaction.atomic
def begin(report_id: UUID, kind: str, starts_on: date, *, by: Actor, at: datetime) -> Report:
    """A report of a year that is over. While one is written, the same is given back."""
    is_desk, over = sharing.is_desk(actor=by), queries.years_over(actor=by)
    policy.can_begin(by, starts_on, over, is_desk=is_desk).or_raise()
    standing = queries.written_now(kind, starts_on, actor=by)
    if standing is not None:
        return standing
    row = Report(id=report_id, kind=kind, starts_on=starts_on, begun_by=by.user_id, begun_at=at)
    try:
        is_new = create_once(row)
    except IntegrityError:  # somebody else began it in this very moment
        raise WrongState(HAS_CHANGED) from None
    if is_new:
        audit.record("report.begun", by=by, records=[row.pk])
    return row


@transaction.atomic
def write(
    passage_id: UUID,
    report: Report,
    place: str,
    words: tuple[str, str],
    *,
    since: int,
    by: Actor,
    at: datetime,
) -> None:
    """The text of one place, in French and in English. Raises WrongState when somebody wrote there
    since: their words are shown, and nothing typed is lost."""
    policy.can_change(by, report, is_desk=sharing.is_desk(actor=by)).or_raise()
    row = Passage(
        id=passage_id,
        report=report,
        place=place,
        number=since + 1,
        fr=words[0],
        en=words[1],
        written_by=by.user_id,
        written_at=at,
    )
    try:
        is_new = create_once(row)
    except IntegrityError:
        raise WrongState(HAS_CHANGED) from None
    if is_new:
        audit.record("report.written", by=by, records=[report.pk])


@transaction.atomic
def lock(report: Report, *, by: Actor, at: datetime) -> None:
    """Its figures, as they are published today, and its words stay so for good. Pressed twice, it
    is locked once."""
    held = queries.hold(report.pk, actor=by)
    if held.is_locked:
        return
    policy.can_change(by, held, is_desk=sharing.is_desk(actor=by)).or_raise()
    held.figures = queries.figures_of(held.starts_on, actor=by)
    held.locked_by, held.locked_at = by.user_id, at
    held.digest = digest_of(held, list(queries.passages(held, actor=by).values()))
    held.save(update_fields=["figures", "locked_by", "locked_at", "digest"])
    audit.record("report.locked", by=by, records=[held.pk])


def digest_of(report: Report, passages: list[Passage]) -> str:
    """Of all that is told: whoever holds a copy compares it with what stands here."""
    words = sorted((one.place, one.fr, one.en) for one in passages)
    told = [report.kind, report.starts_on.isoformat(), report.figures, words]
    written = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()
