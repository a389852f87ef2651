"""What does a region's folder say of accompaniments and activities, in its demonstration?

An activity is the organisation's, and is planned before the lives are played; what is in somebody's
file happens within their life, in the order of the days. Nothing joins the two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.config import communications, playing, shared, taken
from spheres.config.hopes import HopeSaid
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.followup.accompaniments import actions as accompaniments
from spheres.followup.accompaniments.models import Course, OutgoingReferral
from spheres.followup.activities import actions as activities
from spheres.followup.activities.models import ActivityStatus, Feedback
from spheres.followup.admission import actions as admission
from spheres.participants import queries as participants
from spheres.regions.reading import Fields, Part
from spheres.regions.registry import Change, Kind, Loading, Section
from spheres.sharing.models import Consent, Form

if TYPE_CHECKING:
    from spheres.config.life import Act, Telling

FIRST_DAY, LAST_DAY = -300, 30
AT: Final = time(11, 20)
TEXTS: Final = ("her_words", "aim", "organisation", "papers", "ask_for", "travel", "next_step")
LINKS: Final = ("needs", "towards", "resource")
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
        self.organisations = {one.slug for one in said.get("organisations", [])}
        self.accepted = {
            story.slug: {step.who for step in story.path if step.step == "accepted"}
            for story in said.get("life", [])
        }
        self.codes = {
            name: [term.code for term in terms] for name, terms in said["vocabularies"].items()
        }
        self.resources = {one.slug for one in said["resources"].resources}
        self.hopes = {
            story.slug: {one.slug for one in story.hopes if isinstance(one, HopeSaid) and one.slug}
            for story in said.get("life", [])
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
        return story, by, it["day"].number(FIRST_DAY, -1)

    def _is_for(self, it: Fields, story: str) -> dict[str, Any]:
        """The needs it is for, and what of her plan, by the short word of her file."""
        said: dict[str, Any] = {}
        if "needs" in it:
            said["needs"] = [each.choice(self.codes["needs"]) for each in it["needs"].items()]
        if "towards" in it:
            said["towards"] = it["towards"].choice(self.hopes.get(story, set()))
        return said

    def _accompaniment(self, part: Part) -> list[StepSaid]:
        it = part.fields(
            "accompaniment", "person", "by", "day",
            optional=(*TEXTS, "needs", "towards", "resource", "next_on", "steps", "leaves"),
        )  # fmt: skip
        story, by, day = self._who(it)
        name = f"{story}/{self.number}"
        said: dict[str, Any] = {n: it[n].text(empty=True) for n in TEXTS if n in it}
        said["kind"] = it["accompaniment"].choice(self.codes["accompaniment_kinds"])
        said |= self._is_for(it, story)
        if "resource" in it:
            said["resource"] = it["resource"].choice(self.resources)
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
            optional=("place", "dollars", "line", "came", "called_off", "together", "list"),
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
        if "together" in it:
            found += self._together(it["together"], name, by, day)
        for each in it["list"].items() if "list" in it else []:
            seat = each.fields("person", "by", "day", optional=("food", "size", "lets"))
            story, who, added = self._who(seat)
            codes = {
                "food": seat["food"].choice(self.codes["food_needs"]) if "food" in seat else "",
                "size": seat["size"].choice(self.codes["clothing_sizes"]) if "size" in seat else "",
            }
            found.append(StepSaid(f"{name}/{story}", added, who, "seat", story, codes))
            if "lets" in seat:
                let = seat["lets"].fields("to", "needs")
                card = {"to": let["to"].choice(self.people), "needs": let["needs"].text()}
                found.append(StepSaid(f"{name}/{story}/card", added, who, "lets", story, card))
        return found

    def _together(self, part: Part, name: str, by: str, day: int) -> list[StepSaid]:
        """With which organisation, and who from there comes along."""
        it = part.fields("with", "along")
        said = {"with": it["with"].choice(self.organisations)}
        along = [each.choice(self.people) for each in it["along"].items()]
        return [
            StepSaid(f"{name}/with", day, by, "invited", said=said),
            *(StepSaid(f"{name}/with/{who}", day, who, "along") for who in along),
        ]

    def _participation(self, part: Part) -> list[StepSaid]:
        it = part.fields(
            "activity", "person", "by", "day",
            optional=("her_words", "needs", "towards", "face", "found", "said", "strength"),
        )  # fmt: skip
        story, by, day = self._who(it)
        said: dict[str, Any] = {
            n: it[n].text(empty=True) for n in ("her_words", "found", "said") if n in it
        }
        said["idea"] = it["activity"].choice(self.codes["activity_ideas"])
        said |= self._is_for(it, story)
        said["face"] = FACES.get(it["face"].choice(FACES), "") if "face" in it else ""
        said["strength"] = "strength" in it
        return [StepSaid(f"{story}/part/{self.number}", day, by, "part", story, said)]


def plan(loading: Loading) -> list[Change]:
    """The activities that were not planned yet: the rest belongs to the lives."""
    said = [one.name for one in loading.said["steps"] if not one.story]
    return [
        Change(Kind.ADDED, name)
        for name in playing.unplayed({loading.id("step", name): name for name in said})
    ]


def apply(loading: Loading) -> None:
    """Nothing yet: it is played (`play`, then the lives)."""


def play(loading: Loading) -> None:
    """What the organisations offer, each in its turn; done already, it stands."""
    for each in loading.said.get("steps", []):
        if not each.story:
            playing.once(loading.id("step", each.name), partial(_offered, loading, each))


def _offered(loading: Loading, each: StepSaid) -> None:
    by = playing.actor_of(loading, each.by)
    at = min(playing.moment_of(loading, each.day, AT), loading.first_at)
    with clock.at(at), context.acting_as(by):
        DOING[each.what](loading, each, by, at)


Done = (
    StepSaid
    | shared.Said
    | taken.TakenSaid
    | taken.LaterSaid
    | communications.ToldSaid
    | communications.BecameSaid
)


def of_story(loading: Loading, slug: str) -> list[Done]:
    """What happens in one life, in the order of the days; what is shared, who does what, what is
    told of it."""
    steps = [each for each in loading.said.get("steps", []) if each.story == slug]
    told = communications.of_story(loading, slug)
    return [*steps, *shared.of_story(loading, slug), *taken.of_story(loading, slug), *told]


def act(telling: Telling, each: Done) -> Act:
    """The act of one of these, in its story."""
    if isinstance(each, taken.TakenSaid | taken.LaterSaid):
        return taken.act(telling, each)
    if isinstance(each, communications.ToldSaid | communications.BecameSaid):
        return communications.act(telling, each)
    if not isinstance(each, StepSaid):
        return shared.act(telling, each)
    by, loading = telling._actor(each.by), telling.loading
    at = telling._moment(each.day, "accompaniment")
    return telling._act(
        each.what, each.day, by, at, lambda: DOING[each.what](loading, each, by, at)
    )


def _on(loading: Loading, said: dict[str, Any]) -> dict[str, Any]:
    """The same, with its day as a day."""
    if "next_on" in said:
        return said | {"next_on": playing.moment_of(loading, said["next_on"], AT).date()}
    return said


def _links(loading: Loading, each: StepSaid) -> dict[str, Any]:
    """What it is for, and towards which resource, by their identifiers."""
    links: dict[str, Any] = {"needs": each.said.get("needs", [])}
    if towards := each.said.get("towards"):
        links["towards_id"] = loading.id("hope", f"{each.story}/{towards}")
    if resource := each.said.get("resource"):
        links["resource_id"] = loading.id("resource", resource)
    return links


def _file(loading: Loading, each: StepSaid) -> UUID:
    return admission.file_of(loading.id("referral", each.story))


def _row(loading: Loading, each: StepSaid) -> UUID:
    return loading.id("step", each.name)


def _of(loading: Loading, each: StepSaid) -> UUID:
    """The identifier of what another entry began: its name is this one's, before the last part."""
    return loading.id("step", each.name.rpartition("/")[0])


def _begun(loading: Loading, each: StepSaid, by: Actor, at: datetime) -> None:
    words = {n: said for n, said in _on(loading, each.said).items() if n not in LINKS}
    written = accompaniments.Written(
        id=_row(loading, each), occurred_at=at, **words, **_links(loading, each)
    )
    accompaniments.sign(_file(loading, each), written, by=by, at=at)


def _told(loading: Loading, each: StepSaid, by: Actor, at: datetime) -> None:
    told = accompaniments.Told(id=_row(loading, each), **_on(loading, each.said))
    accompaniments.tell(_file(loading, each), _of(loading, each), told, by=by, at=at)


def _leaves(loading: Loading, each: StepSaid, by: Actor, at: datetime) -> None:
    file_id, row, came = _file(loading, each), _row(loading, each), each.said.get("came_back", "")
    agreed = accompaniments.Agreed(
        row, True, each.said["to_whom"], each.said["lines"], OutgoingReferral.Yes.HERSELF,
        OutgoingReferral.How.SAID, clock.day_of(at),
    )  # fmt: skip
    accompaniments.agree(file_id, _of(loading, each), agreed, by=by, at=at)
    if came:
        accompaniments.hand_over(file_id, row, "TEXT", by=by, at=at)
        back = accompaniments.CameBack(loading.id("back", each.name), came)
        accompaniments.reply(file_id, row, back, by=by, at=at)


def _planned(loading: Loading, each: StepSaid, by: Actor, at: datetime) -> None:
    said = each.said
    planned = activities.Planned(
        _row(loading, each), said["idea"], playing.day_of(loading, said["on"]), time(13, 30),
        said["place"], said["line"], said["cents"],
    )  # fmt: skip
    activities.plan(planned, by=by, at=at)


def _held(loading: Loading, each: StepSaid, by: Actor, at: datetime) -> None:
    to, number = ActivityStatus.Status.HELD, each.said["number"]
    activities.say(_of(loading, each), to, number=number, cents=None, by=by, at=at)


def _off(loading: Loading, each: StepSaid, by: Actor, at: datetime) -> None:
    to = ActivityStatus.Status.CALLED_OFF
    activities.say(_of(loading, each), to, number=None, cents=None, by=by, at=at)


def _seat(loading: Loading, each: StepSaid, by: Actor, at: datetime) -> None:
    activity, row = _of(loading, each), _row(loading, each)
    activities.come_along(activity, by=by, at=at)
    activities.add(activity, row, _file(loading, each), by=by, at=at, **each.said)


def _invited(loading: Loading, each: StepSaid, by: Actor, at: datetime) -> None:
    whom = loading.id("organisation", each.said["with"])
    activities.invite(_of(loading, each), _row(loading, each), whom, by=by, at=at)


def _along(loading: Loading, each: StepSaid, by: Actor, at: datetime) -> None:
    activity = loading.id("step", each.name.partition("/with/")[0])
    activities.come_along(activity, by=by, at=at)


def _lets(loading: Loading, each: StepSaid, by: Actor, at: datetime) -> None:
    """What one of them wants somebody of the other organisation to know, that day alone."""
    person = participants.header(_file(loading, each), actor=by)
    assert person is not None
    agreed = activities.Agreed(
        _row(loading, each), loading.id("person", each.said["to"]), person.name,
        Consent.Giver.HERSELF, Form.ON_SCREEN, each.said["needs"],
    )  # fmt: skip
    seat = each.name.removesuffix("/card")
    activity = loading.id("step", seat.rpartition("/")[0])
    activities.agree(activity, loading.id("step", seat), agreed, person=person, by=by, at=at)


def _part(loading: Loading, each: StepSaid, by: Actor, at: datetime) -> None:
    said, file_id, row = each.said, _file(loading, each), _row(loading, each)
    written = activities.Written(
        row, said["idea"], clock.day_of(at), at, her_words=said.get("her_words", ""),
        **_links(loading, each),
    )  # fmt: skip
    activities.sign(file_id, written, by=by, at=at)
    if not said["face"]:
        return
    number = loading.id("face", each.name)
    how = activities.Said(number, said["face"], said.get("said", ""), said.get("found", ""))
    activities.give_feedback(file_id, row, how, by=by, at=at)
    if said["strength"]:
        activities.add_strength(file_id, number, by=by, at=at)


DOING: Final[dict[str, Callable[[Loading, StepSaid, Actor, datetime], None]]] = {
    "begun": _begun, "told": _told, "leaves": _leaves, "planned": _planned, "held": _held,
    "off": _off, "seat": _seat, "part": _part,
    "invited": _invited, "along": _along, "lets": _lets,
}  # fmt: skip

# Registered after the lives, against which it is held (life.py).
SECTION: Final = Section(
    name="steps",
    file="steps.yaml",
    title=gettext_lazy("Accompaniments and activities"),
    check=check,
    plan=plan,
    apply=apply,
)
