"""A legal demand names somebody; nobody can say whether it is somebody with whom nobody walks.

Until it is answered, nothing of such a file is destroyed: who would know that it was asked for?
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from spheres.accounts.models import Membership, Role
from spheres.privacy.legal_demands import actions as demands
from spheres.privacy.legal_demands import queries
from spheres.privacy.legal_demands.tests.factories import receive
from spheres.privacy.retention import actions, policy
from spheres.sharing import actions as sharing
from spheres.sharing import keeping
from tests.cast import LOADER, MONDAY, Cast, acting, uuid_of
from tests.deciding import DESTROYED, House, refused

pytestmark = pytest.mark.django_db

ARRIVED = MONDAY + timedelta(hours=2)
NIGHT = MONDAY + timedelta(hours=10)
SOON = timedelta(hours=1)


@pytest.fixture
def house(cast: Cast) -> House:
    return House(cast)


def leaves(house: House, who: str) -> None:
    """Whoever walked with Maya works here no more."""
    with acting(LOADER):
        Membership.objects.filter(user_id=house[who].user_id).update(ends_at=ARRIVED)


def answered(house: House, demand_id: UUID) -> None:
    """Nadia ends it: nobody whose file is known here."""
    with acting(house["nadia"], NIGHT):
        arrived = queries.demand(demand_id, actor=house["nadia"])
        assert arrived is not None
        demands.end_demand(arrived, "NOBODY", None, by=house["nadia"], at=NIGHT)


def done(house: House, ending_id: UUID, at: Any = NIGHT) -> bool:
    return house.carry_out(ending_id, at)


def test_while_it_waits_nothing_is_destroyed_of_a_file_with_which_nobody_walks(
    house: House,
) -> None:
    ending_id = house.decide()
    leaves(house, "ines")
    demand = receive(house["odile"], at=ARRIVED)

    before = done(house, ending_id)
    answered(house, demand.id)
    after = done(house, ending_id)

    assert (before, after) == (False, True)


def test_whoever_walks_with_the_person_is_asked_and_what_was_decided_goes_on(house: House) -> None:
    ending_id = house.decide()
    receive(house["odile"], at=ARRIVED)

    assert done(house, ending_id)


def test_a_demand_that_arrived_elsewhere_keeps_nothing_here(house: House) -> None:
    ending_id = house.decide()
    leaves(house, "ines")
    receive(house["samir"], at=ARRIVED)

    assert done(house, ending_id)


def test_the_officer_alone_is_told_why_it_waits(house: House) -> None:
    house.close()
    house.ask()
    leaves(house, "ines")
    ending_id = house.propose(by="lucie", at=ARRIVED)
    receive(house["odile"], at=ARRIVED)

    def says_yes(who: str) -> str:
        with acting(house[who], NIGHT):
            return refused(lambda: actions.confirm(house.row(ending_id, at=NIGHT), by=house[who]))

    assert says_yes("nadia") == str(policy.REFUSED[keeping.HELD])


def test_proposed_by_an_officer_it_is_told_at_once(house: House) -> None:
    house.close()
    house.ask()
    leaves(house, "ines")
    receive(house["odile"], at=ARRIVED)

    told = refused(lambda: house.propose(exit=DESTROYED, by="nadia", at=NIGHT))

    assert told == str(policy.REFUSED[keeping.HELD])


def test_a_lead_of_the_team_walks_with_nobody(house: House) -> None:
    """Somebody named on her file who leads, and accompanies people no more, walks with nobody."""
    ending_id = house.decide()
    with acting(LOADER):
        hers = Membership.objects.get(user_id=house["ines"].user_id)
        Membership.objects.filter(pk=hers.pk).update(ends_at=ARRIVED)
        hers.pk, hers.role, hers.starts_at, hers.ends_at = (
            uuid_of("leads"), Role.TEAM_LEAD, ARRIVED, None,
        )  # fmt: skip
        Membership.objects.bulk_create([hers])
    receive(house["odile"], at=ARRIVED)

    assert not done(house, ending_id)


def test_whoever_left_and_came_back_was_given_nothing_back(house: House) -> None:
    """The line that says who walks with Maya has no end; Inès opens her file no more."""
    ending_id = house.decide()
    leaves(house, "ines")
    with acting(LOADER):
        again = Membership.objects.get(user_id=house["ines"].user_id)
        again.pk, again.starts_at, again.ends_at = uuid_of("again"), ARRIVED + SOON, None
        Membership.objects.bulk_create([again])
    receive(house["odile"], at=ARRIVED)

    assert not done(house, ending_id)


def test_whoever_knows_the_person_outside_work_cannot_say_it_either(house: House) -> None:
    ending_id = house.decide()
    with acting(house["ines"], ARRIVED):
        sharing.declare_conflict(house.file_id, by=house["ines"], at=ARRIVED)
    receive(house["odile"], at=ARRIVED)

    assert not done(house, ending_id)
