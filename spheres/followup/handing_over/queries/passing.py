"""How are my persons found, each with where her hand-over stands?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from spheres.accounts import queries as accounts
from spheres.accounts.models import Membership
from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.followup.handing_over.models import Choice, Passing, PassingStatus, Relay
from spheres.followup.handing_over.queries.day import live, names_of
from spheres.participants import queries as participants
from spheres.participants.models import Assignment, FollowUpStatus, Identity, SafeContact
from spheres.records.models import Draft
from spheres.sharing import queries as sharing
from spheres.sharing.rules import ACCOMPANYING, RELATION, WORKERS
from spheres.ui.text import alphabetical

Status = PassingStatus.Status


@dataclass(frozen=True)
class Person:
    """One of my persons, and where her hand-over stands."""

    file_id: UUID
    name: str
    status: str  # of her hand-over; empty: to be told
    told_on: date | None = None
    way: str = ""
    to: str = ""  # the colleague who walks with her next
    declined: str = ""  # why that colleague cannot

    @property
    def label(self) -> str:
        return str(Choice.Way(self.way).label) if self.way else ""

    @property
    def why(self) -> str:
        return str(Relay.Reason(self.declined).label) if self.declined else ""


@dataclass(frozen=True)
class Leaving:
    """My persons, my texts to finish, and when my access ends, if it is known."""

    ends_at: datetime | None
    people: list[Person]
    drafts: int

    @property
    def to_tell(self) -> int:
        return sum(not person.status for person in self.people)


@dataclass(frozen=True)
class Colleague:
    user_id: UUID
    name: str


def hold(file_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Hold who walks with her until the end: two workers who hand her over come one by one.

    WrongState when the actor is not among them.
    """
    context.require(actor)
    rows = Assignment.objects.filter(live(at), file_id=file_id).order_by("pk")
    if actor.user_id not in {row.user_id for row in rows.select_for_update(of=("self",))}:
        raise WrongState(states.HAS_CHANGED)


def mine(*, actor: Actor, at: datetime) -> QuerySet[Assignment, UUID]:
    """The files of those I walk with now, and am to hand over: of a psychotherapist, those that
    nobody else keeps (`sharing/beginning.py`)."""
    context.require(actor)
    rows = Assignment.objects.filter(live(at), user_id=actor.user_id)
    if not actor.has(*WORKERS):
        rows = rows.filter(file_id__in=RawSQL("select unnest(access.begun())", []))
    return rows.order_by("file_id").values_list("file_id", flat=True).distinct()


def walks_with(file_id: UUID, *, actor: Actor, at: datetime) -> bool:
    """Whether I walk with her now."""
    return mine(actor=actor, at=at).filter(file_id=file_id).exists()


def shown(file_id: UUID, *, actor: Actor) -> tuple[Identity | None, SafeContact | None]:
    """The newest of who she is and of how to reach her, each when she lets it pass; locked."""
    context.require(actor)
    newest = {"file_id": file_id}, ("-written_at", "pk")
    return (
        Identity.objects.filter(**newest[0]).order_by(*newest[1]).first(),
        SafeContact.objects.filter(**newest[0]).order_by(*newest[1]).first(),
    )


def stands(file_id: UUID, *, actor: Actor) -> str:
    """How her follow-up stands, when she lets that pass; else nothing."""
    context.require(actor)
    rows = FollowUpStatus.objects.filter(file_id=file_id)
    newest = rows.order_by("-follow_up__opened_at", "follow_up_id").first()
    return newest.status if newest else ""


def passing(file_id: UUID, *, actor: Actor) -> Passing | None:
    """The hand-over of one person by this actor that is not over; None: she was not told."""
    context.require(actor)
    return (
        Passing.objects.select_related("standing")
        .filter(file_id=file_id, written_by=actor.user_id)
        .exclude(standing__status=Status.MET)
        .order_by("-written_at", "pk")
        .first()
    )


def lock(passing_id: UUID, *, actor: Actor) -> PassingStatus:
    """Where one hand-over stands, held. WrongState when out of reach."""
    context.require(actor)
    return states.lock(PassingStatus.objects.filter(pk=passing_id))


def lock_episode(file_id: UUID, *, actor: Actor) -> FollowUpStatus | None:
    """Her newest episode, held; None before her follow-up began."""
    context.require(actor)
    rows = FollowUpStatus.objects.filter(file_id=file_id)
    newest = rows.order_by("-follow_up__opened_at", "follow_up_id")
    return newest.select_for_update(of=("self",)).first()


def leaving(*, actor: Actor, at: datetime) -> Leaving:
    """My persons by name, with where each stands; the names are opened in one list event."""
    files = list(mine(actor=actor, at=at))
    names = participants.names(files, actor=actor)
    told = {
        one.file_id: one
        for one in Passing.objects.select_related("standing")
        .filter(file_id__in=files, written_by=actor.user_id)
        .exclude(standing__status=Status.MET)
        .order_by("written_at", "pk")
    }
    chosen = {
        one.passing_id: one
        for one in Choice.objects.filter(passing__in=[one.pk for one in told.values()]).order_by(
            "written_at", "pk"
        )
    }
    declined = {one.handed_id: one.reason for one in _declined(actor=actor)}
    people = names_of({one.to_user_id for one in chosen.values() if one.to_user_id})
    return Leaving(
        ends_at=ends_at(actor.user_id, actor=actor, at=at),
        people=sorted(
            (_person(file_id, name, told, chosen, declined, people) for file_id, name in names),
            key=lambda person: (bool(person.status), alphabetical(person.name), person.file_id),
        ),
        drafts=Draft.objects.count(),
    )


def _declined(*, actor: Actor) -> QuerySet[Relay]:
    return Relay.objects.filter(user_id=actor.user_id, kind=Relay.Kind.DECLINED).exclude(
        from_user_id=actor.user_id
    )


def _person(
    file_id: UUID,
    name: str,
    told: dict[UUID, Passing],
    chosen: dict[UUID, Choice],
    declined: dict[UUID, str],
    people: dict[UUID, str],
) -> Person:
    one = told.get(file_id)
    if one is None:
        return Person(file_id, name, "")
    choice = chosen.get(one.pk)
    if choice is None:
        return Person(file_id, name, one.standing.status, one.told_on)
    to = people.get(choice.to_user_id, "") if choice.to_user_id else ""
    why = declined.get(choice.pk, "")
    return Person(file_id, name, one.standing.status, one.told_on, choice.way, to, why)


def ends_at(user_id: UUID, *, actor: Actor, at: datetime) -> datetime | None:
    """When all a colleague does here ends; None when it is not known."""
    moments = list(
        Membership.objects.filter(
            live(at), user_id=user_id, organisation_id=actor.organisation_id
        ).values_list("ends_at", flat=True)
    )
    known = [moment for moment in moments if moment is not None]
    return max(known) if known and len(known) == len(moments) else None


def has_met(handed_id: UUID, *, actor: Actor) -> bool:
    """Whether I said already that we have met: I took her on by it."""
    context.require(actor)
    return Assignment.objects.filter(pk=handed_id, user_id=actor.user_id).exists()


def has_declined(handed_id: UUID, *, actor: Actor) -> bool:
    """Whether I said already that I cannot."""
    context.require(actor)
    mine = Relay.objects.filter(handed_id=handed_id, from_user_id=actor.user_id)
    return mine.filter(kind=Relay.Kind.DECLINED).exists()


def is_here(user_id: UUID, *, actor: Actor, at: datetime) -> bool:
    """Whether a colleague still accompanies people in my organisation."""
    return _here(ACCOMPANYING, actor=actor, at=at).filter(user_id=user_id).exists()


def working_here(*, actor: Actor, at: datetime) -> QuerySet[Membership, UUID]:
    """The workers of my organisation now, by identifier."""
    return _here(WORKERS, actor=actor, at=at).values_list("user_id", flat=True)


def to_go_on(file_id: UUID, *, actor: Actor, at: datetime) -> list[Colleague]:
    """Whom she may choose: workers who stay; in a file that its psychotherapist keeps alone, her
    colleagues of the same profession too."""
    if sharing.keeps(file_id, actor=actor):
        return proposed(actor=actor, at=at, roles=ACCOMPANYING)
    return proposed(actor=actor, at=at)


def proposed(*, actor: Actor, at: datetime, roles: frozenset[str] | None = None) -> list[Colleague]:
    """The workers of my organisation who stay, by name: not me, nor whoever leaves too, nor whoever
    may be given nothing for now."""
    held = _here(roles or WORKERS, actor=actor, at=at).filter(ends_at=None)
    others = accounts.cleared(held.exclude(user_id=actor.user_id))
    found = others.order_by("user__name", "user_id")
    return [Colleague(*pair) for pair in dict.fromkeys(found.values_list("user_id", "user__name"))]


def _here(roles: frozenset[str], *, actor: Actor, at: datetime) -> QuerySet[Membership]:
    context.require(actor)
    return Membership.objects.filter(
        live(at),
        organisation_id=actor.organisation_id,
        role__in=roles,
        user__is_active=True,
    )


def can_see(file_id: UUID, user_id: UUID, *, actor: Actor) -> bool:
    """Whether the database lets this colleague know who walks with her."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from access.who_can(%s, %s) w "
            "where w.user_id = %s and w.purpose = 'ordinary')",
            [file_id, RELATION, user_id],
        )
        return bool(cursor.fetchone()[0])
