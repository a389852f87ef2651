"""Is each browser known to its owner alone, and does a removed one open nothing, at once?"""

from __future__ import annotations

from datetime import timedelta
from http.cookies import Morsel
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from spheres.accounts import actions, tasks
from spheres.accounts.actions import devices
from spheres.accounts.models import Authenticator, Device, Session
from spheres.accounts.sessions import DOORKEEPER, KNOWN, device_kind
from spheres.accounts.tests.conftest import (
    STAFF,
    WithCodes,
    browser,
    enrol_passkey,
    events,
    form_id,
    session_of,
)
from spheres.core import clock
from spheres.core.actor import Actor
from tests.cast import MONDAY, TUESDAY, Cast, acting

PHONE = "Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36"
DESK = "Mozilla/5.0 (Windows NT 10.0) Firefox/130"
ACCOUNT, DEVICES = "/account/", "/account/devices/"


def arrives(agent: str = DESK) -> Client:
    return Client(headers={"host": STAFF, "user-agent": agent})


def signs_in(client: Client, who: WithCodes, at: Any = MONDAY, **also: str) -> HttpResponse:
    with clock.at(at):
        page = client.get("/sign-in/")
        if page.cookies.get("session"):  # taken back: a browser forgets it, this one does not
            del client.cookies["session"]
        said = {
            "form_id": form_id(page, last=True),
            "email": who.email,
            "password": "quatre corneilles sur le toit",
            "code": who.code(at),
        }
        return client.post("/sign-in/password/", said | also)


def devices_of(actor: Actor) -> list[Device]:
    with acting(DOORKEEPER):
        found = Device.objects.filter(user_id=actor.user_id)
        return list(found.order_by("first_seen_at", "pk"))


def device_behind(client: Client) -> Device:
    with acting(DOORKEEPER):
        return Device.objects.get(pk=session_of(client).device_id)


def asks(client: Client, path: str = ACCOUNT, at: Any = MONDAY) -> str:
    with clock.at(at):
        answer = client.get(path)
    return "page" if answer.status_code == 200 else answer.headers["Location"].split("?")[0]


def removes(client: Client, device: Device, at: Any = MONDAY) -> HttpResponse:
    with clock.at(at):
        return client.post("/account/devices/remove/", {"device": device.pk})


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        (PHONE, Device.Kind.PHONE),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Safari/605", Device.Kind.PHONE),
        ("Mozilla/5.0 (iPad; CPU OS 12_0) Mobile/15E148 Safari/605", Device.Kind.TABLET),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Safari/537.36", Device.Kind.TABLET),
        (DESK, Device.Kind.COMPUTER),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Safari/605", Device.Kind.COMPUTER),
        ("curl/8", Device.Kind.OTHER),
        ("", Device.Kind.OTHER),
    ],
)
def test_a_browser_says_only_which_kind_it_is(agent: str, kind: str) -> None:
    assert device_kind(agent) == kind


def test_the_same_browser_is_known_again_and_keeps_its_first_day(ines: WithCodes) -> None:
    client = arrives(PHONE)
    signs_in(client, ines)
    later = MONDAY + timedelta(days=3)
    signs_in(client, ines, later)

    [device] = devices_of(ines.actor)
    assert (device.kind, device.words, device.first_seen_at, device.last_seen_on) == (
        Device.Kind.PHONE, "Chrome · Android", MONDAY, later.date(),
    )  # fmt: skip
    assert events(DOORKEEPER.user_id, "device_added") == ["device_added"]


def test_its_cookie_lasts_and_the_session_s_does_not(ines: WithCodes) -> None:
    client = arrives()
    signs_in(client, ines)

    device, session = client.cookies["device"], client.cookies["session"]
    assert device["max-age"] == int(KNOWN.total_seconds())
    assert (session["max-age"], session["expires"]) == ("", "")
    assert {(one["httponly"], one["samesite"], one["path"]) for one in (device, session)} == {
        (True, "Lax", "/")
    }


def test_on_a_shared_device_it_goes_with_the_browser(ines: WithCodes) -> None:
    client = arrives()
    signs_in(client, ines, shared="on")

    assert client.cookies["device"]["max-age"] == ""
    [device] = devices_of(ines.actor)
    assert device.is_shared


def test_the_cookie_opens_nothing_and_tells_nothing_before_a_proof(ines: WithCodes) -> None:
    known, stranger = arrives(), arrives()
    signs_in(known, ines)
    del known.cookies["session"]

    assert asks(known) == "/sign-in/"
    with clock.at(MONDAY):
        pages = [client.get("/sign-in/") for client in (known, stranger)]
        wrong = [
            client.post(
                "/sign-in/password/",
                {"form_id": form_id(page, last=True), "email": email, "password": "x" * 15,
                 "code": "000000"},
            )
            for client, page, email in (
                (known, pages[0], ines.email),
                (stranger, pages[1], "nobody@example.org"),
            )
        ]  # fmt: skip
    assert [page.cookies.get("device") for page in (*pages, *wrong)] == [None] * 4
    assert {answer.status_code for answer in wrong} == {422}


def test_only_a_hash_bound_to_the_account_is_kept(ines: WithCodes, cast: Cast) -> None:
    client = arrives()
    signs_in(client, ines)
    key = client.cookies["device"].value
    with clock.at(MONDAY):
        opened = actions.come_in(
            cast.samir.user_id, at=MONDAY, way="test", browser=actions.Browser(key=key)
        )

    assert opened.device_key == key  # one browser, two accounts
    hashes = [devices_of(actor)[0].key_hash for actor in (ines.actor, cast.samir)]
    assert len(set(hashes)) == 2
    with acting(DOORKEEPER):
        assert key not in repr(list(Device.objects.values_list()))


@pytest.mark.parametrize("brought", ["", "chosen-by-somebody", "a:b:c"])
def test_nobody_brings_a_key_of_their_own_choice(cast: Cast, brought: str) -> None:
    with clock.at(MONDAY):
        opened = actions.come_in(
            cast.ines.user_id, at=MONDAY, way="test", browser=actions.Browser(key=brought)
        )

    assert opened.device_key != brought
    assert signing.Signer(salt="spheres.device").unsign(opened.device_key)


def test_a_removed_device_is_served_no_page_more(cast: Cast) -> None:
    phone, desk = browser(cast.ines), browser(cast.ines)
    lost = device_behind(phone)
    assert (asks(phone), asks(desk)) == ("page", "page")

    answer = removes(desk, lost)

    assert answer.headers["Location"] == reverse("accounts:device_removed", args=[lost.pk])
    assert (asks(phone), asks(desk)) == ("/sign-in/", "page")
    assert session_of(phone).ended_why == Session.Ended.REVOKED
    assert events(cast.ines.user_id, "device_removed") == ["device_removed"]


def test_its_cookie_is_worth_nothing_afterwards(ines: WithCodes) -> None:
    phone, desk = arrives(PHONE), arrives()
    signs_in(phone, ines)
    key = phone.cookies["device"].value
    signs_in(desk, ines, TUESDAY)
    removes(desk, devices_of(ines.actor)[0], TUESDAY)

    phone.cookies["device"] = Morsel()
    phone.cookies["device"] = key
    signs_in(phone, ines, TUESDAY + timedelta(hours=1))

    lost, _desk, again = devices_of(ines.actor)
    assert (lost.revoked_at, again.revoked_at, again.recognised_at) == (TUESDAY, None, None)
    assert phone.cookies["device"].value != key


def test_removing_this_very_device_leaves_nothing_in_it(cast: Cast) -> None:
    client = browser(cast.ines)

    answer = removes(client, devices_of(cast.ines)[0])

    assert answer.headers["Location"] == "/sign-in/"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert {name: answer.cookies[name].value for name in ("session", "device")} == {
        "session": "", "device": "",
    }  # fmt: skip
    assert asks(client) == "/sign-in/"


def test_nobody_removes_names_or_answers_for_a_device_of_somebody_else(cast: Cast) -> None:
    browser(cast.ines)
    theirs, mine = browser(cast.ines), browser(cast.nadia)
    for device in devices_of(cast.ines):
        with clock.at(MONDAY):
            mine.post("/account/devices/remove/", {"device": device.pk})
            mine.post("/account/devices/mine/", {"device": device.pk})
            named = mine.get(f"/account/devices/{device.pk}/name/").status_code
            after = mine.get(f"/account/devices/{device.pk}/removed/").status_code
            unknown = mine.get(f"/account/devices/{uuid4()}/name/").status_code
        assert (named, after, unknown) == (404, 404, 404)

    assert asks(theirs) == "page"
    kept = devices_of(cast.ines)
    assert [device.revoked_at for device in kept] == [None, None]
    assert sorted(device.recognised_at is None for device in kept) == [False, True]


def test_her_other_devices_ask_about_a_new_one_until_she_answers(ines: WithCodes) -> None:
    desk, phone = arrives(), arrives(PHONE)
    signs_in(desk, ines)
    first = signs_in(phone, ines, MONDAY + timedelta(minutes=1))
    assert first.headers["Location"] == "/"  # it does not answer for itself

    back = signs_in(desk, ines, TUESDAY)
    assert back.headers["Location"] == "/account/devices/new/?next=%2F"
    with clock.at(TUESDAY):
        page = desk.get(back.headers["Location"]).content.decode()
        on_account = desk.get(ACCOUNT).content.decode()
        on_phone = phone.get(ACCOUNT)
    assert "Téléphone (Chrome · Android), le 2 mars" in page
    assert "Était-ce vous?" in on_account
    assert b"vous?" not in on_phone.content

    new = devices_of(ines.actor)[1]
    with clock.at(TUESDAY):
        desk.post("/account/devices/mine/", {"device": new.pk, "next": "/"})
        assert desk.get("/account/devices/new/?next=/people/").headers["Location"] == "/people/"
    assert devices_of(ines.actor)[1].recognised_at == TUESDAY
    assert events(ines.actor.user_id, "device_recognised") == ["device_recognised"]


def test_a_device_never_answers_for_itself(cast: Cast) -> None:
    browser(cast.ines)
    client = browser(cast.ines, MONDAY + timedelta(minutes=1))
    new = devices_of(cast.ines)[1]
    with clock.at(MONDAY + timedelta(minutes=1)):
        client.post("/account/devices/mine/", {"device": new.pk})

    assert devices_of(cast.ines)[1].recognised_at is None


def test_it_was_not_me_removes_it_and_says_what_to_do_next(cast: Cast) -> None:
    enrol_passkey(cast.ines)
    desk = browser(cast.ines)
    phone = browser(cast.ines, MONDAY + timedelta(minutes=1))
    new = devices_of(cast.ines)[1]
    with acting(DOORKEEPER):
        way = Authenticator.objects.get(user_id=cast.ines.user_id, kind="PASSKEY")
        Device.objects.filter(pk=new.pk).update(way_id=way.pk)

    answer = removes(desk, new, MONDAY + timedelta(minutes=2))
    with clock.at(MONDAY + timedelta(minutes=2)):
        page = desk.get(answer.headers["Location"]).content.decode()

    assert asks(phone, at=MONDAY + timedelta(minutes=2)) == "/sign-in/"
    assert f'name="authenticator" value="{way.pk}"' in page
    assert "responsable de la protection des renseignements personnels" in page


def test_nothing_is_asked_after_thirty_days(cast: Cast) -> None:
    browser(cast.ines)
    browser(cast.ines, MONDAY + timedelta(minutes=1))
    for days, asked in ((29, True), (31, False)):
        with clock.at(MONDAY + timedelta(days=days)):
            opened = actions.come_in(cast.ines.user_id, at=clock.now(), way="test")
            other = devices_of(cast.ines)[-1]
            with acting(DOORKEEPER, clock.now()):
                Device.objects.filter(pk=other.pk).delete()
        assert opened.asks is asked


def test_she_names_a_device_and_the_name_is_locked(cast: Cast) -> None:
    client = browser(cast.ines)
    [device] = devices_of(cast.ines)
    page = f"/account/devices/{device.pk}/name/"
    with clock.at(MONDAY):
        said = {"form_id": form_id(client.get(page)), "name": "Téléphone du travail"}
        client.post(page, said)
        listed = client.get(DEVICES).content.decode()

    assert "Téléphone du travail" in listed
    [kept] = devices_of(cast.ines)
    assert kept.name
    assert "Téléphone".encode() not in bytes(kept.name)


def test_the_page_lists_devices_with_what_is_open_and_marks_this_one(ines: WithCodes) -> None:
    phone, desk = arrives(PHONE), arrives()
    signs_in(phone, ines)
    signs_in(desk, ines, MONDAY + timedelta(minutes=1))
    with clock.at(MONDAY + timedelta(minutes=2)):
        page = desk.get(DEVICES).content.decode()

    assert page.index("Ordinateur") < page.index("celui-ci") < page.index("Téléphone")
    assert page.count("Session ouverte depuis le 2 mars") == 2


def test_a_new_link_with_all_devices_lost_forgets_them_all(cast: Cast, manon: Actor) -> None:
    browser(cast.ines)
    with acting(DOORKEEPER):
        devices.remove_all_devices(cast.ines.user_id, at=MONDAY)

    assert [device.revoked_at for device in devices_of(cast.ines)] == [MONDAY]


def test_the_night_sweeps_what_is_known_no_more(cast: Cast) -> None:
    for who in (cast.ines, cast.karim):
        browser(who)
    with acting(DOORKEEPER):
        hers = Device.objects.filter(user_id=cast.ines.user_id)
        hers.update(last_seen_on=(MONDAY - 2 * KNOWN - timedelta(days=1)).date())
    with acting(DOORKEEPER):
        tasks.sweep.func.__wrapped__(by=DOORKEEPER)

    assert (len(devices_of(cast.ines)), len(devices_of(cast.karim))) == (0, 1)
