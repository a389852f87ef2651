"""Two hundred questions sent by a machine: how many are there to read, and who can still write?

Each day six are enough to meet the limit of one network (`test_after_five_from_one_network_…`). In
a long proof they are sent for good, with the limits as they stand.
"""

from __future__ import annotations

import pytest

from spheres.core import clock
from spheres.followup.questions import queries
from spheres.public.guard import limits
from spheres.public.tests.letters import ASK, code_in
from tests.cast import MONDAY, TUESDAY, acting
from tests.proofs.figures import tell

pytestmark = pytest.mark.proof

SENT = 200


def sends(visitor, network):
    with clock.at(MONDAY):
        return visitor.client.post("/ask/", visitor.fill("/ask/"), REMOTE_ADDR=network)


def to_read(world):
    with acting(world.louise, TUESDAY):
        return queries.queue(actor=world.louise).in_all


def test_two_hundred_sent_by_one_machine_are_five_to_read(world, visitor):
    pages = [sends(visitor, "203.0.113.7") for _ in range(SENT)]
    other = sends(visitor, "203.0.114.8")

    refused = [page for page in pages if page.status_code == 429]
    tell(f"{SENT} questions of one machine", f"{SENT - len(refused)} to read", "5")
    assert (len(refused), to_read(world)) == (SENT - 5, 6)
    assert [page for page in refused if ASK["words"] not in page.content.decode()] == []
    assert code_in(other)


def test_a_machine_with_a_network_for_each_stops_at_the_ceiling_of_a_day(world, visitor):
    ceiling = limits.LIMITS["question_everywhere"].most
    sent = ceiling + 20
    pages = [sends(visitor, f"10.{one // 250}.{one % 250}.9") for one in range(sent)]

    refused = [page.status_code for page in pages if page.status_code != 200]
    tell(f"{sent} questions of {sent} networks", f"{sent - len(refused)} to read", str(ceiling))
    assert (refused, to_read(world)) == ([429] * 20, ceiling)
