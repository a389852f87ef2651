"""Does what was written go when two people decide it, and how long is it kept until then?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from spheres.audit.models import Event
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.admission.models import ReferralStatus
from spheres.participants.models import Assignment
from spheres.privacy.retention import actions, queries, tasks
from spheres.sharing import holding
from spheres.sharing.models import ErasureRequest, ErasureWords, Hold, HoldWords, Seal
from spheres.sharing.models.keeping import CLOSES, Sort
from spheres.vault import actions as vault
from spheres.vault.models import Tombstone
from tests.cast import MONDAY, TUESDAY, acting, uuid_of
from tests.deciding import (
    A_YEAR_ON,
    EVERYBODY,
    EXPIRY,
    SEALED,
    YEAR,
    House,
    keys,
    notes_of,
    place,
)

pytestmark = pytest.mark.django_db


# What two people decide.


def test_what_two_people_decide_to_destroy_is_gone_and_leaves_its_mark(house: House) -> None:
    ending_id = house.decide()
    before = keys(house)

    assert house.carry_out(ending_id, TUESDAY) is True

    assert before - keys(house) == {"FOLLOW_UP", "REFERRAL"}
    assert keys(house) == {"REGISTER"}
    assert notes_of(house.cast.ines) == 0
    with acting(EXPIRY, TUESDAY):
        status = ReferralStatus.objects.get(file_id=house.file_id)
        assert (status.status, status.number) == (ReferralStatus.Status.ADMITTED, "")
        assert not Assignment.objects.filter(file_id=house.file_id, ends_at=None).exists()
    row = house.row(ending_id, at=TUESDAY)
    assert (row.done_at, row.confirmed_by) == (TUESDAY, house["odile"].user_id)
    with acting(Actor(house.file_id, house.file_id, frozenset())):
        told = Event.objects.filter(chain_id=house.file_id).order_by("number")
        said = [e.action for e in told if e.action.startswith(("retention", "erased"))]
    assert said == [
        "retention.asked", "retention.proposed", "retention.confirmed",
        "erased.draft", "erased.follow_up", "erased.referral",
    ]  # fmt: skip


def test_carried_out_twice_it_is_done_once(house: House) -> None:
    ending_id = house.decide()
    house.carry_out(ending_id, TUESDAY)

    assert house.carry_out(ending_id, TUESDAY + timedelta(days=1)) is False
    assert house.row(ending_id, at=TUESDAY).done_at == TUESDAY


def test_what_was_decided_is_carried_out_at_night_if_it_was_not_at_once(house: House) -> None:
    ending_id = house.decide()

    with acting(EXPIRY, TUESDAY):
        assert queries.to_carry_out(actor=EXPIRY) == [ending_id]
        tasks.actions.carry_out(ending_id, by=EXPIRY, at=TUESDAY)
        assert queries.to_carry_out(actor=EXPIRY) == []


def test_a_class_is_destroyed_while_another_is_sealed(house: House) -> None:
    """Each has its own keys: what she agreed to stays, sealed, when her follow-up is gone."""
    house.close()
    house.ask()
    seal = house.propose("seal", sorts=[Sort.REGISTER], exit=SEALED, until_on=A_YEAR_ON)
    house.confirm(seal)
    destroy = house.propose("destroy", sorts=[Sort.FOLLOW_UP])
    house.confirm(destroy)

    assert house.carry_out(destroy, TUESDAY)

    assert keys(house) == {"REGISTER"}
    with acting(house["nadia"], TUESDAY):
        assert Seal.objects.get().faces == list(CLOSES[Sort.REGISTER])
        assert ErasureWords.objects.count() == 1
    with acting(house.cast.ines, TUESDAY):
        assert not ErasureRequest.objects.exists()


def test_registers_go_last_with_what_she_asked_and_what_was_written_of_a_hold(house: House) -> None:
    place(house)
    with acting(house["nadia"], MONDAY):
        holding.ask_to_end(uuid_of("hold"), by=house["nadia"])
    with acting(house["maude"], MONDAY):
        assert holding.end(uuid_of("hold"), by=house["maude"]) == holding.DONE

    house.carry_out(house.decide(sorts=(Sort.FOLLOW_UP, Sort.REGISTER)), TUESDAY)

    with acting(house["nadia"], TUESDAY):
        assert not HoldWords.objects.exists()
        assert not ErasureWords.objects.exists()
        assert Hold.objects.count() == 1  # who, when, on which ground: no word
    with acting(EXPIRY, TUESDAY), connection.cursor() as cursor:
        cursor.execute("select count(*) from access.newest_key(%s, 'REGISTER')", [uuid_of("hold")])
        assert cursor.fetchone() == (0,)


def test_a_tombstone_forbids_to_write_there_again(house: House) -> None:
    house.carry_out(house.decide(), TUESDAY)

    with acting(Actor(house.file_id, house.file_id, frozenset())):
        marks = Tombstone.objects.filter(owner_id=house.file_id).values_list("kind", "basis")
        assert sorted(marks) == [
            ("DRAFT", "retention.request"), ("FOLLOW_UP", "retention.request"),
            ("REFERRAL", "retention.request"),
        ]  # fmt: skip


# How long.


def test_the_day_comes_by_the_newest_rule_and_the_last_service(house: House) -> None:
    house.close()
    nadia = house["nadia"]

    def due(at):
        with acting(nadia, at):
            return [one.sorts for one in queries.due(actor=nadia)]

    assert due(MONDAY + 5 * YEAR - timedelta(days=12)) == []
    assert due(MONDAY + 5 * YEAR) == [(Sort.FOLLOW_UP,)]
    with acting(nadia):
        actions.say_rule(
            uuid_of("rule"), sort=Sort.FOLLOW_UP, years=7, basis="Calendrier", by=nadia, at=MONDAY
        )
        assert [(r.sort, r.years, r.is_own) for r in queries.rules(actor=nadia)] == [
            (Sort.FOLLOW_UP, 7, True), (Sort.THERAPY, 5, False), (Sort.REGISTER, 10, False),
        ]  # fmt: skip
    assert due(MONDAY + 6 * YEAR) == []
    assert due(MONDAY + 7 * YEAR) == [(Sort.FOLLOW_UP,)]


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who not in {"nadia", "norbert"}])
def test_only_the_privacy_officer_says_how_long(house: House, who: str) -> None:
    with pytest.raises((NotAllowed, DatabaseError, WrongState)), acting(house[who]):
        actions.say_rule(
            uuid_of("r"), sort=Sort.FOLLOW_UP, years=1, basis="x", by=house[who], at=MONDAY
        )


def test_a_request_is_read_by_the_officer_and_it_is_told_in_her_journal(house: House) -> None:
    house.ask()
    for who in EVERYBODY:
        with acting(house[who]):
            read = ErasureWords.objects.count()
        assert read == (1 if who in {"ines", "nadia", "norbert"} else 0), who

    with acting(house["nadia"]):
        (asked,) = queries.asked_of(house.file_id, actor=house["nadia"])
        assert asked.words is not None
        vault.open([asked.words], by=house["nadia"], basis="erasure")
        assert asked.words.opened.her_words == "Je veux que tout parte."
    with acting(house.cast.ines):
        opened = Event.objects.filter(chain_id=house.file_id, basis="erasure")
        assert [event.actor_id for event in opened] == [house["nadia"].user_id]
