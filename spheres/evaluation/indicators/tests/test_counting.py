"""Is what was done counted exactly, once, and for good?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import ProgrammingError, transaction
from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    ForeignKey,
    OneToOneField,
    UUIDField,
)
from procrastinate.contrib.django.models import ProcrastinateJob

from spheres.audit.models import Event
from spheres.core import clock
from spheres.evaluation.indicators import tasks
from spheres.evaluation.indicators.counting import FIGURES
from spheres.evaluation.indicators.definitions import INDICATORS
from spheres.evaluation.indicators.models import (
    Figure,
    FirstWait,
    Intensity,
    Opening,
    Span,
    Tally,
)
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
TABLES = {model._meta.db_table: model for model in apps.get_models()}
SAYING_NOTHING = {
    UUIDField, DateField, DateTimeField, ForeignKey, OneToOneField, CharField, ArrayField,
}  # fmt: skip
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
    assert tallies(Span.QUARTER) == [
        (JANUARY, "la-maison", "FIRST_WAIT", "THREE_DAYS", 1),
        (JANUARY, "la-maison", "INTENSITY", "ONE", 1),
        (JANUARY, "la-maison", "OPENINGS", "FIRST", 1),
        (JANUARY, "la-maison", "PEOPLE", "", 1),
    ]


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
    assert [row for row in tallies(Span.QUARTER) if row[2] == "PEOPLE"] == [
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

    told = figures(JANUARY)
    assert {key: number for key, number in told.items() if number != 0} == {
        ("QUARTER", "PEOPLE", ""): None,
        # Of one person, not even in which band nobody is.
        **dict.fromkeys(("QUARTER", "INTENSITY", kind) for kind in Intensity.values),
        **dict.fromkeys(("QUARTER", "FIRST_WAIT", kind) for kind in FirstWait.values),
        **dict.fromkeys(("QUARTER", "OPENINGS", kind) for kind in Opening.values),
        ("QUARTER", "REFERRALS", ""): 17,
        ("QUARTER", "CONTACTS", "meeting"): 17,
        ("MONTH", "REFERRALS", ""): 7,
        ("MONTH", "CONTACTS", "meeting"): 7,
    }
    # Nought is told of all that is counted, so that no page takes what is missing for nothing.
    assert {measure for _span, measure, _kind in told} == set(INDICATORS)
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
    fields = {
        f"{table}.{field.column}": field
        for table in FIGURES.reads
        for field in TABLES[table]._meta.concrete_fields
    }
    looked_at = [
        fields[f"{table}.{name}"] for table, names in FIGURES.reads.items() for name in names
    ]

    assert [str(one) for one in looked_at if type(one) not in SAYING_NOTHING] == []
    # Of those that hold a word, it is a code that somebody chose among others, never typed.
    assert sorted(str(one) for one in looked_at if isinstance(one, CharField | ArrayField)) == [
        "accompaniments.Step.came_to", "admission.ReferralStatus.reason",
        "admission.ReferralStatus.status", "attestations.Attestation.source",
        "committees.PromiseStatus.status", "events.Event.heads", "events.Event.kind",
        "heard.Heard.how", "intervention_support.AdviceFeedback.clearer",
        "intervention_support.AdviceFeedback.equipped", "intervention_support.AdviceWord.outcomes",
        "intervention_support.AdviceWord.speed", "life_plan.Aim.domain",
        "life_plan.StepStatus.status", "notes.Note.kind", "sharing.Handler.kind",
        "stage_marks.StageMark.stage",
        "therapy_requests.TherapyRequestDay.what", "urgent_needs.Outcome.came_to",
    ]  # fmt: skip
