"""What does a region's folder say of who shares what with a partner, in its demonstration?

Played in her life: each is written down by her worker, and taken back when she said so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock
from spheres.core.actor import SHARED, Actor
from spheres.followup.consents import actions as consents
from spheres.followup.consents.forms import OFFERED
from spheres.followup.therapy_requests import actions as therapy
from spheres.followup.therapy_requests.models import TherapyRequestDay
from spheres.participants import queries as participants
from spheres.regions import queries as regions
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section
from spheres.sharing.models import Consent, Form

if TYPE_CHECKING:
    from spheres.config.life import Act, Telling

FIRST_DAY, LAST_DAY = -180, 360
ACCEPTED: Final = TherapyRequestDay.What.ACCEPTED
FORMS: Final = {form.lower(): form for form in Form.values}


@dataclass(frozen=True)
class SharedSaid:
    """One thing that one person shares: by whom it was written down, with whom, until when."""

    story: str
    by: str
    to: str
    day: int
    until: int
    what: tuple[str, ...]
    purpose: str
    form: str
    witness: str
    back: int | None
    asks: str = ""  # the summary approved, when a psychotherapy is asked for
    opens: bool = False  # and that a file of the partner's own begins, if the answer is yes
    answered: tuple[tuple[str, int], ...] = ()  # what a psychotherapist there said of it, which day
    answers: str = ""

    @property
    def slug(self) -> str:
        return f"{self.story} {self.to} {self.day}"


@dataclass(frozen=True)
class BackSaid:
    """That it is taken back, on which day."""

    of: SharedSaid
    day: int


@dataclass(frozen=True)
class AnsweredSaid:
    """A day of what was asked for, said by a psychotherapist of the partner."""

    of: SharedSaid
    what: str
    day: int


Said = SharedSaid | BackSaid | AnsweredSaid


def check(parts: list[Part], said: Mapping[str, Any]) -> list[SharedSaid]:
    """Each entry, of a person whom that worker accompanies, with a partner."""
    people = {person.slug: person for person in said.get("people", [])}
    partners = {one.slug for one in said.get("organisations", []) if one.fields["is_partner"]}
    accepted = {
        story.slug: {step.who for step in story.path if step.step == "accepted"}
        for story in said.get("life", [])
    }
    entries = parts[0].items() if parts else []
    return [_said(entry, people, partners, accepted) for entry in entries]


def _said(
    part: Part, people: Mapping[str, Any], partners: set[str], accepted: dict[str, set[str]]
) -> SharedSaid:
    it = part.fields(
        "person", "by", "with", "day", "until", "what", "for", "form", optional=(
            "witness", "back", "asks", "opens", "answers", "accepted", "first",
        ),
    )  # fmt: skip
    story, by = it["person"].choice(accepted), it["by"].choice(people)
    if by not in accepted.get(story, set()):
        it["by"].fault(_("another worker accepted this referral."))
    return SharedSaid(
        story,
        by,
        it["with"].choice(dict.fromkeys(partners, "")),
        it["day"].number(FIRST_DAY, -1),
        it["until"].number(FIRST_DAY, LAST_DAY),
        tuple(it["what"].choices(OFFERED)),
        it["for"].code(),
        FORMS.get(it["form"].choice(FORMS), ""),
        it["witness"].text() if "witness" in it else "",
        it["back"].number(FIRST_DAY, -1) if "back" in it else None,
        it["asks"].text() if "asks" in it else "",
        it["opens"].yes() if "opens" in it else False,
        tuple(
            (what.upper(), it[what].number(FIRST_DAY, -1))
            for what in ("accepted", "first")
            if what in it
        ),
        it["answers"].choice(people) if "answers" in it else "",
    )


def plan(_loading: Loading) -> list[Change]:
    """Nothing of its own: what is shared is an act of a life, planned with it."""
    return []


def apply(_loading: Loading) -> None:
    """Nothing yet: it is played in the life of whoever shares."""


def of_story(loading: Loading, slug: str) -> list[Said]:
    """What is shared in one life, what is taken back, what came of what was asked for."""
    mine = [each for each in loading.said.get("shared", []) if each.story == slug]
    return [
        *mine,
        *(BackSaid(each, each.back) for each in mine if each.back is not None),
        *(AnsweredSaid(each, what, day) for each in mine for what, day in each.answered),
    ]


def act(telling: Telling, said: Said) -> Act:
    """The act of one of these, in its story."""
    if isinstance(said, AnsweredSaid):
        return _answer(telling, said)
    of = said.of if isinstance(said, BackSaid) else said
    by, at = telling._actor(of.by), telling._moment(said.day, "meeting")
    do = _back if isinstance(said, BackSaid) else _give
    return telling._act("shared", said.day, by, at, lambda: do(telling, of, by, at))


def _give(telling: Telling, of: SharedSaid, by: Actor, at: datetime) -> None:
    loading = telling.loading
    given = consents.Given(
        id=loading.id("consent", of.slug),
        organisation_id=loading.id("organisation", of.to),
        sections=of.what,
        purpose=of.purpose,
        given_by=Consent.Giver.HERSELF,
        form=of.form,
        language="fr",
        text_version=regions.text("consent.version"),
        ends_on=clock.day_of(at) + timedelta(days=of.until - of.day),
        witness=of.witness,
    )
    known = participants.header(telling.file_id, actor=by)
    if known is None:
        raise ValueError(f"{of.by} does not walk with {of.story}.")
    consents.give(telling.file_id, given, person=known, by=by, at=at)
    if of.asks:
        therapy.ask(telling.file_id, given.id, summary=of.asks, opens_there=of.opens, by=by, at=at)


def _answer(telling: Telling, said: AnsweredSaid) -> Act:
    """Where it is shared: for that alone a psychotherapist there reaches it."""
    at = telling._moment(said.day, "meeting")
    by = replace(telling._actor(said.of.answers), purpose=SHARED)
    asked = telling.loading.id("consent", said.of.slug)
    number = telling.loading.id("therapy day", f"{said.of.slug} {said.what}")

    def answer() -> None:
        if said.what == ACCEPTED:
            therapy.accept(number, asked, on=clock.day_of(at), by=by, at=at)
        else:
            therapy.say_day(number, asked, what=said.what, on=clock.day_of(at), by=by, at=at)

    return telling._act("answered", said.day, by, at, answer)


def _back(telling: Telling, of: SharedSaid, by: Actor, at: datetime) -> None:
    consents.take_back(
        telling.file_id,
        [telling.loading.id("consent", of.slug)],
        said_by=Consent.Withdrawer.HERSELF,
        form=Form.ORAL,
        by=by,
        at=at,
    )


SECTION: Final = Section(
    name="shared",
    file="shared.yaml",
    title=gettext_lazy("What is shared"),
    check=check,
    plan=plan,
    apply=apply,
)
