"""What does a region's folder say of accompaniments and activities, in its demonstration?

Played once the lives stand, in the order of their days: an activity is the organisation's, what it
was for somebody is in that person's file, and nothing here joins the two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.config import life  # noqa: F401 -- whose people are accompanied: it is read first
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.followup.accompaniments import actions as accompaniments
from spheres.followup.accompaniments.models import Course, OutgoingReferral
from spheres.followup.activities import actions as activities
from spheres.followup.activities.models import ActivityStatus, Feedback
from spheres.followup.admission import actions as admission
from spheres.regions.loading import LOADER
from spheres.regions.models import Played
from spheres.regions.reading import Fields, Part
from spheres.regions.registry import Change, Kind, Loading, Section, register

FIRST_DAY, LAST_DAY = -300, 30
AT: Final = time(11, 20)
TEXTS: Final = ("her_words", "aim", "organisation", "papers", "ask_for", "travel", "next_step")
CAME_TO: Final = {status.lower(): status for status in Course.Status.values}
FACES: Final = {face.lower(): face for face in Feedback.Face.values}


@dataclass(frozen=True)
class StepSaid:
    """One thing that was done on one day, and what it is called in this file."""

    name: str
    day: int
    by: str
    what: str
    story: str = ""  # whose file it is in; empty: about nobody
    said: dict[str, Any] = field(default_factory=dict)


def check(parts: list[Part], said: Mapping[str, Any]) -> list[StepSaid]:
    """Each entry: an accompaniment and its steps, an activity, what one was for somebody."""
    reading = Reading(said)
    found = [step for part in (parts[0].items() if parts else []) for step in reading.entry(part)]
    return sorted(found, key=lambda step: step.day)


class Reading:
    """What the file is held against: who accompanies whom, and the words of the region."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        self.people = {person.slug: person for person in said.get("people", [])}
        self.accepted = {
            story.slug: {step.who for step in story.path if step.step == "accepted"}
            for story in said.get("life", [])
        }
        self.codes = {
            name: [term.code for term in terms] for name, terms in said["vocabularies"].items()
        }
        self.number = 0

    def entry(self, part: Part) -> list[StepSaid]:
        self.number += 1
        what = part.any_fields()
        if "accompaniment" in what:
            return self._accompaniment(part)
        return self._participation(part) if "person" in what else self._activity(part)

    def _who(self, it: Fields) -> tuple[str, str, int]:
        story, by = it["person"].choice(self.accepted), it["by"].choice(self.people)
        if by not in self.accepted.get(story, set()):
            it["by"].fault(_("another worker accepted this referral."))
        return story, by, it["day"].number(FIRST_DAY, LAST_DAY)

    def _accompaniment(self, part: Part) -> list[StepSaid]:
        it = part.fields(
            "accompaniment", "person", "by", "day",
            optional=(*TEXTS, "need", "next_on", "steps", "leaves"),
        )  # fmt: skip
        story, by, day = self._who(it)
        name = f"{story}/{self.number}"
        said: dict[str, Any] = {n: it[n].text(empty=True) for n in TEXTS if n in it}
        said["kind"] = it["accompaniment"].choice(self.codes["accompaniment_kinds"])
        if "need" in it:
            said["need"] = it["need"].choice(self.codes["needs"])
        if "next_on" in it:
            said["next_on"] = it["next_on"].number(day, LAST_DAY)
        found = [StepSaid(name, day, by, "begun", story, said)]
        for number, each in enumerate(it["steps"].items() if "steps" in it else [], 1):
            found.append(self._step(each, f"{name}/{number}", by, story))
        if "leaves" in it:
            leaves = it["leaves"].fields("day", "to_whom", "lines", optional=("came_back",))
            words = {n: leaves[n].text() for n in ("to_whom", "lines", "came_back") if n in leaves}
            on = leaves["day"].number(day, -1)
            found.append(StepSaid(f"{name}/leaves", on, by, "leaves", story, words))
        return found

    def _step(self, part: Part, name: str, by: str, story: str) -> StepSaid:
        texts = ("her_words", "line", "next_step")
        it = part.fields("day", "came_to", optional=(*texts, "next_on"))
        said: dict[str, Any] = {n: it[n].text() for n in texts if n in it}
        said["status"] = CAME_TO.get(it["came_to"].choice(CAME_TO), "")
        if "next_on" in it:
            said["next_on"] = it["next_on"].number(FIRST_DAY, LAST_DAY)
        return StepSaid(name, it["day"].number(FIRST_DAY, -1), by, "told", story, said)

    def _activity(self, part: Part) -> list[StepSaid]:
        it = part.fields(
            "activity", "by", "day", "on",
            optional=("place", "dollars", "line", "came", "called_off", "list"),
        )  # fmt: skip
        by, day = it["by"].choice(self.people), it["day"].number(FIRST_DAY, -1)
        on = it["on"].number(day, LAST_DAY)
        name = f"activity/{self.number}"
        said: dict[str, Any] = {
            "idea": it["activity"].choice(self.codes["activity_ideas"]),
            "on": on,
            "place": it["place"].choice(self.codes["activity_places"]) if "place" in it else "",
            "line": it["line"].choice(self.codes["budget_lines"]) if "line" in it else "",
            "cents": it["dollars"].number(0, 5_000) * 100 if "dollars" in it else None,
        }
        found = [StepSaid(name, day, by, "planned", said=said)]
        if "came" in it:
            number = it["came"].number(1, 60)
            found.append(StepSaid(f"{name}/held", on, by, "held", said={"number": number}))
        elif "called_off" in it:
            found.append(StepSaid(f"{name}/off", min(on, -1), by, "off"))
        for each in it["list"].items() if "list" in it else []:
            seat = each.fields("person", "by", "day", optional=("food", "size"))
            story, who, added = self._who(seat)
            codes = {
                "food": seat["food"].choice(self.codes["food_needs"]) if "food" in seat else "",
                "size": seat["size"].choice(self.codes["clothing_sizes"]) if "size" in seat else "",
            }
            found.append(StepSaid(f"{name}/{story}", added, who, "seat", story, codes))
        return found

    def _participation(self, part: Part) -> list[StepSaid]:
        it = part.fields(
            "activity", "person", "by", "day",
            optional=("her_words", "need", "face", "found", "said", "strength"),
        )  # fmt: skip
        story, by, day = self._who(it)
        said: dict[str, Any] = {
            n: it[n].text(empty=True) for n in ("her_words", "found", "said") if n in it
        }
        said["idea"] = it["activity"].choice(self.codes["activity_ideas"])
        said["need"] = it["need"].choice(self.codes["needs"]) if "need" in it else ""
        said["face"] = FACES.get(it["face"].choice(FACES), "") if "face" in it else ""
        said["strength"] = "strength" in it
        return [StepSaid(f"{story}/part/{self.number}", day, by, "part", story, said)]


def plan(loading: Loading) -> list[Change]:
    """What was not done yet."""
    done = set(Played.objects.values_list("pk", flat=True))
    return [
        Change(Kind.ADDED, each.name)
        for each in loading.said["steps"]
        if loading.id("step", each.name) not in done
    ]


def apply(loading: Loading) -> None:
    """Nothing yet: it happens once the lives were played (`play`)."""


def play(loading: Loading) -> None:
    """Each in its turn; done already, it stands."""
    telling = Telling(loading)
    for each in loading.said.get("steps", []):
        act_id = loading.id("step", each.name)
        with transaction.atomic(durable=True):
            with context.acting_as(LOADER):
                is_played = Played.objects.filter(pk=act_id).exists()
            if not is_played:
                telling.do(each, act_id)
                with context.acting_as(LOADER):
                    Played.objects.bulk_create([Played(id=act_id)])


class Telling:
    """Who does it, in whose file, at which moment."""

    def __init__(self, loading: Loading) -> None:
        self.loading = loading
        self.zone = ZoneInfo(loading.said["region"].time_zone)
        here = loading.first_at.astimezone(self.zone).date()
        self.monday = here - timedelta(days=here.weekday())
        self.people = {one.slug: one for one in loading.said["people"]}

    def do(self, each: StepSaid, act_id: UUID) -> None:
        person = self.people[each.by]
        by = Actor(
            self.loading.id("person", each.by),
            self.loading.id("organisation", person.organisation),
            frozenset(person.roles),
        )
        at = min(self._at(each.day), self.loading.first_at)
        does: Callable[[StepSaid, UUID, Actor, datetime], None] = getattr(self, f"_{each.what}")
        with clock.at(at), context.acting_as(by):
            does(each, act_id, by, at)

    def _at(self, day: int) -> datetime:
        return datetime.combine(self.monday + timedelta(days=day), AT, tzinfo=self.zone)

    def _on(self, said: dict[str, Any]) -> dict[str, Any]:
        """The same, with its day as a day."""
        if "next_on" in said:
            return said | {"next_on": self._at(said["next_on"]).date()}
        return said

    def _file(self, each: StepSaid) -> UUID:
        return admission.file_of(self.loading.id("referral", each.story))

    def _of(self, name: str) -> UUID:
        """The identifier of what another entry began: that entry, before its last part."""
        return self.loading.id("step", name.rpartition("/")[0])

    def _begun(self, each: StepSaid, act_id: UUID, by: Actor, at: datetime) -> None:
        written = accompaniments.Written(id=act_id, occurred_at=at, **self._on(each.said))
        accompaniments.sign(self._file(each), written, by=by, at=at)

    def _told(self, each: StepSaid, act_id: UUID, by: Actor, at: datetime) -> None:
        told = accompaniments.Told(id=act_id, **self._on(each.said))
        accompaniments.tell(self._file(each), self._of(each.name), told, by=by, at=at)

    def _leaves(self, each: StepSaid, act_id: UUID, by: Actor, at: datetime) -> None:
        file_id, came = self._file(each), each.said.get("came_back", "")
        agreed = accompaniments.Agreed(
            act_id, True, each.said["to_whom"], each.said["lines"], OutgoingReferral.Yes.HERSELF,
            OutgoingReferral.How.SAID, clock.day_of(at),
        )  # fmt: skip
        accompaniments.agree(file_id, self._of(each.name), agreed, by=by, at=at)
        if came:
            accompaniments.hand_over(file_id, act_id, "TEXT", by=by, at=at)
            back = accompaniments.CameBack(self.loading.id("back", each.name), came)
            accompaniments.reply(file_id, act_id, back, by=by, at=at)

    def _planned(self, each: StepSaid, act_id: UUID, by: Actor, at: datetime) -> None:
        said = each.said
        planned = activities.Planned(
            act_id, said["idea"], self._at(said["on"]).date(), time(13, 30), said["place"],
            said["line"], said["cents"],
        )  # fmt: skip
        activities.plan(planned, by=by, at=at)

    def _held(self, each: StepSaid, act_id: UUID, by: Actor, at: datetime) -> None:
        to, number = ActivityStatus.Status.HELD, each.said["number"]
        activities.say(self._of(each.name), to, number=number, cents=None, by=by, at=at)

    def _off(self, each: StepSaid, act_id: UUID, by: Actor, at: datetime) -> None:
        to = ActivityStatus.Status.CALLED_OFF
        activities.say(self._of(each.name), to, number=None, cents=None, by=by, at=at)

    def _seat(self, each: StepSaid, act_id: UUID, by: Actor, at: datetime) -> None:
        activity = self._of(each.name)
        activities.come_along(activity, by=by, at=at)
        activities.add(activity, act_id, self._file(each), by=by, at=at, **each.said)

    def _part(self, each: StepSaid, act_id: UUID, by: Actor, at: datetime) -> None:
        said, file_id = each.said, self._file(each)
        written = activities.Written(
            act_id, said["idea"], clock.day_of(at), at, need=said["need"],
            her_words=said.get("her_words", ""),
        )  # fmt: skip
        activities.sign(file_id, written, by=by, at=at)
        if not said["face"]:
            return
        number = self.loading.id("face", each.name)
        how = activities.Said(number, said["face"], said.get("said", ""), said.get("found", ""))
        activities.give_feedback(file_id, act_id, how, by=by, at=at)
        if said["strength"]:
            activities.add_strength(file_id, number, by=by, at=at)


register(
    Section(
        name="steps",
        file="steps.yaml",
        title=gettext_lazy("Accompaniments and activities"),
        check=check,
        plan=plan,
        apply=apply,
    )
)
