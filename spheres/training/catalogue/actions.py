"""What can be done with the catalogue? Keep what serves to teach; say, and confirm, who teaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.core.states import HAS_CHANGED
from spheres.training.catalogue import policy
from spheres.training.catalogue.models import Confirmation, Material, Topic, Trainer
from spheres.training.catalogue.queries import Kept, Teaching


@dataclass(frozen=True)
class Sent:
    """One version of a material, as somebody describes it, its link opened by hand."""

    id: UUID
    title: str
    language: str
    dated_on: date
    address: str


@dataclass(frozen=True)
class Said:
    """What somebody teaches, in which languages, and where."""

    id: UUID
    topics: Sequence[str]
    languages: Sequence[str]
    reaches: Sequence[str]


@transaction.atomic
def keep(sent: Sent, topic: Topic, *, by: Actor, at: datetime) -> None:
    """Keep something that serves to teach a topic."""
    _keep(sent, topic.slug, sent.id, 1, by=by, at=at)


@transaction.atomic
def keep_next(sent: Sent, of: Kept, *, by: Actor, at: datetime) -> None:
    """Keep its next version; the older ones stay."""
    last = of.newest.row
    _keep(sent, last.topic, last.material_id, last.version + 1, by=by, at=at)


def _keep(
    sent: Sent, topic: str, material_id: UUID, version: int, *, by: Actor, at: datetime
) -> None:
    policy.can_keep_material(by).or_raise()
    row = Material(
        id=sent.id,
        material_id=material_id,
        version=version,
        topic=topic,
        title=sent.title,
        language=sent.language,
        dated_on=sent.dated_on,
        address=sent.address,
        written_by=by.user_id,
        written_at=at,
    )
    try:
        is_new = create_once(row)
    except IntegrityError:  # somebody kept this version first
        raise WrongState(HAS_CHANGED) from None
    if is_new:
        audit.record("material.kept", by=by, records=[row.pk])


@transaction.atomic
def say_own(said: Said, *, by: Actor, at: datetime) -> None:
    """Say what one teaches oneself. Without a topic, one teaches no more."""
    policy.can_say_own(by).or_raise()
    _say(said, by.user_id, "", by=by, at=at)


@transaction.atomic
def say_outside(
    said: Said, outside: str, *, by: Actor, at: datetime, of: Teaching | None = None
) -> None:
    """Say what an outside organisation teaches; nobody there is named."""
    policy.can_say_outside(by).or_raise()
    _say(said, of.row.trainer_id if of else said.id, outside, by=by, at=at)


def _say(said: Said, trainer_id: UUID, outside: str, *, by: Actor, at: datetime) -> None:
    row = Trainer(
        id=said.id,
        trainer_id=trainer_id,
        outside=outside,
        topics=list(said.topics),
        languages=list(said.languages),
        reaches=list(said.reaches),
        organisation_id=by.organisation_id,
        written_by=by.user_id,
        written_at=at,
    )
    if create_once(row):
        audit.record("trainer.said", by=by, records=[row.pk])


@transaction.atomic
def confirm(form_id: UUID, of: Teaching, *, by: Actor, at: datetime) -> None:
    """Confirm what somebody last said that they teach."""
    policy.can_confirm(by, waits=not of.is_confirmed).or_raise()
    row = Confirmation(id=form_id, said_id=of.row.pk, written_by=by.user_id, written_at=at)
    if create_once(row):
        audit.record("trainer.confirmed", by=by, records=[of.row.pk])
