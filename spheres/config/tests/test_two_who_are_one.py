"""Are two people ever one? Whoever let the other in is no second person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError

from spheres.accounts import policy as accounts
from spheres.accounts.models import Invitation, Role
from spheres.core.actor import Actor, service
from spheres.core.errors import NotAllowed
from spheres.privacy.legal_demands.tests import factories as demands
from spheres.privacy.retention import actions, policy
from spheres.sharing import holding
from spheres.sharing.models import Ending
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of
from tests.deciding import House

pytestmark = pytest.mark.django_db


def lets_in(one: Actor, other: Actor) -> None:
    """Who vouched for whom, when a link was opened."""
    with acting(service("doorkeeper")):
        Invitation.objects.bulk_create(
            [
                Invitation(
                    id=uuid_of(f"{one.user_id} let in {other.user_id}"),
                    user_id=other.user_id,
                    organisation_id=one.organisation_id,
                    vouched_by=one.user_id,
                    seen_on=MONDAY.date(),
                    made_at=MONDAY,
                    expires_at=TUESDAY,
                    used_at=MONDAY,
                )
            ]
        )


BOTH_WAYS = pytest.mark.parametrize("turned", [False, True])


@BOTH_WAYS
def test_they_destroy_nothing_together(house: House, turned: bool) -> None:
    pair = [house["odile"], house["nadia"]]
    lets_in(*(reversed(pair) if turned else pair))
    house.close()
    house.ask()
    proposed = house.propose(by="odile")
    with pytest.raises(NotAllowed) as refused:
        house.confirm(proposed, by="nadia")
    assert str(refused.value) == str(policy.REFUSED["LET_IN"])
    house.confirm(proposed, by="norbert")
    assert house.carry_out(proposed)


@BOTH_WAYS
def test_they_open_nothing_sealed_together(house: House, turned: bool) -> None:
    ending_id = house.decide(
        exit=Ending.Exit.SEALED, until_on=(MONDAY + timedelta(days=366)).date()
    )
    pair = [house["odile"], house["nadia"]]
    lets_in(*(reversed(pair) if turned else pair))
    row = house.row(ending_id, at=TUESDAY)
    with acting(house["odile"], TUESDAY):
        actions.ask_to_lift(row, "CLAIM", by=house["odile"])
    with acting(house["nadia"], TUESDAY), pytest.raises(NotAllowed) as refused:
        actions.lift(row, by=house["nadia"])
    assert str(refused.value) == str(policy.REFUSED["LET_IN"])


@BOTH_WAYS
def test_they_end_no_hold_together(house: House, turned: bool) -> None:
    nadia, maude = house["nadia"], house["maude"]
    lets_in(*((maude, nadia) if turned else (nadia, maude)))
    with acting(nadia):
        actions.place_hold(
            uuid_of("hold"), house.file_id, ground="CLAIM", words="", by=nadia, at=MONDAY
        )
        holding.ask_to_end(uuid_of("hold"), by=nadia)
    with acting(maude):
        assert holding.end(uuid_of("hold"), by=maude) == holding.LET_IN


@BOTH_WAYS
def test_they_release_nothing_together(cast: Cast, turned: bool) -> None:
    matter_id = demands.link(cast)
    nadia = demands.ready(cast, matter_id)
    demands.prepare(matter_id, by=nadia)
    counsel = demands.give_seat(matter_id, demands.counsel(cast), by=nadia)
    lets_in(*((counsel, cast.nadia) if turned else (cast.nadia, counsel)))
    with pytest.raises(DatabaseError, match="row-level security"):
        demands.decide(matter_id, by=counsel)


@pytest.mark.parametrize("by", [Role.ORGANISATION_MANAGER, Role.TECHNICAL_ADMINISTRATOR])
def test_no_manager_makes_the_officer_who_says_yes_with_them(cast: Cast, by: str) -> None:
    with acting(LOADER):
        who = add_person("Quelqu’un", cast.la_maison, by)
    assert not accounts.can_invite(who, Role.PRIVACY_OFFICER)
