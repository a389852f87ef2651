"""When the database restarts under load, what is said, what is kept, what comes back?"""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.conf import settings

from spheres.public.forms import SelfForm
from spheres.public.tests.letters import SELF
from tests.proofs.figures import tell
from tests.proofs.fragile import TRACES, Answer, Fragile, Tally, lost_and_doubled, standing

TARGET = "0 acknowledged lost, 0 stack traces, a page in less than 2 s"


def a_letter(site: Fragile) -> tuple[Answer, float]:
    """Somebody sends the form for herself, while nothing works; what is answered, how soon."""
    form = SELF | {"form_id": SelfForm(record_id=uuid4()).signed_id}
    began = time.monotonic()
    answer = site.ask("POST", "/for-me/", settings.YOUTH_HOST, urlencode(form))
    return answer, time.monotonic() - began


def gives_her_words_back(answer: Answer) -> bool:
    """Her page of faults: not a word of the machine, and all she typed, to be sent again."""
    return (
        answer.status in (500, 503)
        and SELF["wish"] in answer.body
        and SELF["never"] in answer.body
        and not any(trace in answer.body for trace in TRACES)
    )


def wait_for(found: Callable[[], bool], seconds: float = 60) -> None:
    limit = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < limit, "it did not come"
        time.sleep(0.05)


def say(name: str, tally: Tally, lost: set, doubled: set, waited: float) -> None:
    tell(
        f"{name} (T16)",
        f"{len(tally.acknowledged):,} acknowledged, {len(lost)} lost, {len(doubled)} doubled; "
        f"{len(tally.faults):,} fault pages, {len(tally.ugly)} unclear; "
        f"her text came back in {waited:.1f} s",
        TARGET,
    )


@pytest.mark.proof
def test_a_restart_of_the_database_is_said_and_loses_nothing(world, tmp_path):
    with standing(world, tmp_path) as site:
        with site.writers(3) as tally:
            wait_for(lambda: len(tally.acknowledged) > 5)
            site.stop_database()
            answer, waited = a_letter(site)
            site.start_database()
            before = len(tally.acknowledged)
            wait_for(lambda: len(tally.acknowledged) > before + 5)
        lost, doubled = lost_and_doubled(site, tally)

    say("restart", tally, lost, doubled, waited)
    assert (lost, doubled, tally.ugly) == (set(), set(), [])
    assert gives_her_words_back(answer), answer
