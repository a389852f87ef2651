"""Something of hers was opened for an hour: how does she hear it, and who hears that it waits?"""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest

from spheres.config.tests.test_exceptional_access import MORNING, NIGHT, WHY, get, opens
from spheres.followup.exceptional import queries
from spheres.followup.reaching.tests.factories import agree
from spheres.participants.models import SafeContact
from spheres.sharing import actions as sharing
from spheres.sharing.models import ExceptionalAccess
from tests.cast import Cast, acting, uuid_of, yanick_answers_for_ines
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
Told = SafeContact.Told
LATE = NIGHT + timedelta(hours=72)
WAITS = "La Maison\u00a0: ce qui a été ouvert pour une heure, le 2 mars, n’a pas été revu."
WORDS = {
    "": "Dites-le-lui à la prochaine rencontre, quand c’est sans danger.",
    Told.MEETING: "La personne veut l’apprendre de vous, à la prochaine rencontre.",
    Told.NOTEBOOK: "La personne a choisi de le lire dans son carnet.",
    Told.ASKED: "La personne a choisi de ne l’apprendre que si elle le demande.",
}


@pytest.fixture(autouse=True)
def tonight(cast: Cast) -> None:
    yanick_answers_for_ines(cast)


@pytest.mark.parametrize("told", WORDS)
def test_her_worker_is_told_how_she_wants_to_hear_it(cast: Cast, told: str) -> None:
    agree(cast, at=NIGHT - timedelta(hours=1), told=told)
    opens(cast, signed_in(cast.yanick, at=NIGHT))

    day = get(signed_in(cast.ines, at=MORNING), "/", MORNING)

    assert [words in day for words in WORDS.values()] == [said == told for said in WORDS]


def test_what_she_chose_stays_when_how_she_is_reached_is_confirmed_or_not_safe(cast: Cast) -> None:
    from spheres.followup.reaching import actions

    agree(cast, at=NIGHT, told=Told.MEETING)
    with acting(cast.ines, MORNING):
        for which, act in (("unsafe", actions.note_unsafe), ("sure", actions.note_safe)):
            on = {"on": MORNING.date()} if which == "unsafe" else {}
            act(cast.maya.file_id, uuid_of(which), by=cast.ines, at=MORNING, **on)
        rows = SafeContact.objects.filter(file_id=cast.maya.file_id).order_by("-written_at")
        assert [one.told for one in rows] == [Told.MEETING, Told.MEETING, Told.MEETING, ""]


def test_it_is_asked_where_one_writes_how_she_is_reached_and_said_where_one_reads_it(
    cast: Cast,
) -> None:
    agree(cast, at=NIGHT, told=Told.NOTEBOOK)
    ines = signed_in(cast.ines, at=MORNING)

    form = get(ines, f"/files/{cast.maya.file_id}/reaching/change/", MORNING)
    page = get(ines, f"/files/{cast.maya.file_id}/reaching/", MORNING)

    assert re.search(r'name="told"[^>]*value="NOTEBOOK"[^>]*checked', form)
    assert "Dans son carnet\u00a0: la personne l’y lit" in page


def open_it(cast: Cast) -> UUID:
    opens(cast, signed_in(cast.yanick, at=NIGHT), ground="UNREACHABLE")
    with acting(cast.yanick, NIGHT):
        return queries.accesses(actor=cast.yanick)[0].pk


def test_after_three_days_the_programme_hears_that_it_waits_there_and_nobody_s_name(
    cast: Cast,
) -> None:
    """La Maison has people who look again; they did not."""
    open_it(cast)
    just_before = LATE - timedelta(minutes=1)

    before = get(signed_in(cast.louise, at=just_before), "/desk/", just_before)
    desk = get(signed_in(cast.louise, at=LATE), "/desk/", LATE)
    page = get(signed_in(cast.louise, at=LATE), "/exceptional/", LATE)

    assert (WAITS in before, WAITS in desk) == (False, True)
    assert "1 accès exceptionnel, depuis le 2 mars" in page
    for one in (desk, page):
        words = re.findall(r"\w+", one.partition("<main")[2])
        assert [name for name in ("Maya", "Yanick") if name in words] == []
        assert WHY not in one


def test_once_somebody_there_looked_again_nothing_waits_at_the_programme(cast: Cast) -> None:
    one = open_it(cast)
    with acting(cast.nadia, LATE):
        sharing.review_exceptionally(one, outcome="JUSTIFIED", by=cast.nadia)

    assert WAITS not in get(signed_in(cast.louise, at=LATE), "/desk/", LATE)


def test_nobody_but_the_programme_s_desk_is_told_where_it_waits(cast: Cast) -> None:
    open_it(cast)

    found = {}
    for name in ("louise", "ines", "yanick", "karim", "samir", "roy", "amrani", "nadia"):
        actor = getattr(cast, name)
        with acting(actor, LATE):
            found[name] = len(queries.left_elsewhere(actor=actor, at=LATE))
    with acting(cast.louise, LATE):
        hers = ExceptionalAccess.objects.count()

    assert (found.pop("louise"), set(found.values()), hers) == (1, {0}, 0)
