"""What can be done? Say where one stands; erase it; all together is told once a half-year."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_DNS, UUID, uuid5

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.core.once import create_once
from spheres.regions import queries as regions
from spheres.sharing import staying
from spheres.vault import actions as vault
from spheres.worker_support.competencies import policy, queries
from spheres.worker_support.competencies.models import CompetencyLook, CompetencyTold, Step


@dataclass(frozen=True)
class Looked:
    """A step for each sentence that is answered, free words, and whether it counts."""

    id: UUID
    steps: Mapping[str, int]
    words: str = ""
    counts: bool = False


@transaction.atomic
def look(looked: Looked, *, by: Actor, at: datetime) -> None:
    """Keep it for oneself alone; counted with others if one agrees. Sent twice, it is kept once."""
    policy.can_look(by).or_raise()
    stay_id = staying.begun(by=by, at=at)
    steps = looked.steps if looked.counts else {}
    row = CompetencyLook(
        id=looked.id,
        user_id=by.user_id,
        stay_id=stay_id,
        at_ease=sorted(code for code, step in steps.items() if step >= Step.AT_EASE),
        not_yet=sorted(code for code, step in steps.items() if step < Step.AT_EASE),
        written_at=at,
    )
    vault.lock(row, steps=json.dumps(dict(looked.steps)), words=looked.words)
    if create_once(row):
        audit.record("competencies.written", by=by, records=[row.pk], digest=vault.digest(row))


@transaction.atomic
def erase(row: CompetencyLook, *, by: Actor) -> None:
    """At once, and nothing stays of it."""
    if row.user_id != by.user_id:
        raise NotAllowed
    gone, _of_which = CompetencyLook.objects.filter(pk=row.pk, user_id=by.user_id).delete()
    if gone:
        audit.record("competencies.erased", by=by, records=[row.pk])


def forget(*, by: Actor, at: datetime) -> None:
    """Each night: what was written before the region's delay."""
    context.require(by)
    before = regions.term(CompetencyLook.KEEP, at)
    CompetencyLook.objects.filter(written_at__lte=before).delete()


@transaction.atomic
def tell(*, by: Actor) -> None:
    """Each half-year that is over, once and for good."""
    rows = [
        CompetencyTold(
            id=uuid5(NAMESPACE_DNS, f"{starts_on}/{code}.competencies.spheres"),
            starts_on=starts_on,
            code=code,
            share=share,
        )
        for starts_on, code, share in queries.to_tell(actor=by)
    ]
    if rows:
        CompetencyTold.objects.bulk_create(rows, ignore_conflicts=True)
        audit.record("competencies.told", by=by)
