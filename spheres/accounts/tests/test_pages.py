"""Do the pages of the door and of the account say what they should, in both languages?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, URLResolver
from django.urls.resolvers import RegexPattern

from spheres.accounts import actions, urls
from spheres.accounts.sessions import DOORKEEPER, device_words
from spheres.accounts.tests.conftest import browser, enrol_passkey, events
from spheres.core import clock
from spheres.core.actor import Actor
from tests.cast import LOADER, MONDAY, Cast, acting, add_person

MINE = {
    "/account/": ("Mon compte", "My account"),
    "/account/devices/": ("Mes appareils", "My devices"),
    "/account/passkeys/new/": ("Ajouter une clé d’accès", "Add a passkey"),
    "/prove/": ("Est-ce toujours vous?", "Is it still you?"),
}
MANAGER_S = {
    "/members/": ("Les comptes de mon organisme", "My organisation’s accounts"),
    "/members/invite/": ("Inviter quelqu’un", "Let someone in"),
}


def page(client: Client, path: str, language: str) -> HttpResponse:
    client.cookies["django_language"] = language
    with clock.at(MONDAY):
        return client.get(path)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", [*MINE, *MANAGER_S])
def test_a_page_says_its_title(cast: Cast, manon: Actor, path: str, language: str) -> None:
    title = {**MINE, **MANAGER_S}[path][language == "en"]

    answer = page(browser(manon), path, language)

    assert answer.status_code == 200
    assert f"<h1>{title}</h1>" in answer.content.decode()


@pytest.mark.parametrize("path", MANAGER_S)
def test_only_managers_see_the_accounts_of_their_organisation(cast: Cast, path: str) -> None:
    assert page(browser(cast.ines), path, "fr").status_code == 403


def test_a_person_of_another_organisation_does_not_exist_here(cast: Cast, manon: Actor) -> None:
    client = browser(manon)

    found = [
        page(client, f"/members/{one}/release/", "fr").status_code
        for one in (cast.samir.user_id, cast.maya.file_id, cast.ines.user_id)
    ]

    assert found == [404, 404, 200]


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_of_accounts_costs_the_same(cast: Cast, manon: Actor, people: int) -> None:
    with acting(LOADER):
        for number in range(people):
            add_person(f"Person {number}", cast.la_maison, "trainer")
    client = browser(manon)
    with CaptureQueriesContext(connection) as asked:
        page(client, "/members/", "fr")

    assert len(asked) == 17


@pytest.mark.parametrize("sessions", [1, 2])
def test_the_page_of_devices_costs_the_same(cast: Cast, sessions: int) -> None:
    clients = [browser(cast.ines) for _ in range(sessions)]
    with CaptureQueriesContext(connection) as asked:
        page(clients[-1], "/account/devices/", "fr")

    assert len(asked) == 6


def test_the_language_chosen_is_kept_on_the_account(cast: Cast) -> None:
    client = browser(cast.ines)
    with clock.at(MONDAY):
        client.post("/account/language/", {"language": "en"})
        client.post("/account/language/", {"language": "xx"})
        elsewhere = browser(cast.ines).get("/account/").content.decode()

    assert "<h1>My account</h1>" in elsewhere


def test_the_look_chosen_is_kept_by_the_browser(cast: Cast) -> None:
    client = browser(cast.ines)
    with clock.at(MONDAY):
        client.post("/account/look/", {"theme": "dark"})
        dark = client.get("/account/").content.decode()
        client.post("/account/look/", {"theme": "auto"})
        as_the_device = client.get("/account/").content.decode()

    assert 'data-theme="dark"' in dark
    assert "data-theme" not in as_the_device


@pytest.fixture
def demo(settings: Any) -> None:
    """The addresses of a site that was started on a demonstration's database."""
    settings.ROOT_URLCONF = "spheres.accounts.tests.urls_demo"


def test_in_a_demo_one_comes_in_as_anybody_invented(cast: Cast, demo: None) -> None:
    client = browser()
    with clock.at(MONDAY):
        door = client.get("/sign-in/").content.decode()
        client.post("/sign-in/as/", {"user": str(cast.ines.user_id), "next": "/account/"})
        inside = client.get("/account/")

    assert str(cast.ines.user_id) in door
    assert inside.context["actor"] == cast.ines


def test_in_a_demo_one_press_stands_for_the_proof(cast: Cast, demo: None) -> None:
    client = browser(cast.ines)
    with clock.at(MONDAY + timedelta(minutes=6)):
        asked = client.get("/account/passkeys/new/")
        page = client.get(asked.headers["Location"]).content.decode()
        proved = client.post("/prove/as/", {"next": "/account/passkeys/new/"})
        inside = client.get(proved.headers["Location"])

    assert "Confirmer que c’est moi" in page
    assert inside.status_code == 200


def test_in_a_demo_nobody_unknown_comes_in(cast: Cast, demo: None) -> None:
    with clock.at(MONDAY):
        found = [
            browser().post("/sign-in/as/", {"user": user}).status_code
            for user in ("", "x", str(cast.maya.file_id))
        ]

    assert found == [404, 404, 404]


def test_without_the_mark_the_addresses_of_the_demo_do_not_exist() -> None:
    real = URLResolver(RegexPattern(r"^/"), urls.addresses(in_a_demo=False))
    demo = URLResolver(RegexPattern(r"^/"), urls.addresses(in_a_demo=True))

    for path in ("/sign-in/as/", "/prove/as/"):
        assert demo.resolve(path)
        with pytest.raises(Resolver404):
            real.resolve(path)


@pytest.mark.parametrize("path", ["/sign-in/as/", "/prove/as/"])
def test_without_the_mark_the_demo_s_views_answer_as_if_they_were_not_there(
    people: Cast, path: str
) -> None:
    client = browser(people.ines)
    with clock.at(MONDAY):
        answer = client.post(path, {"user": str(people.louise.user_id)})
        door = browser().get("/sign-in/").content.decode()

    assert answer.status_code == 404
    assert "Louise" not in door


def test_every_page_of_a_demo_says_so(cast: Cast) -> None:
    with clock.at(MONDAY):
        pages = [
            browser().get("/sign-in/"),
            browser(cast.ines).get("/account/"),
            browser(cast.ines).get("/nowhere/"),
        ]

    assert all("demo-banner" in one.content.decode() for one in pages)


def test_a_sign_in_is_in_the_doorkeeper_s_journal(cast: Cast) -> None:
    client = browser(cast.ines)
    with clock.at(MONDAY + timedelta(minutes=16)):
        client.get("/account/")
        client.get("/account/")
    with clock.at(MONDAY + timedelta(minutes=17)):
        actions.unlock(client.cookies["session"].value, at=MONDAY + timedelta(minutes=17))

    assert events(DOORKEEPER.user_id, "signed_in", "locked", "unlocked") == [
        "signed_in",
        "locked",
        "unlocked",
    ]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; rv:130.0) Firefox/130.0",
            "Firefox · Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17 like Mac OS X) Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/128.0 Safari/537.36 Edg/128.0", "Edge · Linux"),
        ("curl/8.5", ""),
        ("", ""),
    ],
)
def test_a_device_is_said_by_its_family_only(agent: str, words: str) -> None:
    assert device_words(agent) == words


def test_the_devices_page_says_which_one_this_is(cast: Cast) -> None:
    enrol_passkey(cast.ines)
    browser(cast.ines, browser=actions.Browser("Chrome · Android"), shared=True)
    client = browser(cast.ines, browser=actions.Browser("Firefox · Windows"))

    said = page(client, "/account/devices/", "fr").content.decode()

    assert said.count("celui-ci") == 1
    assert "Chrome · Android" in said
    assert "partagé" in said
