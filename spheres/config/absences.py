"""What does a region's folder say of who answers for whom, in its demonstration?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.accounts.region import PersonSaid
from spheres.config import playing
from spheres.config.planned import hour_of
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.followup.covering import actions as covering
from spheres.regions.models import Played
from spheres.regions.reading import Fields, Part
from spheres.regions.registry import Change, Kind, Loading, Section, register
from spheres.sharing.models import Cover
from spheres.sharing.rules import WORKERS

KINDS: Final = {"stand_in": Cover.Kind.STAND_IN, "on_call": Cover.Kind.ON_CALL}
FIRST_DAY, LAST_DAY = -400, 400  # from the Monday of the week in which the region is loaded


@dataclass(frozen=True)
class AbsenceSaid:
    """One cover: for whom, by whom, said by whom; days from the Monday, and hours."""

    kind: Cover.Kind
    for_whom: tuple[str, ...]
    by: str
    named_by: str
    starts: tuple[int, time]
    ends: tuple[int, time]

    @property
    def name(self) -> str:
        return f"{self.by}/{'+'.join(self.for_whom)}/{self.kind}/{self.starts[0]}"


def check(parts: list[Part], said: Mapping[str, Any]) -> list[AbsenceSaid]:
    """Each entry, by people of one organisation, with an end after its beginning."""
    people = {person.slug: person for person in said.get("people", [])}
    found = [_absence(entry, people) for entry in (parts[0].items() if parts else [])]
    return [each for each in found if each is not None]


def _absence(part: Part, people: dict[str, PersonSaid]) -> AbsenceSaid | None:
    it = part.fields(
        "kind", "for", "by", "named_by", "from_day", "from_hour", "until_day", "until_hour"
    )
    workers = [slug for slug, person in people.items() if WORKERS & set(person.roles)]
    kind = it["kind"].choice(KINDS)
    for_whom = tuple(it["for"].choices(workers))
    by, named_by = it["by"].choice(workers), it["named_by"].choice(people)
    absence = AbsenceSaid(
        KINDS.get(kind, Cover.Kind.STAND_IN), for_whom, by, named_by,
        _moment(it, "from"), _moment(it, "until"),
    )  # fmt: skip
    if absence.ends <= absence.starts:
        it["until_day"].fault(_("this ends before it begins."))
        return None
    houses = {people[slug].organisation for slug in (*for_whom, by, named_by) if slug in people}
    if len(houses) != 1 or not for_whom:
        it["by"].fault(_("one answers for colleagues of one’s own organisation."))
        return None
    return absence


def _moment(it: Fields, which: str) -> tuple[int, time]:
    return it[f"{which}_day"].number(FIRST_DAY, LAST_DAY), hour_of(it[f"{which}_hour"])


def plan(loading: Loading) -> list[Change]:
    """What was not said yet."""
    done = set(Played.objects.values_list("pk", flat=True))
    return [
        Change(Kind.ADDED, each.name)
        for each in loading.said["absences"]
        if loading.id("absence", each.name) not in done
    ]


def apply(loading: Loading) -> None:
    """Each is said by whoever would say it; said already, it stands."""
    for each in loading.said["absences"]:
        act_id = loading.id("absence", each.name)
        if not Played.objects.filter(pk=act_id).exists():
            _say(loading, each)
            Played.objects.bulk_create([Played(id=act_id)])


def _say(loading: Loading, each: AbsenceSaid) -> None:
    people = {person.slug: person for person in loading.said["people"]}
    named_by = Actor(
        loading.id("person", each.named_by),
        loading.id("organisation", people[each.named_by].organisation),
        frozenset(people[each.named_by].roles),
    )
    away = covering.Away(
        loading.id("cover", each.name),
        loading.id("person", each.by),
        playing.moment_of(loading, *each.starts),
        playing.moment_of(loading, *each.ends),
    )
    with clock.at(loading.at), context.acting_as(named_by):
        if each.kind == Cover.Kind.STAND_IN:
            covering.be_away(away, by=named_by, at=loading.at)
            return
        for_users = [loading.id("person", slug) for slug in each.for_whom]
        covering.put_on_call(away, for_users=for_users, by=named_by, at=loading.at)


register(
    Section(
        name="absences",
        file="absences.yaml",
        title=gettext_lazy("Absences and turns on call"),
        check=check,
        plan=plan,
        apply=apply,
    )
)
