"""Who has access here today, and when was it last looked at?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from spheres.accounts import queries as accounts
from spheres.accounts.models import Confirmed, Membership, Role
from spheres.core import context
from spheres.core.actor import Actor
from spheres.privacy.access_reviews.models import AccessReview

A_YEAR: Final = timedelta(days=365)
AHEAD: Final = timedelta(days=30)  # it is said a month before
SHOWN: Final = 5
# The last time, as the first page asks it with all the rest; without one, no row.
LAST: Final = "access, last looked at"
LAST_TIME: Final = """
  select json_build_object('at', max(v.reviewed_at)) from access_reviews_accessreview v
  where v.organisation_id = %(here)s"""


@dataclass(frozen=True)
class Held:
    """One person: what they are here for, since when, until when; who still said that they are."""

    name: str
    roles: tuple[str, ...]
    since: datetime
    until: datetime | None
    confirmed: datetime | None


def reviews(*, actor: Actor) -> QuerySet[AccessReview]:
    """Those of the organisation acted for, the newest first."""
    context.require(actor)
    return AccessReview.objects.filter(organisation_id=actor.organisation_id).order_by(
        "-reviewed_at", "pk"
    )


def past(*, actor: Actor) -> list[tuple[AccessReview, str]]:
    """The last ones, and who did each."""
    found = list(reviews(actor=actor)[:SHOWN])
    names = accounts.names_of({one.reviewed_by for one in found})
    return [(one, names.get(one.reviewed_by, "")) for one in found]


def people(*, actor: Actor, at: datetime) -> list[Held]:
    """Everybody with a role in the organisation acted for, by name."""
    context.require(actor)
    here = Q(organisation_id=actor.organisation_id)
    live = Membership.objects.filter(
        here, Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at, user__is_active=True
    ).select_related("user")
    seen = dict(
        Confirmed.objects.filter(here)
        .values_list("user_id")
        .annotate(last=Max("confirmed_at"))
        .order_by("user_id")
    )
    by_person: dict[UUID, list[Membership]] = {}
    for one in live.order_by("user__name", "user_id", "role"):
        by_person.setdefault(one.user_id, []).append(one)
    return list(_held(by_person, seen))


def _held(by_person: dict[UUID, list[Membership]], seen: dict[UUID, datetime]) -> Iterator[Held]:
    for user_id, held in by_person.items():
        ends = [one.ends_at for one in held]
        yield Held(
            held[0].user.name,
            tuple(str(Role(one.role).label) for one in held),
            min(one.starts_at for one in held),
            None if None in ends else max(end for end in ends if end),
            seen.get(user_id),
        )
