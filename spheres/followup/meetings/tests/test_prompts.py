"""Where are planned meetings shown and asked about, and what stops it?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from spheres.core import clock
from spheres.core.errors import WrongState
from spheres.followup.meetings import actions, queries
from spheres.followup.meetings.models import MeetingStatus
from spheres.followup.meetings.tests.plans import (
    LINE,
    MEETING,
    page,
    passes,
    plan,
    pressed,
    seen,
)
from tests.cast import FRIDAY, MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import signed_in

Status = MeetingStatus.Status
MOVED = uuid_of("tea on Friday")


@pytest.mark.django_db
def test_her_day_shows_the_meetings_of_the_day_before_what_waits(cast: Cast) -> None:
    plan(cast)
    plan(cast, FRIDAY, number=MOVED)

    day = seen(cast.ines, "/")

    assert day.index("Today") < day.index("11:00\u00a0a.m.") < day.index("Handed to you")
    assert day.count("meetings/") == 1
    assert "It took place" not in day
    assert LINE not in day
    assert "It took place" in seen(cast.ines, "/", at=MONDAY + timedelta(hours=2))


@pytest.mark.django_db
def test_nobody_else_reads_of_it(cast: Cast) -> None:
    plan(cast)

    days = [seen(actor, "/") for actor in (cast.yanick, cast.amrani)]

    assert all("Maya" not in day and "11:00" not in day for day in days)
    with acting(cast.samir):
        assert queries.today(at=MONDAY, actor=cast.samir) == queries.Today([], [])
        with pytest.raises(WrongState):
            actions.answer(cast.maya.file_id, MEETING, Status.HELD, by=cast.samir, at=MONDAY)


@pytest.mark.django_db
def test_what_became_of_it_is_asked_gently_until_somebody_says_it(cast: Cast) -> None:
    plan(cast)
    later = TUESDAY + timedelta(days=2)

    day, file = (
        seen(cast.ines, address, at=later)
        for address in ("/", reverse("dossier:file", args=[cast.maya.file_id]))
    )

    assert "what became of them?" in day
    assert "what became of it?" in file
    assert [word for word in ("late", "overdue", "red") if f" {word} " in day + file] == []
    assert "what became" not in seen(cast.ines, "/", at=MONDAY + timedelta(days=40))
    pressed(cast, "missed", at=later)
    assert "what became" not in seen(cast.ines, "/", at=later)


@pytest.mark.django_db
def test_a_few_are_asked_about_at_a_time(cast: Cast) -> None:
    for number in range(5):
        plan(cast, MONDAY + timedelta(hours=number + 1), number=uuid4())

    with acting(cast.ines, TUESDAY):
        asked = queries.today(at=TUESDAY, actor=cast.ines).asked

    assert [row.starts_at for row in asked] == [
        MONDAY + timedelta(hours=hours) for hours in (5, 4, 3)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["leave", "death"])
def test_a_death_or_the_end_of_an_episode_stops_every_prompt(cast: Cast, step: str) -> None:
    plan(cast)
    plan(cast, FRIDAY, number=MOVED)
    passes(cast, step, MONDAY + timedelta(hours=3))

    shown = [
        seen(cast.ines, address, at=at)
        for at in (MONDAY + timedelta(hours=4), TUESDAY, FRIDAY)
        for address in ("/", reverse("dossier:file", args=[cast.maya.file_id]))
    ]

    assert all("became of" not in page and "March 6" not in page for page in shown)
    assert all("It took place" not in page for page in shown)


@pytest.mark.django_db
def test_a_death_noted_by_mistake_brings_them_back_and_nothing_is_planned_meanwhile(
    cast: Cast,
) -> None:
    plan(cast, FRIDAY)
    passes(cast, "death", MONDAY)
    with clock.at(MONDAY):
        assert signed_in(cast.ines).get(page(cast, "plan")).status_code == 403

    passes(cast, "go-on", MONDAY)

    assert "March 6" in seen(cast.ines, reverse("dossier:file", args=[cast.maya.file_id]))


@pytest.mark.django_db
def test_what_was_planned_before_she_left_does_not_come_back_with_her(cast: Cast) -> None:
    plan(cast, FRIDAY)
    passes(cast, "leave", MONDAY)
    passes(cast, "return", TUESDAY)
    plan(cast, FRIDAY + timedelta(days=1), number=MOVED, at=TUESDAY)

    file = seen(cast.ines, reverse("dossier:file", args=[cast.maya.file_id]), at=TUESDAY)

    assert "March 7" in file
    assert "March 6" not in file


@pytest.mark.django_db
def test_every_meeting_of_a_file_is_on_one_page(cast: Cast) -> None:
    plan(cast)
    plan(cast, FRIDAY, number=uuid_of("another"))
    pressed(cast, "cancelled-hers")

    listed = seen(cast.ines, page(cast, "of_file"))

    assert listed.index("March 6") < listed.index("Before") < listed.index("March 2")
    assert "Cancelled by the person" in listed


@pytest.mark.django_db
def test_a_day_costs_the_same_for_one_meeting_and_for_three(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    # One of today and one of yesterday; then four of today, and three of yesterday are asked about.
    for hours, lines in (((1,), 2), ((2, 3, 4), 7)):
        for each in hours:
            plan(cast, MONDAY + timedelta(hours=each), number=uuid4())
            plan(cast, TUESDAY + timedelta(hours=each), number=uuid4())
        with clock.at(TUESDAY):
            ines = signed_in(cast.ines, at=TUESDAY)
            with django_assert_num_queries(8):
                day = ines.get("/").content.decode()
        assert day.count(">Maya</a>, ") == lines
