"""What does a region's folder say of committees that met, in its demonstration?

Played once the lives stand: who sits, each meeting, what was brought there and what came of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.config import playing
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.followup.admission import actions as admission
from spheres.followup.disclosures import actions as disclosures
from spheres.followup.disclosures.policy import Capacity, Ground, Purpose
from spheres.participants import queries as participants
from spheres.partners.committees import actions, queries
from spheres.regions.models import Committee
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section
from spheres.sharing.models import CommitteeItem, CommitteeMeeting, Disclosure

FIRST_DAY, LAST_DAY = -400, 90
PLACES: Final = {code.lower(): code for code in CommitteeMeeting.Place.values}
MODES: Final = {code.lower(): code for code in CommitteeItem.Mode.values}
A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class BroughtSaid:
    """One thing brought: by whom, how, about whom, and what came of it."""

    by: str
    mode: str
    question: str
    words: str
    about: str
    minutes: int
    told: tuple[str, ...]
    needs: str
    decided_by: str
    is_back: bool
    is_placed: bool
    noted: str
    decided: str
    promises: tuple[tuple[str, str, int], ...]  # who, what, for which day


@dataclass(frozen=True)
class MetSaid:
    """One meeting, called by whoever chairs, or several at the rhythm of the committee; who came,
    when it was held, and how many minutes it lasted; or the day before, it was called off."""

    day: int
    starts: time
    ends: time
    place: str
    items: tuple[BroughtSaid, ...]
    came: tuple[str, ...] = ()
    lasted: int = 0
    times: int = 1
    is_off: bool = False


@dataclass(frozen=True)
class CommitteeSaid:
    """One committee: who sits and chairs, since when, and its meetings."""

    slug: str
    chair: str
    members: tuple[str, ...]
    since: int
    meetings: tuple[MetSaid, ...]


def check(parts: list[Part], said: Mapping[str, Any]) -> list[CommitteeSaid]:
    """Each entry: a committee of this region, its people, persons whom whoever brings knows."""
    people = {person.slug: person for person in said.get("people", [])}
    committees = [one.slug for one in said.get("committees", [])]
    accepted = {
        story.slug: {step.who for step in story.path if step.step == "accepted"}
        for story in said.get("life", [])
    }
    found = []
    for entry in parts[0].items() if parts else []:
        it = entry.fields("committee", "chair", "members", "since", "meetings")
        found.append(
            CommitteeSaid(
                it["committee"].choice(committees),
                it["chair"].choice(people),
                tuple(it["members"].choices(people)),
                it["since"].number(FIRST_DAY, -1),
                tuple(_meeting(part, people, accepted) for part in it["meetings"].items()),
            )
        )
    return found


def _meeting(part: Part, people: Mapping[str, Any], accepted: Mapping[str, set[str]]) -> MetSaid:
    it = part.fields(
        "day", "from", "to", "place", "items", optional=("came", "lasted", "off", "times")
    )
    return MetSaid(
        it["day"].number(FIRST_DAY, LAST_DAY),
        _hour(it["from"]),
        _hour(it["to"]),
        PLACES.get(it["place"].choice(PLACES), ""),
        tuple(_item(one, people, accepted) for one in it["items"].items()),
        tuple(it["came"].choices(people)) if "came" in it else (),
        it["lasted"].number(5, 720) if "lasted" in it else 0,
        it["times"].number(1, 12) if "times" in it else 1,
        it["off"].yes() if "off" in it else False,
    )


def _hour(part: Part) -> time:
    try:
        return datetime.strptime(part.text(), "%H:%M").time()
    except ValueError:
        part.fault(_("write the hour as 09:30."))
        return time(9, 0)


def _item(part: Part, people: Mapping[str, Any], accepted: Mapping[str, set[str]]) -> BroughtSaid:
    it = part.fields(
        "by", "mode", "question",
        optional=(
            "words", "about", "minutes", "told", "needs", "decided_by", "back", "asked", "noted",
            "decided", "promises",
        ),
    )  # fmt: skip
    by = it["by"].choice(people)
    about = it["about"].choice(accepted) if "about" in it else ""
    if about and by not in accepted.get(about, set()):
        it["about"].fault(_("another worker accepted this referral."))
    promised = [
        one.fields("who", "what", "day")
        for one in (it["promises"].items() if "promises" in it else [])
    ]
    return BroughtSaid(
        by,
        MODES.get(it["mode"].choice(MODES), ""),
        it["question"].text(),
        it["words"].text() if "words" in it else "",
        about,
        it["minutes"].number(5, 120) if "minutes" in it else 20,
        tuple(it["told"].choices(people)) if "told" in it else (),
        it["needs"].text() if "needs" in it else "",
        it["decided_by"].choice(people) if "decided_by" in it else "",
        it["back"].yes() if "back" in it else False,
        not (it["asked"].yes() if "asked" in it else False),
        it["noted"].text() if "noted" in it else "",
        it["decided"].text() if "decided" in it else "",
        tuple(
            (one["who"].choice(people), one["what"].text(), one["day"].number(FIRST_DAY, LAST_DAY))
            for one in promised
        ),
    )


def plan(_loading: Loading) -> list[Change]:
    """Nothing of its own: it is played once the lives stand."""
    return []


def apply(_loading: Loading) -> None:
    """Nothing yet (`play`)."""


def play(loading: Loading) -> None:
    """Who sits, then each meeting; played already, it stands."""
    for each in loading.said.get("meetings", []):
        act_id = loading.id("committee sits", each.slug)
        playing.once(act_id, partial(_sit, loading, each))
        for met in each.meetings:
            met_id = loading.id("committee met", f"{each.slug} {met.day}")
            playing.once(met_id, partial(_meet, loading, each, met, met_id))


def _sit(loading: Loading, each: CommitteeSaid) -> None:
    by = playing.actor_of(loading, each.chair)
    at = playing.moment_of(loading, each.since, time(9, 0))
    with clock.at(at), context.acting_as(by):
        of = Committee.objects.get(slug=each.slug)
        for slug in dict.fromkeys((each.chair, *each.members)):
            who = playing.actor_of(loading, slug)
            actions.name_member(
                loading.id("sits", f"{each.slug} {slug}"), of, user_id=who.user_id,
                organisation_id=who.organisation_id, is_chair=slug == each.chair, by=by, at=at,
            )  # fmt: skip


def _meet(loading: Loading, each: CommitteeSaid, met: MetSaid, met_id: UUID) -> None:
    chair = playing.actor_of(loading, each.chair)
    day = playing.day_of(loading, met.day)
    # Three weeks ahead; for what is to come, not later than the first loading.
    at = min(playing.moment_of(loading, met.day - 21, time(9, 0)), loading.first_at - 2 * A_DAY)
    called = actions.Called(met_id, day, met.starts, met.ends, met.place, met.times)
    with clock.at(at), context.acting_as(chair):
        of = Committee.objects.get(slug=each.slug)
        actions.call(of, called, by=chair, at=at)
        meeting = CommitteeMeeting.objects.get(pk=met_id)
    held = playing.moment_of(loading, met.day, met.starts)
    for number, one in enumerate(met.items, 1):
        item_id = loading.id("brought", f"{each.slug} {met.day} {number}")
        _bring(loading, of, meeting, one, item_id, at + A_DAY)
        if one.is_placed:
            later = at + A_DAY + timedelta(hours=number)
            with clock.at(later), context.acting_as(chair):
                actions.place(item_id, position=number, minutes=one.minutes, by=chair, at=later)
        if one.noted:
            with clock.at(held), context.acting_as(chair):
                _hold(loading, each, meeting, one, item_id, chair, held)
    if met.is_off:
        off = min(held - A_DAY, loading.first_at - A_DAY / 2)
        with clock.at(off), context.acting_as(chair):
            actions.cancel_meeting(met_id, by=chair, at=off)
    if met.came:
        with clock.at(held), context.acting_as(chair):
            seats = [loading.id("sits", f"{each.slug} {slug}") for slug in met.came]
            actions.note_roll(
                loading.id("came", str(met_id)), meeting, seats=seats, minutes=met.lasted,
                by=chair, at=held,
            )  # fmt: skip


def _bring(
    loading: Loading,
    of: Committee,
    meeting: CommitteeMeeting,
    one: BroughtSaid,
    item_id: UUID,
    at: datetime,
) -> None:
    by = playing.actor_of(loading, one.by)
    file_id = admission.file_of(loading.id("referral", one.about)) if one.about else None
    said = actions.Said(item_id, one.mode, one.question, one.words, one.minutes, file_id)
    with clock.at(at), context.acting_as(by):
        actions.bring(meeting, of, said, by=by, at=at)
    for slug in one.told if file_id else ():
        _tell(loading, meeting, one, file_id, slug, at)  # type: ignore[arg-type]


def _tell(
    loading: Loading,
    meeting: CommitteeMeeting,
    one: BroughtSaid,
    file_id: UUID,
    slug: str,
    at: datetime,
) -> None:
    """What she lets one of them know, for that day: prepared, decided, perhaps taken back."""
    by, to = playing.actor_of(loading, one.by), playing.actor_of(loading, slug)
    told_id = loading.id("told at a committee", f"{one.about} {slug} {meeting.pk}")
    with clock.at(at), context.acting_as(by):
        person = participants.header(file_id, actor=by)
        if person is None:
            raise ValueError(f"{one.by} does not walk with {one.about}.")
        told = disclosures.Prepared(
            id=told_id, ground=Ground.CONSENT, purpose=Purpose.MEETING, capacity=Capacity.MEMBER,
            items={"NAME": person.name, "NEEDS": one.needs}, ends_on=meeting.held_on,
            to_organisation_id=to.organisation_id, to_user_id=to.user_id,
            meeting_on=meeting.held_on,
            about={"given_by": "HERSELF", "form": "ON_SCREEN", "language": "fr"},
        )  # fmt: skip
        disclosures.prepare(file_id, told, person=person, by=by, at=at)
        row = Disclosure.objects.get(pk=told_id)
    decider = playing.actor_of(loading, one.decided_by)
    with clock.at(at), context.acting_as(decider):
        disclosures.decide(
            row, step_id=loading.id("decided", str(told_id)), is_approved=True, words="",
            by=decider, at=at,
        )  # fmt: skip
    if one.is_back:
        back = at + timedelta(hours=3)
        with clock.at(back), context.acting_as(by):
            disclosures.take_back(row, step_id=loading.id("back", str(told_id)), by=by, at=back)


def _hold(
    loading: Loading,
    each: CommitteeSaid,
    meeting: CommitteeMeeting,
    one: BroughtSaid,
    item_id: UUID,
    chair: Actor,
    at: datetime,
) -> None:
    """Those who stay are there; what was noted, and what each took on."""
    staying = {
        (person, place)
        for item, person, place, stays in queries.who_is_awaited(meeting, actor=chair)
        if item == item_id and stays
    }
    actions.hold(item_id, meeting, present=staying, by=chair, at=at)
    minutes_id = loading.id("noted", str(item_id))
    # Of somebody named, minutes are written by whoever was told of them.
    writer = playing.actor_of(loading, one.told[0]) if one.told else chair
    with context.acting_as(writer):
        actions.write_minutes(minutes_id, item_id, one.noted, after=(), by=writer, at=at)
    if one.decided:
        decided_id = loading.id("decided at a committee", str(item_id))
        actions.write_decision(decided_id, item_id, one.decided, by=chair, at=at)
    for number, (slug, what, day) in enumerate(one.promises):
        who = playing.actor_of(loading, slug)
        actions.promise(
            loading.id(f"promised {number}", str(item_id)), item_id, what, owner_id=who.user_id,
            organisation_id=who.organisation_id, due_on=playing.day_of(loading, day), by=chair,
            at=at,
        )  # fmt: skip


SECTION: Final = Section(
    name="meetings",
    file="meetings.yaml",
    title=gettext_lazy("Committees that met"),
    check=check,
    plan=plan,
    apply=apply,
)
