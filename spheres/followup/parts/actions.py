"""What can be done of who does what? Say it, say it anew, say that it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.followup.parts import policy, queries
from spheres.followup.parts.models import Part
from spheres.sharing.rules import NOTES
from spheres.vault import actions as vault


class Overtaken(WrongState):
    """Somebody else said it otherwise since it was shown: both texts are to be seen."""


@dataclass(frozen=True)
class Said:
    """What an organisation does for her; `on` is the number of the text she was looking at."""

    id: UUID
    organisation_id: UUID
    what: str
    person: str = ""
    next_step: str = ""
    since_on: date | None = None
    next_on: date | None = None
    asked_on: date | None = None
    ended_on: date | None = None
    is_named_by_her: bool = False
    on: int = 0


@transaction.atomic
def say(file_id: UUID, said: Said, *, of: UUID | None = None, by: Actor, at: datetime) -> UUID:
    """Keep what is said of a part: a new one, or the next text of one. Sent twice, it is one.

    Raises Overtaken when somebody else said it otherwise meanwhile; nothing is then written.
    """
    policy.can_write(by).or_raise()
    choice = next(
        (one for one in queries.organisations(actor=by) if one.id == said.organisation_id), None
    )
    if choice is None:
        raise WrongState(_("This organisation is no longer of the programme."))
    policy.can_name(is_police=choice.is_police, is_named_by_her=said.is_named_by_her).or_raise()
    part = Part(
        id=said.id,
        file_id=file_id,
        part_id=of or said.id,
        number=said.on + 1,
        organisation_id=said.organisation_id,
        since_on=said.since_on,
        next_on=said.next_on,
        asked_on=said.asked_on,
        ended_on=said.ended_on,
        is_named_by_her=said.is_named_by_her,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(part, person=said.person, what=said.what, next_step=said.next_step)
    try:
        is_new = create_once(part)
    except IntegrityError as second:
        raise Overtaken(_("Somebody else said it otherwise meanwhile.")) from second
    if is_new:
        action = "part.ended" if said.ended_on else "part.changed" if of else "part.said"
        audit.record(
            action,
            by=by,
            file_id=file_id,
            sections=[NOTES],
            records=[part.pk],
            digest=vault.digest(part),
        )
    return part.part_id
