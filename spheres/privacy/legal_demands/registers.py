"""How does what the law required, or what was refused to it, become a line of her register?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from spheres.core.actor import Actor
from spheres.privacy.legal_demands.models import Asker, Kind, Matter
from spheres.sharing import actions as sharing
from spheres.sharing.models import Disclosure
from spheres.sharing.rules import LEGAL

ITEM: Final = "DEMAND"
CAPACITIES: Final[dict[str, str]] = {
    Asker.COURT: Disclosure.Capacity.COURT,
    Asker.PROSECUTION: Disclosure.Capacity.COURT,
    Asker.DEFENCE: Disclosure.Capacity.COURT,
    Asker.PARTY: Disclosure.Capacity.COURT,
    Asker.POLICE: Disclosure.Capacity.POLICE,
    Asker.PROTECTION: Disclosure.Capacity.YOUTH_PROTECTION,
    Asker.CORONER: Disclosure.Capacity.COURT,
    Asker.OVERSIGHT: Disclosure.Capacity.OTHER,
}
A_DAY: Final = timedelta(days=1)


def told(row: Matter, *, by: Actor, at: datetime) -> bool:
    """What went, to whom, by what right; of what it held, nothing is said there twice."""
    is_required = row.kind == Kind.PROTECTION
    return sharing.prepare(
        _line(
            row, row.pk, by, at,
            ground=Disclosure.Ground.REQUIRED if is_required else Disclosure.Ground.ORDER,
            items=[ITEM], sections=[LEGAL], ends_at=at + A_DAY,
        ),
        by=by,
    )  # fmt: skip


def refused(row: Matter, line_id: UUID, *, by: Actor, at: datetime) -> bool:
    """It was demanded, and an objection was made: nothing was told."""
    return sharing.prepare(
        _line(row, line_id, by, at, items=[], sections=[], is_refused=True), by=by
    )


def _line(row: Matter, line_id: UUID, by: Actor, at: datetime, **more: object) -> Disclosure:
    return Disclosure(
        id=line_id,
        file_id=row.file_id,
        organisation_id=row.organisation_id,
        purpose=Disclosure.Purpose.ORDER,
        capacity=CAPACITIES[row.asker],
        prepared_by=by.user_id,
        prepared_at=at,
        **more,
    )
