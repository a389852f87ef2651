"""Does a refusal say the same, cost the same and leave the same, whoever was asked for (T27)?"""

from __future__ import annotations

import random
import re
import statistics
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.accounts import actions, limits
from spheres.accounts.models import User
from spheres.accounts.sessions import DOORKEEPER
from spheres.accounts.tests.conftest import (
    PASSWORD,
    WithCodes,
    browser,
    enrol_passkey,
    form_id,
    try_password,
)
from spheres.core import clock
from spheres.core.actor import VISITOR
from tests.cast import MONDAY, Cast, acting

DEMO_LIST = re.compile(r'<section class="card card-quiet">.*?</section>', re.DOTALL)
WRONG = "mauvais mot de passe très long"
SAME_EACH_TIME = re.compile(
    r'(name="csrfmiddlewaretoken" value|name="form_id" value|nonce|name="email" value)="[^"]*"'
)


def unknown(cast: Cast, ines: WithCodes) -> tuple[str, str, str]:
    return "nobody@example.org", PASSWORD, ines.code(MONDAY)


def wrong_password(cast: Cast, ines: WithCodes) -> tuple[str, str, str]:
    return ines.email, WRONG, ines.code(MONDAY)


def wrong_code(cast: Cast, ines: WithCodes) -> tuple[str, str, str]:
    return ines.email, PASSWORD, "000000"


def closed_by_tries(cast: Cast, ines: WithCodes) -> tuple[str, str, str]:
    with acting(VISITOR):
        for number in range(limits.LIMITS["in_a_row"].most + 1):
            limits.allow("in_a_row", ines.email, MONDAY - timedelta(days=number + 1))
    return ines.email, PASSWORD, ines.code(MONDAY)


def closed_account(cast: Cast, ines: WithCodes) -> tuple[str, str, str]:
    with acting(DOORKEEPER):
        User.objects.filter(pk=ines.actor.user_id).update(is_active=False)
    return ines.email, PASSWORD, ines.code(MONDAY)


def has_a_passkey(cast: Cast, ines: WithCodes) -> tuple[str, str, str]:
    enrol_passkey(ines.actor)
    return ines.email, PASSWORD, ines.code(MONDAY)


REASONS = [unknown, wrong_password, wrong_code, closed_by_tries, closed_account, has_a_passkey]


def knock(typed: tuple[str, str, str], at: datetime = MONDAY) -> tuple[int, str, int, int]:
    """Status, body, queries and events of one try."""
    email, password, code = typed
    client = browser()
    with clock.at(at):
        page = client.get("/sign-in/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = client.post(
                "/sign-in/password/",
                {
                    "email": email,
                    "password": password,
                    "code": code,
                    "form_id": form_id(page, True),
                },
            )
    written = sum('INSERT INTO "audit_event"' in query["sql"] for query in asked)
    body = SAME_EACH_TIME.sub("", answer.content.decode()).replace(code, "CODE")
    body = DEMO_LIST.sub("", body)  # a closed account leaves the list of the demonstration
    return answer.status_code, body, len(asked), written


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.__name__)
def test_every_refusal_is_the_same(
    cast: Cast, ines: WithCodes, reason: Callable[[Cast, WithCodes], tuple[str, str, str]]
) -> None:
    knock(("first@example.org", WRONG, "111111"))  # nobody's own secrets are made once
    expected = knock(("reference@example.org", WRONG, "111111"))

    assert knock(reason(cast, ines)) == expected
    assert expected[0] == 422


def test_the_right_address_password_and_code_open(cast: Cast, ines: WithCodes) -> None:
    assert try_password(ines) == ines.actor.user_id


def test_the_address_is_read_whatever_its_capitals(cast: Cast, ines: WithCodes) -> None:
    with acting(VISITOR):
        found = actions.by_password(
            ines.email.upper(), PASSWORD, ines.code(MONDAY), address="192.0.2.1", at=MONDAY
        )

    assert found == ines.actor.user_id


def test_a_code_opens_once(cast: Cast, ines: WithCodes) -> None:
    assert [try_password(ines) for _ in range(2)] == [ines.actor.user_id, None]


def test_a_recovery_code_opens_once(cast: Cast, ines: WithCodes) -> None:
    code = ines.recovery[3].lower().replace("-", " ")

    assert [try_password(ines, code=code) for _ in range(2)] == [ines.actor.user_id, None]
    assert try_password(ines, code=ines.recovery[4]) == ines.actor.user_id


@pytest.mark.parametrize("seconds", [-60, -30, 0, 30, 60])
def test_a_code_is_good_one_step_either_side(cast: Cast, ines: WithCodes, seconds: int) -> None:
    code = ines.code(MONDAY + timedelta(seconds=seconds))

    opens = try_password(ines, code=code) is not None

    assert opens == (abs(seconds) <= 30)


def test_a_password_no_longer_opens_once_there_is_a_passkey(cast: Cast, ines: WithCodes) -> None:
    enrol_passkey(ines.actor)

    assert try_password(ines) is None


def test_somebody_else_s_code_does_not_open(cast: Cast, ines: WithCodes) -> None:
    from spheres.accounts.tests.conftest import enrol_codes

    samir = enrol_codes(cast.samir)

    assert try_password(ines, code=samir.code(MONDAY)) is None
    assert try_password(ines, code=samir.recovery[0]) is None


@pytest.mark.proof
def test_a_refusal_takes_the_same_time_for_an_unknown_and_a_known_address(
    cast: Cast, ines: WithCodes
) -> None:
    """T27: 95 % interval of the median difference within ±5 ms, n ≥ 200 for each arm."""
    knock(("first@example.org", WRONG, "111111"))
    known, unknown_ones = [], []
    for number in range(420):
        at = MONDAY + timedelta(hours=2 * number)
        arms = [(ines.email, known), (f"nobody{number}@example.org", unknown_ones)]
        for email, arm in arms if number % 2 else reversed(arms):
            with acting(VISITOR, at):
                limits.forget("in_a_row", ines.email)
                began = time.perf_counter()
                actions.by_password(email, WRONG, "111111", address="192.0.2.9", at=at)
                arm.append((time.perf_counter() - began) * 1000)

    # Each pair is measured side by side: what else the machine does falls on both.
    low, high = median_interval([a - b for a, b in zip(known, unknown_ones, strict=True)][20:])
    print(f"\nT27: median difference {low:+.2f} to {high:+.2f} ms (95 %), n=400 for each")  # noqa: T201
    assert low > -5
    assert high < 5


def median_interval(differences: list[float]) -> tuple[float, float]:
    """A bootstrap interval of the median."""
    draw = random.Random(27)
    found = sorted(
        statistics.median(draw.choices(differences, k=len(differences))) for _ in range(2000)
    )
    return found[49], found[1949]
