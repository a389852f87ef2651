"""What can be done of who does what? Say it, say it anew, say that it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.followup.parts import policy, queries
from spheres.followup.parts.models import OwnPart, Part
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
    is_shown: bool = False  # they read it on their page, and say what comes next
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
        _show(part, said, can_be=choice.may_read_it, by=by, at=at)
    return part.part_id


def _show(part: Part, said: Said, *, can_be: bool, by: Actor, at: datetime) -> None:
    """What they read of it from now; nothing, once it is no longer shown, or is over."""
    before = queries.own_rows(part.file_id, part.part_id, actor=by)
    is_shown = said.is_shown and can_be and said.ended_on is None
    if not is_shown and not before:
        return
    row = OwnPart(
        id=uuid5(part.pk, "as it is read there"),
        file_id=part.file_id,
        part_id=part.part_id,
        number=before[-1].number + 1 if before else 1,
        organisation_id=part.organisation_id,
        is_shown=is_shown,
        since_on=part.since_on if is_shown else None,
        next_on=part.next_on if is_shown else None,
        written_by=by.user_id,
        written_at=at,
    )
    told = (said.what, said.next_step) if is_shown else ("", "")
    vault.lock(row, what=told[0], next_step=told[1])
    create_once(row)


@transaction.atomic
def say_next(
    own: queries.Ours,
    step_id: UUID,
    *,
    next_step: str,
    next_on: date | None,
    by: Actor,
    at: datetime,
) -> None:
    """At the partner's: what comes next in its own part, and nothing else. Sent twice, it is one.

    Raises Overtaken when somebody said it otherwise meanwhile.
    """
    policy.can_say_next(by).or_raise()
    row = OwnPart(
        id=step_id,
        file_id=own.shown.file_id,
        part_id=own.shown.part_id,
        number=own.number + 1,
        organisation_id=by.organisation_id,
        is_shown=True,
        is_from_there=True,
        next_on=next_on,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(row, what="", next_step=next_step)
    try:
        is_new = create_once(row)
    except IntegrityError as second:
        raise Overtaken(_("Somebody else said it otherwise meanwhile.")) from second
    if is_new:
        audit.record(
            "part.next_said",
            by=by,
            file_id=row.file_id,
            records=[row.pk],
            digest=vault.digest(row),
        )
