"""What do the pages of committees show, ask and refuse?"""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.partners.committees import actions
from spheres.partners.committees.actions import Called
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.committees import (
    DAY,
    HELD,
    IDENTIFIED,
    MEETING,
    QUESTION,
    VIGNETTE,
    WORDS,
    bring,
    bring_with_agreement,
    clinical,
    convene,
)
from tests.pages import Page, signed_in, untranslated

pytestmark = pytest.mark.django_db
HERE = f"/committees/meetings/{MEETING}/"
ITEM = f"/committees/items/{IDENTIFIED}/"


@pytest.fixture(autouse=True)
def at_the_meeting():  # type: ignore[no-untyped-def]
    with clock.at(HELD):
        yield


def browser(who: Actor, language: str = "fr") -> Client:
    return signed_in(who, at=HELD, language=language)


def shown(answer: Any) -> str:
    body = answer.content.decode()
    return str(body[body.index("<main") : body.index("</main>")])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_say_everything_in_both_languages(cast: Cast, language: str) -> None:
    meeting = convene(cast)
    bring(cast, meeting)
    bring_with_agreement(cast, meeting)
    with acting(cast.louise):
        of = f"/committees/{clinical().pk}/"
    pages = [
        "/committees/", of, f"{of}members/new/", f"{of}meetings/new/", HERE, f"{HERE}move/",
        f"{HERE}bring/", ITEM, f"/committees/items/{VIGNETTE}/",
    ]  # fmt: skip
    with untranslated() as missing:
        for slug in ("louise", "ines", "samir", "roy"):
            client = browser(getattr(cast, slug), language)
            statuses = [client.get(page).status_code for page in pages]
            assert set(statuses) <= {200, 403, 404}, slug
            if slug == "louise":
                assert statuses == [200] * 9

    assert missing == set()


def test_the_agenda_costs_the_same_for_one_item_and_for_three(cast: Cast) -> None:
    meeting = convene(cast)
    bring(cast, meeting)

    def cost(who: Actor) -> int:
        client = browser(who)
        client.get(HERE)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(HERE).status_code == 200
        return len(asked)

    once = {slug: cost(getattr(cast, slug)) for slug in ("louise", "roy")}
    for number in range(2):
        bring(cast, meeting, uuid_of(f"vignette {number}"))
    assert {slug: cost(getattr(cast, slug)) for slug in ("louise", "roy")} == once
    assert once == {"louise": 11, "roy": 11}


def test_an_item_costs_the_same_for_one_promise_and_for_three(cast: Cast) -> None:
    bring(cast, convene(cast))
    here = f"/committees/items/{VIGNETTE}/"

    def take_on(number: int) -> None:
        with acting(cast.louise, HELD):
            actions.promise(
                uuid_of(f"promise {number}"), VIGNETTE, "Proposer deux dates.",
                owner_id=cast.ines.user_id, organisation_id=cast.ines.organisation_id,
                due_on=DAY + timedelta(days=7), by=cast.louise, at=HELD,
            )  # fmt: skip

    def cost(who: Actor) -> int:
        client = browser(who)
        client.get(here)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(here).status_code == 200
        return len(asked)

    take_on(1)
    once = {slug: cost(getattr(cast, slug)) for slug in ("louise", "ines")}
    take_on(2)
    take_on(3)
    assert {slug: cost(getattr(cast, slug)) for slug in ("louise", "ines")} == once
    assert once == {"louise": 8, "ines": 8}


def test_an_item_of_somebody_who_agrees_costs_no_more(cast: Cast) -> None:
    bring_with_agreement(cast, convene(cast))

    def cost(who: Actor) -> int:
        client = browser(who)
        client.get(ITEM)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(ITEM).status_code == 200
        return len(asked)

    # Whoever brought it is told of whose file it is; whoever chairs opens no word.
    assert {slug: cost(getattr(cast, slug)) for slug in ("louise", "ines", "samir")} == {
        "louise": 6, "ines": 9, "samir": 8,
    }  # fmt: skip


def test_a_committee_costs_eight_statements_however_many_sit_and_meet(cast: Cast) -> None:
    convene(cast)
    with acting(cast.louise):
        of = f"/committees/{clinical().pk}/"

    def cost(who: Actor) -> int:
        client = browser(who)
        client.get(of)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(of).status_code == 200
        return len(asked)

    once = {slug: cost(getattr(cast, slug)) for slug in ("louise", "roy")}
    with acting(cast.louise):
        for rank in (1, 2):
            day = DAY + timedelta(days=7 * rank)
            called = Called(uuid_of(f"meeting {rank}"), day, time(9), time(10), "IN_PERSON")
            actions.call(clinical(), called, by=cast.louise, at=MONDAY)
    assert {slug: cost(getattr(cast, slug)) for slug in ("louise", "roy")} == once
    assert max(once.values()) <= 8


def test_what_names_somebody_is_said_before_it_is_kept_and_kept_once_looked_at(cast: Cast) -> None:
    convene(cast)
    client = browser(cast.ines)
    sent = {
        **Page(client.get(f"{HERE}bring/").content.decode()).fields,
        "mode": "VIGNETTE", "about": str(cast.maya.file_id), "question": QUESTION,
        "words": "Elle dort chez Mélissa TREMBLAY, rue Ontario.", "minutes": "20",
    }  # fmt: skip

    first = client.post(f"{HERE}bring/", sent)
    assert first.status_code == 422
    for words in ("Mélissa TREMBLAY", "rue Ontario"):
        assert words in shown(first)
    assert client.post(f"{HERE}bring/", {**sent, "looked_again": "yes"}).status_code == 302


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"about": ""}, "about"),
        ({"words": ""}, "words"),
        ({"question": ""}, "question"),
        ({"mode": "CONSENT", "about": "nobody"}, "about"),
        ({"minutes": "500"}, "minutes"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(cast: Cast, changed: dict, field: str) -> None:  # type: ignore[type-arg]
    convene(cast)
    client = browser(cast.ines)
    sent = {
        **Page(client.get(f"{HERE}bring/").content.decode()).fields,
        "mode": "VIGNETTE", "about": "nobody", "question": QUESTION, "words": WORDS,
        "minutes": "20",
    }  # fmt: skip
    answer = client.post(f"{HERE}bring/", sent | changed)

    assert answer.status_code == 422
    assert re.search(rf'href="#[^"]*{field}', shown(answer))


def test_with_her_agreement_no_other_words_go_beside_those_that_were_frozen(cast: Cast) -> None:
    convene(cast)
    client = browser(cast.ines)
    sent = {
        **Page(client.get(f"{HERE}bring/").content.decode()).fields,
        "mode": "CONSENT", "about": str(cast.maya.file_id), "question": QUESTION, "words": WORDS,
        "minutes": "20",
    }  # fmt: skip
    answer = client.post(f"{HERE}bring/", sent)

    assert WORDS not in shown(client.get(answer.headers["Location"]))


def test_what_is_closed_answers_as_what_does_not_exist(cast: Cast) -> None:
    meeting = convene(cast)
    bring_with_agreement(cast, meeting)
    client = browser(cast.roy)

    for verb in ("get", "post"):
        for way in ("", "place/", "off/", "held/", "minutes/", "promises/"):
            closed = getattr(client, verb)(f"{ITEM}{way}")
            nothing = getattr(client, verb)(f"/committees/items/{uuid_of('nothing')}/{way}")
            assert closed.status_code == nothing.status_code, way
            assert closed.status_code in {404, 405}, way


def test_the_chair_sees_who_steps_out_and_not_of_whom_it_is(cast: Cast) -> None:
    meeting = convene(cast)
    bring_with_agreement(cast, meeting)
    page = shown(browser(cast.louise).get(ITEM))

    assert "Roy (Police)" in page
    assert "Maya" not in page
    assert QUESTION not in page


def test_typed_minutes_that_name_somebody_come_back_whole_to_be_looked_at(cast: Cast) -> None:
    meeting = convene(cast)
    bring(cast, meeting)
    client = browser(cast.louise)
    here = f"/committees/items/{VIGNETTE}/"
    fields = Page(client.get(here).content.decode()).fields
    answer = client.post(f"{here}minutes/", {**fields, "words": "On a parlé de Bouchard."})

    assert answer.status_code == 422
    assert "Bouchard" in shown(answer)
    assert client.post(f"{here}minutes/", {**fields, "words": "On a parlé."}).status_code == 302


def test_a_meeting_is_not_called_for_a_day_that_is_past(cast: Cast) -> None:
    convene(cast)
    with acting(cast.louise):
        here = f"/committees/{clinical().pk}/meetings/new/"
    client = browser(cast.louise)
    fields = Page(client.get(here).content.decode()).fields
    sent = {
        **fields, "held_on_day": "1", "held_on_month": "3", "held_on_year": "2026",
        "starts": "09:30", "ends": "09:00", "place": "REMOTE",
    }  # fmt: skip
    answer = client.post(here, sent)

    assert answer.status_code == 422
    assert {"held_on", "ends"} <= set(re.findall(r'href="#id_(\w+?)(?:_day)?"', shown(answer)))
    good = {**sent, "held_on_day": str(DAY.day + 7), "ends": "11:00"}
    assert client.post(here, good).status_code == 302


def test_whoever_is_concerned_by_no_committee_is_told_so(cast: Cast) -> None:
    convene(cast)

    assert browser(cast.nadia).get("/committees/").status_code == 403
    assert browser(cast.nadia).get(HERE).status_code == 404
    assert browser(cast.yanick).get(HERE).status_code == 200  # may bring something
    assert "agenda" not in shown(browser(cast.yanick).get(HERE))


def test_every_way_that_the_first_page_shows_opens(cast: Cast) -> None:
    """Nobody is led to a page that then refuses them."""
    shown_to = {}
    for slug in ("louise", "ines", "karim", "roy", "amrani"):
        client = browser(getattr(cast, slug))
        page = shown(client.get("/committees/"))
        ways = re.findall(r'class="card-title">(?:(?!</h).)*<a href="([^"]+)"', page, re.DOTALL)
        assert "/cards/" in ways or slug == "roy"
        assert {way: client.get(way).status_code for way in ways} == dict.fromkeys(ways, 200)
        shown_to[slug] = "/self-assessment/" in ways

    assert shown_to == {
        "louise": True, "ines": False, "karim": True, "roy": False, "amrani": False,
    }  # fmt: skip
