"""What can be done? Offer to be reached, say it otherwise, withdraw it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.sharing import staying
from spheres.vault import actions as vault
from spheres.worker_support.peers import policy
from spheres.worker_support.peers.models import PeerOffer


@dataclass(frozen=True)
class Offered:
    """About what, in which languages, how and when one may be reached; a sentence."""

    id: UUID
    themes: Sequence[str]
    languages: Sequence[str]
    ways: Sequence[str]
    reach: str
    hours: str = ""
    words: str = ""


@transaction.atomic
def offer(offered: Offered, *, by: Actor, at: datetime) -> None:
    """Offer to be reached. Said anew, it takes the place of what was said; sent twice, it is
    one."""
    policy.can_offer(by).or_raise()
    stay_id = staying.begun(by=by, at=at)
    PeerOffer.objects.filter(stay_id=stay_id, user_id=by.user_id).exclude(pk=offered.id).delete()
    row = PeerOffer(
        id=offered.id,
        user_id=by.user_id,
        stay_id=stay_id,
        organisation_id=by.organisation_id,
        themes=list(offered.themes),
        languages=list(offered.languages),
        ways=list(offered.ways),
        offered_at=at,
    )
    vault.lock(row, reach=offered.reach, hours=offered.hours, words=offered.words)
    if create_once(row):
        audit.record("peer.offered", by=by, records=[row.pk], digest=vault.digest(row))


@transaction.atomic
def withdraw(*, by: Actor) -> None:
    """At once: nobody finds it any more, and nothing says that it was there."""
    context.require(by)
    mine = PeerOffer.objects.filter(user_id=by.user_id, organisation_id=by.organisation_id)
    keys = list(mine.values_list("pk", flat=True))
    if keys and mine.delete()[0]:
        audit.record("peer.withdrawn", by=by, records=keys)
