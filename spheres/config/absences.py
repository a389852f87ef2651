"""What does a region's folder say of who answers for whom, in its demonstration?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.accounts.region import PersonSaid
from spheres.config import playing
from spheres.config.planned import hour_of
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.followup.admission import actions as admission
from spheres.followup.consents import actions as consents
from spheres.followup.consents.forms import OFFERED_BRIEFLY
from spheres.followup.consents.policy import FOR_AN_ABSENCE
from spheres.followup.covering import actions as covering
from spheres.participants import queries as participants
from spheres.regions import queries as regions
from spheres.regions.models import Played
from spheres.regions.reading import Fields, Part
from spheres.regions.registry import Change, Kind, Loading, Section, register
from spheres.sharing.models import Consent, Cover, Form
from spheres.sharing.rules import WALLED_OFF, WORKERS

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
    # Answered by a worker of a partner: those who agreed to it, by their stories.
    agrees: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.by}/{'+'.join(self.for_whom)}/{self.kind}/{self.starts[0]}"


def check(parts: list[Part], said: Mapping[str, Any]) -> list[AbsenceSaid]:
    """Each entry, with an end after its beginning: by people of one organisation; or, when
    somebody agrees to it, by a worker of a partner."""
    people = {person.slug: person for person in said.get("people", [])}
    partners = {
        one.slug
        for one in said.get("organisations", [])
        if one.fields["is_partner"] and one.fields["kind"] != WALLED_OFF
    }
    entries = parts[0].items() if parts else []
    found = [_absence(entry, people, partners) for entry in entries]
    return [each for each in found if each is not None]


def _absence(part: Part, people: dict[str, PersonSaid], partners: set[str]) -> AbsenceSaid | None:
    it = part.fields(
        "kind", "for", "by", "named_by", "from_day", "from_hour", "until_day", "until_hour",
        optional=("agrees",),
    )  # fmt: skip
    workers = [slug for slug, person in people.items() if WORKERS & set(person.roles)]
    kind = it["kind"].choice(KINDS)
    for_whom = tuple(it["for"].choices(workers))
    by, named_by = it["by"].choice(workers), it["named_by"].choice(people)
    absence = AbsenceSaid(
        KINDS.get(kind, Cover.Kind.STAND_IN), for_whom, by, named_by,
        _moment(it, "from"), _moment(it, "until"),
        tuple(one.slug() for one in it["agrees"].items()) if "agrees" in it else (),
    )  # fmt: skip
    if absence.ends <= absence.starts:
        it["until_day"].fault(_("this ends before it begins."))
        return None
    houses = {people[slug].organisation for slug in (*for_whom, named_by) if slug in people}
    there = {people[by].organisation} if by in people else set()
    if len(houses) != 1 or not for_whom or (there != houses and not there <= partners):
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
        _elsewhere(loading, each),
    )
    with clock.at(loading.at), context.acting_as(named_by):
        if each.kind == Cover.Kind.STAND_IN:
            covering.be_away(away, by=named_by, at=loading.at)
            return
        for_users = [loading.id("person", slug) for slug in each.for_whom]
        covering.put_on_call(away, for_users=for_users, by=named_by, at=loading.at)


def _elsewhere(loading: Loading, each: AbsenceSaid) -> UUID | None:
    """The organisation in whose name it is answered, when it is another one."""
    houses = {person.slug: person.organisation for person in loading.said["people"]}
    if houses[each.by] == houses[each.named_by]:
        return None
    return loading.id("organisation", houses[each.by])


def play(loading: Loading) -> None:
    """Once the lives were played, who agrees to be answered elsewhere says so; said, it stands."""
    for each in loading.said.get("absences", []):
        for story in each.agrees:
            act_id = loading.id("agreed", f"{each.name} {story}")
            playing.once(act_id, partial(_agree, loading, each, story, act_id))


def _agree(loading: Loading, each: AbsenceSaid, story: str, act_id: UUID) -> None:
    by, at = playing.actor_of(loading, each.for_whom[0]), loading.at
    starts_at, ends_at = (
        playing.moment_of(loading, *moment) for moment in (each.starts, each.ends)
    )
    there = _elsewhere(loading, each)
    if there is None or ends_at <= at:
        return
    file_id = admission.file_of(loading.id("referral", story))
    given = consents.Given(
        id=act_id,
        organisation_id=there,
        user_id=loading.id("person", each.by),
        sections=OFFERED_BRIEFLY,
        purpose=FOR_AN_ABSENCE,
        given_by=Consent.Giver.HERSELF,
        form=Form.ON_SCREEN,
        language="fr",
        text_version=regions.text("consent.version"),
        ends_on=clock.day_of(ends_at),
        cover_id=loading.id("cover", each.name),
        starts_at=starts_at,
        ends_at=ends_at,
    )
    with clock.at(at), context.acting_as(by):
        person = participants.header(file_id, actor=by)
        if person is None:
            raise ValueError(f"{each.for_whom[0]} does not walk with {story}.")
        consents.give(file_id, given, person=person, by=by, at=at)


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
