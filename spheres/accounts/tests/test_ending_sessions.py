"""Does a manager end all that is open of a colleague at once, and learn nothing by it?"""

from __future__ import annotations

from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse

from spheres.accounts import actions
from spheres.accounts.models import Session
from spheres.accounts.tests.conftest import browser, enrol_passkey, events, session_of, try_passkey
from spheres.accounts.tests.test_sessions import ask
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from tests.cast import LOADER, MONDAY, Cast, acting, add_person


def address(who: Actor) -> str:
    return f"/members/{who.user_id}/sessions/"


def press(by: Actor, who: Actor, at: datetime = MONDAY) -> HttpResponse:
    with clock.at(at):
        return browser(by, at).post(address(who))


def page(by: Actor, who: Actor, at: datetime = MONDAY, language: str = "en") -> tuple[int, str]:
    client = browser(by, at)
    client.cookies["django_language"] = language
    with clock.at(at):
        answer = client.get(address(who))
    return answer.status_code, unescape(answer.content.decode()).replace("\u00a0", " ")


@pytest.mark.parametrize("who", ["manon", "theo"])
def test_all_that_is_open_of_a_colleague_ends_and_the_account_stays(
    cast: Cast, request: pytest.FixtureRequest, who: str
) -> None:
    by: Actor = request.getfixturevalue(who)
    device = enrol_passkey(cast.ines)
    open_ones = [browser(cast.ines), browser(cast.ines, shared=True)]

    answer = press(by, cast.ines)

    assert answer.headers["Location"] == address(cast.ines)
    assert [ask(one, 0) for one in open_ones] == ["/sign-in/"] * 2
    assert {session_of(one).ended_why for one in open_ones} == {Session.Ended.ENDED}
    assert try_passkey(device) == cast.ines.user_id
    assert events(by.user_id, "sessions_ended") == ["sessions_ended"]


def test_whoever_it_was_reads_why_at_the_door(cast: Cast, manon: Actor) -> None:
    client = browser(cast.ines)
    press(manon, cast.ines)
    with clock.at(MONDAY):
        client.get("/")
        client.cookies["django_language"] = "en"
        door = unescape(client.get("/sign-in/").content.decode())

    assert "Your organisation ended all your sessions." in door


def test_the_page_says_the_same_whether_anything_was_open_or_not(cast: Cast, manon: Actor) -> None:
    status, before = page(manon, cast.ines)
    browser(cast.ines)
    _, during = page(manon, cast.ines)

    words = [text.split("<h1>")[1].split("<form")[0] for text in (before, during)]
    assert status == 200
    assert words[0] == words[1]
    assert "The sessions of Inès" in words[0]


@pytest.mark.parametrize(("minutes", "said"), [(1, True), (11, False)])
def test_what_was_just_done_is_said_for_a_moment(
    cast: Cast, manon: Actor, minutes: int, said: bool
) -> None:
    press(manon, cast.ines)

    _, words = page(manon, cast.ines, MONDAY + timedelta(minutes=minutes))

    assert ("All that was open is ended" in words) is said


def test_each_ends_their_own_from_their_devices(cast: Cast, manon: Actor) -> None:
    assert page(manon, manon)[0] == 403
    assert press(manon, manon).status_code == 403


def test_a_person_of_another_organisation_does_not_exist_here(cast: Cast, manon: Actor) -> None:
    open_one = browser(cast.samir)

    assert [page(manon, cast.samir)[0], press(manon, cast.samir).status_code] == [404, 404]
    assert ask(open_one, 0) != "/sign-in/"


@pytest.mark.parametrize("of", ["ines", "karim", "nadia"])
def test_nobody_but_a_manager_does_it(cast: Cast, manon: Actor, of: str) -> None:
    by: Any = getattr(cast, of)
    with acting(LOADER):
        colleague = add_person("Zoé", cast.la_maison, "trainer")
    open_one = browser(colleague)
    with acting(by), pytest.raises(NotAllowed):
        actions.end_sessions(colleague.user_id, by=by, at=MONDAY)

    assert ask(open_one, 0) != "/sign-in/"
