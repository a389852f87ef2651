"""How many tries, how far apart, and who opens again?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from spheres.accounts import actions, limits, queries
from spheres.accounts.models import Attempt
from spheres.accounts.sessions import DOORKEEPER
from spheres.accounts.tests.conftest import (
    WithCodes,
    browser,
    enrol_passkey,
    form_id,
    try_passkey,
    try_password,
)
from spheres.core import clock
from spheres.core.actor import VISITOR, Actor
from spheres.core.errors import NotAllowed
from tests.cast import MONDAY, Cast, acting

WRONG = "mauvais mot de passe très long"


def allowed(
    kind: str, tries: int, *, apart: timedelta = timedelta(0), key: str = "k"
) -> list[bool]:
    found = []
    for number in range(tries):
        at = MONDAY + apart * number
        with acting(VISITOR, at):
            found.append(limits.allow(kind, key, at))
    return found


def test_five_referrals_an_hour_from_one_network(cast: Cast) -> None:
    assert allowed("referral", 7) == [True] * 5 + [False] * 2


def test_the_hour_begins_anew(cast: Cast) -> None:
    allowed("referral", 6)
    with acting(VISITOR):
        assert limits.allow("referral", "k", MONDAY + timedelta(hours=1))


def test_what_is_limited_for_one_is_not_for_another(cast: Cast) -> None:
    allowed("referral", 6)

    assert allowed("referral", 1, key="another") == [True]
    assert allowed("passkey_from", 1) == [True]


def test_tries_slow_down_then_stop_for_the_hour(cast: Cast) -> None:
    together = allowed("sign_in", 7)
    apart = allowed("sign_in", 12, apart=timedelta(minutes=3), key="patient")

    assert together == [True] * 5 + [False] * 2
    assert apart == [True] * 10 + [False] * 2


def test_each_wait_is_twice_the_last() -> None:
    limit = limits.LIMITS["sign_in"]

    assert [limits.wait(limit, count).total_seconds() for count in (1, 5, 6, 7, 8, 9, 10)] == [
        0, 0, 5, 10, 20, 40, 80,
    ]  # fmt: skip


def test_two_parts_of_the_house_never_share_a_limit_unknowingly() -> None:
    with pytest.raises(ValueError, match="of that name stands: paper"):
        limits.add(paper=limits.Limit(1_000))

    assert limits.LIMITS["paper"].most == 30


def test_a_counter_written_again_says_what_it_said(cast: Cast) -> None:
    allowed("referral", 1)
    with acting(DOORKEEPER):
        before = list(Attempt.objects.values())

    with acting(VISITOR):
        for unless in (False, True):
            limits.write_again("referral", "k", unless=unless)

    with acting(DOORKEEPER):
        assert list(Attempt.objects.values()) == before


def test_nobody_reads_from_the_counters_who_tried(cast: Cast) -> None:
    allowed("sign_in", 1, key="ines@example.org")

    with acting(DOORKEEPER):
        kept = repr(list(Attempt.objects.values_list()))
    assert "ines" not in kept


def test_a_team_behind_one_address_is_not_stopped_by_its_own_success(
    cast: Cast, ines: WithCodes
) -> None:
    with acting(VISITOR):
        for _ in range(19):
            limits.allow("sign_in_from", "192.0.2.1", MONDAY)

    assert [
        try_password(ines, MONDAY + timedelta(minutes=minute)) is not None for minute in (0, 2, 4)
    ] == [True] * 3


def test_many_wrong_passwords_close_the_password_until_a_manager_opens_it(
    cast: Cast, ines: WithCodes, manon: Actor
) -> None:
    most = limits.LIMITS["in_a_row"].most
    for hour in range(most):
        try_password(ines, MONDAY + timedelta(hours=hour), password=WRONG)
    later = MONDAY + timedelta(hours=most + 1)
    closed = try_password(ines, later)
    with acting(manon, later):
        seen = {one.user_id: one.is_closed for one in queries.colleagues(actor=manon, at=later)}
        actions.release(cast.ines.user_id, by=manon, at=later)

    assert closed is None
    assert seen[cast.ines.user_id]
    assert not seen[cast.yanick.user_id]
    assert try_password(ines, later + timedelta(minutes=1)) == cast.ines.user_id


def test_a_closed_password_does_not_close_a_passkey(cast: Cast, ines: WithCodes) -> None:
    device = enrol_passkey(cast.ines)
    with acting(VISITOR):
        for number in range(40):
            limits.allow("in_a_row", ines.email, MONDAY + timedelta(days=number))

    assert try_passkey(device) == cast.ines.user_id


@pytest.mark.parametrize("who", ["karim", "louise", "nadia"])
def test_only_a_manager_of_the_same_organisation_opens_again(cast: Cast, who: str) -> None:
    actor = getattr(cast, who)
    with acting(actor), pytest.raises(NotAllowed):
        actions.release(cast.ines.user_id, by=actor, at=MONDAY)


def test_the_door_counts_by_network_address_too(cast: Cast) -> None:
    with acting(VISITOR):
        found = [limits.allow("sign_in_from", "192.0.2.7", MONDAY) for _ in range(21)]

    assert found == [True] * 20 + [False]


def test_the_limits_hold_on_the_page(cast: Cast, ines: WithCodes) -> None:
    for number in range(25):
        at = MONDAY + timedelta(seconds=number)
        try_password(ines, at, password=WRONG, address=f"192.0.2.{number + 10}")

    with clock.at(MONDAY):
        assert browser().get("/sign-in/").status_code == 200
    assert try_password(ines, MONDAY + timedelta(minutes=1)) is None


def test_a_flood_from_one_household_is_answered_429_before_any_password_is_hashed(
    cast: Cast, ines: WithCodes, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    check = Argon2PasswordHasher.verify

    def verify(hasher: Argon2PasswordHasher, password: str, encoded: str) -> bool:
        hashed.append(encoded)
        return check(hasher, password, encoded)

    monkeypatch.setattr(Argon2PasswordHasher, "verify", verify)
    visitor = browser()
    with clock.at(MONDAY):
        seal = form_id(visitor.get("/sign-in/"), last=True)
        answers = [
            visitor.post(
                "/sign-in/password/",
                {"form_id": seal, "email": ines.email, "password": WRONG, "code": "123456"},
                REMOTE_ADDR=f"2001:db8::{number:x}",
            ).status_code
            for number in range(1, 26)
        ]

    assert answers == [422] * 20 + [429] * 5
    assert len(hashed) == 20
    with acting(DOORKEEPER):
        tried = Attempt.objects.get(kind="in_a_row").count
    assert tried == 20
