"""What was attested of whom, until when, and is this number valid?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from spheres.accounts import queries as accounts
from spheres.core import context
from spheres.core.actor import Actor
from spheres.sharing.counting import Answering
from spheres.training.attestations import numbers
from spheres.training.attestations.models import OUTSIDE, Attestation, TakenBack
from spheres.training.catalogue.models import Topic
from spheres.ui.text import alphabetical

AHEAD: Final = timedelta(days=60)  # what lapses is prepared that long before
MOST: Final = 200  # people or attestations on one page; a choice shows the others
# One word, for whoever holds a number: unknown, taken back and lapsed are one answer.
VALID: Final = Answering(
    name="attestation_valid",
    query="select 'VALID' from attestations_attestation a "
    "where a.number = encode({held}, 'escape') "
    "and coalesce(a.ends_on >= access.today(), true) and not exists ("
    "select from attestations_takenback t where t.attestation_id = a.id)",
    reads={
        "attestations_attestation": ("id", "number", "ends_on"),
        "attestations_takenback": ("attestation_id",),
    },
)
# Of each person and topic, the attestation that holds longest; what was taken back is none.
_NEWEST: Final = """
  select distinct on (a.user_id, a.topic) a.user_id, a.topic, a.taken_on, a.ends_on
  from attestations_attestation a
  where {which} and not exists (
    select from attestations_takenback t where t.attestation_id = a.id)
  order by a.user_id, a.topic, a.ends_on desc nulls first, a.taken_on desc"""
LAPSING: Final = "trainings that lapse"
TODAY: Final = f"(%(at)s at time zone '{settings.TIME_ZONE}')::date"
OF_DAY: Final = f"""
  select json_build_object('topic', n.topic, 'until', n.ends_on)
  from ({_NEWEST.format(which="a.user_id = %(user)s")}) n
  join catalogue_topic c on c.slug = n.topic and c.is_shown
  where n.ends_on between {TODAY} and {TODAY} + {AHEAD.days}"""  # noqa: S608 -- ours


@dataclass(frozen=True)
class Held:
    """One attestation, its topic, and what became of it."""

    row: Attestation
    topic: Topic | None
    name: str
    taken_back: TakenBack | None = None

    @property
    def title(self) -> str:
        return self.topic.title if self.topic else self.row.topic

    @property
    def number(self) -> str:
        return numbers.said(self.row.number)


def topics(*, actor: Actor) -> dict[str, Topic]:
    """Every topic, in the order of the region’s files; those offered no more too."""
    context.require(actor)
    return {row.slug: row for row in Topic.objects.order_by("position", "slug")}


def mine(*, actor: Actor, known: Mapping[str, Topic] | None = None) -> list[Held]:
    """All that was attested of myself, the newest first."""
    return _held(Attestation.objects.filter(user_id=actor.user_id), actor=actor, known=known)


def of_person(user_id: UUID, *, actor: Actor) -> list[Held]:
    """All that was attested of one person whom I follow."""
    return _held(Attestation.objects.filter(user_id=user_id), actor=actor)


@dataclass(frozen=True)
class Outside:
    """Those outside the programme who were found: as many as a page shows, and of how many."""

    held: list[Held]
    number: int

    @property
    def is_cut(self) -> bool:
        return self.number > len(self.held)


def outside(words: str = "", *, actor: Actor) -> Outside:
    """Of those outside the programme, what was said last; of those whose name or organisation holds
    each of these words, whatever the accents and capitals."""
    context.require(actor)
    found = Attestation.objects.filter(user_id=OUTSIDE)
    wanted = alphabetical(words).split()
    if wanted:
        named = found.order_by("pk").values_list("pk", "name", "organisation")
        found = found.filter(
            pk__in=[
                key
                for key, name, organisation in named
                if all(word in alphabetical(f"{name} {organisation}") for word in wanted)
            ]
        )
    held = _held(found.order_by("-said_at", "name", "topic", "pk"), actor=actor)
    return Outside(held, found.count() if len(held) == MOST else len(held))


def find(attestation_id: UUID, *, actor: Actor) -> Held | None:
    return next(iter(_held(Attestation.objects.filter(pk=attestation_id), actor=actor)), None)


def _held(
    found: QuerySet[Attestation], *, actor: Actor, known: Mapping[str, Topic] | None = None
) -> list[Held]:
    context.require(actor)
    if not found.ordered:
        found = found.order_by("-taken_on", "topic", "-said_at", "pk")
    back = TakenBack.objects.filter(attestation_id=OuterRef("pk"))
    rows = list(
        found.annotate(
            back_at=Subquery(back.values("taken_at")), back_for=Subquery(back.values("reason"))
        )[:MOST]
    )
    if known is None:
        known = topics(actor=actor) if rows else {}
    names = accounts.names_of({row.user_id for row in rows} - {OUTSIDE, actor.user_id})
    return [
        Held(row, known.get(row.topic), row.name or names.get(row.user_id, ""), _back(row))
        for row in rows
    ]


def _back(row: Attestation) -> TakenBack | None:
    said = vars(row)
    if said["back_at"] is None:
        return None
    return TakenBack(attestation_id=row.pk, taken_at=said["back_at"], reason=said["back_for"])


def is_valid(number: str, *, actor: Actor) -> bool:
    """Whether an attestation of this number holds today: one question, whatever the answer."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.attestation_valid(%s)", [number.encode()])
        return bool(cursor.fetchone()[0])


def newest(users: Collection[UUID]) -> dict[UUID, dict[str, tuple[date, date | None]]]:
    """Of each of these people and of each topic, the day, and until when it holds."""
    found: dict[UUID, dict[str, tuple[date, date | None]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST.format(which="a.user_id = any(%s)"), [list(users)])
        for user, topic, taken_on, ends_on in cursor.fetchall():
            found.setdefault(user, {})[topic] = (taken_on, ends_on)
    return found


def longest(held: Sequence[Held]) -> dict[str, tuple[date, date | None]]:
    """Of all that was attested of one person, by topic: the day, and until when it holds."""
    rows = [one.row for one in held if not one.taken_back]
    rows.sort(key=lambda row: (row.ends_on is None, row.ends_on or date.min, row.taken_on))
    return {row.topic: (row.taken_on, row.ends_on) for row in rows}
