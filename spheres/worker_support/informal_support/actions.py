"""What can be done with a line on support? Kept, erased, forgotten; counted with all others."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
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
from spheres.worker_support.informal_support import policy, queries
from spheres.worker_support.informal_support.models import SupportCount, SupportLine


@dataclass(frozen=True)
class Noted:
    """A day and a kind; a theme and a sentence if one wants. Nobody is named."""

    id: UUID
    on: date
    kind: str
    theme: str = ""
    words: str = ""


@transaction.atomic
def note(noted: Noted, *, by: Actor, at: datetime) -> None:
    """Keep a line for oneself alone. Sent twice, it is kept once."""
    policy.can_note(by).or_raise()
    stay_id = staying.begun(by=by, at=at)
    row = SupportLine(id=noted.id, user_id=by.user_id, stay_id=stay_id, written_at=at)
    said = {
        "on": noted.on.isoformat(), "kind": noted.kind, "theme": noted.theme, "words": noted.words,
    }  # fmt: skip
    vault.lock(row, said=json.dumps(said))
    if create_once(row):
        audit.record("informal_support.written", by=by, records=[row.pk], digest=vault.digest(row))


@transaction.atomic
def erase(line: SupportLine, *, by: Actor) -> None:
    """At once, and nothing stays of it."""
    if line.user_id != by.user_id:
        raise NotAllowed
    gone, _of_which = SupportLine.objects.filter(pk=line.pk, user_id=by.user_id).delete()
    if gone:
        audit.record("informal_support.erased", by=by, records=[line.pk])


def forget(*, by: Actor, at: datetime) -> None:
    """Each night: what was written before the region's delay."""
    context.require(by)
    before = regions.term(SupportLine.KEEP, at)
    SupportLine.objects.filter(written_at__lte=before).delete()


@transaction.atomic
def count(*, by: Actor) -> None:
    """Each quarter that is over, once and for good, when enough people wrote a line in it."""
    rows = [
        SupportCount(
            id=uuid5(NAMESPACE_DNS, f"{one.first}.informal-support.spheres"),
            starts_on=one.first,
            number=one.number,
        )
        for one in queries.to_count(actor=by)
    ]
    if rows:
        SupportCount.objects.bulk_create(rows, ignore_conflicts=True)
        audit.record("informal_support.counted", by=by)
