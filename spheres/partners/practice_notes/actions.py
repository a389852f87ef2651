"""What can be done with practice notes? Propose one; write what a committee decided of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.core.states import HAS_CHANGED
from spheres.partners.practice_notes import policy, queries
from spheres.partners.practice_notes.models import Ruling, Version
from spheres.partners.practice_notes.queries import Note, Told
from spheres.records.between import decisions


@dataclass(frozen=True)
class Proposed:
    """A version as somebody proposes it, in both languages."""

    id: UUID
    title_fr: str
    title_en: str
    words_fr: str
    words_en: str
    basis: str
    source: str = ""


@dataclass(frozen=True)
class Said:
    """What a committee decided of a version, and on which of its decisions this leans."""

    id: UUID
    decided_id: UUID
    outcome: str
    minority_fr: str = ""
    minority_en: str = ""
    review_on: date | None = None


@transaction.atomic
def propose(said: Proposed, *, by: Actor, at: datetime, of: Note | None = None) -> None:
    """Propose a note, or another version of one. What stands, stands until a committee decides."""
    policy.can_propose(by).or_raise()
    row = Version(
        id=said.id,
        note_id=of.id if of else said.id,
        title_fr=said.title_fr,
        title_en=said.title_en,
        words_fr=said.words_fr,
        words_en=said.words_en,
        basis=said.basis,
        source=said.source,
        organisation_id=by.organisation_id,
        written_by=by.user_id,
        written_at=at,
    )
    if create_once(row):
        audit.record("practice_note.proposed", by=by, records=[said.id])


@transaction.atomic
def rule(said: Said, version: Told, *, by: Actor, at: datetime) -> None:
    """Write what a committee decided of a version: approved until its review, or not approved."""
    if any(one.row.pk == said.id for one in version.rulings):
        return  # pressed twice
    is_past = version.stands == "PAST"
    policy.can_rule(queries.chaired(actor=by), is_past=is_past).or_raise()
    taken = {one.id: one for one in decisions.where_one_chairs(actor=by, at=at)}
    if said.decided_id not in taken:
        raise WrongState(HAS_CHANGED)
    row = Ruling(
        id=said.id,
        version_id=version.row.pk,
        committee_id=taken[said.decided_id].committee_id,
        decided_id=said.decided_id,
        outcome=said.outcome,
        minority_fr=said.minority_fr,
        minority_en=said.minority_en,
        review_on=said.review_on,
        written_by=by.user_id,
        written_at=at,
    )
    if create_once(row):
        audit.record("practice_note.ruled", by=by, records=[version.row.pk])
