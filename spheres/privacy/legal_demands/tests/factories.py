"""Dull demands for tests: what matters to a test is written in the test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from spheres.accounts.models import Role
from spheres.core.actor import SEAT, Actor
from spheres.privacy.legal_demands import actions, documents, queries
from spheres.privacy.legal_demands.actions import Informed, Received, Weighed
from spheres.privacy.legal_demands.models import Asker, Informing, Kind, Verdict
from spheres.privacy.legal_demands.policy import Do
from spheres.privacy.legal_demands.queries import Answered
from spheres.privacy.legal_demands.views.arriving import matter_of
from spheres.records.between import together
from spheres.records.between.copying import Goes
from spheres.vault import actions as vault
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of

SOON = MONDAY + timedelta(minutes=10)
LATER = MONDAY + timedelta(hours=1)
ABOUT = "Ce qui est écrit au sujet de Maya T., née en 2009, du 1er janvier à ce jour."
SAID: dict[str, Any] = {
    "kind": Kind.PROTECTION,
    "asker": Asker.PROTECTION,
    "received_on": date(2026, 3, 2),
    "due_on": date(2026, 3, 13),
    "office": "Une personne déléguée du DPJ, poste 12",
    "number": "S-2026-14",
    "about": ABOUT,
}


def counsel(cast: Cast) -> Actor:
    """Maître Côté advises La Maison."""
    with acting(LOADER):
        return add_person("Maître Côté", cast.la_maison, Role.COUNSEL)


def other_officer(cast: Cast) -> Actor:
    with acting(LOADER):
        return add_person("Farah", cast.la_maison, Role.PRIVACY_OFFICER)


def receive(actor: Actor, which: str = "a demand", *, at: datetime = SOON, **said: Any) -> Received:
    demand = Received(uuid_of(which), **{**SAID, **said})
    with acting(actor, at):
        actions.receive(demand, by=actor, at=at)
    return demand


def link(
    cast: Cast, which: str = "a demand", *, officer: Actor | None = None, at: datetime = SOON,
    **said: Any,
) -> UUID:  # fmt: skip
    """Inès says that it concerns Maya; Nadia has a seat."""
    demand = receive(cast.ines, which, at=at, **said)
    matter_id = matter_of(demand.id, cast.maya.file_id)
    with acting(cast.ines, at):
        who = (officer or cast.nadia).user_id
        actions.link(cast.maya.file_id, matter_id, demand, who, by=cast.ines, at=at)
    return matter_id


def seated(actor: Actor) -> Actor:
    return replace(actor, purpose=SEAT)


def found(matter_id: UUID, actor: Actor) -> Answered:
    answered = queries.one(matter_id, actor=actor)
    assert answered is not None
    return answered


def weigh(
    matter_id: UUID, kind: str, code: str, *, by: Actor, at: datetime = LATER, apart: int = 0,
    which: str = "",
) -> bool:  # fmt: skip
    said = Weighed(
        uuid_of(f"{matter_id} {kind} {code} {which}"), kind, code, "Une fonction",
        "Ce qui a été pesé.", apart,
    )  # fmt: skip
    do = {
        Do.OBJECTED: actions.object_to, Do.DELIVERED: actions.hand_over, Do.LAPSED: actions.lapse,
        Do.CLOSED: actions.close,
    }.get(kind, actions.weigh)  # type: ignore[call-overload]  # fmt: skip
    with acting(by, at):
        return bool(do(found(matter_id, by), said, by=by, at=at))


def inform(
    matter_id: UUID, *, by: Actor, way: str = Informing.Way.TOLD, at: datetime = LATER, **said: Any
) -> bool:
    if way == Informing.Way.TOLD:
        said.setdefault("support", Informing.Support.OFFERED)
    told = Informed(uuid_of(f"{matter_id} told {way} {at}"), way, "Elle dit d’accord.", **said)
    with acting(by, at):
        return actions.inform(found(matter_id, by), told, by=by, at=at)


def ready(cast: Cast, matter_id: UUID, *, at: datetime = LATER, but: Sequence[str] = ()) -> Actor:
    """All that the law asks of a request of youth protection is written; as whom Nadia acts."""
    nadia = seated(cast.nadia)
    for kind, code in (
        (Do.IDENTITY, "SEEN"), (Do.LAW, "COMPELS"), (Do.REPORT, "ACCEPTED"),
        (Do.SCOPE, "MINIMUM"), (Do.SECRECY, "NONE"),
    ):  # fmt: skip
        if kind not in but:
            weigh(matter_id, kind, code, by=nadia, at=at)
    if "INFORMED" not in but:
        inform(matter_id, by=cast.ines, at=at)
    return nadia


def prepare(
    matter_id: UUID, *, by: Actor, at: datetime = LATER, most: int = 1, which: str = ""
) -> UUID:
    """The newest texts of the file, frozen."""
    production_id = uuid_of(f"{matter_id} production {which}")
    with acting(by, at):
        answered = found(matter_id, by)
        file_id = answered.row.file_id
        chosen = [pk for _kind, pk, _at in queries.texts(file_id, actor=by)][:most]
        to_copy = together.to_copy(file_id, actor=by, of_age=True, only=chosen, goes=Goes.LAW)
        vault.open(to_copy.rows, by=by, basis="legal demand")
        content, digest = documents.frozen(to_copy.make(), matter_id)
        actions.prepare(answered, production_id, content, digest, chosen, by=by, at=at)
    return production_id


def give_seat(
    matter_id: UUID, person: Actor, *, by: Actor, faces: Sequence[str] = (), at: datetime = LATER
) -> Actor:
    with acting(by, at):
        seat_id = uuid_of(f"{matter_id} seat {person.user_id}")
        answered = found(matter_id, by)
        assert actions.give_seat(answered, seat_id, person.user_id, faces, by=by, at=at)
    return seated(person)


def decide(
    matter_id: UUID, *, by: Actor, outcome: str = Verdict.Outcome.RELEASED, at: datetime = LATER
) -> bool:
    with acting(by, at):
        answered = found(matter_id, by)
        verdict_id = uuid_of(f"{matter_id} {outcome} {len(answered.productions)}")
        return actions.decide(answered, verdict_id, outcome, "Une raison.", by=by, at=at)


def released(cast: Cast, matter_id: UUID, *, at: datetime = LATER) -> Actor:
    """Weighed, told, prepared by Nadia, released by counsel; as whom Nadia then goes on."""
    nadia = ready(cast, matter_id, at=at)
    prepare(matter_id, by=nadia, at=at)
    decide(matter_id, by=give_seat(matter_id, counsel(cast), by=nadia, at=at), at=at)
    return nadia
