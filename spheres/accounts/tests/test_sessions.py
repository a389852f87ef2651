"""Does a session lock, end and renew at the hours of the table, and access end with the work?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from spheres.accounts import actions, queries
from spheres.accounts.models import Membership, Session, User
from spheres.accounts.queries.door import Visit
from spheres.accounts.sessions import DOORKEEPER
from spheres.accounts.tests.conftest import browser, enrol_passkey, session_of
from spheres.core import clock
from spheres.core.actor import Actor
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person

ACCOUNT = "/account/"


def ask(client: Client, minutes: float, path: str = ACCOUNT) -> str:
    """Where a page is asked so many minutes after the sign-in: itself, the lock or the door."""
    with clock.at(MONDAY + timedelta(minutes=minutes)):
        answer = client.get(path)
    return "page" if answer.status_code == 200 else answer.headers["Location"].split("?")[0]


@pytest.mark.parametrize(
    ("who", "shared", "minutes"),
    [
        ("ines", False, 15),
        ("louise", False, 10),
        ("theo", False, 10),
        ("ines", True, 5),
        ("louise", True, 5),
    ],
)
def test_an_idle_session_locks_at_its_hour(
    cast: Cast, theo: Actor, who: str, shared: bool, minutes: int
) -> None:
    actor = theo if who == "theo" else getattr(cast, who)

    before, after = browser(actor, shared=shared), browser(actor, shared=shared)

    assert ask(after, minutes) == "page"
    if actor is cast.ines:  # the others have one session only
        assert ask(before, minutes + 0.1) == "/unlock/"
    later = browser(actor, shared=shared)
    assert ask(later, minutes + 0.1) == "/unlock/"


def test_a_page_now_and_then_keeps_a_session_open_for_ten_hours_and_no_more(cast: Cast) -> None:
    client = browser(cast.ines)

    assert {ask(client, minute) for minute in range(0, 600, 10)} == {"page"}
    assert ask(client, 600) == "/sign-in/"


def test_a_locked_session_stays_locked_however_long_one_asks(cast: Cast) -> None:
    client = browser(cast.ines)

    assert [ask(client, minute) for minute in (16, 16.1, 17)] == ["/unlock/"] * 3


def test_a_worker_has_two_sessions_and_the_oldest_ends(cast: Cast) -> None:
    first, second = browser(cast.ines), browser(cast.ines, MONDAY + timedelta(minutes=1))

    third = browser(cast.ines, MONDAY + timedelta(minutes=2))

    assert [ask(one, 3) for one in (first, second, third)] == ["/sign-in/", "page", "page"]


def test_of_sessions_used_at_one_instant_the_one_opened_last_is_named_first(cast: Cast) -> None:
    opened = [MONDAY + timedelta(minutes=minute) for minute in (2, 4, 1, 5, 3)]
    with acting(DOORKEEPER):
        Session.objects.bulk_create(
            Session(
                key_hash=f"{at}", user_id=cast.ines.user_id, started_at=at, seen_at=TUESDAY,
                ends_at=TUESDAY + timedelta(hours=1),
            )
            for at in opened
        )  # fmt: skip

    with acting(cast.ines):
        found = queries.my_sessions(actor=cast.ines, visit=Visit(), at=TUESDAY)

    assert [one.started_at for one in found] == sorted(opened, reverse=True)


def test_a_coordinator_has_one_session(cast: Cast) -> None:
    first, second = browser(cast.louise), browser(cast.louise, MONDAY + timedelta(minutes=1))

    assert [ask(one, 3) for one in (first, second)] == ["/sign-in/", "page"]


def test_whoever_comes_back_to_an_ended_session_is_told_why(cast: Cast) -> None:
    first = browser(cast.louise)
    browser(cast.louise, MONDAY + timedelta(minutes=1))

    with clock.at(MONDAY + timedelta(minutes=2)):
        page = first.get("/sign-in/", headers={"cookie-language": "en"}).content.decode()

    assert "la plus ancienne a été fermée" in page


def test_opening_the_lock_and_proving_again_change_the_key(cast: Cast) -> None:
    client = browser(cast.ines)
    old = client.cookies["session"].value

    with clock.at(MONDAY):
        actions.lock(old)
        renewed = actions.unlock(old, at=MONDAY)
        again = actions.prove_again(renewed, at=MONDAY)

    assert len({old, renewed, again}) == 3
    keys = {}
    for name, key in {"old": old, "renewed": renewed, "again": again}.items():
        client.cookies["session"] = key
        keys[name] = ask(client, 1)
    assert keys == {"old": "/sign-in/", "renewed": "/sign-in/", "again": "page"}


def test_a_sensitive_act_asks_for_a_proof_of_the_last_five_minutes(cast: Cast) -> None:
    client = browser(cast.ines)

    assert ask(client, 5, "/account/passkeys/new/") == "page"
    assert ask(client, 5.1, "/account/passkeys/new/") == "/prove/"


def test_access_ends_with_the_last_day_of_the_last_membership(cast: Cast) -> None:
    with acting(LOADER):
        leaver = add_person(
            "Odile", cast.la_maison, "youth_worker", until=MONDAY + timedelta(minutes=5)
        )
    client = browser(leaver)

    assert [ask(client, minute) for minute in (4.9, 5)] == ["page", "/sign-in/"]


def test_one_membership_of_two_ends_and_the_other_goes_on(cast: Cast) -> None:
    client = browser(cast.ines)
    with acting(LOADER):
        Membership.objects.bulk_create([second_membership(cast)])
    with acting(DOORKEEPER):
        Membership.objects.filter(user_id=cast.ines.user_id, organisation=cast.la_maison).update(
            ends_at=MONDAY
        )

    assert ask(client, 1) == "page"


def second_membership(cast: Cast) -> Membership:
    from uuid import uuid4

    return Membership(
        id=uuid4(),
        user_id=cast.ines.user_id,
        organisation=cast.elsewhere,
        role="trainer",
        job_title_fr="Formatrice",
        job_title_en="Trainer",
        starts_at=MONDAY - timedelta(days=1),
    )


def test_a_closed_account_is_served_no_page_more(cast: Cast, manon: Actor) -> None:
    open_ones = [browser(cast.ines), browser(cast.ines, shared=True)]
    with acting(manon):
        actions.close(cast.ines.user_id, by=manon, at=MONDAY)

    assert [ask(one, 0) for one in open_ones for _ in range(3)] == ["/sign-in/"] * 6


def test_an_account_closed_in_the_database_alone_is_served_no_page_more(cast: Cast) -> None:
    client = browser(cast.ines)
    with acting(DOORKEEPER):
        User.objects.filter(pk=cast.ines.user_id).update(is_active=False)

    assert ask(client, 0) == "/sign-in/"


def test_an_access_ended_by_a_manager_ends_at_the_next_page(cast: Cast, manon: Actor) -> None:
    client = browser(cast.ines)
    with acting(manon):
        actions.end_membership(cast.ines.user_id, by=manon, at=MONDAY)

    assert ask(client, 0) == "/sign-in/"


def test_a_person_ends_all_her_other_sessions_and_keeps_this_one(cast: Cast) -> None:
    other, here = browser(cast.ines), browser(cast.ines)
    with clock.at(MONDAY):
        answer = here.post("/account/devices/end-others/")

    assert answer.headers["Location"] == "/account/devices/"
    assert (ask(other, 1), ask(here, 1)) == ("/sign-in/", "page")


def test_nobody_ends_a_session_of_somebody_else(cast: Cast) -> None:
    theirs, mine = browser(cast.ines), browser(cast.samir)
    with clock.at(MONDAY):
        mine.post("/account/devices/end/", {"session": session_of(theirs).id})

    assert ask(theirs, 1) == "page"


def test_signing_out_ends_the_session_in_the_database(cast: Cast) -> None:
    client = browser(cast.ines)
    key = client.cookies["session"].value
    with clock.at(MONDAY):
        client.post("/sign-out/")
    client.cookies["session"] = key

    assert ask(client, 0) == "/sign-in/"


def test_a_dump_holds_no_key_of_a_session(cast: Cast) -> None:
    key = browser(cast.ines).cookies["session"].value

    with acting(DOORKEEPER):
        kept = list(Session.objects.values_list())

    assert key not in repr(kept)


def test_a_form_sent_to_a_locked_page_leads_back_to_that_page(cast: Cast) -> None:
    client = browser(cast.ines)
    with clock.at(MONDAY + timedelta(minutes=20)):
        sent = client.post(
            "/account/look/",
            {"theme": "dark"},
            headers={"referer": "http://staff.localhost/account/?a=1"},
        )
        fragment = client.get(
            "/account/",
            headers={"hx-request": "true", "hx-current-url": "http://staff.localhost/people/"},
        )

    assert sent.headers["Location"] == "/unlock/?next=%2Faccount%2F%3Fa%3D1"
    assert (fragment.status_code, fragment.headers["HX-Redirect"]) == (
        401,
        "/unlock/?next=%2Fpeople%2F",
    )


def test_whoever_opens_the_lock_must_be_the_same_person(cast: Cast) -> None:
    enrol_passkey(cast.ines)
    stranger = enrol_passkey(cast.samir)
    client = browser(cast.ines)
    with clock.at(MONDAY):
        client.post("/lock/")
        asked = client.get("/prove/challenge/").json()
        page = client.get("/unlock/")
        from spheres.accounts.tests.conftest import form_id

        answer = client.post(
            "/prove/passkey/",
            {
                "form_id": form_id(page),
                "answer": stranger.answer(asked["options"]),
                "state": asked["state"],
            },
        )

    assert answer.status_code == 422
    assert ask(client, 1) == "/unlock/"
