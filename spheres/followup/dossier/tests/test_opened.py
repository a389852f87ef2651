"""Is who opened a file read at a glance, and is every time still there?"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.dossier import opened
from spheres.ui import moments
from tests.cast import MONDAY, Cast, acting
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db

# Long after the cast was made: what was done then is all before the last seven days.
NOW = MONDAY + timedelta(days=75)
MARCH, APRIL = MONDAY + timedelta(days=8), MONDAY + timedelta(days=40)


def record(cast: Cast, *moments_: datetime, action: str = "open", by: Actor | None = None) -> None:
    for at in moments_:
        with acting(by or cast.ines, at):
            audit.record(action, by=by or cast.ines, file_id=cast.maya.file_id, sections=["notes"])


def seen(cast: Cast, asked: str = "", language: str = "fr") -> str:
    with clock.at(NOW):
        client = signed_in(cast.ines, language=language, at=NOW)
        return unescape(client.get(f"/files/{cast.maya.file_id}/who/{asked}").content.decode())


def test_what_one_person_did_on_one_day_is_one_line_and_each_time_stays_one_tap_away(
    cast: Cast,
) -> None:
    times = [NOW - timedelta(days=1, minutes=minutes) for minutes in (38, 12, 0)]
    record(cast, *times[:2])
    record(cast, times[2], action="note.signed")

    page = seen(cast)

    assert (
        page.count("a signé un mot, a ouvert ton dossier")
        + page.count("a signé une note, a ouvert ton dossier")
        == 1
    )
    first, last = moments.hour(times[0]), moments.hour(times[2])
    assert f"De {first} à {last}, 3 fois</summary>" in page
    for at in times:
        assert f'<time datetime="{moments.machine(at)}">' in page


def test_months_before_are_folded_with_how_many_times_and_open_one_at_a_time(cast: Cast) -> None:
    record(cast, APRIL, APRIL + timedelta(minutes=5), action="note.signed")

    folded = seen(cast)
    april = seen(cast, "?month=2026-04")
    march = seen(cast, "?month=2026-03")

    assert re.findall(
        r'href="\?month=(\d{4}-\d\d)#before">([^<]+)</a> <span class="soft">· (\d+ fois)', folded
    ) == [
        ("2026-04", "avril 2026", "2 fois"),
        ("2026-03", "mars 2026", march_times(cast)),
    ]
    signed = moments.machine(APRIL)
    assert [signed in page for page in (folded, april, march)] == [False, True, False]
    assert [
        'href="?#before" aria-expanded="true">avril 2026</a>' in page for page in (folded, april)
    ] == [False, True]


def march_times(cast: Cast) -> str:
    with acting(cast.ines, NOW):
        found = opened.opened(cast.maya.file_id, actor=cast.ines, at=NOW, month="2026-03")
    [march] = [month for month in found.months if month.key == "2026-03"]
    assert march.times == sum(len(line.each) for day in march.days for line in day.lines)
    return f"{march.times} fois"


@pytest.mark.parametrize("month", ["", "2026-13", "2026-3", "x", "2026-05", "1999-01"])
def test_what_is_no_month_of_before_unfolds_nothing(cast: Cast, month: str) -> None:
    assert seen(cast, f"?month={month}").count('aria-expanded="true"') == 0


def test_two_persons_on_one_day_are_two_lines(cast: Cast) -> None:
    yesterday = NOW - timedelta(days=1)
    record(cast, yesterday, yesterday + timedelta(minutes=1))
    with acting(cast.ines, NOW):
        found = opened.opened(cast.maya.file_id, actor=cast.ines, at=NOW)

    [day] = found.days
    assert [(line.last.name, len(line.each)) for line in day.lines] == [(name_of(cast), 2)]


def name_of(cast: Cast) -> str:
    page = seen(cast)
    [name, *_others] = re.findall(r"<strong>([^<]+)</strong>, <span class=\"soft\">", page)
    return name


def test_it_costs_the_same_however_long_the_file_has_been_open(cast: Cast) -> None:
    costs = []
    for number in range(3):
        record(cast, NOW - timedelta(hours=1 + number), APRIL + timedelta(days=number), MARCH)
        with clock.at(NOW):
            client = signed_in(cast.ines, at=NOW)
            with CaptureQueriesContext(connection) as asked:
                client.get(f"/files/{cast.maya.file_id}/who/?month=2026-04")
        costs.append(len(asked))

    assert len(set(costs)) == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_is_complete_in_both_languages(cast: Cast, language: str) -> None:
    record(cast, NOW - timedelta(hours=3), NOW - timedelta(hours=2), APRIL)
    with untranslated() as missing:
        seen(cast, "?month=2026-04", language)

    assert missing == set()
