"""Does a session that is over leave nothing behind it, and do the counters of the door go too?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from spheres.accounts import tasks as door
from spheres.accounts.models import Attempt
from spheres.accounts.sessions import DOORKEEPER
from spheres.core.jobs import queue
from spheres.portal.notebook import tasks
from spheres.portal.notebook.tests.factories import (
    come_in,
    confirm_contact,
    give_code,
    open_notebook,
    telephone,
)
from spheres.sharing.models import NotebookSession
from tests.cast import MONDAY, Cast, acting
from tests.pages import learn_french

learn_french()
MINUTE = timedelta(minutes=1)


@pytest.fixture
def inside(cast: Cast) -> Cast:
    """Maya is in her notebook since Monday at nine."""
    confirm_contact(cast)
    open_notebook(cast)
    give_code(cast)
    come_in(telephone())
    return cast


def the_night_comes(at) -> None:
    with acting(DOORKEEPER, at):
        tasks.sweep.func.__wrapped__(by=DOORKEEPER)
        door.sweep.func.__wrapped__(by=DOORKEEPER)


def sessions() -> int:
    with acting(DOORKEEPER):
        return NotebookSession.objects.count()


def counters() -> set[str]:
    with acting(DOORKEEPER):
        return set(
            Attempt.objects.filter(kind__startswith="notebook").values_list("kind", flat=True)
        )


def test_the_night_takes_a_session_that_is_over_and_none_that_goes_on(inside: Cast) -> None:
    the_night_comes(MONDAY + 4 * MINUTE)
    still = sessions()
    the_night_comes(MONDAY + 6 * MINUTE)

    assert (still, sessions()) == (1, 0)


def test_swept_twice_nothing_more_goes(inside: Cast) -> None:
    the_night_comes(MONDAY + 31 * MINUTE)
    the_night_comes(MONDAY + 31 * MINUTE)

    assert sessions() == 0


def test_the_counters_of_her_door_go_a_day_after_the_last_try(inside: Cast) -> None:
    before = counters()
    the_night_comes(MONDAY + timedelta(hours=23))
    meanwhile = counters()
    the_night_comes(MONDAY + timedelta(hours=25))

    assert before == meanwhile == {"notebook", "notebook_code", "notebook_day"}
    assert counters() == set()


def test_it_is_swept_each_night_by_the_doorkeeper() -> None:
    assert queue.tasks["notebook.sweep"].func.service == DOORKEEPER
    assert ("notebook.sweep", "21 3 * * *") in {
        (task.task.name, task.cron) for task in queue.periodic_registry.periodic_tasks.values()
    }
