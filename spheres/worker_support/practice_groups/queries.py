"""Which groups are there, which are mine, when do they meet, and how many sessions were held?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from spheres.accounts import queries as accounts
from spheres.core import context
from spheres.core.actor import Actor
from spheres.regions import queries as regions
from spheres.sharing.counting import Finding
from spheres.ui.text import alphabetical
from spheres.vault import actions as vault
from spheres.worker_support.practice_groups.models import (
    PracticeComing,
    PracticeGroup,
    PracticeMember,
    PracticeSeat,
    PracticeSession,
)
from spheres.worker_support.practice_groups.policy import TOLD

THEMES: Final = "support_themes"  # the region's vocabulary
PAST: Final = 6
QUARTERS: Final = 4
# A session is planned before it begins, so that a quarter that is over never grows.
HELD: Final = Finding(
    name="practice_sessions_held",
    asked_by=f"access.holds('{{{','.join(sorted(TOLD))}}}')",
    gives="of_quarter date, of_sessions bigint, of_groups bigint",
    query="""
    select date_trunc('quarter', s.starts_at at time zone r.time_zone)::date,
      count(*), count(distinct s.group_id)
    from practice_groups_practicesession s cross join regions_region r
    where s.cancelled_at is null
      and date_trunc('quarter', s.starts_at at time zone r.time_zone)
        < date_trunc('quarter', access.moment() at time zone r.time_zone)
    group by 1""",
    reads={
        "practice_groups_practicesession": ("cancelled_at", "group_id", "starts_at"),
        "regions_region": ("time_zone",),
    },
)


@dataclass(frozen=True)
class Group:
    """A group, opened: what it practises, and whether I am in it."""

    row: PracticeGroup
    theme: str
    opened_by: str
    is_mine: bool


@dataclass(frozen=True)
class Session:
    """One session of a group of mine, opened; who comes, and whether I do."""

    row: PracticeSession
    coming: list[str]
    i_come: bool


@dataclass(frozen=True)
class Whole:
    """A group of mine: its members, what is to come, and what was."""

    group: Group
    members: list[str]
    to_come: list[Session]
    past: list[Session]


@dataclass(frozen=True)
class Quarter:
    first: date
    sessions: int
    groups: int

    @property
    def name(self) -> str:
        said = {"number": (self.first.month + 2) // 3, "year": self.first.year}
        return _("Q%(number)s %(year)s") % said


def listed(*, actor: Actor) -> list[Group]:
    """Those that are open, opened, by title, then by whoever opened them; mine first."""
    context.require(actor)
    found = _opened(PracticeGroup.objects.filter(ended_at=None).order_by("pk"), actor=actor)
    return sorted(
        found,
        key=lambda one: (
            not one.is_mine,
            alphabetical(one.row.opened.title),
            alphabetical(one.opened_by),
            one.row.pk,
        ),
    )


def group(practice_group_id: UUID, *, actor: Actor) -> Group | None:
    """One group, opened, and whether I am in it."""
    context.require(actor)
    found = _opened(PracticeGroup.objects.filter(pk=practice_group_id), actor=actor)
    return found[0] if found else None


def whole(of: Group, *, actor: Actor, at: datetime) -> Whole:
    """A group of mine: the database gives its members and its sessions to nobody else."""
    context.require(actor)
    members = list(
        PracticeMember.objects.filter(group_id=of.row.pk).values_list("user_id", flat=True)
    )
    rows = list(PracticeSession.objects.filter(group_id=of.row.pk).order_by("starts_at", "pk"))
    to_come = [row for row in rows if row.starts_at > at]
    past = [row for row in reversed(rows) if row.starts_at <= at][:PAST]
    shown = [*to_come, *past]
    if shown:
        vault.open(shown, by=actor)
    said = list(PracticeComing.objects.filter(session_id__in=[row.pk for row in shown]))
    names = accounts.names_of({*members, *(one.user_id for one in said)})

    def told(row: PracticeSession) -> Session:
        coming = {one.user_id for one in said if one.session_id == row.pk}
        return Session(row, _by_name(coming, names), actor.user_id in coming)

    return Whole(
        of, _by_name(members, names), [told(row) for row in to_come], [told(row) for row in past]
    )


def session(practice_session_id: UUID, *, actor: Actor) -> PracticeSession | None:
    """One session of a group of mine, still locked."""
    context.require(actor)
    return PracticeSession.objects.filter(pk=practice_session_id).first()


def between(since: datetime, until: datetime, *, actor: Actor) -> list[PracticeSession]:
    """Those of my groups that begin between two moments."""
    context.require(actor)
    found = PracticeSession.objects.filter(starts_at__gte=since, starts_at__lt=until)
    return list(found.order_by("starts_at", "pk"))


def held(*, actor: Actor) -> list[Quarter]:
    """How many sessions were held, by how many groups, in the last quarters that are over."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select * from access.practice_sessions_held(null)")
        rows = sorted(cursor.fetchall(), reverse=True)
    return [Quarter(*row) for row in rows[:QUARTERS]]


def _opened(found: Iterable[PracticeGroup], *, actor: Actor) -> list[Group]:
    rows = list(found)
    if not rows:
        return []
    vault.open(rows, by=actor)
    mine = set(PracticeSeat.objects.values_list("group_id", flat=True))
    names = accounts.names_of({row.opened_by for row in rows})
    return [
        Group(
            row,
            regions.label(THEMES, row.theme),
            names.get(row.opened_by, ""),
            row.pk in mine,
        )
        for row in rows
    ]


def _by_name(keys: Iterable[UUID], names: dict[UUID, str]) -> list[str]:
    return sorted((names.get(key, "") for key in keys), key=alphabetical)
