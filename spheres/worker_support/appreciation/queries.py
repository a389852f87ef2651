"""Which words were said to me, which did I say, and to whom may I say one?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from spheres.accounts import queries as accounts
from spheres.accounts.models import Membership
from spheres.core import context
from spheres.core.actor import Actor
from spheres.records.between import places
from spheres.regions import queries as regions
from spheres.ui.text import alphabetical
from spheres.vault import actions as vault
from spheres.worker_support.appreciation.models import GoodWord

SHOWN: Final = 40
SAID_TO_ME: Final = "good words, said to me"
NEW: Final = """
select json_build_object('id', w.id) from appreciation_goodword w
where w.to_user_id = %(user)s and w.to_organisation_id = %(here)s
  and w.written_at > %(at)s::timestamptz - interval '3 days'"""


@dataclass(frozen=True)
class Said:
    """A word, opened, and the other one."""

    row: GoodWord
    who: str


@dataclass(frozen=True)
class Between:
    """What was said to me, and what I said; the newest first."""

    to_me: list[Said]
    by_me: list[Said]


def between(*, actor: Actor, at: datetime) -> Between:
    """All that is mine, opened."""
    context.require(actor)
    since = regions.term(GoodWord.KEEP, at)
    rows = list(GoodWord.objects.filter(written_at__gt=since).order_by("-written_at", "pk")[:SHOWN])
    if not rows:
        return Between([], [])
    vault.open(rows, by=actor)
    names = accounts.names_of({row.written_by for row in rows} | {row.to_user_id for row in rows})
    return Between(
        [Said(r, names.get(r.written_by, "")) for r in rows if r.to_user_id == actor.user_id],
        [Said(r, names.get(r.to_user_id, "")) for r in rows if r.written_by == actor.user_id],
    )


def one(word_id: UUID, *, actor: Actor) -> GoodWord | None:
    """One of mine, still locked."""
    context.require(actor)
    return GoodWord.objects.filter(pk=word_id).first()


def colleagues(*, actor: Actor, at: datetime) -> list[tuple[UUID, UUID, str]]:
    """Whoever works at a partner today, but me: who, where, and both names, by name."""
    context.require(actor)
    here = Membership.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)
    found = (
        here.filter(user__is_active=True)
        .exclude(user_id=actor.user_id)
        .select_related("user", "organisation")
        .order_by("pk")
    )
    known = {
        (one.user_id, one.organisation_id): f"{one.user.name} · {one.organisation.name}"
        for one in found
    }
    rows = [(user_id, place_id, said) for (user_id, place_id), said in known.items()]
    return sorted(rows, key=lambda row: (alphabetical(row[2]), row[0]))


def new_to_me(*, actor: Actor, at: datetime) -> bool:
    """Whether somebody said a word to me these last three days."""
    return bool(places.rows_of_day(SAID_TO_ME, actor=actor, at=at))
