"""Is anything that names the person left once two people had all of it destroyed?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import Error, connection, transaction

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.representatives import actions as representatives
from spheres.participants.models import SuspensionReason, SuspensionReview
from spheres.privacy.access_requests import actions as asks
from spheres.privacy.access_requests import queries as asked
from spheres.privacy.access_requests import tasks as of_letters
from spheres.privacy.access_requests.models import Letter, LetterAnswer, Passed
from spheres.privacy.access_requests.tests.factories import LATER
from spheres.privacy.legal_demands import actions as demands
from spheres.privacy.legal_demands import queries as demanded
from spheres.privacy.legal_demands import tasks as of_demands
from spheres.privacy.legal_demands.models import Demand, DemandEnd, Production, Shown, Verdict
from spheres.privacy.legal_demands.policy import Do
from spheres.privacy.legal_demands.tests import factories as demanding
from spheres.privacy.retention import actions
from spheres.sharing import holding
from spheres.sharing.models.keeping import Sort
from spheres.vault import actions as vault
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.deciding import EXPIRY, House

pytestmark = pytest.mark.django_db
BOTH = (Sort.FOLLOW_UP, Sort.REGISTER)
A_MONTH, TWO_YEARS = timedelta(days=31), timedelta(days=2 * 366 + 1)
DESK = (Letter, Passed, LetterAnswer, Demand, Shown, DemandEnd)


def left(who: Actor, *models, at=TUESDAY) -> list[int]:
    with acting(who, at):
        return [model.objects.count() for model in models]


def keys_of(owner) -> int:
    with acting(EXPIRY, TUESDAY), connection.cursor() as cursor:
        cursor.execute("select count(*) from access.newest_key(%s, 'REGISTER')", [owner])
        return int(cursor.fetchone()[0])


def letter(cast: Cast, which: str = "a letter", *, at=MONDAY) -> asked.Received:
    said = asks.Arrived(
        uuid_of(which), "PARENT", "COPY", at.date(), "Maya T.", "Son père", "12, rue Tout-Droit"
    )
    with acting(cast.nadia, at):
        asks.keep_letter(said, days=30, by=cast.nadia, at=at)
        received = asked.letter(said.id, actor=cast.nadia)
        assert received is not None
        vault.open([received.row], by=cast.nadia)
        asks.show_letter(received, [cast.ines.user_id], by=cast.nadia, at=at)
        return received


def taken_on(cast: Cast) -> None:
    """Inès takes on the letter that was shown to her, and it is answered: nothing is confirmed."""
    with acting(cast.ines, LATER):
        [passed] = asked.passed_to_me(actor=cast.ines, at=LATER)
        vault.open([passed], by=cast.ines)
        wanted = asks.asked_by_letter(passed, uuid_of("taken on"), 14)
        asks.receive(cast.maya.file_id, wanted, days=30, by=cast.ines, at=LATER)


def answer(cast: Cast, received: asked.Received, *, at=MONDAY) -> None:
    with acting(cast.nadia, at):
        asks.answer_letter(received, by=cast.nadia, at=at)


def demand(cast: Cast, which: str = "nobody's", *, how: str = "NOBODY", same=None) -> None:
    said = demanding.receive(cast.karim, which)
    with acting(cast.nadia, demanding.LATER):
        arrived = demanded.demand(said.id, actor=cast.nadia)
        assert arrived is not None
        vault.open([arrived.row], by=cast.nadia)
        demands.show(arrived, [cast.ines.user_id], by=cast.nadia, at=demanding.LATER)
        demands.end_demand(arrived, how, same, by=cast.nadia, at=demanding.LATER)


def night(*, at) -> None:
    with clock.at(at):
        of_letters.forget_letters()
        of_demands.forget_demands()


# What is found by her file goes with it.


def test_a_letter_that_was_taken_on_goes_with_the_follow_up_and_its_key_too(house: House) -> None:
    received = letter(house.cast)
    taken_on(house.cast)
    other = letter(house.cast, "of another")

    house.carry_out(house.decide(), TUESDAY)

    assert left(house.cast.nadia, *DESK) == [1, 1, 0, 0, 0, 0]
    assert (keys_of(received.row.pk), keys_of(other.row.pk)) == (0, 1)


def test_a_demand_goes_with_the_registers_and_the_same_that_came_again(house: House) -> None:
    cast = house.cast
    matter_id = demanding.link(cast)
    demand(cast, "again", how="SAME", same=uuid_of("a demand"))
    demand(cast)
    over(house, matter_id)
    assert left(cast.nadia, *DESK) == [0, 0, 0, 3, 2, 2]

    house.carry_out(house.decide(sorts=BOTH), TUESDAY)

    assert left(cast.nadia, *DESK) == [0, 0, 0, 1, 1, 1]
    assert [keys_of(uuid_of(which)) for which in ("a demand", "again", "nobody's")] == [0, 0, 1]


def over(house: House, matter_id) -> None:
    """Taken back, closed, and its hold ended by another person."""
    nadia = demanding.seated(house.cast.nadia)
    demanding.weigh(matter_id, Do.LAPSED, "", by=nadia)
    demanding.weigh(matter_id, Do.CLOSED, "ENDS", by=nadia)
    with acting(house["maude"], demanding.LATER):
        assert holding.end(matter_id, by=house["maude"]) == holding.DONE


def test_what_was_produced_goes_with_what_it_copies(house: House) -> None:
    cast = house.cast
    matter_id = demanding.link(cast)
    nadia = demanding.released(cast, matter_id)
    demanding.weigh(matter_id, Do.DELIVERED, "COURT", by=nadia)
    demanding.weigh(matter_id, Do.CLOSED, "ENDS", by=nadia)
    with acting(house["maude"], demanding.LATER):
        assert holding.end(matter_id, by=house["maude"]) == holding.DONE
    assert left(cast.ines, Production, Verdict) == [1, 1]

    house.carry_out(house.decide(), TUESDAY)

    with connection.cursor() as cursor, acting(EXPIRY, TUESDAY):
        cursor.execute("select access.is_erased(%s, 'FOLLOW_UP')", [house.file_id])
        assert cursor.fetchone() == (True,)
    assert left(cast.ines, Production, Verdict) == [0, 0]


def test_the_reason_of_a_suspension_goes_with_the_follow_up(house: House) -> None:
    cast = house.cast
    said = representatives.Said(uuid_of("s"), "PARENT", "DANGER", "Son père l’a frappée.")
    with acting(cast.ines):
        representatives.suspend(house.file_id, said, by=cast.ines, at=MONDAY)
    assert left(cast.nadia, SuspensionReason) == [1]

    house.carry_out(house.decide(), TUESDAY)

    assert left(cast.nadia, SuspensionReason, SuspensionReview) == [0, 0]


# What is of no file is kept as long as the region says, once it is answered.


def test_what_was_shown_to_a_colleague_is_forgotten_in_a_month(cast: Cast) -> None:
    letter(cast)
    demand(cast)

    night(at=MONDAY + A_MONTH - timedelta(days=2))
    assert left(cast.nadia, Passed, Shown) == [1, 1]

    night(at=MONDAY + A_MONTH)
    assert left(cast.nadia, Passed, Shown, Letter, Demand) == [0, 0, 1, 1]


def test_a_letter_and_a_demand_are_forgotten_two_years_after_with_their_keys(cast: Cast) -> None:
    answer(cast, letter(cast))
    demand(cast)

    night(at=MONDAY + TWO_YEARS - timedelta(days=3))
    assert left(cast.nadia, Letter, LetterAnswer, Demand, DemandEnd) == [1, 1, 1, 1]

    night(at=LATER + TWO_YEARS)
    assert left(cast.nadia, *DESK) == [0] * 6
    assert [keys_of(uuid_of(which)) for which in ("a letter", "nobody's")] == [0, 0]


def test_what_waits_for_an_answer_is_not_forgotten(cast: Cast) -> None:
    letter(cast)
    demanding.receive(cast.karim, "waits")
    demanding.link(cast)

    night(at=MONDAY + 3 * TWO_YEARS)

    assert left(cast.nadia, Letter, Demand) == [1, 2]


def test_a_letter_whose_file_is_held_is_not_forgotten(house: House) -> None:
    cast = house.cast
    answered_after = letter(cast)
    taken_on(cast)
    with acting(cast.ines, LATER):
        found = asked.one(uuid_of("taken on"), actor=cast.ines)
        assert found is not None
        said = asks.Answer(uuid_of("back"), "WITHDRAWN", 14, "Il n’en veut plus.")
        asks.answer(found, said, by=cast.ines, at=LATER)
    with acting(cast.nadia, LATER):
        actions.place_hold(
            uuid_of("h"), house.file_id, ground="SUBPOENA", words="1", by=cast.nadia, at=LATER
        )

    night(at=MONDAY + 3 * TWO_YEARS)
    assert left(cast.nadia, Letter) == [1]

    with acting(cast.nadia, LATER):
        holding.ask_to_end(uuid_of("h"), by=cast.nadia)
    with acting(house["maude"], LATER):
        holding.end(uuid_of("h"), by=house["maude"])
    night(at=MONDAY + 3 * TWO_YEARS)
    assert (left(cast.nadia, Letter), keys_of(answered_after.row.pk)) == ([0], 0)


def test_a_key_is_minted_for_what_arrives_and_for_no_file_nor_colleague(cast: Cast) -> None:
    with acting(cast.samir), connection.cursor() as cursor:
        for owner, may in (
            (uuid_of("arrives"), True),
            (cast.maya.file_id, False),
            (cast.ines.user_id, False),
        ):
            assert minted(cursor, owner) is may


def minted(cursor, owner) -> bool:
    try:
        with transaction.atomic():
            cursor.execute(
                "select access.mint_key(7, %s, 'THERAPY', 0, 'none', %s)", [owner, b"x" * 60]
            )
    except Error:
        return False
    return True
