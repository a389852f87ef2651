"""What does a region's folder say of undertakings and trainings, in its demonstration?

Played before the lives: where an organisation asks for them, nobody is given a file without.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.accounts import actions as accounts
from spheres.accounts.models import Role, TrainingDay
from spheres.accounts.models.clearance import SAY_TRAINING
from spheres.accounts.region import PersonSaid
from spheres.config import playing
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.privacy.undertakings import actions
from spheres.privacy.undertakings.forms import default_words
from spheres.regions.models import Played
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Kind, Loading, Section, register

A_YEAR: Final = 365
REFRESHED: Final = 300  # days between two trainings: nobody's lapses while the demonstration lasts
AFTER: Final = 8  # days after somebody begins


@dataclass(frozen=True)
class ClearedSaid:
    """One body: who guards privacy there, whose training lapses soon, and who only begins."""

    organisation: str
    by: str
    lapses: dict[str, int]
    begins: tuple[str, ...]


def check(parts: list[Part], said: Mapping[str, Any]) -> list[ClearedSaid]:
    """Each entry, said by a privacy officer of that organisation, of people who work there."""
    people: dict[str, PersonSaid] = {person.slug: person for person in said.get("people", [])}
    found = []
    for part in parts[0].items() if parts else []:
        it = part.fields("organisation", "by", optional=("lapses", "begins"))
        where, by = it["organisation"].text(), it["by"].choice(people)
        if by in people and (
            people[by].organisation != where or Role.PRIVACY_OFFICER not in people[by].roles
        ):
            it["by"].fault(_("not the privacy officer of this organisation."))
        lapses = it["lapses"].any_fields() if "lapses" in it else {}
        begins = it["begins"].choices(people) if "begins" in it else []
        days = {who: day.number(1, A_YEAR) for who, day in lapses.items()}
        found.append(ClearedSaid(where, by, days, tuple(begins)))
    return found


def plan(loading: Loading) -> list[Change]:
    """What was not played yet."""
    done = set(Played.objects.values_list("pk", flat=True))
    return [
        Change(Kind.ADDED, each.organisation)
        for each in loading.said["undertakings"]
        if loading.id("undertakings", each.organisation) not in done
    ]


def apply(loading: Loading) -> None:
    """Each adopts, signs and says in their own name; played already, it stands."""
    for each in loading.said["undertakings"]:
        act_id = loading.id("undertakings", each.organisation)
        if not Played.objects.filter(pk=act_id).exists():
            _play(loading, each)
            Played.objects.bulk_create([Played(id=act_id)])


def _play(loading: Loading, each: ClearedSaid) -> None:
    text_id = loading.id("undertaking text", each.organisation)
    officer, since = playing.actor_of(loading, each.by), _since(loading, each.by)
    at = _at(loading, since + AFTER - 1)
    words = {}
    for language in ("fr", "en"):
        with translation.override(language):
            words[f"words_{language}"] = default_words()
    with clock.at(at), context.acting_as(officer):
        actions.adopt(actions.Text(id=text_id, starts_at=at, **words), by=officer, at=at)
    for slug in _people_of(loading, each):
        first = max(since, _since(loading, slug)) + AFTER
        _sign(loading, slug, text_id, _at(loading, first))
        for day in _trainings(first, each.lapses.get(slug)):
            _train(loading, each, slug, day)


def _people_of(loading: Loading, each: ClearedSaid) -> Iterator[str]:
    """Everybody of the body and of its parts, but those who only begin."""
    parents = {one.slug: one.parent for one in loading.said["organisations"]}
    for person in loading.said["people"]:
        at_home = each.organisation in (person.organisation, parents.get(person.organisation))
        if at_home and person.slug not in each.begins:
            yield person.slug


def _trainings(first: int, lapses_in: int | None) -> list[int]:
    """The days of the trainings, from the first one on."""
    last = -1 if lapses_in is None else lapses_in - A_YEAR
    days = list(range(first, last + 1, REFRESHED))
    return days if lapses_in is None else [*days, last]


def _sign(loading: Loading, slug: str, text_id: UUID, at: datetime) -> None:
    who = playing.actor_of(loading, slug)
    with clock.at(at), context.acting_as(who):
        actions.sign(loading.id("signed", slug), text_id, language="fr", by=who, at=at)


def _train(loading: Loading, each: ClearedSaid, slug: str, day: int) -> None:
    """Said by the privacy officer; of that one, by whoever manages there, if anybody does."""
    says = _other(loading, each) if slug == each.by else playing.actor_of(loading, each.by)
    if says is None:
        return
    at = _at(loading, day)
    with clock.at(at), context.acting_as(says):
        accounts.say_trained(
            loading.id("trained", f"{slug} {day}"),
            user_id=loading.id("person", slug),
            trained_on=clock.day_of(at),
            source=TrainingDay.Source.HERE,
            by=says,
            at=at,
        )


def _other(loading: Loading, each: ClearedSaid) -> Actor | None:
    for person in loading.said["people"]:
        may = set(person.roles) & set(SAY_TRAINING)
        if person.organisation == each.organisation and person.slug != each.by and may:
            return playing.actor_of(loading, person.slug)
    return None


def _since(loading: Loading, slug: str) -> int:
    """On which day they began, in days from the Monday."""
    since = {person.slug: person for person in loading.said["people"]}[slug].since
    if isinstance(since, int):
        return since
    return (since - playing.day_of(loading, 0)).days


def _at(loading: Loading, day: int) -> datetime:
    return playing.moment_of(loading, day, time(10))


register(
    Section(
        name="undertakings",
        file="undertakings.yaml",
        title=gettext_lazy("Undertakings and trainings"),
        check=check,
        plan=plan,
        apply=apply,
    )
)
