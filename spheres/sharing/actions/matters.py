"""Who handles a matter, and who must never see one?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.sharing.actions.asking import ask
from spheres.sharing.models import Conflict, Handler, Seat
from spheres.sharing.rules import LEGAL


def give_to_desk(
    matter_id: UUID, *, organisation_id: UUID, role: str, kind: Handler.Kind, at: datetime
) -> None:
    """Leave a matter with a desk: everyone who holds that role in that organisation, now."""
    Handler.objects.bulk_create(
        [
            Handler(
                id=uuid4(),
                matter_id=matter_id,
                kind=kind,
                organisation_id=organisation_id,
                role=role,
                starts_at=at,
            )
        ]
    )


def open_at_desk(matter_id: UUID, *, organisation_id: UUID, role: str, at: datetime) -> bool:
    """Open a matter that nobody has yet at one's own desk; False when it arrived there before."""
    return create_once(
        Handler(
            id=matter_id,
            matter_id=matter_id,
            kind=Handler.Kind.DESK,
            organisation_id=organisation_id,
            role=role,
            starts_at=at,
        )
    )


def give_to_person(matter_id: UUID, *, user_id: UUID, kind: Handler.Kind, at: datetime) -> None:
    """Give a matter to one named person."""
    Handler.objects.bulk_create(
        [Handler(id=uuid4(), matter_id=matter_id, kind=kind, user_id=user_id, starts_at=at)]
    )


def take_back(
    matter_id: UUID, *kinds: Handler.Kind, at: datetime, user_id: UUID | None = None
) -> None:
    """End these handlers of a matter, at once; of one person only when `user_id` is given."""
    live = Handler.objects.filter(matter_id=matter_id, kind__in=kinds, ends_at=None)
    if user_id is not None:
        live = live.filter(user_id=user_id)
    live.update(ends_at=at)


def go_on_with(matter_id: UUID, users: Collection[UUID], *, at: datetime) -> None:
    """Say who has what was entrusted, now that others walk with the person: these, and no longer
    those before. What is settled, or has not been taken on, stays so.

    Who may handle it is the database's to say, by who walks with her; this is the name the
    coordination reads. Asked of whoever walks with her, before she stops or once she has begun.
    """
    entrusted = Handler.Kind.ENTRUSTED
    live = Handler.objects.filter(matter_id=matter_id, kind=entrusted, ends_at=None)
    known = set(live.values_list("user_id", flat=True))
    if not known or not users:
        return
    # First who goes on: what nobody has any more is in nobody's hands.
    for user_id in sorted(set(users) - known):
        give_to_person(matter_id, user_id=user_id, kind=entrusted, at=at)
    live.exclude(user_id__in=users).update(ends_at=at)


def declare_conflict(what: UUID, *, by: Actor, at: datetime, said_id: UUID | None = None) -> None:
    """Say «I know this person», without a reason: the matter then no longer exists for `by`.

    Said twice under one number, it is said once. So is the file that began from it at a partner,
    or from which this one began.
    """
    said = Conflict(id=said_id or uuid4(), user_id=by.user_id, file_id=what, declared_at=at)
    if create_once(said):
        audit.record("conflict.declared", by=by, records=[what])
        ask("know_both", what)


def end_seats(matter_id: UUID, file_id: UUID, *, tells: str, by: Actor, at: datetime) -> bool:
    """Whoever sits at a matter of the law about this file reads nothing there any more, from now
    on. Pressed twice, it is told once."""
    live = Seat.objects.filter(matter_id=matter_id, file_id=file_id, ended_at=None)
    if not live.update(ended_at=at, ended_by=by.user_id):
        return False
    audit.record(tells, by=by, file_id=file_id, sections=[LEGAL], records=[matter_id])
    return True
