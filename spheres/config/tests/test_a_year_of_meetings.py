"""Does a year of five hundred meetings ask no more of the database than a month of five?

The calendar of the programme, the page of committees, that of one committee, and the feed.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.core import clock
from spheres.interop.ical.tests.asked import asked, hours, make, say
from spheres.partners.committees.actions import moment_of
from spheres.sharing.models import CommitteeMeeting
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.committees import convene
from tests.pages import signed_in

HOUR = timedelta(hours=1)

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("number", [5, 500])]


def called(cast: Cast, number: int) -> UUID:
    """So many meetings, from today over a year; Louise calls them all."""
    of, day = convene(cast).committee_id, MONDAY.date() + timedelta(days=1)
    with acting(cast.louise):
        CommitteeMeeting.objects.bulk_create(
            CommitteeMeeting(
                id=uuid_of(f"meeting {rank}"), committee_id=of, held_on=at.date(),
                starts_at=at, ends_at=at + HOUR, place="REMOTE", called_by=cast.louise.user_id,
                called_at=MONDAY,
            )
            for rank in range(number)
            for at in [moment(day, rank)]
        )  # fmt: skip
    return of


def moment(day: date, rank: int) -> datetime:
    return moment_of(day + timedelta(days=rank * 365 // 500), datetime(2026, 1, 1, 9).time())


def test_the_pages_ask_the_same(cast: Cast, number: int) -> None:
    of = called(cast, number)
    client = signed_in(cast.ines)
    cost = {}
    for address in ("/programme/", "/committees/", f"/committees/{of}/"):
        with clock.at(MONDAY):
            client.get(address)
            with CaptureQueriesContext(connection) as said:
                assert client.get(address).status_code == 200
        cost[address.replace(str(of), "one")] = len(said)

    assert cost == {"/programme/": 12, "/committees/": 8, "/committees/one/": 8}


def test_the_feed_asks_the_same_and_gives_what_is_near(cast: Cast, number: int) -> None:
    of = called(cast, number)
    say(cast)
    token = make(cast, of=of)
    asked(token)
    with CaptureQueriesContext(connection) as said:
        assert asked(token).status_code == 200

    assert len(said) == 9
    # Five weeks ahead: what is later comes when its time comes near.
    assert max(begins for begins, _long in hours(token)) < MONDAY + timedelta(weeks=5)
