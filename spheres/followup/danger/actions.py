"""What can be done of a danger? Write it after the call, add to it, tell her, look at it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.clock import day_of
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.followup.danger import policy, queries
from spheres.followup.danger.models import Addition, Danger, Directive
from spheres.records import actions as records
from spheres.records import spoken
from spheres.records.between.telling import CALL
from spheres.records.spoken import LOOKED_AT
from spheres.records.spoken import Told as Told
from spheres.sharing.models import Disclosure
from spheres.vault import actions as vault

About = Addition.About


@dataclass(frozen=True)
class Written:
    """What the page says. When, to whom and what was said are required; nothing else is."""

    id: UUID
    made_at: datetime
    called: str
    said: str
    recipient: str = ""
    exposed: str = ""
    act: str = ""
    danger: str = ""
    imminence: str = ""
    urgency: str = ""
    consulted: str = ""
    told_her: str = ""  # BEFORE or AFTER, when she knows already
    her_words: str = ""


@transaction.atomic
def write(file_id: UUID, written: Written, *, by: Actor, at: datetime) -> bool:
    """Keep what was told, as a line of her register, for a second person to look at again.

    Its draft is forgotten in the same transaction. Sent twice, it is one danger: False.
    """
    policy.can_write(by).or_raise()
    policy.can_be_then(written.made_at, at).or_raise()
    row = spoken.told_by_voice(
        written.id, file_id, CALL,
        ground=Disclosure.Ground.DANGER,
        purpose=Disclosure.Purpose.SAFETY,
        capacity=policy.CAPACITIES[Danger.Called(written.called)],
        made_at=written.made_at, by=by, at=at,
    )  # fmt: skip
    if not create_once(row):
        return False
    kept = Danger(
        id=written.id,
        file_id=file_id,
        called=written.called,
        imminence=written.imminence,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(
        kept,
        recipient=written.recipient,
        said=written.said,
        exposed=written.exposed,
        act=written.act,
        danger=written.danger,
        urgency=written.urgency,
        consulted=written.consulted,
    )
    create_once(kept)
    records.discard_draft(written.id, by=by)
    audit.record(
        "danger.written", by=by, file_id=file_id, records=[written.id], digest=vault.digest(kept)
    )
    if written.told_her:
        told = Told(uuid5(written.id, "told"), written.told_her, words=written.her_words)
        _tell(row, told, by=by, at=at)
    elif written.her_words:
        addition_id = uuid5(written.id, "her words")
        spoken.keep_addition(
            queries.SHAPES, row, addition_id, About.TELLING, written.her_words, by=by, at=at
        )
    return True


@transaction.atomic
def add(
    file_id: UUID, danger_id: UUID, *, addition_id: UUID, about: str, text: str, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Add on one point what was not written that night. Sent twice, it is added once."""
    found = _seen(file_id, danger_id, by=by)
    policy.can_add(by, found.row.prepared_by).or_raise()
    if spoken.keep_addition(queries.SHAPES, found.row, addition_id, about, text, by=by, at=at):
        audit.record("danger.added", by=by, file_id=file_id, records=[danger_id, addition_id])


@transaction.atomic
def tell(file_id: UUID, danger_id: UUID, told: Told, *, by: Actor, at: datetime) -> None:
    """She was told, and what she said; or not for now, why, and until when. Sent twice, once."""
    found = _seen(file_id, danger_id, by=by)
    if any(one.pk == told.id for one in found.tellings):
        return
    policy.can_tell(by, found.way).or_raise()
    if told.look_again_on is not None:
        policy.can_wait_until(told.look_again_on, day_of(at)).or_raise()
    _tell(found.row, told, by=by, at=at)


@transaction.atomic
def review(danger_id: UUID, *, step_id: UUID, learnt: str, by: Actor, at: datetime) -> None:
    """A second person has looked at it again, and says what was learnt; once. WrongState when
    somebody has just done so."""
    found = queries.to_review(danger_id, actor=by)
    if found is None:
        raise WrongState(LOOKED_AT)
    if found.reviewed is not None and found.reviewed.pk == step_id:
        return  # the same press, sent again
    if found.reviewed is not None:
        raise WrongState(LOOKED_AT)
    policy.can_review(by, found.row.prepared_by).or_raise()
    file_id = found.row.file_id
    if learnt:
        spoken.keep_addition(queries.SHAPES, found.row, step_id, About.LEARNT, learnt, by=by, at=at)
    spoken.keep_second_look(found.row, step_id, by=by, at=at)
    audit.record("danger.reviewed", by=by, file_id=file_id, records=[danger_id, step_id])


@transaction.atomic
def direct(directive_id: UUID, *, on_call: str, fr: str, en: str, by: Actor, at: datetime) -> None:
    """Say who answers day and night in one's organisation, and what it asks to do."""
    policy.can_direct(by).or_raise()
    row = Directive(
        id=directive_id,
        organisation_id=by.organisation_id,
        on_call=on_call,
        fr=fr,
        en=en,
        said_by=by.user_id,
        said_at=at,
    )
    if create_once(row):
        audit.record("danger.directed", by=by, records=[directive_id])


def _seen(file_id: UUID, danger_id: UUID, *, by: Actor) -> queries.Found:
    found = queries.of_file(file_id, danger_id, actor=by)
    if found is None:
        raise WrongState(LOOKED_AT)
    return found


def _tell(row: Disclosure, told: Told, *, by: Actor, at: datetime) -> None:
    if spoken.keep_telling(queries.SHAPES, row, told, by=by, at=at):
        audit.record("danger.told_her", by=by, file_id=row.file_id, records=[row.pk, told.id])
