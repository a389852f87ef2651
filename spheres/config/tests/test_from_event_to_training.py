"""Do an event, a request for training and a training stand on the page of one organisation?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from spheres.core import clock
from spheres.outreach.events import gathered
from spheres.outreach.events.forms import AskedForForm
from spheres.outreach.events.models import AskedFor
from spheres.outreach.events.tests.factories import SCHOOL, notes
from spheres.training.attestations.tests.factories import attest_outside, teach
from spheres.training.requests.models import TrainingRequest
from spheres.training.requests.tests.test_requests import leave
from tests.cast import MONDAY, Cast, acting
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/outreach/"


def all_of(who: Any) -> dict[str, list[str]]:
    """Each organisation, with what took place there, as this person sees it."""
    with acting(who):
        found = gathered.organisations(actor=who)
        return {one.name: [line.what for line in one.lines] for one in found}


def test_what_it_asked_for_stands_beside_its_events_for_the_coordination_alone(cast: Cast) -> None:
    notes(cast.ines, organisation="  école des RIVES ")
    leave(cast)

    assert all_of(cast.louise) == {SCHOOL: ["A demandé une formation", "Présentation du programme"]}
    assert all_of(cast.ines) == {"  école des RIVES ": ["Présentation du programme"]}


def test_the_trainings_of_an_organisation_stand_beside_its_events_for_the_coordination_alone(
    cast: Cast,
) -> None:
    teach()
    notes(cast.ines)
    attest_outside("Mireille", "first", date(2026, 2, 27), by=cast.louise)

    with acting(cast.louise):
        (one,) = gathered.organisations(actor=cast.louise)
    assert [(line.what, line.people) for line in one.lines] == [
        ("Formation\u00a0: Thème first", 1), ("Présentation du programme", 0),
    ]  # fmt: skip
    assert all_of(cast.ines) == {SCHOOL: ["Présentation du programme"]}


def test_a_training_is_asked_for_in_one_tap_and_the_request_opens_with_the_organisation(
    cast: Cast,
) -> None:
    event_id = notes(cast.roy)
    with clock.at(MONDAY):
        roy = signed_in(cast.roy, language="en")
        pressed = roy.post(
            f"{PAGE}{event_id}/asked-for/",
            {"form_id": AskedForForm().signed_id, "what": "TRAINING"},
        )
        page = Page(roy.get(pressed.url).content.decode())
        said = {
            "form_id": page.fields["form_id"], "organisation": page.fields["organisation"],
            "environment": "school", "people": "12", "group": "L’équipe du deuxième cycle",
            "needs": "Accueillir une confidence.", "dates": "un jeudi", "place": "THERE",
            "language": "fr", "reach": "450 555-0142, le midi", "looked_again": "yes",
        }  # fmt: skip
        sent = [roy.post(pressed.url, said).status_code for _ in range(2)]

    assert pressed.url == f"/training/requests/begin/{event_id}/"
    assert (page.fields["organisation"], sent) == (SCHOOL, [200, 200])
    with acting(cast.roy):
        assert (TrainingRequest.objects.count(), AskedFor.objects.count()) == (0, 1)
    assert all_of(cast.louise)[SCHOOL] == ["A demandé une formation", "Présentation du programme"]
