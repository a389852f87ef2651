"""What does the demonstration say of who was trained?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from spheres.config import attested, playing
from spheres.core import clock, context
from spheres.regions import loading
from spheres.training.attestations import queries
from spheres.training.attestations.models import OUTSIDE, Attestation
from tests.cast import LOADER, acting

DEMO = Path(__file__).resolve().parents[3] / "regions" / "demo"
SATURDAY = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_demonstration_attests_once_and_one_training_lapses_in_twenty_days() -> None:
    with clock.at(SATURDAY):
        with context.unit_of_work(LOADER):
            done = loading.load(loading.check(DEMO), by=LOADER, at=SATURDAY)
        attested.play(done)
        attested.play(done)
    louise = playing.actor_of(done, "louise")
    with acting(louise, SATURDAY):
        rows = list(Attestation.objects.order_by("pk"))
        found = queries.to_renew(actor=louise, at=SATURDAY, on=SATURDAY.date())

    assert (len(rows), sum(row.user_id == OUTSIDE for row in rows)) == (21, 3)
    assert {(one.name, one.topic.slug, one.ends_on) for one in found} >= {
        ("Inès Belhadj", "crise-et-danger", date(2026, 12, 6)),
        ("Thierry Beaudoin-Lafleur", "crise-et-danger", date(2026, 10, 12)),
    }
