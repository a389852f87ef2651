"""Does what was decided fall when she comes back, and does whatever hangs on a file go with it?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import translation

from spheres.core.errors import NotAllowed
from spheres.followup.notes.models import Note
from spheres.followup.passages import actions as passages
from spheres.privacy.access_requests.tests import factories as requests
from spheres.privacy.legal_demands.policy import Do
from spheres.privacy.legal_demands.tests import factories as demands
from spheres.privacy.retention import actions, policy, queries
from spheres.sharing import holding
from spheres.sharing.models import Ending, Hold, Joined
from spheres.sharing.models.keeping import Sort
from tests.cast import MONDAY, TUESDAY, acting, follow, sign_note, uuid_of
from tests.deciding import House

pytestmark = pytest.mark.django_db
WEDNESDAY = TUESDAY + timedelta(days=1)


def place_hold(house: House) -> UUID:
    nadia, hold_id = house["nadia"], uuid_of("hold")
    with acting(nadia, MONDAY):
        actions.place_hold(
            hold_id, house.file_id, ground="SUBPOENA", words="500-01", by=nadia, at=MONDAY
        )
    return hold_id


def end_hold(house: House, hold_id: UUID, at: datetime = TUESDAY) -> None:
    with acting(house["nadia"], at):
        holding.ask_to_end(hold_id, by=house["nadia"])
    with acting(house["maude"], at):
        assert holding.end(hold_id, by=house["maude"]) == holding.DONE


def come_back(house: House, at: datetime = TUESDAY) -> None:
    ines = house.cast.ines
    with acting(ines, at):
        passages.come_back(house.file_id, by=ines, at=at)
        sign_note(house.file_id, "Un mot du nouvel épisode.", by=ines)


def notes(house: House) -> int:
    with acting(house.cast.ines, WEDNESDAY):
        return Note.objects.count()


def test_what_was_decided_falls_when_she_comes_back_before_it_is_done(house: House) -> None:
    """A hold had made it wait; once it is ended, what she had written since is all still there."""
    ending_id, hold_id = house.decide(), place_hold(house)
    come_back(house)
    end_hold(house, hold_id)
    assert (house.carry_out(ending_id, WEDNESDAY), notes(house)) == (False, 2)
    row = house.row(ending_id, at=WEDNESDAY)
    assert (row.is_fallen, row.withdrawn_by, row.withdrawn_at) == (
        True,
        house.cast.ines.user_id,
        TUESDAY,
    )


def test_what_fell_is_decided_anew_by_two_people_once_she_left_again(house: House) -> None:
    house.decide()
    come_back(house)
    with pytest.raises(NotAllowed) as refused:
        house.propose("again", at=WEDNESDAY)
    assert str(refused.value) == str(policy.REFUSED["NOT_OVER"])
    with acting(house.cast.ines, WEDNESDAY):
        farewell = passages.Farewell(uuid_of("another farewell"), "À bientôt.", "")
        passages.close(house.file_id, farewell, by=house.cast.ines, at=WEDNESDAY)
    again = house.propose("again", at=WEDNESDAY)
    house.confirm(again, at=WEDNESDAY)
    assert (house.carry_out(again, WEDNESDAY), notes(house)) == (True, 0)


def test_no_letter_says_that_something_is_destroyed_before_it_is(house: House) -> None:
    ending_id = house.decide()
    before = policy.can_print(house["nadia"], house.row(ending_id))
    house.carry_out(ending_id)
    after = policy.can_print(house["nadia"], house.row(ending_id))
    with translation.override("en"):
        assert (before.allowed, str(before.reason), after.allowed) == (
            False,
            "The letter says what is destroyed: it is written once it is.",
            True,
        )


def asked(house: House) -> None:
    requests.receive(house.cast)


def asked_and_seated(house: House) -> None:
    requests.seat(house.cast, requests.receive(house.cast))


def demanded(house: House) -> None:
    matter_id = demands.link(house.cast)
    nadia = demands.seated(house["nadia"])
    demands.weigh(matter_id, Do.LAPSED, "", by=nadia)
    demands.weigh(matter_id, Do.CLOSED, "GOES_ON", by=nadia)
    with acting(house["nadia"], WEDNESDAY):
        hold = Hold.objects.get()
    end_hold(house, hold.pk, at=WEDNESDAY)


@pytest.mark.parametrize("happened", [asked, asked_and_seated, demanded])
def test_a_file_of_which_something_was_asked_is_destroyed_whole(
    house: House, happened: Callable[[House], None]
) -> None:
    happened(house)
    ending_id = house.decide(sorts=(Sort.FOLLOW_UP, Sort.REGISTER))
    assert house.carry_out(ending_id, WEDNESDAY)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
    with acting(house["nadia"], WEDNESDAY):
        assert [one.row.exit for one in queries.decided(actor=house["nadia"], at=WEDNESDAY)] == [
            Ending.Exit.DESTROYED
        ]


def join_another_file(house: House) -> None:
    """Maya's older file, closed, is decided of; the one that goes on is joined to it."""
    cast, kept_id = house.cast, house.file_id
    other = follow("Maya (2024)", desk=cast.institute.id, louise=cast.louise, worker=cast.ines)
    with acting(cast.ines):
        Joined.objects.bulk_create(
            [
                Joined(
                    id=uuid_of("both are hers"),
                    kept_id=kept_id,
                    joined_id=other.file_id,
                    said_to=cast.ines.user_id,
                    starts_at=MONDAY,
                )
            ]
        )
    house.__dict__["file_id"] = other.file_id


def test_nothing_of_somebody_who_is_accompanied_by_her_other_file_is_decided(house: House) -> None:
    join_another_file(house)
    with pytest.raises(NotAllowed) as refused:
        house.decide()
    assert str(refused.value) == str(policy.REFUSED["NOT_OVER"])


def test_a_hold_on_one_file_of_a_person_holds_the_other(house: House) -> None:
    house.close()
    kept = house.file_id
    hold_id = place_hold(house)
    join_another_file(house)
    with pytest.raises(NotAllowed) as refused:
        house.decide()
    assert str(refused.value) == str(policy.REFUSED["HELD"])
    end_hold(house, hold_id)
    ending_id = house.propose(at=TUESDAY)
    house.confirm(ending_id, at=TUESDAY)
    assert (house.carry_out(ending_id, TUESDAY), kept == house.file_id) == (True, False)
