"""Whoever comes from outside: who is to remind them, and from which region did they come?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.records.between import reached
from spheres.training.catalogue import actions as catalogue
from spheres.training.catalogue.models import Topic
from spheres.training.sessions import actions, queries, standing
from spheres.training.sessions.tests.factories import (
    AFTERWARDS,
    LEA,
    SESSION,
    STARTS,
    enrols,
    enrols_from_outside,
    listed,
    row,
)
from spheres.training.sessions.tests.test_session_pages import text_of
from tests.cast import LOADER, MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
HERE = f"/training/sessions/{SESSION}/"


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


def test_an_organisation_from_outside_teaches_along_and_is_named_on_the_page(
    cast: Cast, odile: Actor
) -> None:
    cercle = uuid_of("cercle")
    said = catalogue.Said(cercle, topics=("stages",), languages=("fr",), reaches=("HERE",))
    with acting(cast.louise):
        catalogue.say_outside(said, "Cercle du Nord", by=cast.louise, at=MONDAY)
        assert queries.who_may_teach_along(actor=cast.louise) == [(cercle, "Cercle du Nord")]
    of = row(cast.louise)
    with acting(cast.louise):
        actions.reassign(of, [odile.user_id, cercle], by=cast.louise, at=MONDAY)

    with clock.at(MONDAY):
        page = text_of(signed_in(cast.ines, at=MONDAY, language="fr").get(HERE))
        asked = signed_in(odile, at=MONDAY).get(f"{HERE}teachers/").content.decode()
    assert "Odile, Cercle du Nord" in page
    chosen = re.findall(r'name="(\w+)" value="([0-9a-f-]{36})"', asked)
    assert ("others", str(cercle)) in chosen
    assert f'<option value="{cercle}"' not in asked  # whoever keeps the list works here


def test_after_a_training_that_calls_for_it_coaching_is_offered_to_whoever_came_alone(
    cast: Cast, odile: Actor
) -> None:
    enrols(cast.ines)
    enrols(cast.samir)
    [first] = [one for one in listed(odile) if one.name == "Inès"]
    of = row(odile, AFTERWARDS)
    with acting(odile, AFTERWARDS):
        actions.note_who_came(of, [first.row.pk], by=odile, at=AFTERWARDS)

    def told(who: Actor, days: int) -> list[str]:
        at = AFTERWARDS + timedelta(days=days)
        with acting(who, at), clock.at(at):
            return [one.url for one in standing.coaching(actor=who)]

    assert told(cast.ines, 1) == []  # this one does not call for it
    with acting(LOADER):
        Topic.objects.update(offers_coaching=True)
    assert told(cast.ines, 1) == ["/supervision/"]
    assert [told(who, 1) for who in (cast.samir, odile, cast.karim, cast.louise)] == [[]] * 4
    assert told(cast.ines, 15) == []
