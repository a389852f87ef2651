"""Which outings are open for me, who may watch, and whom to tell next?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from spheres.accounts import queries as accounts
from spheres.accounts.models import Membership, Role, User
from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.records.between import places
from spheres.sharing import queries as sharing
from spheres.vault import actions as vault
from spheres.worker_support.outings.models import GOING, Line, Outing

OPEN: Final = "outings"
OPEN_NOW: Final = """
select (to_jsonb(o) || jsonb_build_object('worker', w.name, 'buddy', b.name))::json
from outings_outing o
left join accounts_user w on w.id = o.user_id left join accounts_user b on b.id = o.buddy_id
where o.ended_at is null"""


@dataclass(frozen=True)
class Seen:
    """An outing as one page shows it, with its two names."""

    outing: Outing
    worker: str
    buddy: str
    is_mine: bool
    is_watcher: bool
    is_awaited: bool  # past the hour and its grace
    is_long_awaited: bool  # whoever leads the team is told

    @property
    def is_told(self) -> bool:
        """One who leads, or is on call: neither out nor asked to watch."""
        return not self.is_mine and not self.is_watcher

    @property
    def is_unanswered(self) -> bool:
        return self.outing.answer == Outing.Answer.NONE


def open_for(*, actor: Actor, at: datetime) -> list[Seen]:
    """My own, those I am asked to watch, and, once they are awaited, those of my team.

    The database chooses. The longest awaited first.
    """
    rows = [_read(row) for row in places.rows_of_day(OPEN, actor=actor, at=at)]
    rows.sort(key=lambda row: (row.returns_at, row.pk))
    return [_seen(row, actor, at) for row in rows]


def outing(outing_id: UUID, *, actor: Actor, at: datetime) -> Seen | None:
    """One that I may see; over or not."""
    context.require(actor)
    row = _named(Outing.objects.filter(pk=outing_id)).first()
    return _seen(row, actor, at) if row else None


def mine(*, actor: Actor) -> Outing | None:
    """The one I am out on, if any."""
    context.require(actor)
    return Outing.objects.filter(user_id=actor.user_id, ended_at=None).first()


def lock(outing_id: UUID, *, actor: Actor) -> Outing:
    """Held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    return states.lock(Outing.objects.filter(pk=outing_id))


def line(outing_id: UUID, *, actor: Actor) -> str:
    """The line left for the colleague who watches; opened for that one and its author only."""
    context.require(actor)
    rows = list(Line.objects.filter(outing_id=outing_id).order_by("-written_at", "pk")[:1])
    vault.open(rows, by=actor)
    return rows[0].opened.text if rows else ""


def who_may_watch(*, actor: Actor, at: datetime) -> list[tuple[UUID, str]]:
    """Colleagues of my organisation whose first page shows whom they watch; by name."""
    context.require(actor)
    found = _at_work(actor.organisation_id, GOING, at).exclude(user_id=actor.user_id)
    people = {one.user_id: one.user.name for one in found}
    return sorted(people.items(), key=lambda pair: (pair[1], str(pair[0])))


def whom_to_tell_next(one: Outing, *, actor: Actor, at: datetime) -> list[str]:
    """Who is told when a worker has been awaited for half an hour: whoever is on call for her, and
    those who lead the team."""
    context.require(actor)
    leads = {
        lead.user_id: lead.user.name
        for lead in _at_work(one.organisation_id, (Role.TEAM_LEAD,), at)
    }
    covers = sharing.covers(actor=actor).inside().live(at).on_call()
    on_call = covers.filter(for_user_id=one.user_id)
    # Whoever was on call and works here no more has no first page to be told on.
    here = {found.user_id for found in _at_work(one.organisation_id, GOING, at)}
    names = leads | accounts.names_of(here.intersection(on_call.values_list("user_id", flat=True)))
    return sorted({name for user_id, name in names.items() if user_id != actor.user_id})


def _at_work(organisation_id: UUID, roles: tuple[Role, ...], at: datetime) -> QuerySet[Membership]:
    return (
        Membership.objects.filter(
            organisation_id=organisation_id, role__in=roles, starts_at__lte=at,
            user__is_active=True,
        )
        .exclude(ends_at__lte=at)
        .select_related("user")
        .order_by("user__name", "pk")
    )  # fmt: skip


def _read(row: dict[str, Any]) -> Outing:
    """An outing, with its two names, from the row as json."""
    found = Outing(**{field.name: field.to_python(row[field.name]) for field in FIELDS})
    found.worker, found.buddy = row["worker"], row["buddy"]  # type: ignore[attr-defined]
    return found


FIELDS = Outing._meta.local_concrete_fields


def _named(rows: QuerySet[Outing]) -> QuerySet[Outing]:
    def name(column: str) -> Subquery:
        return Subquery(User.objects.filter(pk=OuterRef(column)).values("name"))

    return rows.annotate(worker=name("user_id"), buddy=name("buddy_id"))


def _seen(row: Outing, actor: Actor, at: datetime) -> Seen:
    return Seen(
        row,
        row.worker,  # type: ignore[attr-defined]
        row.buddy,  # type: ignore[attr-defined]
        row.user_id == actor.user_id,
        row.buddy_id == actor.user_id,
        row.ended_at is None and row.asks_buddy_at <= at,
        row.ended_at is None and row.asks_leads_at <= at,
    )
