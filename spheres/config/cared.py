"""How do those who accompany people care for themselves, in a demonstration?

One of them answered about herself, some times in the year; two of them met in supervision, in a
quarter that is over, and kept a note; notes are brought to the next meeting; slots are offered for
the days to come. Played once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from spheres.config import playing
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.participants import queries as participants
from spheres.records.between import brought
from spheres.regions.registry import Loading
from spheres.worker_support.supervision import actions as supervision
from spheres.worker_support.supervision.models import Slot
from spheres.worker_support.wellbeing import actions as wellbeing

WORKER, SUPERVISOR, LEAD = "ines", "louise", "karim"
NOON, MORNING = time(12, 10), time(9, 0)
AN_HOUR: Final = timedelta(hours=1)
# On which day before the Monday of the first loading: a step for each sentence, and words.
ANSWERED: Final[tuple[tuple[int, str, Mapping[str, int]], ...]] = (
    (-122, "Rien de spécial, c’est correct.", {"rest": 3, "aside": 3, "heard": 3, "good": 4}),
    (-111, "Deux nuits d’urgence de suite. Je n’arrive plus à décrocher.",
     {"rest": 1, "aside": 1, "heard": 1, "body": 2, "good": 2, "someone": 2, "limits": 2,
      "sense": 4}),
    (-82, "Parlé avec Louise; marché au bord de l’eau.",
     {"rest": 2, "aside": 2, "heard": 3, "body": 3, "good": 3, "someone": 4, "limits": 3,
      "sense": 4}),
    (-19, "", {"rest": 3, "aside": 2, "heard": 3, "body": 3, "good": 4, "someone": 4, "sense": 4}),
)  # fmt: skip
ASKED_ON, HELD_ON = -110, -103
ASKED: Final = supervision.Asked(
    "carrying", "Je garde ça avec moi le soir. J’aimerais le déposer quelque part.", "Hirondelle"
)
SOON: Final = 2  # days from the first loading
ASKED_SOON: Final = supervision.Asked(
    "", "Je ne sais plus par quel bout prendre la suite. J’aimerais relire à deux.", "Érable"
)
NOTED: Final = (
    (WORKER, "Ce que j’entends n’est pas à moi. Je peux le porter un bout, puis le poser."),
    (SUPERVISOR, "Se revoir dans un mois, ou avant. Deux soirs par semaine sans téléphone."),
)
# By whom, on which day to come, for how long, how, and for all partners or not.
OFFERED: Final = (
    (SUPERVISOR, 9, 60, Slot.Way.VIDEO, True),
    (LEAD, 10, 45, Slot.Way.TOGETHER, False),
)


def play(loading: Loading) -> None:
    """Once, where these three work."""
    people = {person.slug for person in loading.said["people"]}
    if not {WORKER, SUPERVISOR, LEAD} <= people:
        return
    worker, supervisor = (playing.actor_of(loading, one) for one in (WORKER, SUPERVISOR))
    playing.once(loading.id("cared for", WORKER), partial(_answer, loading, worker))
    playing.once(
        loading.id("cared for", "supervision"), partial(_meet, loading, worker, supervisor)
    )
    playing.once(loading.id("cared for", "slots"), partial(_offer, loading))
    lead = playing.actor_of(loading, LEAD)
    playing.once(loading.id("cared for", "notes"), partial(_bring, loading, worker, lead))


def _answer(loading: Loading, worker: Actor) -> None:
    for day, words, steps in ANSWERED:
        at = playing.moment_of(loading, day, NOON)
        answered = wellbeing.Answered(loading.id("how she is", str(day)), steps, words)
        with clock.at(at), context.acting_as(worker):
            wellbeing.answer(answered, by=worker, at=at)


def _meet(loading: Loading, worker: Actor, supervisor: Actor) -> None:
    slot_id = loading.id("supervision", str(HELD_ON))
    starts_at = playing.moment_of(loading, HELD_ON, MORNING)
    at = playing.moment_of(loading, ASKED_ON, NOON)
    offered = supervision.Offered(slot_id, starts_at, 60, Slot.Way.CALL, for_all=True)
    with clock.at(at), context.acting_as(supervisor):
        supervision.offer(offered, by=supervisor, at=at)
    with clock.at(at), context.acting_as(worker):
        supervision.ask(_slot(slot_id), ASKED, by=worker, at=at)
    with clock.at(at), context.acting_as(supervisor):
        supervision.accept(_slot(slot_id), by=supervisor, at=at)
    after = starts_at + AN_HOUR
    with clock.at(after), context.acting_as(supervisor):
        supervision.say_held(_slot(slot_id), by=supervisor, at=after)
    for number, (slug, text) in enumerate(NOTED):
        by, then = playing.actor_of(loading, slug), after + number * AN_HOUR
        entry_id = loading.id("supervision, noted", str(number))
        with clock.at(then), context.acting_as(by):
            supervision.write(entry_id, _slot(slot_id), text, by=by, at=then)


def _offer(loading: Loading) -> None:
    now = clock.now()
    for slug, day, minutes, way, for_all in OFFERED:
        by = playing.actor_of(loading, slug)
        starts_at = playing.moment_of(loading, day, MORNING)
        offered = supervision.Offered(
            loading.id("supervision, to come", slug), starts_at, minutes, way, for_all
        )
        with clock.at(now), context.acting_as(by):
            supervision.offer(offered, by=by, at=now)


def _bring(loading: Loading, worker: Actor, lead: Actor) -> None:
    """The two newest notes of somebody, for a meeting with the lead in two days."""
    now = clock.now()
    slot_id = loading.id("supervision, to come", "with notes")
    in_two_days = playing.moment_of(loading, playing.day_loaded(loading) + SOON, NOON)
    offered = supervision.Offered(slot_id, in_two_days, 60, Slot.Way.TOGETHER)
    with clock.at(now), context.acting_as(lead):
        supervision.offer(offered, by=lead, at=now)
    with clock.at(now), context.acting_as(worker):
        supervision.ask(_slot(slot_id), ASKED_SOON, by=worker, at=now)
    with clock.at(now), context.acting_as(lead):
        supervision.accept(_slot(slot_id), by=lead, at=now)
    with clock.at(now), context.acting_as(worker):
        for known in participants.mine(actor=worker):
            file_id = known.identity.file_id
            notes = [one.id for one in brought.choices(file_id, actor=worker)[:2]]
            if len(notes) == 2:
                number = loading.id("brought to supervision", "1")
                supervision.bring(number, _slot(slot_id), file_id, notes, by=worker, at=now)
                return


def _slot(slot_id: UUID) -> Slot:
    return Slot.objects.get(pk=slot_id)
