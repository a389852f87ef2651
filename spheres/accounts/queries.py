"""Who is at the door?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language

from spheres.accounts.models import Membership
from spheres.accounts.sessions import doorkeeping
from spheres.core import context
from spheres.core.actor import VISITOR, Actor


@dataclass(frozen=True)
class Visit:
    """One request's answer to «who is it?»: the actor, and what the page's frame shows."""

    actor: Actor = VISITOR
    name: str = ""
    language: str = ""
    organisation_fr: str = ""
    organisation_en: str = ""
    started_at: datetime | None = None
    proved_at: datetime | None = None
    locked: bool = False
    shared_device: bool = False

    @property
    def organisation_name(self) -> str:
        return self.organisation_en if get_language() == "en" else self.organisation_fr


NOBODY = Visit()


def enter(key_hash: str, *, at: datetime) -> Visit:
    """Come in with a session: one statement in which the database verifies and signs the context.

    An ended membership, a closed account, an ended or unknown session: nobody, and no context.
    A locked session: the person's name, no actor, no context.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from access.enter(%s, %s, %s, %s)", context.sign_entrance(key_hash, at)
        )
        row = cursor.fetchone()
    if row is None:
        return NOBODY
    user_id, organisation_id, roles, language, name, fr, en, started, proved, locked, shared = row
    actor = VISITOR if locked else Actor(user_id, organisation_id, frozenset(roles))
    return Visit(actor, name, language, fr, en, started, proved, locked, shared)


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
