"""Are days, hours and delays said as one says them in Québec, in both languages?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from spheres.ui import moments

AFTERNOON = datetime(2026, 11, 26, 19, 5, tzinfo=UTC)  # five past two in Montréal
FIRST = datetime(2026, 3, 1, 5, 30, tzinfo=UTC)  # half past midnight, before the hour changes
MONDAY = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ["26 novembre 2026", "26 novembre 2026, 14\u00a0h\u00a005", "14\u00a0h\u00a005",
                "26 novembre, 14\u00a0h\u00a005", "novembre 2026", "novembre",
                "jeudi 26 novembre 2026"]),
        ("en", ["November 26, 2026", "November 26, 2026, 2:05\u00a0p.m.", "2:05\u00a0p.m.",
                "November 26, 2:05\u00a0p.m.", "November 2026", "November",
                "Thursday, November 26, 2026"]),
    ],
)  # fmt: skip
def test_a_moment_is_said_where_the_programme_works(language, said):
    with translation.override(language):
        assert [
            say(AFTERNOON)
            for say in (
                moments.day,
                moments.moment,
                moments.hour,
                moments.short_moment,
                moments.month,
                moments.month_name,
                moments.weekday_and_day,
            )
        ] == said


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "1er mars 2026, 0\u00a0h\u00a030"), ("en", "March 1, 2026, 12:30\u00a0a.m.")],
)
def test_the_first_of_a_month_and_half_past_midnight_are_said_their_own_way(language, said):
    with translation.override(language):
        assert moments.moment(FIRST) == said


@pytest.mark.parametrize(("language", "said"), [("fr", "1er mai 2010"), ("en", "May 1, 2010")])
def test_a_day_without_an_hour_does_not_move(language, said):
    with translation.override(language):
        assert moments.day(date(2010, 5, 1)) == said


@pytest.mark.parametrize(
    ("since", "fr", "en"),
    [
        (timedelta(seconds=-5), "0 minute", "0 minutes"),
        (timedelta(seconds=59), "0 minute", "0 minutes"),
        (timedelta(minutes=1), "1 minute", "1 minute"),
        (timedelta(minutes=59), "59 minutes", "59 minutes"),
        (timedelta(hours=1, minutes=40), "1 heure", "1 hour"),
        (timedelta(hours=23, minutes=59), "23 heures", "23 hours"),
        (timedelta(days=1), "1 jour", "1 day"),
        (timedelta(days=400), "400 jours", "400 days"),
    ],
)
def test_a_delay_is_said_in_its_largest_whole_unit(since, fr, en):
    said = []
    for language in ("fr", "en"):
        with translation.override(language):
            said.append(moments.how_long(MONDAY - since, MONDAY).replace("\u00a0", " "))

    assert said == [fr, en]


def test_a_programme_is_told_the_moment_in_universal_time():
    assert moments.machine(AFTERNOON) == "2026-11-26T19:05:00+00:00"


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0 min"), (45, "45 min"), (120, "2 h"), (920, "15 h 20 min")]
)
def test_a_length_is_said_in_hours(minutes, said):
    assert moments.hours_long(minutes).replace("\u00a0", " ") == said
