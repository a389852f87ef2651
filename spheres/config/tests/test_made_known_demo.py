"""What does the demonstration say of where the programme was made known, and of what is brought?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from spheres.config import made_known, playing, teaching
from spheres.core import clock, context
from spheres.outreach.events import gathered
from spheres.regions import loading
from tests.cast import LOADER, acting
from tests.pages import signed_in

DEMO = Path(__file__).resolve().parents[3] / "regions" / "demo"
SATURDAY = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
KIT = "/outreach/kit/"


@pytest.mark.django_db
def test_three_audiences_have_what_serves_them_and_the_others_stand_in_one_line() -> None:
    with clock.at(SATURDAY):
        with context.unit_of_work(LOADER):
            done = loading.load(loading.check(DEMO), by=LOADER, at=SATURDAY)
        teaching.play(done)
        made_known.play(done)
        made_known.play(done)
        louise, ines = (playing.actor_of(done, slug) for slug in ("louise", "ines"))
        with acting(louise, SATURDAY):
            kits = gathered.kits(actor=louise, on=SATURDAY.date())
            reach = gathered.reach(actor=louise, on=SATURDAY.date())
        chooses = signed_in(louise, at=SATURDAY, language="en").get(KIT).content.decode()
        reads = signed_in(ines, at=SATURDAY, language="en").get(KIT).content.decode()

    assert [
        (one.code, len(one.materials), [work.code for work in one.works])
        for one in kits
        if one.has_something
    ] == [
        ("workers", 2, ["miller-rollnick-2002"]),
        ("health_staff", 1, ["brisson-1997", "prochaska-diclemente-1982"]),
        ("school_staff", 1, ["basile-2016"]),
    ]
    assert reach is not None
    assert sum(one.held[0].events for one in reach.regions) == 4
    cards = ("Youth workers", "Health staff", "School staff")
    assert all(f">{name}</h2>" in reads for name in cards)
    assert ">Managers</h2>" not in reads
    assert ("Nothing is chosen yet for:" in reads, "Managers · " in reads) == (True, True)
    assert ("/kit/managers/" in reads, "/kit/managers/" in chooses) == (False, True)
