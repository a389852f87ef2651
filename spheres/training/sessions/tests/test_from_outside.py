"""Whoever comes from outside: who is to remind them, and from which region did they come?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.records.between import reached
from spheres.training.sessions import actions, standing
from spheres.training.sessions.tests.factories import (
    AFTERWARDS,
    LEA,
    SESSION,
    STARTS,
    enrols,
    enrols_from_outside,
    listed,
    plan,
    row,
    teach,
)
from spheres.training.sessions.tests.test_session_pages import text_of
from tests.cast import Cast, acting
from tests.pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def odile(cast: Cast) -> Actor:
    found = teach(cast)
    plan(cast.louise, found)
    return found


def test_two_days_ahead_whoever_teaches_is_told_whom_to_remind_and_in_which_words(
    cast: Cast, odile: Actor
) -> None:
    enrols(cast.ines)
    at = STARTS - timedelta(days=1)

    def told() -> tuple[str, str]:
        with acting(odile, at):
            [line] = standing.soon(actor=odile)
            return line.sentence, line.url

    assert told()[1] == f"/training/sessions/{SESSION}/"
    enrols_from_outside()
    sentence, url = told()
    assert url == f"/training/sessions/{SESSION}/list/"
    assert "sont à prévenir" in sentence
    with clock.at(at):
        page = text_of(signed_in(odile, at=at, language="fr").get(url))
    assert LEA.reach in page
    assert "Un rappel : la formation « Stades de changement » a lieu le 9 mars" in page


def test_from_which_region_somebody_came_goes_with_what_is_attested(
    cast: Cast, odile: Actor
) -> None:
    enrols_from_outside(replace(LEA, region="region_06"))
    [lea] = [one for one in listed(odile) if one.row.user_id is None]
    of = row(odile, AFTERWARDS)
    with acting(odile, AFTERWARDS):
        actions.note_who_came(of, [lea.row.pk], by=odile, at=AFTERWARDS)
        actions.close(of, by=odile, at=AFTERWARDS)

    with acting(cast.louise, AFTERWARDS):
        [said] = reached.attended(actor=cast.louise)
    assert (said.environment, said.region, said.is_ours) == ("school", "region_06", False)
