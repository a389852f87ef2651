"""What happens when somebody leaves, and how does one find out who has (T28)?"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from spheres.accounts import actions, queries
from spheres.accounts.models import Confirmed, Membership, User
from spheres.accounts.sessions import DOORKEEPER
from spheres.accounts.tests.conftest import browser, enrol_passkey, events, form_id, try_passkey
from spheres.accounts.tests.test_sessions import ask, second_membership
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, follow

FRIDAY_AT_FIVE = datetime(2026, 3, 6, 17, tzinfo=ZoneInfo("America/Toronto"))
A_MONTH_LATER = MONDAY + timedelta(days=32)
CONFIRM = "/members/confirm/"


def leave(by: Actor, who: Actor, at: datetime = MONDAY, **typed: str) -> HttpResponse:
    """As the page does: look at it, then send its form."""
    client, path = browser(by, at), f"/members/{who.user_id}/end/"
    with clock.at(at):
        page = client.get(path)
        return client.post(path, {"form_id": form_id(page), **typed})


def ends_of(who: Actor) -> list[datetime | None]:
    with acting(DOORKEEPER):
        return list(
            Membership.objects.filter(user_id=who.user_id)
            .order_by("starts_at", "pk")
            .values_list("ends_at", flat=True)
        )


def test_whoever_leaves_now_is_served_no_page_more(cast: Cast, manon: Actor) -> None:
    device = enrol_passkey(cast.ines)
    open_ones = [browser(cast.ines), browser(cast.ines, shared=True)]

    answer = leave(manon, cast.ines, when="NOW")

    assert answer.headers["Location"] == "/members/"
    assert [ask(one, 0) for one in open_ones for _ in range(3)] == ["/sign-in/"] * 6
    assert try_passkey(device) is None
    assert ends_of(cast.ines) == [MONDAY]
    assert events(manon.user_id, "membership_ended") == ["membership_ended"]


def test_a_closed_account_is_served_nothing_at_any_address(cast: Cast, manon: Actor) -> None:
    """T28: after the commit, 0 requests served, whatever is asked."""
    device, client = enrol_passkey(cast.ines), browser(cast.ines)
    file = f"/files/{cast.maya.file_id}/"

    leave(manon, cast.ines, when="CLOSE")

    with clock.at(MONDAY):
        answers = [
            client.get(path) for path in ("/", "/account/", "/account/devices/", "/people/", file)
        ]
        answers.append(client.post("/account/language/", {"language": "en"}))
    served = [one for one in answers if one.headers.get("Location", "")[:9] != "/sign-in/"]
    assert served == []
    assert try_passkey(device) is None
    with acting(DOORKEEPER):
        assert not User.objects.get(pk=cast.ines.user_id).is_active


def test_a_last_day_ends_at_five_where_the_programme_works(cast: Cast, manon: Actor) -> None:
    leave(manon, cast.ines, when="ON", last_day="2026-03-06")

    client = browser(cast.ines, FRIDAY_AT_FIVE - timedelta(minutes=1))
    served = []
    for seconds in (-1, 0, 1):
        with clock.at(FRIDAY_AT_FIVE + timedelta(seconds=seconds)):
            served.append(client.get("/account/").status_code)
    assert ends_of(cast.ines) == [FRIDAY_AT_FIVE]
    assert served == [200, 302, 302]
    assert events(manon.user_id, "last_day_set") == ["last_day_set"]


@pytest.mark.parametrize("typed", [{}, {"last_day": "2026-03-01"}])
def test_a_last_day_is_a_day_to_come(cast: Cast, manon: Actor, typed: dict[str, str]) -> None:
    assert leave(manon, cast.ines, when="ON", **typed).status_code == 422
    assert ends_of(cast.ines) == [None]


def test_the_last_day_is_today_until_five(cast: Cast, manon: Actor) -> None:
    at_five = datetime(2026, 3, 2, 17, tzinfo=ZoneInfo("America/Toronto"))

    late = leave(manon, cast.ines, at_five, when="ON", last_day="2026-03-02")
    soon = leave(manon, cast.ines, MONDAY, when="ON", last_day="2026-03-02")

    assert (late.status_code, soon.status_code) == (422, 302)
    assert ends_of(cast.ines) == [at_five]


def test_a_last_day_is_taken_back(cast: Cast, manon: Actor) -> None:
    refused = leave(manon, cast.ines, when="STAYS")
    leave(manon, cast.ines, when="ON", last_day="2026-03-06")
    taken_back = leave(manon, cast.ines, when="STAYS")

    assert (refused.status_code, taken_back.status_code) == (422, 302)
    assert ends_of(cast.ines) == [None]


def test_what_was_announced_for_later_is_taken_back_with_the_rest(cast: Cast, manon: Actor) -> None:
    later = second_membership(cast)
    later.organisation, later.starts_at = cast.la_maison, MONDAY + timedelta(days=9)
    with acting(LOADER):
        Membership.objects.bulk_create([later])

    leave(manon, cast.ines, when="NOW")

    assert ends_of(cast.ines) == [MONDAY, MONDAY + timedelta(days=9)]


def test_whoever_also_works_elsewhere_goes_on_there_and_is_not_closed(
    cast: Cast, manon: Actor
) -> None:
    with acting(LOADER):
        Membership.objects.bulk_create([second_membership(cast)])
    client = browser(cast.ines)

    closed = leave(manon, cast.ines, when="CLOSE")
    leave(manon, cast.ines, when="NOW")

    assert closed.status_code == 422
    assert ask(client, 0) == "page"


def test_the_page_counts_the_files_she_carries_and_names_none(cast: Cast, manon: Actor) -> None:
    follow("Lou", desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    client = browser(manon)
    with clock.at(MONDAY):
        page = client.get(f"/members/{cast.ines.user_id}/end/").content.decode()

    assert "2 jeunes" in page
    # Whole words: a signed number of the page may hold three letters of anybody's name.
    assert {"Maya", "Lou"} & set(re.findall(r"\w+", page)) == set()
    assert str(cast.maya.file_id) not in page


@pytest.mark.parametrize("who", ["ines", "karim", "louise", "samir", "nadia"])
def test_only_a_manager_of_the_organisation_asks_for_the_number(cast: Cast, who: str) -> None:
    actor = getattr(cast, who)
    with acting(actor), pytest.raises(ProgrammingError):
        queries.files_carried(cast.ines.user_id, actor=actor)


def test_a_manager_does_not_ask_about_other_organisations(cast: Cast, manon: Actor) -> None:
    with acting(manon), pytest.raises(ProgrammingError):
        queries.files_carried(cast.samir.user_id, actor=manon)


def test_ending_an_access_asks_for_a_fresh_proof(cast: Cast, manon: Actor) -> None:
    client, path = browser(manon), f"/members/{cast.ines.user_id}/end/"
    with clock.at(MONDAY + timedelta(minutes=6)):
        answers = [client.get(path), client.post(path, {"when": "NOW"}), client.get(CONFIRM)]

    assert {one.headers["Location"][:7] for one in answers} == {"/prove/"}
    assert ends_of(cast.ines) == [None]


def test_nobody_ends_her_own_access(cast: Cast, manon: Actor) -> None:
    with clock.at(MONDAY):
        assert browser(manon).get(f"/members/{manon.user_id}/end/").status_code == 403


def read_list(client: Client, at: datetime) -> dict[str, bool]:
    with clock.at(at):
        return {one.name: one.is_due for one in client.get(CONFIRM).context["people"]}


def test_each_month_the_people_who_still_work_here_are_confirmed(cast: Cast, manon: Actor) -> None:
    client = browser(manon, A_MONTH_LATER)
    before = read_list(client, A_MONTH_LATER)
    with clock.at(A_MONTH_LATER):
        page = client.get(CONFIRM)
        people = [str(one.user_id) for one in page.context["people"]]
        sent = {"form_id": form_id(page), "people": people}
        answers = [client.post(CONFIRM, sent).status_code for _ in range(2)]
    after = read_list(client, A_MONTH_LATER)

    assert set(before.values()) == {True}
    assert answers == [302, 302]
    assert set(after.values()) == {False}
    assert set(before) == {"Inès", "Karim", "Manon", "Nadia", "Yanick"}
    with acting(DOORKEEPER), acting(manon, A_MONTH_LATER):
        kept = list(Confirmed.objects.values_list("user_id", "confirmed_by", "confirmed_at"))
    assert len(kept) == 5
    assert {(by, at) for _, by, at in kept} == {(manon.user_id, A_MONTH_LATER)}


def test_only_those_who_were_on_the_page_are_confirmed(cast: Cast, manon: Actor) -> None:
    client = browser(manon, A_MONTH_LATER)
    with clock.at(A_MONTH_LATER):
        page = client.get(CONFIRM)
        client.post(CONFIRM, {"form_id": form_id(page), "people": [str(cast.ines.user_id)]})
        others = client.post(
            CONFIRM, {"form_id": form_id(page), "people": [str(cast.samir.user_id)]}
        )

    due = read_list(client, A_MONTH_LATER)
    assert [name for name, is_due in due.items() if not is_due] == ["Inès"]
    assert others.status_code == 422


def test_whoever_was_just_let_in_waits_a_month(cast: Cast, manon: Actor) -> None:
    with acting(LOADER):
        person = add_person("Zoe", cast.la_maison, "trainer")
        Membership.objects.filter(user_id=person.user_id).update(starts_at=A_MONTH_LATER)

    assert read_list(browser(manon, A_MONTH_LATER), A_MONTH_LATER)["Zoe"] is False


def test_only_managers_confirm(cast: Cast) -> None:
    with clock.at(MONDAY):
        assert browser(cast.karim).get(CONFIRM).status_code == 403
    with acting(cast.karim), pytest.raises(NotAllowed):
        actions.confirm_colleagues([], form_id=cast.maya.file_id, by=cast.karim, at=MONDAY)


@pytest.mark.parametrize("people", [1, 3])
@pytest.mark.parametrize("path", [CONFIRM, "/members/{}/end/"])
def test_these_pages_cost_the_same(cast: Cast, manon: Actor, people: int, path: str) -> None:
    with acting(LOADER):
        for number in range(people):
            add_person(f"Person {number}", cast.la_maison, "trainer")
    client = browser(manon)
    with CaptureQueriesContext(connection) as asked, clock.at(MONDAY):
        client.get(path.format(cast.ines.user_id))

    assert len(asked) == {CONFIRM: 6}.get(path, 17)


def two_languages(client: Client, path: str) -> list[str]:
    found: list[Any] = []
    for language in ("fr", "en"):
        client.cookies["django_language"] = language
        with clock.at(MONDAY):
            found += client.get(path).content.decode().split("<h1>")[1].split("</h1>")[:1]
    return found


def test_the_pages_say_their_titles_in_both_languages(cast: Cast, manon: Actor) -> None:
    client = browser(manon)

    assert two_languages(client, CONFIRM) == ["Qui travaille encore ici", "Who still works here"]
    assert two_languages(client, f"/members/{cast.ines.user_id}/end/") == [
        "Départ : Inès".replace(" :", "\u00a0:"),
        "Inès leaves",
    ]
