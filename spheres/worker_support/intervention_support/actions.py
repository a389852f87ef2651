"""What can be done with a request for advice? Leave it at the desk; later, forget it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from spheres.accounts.models import Role
from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.sharing import actions as sharing
from spheres.sharing.models import Handler
from spheres.vault import actions as vault
from spheres.worker_support.intervention_support.models import AdviceRequest


@dataclass(frozen=True)
class Asked:
    """What the form says: an age band, general words, and how to answer the professional."""

    id: UUID
    number: str
    age_band: str
    language: str
    worries: str
    role: str
    reach: str
    tried: str = ""


@transaction.atomic
def ask(asked: Asked, *, desk: UUID, by: Actor, at: datetime) -> None:
    """Leave a request at the desk. The same form sent twice makes one request."""
    request = AdviceRequest(
        id=asked.id,
        number=asked.number,
        age_band=asked.age_band,
        language=asked.language,
        received_at=at,
    )
    vault.lock(
        request,
        worries=asked.worries,
        tried=asked.tried,
        role=asked.role,
        reach=asked.reach,
    )
    if not create_once(request):
        return
    sharing.give_to_desk(
        asked.id, organisation_id=desk, role=Role.COORDINATOR, kind=Handler.Kind.DESK, at=at
    )
    audit.record("advice.asked", by=by, records=[asked.id], digest=vault.digest(request))


@transaction.atomic
def expire(request_id: UUID, *, before: datetime, by: Actor, at: datetime) -> bool:
    """Erase one request, its key and who handled it, if it is due; False when it is not."""
    if request_id not in vault.due(AdviceRequest.KEEP, before=before, by=by):
        return False
    sharing.take_back(request_id, Handler.Kind.DESK, at=at)
    vault.erase(request_id, kinds=[AdviceRequest.KIND], basis="advice.term", by=by, at=at)
    return True
