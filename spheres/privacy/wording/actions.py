"""What words a paragraph anew, and what goes back to the region's words?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.privacy.wording import policy, queries
from spheres.privacy.wording.models import Wording
from spheres.privacy.wording.queries import Standing


@dataclass(frozen=True)
class Said:
    """A paragraph in both languages, and the day on which a lawyer read it, if one did."""

    id: UUID
    fr: str
    en: str
    counsel_on: date | None = None


@transaction.atomic
def adopt(standing: Standing, said: Said, *, by: Actor, at: datetime) -> bool:
    """From now on the letters of the organisation say it so; those written before do not change."""
    return _keep(standing, said, is_own=True, by=by, at=at)


@transaction.atomic
def go_back(standing: Standing, wording_id: UUID, *, by: Actor, at: datetime) -> bool:
    """From now on they say it as the region does; what the organisation said stays written."""
    return _keep(standing, Said(wording_id, "", ""), is_own=False, by=by, at=at)


def _keep(standing: Standing, said: Said, *, is_own: bool, by: Actor, at: datetime) -> bool:
    body = queries.body(actor=by, at=at)
    policy.can_word(by, body.pk == by.organisation_id).or_raise()
    row = Wording(
        id=said.id,
        organisation_id=body.pk,
        letter=standing.letter.code,
        paragraph=standing.paragraph.code,
        is_own=is_own,
        fr=said.fr,
        en=said.en,
        counsel_on=said.counsel_on,
        adopted_by=by.user_id,
        adopted_at=at,
    )
    if not create_once(row):
        return False
    audit.record(
        "letter.worded" if is_own else "letter.worded_back",
        by=by,
        records=[said.id],
        basis=f"{row.letter}.{row.paragraph}",
    )
    return True
