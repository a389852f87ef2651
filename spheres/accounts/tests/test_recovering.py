"""How does a person who lost every device and code come back, and how is a stranger kept out?"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse

from spheres.accounts import actions, queries
from spheres.accounts.actions import recovering
from spheres.accounts.models import Authenticator, Recovery, RecoveryStatus
from spheres.accounts.sessions import DOORKEEPER
from spheres.accounts.tests.conftest import (
    MONDAY_ON,
    Device,
    WithCodes,
    browser,
    enrol_passkey,
    events,
    form_id,
    try_passkey,
    try_password,
)
from spheres.accounts.tests.test_inviting import enrol
from spheres.accounts.tests.test_sessions import ask as where_asked
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from tests.cast import MONDAY, TUESDAY, Cast, acting

HOUR = timedelta(hours=1)
Status = RecoveryStatus.Status


def begin(first: Actor, who: Actor, second: Actor, at: datetime = MONDAY) -> UUID:
    recovery_id = uuid4()
    with acting(first, at):
        actions.ask_recovery(
            who.user_id,
            second.user_id,
            recovery_id=recovery_id,
            seen_on=MONDAY_ON,
            by=first,
            at=at,
        )
    return recovery_id


def vouch(recovery_id: UUID, by: Actor, at: datetime = MONDAY) -> None:
    with acting(by, at):
        actions.vouch_recovery(recovery_id, seen_on=MONDAY_ON, by=by, at=at)


def hand_over(recovery_id: UUID, by: Actor, at: datetime = TUESDAY) -> str:
    with acting(by, at):
        return actions.hand_over_recovery(recovery_id, by=by, at=at).token


def stop(recovery_id: UUID, by: Actor, at: datetime = MONDAY) -> None:
    with acting(by, at):
        actions.stop_recovery(recovery_id, by=by, at=at)


def status_of(recovery_id: UUID) -> str:
    with acting(DOORKEEPER):
        return RecoveryStatus.objects.get(pk=recovery_id).status


def test_a_person_who_lost_everything_comes_back_to_the_same_account(
    cast: Cast, manon: Actor
) -> None:
    """The whole way, by the pages, each hand in its own session."""
    lost = enrol_passkey(cast.ines)
    first, second = browser(manon), browser(cast.karim)
    with clock.at(MONDAY):
        page = first.get("/recoveries/new/")
        asked = first.post(
            "/recoveries/new/",
            {
                "form_id": form_id(page),
                "person": str(cast.ines.user_id),
                "second": str(cast.karim.user_id),
                "seen_on": "2026-03-02",
            },
        )
        told = second.get("/account/").content.decode()
        one = second.get("/recoveries/").context["recoveries"][0]
        page = second.get(f"/recoveries/{one.id}/vouch/")
        vouched = second.post(
            f"/recoveries/{one.id}/vouch/", {"form_id": form_id(page), "seen_on": "2026-03-02"}
        )
    first = browser(manon, TUESDAY)
    with clock.at(TUESDAY):
        link = first.post(f"/recoveries/{one.id}/link/").context["link"]
        token = link.split("/welcome/")[1].strip("/")
        entered, new = enrol(browser(), token)
        again, _ = enrol_late(token)

    assert [asked.status_code, vouched.status_code] == [302, 302]
    assert "Inès" in told
    assert (entered.status_code, again.status_code) == (200, 404)
    assert (try_passkey(lost, TUESDAY), try_passkey(new, TUESDAY)) == (None, cast.ines.user_id)
    assert status_of(one.id) == Status.USED
    assert events(manon.user_id, "recovery_asked", "recovery_handed_over", "invited") == [
        "recovery_asked",
        "recovery_handed_over",
        "invited",
    ]
    assert events(cast.karim.user_id, "recovery_vouched") == ["recovery_vouched"]
    assert events(DOORKEEPER.user_id, "recovery_used") == ["recovery_used"]


def enrol_late(token: str) -> tuple[HttpResponse, Device]:
    """The link once more: it is refused as one that never was."""
    return browser().post(f"/welcome/{token}/passkey/", {"answer": "{}", "state": ""}), Device()


def test_her_earlier_codes_and_password_open_nothing_more(
    cast: Cast, manon: Actor, ines: WithCodes
) -> None:
    recovery_id = begin(manon, cast.ines, cast.karim)
    vouch(recovery_id, cast.karim)
    token = hand_over(recovery_id, cast.karim)
    with clock.at(TUESDAY):
        enrol(browser(), token)

    assert try_password(ines, TUESDAY) is None
    assert try_password(ines, TUESDAY + HOUR, code=ines.recovery[0]) is None


def test_every_session_ends_when_the_second_person_vouches(cast: Cast, manon: Actor) -> None:
    client = browser(cast.ines)
    recovery_id = begin(manon, cast.ines, cast.karim)
    before = where_asked(client, 0)
    vouch(recovery_id, cast.karim)

    assert (before, where_asked(client, 0)) == ("page", "/sign-in/")
    with clock.at(MONDAY):
        assert "Deux personnes ont dit" in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize("stage", ["asked", "vouched", "handed over"])
def test_its_owner_signing_in_stops_it(cast: Cast, manon: Actor, stage: str) -> None:
    device = enrol_passkey(cast.ines)
    recovery_id, token = begin(manon, cast.ines, cast.karim), ""
    if stage != "asked":
        vouch(recovery_id, cast.karim)
    if stage == "handed over":
        token = hand_over(recovery_id, manon)
    client = browser()
    with clock.at(TUESDAY):
        asked = client.get("/sign-in/challenge/").json()
        page = client.get("/sign-in/")
        answer = client.post(
            "/sign-in/passkey/",
            {
                "form_id": form_id(page),
                "answer": device.answer(asked["options"]),
                "state": asked["state"],
            },
        )
        link = browser().get(f"/welcome/{token or 'x'}/").status_code

    assert "c’est arrêté" in answer.content.decode()
    assert status_of(recovery_id) == Status.STOPPED
    assert link == 404
    assert try_passkey(device, TUESDAY + HOUR) == cast.ines.user_id
    assert events(DOORKEEPER.user_id, "recovery_stopped") == ["recovery_stopped"]


@pytest.mark.parametrize("who", ["ines", "karim", "manon"])
def test_its_owner_and_either_of_the_two_stop_it(cast: Cast, manon: Actor, who: str) -> None:
    recovery_id = begin(manon, cast.ines, cast.karim)
    by = manon if who == "manon" else getattr(cast, who)

    stop(recovery_id, by)

    assert status_of(recovery_id) == Status.STOPPED
    with pytest.raises(WrongState):
        vouch(recovery_id, cast.karim)


def test_a_link_is_made_after_a_whole_day_and_not_a_minute_before(cast: Cast, manon: Actor) -> None:
    recovery_id = begin(manon, cast.ines, cast.karim)
    vouch(recovery_id, cast.karim, MONDAY + HOUR)
    for by in (manon, cast.karim):
        with pytest.raises(NotAllowed):
            hand_over(recovery_id, by, TUESDAY + HOUR - timedelta(seconds=1))

    assert hand_over(recovery_id, manon, TUESDAY + HOUR)
    with pytest.raises(WrongState):
        hand_over(recovery_id, cast.karim, TUESDAY + HOUR)


def test_without_the_second_person_nothing_goes_on(cast: Cast, manon: Actor) -> None:
    recovery_id = begin(manon, cast.ines, cast.karim)

    with pytest.raises(NotAllowed):
        vouch(recovery_id, manon)
    with pytest.raises(NotAllowed):
        vouch(recovery_id, cast.yanick)
    with pytest.raises(NotAllowed):
        hand_over(recovery_id, manon)
    assert status_of(recovery_id) == Status.ASKED


@pytest.mark.parametrize("stage", ["asked", "vouched", "handed over"])
def test_what_nobody_goes_on_with_ends_by_itself(cast: Cast, manon: Actor, stage: str) -> None:
    recovery_id, token = begin(manon, cast.ines, cast.karim), "x"
    late = MONDAY + 72 * HOUR
    if stage != "asked":
        vouch(recovery_id, cast.karim)
        late += 24 * HOUR
    if stage == "handed over":
        token, late = hand_over(recovery_id, manon), TUESDAY + 72 * HOUR
    with acting(manon, late):
        seen = queries.recovery(recovery_id, actor=manon, at=late)
    with clock.at(late):
        link = browser().get(f"/welcome/{token}/").status_code
    for act in (
        lambda: vouch(recovery_id, cast.karim, late),
        lambda: stop(recovery_id, manon, late),
    ):
        with pytest.raises(WrongState):
            act()
    with acting(DOORKEEPER, late):
        recovering.lapse(by=DOORKEEPER, at=late)

    assert (seen.status, seen.is_open, link) == (Status.LAPSED, False, 404)
    assert status_of(recovery_id) == Status.LAPSED


def test_one_recovery_at_a_time_and_a_form_sent_twice_begins_one(cast: Cast, manon: Actor) -> None:
    first = begin(manon, cast.ines, cast.karim)
    with pytest.raises(WrongState):
        begin(manon, cast.ines, cast.yanick)
    with acting(manon):
        actions.ask_recovery(
            cast.ines.user_id,
            cast.karim.user_id,
            recovery_id=first,
            seen_on=MONDAY_ON,
            by=manon,
            at=MONDAY,
        )

    with acting(DOORKEEPER):
        assert Recovery.objects.count() == 1
    assert events(manon.user_id, "recovery_asked") == ["recovery_asked"]


def test_a_recovery_enrols_a_passkey_and_not_a_password(cast: Cast, manon: Actor) -> None:
    recovery_id = begin(manon, cast.ines, cast.karim)
    vouch(recovery_id, cast.karim)
    token = hand_over(recovery_id, manon)
    with clock.at(TUESDAY):
        page = browser().get(f"/welcome/{token}/")
        bridge = browser().get(f"/welcome/{token}/password/")
    with acting(DOORKEEPER, TUESDAY), pytest.raises(WrongState):
        actions.accept_with_totp(token, "x", "y", by=DOORKEEPER, at=TUESDAY, device="")

    assert (page.status_code, bridge.status_code) == (200, 404)
    assert "/password/" not in page.content.decode()


def test_a_failed_enrolment_leaves_the_account_as_it_was(cast: Cast, manon: Actor) -> None:
    device = enrol_passkey(cast.ines)
    recovery_id = begin(manon, cast.ines, cast.karim)
    vouch(recovery_id, cast.karim)
    token = hand_over(recovery_id, manon)
    with clock.at(TUESDAY):
        client = browser()
        page = client.get(f"/welcome/{token}/")
        refused = client.post(
            f"/welcome/{token}/passkey/",
            {"form_id": form_id(page), "answer": "{}", "state": "nothing"},
        )

    assert refused.status_code == 422
    assert status_of(recovery_id) == Status.HANDED_OVER
    with acting(DOORKEEPER):
        assert Authenticator.objects.filter(user_id=cast.ines.user_id).count() == 2
    assert try_passkey(device, TUESDAY) == cast.ines.user_id


def test_whom_it_does_not_concern_sees_nothing(cast: Cast, manon: Actor) -> None:
    recovery_id = begin(manon, cast.ines, cast.karim)
    seen = {}
    for name in ("ines", "karim", "louise", "yanick", "nadia", "samir", "roy"):
        with clock.at(MONDAY):
            client = browser(getattr(cast, name))
            seen[name] = (
                len(client.get("/recoveries/").context["recoveries"]),
                client.post(f"/recoveries/{recovery_id}/stop/").status_code
                if name in "yanick nadia samir roy"
                else 0,
            )

    assert seen == {
        "ines": (1, 0),
        "karim": (1, 0),
        "louise": (1, 0),
        "yanick": (0, 404),
        "nadia": (0, 404),
        "samir": (0, 404),
        "roy": (0, 404),
    }


def test_the_managers_page_says_it(cast: Cast, manon: Actor, theo: Actor) -> None:
    begin(manon, cast.ines, cast.karim)
    with clock.at(MONDAY):
        page = browser(theo).get("/members/").content.decode()

    assert "Inès n’a plus ni appareil ni code" in page


def test_each_act_asks_for_a_fresh_proof(cast: Cast, manon: Actor) -> None:
    recovery_id = begin(manon, cast.ines, cast.karim)
    client = browser(manon)
    with clock.at(MONDAY + timedelta(minutes=6)):
        answers = [
            client.get("/recoveries/new/"),
            client.get(f"/recoveries/{recovery_id}/vouch/"),
            client.post(f"/recoveries/{recovery_id}/link/"),
            client.post(f"/recoveries/{recovery_id}/stop/"),
        ]

    assert {one.headers["Location"][:7] for one in answers} == {"/prove/"}
    assert status_of(recovery_id) == Status.ASKED


def test_a_worker_does_not_begin_one(cast: Cast) -> None:
    with clock.at(MONDAY):
        assert browser(cast.karim).get("/recoveries/new/").status_code == 404


@pytest.mark.parametrize(
    ("path", "titles"),
    [
        ("/recoveries/", ("Revenir sans appareil ni code", "Coming back without device or code")),
        (
            "/recoveries/new/",
            ("Quelqu’un n’a plus ni appareil ni code", "Someone has neither device nor code left"),
        ),
    ],
)
def test_the_pages_say_their_titles_in_both_languages(
    cast: Cast, manon: Actor, path: str, titles: tuple[str, str]
) -> None:
    client = browser(manon)
    for language, title in zip(("fr", "en"), titles, strict=True):
        client.cookies["django_language"] = language
        with clock.at(MONDAY):
            assert f"<h1>{title}</h1>" in client.get(path).content.decode()
