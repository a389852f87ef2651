"""What can be done with a good word? Said, erased by either, forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.regions import queries as regions
from spheres.sharing import staying
from spheres.vault import actions as vault
from spheres.worker_support.appreciation import policy
from spheres.worker_support.appreciation.models import GoodWord


@dataclass(frozen=True)
class Written:
    """A few words, and to whom: a colleague, where she works."""

    id: UUID
    to_user_id: UUID
    to_organisation_id: UUID
    text: str


@transaction.atomic
def write(written: Written, *, by: Actor, at: datetime) -> None:
    """Say it. Sent twice, it is said once."""
    policy.can_write(by).or_raise()
    row = GoodWord(
        id=written.id,
        written_by=by.user_id,
        stay_id=staying.begun(by=by, at=at),
        to_user_id=written.to_user_id,
        to_organisation_id=written.to_organisation_id,
        written_at=at,
    )
    vault.lock(row, text=written.text)
    if create_once(row):
        audit.record("appreciation.written", by=by, records=[row.pk], digest=vault.digest(row))


@transaction.atomic
def erase(word: GoodWord, *, by: Actor) -> None:
    """At once, for both; the other one is not told."""
    policy.can_erase(by, word).or_raise()
    gone, _of_which = GoodWord.objects.filter(pk=word.pk).delete()
    if gone:
        audit.record("appreciation.erased", by=by, records=[word.pk])


def forget(*, by: Actor, at: datetime) -> None:
    """Each night: what was said before the region's delay."""
    context.require(by)
    before = regions.term(GoodWord.KEEP, at)
    GoodWord.objects.filter(written_at__lte=before).delete()
