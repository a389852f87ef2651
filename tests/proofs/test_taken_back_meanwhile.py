"""She takes back what she shares while somebody reads it: what does the next request find (T8)?

With real pages, in a database where each of them is committed: whoever was shown it, and her worker
with her on the page where it is taken back.
"""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client

from spheres.core import clock
from spheres.followup.consents import actions
from spheres.followup.consents.tests.factories import given, partner
from spheres.participants import queries as participants
from tests.cast import MONDAY, acting, uuid_of
from tests.pages import Page, signed_in
from tests.proofs.committed_world import World
from tests.proofs.figures import tell

SECOND = timedelta(seconds=1)
# Of one file, what a page at a partner's asks.
READS = {
    "who she is": "select count(*) from participants_identity where file_id = %s",
    "reach": "select count(*) from unnest(access.readable_identity_files()) f where f = %s",
}


def share(world: World, turn: int, at) -> UUID:
    said = given(world.cast, f"shared {turn}")
    ines, file_id = world.cast.ines, world.cast.maya.file_id
    with world.acting(ines, at):
        person = participants.header(file_id, actor=ines)
        assert person is not None
        actions.give(file_id, said, person=person, by=ines, at=at)
    return said.id


def take_back(client: Client, file_id: UUID, at) -> int:
    """On her worker's page, all of it, with one press."""
    path = f"/files/{file_id}/sharing/back/"
    with clock.at(at):
        form_id = Page(client.get(path).content.decode()).fields["form_id"]
        said = {"form_id": form_id, "said_by": "HERSELF", "form": "ORAL", "step": "all"}
        return client.post(path, said).status_code


@pytest.mark.parametrize(
    "turns", [20, pytest.param(300, marks=pytest.mark.proof)], ids=lambda n: f"{n} times"
)
def test_the_next_request_of_whoever_was_reading_finds_nothing(world: World, turns: int) -> None:
    ines, samir = signed_in(world.cast.ines), signed_in(world.cast.samir)
    file_id = world.cast.maya.file_id
    answers, took = [], []
    for turn in range(turns):
        at = MONDAY + turn * 2 * SECOND
        page = f"/sharing/{share(world, turn, at)}/"
        with clock.at(at + SECOND):
            before = samir.get(page).status_code
        began = time.perf_counter()
        pressed = take_back(ines, file_id, at + SECOND)
        with clock.at(at + SECOND):
            after, listed = samir.get(page), samir.get("/sharing/")
        took.append(time.perf_counter() - began)
        answers.append((before, pressed, after.status_code, "Maya" in listed.content.decode()))

    p99 = sorted(took)[-1 - len(took) // 100]
    tell(
        "taken back on the page, refused on the next (T8)",
        f"{turns:,} times, p99 {p99 * 1000:.0f} ms from the press to both refusals",
        "0 pages after, p99 < 1 s",
    )
    assert answers == [(200, 302, 404, False)] * turns


def test_a_page_already_begun_finds_nothing_at_its_next_statement(world: World) -> None:
    """Her worker's page ends it in between, in another session of the database."""
    file_id = world.cast.maya.file_id
    share(world, 0, MONDAY)
    ines = signed_in(world.cast.ines)
    pressed: list[int] = []

    def press() -> None:
        pressed.append(take_back(ines, file_id, MONDAY + 2 * SECOND))
        connection.close()

    def shown() -> dict[str, int]:
        with connection.cursor() as cursor:
            found = {}
            for name, question in READS.items():
                cursor.execute(question, [file_id])
                found[name] = cursor.fetchone()[0]
            return found

    with transaction.atomic(), acting(partner(world.cast.samir), MONDAY + SECOND):
        before = shown()
        elsewhere = threading.Thread(target=press)
        elsewhere.start()
        elsewhere.join()
        after = shown()

    assert pressed == [302]
    assert before["who she is"] > 0
    assert before["reach"] == 1
    assert (after["who she is"], after["reach"]) == (0, 0)


def test_nothing_that_was_shared_is_named_in_what_is_left_to_whoever_read_it(world: World) -> None:
    consent = share(world, 0, MONDAY)
    ines, samir = signed_in(world.cast.ines), signed_in(world.cast.samir)
    take_back(ines, world.cast.maya.file_id, MONDAY + SECOND)

    with clock.at(MONDAY + SECOND):
        gone = samir.get(f"/sharing/{consent}/")
        nobody = samir.get(f"/sharing/{uuid_of('nothing')}/")
        searched = samir.post("/people/", {"q": "maya"})

    assert (gone.status_code, gone.content) == (nobody.status_code, nobody.content)
    assert "Maya" not in searched.content.decode()
