"""What may a copy hold of a file, for whoever asks?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from spheres.core.actor import Actor
from spheres.privacy.access_requests.models import Asker
from spheres.privacy.access_requests.queries import NEVER, Asked
from spheres.records.between import copying, together
from spheres.records.between.copying import Goes, Kind


def goes_to(asked: Asked) -> Goes:
    """How far what is given goes: to her and her lawyer, or to whoever speaks for her."""
    return Goes.HERS if asked.row.asker in {Asker.SELF, Asker.LAWYER} else Goes.ALL


def to_give(asked: Asked, *, actor: Actor) -> list[tuple[Kind, UUID, datetime]]:
    """All that a copy may hold, the newest first: its kind and its day, unopened."""
    found = copying.newest(asked.row.file_id, actor=actor, most=together.ALL_OF_IT)
    return [
        (kind, row.pk, kind.moment(row))
        for kind, row in found
        if kind.section not in NEVER and kind.goes >= goes_to(asked)
    ]
