"""Whatever people do, in whatever order, does each see what she may and nothing more?"""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from spheres.sharing.tests.conftest import database_name
from tests.databases import leave_the_database, working_in
from tests.proofs.databases import copied
from tests.proofs.figures import tell
from tests.proofs.stories import HAPPENED, Story, begin

DONE = (
    "offers", "accepts", "declines", "joins", "leaves", "signs", "shares", "takes back", "bars",
    "lifts", "is away", "agrees", "is back", "opens", "closes", "lets go on", "looks again",
    "begins", "departs", "comes back", "asks", "proposes", "says yes", "asks back", "opens again",
    "destroys",
)  # fmt: skip
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@pytest.mark.parametrize(
    ("stories", "steps"), [(200, 30), pytest.param(2000, 50, marks=pytest.mark.proof)]
)
def test_in_any_story_each_sees_what_she_may(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, stories: int, steps: int
) -> None:
    began = time.monotonic()

    # Each story is a transaction of its own, rolled back: within one long transaction the rows of
    # all past stories would stay, dead, in the way of every read.
    name = f"{database_name()}_stories"
    with django_db_blocker.unblock(), copied(name), working_in(name):
        begin()
        # As chance has it, the rarest thing may never happen: a few more stories are told then.
        for number in (stories, 50, 50, 50, 50, 50):
            if number == stories or never():
                tell_stories(number, steps)
        leave_the_database()

    done = ", ".join(
        f"{what} {HAPPENED[what, True]} times and {HAPPENED[what, False]} refused" for what in DONE
    )
    tell(f"stories: {stories} × {steps} steps, {time.monotonic() - began:.0f} s; {done}")
    assert never() == []


def tell_stories(number: int, steps: int) -> None:
    run_state_machine_as_test(
        Story,
        settings=settings(
            max_examples=number,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=SLOW,
        ),
    )


def never() -> list[tuple[str, bool]]:
    """What was done, or refused, in no story so far: where nothing happens, nothing is proved."""
    pairs = [(what, allowed) for what in DONE for allowed in (True, False)]
    return [pair for pair in pairs if not HAPPENED[pair]]
