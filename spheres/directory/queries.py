"""How are resources found, and what waits to be verified?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, QuerySet

from spheres.accounts.models import User
from spheres.core import context
from spheres.core.actor import Actor
from spheres.directory import finding, hours
from spheres.directory.models import VERIFY_AFTER, Opening, Place, Remark, Resource
from spheres.regions import queries as regions

FREE = "free"  # the code of what costs nothing, in the region's `resource_costs`
DOMAINS, LANGUAGES, COSTS, SAFE_FOR = (
    "resource_domains", "service_languages", "resource_costs", "safe_for",
)  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """What is looked for. It is about nobody, and kept nowhere."""

    words: str = ""
    domain: str = ""
    language: str = ""
    age: int | None = None
    open_now: bool = False
    free: bool = False
    safe_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The resources that answer a wish; `is_near` when none met all of its words."""

    resources: list[Resource]
    is_near: bool = False


def offered(*, actor: Actor) -> list[Resource]:
    """The whole directory, by name in the reader's language: three statements."""
    return by_name(_whole(actor).filter(is_offered=True).order_by("slug"))


def resource(resource_id: UUID, *, actor: Actor) -> Resource | None:
    """One resource, also when it is offered no more: what pointed to it stays readable."""
    return _whole(actor).filter(pk=resource_id).first()


def choices(*, actor: Actor, domain: str = "") -> list[tuple[str, str]]:
    """Identifier and name of what is offered, as a form takes them; of one domain, or all."""
    context.require(actor)
    found = Resource.objects.filter(is_offered=True).select_related("provider")
    if domain:
        found = found.filter(domains__contains=[domain])
    rows = by_name(found.order_by("slug"))
    return [(str(row.pk), f"{row.name} ({row.provider.name})") for row in rows]


def words(vocabulary: str) -> list[regions.Word]:
    """The terms of a vocabulary; none where a region has not said it: its directory is empty."""
    try:
        return regions.words(vocabulary)
    except regions.Unknown:
        return []


def by_name(resources: Iterable[Resource]) -> list[Resource]:
    return sorted(resources, key=lambda one: (finding.folded(one.name), one.slug))


def chosen(resource_ids: Iterable[UUID], *, actor: Actor) -> list[Resource]:
    """Those of the directory that somebody chose, by name."""
    wanted = set(resource_ids)
    return [one for one in offered(actor=actor) if one.pk in wanted]


def answering(wish: Wish, *, actor: Actor, at: datetime) -> Answer:
    """What answers a wish: every condition holds, then the words, the nearest first."""
    kept = [one for one in offered(actor=actor) if holds(wish, one, at)]
    found, is_met = finding.look_for(wish.words, kept, words_of)
    return Answer(found, is_near=bool(found) and not is_met)


def holds(wish: Wish, one: Resource, at: datetime) -> bool:
    """What a resource does not say counts as not known, never as a yes."""
    return (
        (not wish.domain or wish.domain in one.domains)
        and (not wish.language or wish.language in one.languages)
        and (wish.age is None or one.welcomes_age(wish.age))
        and (not wish.free or one.cost == FREE)
        and set(wish.safe_for) <= set(one.safe_for)
        and (not wish.open_now or is_open(one, at))
    )


def is_open(one: Resource, at: datetime) -> bool:
    return any(hours.is_open(place, at) for place in one.its_places)


def words_of(one: Resource) -> list[str]:
    """Its domains and languages, in both: one looks in the language that comes to mind."""
    codes = {DOMAINS: one.domains, LANGUAGES: one.languages}
    return [
        label
        for vocabulary, held in codes.items()
        for word in words(vocabulary)
        if word.code in held
        for label in (word.label_fr, word.label_en)
    ]


def domains(resources: Iterable[Resource]) -> list[tuple[str, str, int]]:
    """Each domain that holds something: its code, its label, how many."""
    held = [domain for one in resources for domain in one.domains]
    return [
        (word.code, word.label, held.count(word.code))
        for word in words(DOMAINS)
        if word.code in held
    ]


def _whole(actor: Actor) -> QuerySet[Resource]:
    context.require(actor)
    openings = Opening.objects.order_by("weekday", "opens", "pk")
    # As lists of their own, declared by the models: a manager for each row would cost the page.
    of_places = Prefetch("openings", queryset=openings, to_attr="its_hours")
    places = Place.objects.order_by("position", "pk").prefetch_related(of_places)  # type: ignore[no-redef]
    of_resources = Prefetch("places", queryset=places, to_attr="its_places")
    whole = Resource.objects.select_related("provider")
    return whole.prefetch_related(of_resources)  # type: ignore[no-redef]


# What is no longer right, and what is to be verified.


# As `Resource.is_to_verify` says it.
WAITING = """
select (select count(*) from directory_remark where settled_at is null),
  (select count(*) from directory_resource where is_offered
     and (verification = %s or verified_on is null or verified_on < %s))"""


@dataclass(frozen=True)
class Told:
    """One remark that nobody has seen to yet."""

    remark: Remark
    resource: Resource
    name: str  # of whoever told it: ask them


@dataclass(frozen=True)
class Upkeep:
    """What the coordination has to look at, when there is a moment."""

    remarks: int
    resources: int
    lines: int


def remarks_of(one: Resource, *, actor: Actor) -> list[Remark]:
    """What was told of one resource and not seen to yet, the newest first."""
    context.require(actor)
    found = Remark.objects.filter(resource=one, settled_at=None)
    return list(found.order_by("-told_at", "pk"))


def told(*, actor: Actor) -> list[Told]:
    """Every remark that waits, the oldest first, with the colleague to ask."""
    context.require(actor)
    rows = list(
        Remark.objects.filter(settled_at=None)
        .select_related("resource__provider")
        .order_by("told_at", "pk")
    )
    names = dict(
        User.objects.filter(pk__in={row.told_by for row in rows}).values_list("pk", "name")
    )
    return [Told(row, row.resource, names.get(row.told_by, "")) for row in rows]


def lock_remark(remark_id: UUID, *, actor: Actor) -> Remark | None:
    context.require(actor)
    return Remark.objects.select_for_update(of=("self",)).filter(pk=remark_id).first()


def to_verify(*, actor: Actor, on: date) -> list[Resource]:
    """The resources nobody has verified for ninety days, or ever."""
    context.require(actor)
    rows = Resource.objects.filter(is_offered=True).select_related("provider")
    return [row for row in by_name(rows.order_by("slug")) if row.is_to_verify(on)]


def lines_to_verify(*, on: date) -> list[regions.Line]:
    """The help lines nobody has verified for ninety days, or ever. It asks the database nothing."""
    return [
        line
        for line in regions.help_lines()
        if not line.is_verified or line.verified_on is None or line.verified_on + VERIFY_AFTER < on
    ]


def upkeep(*, actor: Actor, on: date) -> Upkeep:
    """How much waits, in one statement: the desk asks it each time it is opened."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [Resource.Verification.TO_VERIFY, on - VERIFY_AFTER])
        remarks, found = cursor.fetchone()
    return Upkeep(remarks, found, len(lines_to_verify(on=on)))
