"""Who is gone, who may hold their notes, and which notes does one hold?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from spheres.accounts import queries as accounts
from spheres.accounts.models import Membership, Role, User
from spheres.core import context
from spheres.core.actor import Actor
from spheres.participants.models import Identity
from spheres.records import registry
from spheres.records.registry import Entry
from spheres.sharing.models import Custody
from spheres.sharing.rules import THERAPY
from spheres.vault import actions as vault

HELD: Final = "custody"
# How many custodies I hold now, asked with my day.
HELD_BY_ME: Final = """
  select json_build_object('id', k.id)
  from sharing_custody k
  where k.custodian_id = %(user)s and k.starts_at <= %(at)s
    and (k.ended_at is null or k.ended_at > %(at)s)"""

Choices = list[tuple[UUID, str]]


@dataclass(frozen=True)
class Line:
    """One custody, in names: whose notes, who holds them, on which ground, since when."""

    custody: Custody
    author: str
    custodian: str

    @property
    def ground(self) -> str:
        return str(self.custody.get_ground_display())


@dataclass(frozen=True)
class Lines:
    """How many sealed lines one psychotherapist left in the journal in one month."""

    author: str
    month: date
    number: int


@dataclass(frozen=True)
class Person:
    """Somebody beside whom the author was."""

    file_id: UUID
    name: str


def custodies(*, actor: Actor) -> QuerySet[Custody]:
    """Those of the organisation, for its privacy officer; for anybody else, their own."""
    context.require(actor)
    return Custody.objects.order_by("-starts_at", "pk")


def lines(*, actor: Actor) -> list[Line]:
    """The same with names, those that stand first."""
    found = list(custodies(actor=actor))
    people = {one.author_id for one in found} | {one.custodian_id for one in found}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    said = [
        Line(one, names.get(one.author_id, ""), names.get(one.custodian_id, "")) for one in found
    ]
    return sorted(said, key=lambda line: line.custody.ended_at is not None)


def sealed_lines(*, actor: Actor) -> list[Lines]:
    """How many lines of this kind, for each psychotherapist and each month, the last year."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            "select u.name, l.month, l.lines from access.sealed_lines() l "
            "join accounts_user u on u.id = l.author order by l.month desc, u.name, u.id"
        )
        return [Lines(*row) for row in cursor.fetchall()]


def _psychotherapists(actor: Actor) -> QuerySet[Membership]:
    """Those of the organisation; none at the police, where nobody accompanies anybody."""
    context.require(actor)
    if accounts.is_police(actor.organisation_id):
        return Membership.objects.none()
    return Membership.objects.filter(
        organisation_id=actor.organisation_id, role=Role.PSYCHOTHERAPIST
    )


def here(*, actor: Actor, at: datetime) -> Choices:
    """The psychotherapists of the organisation to whom notes may be given today, by name: one of
    them may hold them."""
    live = _psychotherapists(actor).filter(starts_at__lte=at, user__is_active=True)
    found = live.exclude(ends_at__lte=at).exclude(user_id=actor.user_id)
    return _by_name(accounts.cleared(found))


def gone(*, actor: Actor, at: datetime) -> Choices:
    """Those who were, and accompany nobody here any more; nobody holds their notes yet."""
    with connection.cursor() as cursor:
        cursor.execute("select access.colleagues()")
        still = cursor.fetchone()[0]
    held = custodies(actor=actor).filter(ended_at=None).values("author_id")
    once = _psychotherapists(actor).filter(starts_at__lte=at)
    return _by_name(once.exclude(user_id__in=still).exclude(user_id__in=held))


def _by_name(found: QuerySet[Membership]) -> Choices:
    named = found.order_by("user__name", "user_id").values_list("user_id", "user__name")
    return list(dict.fromkeys(named))


def is_named(custody_id: UUID, *, actor: Actor) -> bool:
    """Whether this was done already."""
    return custodies(actor=actor).filter(pk=custody_id).exists()


def _kinds() -> list[registry.RecordType]:
    return [kind for kind in registry.all_types() if kind.section == THERAPY]


def held(*, actor: Actor) -> list[Person]:
    """Of whom I hold notes: names alone, by name, in one list event. Of nobody of whom the author
    wrote nothing."""
    context.require(actor)
    written = {
        file_id
        for kind in _kinds()
        for file_id in kind.model._default_manager.values_list("file_id", flat=True).distinct()
    }
    newest = Identity.objects.distinct("file").order_by("file", "-written_at", "pk")
    rows = list(newest.filter(file_id__in=written))
    vault.open(rows, by=actor, sections=[THERAPY], action="list", only=("chosen_name",))
    people = [Person(row.file_id, row.opened.chosen_name) for row in rows]
    return sorted(people, key=lambda one: (one.name.casefold(), one.file_id))


def notes_of(file_id: UUID, *, actor: Actor) -> tuple[Person, list[Entry]] | None:
    """All that the author wrote of this person, opened; the oldest first. None: out of reach, or
    nothing was written."""
    context.require(actor)
    rows = [(kind, row) for kind in _kinds() for row in kind.rows(file_id, actor=actor)]
    identity = Identity.objects.filter(file_id=file_id).order_by("-written_at", "pk").first()
    if identity is None or not rows:
        return None
    opened = [identity, *(row for _kind, row in rows)]
    vault.open(opened, by=actor, sections=[THERAPY], basis="custody")
    entries = [kind.entry(row) for kind, row in rows]
    entries.sort(key=lambda entry: (entry.occurred_at, entry.id))
    return Person(file_id, identity.opened.chosen_name), entries
