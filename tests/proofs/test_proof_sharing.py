"""When two take back, or give, what she shares at the same instant, is it done once?"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from spheres.followup.consents import actions
from spheres.followup.consents.tests.factories import given
from spheres.participants import queries as participants
from spheres.sharing.models import Consent
from tests.cast import MONDAY, uuid_of
from tests.proofs.committed_world import World
from tests.proofs.figures import tell
from tests.proofs.test_proof_races import count, race

SOON = MONDAY + timedelta(minutes=1)


def give(world: World, name: str) -> bool:
    ines, maya = world.cast.ines, world.cast.maya
    with world.acting(ines, SOON):
        person = participants.header(maya.file_id, actor=ines)
        assert person is not None
        said = given(world.cast, name)
        return actions.give(maya.file_id, said, person=person, by=ines, at=SOON)


def take_back(world: World, *which: UUID) -> list[UUID]:
    ines = world.cast.ines
    with world.acting(ines, SOON + timedelta(minutes=1)):
        return actions.take_back(
            world.cast.maya.file_id,
            which,
            said_by=Consent.Withdrawer.HERSELF,
            form="ORAL",
            by=ines,
            at=SOON + timedelta(minutes=1),
        )


def events(world: World, action: str, consent: UUID) -> int:
    asked = "select count(*) from audit_event where action = %s and %s = any(record_ids)"
    return count(world, asked, action, consent)


@pytest.mark.parametrize(
    "number", [10, pytest.param(200, marks=pytest.mark.proof)], ids=lambda n: f"{n} races"
)
def test_given_or_taken_back_by_two_at_once_it_is_done_once(world: World, number: int) -> None:
    wrong = []
    for turn in range(number):
        one = uuid_of(f"shared {turn}")
        gave = race(*[lambda turn=turn: give(world, f"shared {turn}")] * 2)
        # One ticks it, the other takes back everything.
        back = race(lambda one=one: take_back(world, one), lambda: take_back(world))
        told = [events(world, f"consent.{what}", one) for what in ("given", "withdrawn")]
        if (sorted(map(str, gave)), sorted(map(str, back)), told) != (
            ["False", "True"],
            sorted(["[]", str([one])]),
            [1, 1],
        ):
            wrong.append((gave, back, told))

    tell("sharing: races", f"{2 * number:,} races, {len(wrong)} done twice", "0 done twice")
    assert wrong == []
