"""What does a danger cost, and where does it meet what other folders keep?"""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.danger.tests.factories import CALL, MORNING, call
from spheres.followup.safety_net.models import Part
from spheres.followup.safety_net.tests.test_pages import CRISIS, keep
from spheres.regions import queries as regions
from tests.cast import Cast, uuid_of
from tests.pages import signed_in
from tests.region import demo_words

pytestmark = pytest.mark.django_db
MOST = 8
PAGES: tuple[tuple[str, Callable[[Cast], Actor], Callable[[Cast], str]], ...] = (
    ("numbers", lambda c: c.ines, lambda c: reverse("danger:call")),
    (
        "her register",
        lambda c: c.ines,
        lambda c: reverse("disclosures:register", args=[c.maya.file_id]),
    ),
    ("numbers of a file", lambda c: c.ines, lambda c: of_maya(c, "call_for")),
    ("writing", lambda c: c.ines, lambda c: of_maya(c, "write")),
    ("what was written", lambda c: c.ines, lambda c: f"{of_maya(c, 'call_for')}{CALL}/"),
    ("telling her", lambda c: c.ines, lambda c: f"{of_maya(c, 'call_for')}{CALL}/tell/"),
    ("reviews", lambda c: c.karim, lambda c: reverse("danger:reviews")),
    ("a review", lambda c: c.karim, lambda c: reverse("danger:review", args=[CALL])),
)


def of_maya(cast: Cast, place: str) -> str:
    return reverse(f"danger:{place}", args=[cast.maya.file_id])


def statements(actor: Actor, where: str) -> int:
    client = signed_in(actor, at=MORNING)
    with clock.at(MORNING), CaptureQueriesContext(connection) as asked:
        assert client.get(where).status_code == 200
    _first, *said, _taken_back, _last = list(asked)
    return len(said)


@pytest.mark.parametrize("page", [name for name, _who, _where in PAGES])
def test_its_pages_cost_the_same_with_one_and_with_three(cast: Cast, page: str) -> None:
    [(who, where)] = [(who(cast), where(cast)) for name, who, where in PAGES if name == page]
    with demo_words():
        regions.region()
        call(cast, cast.ines)
        statements(who, where)
        one = statements(who, where)
        for word in ("second", "third"):
            call(cast, cast.ines, danger_id=uuid_of(word))
        three = statements(who, where)

    # Her register asks ten of all that was told of her, and two more when there was a danger.
    assert (one, one) == (three, 12 if page == "her register" else min(one, MOST))


def test_after_such_a_night_what_keeps_her_safe_is_offered_to_be_looked_at_again(
    cast: Cast,
) -> None:
    with demo_words():
        keep(cast, "plan", Part.CRISIS, answers=CRISIS)
        before = day_of(cast)
        call(cast, cast.ines)

        said = "After a heavy moment, Maya may want to look again at what keeps them safe."
        assert (said in before, said in day_of(cast)) == (False, True)


def day_of(cast: Cast) -> str:
    with clock.at(MORNING):
        page = signed_in(cast.ines, at=MORNING, language="en").get("/")
    return unescape(page.content.decode())
