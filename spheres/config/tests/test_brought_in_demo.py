"""What does the demonstration say of past trainings that were brought in?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from spheres.config import brought, playing
from spheres.core import clock, context
from spheres.regions import loading
from spheres.training.brought_in import queries
from tests.cast import LOADER, acting

DEMO = Path(__file__).resolve().parents[3] / "regions" / "demo"
SATURDAY = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_two_lists_are_brought_in_once_and_another_waits_with_lines_to_correct() -> None:
    with clock.at(SATURDAY):
        with context.unit_of_work(LOADER):
            done = loading.load(loading.check(DEMO), by=LOADER, at=SATURDAY)
        brought.play(done)
        brought.play(done)
    louise = playing.actor_of(done, "louise")
    with acting(louise, SATURDAY):
        waiting, regions, before = queries.lists(actor=louise)
        looked = queries.looked(waiting, actor=louise)

    assert (before.status, before.added, before.faults) == ("BROUGHT", 4, [])
    assert (regions.status, regions.added, regions.faults) == ("BROUGHT", 21, [])
    assert waiting.faults == [
        [6, "taken_on", "NO_SUCH_DAY"], [7, "topic", "NO_TOPIC"], [7, "minutes", "COMPUTES"],
    ]  # fmt: skip
    assert (looked.new, looked.known, looked.two_ways, len(looked.alike)) == (3, 1, 1, 1)
