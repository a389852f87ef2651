"""How is one row of a demand about one file written, and told in the person’s journal?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.privacy.legal_demands.models import Matter, Step
from spheres.sharing.rules import LEGAL
from spheres.vault import actions as vault


@dataclass(frozen=True)
class Weighed:
    """One thing that was weighed, or done."""

    id: UUID
    kind: str
    code: str = ""
    who: str = ""
    words: str = ""
    apart: int = 0


def write(row: Matter, said: Weighed, *, by: Actor, at: datetime) -> bool:
    step = Step(
        id=said.id,
        file_id=row.file_id,
        matter=row,
        kind=said.kind,
        code=said.code,
        apart=said.apart,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(step, who=said.who, words=said.words)
    return create_once(step)


def tell(what: str, row: Matter, *others: UUID, by: Actor, basis: str = "") -> None:
    audit.record(
        what,
        by=by,
        file_id=row.file_id,
        sections=[LEGAL],
        records=[row.pk, *others],
        basis=basis,
    )
