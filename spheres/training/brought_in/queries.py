"""Which lists of past trainings were brought, what was understood of one, and where it stands?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import translation

from spheres.accounts.models import User
from spheres.core import clock, context, states
from spheres.core.actor import Actor
from spheres.records.between import trained
from spheres.records.between.trained import TookPart
from spheres.regions import queries as regions
from spheres.training.brought_in.columns import BY_CODE, plain
from spheres.training.brought_in.lines import WRONG, Known
from spheres.training.brought_in.models import OUTSIDE, PastAttendance, PastList
from spheres.training.catalogue.models import Language, Topic

ENVIRONMENTS: Final = "environments"
REGIONS: Final = "administrative_regions"
SHOWN: Final = 50  # faults on the page; all of them in the list to keep
MOST_ASKED: Final = 100  # names of which one asks whether they are one person
BATCH: Final = 1_000
TURNS: Final = 8_215_301_178  # one list is written at a time, whoever works
# Of what the list says twice, the first line is kept.
_TWICE: Final = """
  update brought_in_pastattendance set standing = 'TWICE' where id in (
    select n.id from (
      select p.id, row_number() over (
        partition by p.person, p.topic, p.taken_on order by p.number) as place
      from brought_in_pastattendance p
      where p.past_list_id = %s and p.standing = 'NEW') n
    where n.place > 1)"""


@dataclass(frozen=True)
class Alike:
    """One name that is several people so far, with where each of them works."""

    id: UUID
    name: str
    organisations: tuple[str, ...]

    @property
    def said(self) -> str:
        return f"{self.name} · {' · '.join(self.organisations)}"


@dataclass(frozen=True)
class Told:
    """A fault, in words: its line, its column, what is wrong there."""

    line: int
    column: Any
    words: Any


@dataclass(frozen=True)
class Looked:
    """What a list would add, what is known, what is asked, and what is left out."""

    new: int = 0
    known: int = 0
    twice: int = 0
    two_ways: int = 0  # days that are read in two ways
    two_ways_example: date | None = None
    alike: list[Alike] = field(default_factory=list)
    are_cut: bool = False


def known(*, actor: Actor, on: date) -> Known:
    """All that a line may name, in both languages."""
    context.require(actor)
    topics = list(Topic.objects.order_by("pk"))
    names = {plain(name): one.slug for one in topics for name in (one.title_fr, one.title_en)}
    regional = _labels(REGIONS)
    for code in list(regional.values()):
        number = code.rpartition("_")[2]
        regional |= {number: code, number.lstrip("0"): code}
    kinds: dict[str, str] = {}
    languages: dict[str, str] = {}
    for language in ("fr", "en"):
        with translation.override(language):
            for value, label in Topic.Kind.choices:
                whole = plain(str(label))
                kinds |= {plain(value): value, whole: value}
                kinds |= {whole.removeprefix("formation ").removesuffix(" training"): value}
            languages |= {plain(str(label)): value for value, label in Language.choices}
    kinds |= {"rappel": Topic.Kind.REFRESHER, "continu": Topic.Kind.ONGOING,
              "initial": Topic.Kind.INITIAL}  # fmt: skip
    languages |= {value: value for value in Language.values}
    people = User.objects.annotate(small=Lower("email")).values_list("small", "pk", "language")
    return Known(
        topics=names | {plain(one.slug): one.slug for one in topics},
        kinds_of={one.slug: one.kind for one in topics},
        environments=_labels(ENVIRONMENTS),
        regions=regional,
        kinds=kinds,
        languages=languages,
        people={small: (pk, language) for small, pk, language in people},
        oneself=actor.user_id,
        today=on,
    )


def _labels(vocabulary: str) -> dict[str, str]:
    """Its terms, by their names in both languages and by their codes."""
    found: dict[str, str] = {}
    for language in ("fr", "en"):
        with translation.override(language):
            for code, label in regions.choices(vocabulary):
                found |= {plain(label): code, plain(code): code}
    return found


def vocabulary(name: str) -> list[str]:
    """What may be written in a column, in the reader's language."""
    return [label for _code, label in regions.choices(name)]


def topics(*, actor: Actor) -> list[str]:
    """The titles of what is taught, in the order of the region's files."""
    context.require(actor)
    return [one.title for one in Topic.objects.filter(is_shown=True).order_by("position", "slug")]


def lists(*, actor: Actor) -> list[PastList]:
    """The last fifty lists, the newest first."""
    context.require(actor)
    found = PastList.objects.exclude(status=PastList.Status.LEFT)
    return list(found.order_by("-read_at", "pk")[:50])


def find(past_list_id: UUID, *, actor: Actor) -> PastList | None:
    context.require(actor)
    return PastList.objects.filter(pk=past_list_id).first()


def lock(past_list_id: UUID, *, actor: Actor) -> PastList:
    context.require(actor)
    return states.lock(PastList.objects.filter(pk=past_list_id))


def same(digest: str, *, actor: Actor) -> PastList | None:
    """The same list, byte for byte, when what it added stands or waits."""
    context.require(actor)
    gone = (PastList.Status.UNDONE, PastList.Status.LEFT, PastList.Status.FORGOTTEN)
    found = PastList.objects.filter(digest=digest).exclude(status__in=gone)
    return found.order_by("-read_at", "pk").first()


def of_list(past_list: PastList, *, actor: Actor) -> QuerySet[PastAttendance]:
    context.require(actor)
    return PastAttendance.objects.filter(past_list_id=past_list.pk)


def looked(past_list: PastList, *, actor: Actor) -> Looked:
    """What is said before anything is added."""
    rows = of_list(past_list, actor=actor)
    standing = PastAttendance.Standing
    counted = rows.aggregate(
        new=Count("pk", filter=Q(standing=standing.NEW)),
        known=Count("pk", filter=Q(standing=standing.KNOWN)),
        twice=Count("pk", filter=Q(standing=standing.TWICE)),
        two_ways=Count("pk", filter=Q(other_on__isnull=False)),
    )
    example = None
    if counted["two_ways"]:
        asked = rows.filter(other_on__isnull=False).order_by("number")
        example = asked.values_list("taken_on", flat=True)[0]
    names: dict[UUID, tuple[str, dict[str, None]]] = {}
    doubts: Any = rows.filter(alike__isnull=False).order_by("number")
    for pk, name, organisation in doubts.values_list("alike", "name", "organisation"):
        names.setdefault(pk, (name, {}))[1][organisation] = None
    alike = [Alike(pk, name, tuple(places)) for pk, (name, places) in names.items()]
    return Looked(
        **counted,
        two_ways_example=example,
        alike=alike[:MOST_ASKED],
        are_cut=len(alike) > MOST_ASKED,
    )


def number_new(past_list: PastList, *, actor: Actor) -> int:
    return of_list(past_list, actor=actor).filter(standing=PastAttendance.Standing.NEW).count()


def told(past_list: PastList, most: int | None = None) -> list[Told]:
    """What is wrong in a list, in words, by line and column."""
    return [
        Told(line, BY_CODE[column].title, WRONG[code])
        for line, column, code in past_list.faults[:most]
    ]


def to_come(past_list: PastList, *, actor: Actor) -> list[PastAttendance]:
    """The next lines to be added, after the last that was handled."""
    rows = of_list(past_list, actor=actor).filter(
        standing=PastAttendance.Standing.NEW, number__gt=past_list.reached
    )
    return list(rows.order_by("number")[:BATCH])


def as_told(rows: Iterable[PastAttendance]) -> list[TookPart]:
    """As they are told to whoever keeps past trainings: each under its own identifier."""
    return [
        TookPart(
            session_id=row.pk,
            topic=row.topic,
            name=row.name,
            language=row.language,
            on=row.taken_on,
            user_id=None if row.user_id == OUTSIDE else row.user_id,
            organisation=row.organisation,
            environment=row.environment,
        )
        for row in rows
    ]


def stay(past_list: PastList, *, actor: Actor) -> int:
    """On how many lines something stands, that undoing would leave."""
    ids = of_list(past_list, actor=actor).values_list("pk", flat=True)
    return len(trained.past().stand(list(ids), actor=actor))


def mark_twice(past_list: PastList, *, actor: Actor) -> None:
    """Of one person, one topic and one day, one line counts."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(_TWICE, [past_list.pk])


def waits_until(past_list: PastList) -> date:
    """The day on which a list that still waits is forgotten, by the region's rule."""
    at = past_list.read_at
    return clock.day_of(at + (at - regions.term(PastList.KEEP, at)))


def waiting(*, before: datetime, actor: Actor) -> QuerySet[PastList]:
    """Lists that wait for a word since then, the oldest first."""
    context.require(actor)
    found = PastList.objects.filter(status=PastList.Status.READ, read_at__lte=before)
    return found.order_by("read_at", "pk")


def take_turns() -> None:
    """One list is written at a time: what two of them say is added once."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [TURNS])


def moving(past_list_id: UUID, *, actor: Actor) -> PastList | None:
    """A list that is being brought in or undone."""
    context.require(actor)
    return _moving().filter(pk=past_list_id).first()


def stopped(quiet: timedelta, *, actor: Actor, at: datetime) -> Sequence[UUID]:
    """Those that were begun, and of which nothing was written for a while."""
    context.require(actor)
    found = _moving().filter(moved_at__lte=at - quiet)
    return list(found.order_by("moved_at", "pk").values_list("pk", flat=True))


def _moving() -> QuerySet[PastList]:
    return PastList.objects.filter(status__in=(PastList.Status.BRINGING, PastList.Status.UNDOING))
