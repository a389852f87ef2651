"""Does nothing of the support between workers leave: by a sheet, a page, a report or a count?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.urls import reverse

from spheres.core import clock
from spheres.records.spreadsheets import CSV
from spheres.worker_support.appreciation.tests.factories import TEXT, says
from spheres.worker_support.competencies.tests.factories import looks
from spheres.worker_support.informal_support.tests.factories import notes
from spheres.worker_support.practice_groups.tests.factories import opens, plans
from tests.cast import MONDAY, Cast
from tests.pages import signed_in
from tests.tables_that_leave import EXPORTS, typed

pytestmark = pytest.mark.django_db
LINE, LOOKED = "Une ligne pour moi seule.", "Où j’en suis, pour moi seule."
PRIVATE = (LINE, LOOKED, TEXT, "Salle du fond")
# Which functions look at a table, but those that destroy; each gives numbers or words of enough
# people, the number of sessions held, or to one's own calendar one's own hours.
LOOKED_AT_BY = {
    "informal_support_supportline": {"informal_support_to_count", "informal_support_counted"},
    "informal_support_supportcount": {"informal_support_counted"},
    "competencies_competencylook": {"competencies_to_tell", "competencies_together"},
    "competencies_competencytold": {"competencies_together"},
    "practice_groups_practicesession": {"practice_sessions_held", "calendar_hours"},
    "practice_groups_practicemember": {"calendar_hours"},
    "practice_groups_practicecoming": set(),
    "practice_groups_practiceseat": set(),
    "peers_peeroffer": set(),
    "appreciation_goodword": set(),
}
# Where those who employ, coordinate, administer and report look.
PAGES = (
    "dossier:my_day", "workload:team", "admission:desk", "indicators:figures", "ical:mine",
    "accounts:members", "peers:home", "supervision:home", "office:page",
)  # fmt: skip
READERS = ("karim", "louise", "nadia", "samir", "roy")


@pytest.fixture
def supported(cast: Cast) -> Iterator[Cast]:
    notes(cast.ines, LINE)
    looks(cast.ines, words=LOOKED)
    says(cast.yanick, cast.ines)
    plans(cast.yanick, opens(cast.yanick))
    with typed(cast):
        yield cast


@pytest.mark.parametrize("which", EXPORTS)
def test_no_sheet_that_leaves_says_a_word_of_it(supported: Cast, which: str) -> None:
    said = EXPORTS[which](supported, "fr", CSV).content.decode("utf-8-sig")

    assert [word for word in PRIVATE if word in said] == []


@pytest.mark.parametrize("who", READERS)
def test_no_page_of_whoever_employs_coordinates_or_reports_says_a_word_of_it(
    supported: Cast, who: str
) -> None:
    with clock.at(MONDAY):
        client = signed_in(getattr(supported, who))
        answers = [client.get(reverse(page), follow=True) for page in PAGES]

    # Some are refused to some, or not there for them: what is said instead is read too.
    assert 200 in {answer.status_code for answer in answers}
    pages = [answer.content.decode() for answer in answers]
    assert [word for page in pages for word in PRIVATE if word in page] == []


@pytest.mark.parametrize("table", LOOKED_AT_BY)
def test_no_function_looks_at_it_but_those_that_give_numbers_of_enough_people(
    db: None, table: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select proname from pg_proc where pronamespace = 'access'::regnamespace "
            "and prosrc ~ %s and proname not in ('erase', 'due', 'forget_due')",
            [rf"\m{table}\M"],
        )
        found = {name for (name,) in cursor.fetchall()}

    assert found == LOOKED_AT_BY[table]
