"""What does a worrying situation cost, and does it leave with a partner, or with a joined file?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.departure import copying
from spheres.followup.worrying.models import Addition, Situation, Telling
from spheres.followup.worrying.tests.factories import LATER, REPORT, report, weigh
from spheres.regions import queries as regions
from spheres.sharing.models import Disclosure, DisclosureStep
from tests.cast import Cast, acting, uuid_of
from tests.pages import signed_in
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
