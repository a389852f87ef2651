"""Does a demand arrive once, freeze at once, go by two people, and leave its line behind?"""

from __future__ import annotations

import json
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import Error, transaction

from spheres.audit.models import Event
from spheres.core.errors import NotAllowed, WrongState
from spheres.privacy.legal_demands import actions, documents, policy, queries, standing
from spheres.privacy.legal_demands.actions import Received
from spheres.privacy.legal_demands.models import (
    Demand,
    DemandEnd,
    Informing,
    Matter,
    MatterStatus,
    Production,
    Shown,
)
from spheres.privacy.legal_demands.tests.factories import (
    ABOUT,
    LATER,
    SAID,
    SOON,
    counsel,
    decide,
    found,
    give_seat,
    inform,
    link,
    other_officer,
    prepare,
    ready,
    receive,
    released,
    seated,
    weigh,
)
from spheres.privacy.legal_demands.views.arriving import matter_of
from spheres.records.between import telling
from spheres.sharing import holding
from spheres.sharing.models import Disclosure, Hold, Seat
from spheres.vault import actions as vault
from tests.cast import Cast, acting, uuid_of

pytestmark = pytest.mark.django_db


def status(matter_id: UUID, cast: Cast) -> str:
    with acting(cast.ines, LATER):
        return MatterStatus.objects.get(pk=matter_id).status


def test_anybody_here_receives_it_and_whoever_guards_privacy_alone_reads_it(cast: Cast) -> None:
    receive(cast.karim)

    with acting(cast.nadia, LATER):
        [arrived] = queries.arrived(actor=cast.nadia)
        vault.open([arrived.row], by=cast.nadia)
        assert (arrived.row.opened.about, arrived.received_by) == (ABOUT, "Karim")
    for actor in (cast.karim, cast.ines, cast.louise, cast.samir, cast.roy, seated(cast.ines)):
        with acting(actor, LATER):
            assert list(Demand.objects.all()) == []


def test_a_police_account_cannot_write_one_down(cast: Cast) -> None:
    with acting(cast.roy, SOON), pytest.raises(NotAllowed):
        actions.receive(Received(uuid_of("a demand"), **SAID), by=cast.roy, at=SOON)


def test_sent_twice_it_is_one_and_linked_twice_it_is_linked_once(cast: Cast) -> None:
    matter_id = link(cast)
    assert link(cast) == matter_id

    with acting(cast.nadia, LATER):
        assert Demand.objects.count() == 1
        assert Matter.objects.count() == 1
    with acting(cast.ines, LATER):
        assert Seat.objects.count() == 1


def test_the_same_demand_received_by_two_is_ended_as_the_same(cast: Cast) -> None:
    link(cast)
    again = receive(cast.karim, "the same, by another")
    with acting(cast.nadia, LATER):
        arrived = queries.demand(again.id, actor=cast.nadia)
        assert arrived is not None
        same = uuid_of("a demand")
        for _press in range(2):
            actions.end_demand(arrived, "SAME", same, by=cast.nadia, at=LATER)

        assert [(one.how, one.same_id) for one in DemandEnd.objects.all()] == [("SAME", same)]
        assert [one.is_open for one in queries.arrived(actor=cast.nadia)] == [True, False]


def test_a_demand_that_is_linked_is_not_answered_as_if_it_concerned_nobody(cast: Cast) -> None:
    link(cast)
    with acting(cast.nadia, LATER):
        arrived = queries.demand(uuid_of("a demand"), actor=cast.nadia)
        assert arrived is not None
        with pytest.raises(WrongState):
            actions.end_demand(arrived, "NOBODY", None, by=cast.nadia, at=LATER)


def test_it_is_shown_to_colleagues_one_of_whom_knows_whom_it_concerns(cast: Cast) -> None:
    demand = receive(cast.karim)
    with acting(cast.nadia, SOON):
        arrived = queries.demand(demand.id, actor=cast.nadia)
        assert arrived is not None
        vault.open([arrived.row], by=cast.nadia)
        colleagues = [cast.ines.user_id, cast.yanick.user_id]
        assert actions.show(arrived, colleagues, by=cast.nadia, at=SOON) == 2
        assert actions.show(arrived, colleagues, by=cast.nadia, at=SOON) == 0
    with acting(cast.karim, LATER):
        assert list(Shown.objects.all()) == []
    with acting(cast.ines, LATER):
        [shown] = queries.shown_to_me(actor=cast.ines, at=LATER)
        vault.open([shown], by=cast.ines)
        said = actions.shown_as_received(shown)
        matter_id, file_id = matter_of(said.id, cast.maya.file_id), cast.maya.file_id
        officer = cast.nadia.user_id
        assert actions.link(file_id, matter_id, said, officer, by=cast.ines, at=LATER)

    nadia = seated(cast.nadia)
    with acting(nadia, LATER):
        answered = found(matter_id, nadia)
        vault.open(answered.rows, by=nadia)
        assert answered.asked is not None
        assert answered.asked.opened.words == ABOUT


def test_whoever_does_not_walk_with_her_links_nothing_to_her(cast: Cast) -> None:
    demand = receive(cast.yanick)
    matter_id = matter_of(demand.id, cast.maya.file_id)
    with acting(cast.yanick, SOON), pytest.raises(Error, match="row-level"), transaction.atomic():
        actions.link(
            cast.maya.file_id, matter_id, demand, cast.nadia.user_id, by=cast.yanick, at=SOON
        )


def test_linked_the_file_is_held_at_once_and_only_whoever_guards_privacy_knows(cast: Cast) -> None:
    matter_id = link(cast)

    with acting(cast.nadia, LATER):
        [hold] = Hold.objects.all()
        assert (hold.pk, hold.file_id, hold.ground) == (
            matter_id, cast.maya.file_id, "PROTECTION",
        )  # fmt: skip
    for actor in (cast.ines, cast.yanick, cast.karim, cast.louise, counsel(cast)):
        with acting(actor, LATER):
            assert list(Hold.objects.all()) == []


def test_a_worker_holds_no_file_but_of_those_they_walk_with(cast: Cast) -> None:
    for actor in (cast.yanick, cast.karim, cast.louise, cast.samir, cast.roy):
        with acting(actor, SOON):
            assert not holding.freeze(
                uuid_of("a hold"), cast.maya.file_id, ground="SUBPOENA", by=actor
            )


def test_from_the_demand_to_what_is_handed_over_in_its_order(cast: Cast) -> None:
    matter_id = link(cast)
    assert status(matter_id, cast) == "FROZEN"
    nadia = released(cast, matter_id)
    assert status(matter_id, cast) == "RELEASED"
    weigh(matter_id, "DELIVERED", "COURT", by=nadia)
    assert status(matter_id, cast) == "DELIVERED"
    weigh(matter_id, "CLOSED", "ENDS", by=nadia)
    assert status(matter_id, cast) == "CLOSED"

    with acting(cast.ines, LATER):
        assert [seat.ended_at is not None for seat in Seat.objects.all()] == [True, True]
    with acting(cast.nadia, LATER):
        [hold] = Hold.objects.all()
        assert (hold.end_asked_by, hold.ended_at) == (cast.nadia.user_id, None)
        assert holding.end(matter_id, by=cast.nadia) == "SAME"
    farah = other_officer(cast)
    with acting(farah, LATER):
        assert holding.end(matter_id, by=farah) == "DONE"


def test_a_hold_that_goes_on_is_left_as_it_is(cast: Cast) -> None:
    matter_id = link(cast)
    nadia = released(cast, matter_id)
    weigh(matter_id, "DELIVERED", "HAND", by=nadia)
    weigh(matter_id, "CLOSED", "GOES_ON", by=nadia)

    with acting(cast.nadia, LATER):
        assert [hold.end_asked_at for hold in Hold.objects.all()] == [None]


def test_what_goes_is_a_line_of_her_register_and_says_by_which_two_people(cast: Cast) -> None:
    matter_id = link(cast)
    nadia = released(cast, matter_id)
    with acting(cast.ines, LATER):
        assert list(Disclosure.objects.all()) == []
    weigh(matter_id, "DELIVERED", "COURT", by=nadia)

    with acting(cast.ines, LATER):
        [line] = Disclosure.objects.all()
        assert (line.ground, line.capacity, line.items, line.to_user_id) == (
            "REQUIRED", "YOUTH_PROTECTION", ["DEMAND"], None,
        )  # fmt: skip
        kept = telling.of([line], actor=cast.ines)
        vault.open(kept.rows, by=cast.ines)
        said = kept.say(line.pk)
        assert said is not None
        assert said.recipient == "Une personne déléguée du DPJ, poste 12"
        assert said.sentences[1:] == (
            "1 texte a été donné, et rien d’autre de ton dossier.",
            "Nadia a choisi le minimum qui suffisait. Maître Côté l’a vérifié avant que ça parte.",
        )
        assert kept.not_for_her == frozenset()


@pytest.mark.parametrize(
    ("way", "more", "is_kept"),
    [
        ("TOLD", {}, False),
        ("GONE", {}, False),
        ("LATER", {"ground": "FORBIDDEN", "look_again_on": date(2026, 4, 2)}, True),
        ("LATER", {"ground": "HARM", "look_again_on": date(2026, 4, 2)}, True),
    ],
)
def test_what_the_law_or_her_safety_forbids_to_say_is_not_read_to_her(
    cast: Cast, way: str, more: dict, is_kept: bool
) -> None:
    matter_id = link(cast)
    nadia = released(cast, matter_id)
    weigh(matter_id, "DELIVERED", "COURT", by=nadia)
    later = LATER + timedelta(minutes=1)
    inform(matter_id, by=cast.ines, way=way, at=later, **more)

    with acting(cast.ines, later):
        rows = list(Disclosure.objects.all())
        assert telling.of(rows, actor=cast.ines).not_for_her == (
            frozenset({matter_id}) if is_kept else frozenset()
        )
        assert standing.is_kept_from_her(found(matter_id, cast.ines)) is is_kept


def test_an_objection_is_a_line_of_her_register_too_and_nothing_goes(cast: Cast) -> None:
    matter_id = link(cast)
    nadia = seated(cast.nadia)
    weigh(matter_id, "OBJECTED", "TOO_WIDE", by=nadia)

    assert status(matter_id, cast) == "OBJECTED"
    with acting(cast.ines, LATER):
        [line] = Disclosure.objects.all()
        assert (line.is_refused, line.items) == (True, [])
        assert list(Production.objects.all()) == []


def test_what_a_judge_orders_after_an_objection_is_produced(cast: Cast) -> None:
    matter_id = link(cast)
    nadia = seated(cast.nadia)
    weigh(matter_id, "OBJECTED", "TOO_WIDE", by=nadia)
    ready(cast, matter_id)
    with acting(cast.ines, LATER):
        answered = found(matter_id, cast.ines)
        again, officer = uuid_of("again"), cast.nadia.user_id
        assert actions.call_officer(answered, again, officer, by=cast.ines, at=LATER)

    prepare(matter_id, by=nadia)
    assert status(matter_id, cast) == "PREPARED"


def test_sent_back_it_is_prepared_anew_under_another_number(cast: Cast) -> None:
    matter_id = link(cast)
    nadia = ready(cast, matter_id)
    lawyer = give_seat(matter_id, counsel(cast), by=nadia)
    prepare(matter_id, by=nadia, which="first")
    decide(matter_id, by=lawyer, outcome="SENT_BACK")
    assert status(matter_id, cast) == "FROZEN"
    later = LATER + timedelta(minutes=1)
    prepare(matter_id, by=nadia, which="second", at=later)
    decide(matter_id, by=lawyer, at=later)

    assert status(matter_id, cast) == "RELEASED"
    with acting(cast.ines, LATER):
        assert sorted(one.number for one in Production.objects.all()) == [1, 2]


def test_whoever_prepared_it_is_told_that_another_releases_it(cast: Cast) -> None:
    matter_id = link(cast)
    nadia = ready(cast, matter_id)
    prepare(matter_id, by=nadia)
    with pytest.raises(NotAllowed) as refusal:
        decide(matter_id, by=nadia)

    assert str(refusal.value.reason) == str(policy.SAME_PERSON)


def test_a_production_is_frozen_with_its_digest_and_holds_what_was_chosen_and_no_more(
    cast: Cast,
) -> None:
    matter_id = link(cast)
    nadia = ready(cast, matter_id)
    production_id = prepare(matter_id, by=nadia)

    with acting(nadia, LATER):
        [one] = found(matter_id, nadia).productions
        vault.open([one], by=nadia)
        said = json.loads(one.opened.content)
        assert one.pk == production_id
        assert documents.is_whole(one)
        assert documents.digest_of(one.opened.content) == one.digest
        assert [text["id"] for text in said["texts"]] == [str(pk) for pk in one.records]
        assert "comments" not in said["texts"][0]


def test_only_the_texts_that_are_chosen_are_opened(cast: Cast) -> None:
    matter_id = link(cast)
    nadia = ready(cast, matter_id)
    prepare(matter_id, by=nadia)

    with acting(cast.ines, LATER):
        [event] = Event.objects.filter(basis="legal demand")
        assert len(event.record_ids) <= 2  # the text, and what may be said of a mask of it
        assert event.purpose == "seat"


def test_a_seat_whose_last_day_is_past_is_given_again_by_her_worker(cast: Cast) -> None:
    matter_id = link(cast)
    after = SOON + timedelta(days=61)
    nadia = seated(cast.nadia)
    with acting(nadia, after):
        assert not queries.is_seated(matter_id, actor=nadia)
    with acting(cast.ines, after):
        answered = found(matter_id, cast.ines)
        officer = cast.nadia.user_id
        again = uuid_of("again")
        assert actions.call_officer(answered, again, officer, by=cast.ines, at=after)
    with acting(nadia, after):
        assert queries.is_seated(matter_id, actor=nadia)


def test_who_is_not_told_for_now_comes_back_on_the_day_of_her_worker(cast: Cast) -> None:
    matter_id = link(cast)
    with acting(cast.ines, LATER):
        [line] = standing.of_mine(actor=cast.ines)
        assert "Maya" in line.sentence
    again = {"ground": "HARM", "look_again_on": date(2026, 3, 20)}
    inform(matter_id, by=cast.ines, way=Informing.Way.LATER, **again)
    with acting(cast.ines, LATER):
        assert standing.of_mine(actor=cast.ines) == []
    with acting(cast.ines, LATER + timedelta(days=20)):
        assert len(standing.of_mine(actor=cast.ines)) == 1
    with acting(cast.nadia, LATER):
        [line] = standing.of_here(actor=cast.nadia)
        assert "Maya" not in line.sentence


def test_the_day_to_answer_that_falls_on_a_holiday_says_the_working_day_before() -> None:
    good_friday = queries.Clock(date(2026, 4, 3))

    assert (good_friday.is_holiday, good_friday.works_on) == (True, date(2026, 4, 2))
    assert not queries.Clock(date(2026, 4, 2)).is_holiday
