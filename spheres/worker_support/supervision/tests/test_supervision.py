"""Do two people arrange supervision, and does everybody else learn that a slot was used, only?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.records.between import programme
from spheres.worker_support.supervision import actions, policy, queries
from spheres.worker_support.supervision.models import Slot, Supervision
from spheres.worker_support.supervision.tests.factories import (
    AFTER,
    BIRD,
    NOTED,
    STARTS,
    WORDS,
    accepts,
    asks,
    held,
    holds_it,
    offers,
    slot,
    texts,
    writes,
)
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/supervision/"
Outcome = Slot.Outcome


def typed(client, url: str, **said: str) -> dict[str, str]:
    return {"form_id": Page(client.get(url).content.decode()).fields["form_id"]} | said


def shown(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def test_a_slot_is_offered_asked_for_accepted_held_and_written_of_from_its_pages(
    cast: Cast,
) -> None:
    with clock.at(MONDAY):
        louise, ines = (signed_in(who, language="en") for who in (cast.louise, cast.ines))
        offer = typed(louise, f"{PAGE}offer/", day="2026-03-05", hour="09:00")
        offer |= {"minutes": "60", "way": "CALL", "for_all": "on"}
        offered = [louise.post(f"{PAGE}offer/", offer).status_code for _ in range(2)]
        with acting(cast.louise):
            one = f"{PAGE}{Slot.objects.get().pk}/"
        assert f'href="{one}"' in ines.get(PAGE).content.decode()
        ask = typed(ines, one, theme="carrying", words=WORDS, pseudonym=BIRD)
        asked = [ines.post(one, ask).status_code for _ in range(2)]
        accepted = [louise.post(f"{one}accept/").status_code for _ in range(2)]
    with clock.at(STARTS):
        held_it = [signed_in(cast.ines, at=STARTS).post(f"{one}held/").status_code]
    with clock.at(AFTER):
        ines = signed_in(cast.ines, at=AFTER, language="en")
        entry = typed(ines, one, text=NOTED)
        wrote = [ines.post(f"{one}note/", entry).status_code for _ in range(2)]
        nothing = ines.post(f"{one}note/", entry | {"text": ""}).status_code
        page = shown(signed_in(cast.louise, at=AFTER, language="en").get(one).content.decode())

    assert (offered, asked, accepted, held_it, wrote, nothing) == (
        [302, 302], [302, 302], [302, 302], [302], [302, 302], 422,
    )  # fmt: skip
    brought = (WORDS, BIRD, NOTED, "What I hear and what it does to me")
    assert [word in page for word in brought] == [True] * 4
    assert page.count(NOTED) == 1


def test_nothing_has_to_be_said_to_ask_and_a_full_name_is_warned_of(cast: Cast) -> None:
    slot_id = offers(cast.louise)
    one = f"{PAGE}{slot_id}/"
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        said = typed(ines, one, words="Maya Tremblay m’inquiète")
        warned = ines.post(one, said)
        asked = ines.post(one, typed(ines, one))

    assert (warned.status_code, asked.status_code) == (422, 302)
    assert "“Maya Tremblay” looks like a full name." in warned.content.decode()
    assert texts(cast.louise, slot_id) == [""]


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": "2025-03-05"}, {"day": "2026-03-40"}, {"day": "2026-03-08", "hour": "02:30"},
        {"hour": "25:00"}, {"minutes": "7"}, {"way": "PIGEON"},
    ],
)  # fmt: skip
def test_a_moment_that_is_past_or_is_none_is_not_offered(cast: Cast, wrong: dict[str, str]) -> None:
    with clock.at(MONDAY):
        louise = signed_in(cast.louise, language="en")
        said = {"day": "2026-03-05", "hour": "09:00"}
        said |= {"minutes": "60", "way": "CALL"} | wrong
        answer = louise.post(f"{PAGE}offer/", typed(louise, f"{PAGE}offer/", **said))

    assert answer.status_code == 422
    with acting(cast.louise):
        assert Slot.objects.count() == 0


def test_of_two_who_ask_one_has_it_and_the_other_is_told_to_choose_another(cast: Cast) -> None:
    slot_id = offers(cast.karim)
    with acting(cast.yanick):
        seen = Slot.objects.get(pk=slot_id)
    asks(cast.ines, slot_id)

    with acting(cast.yanick), pytest.raises(NotAllowed, match=str(policy.TAKEN)):
        actions.ask(seen, actions.Asked(words="Moi aussi."), by=cast.yanick, at=MONDAY)
    assert slot(slot_id, cast.yanick) is None
    assert texts(cast.karim, slot_id) == [WORDS]


def test_a_slot_is_for_colleagues_of_the_organisation_unless_it_is_for_all(cast: Cast) -> None:
    ours = offers(cast.karim, for_all=False)
    for_all = offers(cast.louise, which="for all")

    seen = {
        who: {one for one in (ours, for_all) if slot(one, getattr(cast, who))}
        for who in ("ines", "samir", "amrani", "roy", "nadia")
    }
    assert seen == {
        "ines": {ours, for_all}, "samir": {for_all}, "amrani": {for_all}, "roy": set(),
        "nadia": set(),
    }  # fmt: skip


def test_it_is_moved_by_whoever_offers_it_and_the_other_reads_it_on_her_day(cast: Cast) -> None:
    slot_id = offers(cast.louise)
    asks(cast.ines, slot_id)
    accepts(cast.louise, slot_id)
    later = STARTS + timedelta(days=4)
    with acting(cast.louise, TUESDAY):
        actions.move(Slot.objects.get(), later, by=cast.louise, at=TUESDAY)
    with acting(cast.ines, TUESDAY), pytest.raises(NotAllowed):
        actions.move(Slot.objects.get(), STARTS, by=cast.ines, at=TUESDAY)

    with clock.at(TUESDAY):
        day = signed_in(cast.ines, at=TUESDAY, language="en").get("/").content.decode()
    assert slot(slot_id, cast.ines, TUESDAY).starts_at == later  # type: ignore[union-attr]
    assert "Supervision: another moment was said, " in day


def test_either_cancels_it_without_saying_why_and_then_it_changes_no_more(cast: Cast) -> None:
    slot_id = offers(cast.louise)
    asks(cast.ines, slot_id)
    with clock.at(TUESDAY):
        ines = signed_in(cast.ines, at=TUESDAY)
        cancelled = [ines.get(f"{PAGE}{slot_id}/cancel/"), ines.post(f"{PAGE}{slot_id}/cancel/")]
        louise = signed_in(cast.louise, at=TUESDAY, language="en")
        day = louise.get(PAGE).content.decode()
        after = [
            louise.post(f"{PAGE}{slot_id}/{verb}/").status_code
            for verb in ("accept", "move", "held", "cancel")
        ]

    assert [answer.status_code for answer in cancelled] == [200, 302]
    assert "It did not take place" in day
    assert after == [403] * 4
    with acting(cast.louise, TUESDAY), pytest.raises(ProgrammingError), transaction.atomic():
        Slot.objects.filter(pk=slot_id).update(outcome=Outcome.HELD, accepted_at=TUESDAY)


@pytest.mark.parametrize(
    ("who", "offers_it", "asks_it", "counts"),
    [
        ("ines", False, True, False), ("karim", True, True, True), ("louise", True, False, True),
        ("amrani", False, True, False), ("nadia", False, False, False),
        ("roy", False, False, False),
    ],
)  # fmt: skip
def test_who_offers_who_asks_and_who_is_told_how_many(
    cast: Cast, who: str, offers_it: bool, asks_it: bool, counts: bool
) -> None:
    actor = getattr(cast, who)

    rights = (policy.can_offer(actor), policy.can_seek(actor), policy.can_count(actor))
    assert tuple(map(bool, rights)) == (offers_it, asks_it, counts)


def test_who_does_what_when(cast: Cast) -> None:
    slot_id = offers(cast.louise)
    free = slot(slot_id, cast.ines)
    asks(cast.ines, slot_id)
    asked = slot(slot_id, cast.ines)
    accepts(cast.louise, slot_id)
    accepted = slot(slot_id, cast.ines)
    assert None not in (free, asked, accepted)

    def may(who, row, at=MONDAY) -> str:
        rights = {
            "ask": policy.can_ask(who, row, at), "accept": policy.can_accept(who, row),
            "move": policy.can_move(who, row), "cancel": policy.can_cancel(who, row),
            "held": policy.can_say_held(who, row, at), "write": policy.can_write(who, row),
        }  # fmt: skip
        return " ".join(verb for verb, right in rights.items() if right)

    assert [may(cast.ines, row) for row in (free, asked, accepted)] == [
        "ask", "cancel write", "cancel write",
    ]  # fmt: skip
    assert [may(cast.louise, row) for row in (free, asked, accepted)] == [
        "move cancel", "accept move cancel write", "move cancel write",
    ]  # fmt: skip
    assert may(cast.ines, accepted, AFTER) == "cancel held write"
    assert may(cast.ines, free, AFTER) == ""
    assert [may(cast.karim, row) for row in (asked, accepted)] == ["", ""]


def test_it_is_in_the_calendar_of_the_two_and_of_nobody_else(cast: Cast) -> None:
    slot_id = offers(cast.louise)
    asks(cast.ines, slot_id)
    found = {}
    for who in ("ines", "louise", "karim", "yanick", "nadia", "samir"):
        actor = getattr(cast, who)
        with acting(actor):
            planned = programme.planned(actor=actor, since=MONDAY, until=AFTER)
            found[who] = [one.url for one in planned if one.kind == "supervision"]

    url = f"{PAGE}{slot_id}/"
    assert found == {
        "ines": [url], "louise": [url], "karim": [], "yanick": [], "nadia": [], "samir": [],
    }  # fmt: skip


def test_the_employer_is_told_that_a_slot_was_used_once_the_quarter_is_over(cast: Cast) -> None:
    held(cast)
    with acting(LOADER):
        manager = add_person("Solange", cast.la_maison, Role.ORGANISATION_MANAGER)
    spring = AFTER.replace(month=4)
    told = {}
    for at in (AFTER, spring):
        for name, who in (("karim", cast.karim), ("louise", cast.louise), ("solange", manager)):
            with acting(who, at):
                told[name, at] = [one.number for one in queries.used(actor=who)]
    with clock.at(spring):
        page = shown(signed_in(cast.karim, at=spring, language="en").get(PAGE).content.decode())

    assert [told[name, AFTER] for name in ("karim", "louise", "solange")] == [[], [], []]
    assert [told[name, spring] for name in ("karim", "louise", "solange")] == [[1], [1], [1]]
    assert "Q1 2026 · 1 slot used" in page
    assert [word in page for word in ("Inès", "Louise", WORDS)] == [False] * 3


@pytest.mark.parametrize("who", ["ines", "nadia", "roy", "samir", "amrani"])
def test_nobody_else_is_told_how_many(cast: Cast, who: str) -> None:
    actor = getattr(cast, who)
    with acting(actor), pytest.raises(ProgrammingError), transaction.atomic():
        queries.used(actor=actor)


def test_nobody_takes_a_slot_in_another_name_nor_says_what_for_without_taking_it(
    cast: Cast,
) -> None:
    slot_id = offers(cast.karim)
    free = slot(slot_id, cast.yanick)
    assert free
    with acting(cast.yanick), pytest.raises(ProgrammingError), transaction.atomic():
        Slot.objects.filter(pk=slot_id).update(
            asked_by=cast.ines.user_id, asked_stay_id=uuid_of("a stay"), asked_at=MONDAY
        )
    asks(cast.ines, slot_id)
    with acting(cast.ines):
        mine = Supervision.objects.get()
    row = Supervision(
        id=uuid_of("forged"), supervisor_id=mine.supervisor_id,
        offered_stay_id=mine.offered_stay_id,
        asked_by=mine.asked_by, asked_stay_id=mine.asked_stay_id, asked_at=MONDAY,
    )  # fmt: skip
    with acting(cast.ines), pytest.raises(ProgrammingError), transaction.atomic():
        Supervision.objects.bulk_create([row])


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_for_one_slot_and_for_three(
    cast: Cast, number: int, django_assert_num_queries
) -> None:
    for which in range(number):
        starts = STARTS + timedelta(hours=which)
        slot_id = offers(cast.louise, which=f"mine {which}", starts_at=starts)
        asks(cast.ines, slot_id)
        offers(cast.louise, which=f"free {which}", starts_at=starts)
        writes(cast.ines, slot_id, which=str(which), at=MONDAY)
    with clock.at(TUESDAY):
        ines = signed_in(cast.ines, at=TUESDAY)
        ines.get(PAGE)
        with django_assert_num_queries(6):
            assert ines.get(PAGE).status_code == 200
        with django_assert_num_queries(11):
            assert ines.get(f"{PAGE}{slot_id}/").status_code == 200


def test_a_supervision_that_took_place_is_said_once(cast: Cast) -> None:
    slot_id = held(cast)
    holds_it(cast.ines, slot_id, at=AFTER + timedelta(minutes=1))

    found = slot(slot_id, cast.ines, AFTER)
    assert found is not None
    assert (found.outcome, found.ended_at) == (Outcome.HELD, AFTER)
