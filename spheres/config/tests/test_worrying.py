"""What does a worrying situation cost, and does it leave with a partner, or with a joined file?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.departure import copying
from spheres.followup.identity import actions as identity
from spheres.followup.worrying.models import Addition, Situation, Telling
from spheres.followup.worrying.tests.factories import DAY, LATER, REPORT, report, weigh
from spheres.followup.worrying.tests.test_pages import here, seen
from spheres.regions import queries as regions
from spheres.sharing.models import Disclosure, DisclosureStep
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in, untranslated
from tests.region import demo_words

pytestmark = pytest.mark.django_db
MOST = 8
PAGES: tuple[tuple[str, Callable[[Cast], Actor], Callable[[Cast], str]], ...] = (
    ("questions", lambda c: c.ines, lambda c: of_maya(c, "aid")),
    ("together", lambda c: c.ines, lambda c: of_maya(c, "together")),
    ("writing", lambda c: c.ines, lambda c: of_maya(c, "write")),
    ("what was written", lambda c: c.ines, lambda c: f"{of_maya(c, 'aid')}{REPORT}/"),
    ("telling her", lambda c: c.ines, lambda c: f"{of_maya(c, 'aid')}{REPORT}/tell/"),
    ("reviews", lambda c: c.karim, lambda c: reverse("worrying:reviews")),
    ("a review", lambda c: c.karim, lambda c: reverse("worrying:review", args=[REPORT])),
    ("what the law asks", lambda c: c.ines, lambda c: reverse("worrying:category")),
)


def of_maya(cast: Cast, place: str) -> str:
    return reverse(f"worrying:{place}", args=[cast.maya.file_id])


def statements(actor: Actor, where: str) -> int:
    client = signed_in(actor, at=LATER)
    with clock.at(LATER), CaptureQueriesContext(connection) as asked:
        assert client.get(where).status_code == 200
    _first, *said, _taken_back, _last = list(asked)
    return len(said)


@pytest.mark.parametrize("page", [name for name, _who, _where in PAGES])
def test_its_pages_cost_the_same_with_one_and_with_three(cast: Cast, page: str) -> None:
    [(who, where)] = [(who(cast), where(cast)) for name, who, where in PAGES if name == page]
    with demo_words():
        regions.region()
        report(cast, cast.ines)
        statements(who, where)
        one = statements(who, where)
        for word in ("second", "third"):
            weigh(cast, cast.ines, uuid_of(word))
        three = statements(who, where)

    # Of what was written, two events: the person's name in the file's journal, its words in one's
    # own.
    assert (one, one) == (three, min(one, 11 if page == "what was written" else MOST))


@pytest.mark.parametrize(
    "model", [Disclosure, DisclosureStep, Situation, Addition, Telling], ids=lambda m: m.__name__
)
def test_a_copy_of_the_file_for_a_partner_that_leaves_holds_nothing_of_it(
    cast: Cast, model: type
) -> None:
    report(cast, cast.ines, told_her="BEFORE", her_words="Fais-le.")
    weigh(cast, cast.ines, uuid_of("another one"), told_her="BEFORE")

    with acting(cast.ines, LATER):
        assert copying._rows(model, [cast.maya.file_id]) == []
        if model in {Disclosure, Situation, Addition, Telling}:
            assert model._default_manager.exists()


def born(cast: Cast, day: str, at: Any = MONDAY + timedelta(minutes=1)) -> None:
    """Maya says her day of birth."""
    with acting(cast.ines, at):
        said = identity.Said(
            uuid_of(f"born {day}"), "Maya", "", "fr", "", "", "", date.fromisoformat(day)
        )
        identity.say(cast.maya.file_id, said, by=cast.ines, at=at)


def test_it_is_beside_danger_for_somebody_under_18_or_of_unknown_age_and_for_no_adult(
    cast: Cast,
) -> None:
    with demo_words():
        danger = reverse("danger:call_for", args=[cast.maya.file_id])
        unknown = seen(cast.ines, danger), seen(cast.ines, here(cast, "aid"))
        assert "Their file says 14–17, without a day of birth: ask them." in unknown[1]
        born(cast, "2010-06-01")
        young = seen(cast.ines, danger), seen(cast.ines, here(cast, "aid"))
        born(cast, "2004-06-01", DAY)
        adult = seen(cast.ines, danger), seen(cast.ines, here(cast, "aid"))

        assert here(cast, "aid") in unknown[0]
        assert here(cast, "aid") in young[0]
        assert here(cast, "aid") not in adult[0]
        assert "By their file, 15 years old." in young[1]
        assert "This person is 18 or older" in adult[1]
        assert here(cast, "write") not in adult[1]
        for place in ("write", "together"):
            seen(cast.ines, here(cast, place), status=403)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_an_adult_is_told_is_complete_in_both_languages(cast: Cast, language: str) -> None:
    born(cast, "2004-06-01")

    with demo_words(), untranslated() as missing:
        seen(cast.ines, here(cast, "aid"), LATER, language)

    assert missing == set()
