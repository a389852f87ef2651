"""What can be done with what I answered about myself? Kept, then erased."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.core.once import create_once
from spheres.sharing import staying
from spheres.vault import actions as vault
from spheres.worker_support.wellbeing import policy
from spheres.worker_support.wellbeing.models import CheckIn


@dataclass(frozen=True)
class Answered:
    """A step for each statement that is answered, and free words."""

    id: UUID
    steps: Mapping[str, int]
    words: str = ""


@transaction.atomic
def answer(answered: Answered, *, by: Actor, at: datetime) -> None:
    """Keep it for oneself alone. Sent twice, it is kept once."""
    policy.can_answer(by).or_raise()
    stay_id = staying.begun(by=by, at=at)
    row = CheckIn(id=answered.id, user_id=by.user_id, stay_id=stay_id, written_at=at)
    vault.lock(row, steps=json.dumps(dict(answered.steps)), words=answered.words)
    if create_once(row):
        audit.record("wellbeing.written", by=by, records=[row.pk], digest=vault.digest(row))


@transaction.atomic
def erase(check_in: CheckIn, *, by: Actor) -> None:
    """At once, and nothing stays of it."""
    if check_in.user_id != by.user_id:
        raise NotAllowed
    _erase([check_in.pk], by=by)


@transaction.atomic
def erase_all(*, by: Actor) -> None:
    """All that one answered here, at once."""
    context.require(by)
    mine = CheckIn.objects.filter(user_id=by.user_id)
    _erase(list(mine.order_by("pk").values_list("pk", flat=True)), by=by)


def forget(*, by: Actor) -> None:
    """Each night: what was answered twelve months ago."""
    context.require(by)
    CheckIn.objects.all().delete()


def _erase(identifiers: list[UUID], *, by: Actor) -> None:
    gone, _of_which = CheckIn.objects.filter(pk__in=identifiers, user_id=by.user_id).delete()
    if gone:
        audit.record("wellbeing.erased", by=by, records=identifiers)
