"""Where was the programme made known, in a demonstration, and what came of it?

Some events of the last months and one to come, what audiences asked, an answer, a visit that is
due, what is brought to whom; and how those who refer say that they had heard of the programme.
Played once; nobody is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from functools import partial
from typing import Final
from uuid import UUID

from spheres.config import playing
from spheres.core import clock, context
from spheres.core.actor import VISITOR
from spheres.outreach.events import actions, gathered
from spheres.outreach.events.models import AskedFor, Event
from spheres.outreach.heard import actions as heard
from spheres.outreach.heard.models import Heard
from spheres.records.between import lent, materials
from spheres.regions.registry import Loading

NOON: Final = time(12, 10)
SCHOOL, CLINIC = "École secondaire des Rives", "Clinique jeunesse du Port"
TALK: Final = "Comment savoir si un·e jeune veut en parler?"
What, How = AskedFor.What, Heard.How


@dataclass(frozen=True)
class Met:
    """One event: who noted it, on which day before or after the Monday of the first loading."""

    by: str
    day: int
    kind: str
    organisation: str = ""
    environment: str = ""
    place: str = ""
    audiences: Mapping[str, int | None] = field(default_factory=dict)
    travel: int | None = None
    region: str = ""
    lasted: int | None = None
    questions: Sequence[str] = ()
    asked_for: Sequence[str] = ()
    output: tuple[str, str] = ("", "")


MET: Final = (
    Met("ines", -96, "presentation", SCHOOL, "school", travel=40, region="region_16", lasted=75,
        audiences={"school_staff": 24, "managers": 2},
        questions=(TALK, "Est-ce que les parents sont avertis?"),
        asked_for=(What.TRAINING, What.SUPPORT, What.SUPPORT)),
    Met("karim", -61, "visit", CLINIC, "health", region="region_06", lasted=60,
        audiences={"health_staff": 9},
        questions=(TALK,), asked_for=(What.REFERRAL,)),
    Met("ines", -40, "kiosk", place="Forum des partenaires", region="region_06",
        audiences={"police_staff": None, "public": None}),
    Met("louise", -19, "symposium", place="Université de la Vallée", region="region_03", lasted=90,
        audiences={"researchers": 60, "students": 35},
        output=("Accompagner sans forcer", "Actes du colloque, à paraître")),
    Met("ines", 11, "visit", SCHOOL, "school", region="region_16"),
)  # fmt: skip
ANSWER: Final = (
    "On dit qu’on est là, et qu’on peut attendre. C’est la personne qui choisit quand, et à qui."
)
ANSWERED_ON, DUE_ON = -55, -5
# How often each way was said, in the two quarters before the first loading.
SAID: Final = ((How.EVENT, 6), (How.TRAINING, 5), (How.COLLEAGUE, 7))
BEFORE: Final = (-100, -190)
# What is of use before whom: titles of the catalogue, in their newest version, works by their name.
KITS: Final[Mapping[str, tuple[Sequence[str], Sequence[str]]]] = {
    "workers": (("Comprendre l’exploitation sexuelle : diapositives revues",
                 "Dix échanges à jouer à deux"), ("miller-rollnick-2002",)),
    "school_staff": (("Comprendre l’exploitation sexuelle : diapositives revues",),
                     ("basile-2016",)),
    "health_staff": (("Understanding sexual exploitation: reader’s guide",),
                     ("brisson-1997", "prochaska-diclemente-1982")),
}  # fmt: skip
CHOSEN_ON: Final = -20


def play(loading: Loading) -> None:
    """Once, where these people work."""
    people = {person.slug for person in loading.said["people"]}
    if not {one.by for one in MET} <= people:
        return
    for number, one in enumerate(MET):
        playing.once(loading.id("event", str(number)), partial(_meet, loading, number, one))
    playing.once(loading.id("events", "answered"), partial(_answer, loading))
    playing.once(loading.id("events", "visit"), partial(_visit, loading))
    for audience in KITS:
        playing.once(loading.id("event kit", audience), partial(_choose, loading, audience))
    playing.once(loading.id("events", "heard"), partial(_hear, loading))


def _id(loading: Loading, number: int) -> UUID:
    return loading.id("event noted", str(number))


def _meet(loading: Loading, number: int, one: Met) -> None:
    by, at = playing.actor_of(loading, one.by), playing.moment_of(loading, min(one.day, -1), NOON)
    said = actions.Said(
        one.kind, playing.day_of(loading, one.day), one.organisation, one.environment, one.place,
        one.audiences, [by.user_id], (), one.travel,
        one.region, one.lasted,
    )  # fmt: skip
    event_id = _id(loading, number)
    with clock.at(at), context.acting_as(by):
        actions.note(event_id, said, questions=one.questions, by=by, at=at)
        event = Event.objects.get(pk=event_id)
        for place, what in enumerate(one.asked_for):
            asked_id = loading.id("event, asked for", f"{number} {place}")
            actions.count_asked_for(event, asked_id, what=what, by=by, at=at)
        title, where = one.output
        if title:
            output_id = loading.id("event, left", str(number))
            actions.add_output(event, output_id, title=title, where=where, by=by, at=at)


def _answer(loading: Loading) -> None:
    by = playing.of_the_desk(loading)
    at = playing.moment_of(loading, ANSWERED_ON, NOON)
    with clock.at(at), context.acting_as(by):
        found = gathered.often_asked(actor=by)
        one = next(each for each in found if each.words == TALK)
        keys = [row.pk for row in one.rows]
        answer_id = loading.id("event, answered", "talk")
        actions.answer(answer_id, one.rows[0].event_id, keys, words=ANSWER, by=by, at=at)


def _visit(loading: Loading) -> None:
    by = playing.of_the_desk(loading)
    at, due_on = playing.moment_of(loading, ANSWERED_ON, NOON), playing.day_of(loading, DUE_ON)
    with clock.at(at), context.acting_as(by):
        visit_id = loading.id("event, visit", CLINIC)
        actions.plan_visit(visit_id, [_id(loading, 1)], due_on=due_on, by=by, at=at)


def _choose(loading: Loading, audience: str) -> None:
    """What is not in the catalogue or the library of this region is left out."""
    by, at = playing.of_the_desk(loading), playing.moment_of(loading, CHOSEN_ON, NOON)
    titles, codes = KITS[audience]
    with clock.at(at), context.acting_as(by):
        newest = [one for one in materials.known(actor=by) if one.is_newest]
        lent_codes = {one.code for one in lent.works(actor=by, on=clock.day_of(at))}
        actions.choose_kit(
            loading.id("event, kit", audience),
            audience,
            materials=[one.first_id for one in newest if one.title in titles],
            works=[code for code in codes if code in lent_codes],
            by=by,
            at=at,
        )


def _hear(loading: Loading) -> None:
    desk = loading.id("organisation", loading.said["region"].desk)
    for day in BEFORE:
        at = playing.moment_of(loading, day, NOON)
        with clock.at(at), context.acting_as(VISITOR):
            for how, times in SAID:
                for _time in range(times):
                    heard.say(how, desk=desk, by=VISITOR, at=at)
