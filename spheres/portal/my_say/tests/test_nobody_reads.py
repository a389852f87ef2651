"""Her worker is gone and nobody stands in: is whoever leads told that somebody waits?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from spheres.accounts.models import Membership
from spheres.core.actor import Actor
from spheres.portal.my_say import queries
from spheres.portal.my_say.models import Ask
from spheres.portal.my_say.tests.factories import get, her_notebook, send
from spheres.portal.my_say.tests.test_asking import ask
from tests.cast import LOADER, MONDAY, Cast, acting, yanick_answers_for_ines
from tests.pages import learn_french, signed_in

learn_french()
LATER = MONDAY + timedelta(hours=2)
LINE = "1 personne attend une réponse dans son carnet"


def gone(actor: Actor) -> None:
    with acting(LOADER):
        Membership.objects.filter(user_id=actor.user_id).update(ends_at=MONDAY + timedelta(hours=1))


def unread(actor: Actor) -> int:
    with acting(actor, LATER):
        return queries.unread(actor=actor, at=LATER)


def test_nobody_is_told_of_while_her_worker_is_here(cast: Cast) -> None:
    ask(her_notebook(cast), Ask.Kind.BAR)

    assert unread(cast.karim) == 0


def test_an_ask_that_nobody_reads_is_a_number_for_whoever_leads(cast: Cast) -> None:
    ask(her_notebook(cast), Ask.Kind.BAR, "Pas Sami.")
    gone(cast.ines)

    page = get(signed_in(cast.karim, at=LATER), "/team/", at=LATER).content.decode()

    assert unread(cast.karim) == 1
    assert LINE in page
    for said in ("Maya", "Sami", str(cast.maya.file_id)):
        assert said not in page


def test_so_is_a_word_she_left(cast: Cast) -> None:
    client = her_notebook(cast)
    before = unread(cast.karim)
    send(client, "/n/11/", words="Es-tu là?")
    gone(cast.ines)

    assert (before, unread(cast.karim)) == (0, 1)


def test_nothing_waits_nothing_is_told(cast: Cast) -> None:
    her_notebook(cast)
    gone(cast.ines)

    assert unread(cast.karim) == 0


def test_once_somebody_stands_in_it_waits_for_them(cast: Cast) -> None:
    ask(her_notebook(cast), Ask.Kind.BAR)
    yanick_answers_for_ines(cast, "STAND_IN")
    gone(cast.ines)

    day = get(signed_in(cast.yanick, at=LATER), "/", at=LATER).content.decode()

    assert unread(cast.karim) == 0
    assert "depuis son carnet" in day


@pytest.mark.parametrize("who", ["yanick", "samir", "nadia", "roy"])
def test_nobody_else_is_told_how_many_wait(cast: Cast, who: str) -> None:
    ask(her_notebook(cast), Ask.Kind.BAR)
    gone(cast.ines)

    assert (unread(cast.karim), unread(getattr(cast, who))) == (1, 0)


def test_another_organisation_is_told_of_none_of_hers(cast: Cast) -> None:
    ask(her_notebook(cast), Ask.Kind.BAR)
    gone(cast.ines)

    assert unread(cast.louise) == 0
