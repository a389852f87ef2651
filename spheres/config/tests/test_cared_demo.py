"""Does the demonstration of care begin on any evening of the week?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from spheres.config import cared, playing
from spheres.core import clock, context
from spheres.regions import loading
from spheres.worker_support.supervision.models import Slot
from tests.cast import LOADER, acting

DEMO = Path(__file__).resolve().parents[3] / "regions" / "demo"
# Eight in the evening in Montréal: another day has begun by the world's clock.
SATURDAY_EVENING = datetime(2026, 11, 29, 1, 0, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("days", [0, 1, 2])
def test_the_meeting_to_come_is_in_two_days_whatever_the_evening(days: int) -> None:
    evening = SATURDAY_EVENING + timedelta(days=days)
    with clock.at(evening):
        with context.unit_of_work(LOADER):
            done = loading.load(loading.check(DEMO), by=LOADER, at=evening)
        cared.play(done)
        with acting(playing.actor_of(done, "karim"), evening):
            slot = Slot.objects.get(pk=done.id("supervision, to come", "with notes"))

        assert clock.day_of(slot.starts_at) == clock.today() + timedelta(days=2)
