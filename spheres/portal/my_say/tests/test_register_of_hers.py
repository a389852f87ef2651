"""Does her register, in her notebook, say of each thing told where it stands, and nothing that may
harm her?"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client

from spheres.core import clock
from spheres.followup.danger import actions as danger
from spheres.followup.danger.tests.factories import CALL, MORNING, call
from spheres.followup.disclosures.tests import factories as disclosures
from spheres.portal.my_say.tests.factories import SAY, past_pin
from spheres.portal.notebook.tests.factories import (
    EVERYTHING,
    come_in,
    confirm_contact,
    give_code,
    herself,
    open_notebook,
    telephone,
)
from spheres.privacy.incidents.tests import factories as incidents
from spheres.privacy.legal_demands.models import Informing
from spheres.privacy.legal_demands.tests import factories as demands
from spheres.records.spoken import Told
from spheres.sharing.models import Disclosure, DisclosureStep
from tests.cast import MONDAY, TUESDAY, Cast, acting
from tests.pages import learn_french, signed_in

learn_french()
LATER = MONDAY + timedelta(hours=5)
READ_WITH = "n’est pas écrit ici : tu peux le lire avec ton intervenant·e"
STANDS = {
    "waits": "Une deuxième personne doit encore décider",
    "approved": "Cela peut être lu jusqu’au",
    "refused": "La deuxième personne a dit non",
    "taken back": "Tu as repris ton accord",
}


def opened(cast: Cast, at: datetime) -> Client:
    confirm_contact(cast, at=at)
    open_notebook(cast, "READ", EVERYTHING | SAY, at=at)
    give_code(cast, at=at)
    client = telephone()
    come_in(client, at=at)
    return client


def words_of(answer: object) -> str:
    page = answer.content.decode()  # type: ignore[attr-defined]
    main = page[page.find("<main") : page.find("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def register(cast: Cast, at: datetime = LATER) -> str:
    return words_of(past_pin(opened(cast, at), "/n/43/", at=at))


def read_together(cast: Cast, at: datetime = LATER) -> str:
    """The same page, on her worker's screen."""
    with clock.at(at):
        page = signed_in(cast.ines, at=at).get(f"/files/{cast.maya.file_id}/reading/together/told/")
    return words_of(page)


@pytest.mark.parametrize("way", ["NOT_NOW", "", "AFTER"])
def test_a_call_made_in_a_danger_is_not_in_her_notebook(cast: Cast, way: str) -> None:
    call(cast, cast.ines)
    if way:
        again = (MORNING + timedelta(days=3)).date() if way == "NOT_NOW" else None
        told = Told(uuid4(), way, "LIFE" if again else "", again)
        with acting(cast.ines, MORNING):
            danger.tell(cast.maya.file_id, CALL, told, by=cast.ines, at=MORNING)

    said = register(cast, MORNING + timedelta(hours=1))

    assert "Inès" not in said
    assert "911" not in said
    assert READ_WITH in said


def test_that_something_is_read_with_her_worker_is_said_when_there_is_nothing(cast: Cast) -> None:
    assert READ_WITH in register(cast)


def test_the_database_gives_her_notebook_no_line_of_a_danger(cast: Cast) -> None:
    call(cast, cast.ines)
    told = disclosures.told(cast).pk
    later = MORNING + timedelta(hours=1)
    opened(cast, later)

    with acting(herself(cast), later):
        assert [one.pk for one in Disclosure.objects.all()] == [told]
        assert {one.disclosure_id for one in DisclosureStep.objects.all()} == {told}


@pytest.mark.parametrize("became", ["waits", "approved", "refused", "taken back"])
def test_what_was_told_by_her_yes_stands_there_as_it_is_read_together(
    cast: Cast, became: str
) -> None:
    if became == "waits":
        disclosures.prepare(cast, disclosures.to_roy(cast))
    elif became == "refused":
        one = disclosures.prepare(cast, disclosures.to_roy(cast))
        disclosures.decide(one, cast.karim, is_approved=False, words="Trop large.")
    else:
        one = disclosures.told(cast)
        if became == "taken back":
            disclosures.take_back(cast, one)

    hers, together = register(cast), read_together(cast)

    for stands in STANDS.values():
        expected = stands == STANDS[became]
        assert (stands in hers, stands in together) == (expected, expected)


def test_an_incident_or_a_demand_that_may_not_be_told_yet_is_in_no_page_of_hers(cast: Cast) -> None:
    incidents.tell(cast.ines)
    incidents.concerns_maya(cast)
    incidents.assess(cast.nadia)
    again = (TUESDAY + timedelta(days=30)).date()
    incidents.give(cast.nadia, "WAIT", look_again_on=again, why="Une enquête est en cours.")
    matter = demands.link(cast)
    later = Informing.Way.LATER
    demands.inform(matter, by=cast.ines, way=later, ground="FORBIDDEN", look_again_on=again)
    at = TUESDAY + timedelta(hours=3)
    client = opened(cast, at)

    pages = [words_of(past_pin(client, f"/n/{number}/", at=at)) for number in (41, 42, 43)]

    told = ("incident", "répondre", "si tu as été", "te concerne")
    assert [(page, word) for page in pages for word in told if word in page] == []
