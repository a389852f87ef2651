"""Does an address of hers answer those who may not see her as if she did not exist (T4)?

Whatever they are to the file, elsewhere, of the house, barred by her, or somebody who knows her:
each address is asked with her identifiers, then with those of nobody, and the answers are compared.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.sharing import actions as sharing
from spheres.sharing.models import Restriction
from spheres.sharing.rules import FACES
from tests.architecture.test_guarded_pages import ENDING, all_places, answers, of_maya, plain
from tests.architecture.test_guarded_pages import FACES as SITES
from tests.cast import LOADER, MONDAY, Cast, acting, add_organisation, add_person, uuid_of
from tests.pages import signed_in
from tests.proofs.figures import tell

__all__ = ["of_maya"]

EVENT = 'insert into "audit_event"'
# Identifiers of what is no part of her file: of a colleague, of the house.
OF_THE_HOUSE = {
    "user_id", "organisation_id", "recovery_id", "device_id", "outing_id", "resource_id",
    "cover_id", "notice_id", "exercise_id", "instrument_id", "activity_id",
}  # fmt: skip


def barred(cast: Cast) -> Actor:
    """Her own worker, whom she bars from all of it."""
    row = Restriction(
        id=uuid_of("whom Maya keeps out"), file_id=cast.maya.file_id, user_id=cast.ines.user_id,
        faces=list(FACES), taken_by=cast.ines.user_id, taken_at=MONDAY, starts_at=MONDAY,
    )  # fmt: skip
    with acting(cast.ines):
        sharing.restrict(row, by=cast.ines)
    return cast.ines


def knows_her(cast: Cast) -> Actor:
    """Her own worker, who knows her from elsewhere."""
    with acting(cast.ines):
        sharing.declare_conflict(cast.maya.file_id, by=cast.ines, at=MONDAY)
    return cast.ines


def of_the_house(cast: Cast) -> Actor:
    """A worker of the same organisation, who does not walk with her."""
    return cast.yanick


def of_elsewhere(role: Role) -> Callable[[Cast], Actor]:
    def somebody(cast: Cast) -> Actor:
        with acting(LOADER):
            kind = "police" if role == Role.POLICE_MEMBER else "community"
            return add_person(f"A {role}", add_organisation(f"place of {role}", kind), role)

    return somebody


WHO: dict[str, Callable[[Cast], Actor]] = {
    "barred": barred,
    "knows her": knows_her,
    "of the house": of_the_house,
}
EVERY_ROLE = {f"{role}, elsewhere": of_elsewhere(role) for role in Role}


@dataclass(frozen=True)
class Answer:
    """What an address answers, and what it cost to answer it (design §10.20)."""

    status: int
    body: str
    queries: int
    events: int


def answer_to(method: Callable[[str], Any], address: str) -> Answer:
    reset_queries()  # what is kept of them has an end
    with CaptureQueriesContext(connection) as said:
        status, body = plain(method(address))
    events = sum(EVENT in query["sql"].lower() for query in said)
    return Answer(status, body, len(said), events)


def asked(client: Client, known: dict[str, UUID]) -> list[tuple[str, str, Answer]]:
    """What each address of hers answers to GET and to POST."""
    found = []
    for place in all_places("staff"):
        hers = {name for name, _kind in place.asks} - OF_THE_HOUSE
        if not hers or place.name in ENDING:
            continue
        address = reverse(
            place.name, urlconf=SITES["staff"], kwargs={name: known[name] for name, _ in place.asks}
        )
        for method in (client.get, client.post):
            found.append((place.name, method.__name__, answer_to(method, address)))
    return found


@pytest.mark.django_db
@pytest.mark.usefixtures("region")
@pytest.mark.parametrize(
    "who",
    [*WHO, *(pytest.param(role, marks=pytest.mark.proof) for role in EVERY_ROLE)],
)
def test_what_may_not_be_seen_answers_as_what_does_not_exist(
    cast: Cast, of_maya: dict[str, UUID], who: str
) -> None:
    nobody = of_maya | {name: uuid_of("nowhere") for name in of_maya if name not in OF_THE_HOUSE}
    actor = (WHO | EVERY_ROLE)[who](cast)
    with clock.at(MONDAY):
        client = signed_in(actor)
        hers, none = asked(client, of_maya), asked(client, nobody)

    pairs = [(name, how, a, b) for (name, how, a), (*_, b) in zip(hers, none, strict=True)]
    different = [
        (name, how) for name, how, a, b in pairs if (a.status, a.body) != (b.status, b.body)
    ]
    costs = [
        (name, how, (a.queries, a.events), (b.queries, b.events))
        for name, how, a, b in pairs
        if (a.queries, a.events) != (b.queries, b.events)
    ]
    tell(
        f"answers, {who} (T4)",
        f"{len(hers)} asked, {len(different)} answer otherwise, {len(costs)} ask or note otherwise",
        "0 different",
    )
    assert len(hers) > 100
    assert sum(one.events for *_, one in hers) > 0
    assert (different, costs) == ([], [])


@pytest.mark.django_db
@pytest.mark.usefixtures("region")
def test_no_sentence_ends_twice_after_an_hour(cast: Cast, of_maya: dict[str, UUID]) -> None:
    """In English an hour ends with a period of its own: «p.m..» would be one too many."""
    with clock.at(MONDAY):
        pages = {
            place.name: answer.content.decode(errors="replace")
            for place, method, answer in answers(
                signed_in(cast.ines, language="en"), "staff", of_maya
            )
            if method == "get"
        }
    hours = {name for name, page in pages.items() if ".m." in page}
    assert {"meetings:detail", "dossier:my_day", "dossier:who"} <= hours
    assert [name for name in sorted(hours) if ".m.." in pages[name]] == []


@pytest.mark.proof
@pytest.mark.django_db
@pytest.mark.usefixtures("region")
def test_nor_does_it_take_longer(cast: Cast, of_maya: dict[str, UUID]) -> None:
    """Her file and no file, asked in turn by somebody elsewhere (design §10.20)."""
    with clock.at(MONDAY):
        client = signed_in(cast.samir)
        took: dict[UUID, list[float]] = {cast.maya.file_id: [], uuid_of("nowhere"): []}
        for turn in range(2_200):
            for file_id, times in took.items():
                address: Any = reverse("dossier:file", args=[file_id])
                began = time.perf_counter()
                client.get(address)
                if turn >= 200:
                    times.append(time.perf_counter() - began)
    hers, none = (median(times) * 1000 for times in took.values())
    tell(
        "time of an answer (T4)",
        f"{hers:.2f} ms for hers, {none:.2f} ms for nobody’s ({abs(hers - none) / none:.1%} apart)",
        "within 5 ms",
    )
    assert abs(hers - none) < 5
