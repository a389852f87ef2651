"""Is a moment for herself offered to whoever called in a danger, on her own day alone?"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.danger.tests.factories import MORNING, NIGHT, call
from spheres.worker_support.wellbeing.tests.factories import answers
from tests.cast import Cast
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
OFFERED = "For you, after that"


def is_offered(who: Actor, at: datetime) -> bool:
    with clock.at(at):
        return OFFERED in signed_in(who, at=at, language="en").get("/").content.decode()


def test_whoever_called_is_offered_a_moment_and_nobody_else_sees_it(cast: Cast) -> None:
    before = is_offered(cast.ines, NIGHT)
    call(cast, cast.ines)

    assert before is False
    assert {
        name: is_offered(getattr(cast, name), MORNING) for name in ("ines", "yanick", "karim")
    } == {"ines": True, "yanick": False, "karim": False}


def test_it_goes_by_itself_once_she_answered_or_after_a_week(cast: Cast) -> None:
    call(cast, cast.ines)
    a_week = NIGHT + timedelta(days=7)

    seen = [is_offered(cast.ines, at) for at in (a_week - timedelta(hours=1), a_week)]
    answers(cast.ines, at=MORNING)
    assert (seen, is_offered(cast.ines, MORNING + timedelta(hours=1))) == ([True, False], False)
