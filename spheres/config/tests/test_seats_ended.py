"""When does a seat at a matter of the law end, who ends it, and is it ended once?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import Error, transaction
from django.urls import reverse

from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.followup.notes.models import Note
from spheres.followup.representatives import actions as representatives
from spheres.participants.models import Suspension
from spheres.privacy.access_requests import actions as asks
from spheres.privacy.access_requests.models import Asker, Outcome, Step
from spheres.privacy.access_requests.tests import factories as asking
from spheres.privacy.access_requests.tests.factories import LATER, found
from spheres.privacy.legal_demands import actions as demands
from spheres.privacy.legal_demands.tests import factories as demanding
from spheres.sharing.models import Seat
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
SINCE = LATER + timedelta(days=1)


def notes(actor, at=SINCE) -> int:
    with acting(actor, at):
        return Note.objects.count()


def ended(cast: Cast) -> list[tuple]:
    with acting(cast.ines, SINCE):
        return list(Seat.objects.values_list("ended_by", flat=True).order_by("ended_at", "id"))


@pytest.fixture
def request_id(cast: Cast):
    return asking.receive(cast, asker=Asker.PARENT)


def test_those_who_walk_with_her_end_the_seat_they_gave(cast: Cast, request_id) -> None:
    officer = asking.seat(cast, request_id)
    assert notes(officer) == 1

    with clock.at(SINCE):
        page = reverse("access_requests:one", args=[cast.maya.file_id, request_id])
        client = signed_in(cast.ines, at=SINCE, language="en")
        assert "End the seat" in client.get(page).content.decode()
        end = reverse("access_requests:end_seat", args=[cast.maya.file_id, request_id])
        answers = [client.post(end).status_code for _twice in range(2)]
        assert "End the seat" not in client.get(page).content.decode()

    assert (answers, notes(officer), ended(cast)) == ([302, 302], 0, [cast.ines.user_id])


def test_whoever_sits_there_ends_no_seat_of_the_team_s_page(cast: Cast, request_id) -> None:
    officer = asking.seat(cast, request_id)
    end = reverse("access_requests:end_seat", args=[cast.maya.file_id, request_id])

    with clock.at(SINCE):
        assert signed_in(cast.nadia, at=SINCE).post(end).status_code == 404
    with acting(officer, SINCE), pytest.raises(NotAllowed):
        asks.end_seat(found(request_id, officer), by=officer, at=SINCE)

    assert notes(officer) == 1


@pytest.mark.parametrize("outcome", [Outcome.WHOLE, Outcome.PART])
def test_once_it_was_handed_over_the_seat_reads_nothing(cast: Cast, request_id, outcome) -> None:
    asking.ready_for_parent(cast, request_id, opinion="YES", harm="SAFE")
    officer = asking.seat(cast, request_id)
    more = {"ground": "OTHERS", "reasons": "Une autre personne."} if outcome == "PART" else {}
    asking.answer(request_id, outcome, by=officer, **more)
    with acting(officer, LATER):
        asks.hand_over(found(request_id, officer), uuid_of("h"), "Remis.", by=officer, at=LATER)

    assert notes(officer) == 0


def test_those_who_walk_with_her_end_the_seats_at_a_demand(cast: Cast, request_id) -> None:
    matter_id = demanding.link(cast)
    nadia = demanding.seated(cast.nadia)
    counsel = demanding.give_seat(matter_id, demanding.counsel(cast), by=nadia, faces=("notes",))
    assert [notes(who) for who in (nadia, counsel)] == [1, 1]

    with clock.at(SINCE):
        page = reverse("legal_demands:of_file", args=[cast.maya.file_id, matter_id])
        client = signed_in(cast.ines, at=SINCE, language="en")
        assert "End the seats" in client.get(page).content.decode()
        end = reverse("legal_demands:end_seats", args=[cast.maya.file_id, matter_id])
        assert client.post(end).status_code == 302

    assert [notes(who) for who in (nadia, counsel)] == [0, 0]
    with acting(nadia, SINCE), pytest.raises(NotAllowed):
        demands.end_seats(None, by=nadia, at=SINCE)


# What is ended, is; what is the newest was written last.


def test_a_seat_that_ended_is_not_ended_again(cast: Cast, request_id) -> None:
    asking.seat(cast, request_id)
    with acting(cast.ines, LATER):
        asks.end_seat(found(request_id, cast.ines), by=cast.ines, at=LATER)

    with acting(cast.ines, SINCE), pytest.raises(Error), transaction.atomic():
        Seat.objects.update(ended_at=MONDAY, ended_by=cast.ines.user_id)


def test_a_suspension_that_ended_is_not_ended_again(cast: Cast) -> None:
    said = representatives.Said(uuid_of("s"), "PARENT", "DANGER", "Un danger.")
    with acting(cast.ines):
        representatives.suspend(cast.maya.file_id, said, by=cast.ines, at=MONDAY)
    with acting(cast.ines, LATER):
        Suspension.objects.update(ended_at=LATER, ended_by=cast.ines.user_id)

    with acting(cast.ines, SINCE), pytest.raises(Error), transaction.atomic():
        Suspension.objects.update(ended_at=SINCE, ended_by=cast.ines.user_id)


@pytest.mark.parametrize("days", [-30, 30_000])
def test_a_step_is_dated_when_it_is_written(cast: Cast, request_id, days: int) -> None:
    row = Step(
        id=uuid_of("other day"), file_id=cast.maya.file_id, request_id=request_id, kind="HARM",
        code="SAFE", written_by=cast.ines.user_id, written_at=LATER + timedelta(days=days),
    )  # fmt: skip

    with acting(cast.ines, LATER), pytest.raises(Error), transaction.atomic():
        Step.objects.bulk_create([row])
