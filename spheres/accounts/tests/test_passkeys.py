"""Does a passkey open for its person, on its device, in its place, once, and for nobody else?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from spheres.accounts import actions
from spheres.accounts.actions import enrolling, passkeys
from spheres.accounts.models import Authenticator, User
from spheres.accounts.sessions import DOORKEEPER
from spheres.accounts.tests.conftest import (
    WithCodes,
    enrol_passkey,
    events,
    try_passkey,
)
from spheres.config.continuity.passkey import Device
from spheres.core.actor import VISITOR
from spheres.core.errors import NotAllowed
from tests.cast import MONDAY, Cast, acting


def test_a_passkey_opens_for_its_person(cast: Cast) -> None:
    device = enrol_passkey(cast.ines)

    assert try_passkey(device) == cast.ines.user_id


@pytest.mark.parametrize(
    "change",
    [
        {"verifies": False},  # one factor: the device asked for nothing
        {"origin": "http://youth.localhost:8000"},
        {"origin": "http://evil.staff.localhost:8000"},
        {"origin": "https://staff.localhost.example.org"},
        {"credential_id": b"another one's id"},
        {"key": Device().key},
        {"user_handle": b"sixteen bytes---"},
        {"user_handle": b"short"},
    ],
    ids=lambda change: next(iter(change)) + "=" + str(next(iter(change.values())))[:24],
)
def test_a_passkey_that_is_not_quite_it_does_not_open(cast: Cast, change: dict[str, Any]) -> None:
    device = enrol_passkey(cast.ines)
    for name, value in change.items():
        setattr(device, name, value)

    assert try_passkey(device) is None


def test_a_copied_device_shows_by_its_count(cast: Cast) -> None:
    device = enrol_passkey(cast.ines)
    assert try_passkey(device) == cast.ines.user_id

    device.counter -= 1

    assert try_passkey(device) is None


def test_a_challenge_is_answered_once_within_five_minutes_and_for_its_purpose(cast: Cast) -> None:
    device = enrol_passkey(cast.ines)
    with acting(VISITOR):
        asked = passkeys.challenge("sign in")
        answers = [device.answer(asked["options"]) for _ in range(3)]

        def opens(answer: str, purpose: str = "sign in") -> bool:
            return bool(
                actions.by_passkey(
                    answer, asked["state"], purpose=purpose, address="192.0.2.1", at=MONDAY
                )
            )

        assert [opens(answers[0], "prove 1"), opens(answers[1]), opens(answers[2])] == [
            False,
            True,
            False,
        ]


def test_an_old_challenge_is_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    device = enrol_passkey(cast.ines)
    with acting(VISITOR):
        asked = passkeys.challenge("sign in")
        import time

        later = time.time() + 301
        monkeypatch.setattr("time.time", lambda: later)
        found = actions.by_passkey(
            device.answer(asked["options"]),
            asked["state"],
            purpose="sign in",
            address="",
            at=MONDAY,
        )

    assert found is None


@pytest.mark.parametrize("answer", ["", "null", "[]", "{}", '{"response": {}}', '{"response": 3}'])
def test_a_made_up_answer_is_only_refused(cast: Cast, answer: str) -> None:
    with acting(VISITOR):
        asked = passkeys.challenge("sign in")

        assert (
            actions.by_passkey(answer, asked["state"], purpose="sign in", address="", at=MONDAY)
            is None
        )


def test_a_device_that_does_not_verify_cannot_be_enrolled(cast: Cast) -> None:
    with pytest.raises(passkeys.NotProved):
        enrol_passkey(cast.ines, verifies=False)


def test_the_challenge_of_one_person_does_not_enrol_for_another(cast: Cast) -> None:
    device = Device()
    with acting(DOORKEEPER):
        ines = User.objects.get(pk=cast.ines.user_id)
    with acting(VISITOR):
        asked = passkeys.enrolment(ines, enrolling.purpose_of(ines.pk), [])
        answer = device.make(asked["options"])

        with pytest.raises(passkeys.NotProved):
            actions.add_passkey(
                cast.samir.user_id, answer, asked["state"], by=VISITOR, at=MONDAY, device=""
            )


def test_a_passkey_of_a_closed_account_does_not_open(cast: Cast) -> None:
    device = enrol_passkey(cast.ines)
    with acting(DOORKEEPER):
        User.objects.filter(pk=cast.ines.user_id).update(is_active=False)

    assert try_passkey(device) is None


def test_nothing_that_opens_is_clear_in_the_database(cast: Cast, ines: WithCodes) -> None:
    device = enrol_passkey(cast.samir)
    with acting(DOORKEEPER), connection.cursor() as cursor:
        cursor.execute("select accounts_authenticator::text, secret from accounts_authenticator")
        kept = repr([(text, bytes(secret)) for text, secret in cursor.fetchall()])

    assert ines.secret not in kept
    assert not any(code in kept for code in ines.recovery)
    assert device.credential_id.hex() not in kept


def test_the_last_passkey_stays(cast: Cast) -> None:
    enrol_passkey(cast.ines)
    with acting(DOORKEEPER):
        only = Authenticator.objects.get(user_id=cast.ines.user_id, kind="PASSKEY")

    with acting(cast.ines), pytest.raises(NotAllowed):
        actions.remove_authenticator(only.pk, by=cast.ines, at=MONDAY)


def test_one_of_two_passkeys_is_removed_and_the_journal_says_so(cast: Cast) -> None:
    lost = enrol_passkey(cast.ines)
    kept = enrol_passkey(cast.ines, at=MONDAY + timedelta(minutes=1))
    with acting(DOORKEEPER):
        first = Authenticator.objects.filter(user_id=cast.ines.user_id, kind="PASSKEY").earliest(
            "added_at"
        )

    with acting(cast.ines):
        actions.remove_authenticator(first.pk, by=cast.ines, at=MONDAY)

    assert (try_passkey(lost), try_passkey(kept)) == (None, cast.ines.user_id)
    assert "authenticator_removed" in events(cast.ines.user_id)


def test_nobody_removes_somebody_else_s_passkey(cast: Cast) -> None:
    device = enrol_passkey(cast.ines)
    enrol_passkey(cast.ines)
    with acting(DOORKEEPER):
        hers = Authenticator.objects.filter(user_id=cast.ines.user_id).values_list("pk", flat=True)
        hers = list(hers)

    with acting(cast.samir):
        for one in hers:
            actions.remove_authenticator(one, by=cast.samir, at=MONDAY)

    assert try_passkey(device) == cast.ines.user_id
