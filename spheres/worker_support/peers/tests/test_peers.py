"""Does whoever offers to be reached stand there for all partners, and go without a trace?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from spheres.accounts import actions as accounts
from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.sharing.models import Stay
from spheres.worker_support.peers.models import PeerOffer
from spheres.worker_support.peers.tests.factories import REACH, SENTENCE, names_seen_by, offers
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of
from tests.pages import Page, signed_in, visitor

pytestmark = pytest.mark.django_db
PAGE = "/peers/"
OFFER = "/peers/offer/"


def of_role(cast: Cast, role: Role) -> Actor:
    with acting(LOADER):
        return add_person(f"Person {role.value}", cast.elsewhere, role)


def typed(client, **said: object) -> dict[str, object]:
    page = Page(client.get(OFFER).content.decode())
    begun = {"ways": ["PHONE"], "languages": ["fr"], "reach": REACH}
    return {"form_id": page.fields["form_id"]} | begun | said


def test_one_offers_to_be_reached_from_one_page_and_twice_is_once(cast: Cast) -> None:
    with clock.at(MONDAY):
        karim = signed_in(cast.karim, language="en")
        said = typed(karim, words=SENTENCE, themes=["motivational"], hours="Mardi")
        sent = [karim.post(OFFER, said).status_code for _ in range(2)]
        samir = signed_in(cast.samir, language="en").get(PAGE).content.decode()

    assert sent == [302, 302]
    assert [word in samir for word in ("Karim", "La Maison", SENTENCE, REACH, "Mardi")] == [
        True
    ] * 5
    assert ("Motivational interviewing" in samir, "French" in samir) == (True, True)


def test_how_to_be_reached_is_needed_and_nothing_typed_is_lost(cast: Cast) -> None:
    with clock.at(MONDAY):
        karim = signed_in(cast.karim, language="en")
        empty = karim.post(OFFER, typed(karim, reach="", words=SENTENCE))
        forged = karim.post(OFFER, typed(karim, ways=["PIGEON"]))

    assert (empty.status_code, forged.status_code) == (422, 422)
    assert SENTENCE in empty.content.decode()
    assert names_seen_by(cast.samir) == []


@pytest.mark.parametrize("role", list(Role))
def test_all_who_work_at_a_partner_find_it(cast: Cast, role: Role) -> None:
    offers(cast.karim)
    other = of_role(cast, role)

    assert names_seen_by(other) == ["Karim"]
    with acting(other):
        assert PeerOffer.objects.all().delete()[0] == 0
    assert names_seen_by(other) == ["Karim"]


def test_nobody_from_outside_finds_it(cast: Cast) -> None:
    offers(cast.karim)

    assert visitor().get(PAGE).status_code == 302


def test_said_otherwise_it_takes_the_place_of_what_was_said(cast: Cast) -> None:
    offers(cast.karim)
    offers(cast.karim, which="two", words="Écrivez-moi.")
    with acting(cast.samir):
        rows = PeerOffer.objects.count()
    with clock.at(MONDAY):
        page = signed_in(cast.samir).get(PAGE).content.decode()

    assert (rows, SENTENCE in page, "Écrivez-moi." in page) == (1, False, True)


def test_what_stands_is_given_back_to_be_said_otherwise(cast: Cast) -> None:
    offers(cast.karim)
    with clock.at(MONDAY):
        form = signed_in(cast.karim).get(OFFER).content.decode()

    assert (SENTENCE in form, REACH in form) == (True, True)


def test_withdrawn_it_is_gone_at_the_next_statement_without_a_trace(cast: Cast) -> None:
    offers(cast.karim)
    with clock.at(MONDAY):
        samir = signed_in(cast.samir)
        before = samir.get(PAGE).content.decode()
        karim = signed_in(cast.karim)
        done = [karim.post("/peers/withdraw/").status_code for _ in range(2)]
        after = samir.get(PAGE).content.decode()

    assert done == [302, 302]
    assert ("Karim" in before, "Karim" in after) == (True, False)
    with acting(cast.samir):
        assert PeerOffer.objects.count() == 0


def test_whoever_leaves_is_gone_at_that_moment(cast: Cast) -> None:
    offers(cast.karim)
    with acting(LOADER):
        manager = add_person("Manon", cast.la_maison, Role.ORGANISATION_MANAGER)
    with acting(manager, TUESDAY):
        accounts.end_membership(cast.karim.user_id, by=manager, at=TUESDAY)

    assert names_seen_by(cast.samir, TUESDAY - timedelta(minutes=1)) == ["Karim"]
    assert names_seen_by(cast.samir, TUESDAY) == []


def test_nobody_is_offered_by_another(cast: Cast) -> None:
    offers(cast.karim)
    with acting(cast.karim):
        stay_id = Stay.objects.get().pk
    for user_id in (cast.ines.user_id, cast.karim.user_id):
        row = PeerOffer(
            id=uuid_of("forged"), user_id=user_id, stay_id=stay_id, offered_at=MONDAY,
            organisation_id=cast.la_maison.pk, themes=[], languages=[], ways=[],
        )  # fmt: skip
        with acting(cast.ines), pytest.raises(ProgrammingError), transaction.atomic():
            PeerOffer.objects.bulk_create([row])


def test_how_i_am_leads_to_a_colleague_in_one_press(cast: Cast) -> None:
    with clock.at(MONDAY):
        page = signed_in(cast.ines, language="en").get("/how-i-am/").content.decode()

    assert f'href="{PAGE}"' in page[page.index("<main") : page.index("</main>")]


def test_the_other_ways_between_colleagues_stand_on_the_page_and_not_in_the_menu(
    cast: Cast,
) -> None:
    with clock.at(MONDAY):
        page = signed_in(cast.ines, language="en").get(PAGE).content.decode()
    inside = page[page.index("<main") : page.index("</main>")]
    ways = ("/support-along-the-way/", "/practice-groups/", "/where-i-stand/", "/good-words/")

    assert [f'href="{way}"' in inside for way in ways] == [True] * 4
    assert [page.count(f'href="{way}"') for way in ways] == [1] * 4


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_colleague_and_for_three(
    cast: Cast, number: int, django_assert_num_queries
) -> None:
    for who in ("karim", "ines", "louise")[:number]:
        offers(getattr(cast, who), which=who)
    with clock.at(TUESDAY):
        samir = signed_in(cast.samir, at=TUESDAY)
        samir.get(PAGE)
        with django_assert_num_queries(9):
            assert samir.get(PAGE).status_code == 200
