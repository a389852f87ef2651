"""What can be done with who she says she is? Said anew; what was said before stays as written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.followup.identity import policy, queries
from spheres.followup.identity.models import Belonging
from spheres.participants.models import Identity
from spheres.records.between import hooks
from spheres.sharing import queries as sharing
from spheres.sharing.rules import IDENTITY, LEGAL
from spheres.vault import actions as vault


@dataclass(frozen=True)
class Said:
    """What she says of herself, in her words."""

    id: UUID
    chosen_name: str
    pronouns: str
    language: str
    languages: str
    interpreter: str
    gender: str
    birth_date: date | None = None


@transaction.atomic(savepoint=False)
def say(file_id: UUID, said: Said, *, by: Actor, at: datetime) -> UUID:
    """Write another row: what is left empty is taken back. Sent twice, it is one row."""
    policy.can_write(by, keeps=sharing.keeps(file_id, actor=by)).or_raise()
    known = queries.identities(file_id, actor=by)[0]
    row = Identity(
        id=said.id,
        file_id=file_id,
        age_band=known.age_band,
        language=said.language,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(
        row,
        chosen_name=said.chosen_name,
        pronouns=said.pronouns,
        languages=said.languages,
        interpreter=said.interpreter,
        gender=said.gender,
        birth_date=said.birth_date.isoformat() if said.birth_date else "",
    )
    if create_once(row):
        audit.record(
            "identity.said",
            by=by,
            file_id=file_id,
            sections=[IDENTITY],
            records=[row.pk],
            digest=vault.digest(row),
        )
        if said.birth_date is not None:
            hooks.born(file_id, said.birth_date, by=by, at=at)
    return said.id


@transaction.atomic(savepoint=False)
def say_belonging(file_id: UUID, row_id: UUID, nations: str, *, by: Actor, at: datetime) -> None:
    """Her nations, in her words; nothing written takes back what stood. Sent twice, it is once."""
    policy.can_write(by).or_raise()
    row = Belonging(id=row_id, file_id=file_id, written_by=by.user_id, written_at=at)
    vault.lock(row, nations=nations)
    if create_once(row):
        audit.record(
            "belonging.said",
            by=by,
            file_id=file_id,
            sections=[LEGAL],
            records=[row.pk],
            digest=vault.digest(row),
        )


def open_belonging(file_id: UUID, *, by: Actor) -> Belonging | None:
    """Open what she said last, by an event of its own; None when she said nothing."""
    policy.can_write(by).or_raise()
    row = queries.belongings(file_id, actor=by).first()
    if row is not None:
        vault.open([row], by=by, action="belonging.opened")
    return row
