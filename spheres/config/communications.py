"""What does a region's folder say of what is told outside, in its demonstration?

Played in her life: prepared by her worker, decided by a second person, taken back when she said so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.config import playing
from spheres.core.actor import Actor
from spheres.followup.disclosures import actions
from spheres.followup.disclosures.policy import ITEMS, OUTSIDE, Capacity, Ground, Purpose
from spheres.participants import queries as participants
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section
from spheres.sharing.models import Disclosure

if TYPE_CHECKING:
    from spheres.config.life import Act, Telling

FIRST_DAY, LAST_DAY = -120, 90
PURPOSES: Final = {
    "meeting": Purpose.MEETING, "survivor": Purpose.SURVIVOR, "service": Purpose.SERVICE,
    "attendance": Purpose.ATTENDANCE, "transfer": Purpose.TRANSFER,
}  # fmt: skip
CAPACITIES: Final = {one.lower(): one for one in OUTSIDE}
CODES: Final = {code.lower(): code for code in ITEMS}


@dataclass(frozen=True)
class ToldSaid:
    """One thing told of one person: by whom it was prepared, to whom, what for, until when."""

    story: str
    by: str
    purpose: str
    day: int
    to: str  # an account; or a programme; or nobody's
    recipient: str
    capacity: str
    until: int
    items: dict[str, str]
    reason: str
    witness: str
    decided_by: str
    handed: str
    back: int | None

    @property
    def name(self) -> str:
        return f"{self.story} {self.purpose} {self.day}"


def check(parts: list[Part], said: Mapping[str, Any]) -> list[ToldSaid]:
    """Each entry, of a person whom that worker accompanies."""
    people = {person.slug: person for person in said.get("people", [])}
    places = {one.slug: one for one in said.get("organisations", [])}
    accepted = {
        story.slug: {step.who for step in story.path if step.step == "accepted"}
        for story in said.get("life", [])
    }
    return [_said(entry, people, places, accepted) for entry in (parts[0].items() if parts else [])]


def _said(
    part: Part,
    people: Mapping[str, Any],
    places: Mapping[str, Any],
    accepted: dict[str, set[str]],
) -> ToldSaid:
    optional = (
        "to", "programme", "outside", "from", "until", "reason", "witness", "decided_by", "handed",
        "back", *CODES,
    )  # fmt: skip
    it = part.fields("person", "by", "for", "day", optional=optional)
    story, by = it["person"].choice(accepted), it["by"].choice(people)
    if by not in accepted.get(story, set()):
        it["by"].fault(_("another worker accepted this referral."))
    to = it["to"].choice(people) if "to" in it else ""
    if "programme" in it:
        to = it["programme"].choice(places)
    return ToldSaid(
        story,
        by,
        PURPOSES.get(it["for"].choice(PURPOSES), ""),
        it["day"].number(FIRST_DAY, -1),
        to,
        it["outside"].text() if "outside" in it else "",
        CAPACITIES.get(it["from"].choice(CAPACITIES), "") if "from" in it else "",
        it["until"].number(FIRST_DAY, LAST_DAY) if "until" in it else 0,
        {CODES[name]: it[name].text() for name in CODES if name in it},
        it["reason"].text() if "reason" in it else "",
        it["witness"].text() if "witness" in it else "",
        it["decided_by"].choice(people) if "decided_by" in it else "",
        it["handed"].text() if "handed" in it else "",
        it["back"].number(FIRST_DAY, -1) if "back" in it else None,
    )


def plan(_loading: Loading) -> list[Change]:
    """Nothing of its own: what is told is an act of a life, planned with it."""
    return []


def apply(_loading: Loading) -> None:
    """Nothing yet: it is played in the life of whoever it is told of."""


@dataclass(frozen=True)
class BecameSaid:
    """What became of it, by whom, on which day: decided, handed over, taken back."""

    of: ToldSaid
    what: str
    who: str
    day: int


def of_story(loading: Loading, slug: str) -> list[ToldSaid | BecameSaid]:
    """What is told of one person, and what became of each."""
    found: list[ToldSaid | BecameSaid] = []
    for each in loading.said.get("communications", []):
        if each.story != slug:
            continue
        found.append(each)
        if each.decided_by:
            found.append(BecameSaid(each, "decided", each.decided_by, each.day))
        if each.handed:
            found.append(BecameSaid(each, "handed", each.by, each.day))
        if each.back is not None:
            found.append(BecameSaid(each, "back", each.by, each.back))
    return found


def act(telling: Telling, said: ToldSaid | BecameSaid) -> Act:
    """The act of one of these, in its story."""
    by = telling._actor(said.by if isinstance(said, ToldSaid) else said.who)
    at = telling._moment(said.day, "meeting")
    do = _prepare if isinstance(said, ToldSaid) else _go_on
    return telling._act("told", said.day, by, at, lambda: do(telling, said, by, at))  # type: ignore[arg-type]


def _prepare(telling: Telling, each: ToldSaid, by: Actor, at: datetime) -> None:
    file_id, act_id = telling.file_id, telling.loading.id("communication", each.name)
    if each.purpose == Purpose.ATTENDANCE:
        asked = actions.Asked(act_id, each.purpose, each.capacity, each.recipient, each.reason)
        actions.refuse_what_is_asked(file_id, asked, by=by, at=at)
        return
    person = participants.header(file_id, actor=by)
    if person is None:
        raise ValueError(f"{each.by} does not walk with {each.story}.")
    told = _prepared(telling.loading, each, act_id)
    actions.prepare(file_id, told, person=person, by=by, at=at)


def _go_on(telling: Telling, said: BecameSaid, by: Actor, at: datetime) -> None:
    loading, name = telling.loading, said.of.name
    one = Disclosure.objects.get(pk=loading.id("communication", name))
    step_id = loading.id(said.what, name)
    if said.what == "decided":
        actions.decide(one, step_id=step_id, is_approved=True, words="", by=by, at=at)
    elif said.what == "handed":
        actions.hand_over(one, step_id=step_id, receipt=said.of.handed, by=by, at=at)
    else:
        actions.take_back(one, step_id=step_id, by=by, at=at)


def _prepared(loading: Loading, each: ToldSaid, act_id: UUID) -> actions.Prepared:
    people = {one.slug: one for one in loading.said["people"]}
    is_meeting = each.purpose == Purpose.MEETING
    last = playing.day_of(loading, each.until)
    to_organisation, to_user, capacity = None, None, each.capacity
    if each.to in people:
        to_organisation = loading.id("organisation", people[each.to].organisation)
        to_user = loading.id("person", each.to)
        capacity = Capacity.MEMBER if is_meeting else Capacity.WORKER
    elif each.to:
        to_organisation, capacity = loading.id("organisation", each.to), Capacity.SURVIVORS
    about = {"given_by": "HERSELF", "form": "ORAL" if each.witness else "ON_SCREEN"}
    return actions.Prepared(
        id=act_id,
        ground=Ground.CONSENT,
        purpose=each.purpose,
        capacity=capacity,
        items=each.items,
        ends_on=last,
        to_organisation_id=to_organisation,
        to_user_id=to_user,
        recipient=each.recipient,
        meeting_on=last if is_meeting else None,
        about=about | ({"witness": each.witness} if each.witness else {}) | {"language": "fr"},
    )


SECTION: Final = Section(
    name="communications",
    file="communications.yaml",
    title=gettext_lazy("What is told outside"),
    check=check,
    plan=plan,
    apply=apply,
)
