"""Does the portrait of the region say who offers what, and in plain words what nobody offers?"""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.accounts.models import Organisation, Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.directory import queries as directory
from spheres.directory.models import Resource
from spheres.partners.cards import actions, drawing, offering, queries
from spheres.partners.cards.forms import CardForm
from spheres.partners.cards.offering import Region
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
SAID = {"mandate": "Accueillir.", "scope": "Un accueil de jour.", "limits": "Pas la nuit."}


def say(cast: Cast, *services: str, by: Actor | None = None, at=MONDAY) -> None:  # type: ignore[no-untyped-def]
    who = by or cast.karim
    with acting(who, at):
        actions.say(uuid4(), **SAID, services=services, by=who, at=at)


def region(who: Actor, at=TUESDAY) -> Region:  # type: ignore[no-untyped-def]
    with acting(who, at):
        return offering.region(queries.partners(actor=who), actor=who)


def offered(found: Region) -> dict[str, list[str]]:
    return {one.label: one.partners for one in found.services if one.partners}


def test_the_newest_card_of_each_says_what_it_offers(cast: Cast) -> None:
    with acting(LOADER):
        rachel = add_person("Rachel", cast.elsewhere, Role.TEAM_LEAD)
    say(cast, "food", "shelter")
    say(cast, "food", at=TUESDAY)
    say(cast, "food", "talk", by=rachel)

    assert offered(region(cast.roy)) == {
        "Manger": ["Ailleurs", "La Maison"], "Parler à quelqu’un": ["Ailleurs"],
    }  # fmt: skip


def test_a_gap_is_what_no_partner_offers_and_who_said_nothing_is_named_apart(cast: Cast) -> None:
    say(cast, "food")
    found = region(cast.ines)
    gaps = {one.label for one in (*found.only_elsewhere, *found.nowhere)}

    assert gaps == {one.label for one in found.services} - {"Manger"}
    assert "La Maison" not in found.silent
    assert "Ailleurs" in found.silent


def test_partners_stand_in_their_sector_with_their_parts(cast: Cast) -> None:
    found = region(cast.ines)
    with acting(cast.ines, TUESDAY):
        partners = queries.partners(actor=cast.ines)

    stood = [one.pk for sector in found.sectors for one, _parts in sector.partners]
    assert sorted(stood) == sorted(one.pk for one in partners)
    for sector in found.sectors:
        assert {one.get_kind_display() for one, _parts in sector.partners} == {sector.label}


def test_the_picture_and_the_table_say_the_same(cast: Cast) -> None:
    say(cast, "food", "shelter")
    found = region(cast.ines)
    picture = drawing.grid(found)

    assert len(picture.rows) == len(found.services)
    for row, service in zip(picture.rows, found.services, strict=True):
        assert " ".join(words for _y, words in row.lines) == service.label
        assert [spot.number for spot in row.spots] == [len(names) for names in service.by_sector]
    assert all(0 < spot.x < picture.width for row in picture.rows for spot in row.spots)
    assert all(0 < spot.y < picture.height for row in picture.rows for spot in row.spots)


def test_pairs_that_said_nothing_are_named_once(cast: Cast) -> None:
    with acting(cast.karim):
        towards = Organisation.objects.get(pk=cast.elsewhere.pk)
        actions.expect(
            uuid_of("tie"), towards, expects="Un appel.", offers="Un local.", by=cast.karim,
            at=MONDAY,
        )  # fmt: skip
    with acting(cast.ines, TUESDAY):
        partners = queries.partners(actor=cast.ines)
        pairs = offering.apart(partners, queries.ties(actor=cast.ines, at=TUESDAY))

    number = len(partners)
    assert len(pairs) == number * (number - 1) // 2 - 1
    assert ("Ailleurs", "La Maison") not in pairs


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_says_everything_in_both_languages(cast: Cast, language: str) -> None:
    client = signed_in(cast.ines, language=language)
    with acting(LOADER):  # of the directory, nobody offers work any more
        Resource.objects.filter(domains__contains=["work"]).update(is_offered=False)
    with clock.at(MONDAY), untranslated() as missing:
        empty = unescape(client.get("/cards/region/").content.decode())
        say(cast, "food")
        full = unescape(client.get("/cards/region/").content.decode())

    assert missing == set()
    assert re.findall(r'class="(\w+-picture)"', full) == ["offers-picture", "ties-picture"]
    gap = {"fr": "À notre connaissance, personne", "en": "Nobody in the region offers"}[language]
    assert gap in empty
    assert {"fr": "<li>Travail</li>", "en": "<li>Work</li>"}[language] in empty
    assert {"fr": "Manger", "en": "Food"}[language] in full


def test_whoever_leads_ticks_what_they_offer_and_an_unknown_service_is_refused(cast: Cast) -> None:
    client = signed_in(cast.karim)
    sent = {**SAID, "form_id": CardForm.signer().sign(uuid4().hex)}
    with clock.at(MONDAY):
        wrong = client.post("/cards/ours/", {**sent, "services": ["food", "nothing"]})
        right = client.post("/cards/ours/", {**sent, "services": ["food", "talk"]})
        card = unescape(client.get(f"/cards/{cast.la_maison.pk}/").content.decode())

    assert (wrong.status_code, right.status_code) == (422, 302)
    with acting(cast.karim):
        labels = [one.label for one in directory.words(directory.DOMAINS)]
        assert offering.labels(["talk", "food"]) == [
            one for one in labels if one in {"Manger", "Parler à quelqu’un"}
        ]
    assert "Manger" in card


@pytest.mark.parametrize("number", [1, 3])
def test_it_asks_the_same_of_the_database_whatever_was_said(cast: Cast, number: int) -> None:
    for shift in range(number):
        say(cast, "food", "talk", at=MONDAY if not shift else TUESDAY)
    client = signed_in(cast.ines, at=TUESDAY)
    with clock.at(TUESDAY), CaptureQueriesContext(connection) as asked:
        assert client.get("/cards/region/").status_code == 200

    assert len(asked) == 10
