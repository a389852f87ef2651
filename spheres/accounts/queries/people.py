"""Who works in the organisation one looks after, until when, and who said so last?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Max, QuerySet

from spheres.accounts import limits, policy
from spheres.accounts.models import Authenticator, Confirmed, Invitation, Membership, User
from spheres.accounts.queries.clearance import IS_CLEAR
from spheres.accounts.queries.door import standing_of
from spheres.accounts.sessions import doorkeeping
from spheres.audit.models import Event
from spheres.core import context
from spheres.core.actor import Actor

MONTH: Final = timedelta(days=31)
A_MOMENT: Final = timedelta(minutes=10)  # how long a page still says what was just done


@dataclass(frozen=True)
class Colleague:
    """Someone who works in the organisation I look after."""

    user_id: UUID
    name: str
    email: str
    job_titles: tuple[str, ...]
    is_enrolled: bool
    is_closed: bool
    vouched_by: str
    seen_on: date | None
    # When all she does here ends, if it is known.
    leaves_at: datetime | None


@dataclass(frozen=True)
class CoWorker:
    """Someone who works here, as any colleague may know her."""

    user_id: UUID
    name: str
    # When all she does here ends, if it is known.
    leaves_at: datetime | None
    # Files may be given to her: what is asked here for that stands.
    is_clear: bool = True


def who_works_here(roles: Collection[str], *, actor: Actor, at: datetime) -> list[CoWorker]:
    """Those who hold one of these roles today in the organisation one acts for, by name."""
    context.require(actor)
    held: dict[UUID, list[Membership]] = {}
    here = _live_here(actor, at).filter(role__in=roles, user__is_active=True)
    for one in here.annotate(is_clear=IS_CLEAR):
        held.setdefault(one.user_id, []).append(one)
    return [
        CoWorker(user_id, those[0].user.name, _last_moment(those), those[0].is_clear)  # type: ignore[attr-defined]
        for user_id, those in held.items()
    ]


def names_of(users: Collection[UUID]) -> dict[UUID, str]:
    """The names of these colleagues, as they stand in the programme."""
    return dict(User.objects.filter(pk__in=users).values_list("pk", "name")) if users else {}


def names_at_work(*, actor: Actor, at: datetime) -> list[str]:
    """The names of those who work at a partner of the programme today, in no order."""
    context.require(actor)
    held = Membership.objects.filter(starts_at__lte=at, user__is_active=True).exclude(
        ends_at__lte=at
    )
    return list(held.values_list("user__name", flat=True).distinct())


def language_of(user_id: UUID, *, actor: Actor) -> str:
    """The language in which a colleague reads, so that what is made for them is in it."""
    context.require(actor)
    return User.objects.values_list("language", flat=True).get(pk=user_id)


def colleagues(*, actor: Actor, at: datetime) -> list[Colleague]:
    """Everyone with a live membership in my organisation, and how each stands with the door."""
    context.require(actor)
    live = list(_live_here(actor, at))
    ids = {one.user_id for one in live}
    with doorkeeping():
        enrolled = set(
            Authenticator.objects.filter(user_id__in=ids).values_list("user_id", flat=True)
        )
        closed = limits.reached("in_a_row", {one.user.email for one in live})
        vouched = {
            one.user_id: one
            for one in Invitation.objects.filter(user_id__in=ids).order_by("made_at", "pk")
        }
        vouchers = dict(
            User.objects.filter(pk__in={one.vouched_by for one in vouched.values()}).values_list(
                "pk", "name"
            )
        )
    people: dict[UUID, list[Membership]] = {}
    for one in live:
        people.setdefault(one.user_id, []).append(one)
    return [
        _colleague(held, enrolled, closed, vouched.get(user_id), vouchers)
        for user_id, held in people.items()
    ]


def _colleague(
    held: list[Membership],
    enrolled: set[UUID],
    closed: set[str],
    invitation: Invitation | None,
    vouchers: dict[UUID, str],
) -> Colleague:
    user = held[0].user
    return Colleague(
        user.pk,
        user.name,
        user.email,
        tuple(dict.fromkeys(one.job_title for one in held)),
        user.pk in enrolled,
        user.email in closed,
        vouchers.get(invitation.vouched_by, "") if invitation else "",
        invitation.seen_on if invitation else None,
        _last_moment(held),
    )


def _live_here(actor: Actor, at: datetime) -> QuerySet[Membership]:
    return (
        Membership.objects.filter(organisation_id=actor.organisation_id, starts_at__lte=at)
        .exclude(ends_at__lte=at)
        .select_related("user")
        .order_by("user__name", "role", "pk")
    )


def _last_moment(held: list[Membership]) -> datetime | None:
    moments = [one.ends_at for one in held if one.ends_at is not None]
    return max(moments) if len(moments) == len(held) else None


def files_carried(user_id: UUID, *, actor: Actor) -> int:
    """How many files of one's own organisation a person carries today: the number, no file.

    The database counts, for a manager of her organisation alone.
    """
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.files_carried(%s)", [user_id])
        return int(cursor.fetchone()[0])


def sessions_ended_at(user_id: UUID, *, actor: Actor, at: datetime) -> datetime | None:
    """When I ended all that was open of this colleague, if it was a moment ago."""
    return when_i("sessions_ended", user_id, since=at - A_MOMENT, actor=actor)


def when_i(action: str, user_id: UUID, *, since: datetime, actor: Actor) -> datetime | None:
    """When I last did this of a colleague, as my own journal says; None: not since that moment."""
    context.require(actor)
    told = Event.objects.filter(
        actor_id=actor.user_id,
        chain_id=actor.user_id,
        action=action,
        record_ids__contains=[user_id],
        at__gt=since,
    )
    return told.order_by("-at").values_list("at", flat=True).first()


def standing(user_id: UUID, *, actor: Actor, at: datetime) -> policy.Standing:
    """How a person stands with one's own organisation, for a page that asks what may be done."""
    context.require(actor)
    with doorkeeping():
        return standing_of(user_id, actor.organisation_id, at)


@dataclass(frozen=True)
class AtWork:
    """Someone whose work here is to be confirmed each month."""

    user_id: UUID
    name: str
    roles: tuple[str, ...]
    since: datetime
    leaves_at: datetime | None
    confirmed_at: datetime | None
    is_due: bool


def to_confirm(*, actor: Actor, at: datetime) -> list[AtWork]:
    """Everyone who works here; due is whoever nobody confirmed for a month, nor let in since."""
    context.require(actor)
    people: dict[UUID, list[Membership]] = {}
    for one in _live_here(actor, at):
        people.setdefault(one.user_id, []).append(one)
    last = dict(
        Confirmed.objects.filter(organisation_id=actor.organisation_id, user_id__in=people)
        .values("user_id")
        .annotate(last_at=Max("confirmed_at"))
        .values_list("user_id", "last_at")
        .order_by("user_id")
    )
    found = []
    for user_id, held in people.items():
        since = min(one.starts_at for one in held)
        known_at = max(since, last.get(user_id, since))
        found.append(
            AtWork(
                user_id,
                held[0].user.name,
                tuple(one.get_role_display() for one in held),
                since,
                _last_moment(held),
                last.get(user_id),
                at - known_at > MONTH,
            )
        )
    return found


@dataclass(frozen=True)
class Known:
    """Someone of the demo, as its door shows her."""

    user_id: UUID
    name: str
    organisation: str
    job_titles: str


def who_can_sign_in(*, at: datetime) -> list[Known]:
    """Everyone with a live membership, by organisation and name: for the demo's door alone."""
    with doorkeeping():
        live = list(
            Membership.objects.filter(starts_at__lte=at, user__is_active=True)
            .exclude(ends_at__lte=at)
            .select_related("user", "organisation")
            .order_by("organisation__name_fr", "user__name", "role")
        )
    people: dict[UUID, Known] = {}
    for one in live:
        people.setdefault(
            one.user_id, Known(one.user_id, one.user.name, one.organisation.name, one.job_title)
        )
    return list(people.values())
