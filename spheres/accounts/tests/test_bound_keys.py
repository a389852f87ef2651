"""What is kept of a passkey's device, and what is asked of those who open more than most?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from spheres.accounts.models import Authenticator
from spheres.accounts.sessions import DOORKEEPER
from spheres.accounts.tests.conftest import browser, enrol_passkey, form_id, try_passkey
from spheres.config.continuity.passkey import Device
from spheres.core import clock
from spheres.core.actor import Actor
from tests.cast import MONDAY, Cast, acting

MODEL = UUID("2fc0579f-8113-47ea-b116-bb5a8db9202a")
SENSITIVE = "/account/passkeys/new/"


def kept(actor: Actor) -> list[tuple[Any, ...]]:
    with acting(DOORKEEPER):
        rows = Authenticator.objects.filter(user_id=actor.user_id, kind="PASSKEY")
        return list(
            rows.order_by("added_at", "pk").values_list("model_id", "can_sync", "is_synced")
        )


def prove(client: Client, device: Device, at: datetime) -> int:
    """Answer the page that asks to prove again, as the device does."""
    with clock.at(at):
        page = client.get("/prove/")
        asked = client.get("/prove/challenge/").json()
        answer = client.post(
            "/prove/passkey/",
            {
                "form_id": form_id(page),
                "answer": device.answer(asked["options"]),
                "state": asked["state"],
            },
        )
    return answer.status_code


def opens(client: Client, at: datetime = MONDAY) -> bool:
    with clock.at(at):
        return client.get(SENSITIVE).status_code == 200


@pytest.mark.parametrize("syncs", [False, True])
def test_the_model_and_whether_it_is_copied_are_kept(cast: Cast, syncs: bool) -> None:
    enrol_passkey(cast.ines, syncs=syncs, model=MODEL.bytes)

    assert kept(cast.ines) == [(MODEL, syncs, syncs)]


def test_what_was_not_kept_before_is_learnt_when_it_serves(cast: Cast) -> None:
    device = enrol_passkey(cast.ines, syncs=True)
    with acting(DOORKEEPER):
        Authenticator.objects.update(can_sync=None, is_synced=None)

    assert try_passkey(device) == cast.ines.user_id
    assert kept(cast.ines) == [(UUID(int=0), True, True)]


def test_a_passkey_that_could_not_be_copied_never_becomes_one_that_can(cast: Cast) -> None:
    device = enrol_passkey(cast.ines)
    device.syncs = True

    assert try_passkey(device) is None


@pytest.mark.parametrize(
    ("who", "bound", "asked_again"),
    [("louise", True, True), ("louise", False, False), ("ines", True, False)],
)
def test_wider_keys_with_a_bound_passkey_prove_again_before_a_sensitive_act(
    cast: Cast, who: str, bound: bool, asked_again: bool
) -> None:
    actor = getattr(cast, who)
    enrol_passkey(actor, syncs=not bound)

    assert opens(browser(actor)) == (not asked_again)


def test_only_the_bound_passkey_opens_a_sensitive_act_then(cast: Cast) -> None:
    synced, bound = enrol_passkey(cast.louise, syncs=True), enrol_passkey(cast.louise)
    client = browser(cast.louise)

    refused = prove(client, synced, MONDAY)
    still_closed = not opens(client)
    accepted = prove(client, bound, MONDAY)

    assert (refused, still_closed, accepted, opens(client)) == (422, True, 302, True)


def test_any_passkey_still_signs_in_and_opens_the_lock(cast: Cast) -> None:
    synced = enrol_passkey(cast.louise, syncs=True)
    enrol_passkey(cast.louise)
    client, later = browser(cast.louise), MONDAY + timedelta(minutes=11)

    assert try_passkey(synced) == cast.louise.user_id
    with clock.at(later):
        page = client.get("/unlock/")
        page = client.get("/account/") if page.status_code == 302 else page
        page = client.get("/unlock/")
        asked = client.get("/prove/challenge/").json()
        unlocked = client.post(
            "/prove/passkey/",
            {
                "form_id": form_id(page),
                "answer": synced.answer(asked["options"]),
                "state": asked["state"],
            },
        )
    assert unlocked.status_code == 302
    assert not opens(client, later)


def test_without_a_bound_passkey_nobody_is_shut_out(cast: Cast) -> None:
    synced = enrol_passkey(cast.louise, syncs=True)
    client, later = browser(cast.louise), MONDAY + timedelta(minutes=6)

    assert not opens(client, later)
    assert prove(client, synced, later) == 302
    assert opens(client, later)


@pytest.mark.parametrize(
    ("who", "passkeys", "sentence"),
    [
        ("louise", 0, "Deux clés d’accès qui restent sur un seul appareil"),
        ("louise", 1, "Deux clés d’accès qui restent sur un seul appareil"),
        ("louise", 2, ""),
        ("ines", 1, "Une deuxième clé d’accès"),
        ("ines", 2, ""),
    ],
)
def test_the_account_asks_calmly_for_what_is_missing(
    cast: Cast, who: str, passkeys: int, sentence: str
) -> None:
    actor = getattr(cast, who)
    for _ in range(passkeys):
        enrol_passkey(actor)
    with clock.at(MONDAY):
        page = browser(actor).get("/account/").content.decode()

    titles = (
        "Deux clés d’accès qui restent sur un seul appareil",
        "Une deuxième clé d’accès",
    )
    assert [title for title in titles if title in page] == ([sentence] if sentence else [])
    assert page.count("Reste sur un seul appareil") == passkeys
