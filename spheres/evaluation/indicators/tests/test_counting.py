"""Is what was done counted exactly, once, and for good?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import ProgrammingError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from spheres.audit.models import Event
from spheres.core import clock
from spheres.evaluation.indicators import tasks
from spheres.evaluation.indicators.counting import FIGURES
from spheres.evaluation.indicators.models import Figure, Span, Tally
from spheres.evaluation.indicators.tests.factories import (
    APRIL,
    JULY,
    OCTOBER,
    ROLLUPS,
    count,
    figures,
    lived,
    tallies,
)
from spheres.followup.admission import actions as admission
from spheres.followup.admission import tasks as nights
from spheres.followup.notes.tests import factories as notes
from tests.cast import MONDAY, TUESDAY, acting, follow, refer, uuid_of

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
SECOND = date(2026, 4, 1)  # the second quarter, which begins with April
OF_MAYA = [
    (MARCH, "institut", "REFERRALS", "", 1),
    (MARCH, "la-maison", "CONTACTS", "meeting", 1),
    (MARCH, "la-maison", "FOLLOW_UPS", "", 1),
]


def test_a_month_counts_what_each_organisation_did(cast):
    months = count()

    assert months == [JANUARY, FEBRUARY, MARCH]
    assert tallies() == OF_MAYA
    assert tallies(Span.QUARTER) == [(JANUARY, "la-maison", "PEOPLE", "", 1)]


def test_a_month_that_is_not_over_is_not_counted(cast):
    # The last hour of March, where the programme works.
    count(datetime(2026, 4, 1, 3, 59, tzinfo=UTC))

    assert (tallies(), figures(JANUARY)) == ([], {})


def test_what_happens_in_the_last_hour_of_a_local_month_belongs_to_it(cast):
    refer("Lou", desk=cast.institute.id, at=datetime(2026, 4, 1, 3, 59, tzinfo=UTC))
    refer("Ana", desk=cast.institute.id, at=datetime(2026, 4, 1, 4, 0, tzinfo=UTC))

    count()
    count(datetime(2026, 5, 1, 12, tzinfo=UTC))

    referrals = [row for row in tallies() if row[2] == "REFERRALS"]
    assert referrals == [
        (MARCH, "institut", "REFERRALS", "", 2),
        (SECOND, "institut", "REFERRALS", "", 1),
    ]


def test_a_missed_meeting_is_a_contact_that_meets_nobody_and_a_correction_is_none(cast):
    lou = follow("Lou", desk=cast.institute.id, louise=cast.louise, worker=cast.samir).file_id
    with acting(cast.ines):
        notes.correct(uuid_of("first note of Maya"), uuid_of("again"), by=cast.ines, at=TUESDAY)
    with acting(cast.samir):
        written = notes.written(uuid_of("missed"), MONDAY)
        missed = type(written)(**{**vars(written), "kind": "missed"})
        notes.actions.sign(lou, missed, by=cast.samir, at=MONDAY)

    count()

    assert [row for row in tallies() if row[2] == "CONTACTS"] == [
        (MARCH, "ailleurs", "CONTACTS", "meeting", 1),
        (MARCH, "ailleurs", "CONTACTS", "missed", 1),
        (MARCH, "la-maison", "CONTACTS", "meeting", 1),
    ]
    assert tallies(Span.QUARTER) == [
        (JANUARY, "ailleurs", "PEOPLE", "", 1),
        (JANUARY, "la-maison", "PEOPLE", "", 1),
    ]


def test_a_referral_that_became_nothing_is_counted_the_month_it_was_left(cast):
    for name in ("Lou", "Ana"):
        file_id = refer(name, desk=cast.institute.id)
    with acting(cast.louise):
        admission.close(file_id, to="ORIENTED", reason="other", by=cast.louise, at=MONDAY)
    expire_all(cast, JULY)

    count(OCTOBER)

    # One was closed by the desk and erased later; the other was never met, and erased in July.
    assert [row for row in tallies() if row[2] in {"LEFT", "REFERRALS"}] == [
        (MARCH, "institut", "REFERRALS", "", 3),
        (date(2026, 7, 1), "institut", "LEFT", "", 1),
    ]


def expire_all(cast, at):
    """What the nights of expiry do, if they come: what is said of nobody stays to be counted."""
    with clock.at(at):
        nights.expire()
        due = ProcrastinateJob.objects.filter(task_name="admission.expire_one")
        for job in due.order_by("pk"):
            nights.expire_one(**job.args)


def test_what_is_erased_afterwards_stays_counted(cast):
    refer("Lou", desk=cast.institute.id)
    count()
    before = tallies(), figures(JANUARY)

    expire_all(cast, JULY)
    count(OCTOBER)

    assert [row for row in tallies() if row[0] <= MARCH] == before[0]
    assert figures(JANUARY) == before[1]
    assert (date(2026, 7, 1), "institut", "LEFT", "", 1) in tallies()


def test_counting_twice_gives_the_same_rows(cast):
    count()
    once = tallies(), tallies(Span.QUARTER), figures(JANUARY), figures(MARCH)

    assert count() == []
    assert (tallies(), tallies(Span.QUARTER), figures(JANUARY), figures(MARCH)) == once


def test_two_nights_at_once_make_one_count(cast, monkeypatch):
    from spheres.evaluation.indicators import queries

    count()
    once = tallies(), figures(JANUARY)
    # The other night began before this one had written anything.
    monkeypatch.setattr(queries, "last_counted", lambda *, actor: None)
    monkeypatch.setattr(queries, "published", lambda *, actor: None)

    count()

    assert (tallies(), figures(JANUARY)) == once


def test_a_counting_that_was_late_counts_every_month_that_waited(cast):
    count()
    refer("Lou", desk=cast.institute.id, at=datetime(2026, 5, 5, 12, tzinfo=UTC))

    assert count(datetime(2026, 8, 20, tzinfo=UTC)) == [date(2026, m, 1) for m in (4, 5, 6, 7)]
    assert [row for row in tallies() if row[2] == "REFERRALS"] == [
        (MARCH, "institut", "REFERRALS", "", 1),
        (date(2026, 5, 1), "institut", "REFERRALS", "", 1),
    ]


def test_nothing_is_published_before_the_quarter_is_over(cast):
    count()
    count(datetime(2026, 6, 30, 12, tzinfo=UTC))
    assert figures(SECOND) == {}

    count(JULY)
    assert figures(SECOND)["QUARTER", "PEOPLE", ""] == 0


def test_a_quarter_is_published_with_its_small_numbers_hidden(cast):
    months = [(JANUARY, 7), (FEBRUARY, 2), (MARCH, 8)]
    lived(cast.institute, months, "meeting")

    count()

    assert figures(JANUARY) == {
        ("QUARTER", "PEOPLE", ""): None,
        ("QUARTER", "REFERRALS", ""): 17,
        ("QUARTER", "FOLLOW_UPS", ""): 0,
        ("QUARTER", "LEFT", ""): 0,
        ("QUARTER", "ADVICE", ""): 0,
        ("QUARTER", "CONTACTS", "meeting"): 17,
        ("MONTH", "REFERRALS", ""): 7,
        ("MONTH", "FOLLOW_UPS", ""): 0,
        ("MONTH", "LEFT", ""): 0,
        ("MONTH", "ADVICE", ""): 0,
        ("MONTH", "CONTACTS", "meeting"): 7,
    }
    assert figures(FEBRUARY)["MONTH", "REFERRALS", ""] is None
    assert figures(MARCH)["MONTH", "REFERRALS", ""] is None  # or the total would tell February


def test_a_counting_leaves_one_event_in_the_chain_of_its_service(cast):
    count()
    count()

    with acting(ROLLUPS):
        found = Event.objects.filter(chain_id=ROLLUPS.user_id).values_list("action", "chain")
        assert list(found) == [("figures.counted", "SERVICE")]


def test_the_night_counts_by_itself(cast):
    with clock.at(APRIL):
        tasks.count(timestamp=0)

    assert tallies() == OF_MAYA


@pytest.mark.parametrize("model", [Tally, Figure])
def test_what_is_counted_never_changes(cast, model):
    count()

    for change in (lambda: model.objects.update(kind="x"), lambda: model.objects.all().delete()):
        with pytest.raises(ProgrammingError), acting(ROLLUPS), transaction.atomic():
            change()


def test_no_text_and_no_name_is_looked_at():
    looked_at = {f"{table}.{column}" for table, names in FIGURES.reads.items() for column in names}

    assert looked_at == {
        "admission_referralstatus.file_id", "admission_referralstatus.reason",
        "admission_referralstatus.received_at", "admission_referralstatus.status",
        "admission_referralstatus.status_at", "intervention_support_advicerequest.id",
        "intervention_support_advicerequest.received_at",
        "heard_heard.how", "heard_heard.organisation_id", "heard_heard.starts_on",
        "intervention_support_adviceword.outcomes", "intervention_support_adviceword.request_id",
        "intervention_support_adviceword.speed", "intervention_support_adviceword.written_at",
        "intervention_support_advicefeedback.clearer",
        "intervention_support_advicefeedback.equipped",
        "intervention_support_advicefeedback.organisation_id",
        "intervention_support_advicefeedback.starts_on", "notes_note.corrects_id",
        "notes_note.file_id", "notes_note.kind", "notes_note.written_at",
        "participants_file.holder_id", "participants_file.id", "participants_followup.file_id",
        "participants_followup.opened_at", "sharing_handler.id", "sharing_handler.kind",
        "sharing_handler.matter_id", "sharing_handler.organisation_id",
        "sharing_handler.starts_at",
        *(f"therapy_requests_therapyrequest.{name}" for name in ("file_id", "id", "written_at")),
        *(
            f"therapy_requests_therapyrequestday.{name}"
            for name in ("id", "on", "request_id", "said_at", "what")
        ),
    }  # fmt: skip
