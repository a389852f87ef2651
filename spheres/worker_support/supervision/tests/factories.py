"""A slot that Louise offers to all, and what Inès brings to it, for the tests of supervision."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from spheres.core.actor import Actor, service
from spheres.sharing import staying
from spheres.vault import actions as vault
from spheres.vault.models import Kind
from spheres.worker_support.supervision import actions, queries
from spheres.worker_support.supervision.models import Slot
from tests.cast import MONDAY, Cast, acting, uuid_of

EXPIRY = service("expiry")
STARTS = MONDAY + timedelta(days=3)
AFTER = STARTS + timedelta(hours=1)
WORDS = "Je ramène ça à la maison le soir."
BIRD = "Hirondelle"
NOTED = "Nommer ce qui appartient à l’une et à l’autre."
CUT = timedelta(minutes=10)


def offers(who: Actor, *, at: datetime = MONDAY, which: str = "one", **said: object) -> UUID:
    about = {"starts_at": STARTS, "minutes": 60, "way": Slot.Way.CALL, "for_all": True} | said
    offered = actions.Offered(uuid_of(f"slot {which}"), **about)  # type: ignore[arg-type]
    with acting(who, at):
        actions.offer(offered, by=who, at=at)
    return offered.id


def slot(slot_id: UUID, who: Actor, at: datetime = MONDAY) -> Slot | None:
    """As this person sees it."""
    with acting(who, at):
        found = queries.slot(slot_id, actor=who)
    return found and found.row


def asks(who: Actor, slot_id: UUID, *, at: datetime = MONDAY) -> None:
    asked = actions.Asked("carrying", WORDS, BIRD)
    with acting(who, at):
        actions.ask(Slot.objects.get(pk=slot_id), asked, by=who, at=at)


def accepts(who: Actor, slot_id: UUID, *, at: datetime = MONDAY) -> None:
    with acting(who, at):
        actions.accept(Slot.objects.get(pk=slot_id), by=who, at=at)


def writes(
    who: Actor, slot_id: UUID, text: str = NOTED, *, at: datetime = AFTER, which: str = "one"
) -> None:
    with acting(who, at):
        row = Slot.objects.get(pk=slot_id)
        actions.write(uuid_of(f"entry {which}"), row, text, by=who, at=at)


def holds_it(who: Actor, slot_id: UUID, *, at: datetime = AFTER) -> None:
    with acting(who, at):
        actions.say_held(Slot.objects.get(pk=slot_id), by=who, at=at)


def held(cast: Cast) -> UUID:
    """Offered by Louise, asked for by Inès, accepted, held, and written of by both."""
    slot_id = offers(cast.louise)
    asks(cast.ines, slot_id)
    accepts(cast.louise, slot_id)
    holds_it(cast.ines, slot_id)
    writes(cast.ines, slot_id)
    return slot_id


def texts(who: Actor, slot_id: UUID, at: datetime = AFTER) -> list[str] | None:
    """What this person reads of it: what was asked, then the note; nothing at all: None."""
    with acting(who, at):
        found = queries.together(slot_id, actor=who)
    return found and [found.row.opened.words, *(one.row.opened.text for one in found.entries)]


def ten_minutes_pass(at: datetime) -> None:
    """The service of expiry ends the time of those who have left."""
    with acting(EXPIRY, at):
        for stay_id in staying.to_end(by=EXPIRY):
            if not staying.seal(stay_id, by=EXPIRY):
                vault.erase(stay_id, kinds=[Kind.OWN], basis="own_notes.left", by=EXPIRY, at=at)


def the_night_comes(at: datetime) -> None:
    with acting(EXPIRY, at):
        for supervision_id in actions.over(by=EXPIRY):
            actions.destroy(supervision_id, by=EXPIRY, at=at)
        actions.forget(by=EXPIRY, at=at)
