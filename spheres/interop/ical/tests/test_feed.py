"""Does an address give hours and nothing else, and end at once for every reason there is?"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import yaml
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from icalendar import Calendar

from spheres.accounts.models import Membership, User
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import VISITOR, service
from spheres.followup.meetings.models import MeetingStatus
from spheres.followup.reaching import policy as reaching
from spheres.interop.ical import policy, queries, writing
from spheres.interop.ical.tests.asked import (
    LINE,
    MEETING,
    answer,
    asked,
    hours,
    make,
    plan,
    same_404,
    say,
)
from spheres.participants.models import Assignment
from spheres.regions import queries as regions
from spheres.sharing.models import Conflict
from tests.cast import FRIDAY, LOADER, MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import signed_in

HERE = ZoneInfo("America/Toronto")
CALENDAR = service("calendar")
HOUR = timedelta(hours=1)
Status = MeetingStatus.Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(cast: Cast) -> str:
    """La Maison said yes; Inès has an address, and meets Maya today."""
    say(cast)
    plan(cast)
    return make(cast)


def unknown() -> tuple[int, str]:
    return same_404(asked("a" * 43))


def test_it_gives_the_hour_and_how_long(cast: Cast, token: str) -> None:
    plan(cast, FRIDAY, number=uuid_of("longer"), length="half_day")

    assert hours(token) == [(MONDAY + 2 * HOUR, HOUR), (FRIDAY, 4 * HOUR)]


def test_nothing_of_anybody_leaves(cast: Cast, token: str) -> None:
    """No name, place, kind, colleague, organisation, programme; no identifier we hold."""
    said = asked(token)
    text = said.content.decode()
    ids = [MEETING, cast.maya.file_id, cast.ines.user_id, cast.la_maison.pk]

    assert [str(one) for one in ids if str(one) in text or one.hex in text] == []
    lines = {line.partition(":")[0].partition(";")[0] for line in text.split("\r\n") if line}
    assert lines == {
        "BEGIN", "END", "PRODID", "VERSION", "METHOD", "X-PUBLISHED-TTL", "UID", "DTSTAMP",
        "DTSTART", "DTEND", "SUMMARY", "CLASS",
    }  # fmt: skip
    never = ("Maya", "Inès", LINE, "gare", "accompan", "Maison", regions.region().programme)
    assert [word for word in never if word.casefold() in text.casefold()] == []
    assert said.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert said.headers["Cache-Control"] == "no-store"
    assert not said.cookies


def test_the_one_word_is_neutral_in_both_languages_and_every_region(token: str) -> None:
    """T34: the lexicon over the feed, every text of it, in every region's own names too."""
    words = {language: writing.label(language) for language in ("fr", "en")}
    assert words == {"fr": "Rendez-vous", "en": "Appointment"}
    events = Calendar.from_ical(asked(token).content).walk("VEVENT")
    assert {str(event["summary"]) for event in events} == {"Rendez-vous"}
    said = [*words.values(), writing.NAME]
    for path in settings.ROOT.glob("regions/*/region.yaml"):
        region = yaml.safe_load(path.read_text(encoding="utf-8"))
        names = (*region["programme"].values(), *region["name"].values())
        assert [found for text in said for found in reaching.telling_words(text, names=names)] == []
    never = re.compile(r"exploit|sex|police|suivi|follow|program|sph[eè]res|youth|jeun", re.I)
    assert [text for text in said if never.search(text)] == []


def test_its_numbers_lead_nowhere_and_change_with_the_address(cast: Cast, token: str) -> None:
    def numbers(of: str) -> list[str]:
        return [str(one["uid"]) for one in Calendar.from_ical(asked(of).content).walk("VEVENT")]

    assert numbers(token) == numbers(token)
    assert numbers(token) != numbers(make(cast))


def test_one_week_back_and_five_ahead_of_what_is_planned_or_took_place(
    cast: Cast, token: str
) -> None:
    days = {"too old": -8, "last week": -6, "in a month": 30, "too far": 36}
    for name, number in days.items():
        plan(cast, MONDAY + timedelta(days=number), number=uuid_of(name))
    for name, to in (("missed", Status.MISSED), ("cancelled", Status.CANCELLED_HERS)):
        plan(cast, number=uuid_of(name))
        answer(cast, to, uuid_of(name))
    answer(cast, Status.HELD)

    assert [begins for begins, _ in hours(token)] == [
        MONDAY - timedelta(days=6), MONDAY + 2 * HOUR, MONDAY + timedelta(days=30),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("local", "universal"),
    [
        (datetime(2026, 3, 7, 10, tzinfo=HERE), datetime(2026, 3, 7, 15, tzinfo=UTC)),
        (datetime(2026, 3, 8, 10, tzinfo=HERE), datetime(2026, 3, 8, 14, tzinfo=UTC)),
    ],
)
def test_the_clock_moves_and_the_hour_stays_what_was_said(
    cast: Cast, token: str, local: datetime, universal: datetime
) -> None:
    plan(cast, local, number=uuid_of("that weekend"), length="moment")

    assert hours(token)[-1] == (universal, timedelta(minutes=15))


def test_an_ended_address_is_unknown_at_the_next_request(cast: Cast, token: str) -> None:
    assert asked(token).status_code == 200

    with clock.at(MONDAY):
        signed_in(cast.ines).post("/calendar/end/")

    assert same_404(asked(token)) == unknown()


def test_a_new_address_ends_the_one_before(cast: Cast, token: str) -> None:
    after = make(cast)

    assert same_404(asked(token)) == unknown()
    assert len(hours(after)) == 1


def test_a_no_ends_every_address_and_a_yes_revives_none(cast: Cast, token: str) -> None:
    say(cast, False, at=TUESDAY)
    off = same_404(asked(token, TUESDAY))
    say(cast, True, at=FRIDAY)

    assert off == same_404(asked(token, FRIDAY)) == unknown()
    assert hours(make(cast, at=FRIDAY), FRIDAY) != []


def test_it_is_off_until_somebody_who_leads_says_yes(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines, samir = signed_in(cast.ines), signed_in(cast.samir)
        refused = [one.post("/calendar/new/").status_code for one in (ines, samir)]
        refused += [one.post("/calendar/on/").status_code for one in (ines, samir)]
    say(cast)
    with clock.at(MONDAY):
        elsewhere = signed_in(cast.samir).post("/calendar/new/").status_code

    assert (refused, elsewhere) == ([403] * 4, 403)


def test_the_meetings_of_a_person_she_no_longer_walks_with_are_gone_at_the_next_request(
    cast: Cast, token: str
) -> None:
    assert len(hours(token)) == 1
    with acting(cast.ines, TUESDAY):
        Assignment.objects.filter(user_id=cast.ines.user_id).update(ends_at=TUESDAY)

    assert hours(token, TUESDAY) == []


def test_a_conflict_declared_takes_her_hours_away(cast: Cast, token: str) -> None:
    with acting(cast.ines):
        Conflict.objects.bulk_create([Conflict(
            id=uuid4(), file_id=cast.maya.file_id, user_id=cast.ines.user_id, declared_at=MONDAY
        )])  # fmt: skip

    assert hours(token) == []


def left(cast: Cast) -> None:
    with acting(service("doorkeeper"), TUESDAY):
        Membership.objects.filter(user_id=cast.ines.user_id).update(ends_at=TUESDAY)


def closed(cast: Cast) -> None:
    with acting(service("doorkeeper"), TUESDAY):
        User.objects.filter(pk=cast.ines.user_id).update(is_active=False)


def came_back(cast: Cast) -> None:
    """She left on Tuesday and works here again since Friday: what she had is not given back."""
    left(cast)
    with acting(LOADER, FRIDAY):
        Membership.objects.bulk_create([Membership(
            id=uuid4(), user_id=cast.ines.user_id, organisation=cast.la_maison,
            role="youth_worker", job_title_fr="T", job_title_en="T", starts_at=FRIDAY - HOUR,
        )])  # fmt: skip


@pytest.mark.parametrize("happens", [left, closed, came_back])
def test_whoever_left_or_whose_account_is_closed_has_no_address(
    cast: Cast, token: str, happens: Any
) -> None:
    happens(cast)

    assert same_404(asked(token, FRIDAY)) == unknown()


@pytest.mark.parametrize("step", ["death", "leave"])
def test_a_death_or_a_departure_empties_the_calendar(cast: Cast, token: str, step: str) -> None:
    with clock.at(TUESDAY):
        ways = {"death": "death", "leave": "follow-up/leave"}
        address = f"/files/{cast.maya.file_id}/{ways[step]}/"
        assert signed_in(cast.ines, at=TUESDAY).post(address).status_code == 302

    assert hours(token, TUESDAY) == []


def test_the_meetings_of_another_worker_never_appear_even_of_the_same_person(cast: Cast) -> None:
    say(cast)
    plan(cast)
    with acting(cast.ines):
        Assignment.objects.bulk_create([Assignment(
            id=uuid4(), file_id=cast.maya.file_id, user_id=cast.yanick.user_id, starts_at=MONDAY,
            part=Assignment.Part.SUPPORT,
        )])  # fmt: skip
    token = make(cast, by=cast.yanick)

    assert hours(token) == []


def test_reading_is_a_service_s_and_is_written_in_its_own_chain(cast: Cast, token: str) -> None:
    with acting(CALENDAR):
        before = Event.objects.count()

    asked(token)

    with acting(CALENDAR):
        [event] = Event.objects.all()[before:]
        mine = queries.hours(token, at=MONDAY, actor=CALENDAR)
    assert (event.chain, event.action, event.actor_id) == (
        "SERVICE", "calendar.read", CALENDAR.user_id,
    )  # fmt: skip
    assert mine is not None
    assert event.record_ids == [mine.address_id, MEETING]
    with acting(cast.ines):
        assert not Event.objects.filter(action="calendar.read").exists()


def test_nobody_else_asks_the_question_nor_reads_a_row_with_it(cast: Cast, token: str) -> None:
    for who in (cast.ines, cast.karim, cast.samir, VISITOR):
        refused = pytest.raises(ProgrammingError, match="only service:calendar")
        with acting(who), refused, transaction.atomic():
            queries.hours(token, at=MONDAY, actor=who)
    with acting(CALENDAR), connection.cursor() as cursor:
        for table in ("meetings_plannedmeeting", "participants_identity", "ical_calendaraddress"):
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone() == (0,)


def test_an_address_asked_without_rest_is_told_to_wait(cast: Cast, token: str) -> None:
    answers = [asked(token).status_code for _ in range(policy.AN_HOUR + 1)]

    assert answers == [200] * policy.AN_HOUR + [429]
    assert asked(token, MONDAY + timedelta(minutes=61)).status_code == 200


def test_what_is_kept_is_the_hash_and_it_is_shown_once(cast: Cast) -> None:
    say(cast)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        form = re.search(r'name="form_id" value="([^"]+)"', ines.get("/calendar/").content.decode())
        assert form is not None
        page = ines.post("/calendar/new/", {"form_id": form[1]}).content.decode()
        again = ines.post("/calendar/new/", {"form_id": form[1]}).content.decode()
        later = ines.get("/calendar/").content.decode()
    first, second = (re.findall(r"/calendar/([\w-]{43})\.ics", one) for one in (page, again))
    with acting(cast.ines):
        address = queries.mine(actor=cast.ines)[None]
    assert address is not None
    assert (len(first), len(second), ".ics" in later) == (1, 1, False)
    assert bytes(address.digest) == queries.digest_of(second[0])
    # Sent twice, the one on the last page serves, and it alone.
    assert same_404(asked(first[0])) == unknown()
    assert asked(second[0]).status_code == 200


def test_the_lead_says_yes_on_the_page_and_no_when_she_wants(cast: Cast) -> None:
    with clock.at(MONDAY):
        karim = signed_in(cast.karim, language="en")
        for answer_, words in (("on", "Say no, and end them all"), ("off", "Say yes")):
            form = re.search(
                r'action="/calendar/o[nf]+/".*?name="form_id" value="([^"]+)"',
                karim.get("/calendar/").content.decode(),
            )
            assert form is not None
            karim.post(f"/calendar/{answer_}/", {"form_id": form[1]})
            assert words in karim.get("/calendar/").content.decode()
    with acting(cast.karim):
        said = Event.objects.filter(action__startswith="calendar.").order_by("number")
        assert [event.action for event in said] == ["calendar.on", "calendar.off"]


@pytest.mark.parametrize("who", ["nadia"])
def test_the_page_does_not_exist_for_whom_it_does_not_concern(cast: Cast, who: str) -> None:
    with clock.at(MONDAY):
        assert signed_in(getattr(cast, who)).get("/calendar/").status_code == 404


def test_reading_costs_the_same_for_one_and_for_three(
    cast: Cast, token: str, django_assert_num_queries: Any
) -> None:
    for number in range(2):
        with django_assert_num_queries(9):
            assert asked(token).status_code == 200
        plan(cast, FRIDAY, number=uuid4())
        plan(cast, FRIDAY + number * HOUR, number=uuid4())
