"""Is there an end to what one person keeps waiting, and is nothing lost of what comes after it?"""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from django.db import connection

from spheres.followup.street import actions, queries
from spheres.followup.street.actions import TooMany
from spheres.followup.street.models import MOST_WAITING, Arrival
from spheres.followup.street.tests.factories import phone_of, seal, send, wait
from tests.cast import MONDAY, TUESDAY, acting
from tests.proofs.committed_world import World


@pytest.mark.django_db
def test_past_the_most_that_wait_a_text_stays_on_the_telephone_until_one_is_placed(cast):
    phone, last, next_one = phone_of(cast.ines), uuid4(), uuid4()
    with acting(cast.ines):
        first, *_others = wait(cast.ines, MOST_WAITING - 1)

    answers = [send(cast.ines, phone, one).status_code for one in (last, next_one, last)]
    with acting(cast.ines, TUESDAY):
        assert queries.waiting(actor=cast.ines) == MOST_WAITING
        assert not Arrival.objects.filter(pk=next_one).exists()
        actions.take_away(first, by=cast.ines)

    # What came before is acknowledged, however many wait.
    assert answers == [200, 429, 200]
    assert send(cast.ines, phone, next_one).status_code == 200


@pytest.mark.django_db
def test_what_a_colleague_keeps_waiting_counts_for_nobody_else(cast):
    phone = phone_of(cast.karim)
    with acting(cast.ines):
        wait(cast.ines, MOST_WAITING)

    assert send(cast.karim, phone, uuid4()).status_code == 200


def test_of_several_sent_at_one_instant_for_the_last_place_one_is_received(world: World) -> None:
    ines = world.cast.ines
    with world.acting(ines):
        phone = phone_of(ines)
        wait(ines, MOST_WAITING - 1)
    start, told = threading.Barrier(4), list[object]()

    def run() -> None:
        one = uuid4()
        try:
            start.wait()
            with world.acting(ines):
                told.append(actions.receive(one, phone.id, seal(phone.id, one), by=ines, at=MONDAY))
        except Exception as refused:
            told.append(type(refused))
        finally:
            connection.close()

    runners = [threading.Thread(target=run) for _each in range(4)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()

    assert sorted(told, key=str) == [TooMany, TooMany, TooMany, True]
    with world.acting(ines):
        assert queries.waiting(actor=ines) == MOST_WAITING
