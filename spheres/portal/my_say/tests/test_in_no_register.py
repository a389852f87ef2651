"""Does each request have its day, and is privacy told of those that no register holds yet?"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from spheres.core.actor import Actor
from spheres.portal.my_say import policy, queries
from spheres.portal.my_say.models import Ask
from spheres.portal.my_say.queries import Unregistered
from spheres.portal.my_say.tests.factories import get, her_notebook
from spheres.portal.my_say.tests.test_asking import answer, ask, asked_page, number_of
from spheres.portal.my_say.tests.test_registers import press
from tests.cast import MONDAY, Cast, acting
from tests.pages import learn_french, signed_in

learn_french()
Kind = Ask.Kind
PAST = MONDAY + timedelta(days=31)
BY_LAW, BY_HOUSE = "2026-04-01", "2026-03-09"


def told(actor: Actor, at: datetime = MONDAY) -> Unregistered | None:
    with acting(actor, at):
        return queries.unregistered(actor=actor, at=at)


def day_of(cast: Cast, at: datetime = MONDAY) -> str:
    return get(signed_in(cast.ines, at=at), "/", at=at).content.decode()


def test_each_thing_she_asks_has_its_day(cast: Cast) -> None:
    client = her_notebook(cast)
    kinds = [kind for kind in policy.ASKED if kind != Kind.RESEARCH]
    for kind in kinds:
        ask(client, kind)

    with acting(cast.ines):
        found = queries.waiting(actor=cast.ines, at=MONDAY)

    due = {one.kind: str(one.due_on) for one in found}
    assert due == {kind: BY_LAW if kind in policy.BY_LAW else BY_HOUSE for kind in kinds}


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (Kind.COPY, "Tu as une réponse en 30 jours au plus."),
        (Kind.BAR, "Tu as une réponse en 7 jours au plus."),
    ],
)
def test_she_reads_by_when_she_is_answered(cast: Cast, kind: Kind, says: str) -> None:
    page = get(her_notebook(cast), f"/n/46/{number_of(kind)}/").content.decode()

    assert says in page


def test_privacy_is_told_how_many_wait_and_until_when(cast: Cast) -> None:
    client = her_notebook(cast)
    for kind in (Kind.ERASE, Kind.CORRECT, Kind.BAR):
        ask(client, kind, "Mon père.")
    nadia = signed_in(cast.nadia)

    pages = [get(nadia, where).content.decode() for where in ("/privacy/", "/requests/")]

    assert told(cast.nadia) == Unregistered(2, 0, date(2026, 4, 1))
    for page in pages:
        assert "2 demandes faites dans des carnets ne sont pas encore au registre" in page
        for said in ("Maya", "père", str(cast.maya.file_id), "Inès"):
            assert said not in page


def test_past_the_law_s_day_privacy_and_her_worker_are_told_to_see_to_it_first(cast: Cast) -> None:
    ask(her_notebook(cast), Kind.COPY)

    desk = get(signed_in(cast.nadia, at=PAST), "/requests/", at=PAST).content.decode()

    assert "1 demande faite dans un carnet n’est pas au registre" in desk
    assert "Voyez-y en premier." in desk
    assert "la réponse était due le" in day_of(cast, PAST)


def test_taken_care_of_without_a_register_it_comes_back_once_its_day_is_past(cast: Cast) -> None:
    ask(her_notebook(cast), Kind.COPY)
    answer(cast, "TAKEN_UP")

    days = ["Une copie de son dossier" in day_of(cast, at) for at in (MONDAY, PAST)]

    assert days == [False, True]
    assert told(cast.nadia) is not None


@pytest.mark.parametrize("kind", [Kind.COPY, Kind.ERASE])
def test_in_its_register_it_waits_there_and_no_more_here(cast: Cast, kind: Kind) -> None:
    ask(her_notebook(cast), kind)
    before = told(cast.nadia)

    press(cast, signed_in(cast.ines, at=MONDAY + timedelta(days=3)), kind)

    assert (before is not None, told(cast.nadia, PAST)) == (True, None)
    assert asked_page(cast) not in day_of(cast, PAST)


def test_settled_with_her_it_waits_no_more(cast: Cast) -> None:
    ask(her_notebook(cast), Kind.CORRECT)
    answer(cast, "DONE")

    assert told(cast.nadia, PAST) is None


def test_nobody_else_is_told_how_many(cast: Cast) -> None:
    ask(her_notebook(cast), Kind.ERASE)

    found = [told(other) for other in (cast.louise, cast.karim, cast.samir, cast.roy, cast.ines)]

    assert found == [None] * 5
