"""Which past trainings are attested already, which are added from a list, and which are undone?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor
from spheres.records.between.trained import TookPart
from spheres.training.attestations import actions, policy, queries
from spheres.training.attestations.actions import Shown
from spheres.training.attestations.models import OUTSIDE, Attestation, Given, TakenBack

Key = tuple[object, ...]


def key_of(user_id: UUID | None, name: str, organisation: str, topic: str, on: object) -> Key:
    """One person, one topic, one day, however capitals are written."""
    is_outside = user_id in (None, OUTSIDE)
    who = (name.lower(), organisation.lower()) if is_outside else (user_id,)
    return (*who, topic, on)


def known(those: Sequence[TookPart], /, *, actor: Actor) -> set[UUID]:
    """Those that are attested already, or taken back: said again, they would come back."""
    context.require(actor)
    if not those:
        return set()
    days = [one.on for one in those]
    found = Attestation.objects.alias(small=Lower("name")).filter(
        user_id__in={one.user_id or OUTSIDE for one in those},
        small__in={one.name.lower() for one in those},
        topic__in={one.topic for one in those},
        taken_on__range=(min(days), max(days)),
    )
    kept = {
        key_of(*row)
        for row in found.values_list("user_id", "name", "organisation", "topic", "taken_on")
    }
    return {
        one.session_id
        for one in those
        if key_of(one.user_id, one.name, one.organisation, one.topic, one.on) in kept
    }


@transaction.atomic
def keep(those: Sequence[TookPart], /, *, by: Actor, at: datetime) -> set[UUID]:
    """Attest those that are not known yet, in one go; said twice, once. Never of oneself."""
    policy.can_coordinate(by).or_raise()
    before = known(those, actor=by)
    topics = queries.topics(actor=by)
    rows, said = [], set[Key]()
    for one in those:
        who = one.user_id or OUTSIDE
        key = key_of(who, one.name, one.organisation, one.topic, one.on)
        if one.session_id in before or key in said or not policy.can_attest(by, who):
            continue
        said.add(key)
        said_of = (one.name, one.organisation, one.environment, one.region)
        named = said_of if who == OUTSIDE else ()
        shown = Shown(one.topic, one.on, one.language, who, *named)
        source = Attestation.Source.BROUGHT
        rows.append(actions.row_of(one.session_id, shown, topics[one.topic], source, by, at))
    if rows:
        Attestation.objects.bulk_create(rows)
        audit.record("attestation.said", by=by, records=[row.pk for row in rows])
        actions.tell_clearance({row.user_id for row in rows}, by=by, at=at)
    return {row.pk for row in rows}


def stand(ids: Collection[UUID], /, *, actor: Actor) -> set[UUID]:
    """Those whose paper was given, and those that were taken back."""
    context.require(actor)
    given = Given.objects.filter(attestation_id__in=ids)
    back = TakenBack.objects.filter(attestation_id__in=ids)
    return {*given.values_list("attestation_id", flat=True)} | {
        *back.values_list("attestation_id", flat=True)
    }


@transaction.atomic
def undo(ids: Collection[UUID], /, *, by: Actor, at: datetime) -> set[UUID]:
    """What a list brought goes, with what it opened; what stands stays, and is returned."""
    policy.can_coordinate(by).or_raise()
    brought = Attestation.objects.filter(pk__in=ids, source=Attestation.Source.BROUGHT)
    of = {"attestation_id": OuterRef("pk")}
    free = brought.exclude(user_id=by.user_id).filter(
        ~Exists(Given.objects.filter(**of)), ~Exists(TakenBack.objects.filter(**of))
    )
    gone = dict(free.values_list("pk", "user_id"))
    if gone:
        Attestation.objects.filter(pk__in=gone).delete()
        audit.record("attestation.undone", by=by, records=list(gone))
        actions.tell_clearance(set(gone.values()), by=by, at=at)
    return {*brought.values_list("pk", flat=True)}
