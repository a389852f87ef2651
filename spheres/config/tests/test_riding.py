"""Can what is thought beforehand, each alone, ride on any training, meeting or event?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from spheres.core import clock
from spheres.outreach.events.tests.factories import notes
from spheres.partners.rounds.models import QuestionSet
from spheres.partners.rounds.tests.test_pages import post
from spheres.training.sessions.tests.factories import plan, teach
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.committees import MEETING, convene
from tests.pages import signed_in

pytestmark = pytest.mark.django_db


def a_meeting(cast: Cast) -> str:
    convene(cast)
    return reverse("committees:meeting", args=[MEETING])


def a_training(cast: Cast) -> str:
    plan(cast.louise, teach(cast))
    return reverse("sessions:session", args=[uuid_of("a session")])


def an_event(cast: Cast) -> str:
    event_id = notes(cast.ines, held_on=date(2026, 3, 12))
    return reverse("events:event", args=[event_id])


def shown(who, address: str) -> tuple[int, str]:
    with clock.at(MONDAY):
        answer = signed_in(who).get(address)
    return answer.status_code, unescape(answer.content.decode())


@pytest.mark.parametrize("occasion", [a_meeting, a_training, an_event])
def test_a_round_rides_on_what_was_chosen_and_is_shown_on_its_page_to_those_who_read_it(
    cast: Cast, occasion: Callable[[Cast], str]
) -> None:
    address = occasion(cast)
    with acting(cast.louise):
        asks = QuestionSet.objects.get(slug="around-them", is_offered=True)
    way = reverse("rounds:round", args=[uuid_of("none")])[:8]

    assert way not in shown(cast.ines, address)[1]
    sent = post(
        signed_in(cast.louise),
        "/rounds/open/",
        asks=str(asks.pk),
        organisations=[str(one.id) for one in (cast.la_maison, cast.elsewhere, cast.police)],
        last_day_day=30,
        last_day_month=3,
        last_day_year=2026,
        rides_on=address.rstrip("/").rpartition("/")[2],
    )

    assert sent.status_code == 302, sent.content.decode()
    for who in (cast.louise, cast.ines):
        status, page = shown(who, address)
        assert (status, f'href="{sent["Location"]}"' in page, asks.title in page) == (
            200,
            True,
            True,
        )


def test_whoever_does_not_read_the_meeting_reads_nothing_of_what_rides_on_it(cast: Cast) -> None:
    address = a_meeting(cast)

    assert shown(cast.nadia, address)[0] == 404
