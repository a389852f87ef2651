"""What is refused for a time: does it come back by itself, on the day that the letter promised?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import Error, transaction
from django.utils import translation

from spheres.config.tests.test_access_requests_pages import at_desk, get, main, post, signed_in
from spheres.core import clock
from spheres.core.actor import SEAT, Actor
from spheres.privacy.access_requests import actions, standing
from spheres.privacy.access_requests.forms import AnswerForm
from spheres.privacy.access_requests.models import Outcome, RequestStatus, Step
from spheres.privacy.access_requests.queries import Asked
from spheres.privacy.access_requests.tests.factories import (
    LATER,
    WHY,
    answer,
    found,
    receive,
    seat,
    step,
)
from spheres.records.between.places import Handed
from tests import pages
from tests.cast import Cast, acting, uuid_of

pytestmark = pytest.mark.django_db
HOLIDAY = date(2026, 5, 18)  # Journée nationale des patriotes: the last working day is the 15th
THE_DAY_BEFORE, THE_DAY = (
    datetime(2026, 5, 14, 14, tzinfo=UTC),
    datetime(2026, 5, 15, 14, tzinfo=UTC),
)
THE_DAY_AFTER = datetime(2026, 5, 19, 14, tzinfo=UTC)


def refused_for_a_time(cast: Cast, again: date = HOLIDAY) -> RequestStatus:
    request_id = receive(cast)
    step(request_id, Step.Kind.IDENTITY, "KNOWN", by=cast.ines)
    officer = seat(cast, request_id)
    step(request_id, Step.Kind.HARM, "HARMFUL", by=officer)
    later = {"ground": "HARM", "reasons": WHY, "look_again_on": again}
    answer(request_id, Outcome.LATER, by=officer, **later)
    with acting(cast.ines, LATER):
        return RequestStatus.objects.get(pk=request_id)


def said(one: Handed) -> str:
    return one.sentence.replace("\xa0", " ")


def on_the_day_of(cast: Cast, at: datetime) -> tuple[list[str], list[str]]:
    """What her worker reads on their day, and whoever is in charge of privacy on theirs."""
    with translation.override("fr"), clock.at(at):
        with acting(cast.ines, at):
            hers = [said(one) for one in standing.of_mine(actor=cast.ines)]
        with acting(cast.nadia, at):
            desk = [said(one) for one in standing.of_here(actor=cast.nadia)]
    return hers, desk


def test_it_comes_back_on_the_last_working_day_before_the_one_that_was_promised(
    cast: Cast,
) -> None:
    refused_for_a_time(cast)

    hers = ["Maya : ce qui a été refusé pour un temps est à revoir le 18 mai 2026"]
    assert on_the_day_of(cast, THE_DAY_BEFORE) == ([], [])
    assert on_the_day_of(cast, THE_DAY) == (
        hers, ["1 demande refusée pour un temps est à revoir le 18 mai 2026"],
    )  # fmt: skip
    assert on_the_day_of(cast, THE_DAY_AFTER) == (
        hers,
        ["1 demande refusée pour un temps devait être revue le 18 mai 2026 : voyez-y d’abord"],
    )  # fmt: skip


def test_the_desk_shows_the_day_that_was_promised_and_no_older_one(cast: Cast) -> None:
    refused_for_a_time(cast)
    nadia = pages.signed_in(cast.nadia, at=THE_DAY_AFTER, language="fr")

    page = main(get(nadia, at_desk("desk"), THE_DAY_AFTER))

    assert "À revoir le 18 mai 2026" in page
    assert "le dernier jour ouvrable qui le précède est le 15 mai 2026" in page
    assert "le jour promis est passé" in page
    assert ("1er avril 2026" in page, "prévu par la loi" in page) == (False, False)


def test_looked_at_again_it_takes_another_day_and_answered_it_waits_no_more(cast: Cast) -> None:
    request_id = refused_for_a_time(cast).pk
    officer = replace(cast.nadia, purpose=SEAT)
    with acting(cast.ines, THE_DAY):  # the first one ended with the refusal
        asked, again = found(request_id, cast.ines), uuid_of("a seat again")
        assert actions.give_seat(asked, again, officer.user_id, by=cast.ines, at=THE_DAY)
    said = {"ground": "HARM", "reasons": WHY, "look_again_on": date(2026, 8, 3)}
    answer(request_id, Outcome.LATER, by=officer, at=THE_DAY, which="again", **said)
    assert on_the_day_of(cast, THE_DAY_AFTER) == ([], [])

    answer(request_id, Outcome.WHOLE, by=cast.ines, at=THE_DAY_AFTER)

    with acting(cast.ines, THE_DAY_AFTER):
        assert RequestStatus.objects.get(pk=request_id).look_again_on is None


@pytest.mark.parametrize("day", [None, date(2027, 5, 18)])
def test_nobody_writes_another_day_than_the_one_of_the_decision(
    cast: Cast, day: date | None
) -> None:
    row = refused_for_a_time(cast)
    asked: Actor = cast.ines

    said = {"look_again_on": day, "status_by": asked.user_id, "status_at": LATER}
    with acting(asked, LATER), pytest.raises(Error, match="row-level"), transaction.atomic():
        RequestStatus.objects.filter(pk=row.pk).update(**said)


def test_a_refusal_of_before_that_kept_no_day_comes_back_by_the_day_of_the_law(cast: Cast) -> None:
    row = refused_for_a_time(cast)
    row.look_again_on = None

    with acting(cast.ines, LATER):
        clock_of = Asked(row.request, row).clock

    assert (clock_of.due_on, clock_of.is_again) == (date(2026, 4, 1), True)


def test_what_could_harm_her_is_never_refused_to_her_but_for_a_time(cast: Cast) -> None:
    request_id = receive(cast)
    step(request_id, Step.Kind.IDENTITY, "KNOWN", by=cast.ines)
    step(request_id, Step.Kind.HARM, "HARMFUL", by=cast.ines)
    seat(cast, request_id)
    nadia, path = signed_in(cast.nadia), at_desk("seat_answer", request_id)

    refused = post(nadia, path, AnswerForm, outcome="REFUSED", ground="HARM", reasons="Trop tôt.")

    assert refused.status_code == 422
    assert "n’est refusé que pour un temps" in main(refused)
    assert "Trop tôt." in main(refused)
    offered = set(re.findall(r'<option value="(\w+)"', refused.content.decode()))
    assert offered == {"HARM", "OTHERS", "EXACT"}
    later = {"outcome": "LATER", "ground": "HARM", "look_again_on": "2026-06-01"}
    assert post(nadia, path, AnswerForm, "then", reasons="Dit.", **later).status_code == 302
