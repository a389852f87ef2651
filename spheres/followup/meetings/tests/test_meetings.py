"""Is a meeting planned, moved and answered for without blame, and shown where it helps?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from spheres.audit.models import Event
from spheres.core import clock
from spheres.followup.meetings import actions
from spheres.followup.meetings.models import MeetingStatus, PlannedMeeting
from spheres.followup.meetings.tests.plans import (
    LINE,
    MEETING,
    page,
    plan,
    pressed,
    seen,
    stands,
)
from spheres.participants.models import Assignment
from tests.cast import FRIDAY, MONDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in

Status = MeetingStatus.Status
HERE = ZoneInfo("America/Toronto")
MOVED = uuid_of("tea on Friday")


def form(day: datetime, hour: str, **said: str) -> dict[str, str]:
    return {
        "kind": "meeting",
        "day_day": str(day.day),
        "day_month": str(day.month),
        "day_year": str(day.year),
        "hour": hour,
        **said,
    }


def sent(cast: Cast, address: str, said: dict[str, str], at: datetime = MONDAY) -> Any:
    """Inès fills the page in, and sends it."""
    with clock.at(at):
        ines = signed_in(cast.ines, at=at, language="en")
        number = Page(ines.get(address).content.decode()).fields["form_id"]
        return ines.post(address, {"form_id": number, **said})


def moved(cast: Cast, starts_at: datetime = FRIDAY, at: datetime = MONDAY) -> UUID:
    with acting(cast.ines, at):
        planned = actions.Planned(MOVED, "call", starts_at)
        return actions.move(cast.maya.file_id, MEETING, planned, by=cast.ines, at=at)


def walks_too(cast: Cast) -> None:
    """Yanick walks with her beside Inès."""
    with acting(cast.ines):
        Assignment.objects.bulk_create(
            [
                Assignment(
                    id=uuid_of("Yanick too"), file_id=cast.maya.file_id, starts_at=MONDAY,
                    user_id=cast.yanick.user_id, part=Assignment.Part.SUPPORT,
                )
            ]
        )  # fmt: skip


@pytest.mark.django_db
def test_ines_plans_a_meeting_and_the_file_says_when(cast: Cast) -> None:
    answer = sent(cast, page(cast, "plan"), form(FRIDAY, "15:30", length="hour", line=LINE))

    with acting(cast.ines):
        [row] = PlannedMeeting.objects.filter(file_id=cast.maya.file_id)
        events = Event.objects.filter(action="meeting.planned", chain_id=cast.maya.file_id)
        assert [(event.record_ids, len(event.digest)) for event in events] == [([row.pk], 32)]
    assert answer.status_code == 302
    assert (row.kind, row.starts_at, row.length, row.worker_id, stands(cast, row.pk)) == (
        "meeting", datetime(2026, 3, 6, 15, 30, tzinfo=HERE), "hour", cast.ines.user_id,
        Status.PLANNED,
    )  # fmt: skip
    file = seen(cast.ines, reverse("dossier:file", args=[cast.maya.file_id]))
    assert file.index("In their words") < file.index("Next meeting") < file.index("What happened")
    assert "Friday, March 6, 3:30\u00a0p.m." in file
    assert LINE in file


@pytest.mark.django_db
def test_the_line_is_opened_with_the_file_in_its_one_event(cast: Cast) -> None:
    plan(cast)
    with acting(cast.ines):
        before = set(Event.objects.values_list("pk", flat=True))

    seen(cast.ines, reverse("dossier:file", args=[cast.maya.file_id]))

    with acting(cast.ines):
        [opened] = Event.objects.exclude(pk__in=before)
        assert (opened.action, MEETING in opened.record_ids) == ("open", True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "hour", "sentence"),
    [
        (MONDAY - timedelta(days=1), "10:00", "This moment has passed."),
        (MONDAY + timedelta(days=500), "10:00", "more than a year away"),
        (datetime(2026, 3, 8), "02:30", "That night the clock moves forward"),
        (MONDAY, "25:00", "Write the hour and the minutes"),
    ],
)
def test_an_hour_that_cannot_be_is_said_and_nothing_is_kept(
    cast: Cast, day: datetime, hour: str, sentence: str
) -> None:
    answer = sent(cast, page(cast, "plan"), form(day, hour, line=LINE))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert LINE in answer.content.decode()
    with acting(cast.ines):
        assert not PlannedMeeting.objects.exists()


@pytest.mark.django_db
def test_an_hour_that_comes_twice_is_the_first_one_and_is_shown_as_it_was_said(cast: Cast) -> None:
    before = datetime(2026, 10, 30, 14, tzinfo=HERE)
    sent(cast, page(cast, "plan"), form(datetime(2026, 11, 1), "01:30"), at=before)

    with acting(cast.ines):
        [row] = PlannedMeeting.objects.all()
    assert row.starts_at.isoformat() == "2026-11-01T05:30:00+00:00"
    file = seen(cast.ines, reverse("dossier:file", args=[cast.maya.file_id]), at=before)
    assert "Sunday, November 1, 1:30\u00a0a.m." in file


@pytest.mark.django_db
def test_an_address_in_the_line_is_shown_before_it_is_kept(cast: Cast) -> None:
    said = form(FRIDAY, "15:30", line="Au 12 rue des Pins.")

    answer = sent(cast, page(cast, "plan"), said)
    again = sent(cast, page(cast, "plan"), {**said, "looked_again": "yes"})

    assert (answer.status_code, again.status_code) == (422, 302)
    assert "looks like" in answer.content.decode()


@pytest.mark.django_db
def test_sending_the_page_twice_plans_once(cast: Cast) -> None:
    for _ in range(2):
        plan(cast)

    with acting(cast.ines):
        assert list(PlannedMeeting.objects.values_list("pk", flat=True)) == [MEETING]
        assert Event.objects.filter(action="meeting.planned").count() == 1


@pytest.mark.django_db
def test_a_meeting_is_moved_and_what_it_was_stays_readable(cast: Cast) -> None:
    plan(cast)

    for _ in range(2):
        moved(cast)

    assert (stands(cast), stands(cast, MOVED)) == (Status.MOVED, Status.PLANNED)
    later = seen(cast.ines, page(cast, "detail", MOVED))
    assert later.index("Friday, March 6, 9:00\u00a0a.m.") < later.index("How it was planned")
    assert later.index("How it was planned") < later.index("Monday, March 2, 11:00\u00a0a.m.")
    assert LINE in later
    assert "Moved to Friday" in seen(cast.ines, page(cast, "detail", MEETING))
    with acting(cast.ines):
        assert Event.objects.filter(action="meeting.moved").count() == 1


@pytest.mark.django_db
def test_a_colleague_moves_it_and_it_stays_the_meeting_of_ines(cast: Cast) -> None:
    plan(cast)
    walks_too(cast)
    with acting(cast.yanick):
        planned = actions.Planned(MOVED, "meeting", FRIDAY)
        actions.move(cast.maya.file_id, MEETING, planned, by=cast.yanick, at=MONDAY)

    with acting(cast.ines):
        row = PlannedMeeting.objects.get(pk=MOVED)
    assert (row.worker_id, row.written_by) == (cast.ines.user_id, cast.yanick.user_id)
    assert "Inès" in seen(cast.yanick, "/", at=FRIDAY)


@pytest.mark.django_db
def test_what_took_place_leads_to_a_contact_of_that_kind(cast: Cast) -> None:
    plan(cast, kind="accompaniment")

    [answer] = pressed(cast, "held", at=MONDAY + timedelta(hours=3))

    contact = reverse("notes:write", args=[cast.maya.file_id])
    assert answer.headers["Location"] == f"{contact}?kind=accompaniment"
    assert stands(cast) == Status.HELD
    form = seen(cast.ines, answer.headers["Location"])
    [chosen] = [part for part in form.split("<input") if 'value="accompaniment"' in part]
    assert chosen.partition(">")[0].count("checked") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "to"),
    [
        ("missed", Status.MISSED),
        ("cancelled-hers", Status.CANCELLED_HERS),
        ("cancelled-ours", Status.CANCELLED_OURS),
        ("cancelled-other", Status.CANCELLED_OTHER),
    ],
)
def test_one_press_says_it_once_and_is_taken_back(cast: Cast, answer: str, to: str) -> None:
    plan(cast)

    answers = pressed(cast, answer, times=2)

    assert [one.status_code for one in answers] == [302, 302]
    assert stands(cast) == to
    pressed(cast, "take_back", times=2)
    assert stands(cast) == Status.PLANNED
    with acting(cast.ines):
        said = Event.objects.filter(action__startswith="meeting.").order_by("number")
        assert [event.action for event in said] == [
            "meeting.planned", "meeting.missed" if to == Status.MISSED else "meeting.cancelled",
            "meeting.taken_back",
        ]  # fmt: skip


@pytest.mark.django_db
def test_what_was_said_is_not_said_over_nor_moved(cast: Cast) -> None:
    plan(cast)
    pressed(cast, "missed")

    [held] = pressed(cast, "held")

    with clock.at(MONDAY):
        move = signed_in(cast.ines).get(page(cast, "move", MEETING))
    assert (held.status_code, move.status_code, stands(cast)) == (403, 403, Status.MISSED)


@pytest.mark.django_db
def test_a_meeting_to_come_can_be_cancelled_but_has_not_taken_place(cast: Cast) -> None:
    plan(cast, FRIDAY)

    assert [pressed(cast, word)[0].status_code for word in ("held", "missed")] == [403, 403]
    assert pressed(cast, "cancelled-hers")[0].status_code == 302
