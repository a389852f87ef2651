"""To whom may a referral be offered?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import (
    Case,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from spheres.accounts import queries as accounts
from spheres.accounts.models import Membership, Organisation
from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.admission import policy
from spheres.followup.admission.queries.referrals import KNOWN, MadeOffer
from spheres.sharing.models import Cover

AT_ONCE: Final = 60  # of a region with many more workers, a page shows these first


@dataclass(frozen=True)
class Candidate:
    """A worker to whom a referral may be offered; whom she accompanies is a count, no rank."""

    user_id: UUID
    name: str
    organisation: str
    languages: list[str]
    accompanies: int = 0
    away_until: datetime | None = None


def candidates(*, actor: Actor, at: datetime) -> list[Candidate]:
    """Everyone who accompanies young people today, by organisation and name; nobody of the police.

    The police partner learns nothing it was not handed, and never holds a file.
    """
    return _workers(_memberships(actor=actor, at=at), {})


def _memberships(*, actor: Actor, at: datetime) -> QuerySet[Membership]:
    context.require(actor)
    found = (
        Membership.objects.filter(role__in=policy.WORKERS, starts_at__lte=at, user__is_active=True)
        .exclude(ends_at__lte=at)
        .exclude(organisation__kind=Organisation.Kind.POLICE)
        .select_related("user", "organisation")
        .order_by("organisation__name_fr", "user__name", "pk")
    )
    # Nothing is offered to whoever could not take it on: an undertaking or a training is missing.
    return accounts.cleared(found, anywhere=True)


def _workers(memberships: Iterable[Membership], accompany: Mapping[UUID, int]) -> list[Candidate]:
    """Each person once, whatever hats and places she has."""
    found: dict[UUID, Candidate] = {}
    for m in memberships:
        known = found.get(m.user_id)
        where = m.organisation.name
        if known and where not in known.organisation.split(", "):
            found[m.user_id] = replace(known, organisation=f"{known.organisation}, {where}")
        elif not known:
            told = accompany.get(m.user_id, 0), getattr(m, "away", None)
            found[m.user_id] = Candidate(m.user_id, m.user.name, where, m.user.languages, *told)
    return list(found.values())


def _accompany(workers: Iterable[UUID]) -> dict[UUID, int]:
    """How many persons each of these workers accompanies now: numbers, asked by the desk alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select a.of_worker, a.counted from access.accompanied(%s) a", [list(workers)]
        )
        return dict(cursor.fetchall())


def to_ask(
    made: list[MadeOffer],
    *,
    actor: Actor,
    at: datetime,
    language: str = "",
    named: Collection[UUID] = (),
    everyone: bool = True,
) -> tuple[list[Candidate], bool]:
    """Those whom the desk may still ask, with how many persons each accompanies, and who is away;
    and whether there are others.

    By organisation and name, never by that number. Whoever has the offer is not asked twice;
    whoever said that she knows the person is not asked again. Of many, first those who are named,
    or speak the person's language.
    """
    out = {one.user_id for one in made if one.waits or one.reason == KNOWN}
    away = Cover.objects.filter(for_user_id=OuterRef("user_id"), kind=Cover.Kind.STAND_IN)
    now = away.filter(starts_at__lte=at, ends_at__gt=at).order_by("-ends_at").values("ends_at")[:1]
    others = _memberships(actor=actor, at=at).exclude(user_id__in=out)
    if not everyone:
        first = Q(user_id__in=named) | Q(user__languages__contains=[language])
        likely = others.order_by(
            Case(When(first, then=Value(0)), default=Value(1), output_field=IntegerField()),
            *others.query.order_by,
        )
        others = others.filter(pk__in=Subquery(likely.values("pk")[: AT_ONCE + 1]))
    asked = list(others.annotate(away=Subquery(now)))
    accompany = _accompany({one.user_id for one in asked})
    return _workers(asked, accompany), not everyone and len(asked) > AT_ONCE
