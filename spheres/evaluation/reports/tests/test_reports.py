"""What does the report of a year tell, who writes it, and what of it can ever change?"""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime

import openpyxl
import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pypdf import PdfReader

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.evaluation.indicators.models import Figure, Measure
from spheres.evaluation.indicators.queries import NOT_COUNTED
from spheres.evaluation.reports import actions, documents, queries
from spheres.evaluation.reports.forms import BeginForm, PassageForm
from spheres.evaluation.reports.models import Passage, Report
from spheres.evaluation.reports.tests.factories import (
    LATER,
    NOW,
    REFERRALS,
    ROLLUPS,
    WORDS,
    YEAR,
    a_year,
    begun,
    locked,
    publish,
    seen,
    written,
)
from spheres.records.between import places
from tests.cast import LOADER, Cast, acting, add_person, uuid_of
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
LIST = "/figures/reports/"


@pytest.fixture
def told(cast: Cast) -> Cast:
    a_year()
    return cast


def client(who: Actor, language: str = "fr") -> Client:
    return signed_in(who, at=LATER, language=language)


def rows(by: Actor, row: Report) -> dict[str, tuple[object, object]]:
    with acting(by, LATER), translation.override("en"):
        whole = queries.whole(row, actor=by)
    return {one.words: (one.numbers, one.before) for one in whole.rows}


def test_a_year_is_told_once_its_last_quarter_is_published(cast: Cast) -> None:
    with acting(cast.louise, NOW):
        assert queries.years_over(actor=cast.louise) == []
    publish(Measure.PEOPLE, (8, 9, 14, 20, 22), since=date(2024, 10, 1))
    with acting(cast.louise, NOW):
        assert queries.years_over(actor=cast.louise) == [date(2024, 4, 1)]
        with pytest.raises(NotAllowed):
            actions.begin(uuid_of("soon"), "YEARLY", YEAR, by=cast.louise, at=NOW)


def test_a_year_that_is_over_is_told_at_the_desk_until_its_report_is_begun(told: Cast) -> None:
    elsewhere = Actor(told.louise.user_id, told.la_maison.pk, told.louise.roles)

    def waiting(who: Actor, at: datetime = NOW) -> list[str]:
        with acting(who, at):
            return [one.sentence for one in places.asked_of_desk(who) if "/reports/" in one.url]

    assert waiting(told.louise) == [
        "Une année est terminée (avril 2025 à mars 2026)\xa0: son rapport peut être écrit."
    ]
    assert waiting(elsewhere) == waiting(told.ines) == []
    begun(told.louise)
    assert waiting(told.louise, LATER) == []


def test_quarters_stand_beside_those_of_the_year_before_and_what_is_hidden_is_nowhere(
    told: Cast,
) -> None:
    row = begun(told.louise)

    found = rows(told.louise, row)
    assert found["Referrals received"] == (REFERRALS, (NOT_COUNTED, NOT_COUNTED, 7, 9))
    assert [name for name in found if name.startswith("Contacts noted")] == [
        "Contacts noted, by kind · Meeting"
    ]
    with acting(told.louise, LATER):
        year = queries.whole(row, actor=told.louise).year
    assert [(one.number, one.is_floor) for one in year] == [(None, False), (50, True)]


def test_no_sum_of_quarters_is_told(told: Cast) -> None:
    """It would tell what is hidden in one of them: 12 + 18 + 20 stands nowhere but as « at least »,
    where it was published so."""
    row = locked(told)
    with clock.at(LATER):
        page = client(told.louise, "en").get(f"{LIST}{row.pk}/").content.decode()

    told_there = re.sub(r"<[^>]+>|digest is.*", " ", page)
    assert told_there.count("50") == told_there.count("at least 50") == 1


def test_the_coordination_alone_writes_and_reads_it_before_it_is_locked(told: Cast) -> None:
    row = begun(told.louise)
    for who in (told.ines, told.roy, told.karim, told.nadia):
        with acting(who, LATER):
            assert queries.reports(actor=who) == []
            assert queries.find(row.pk, actor=who) is None
            assert Passage.objects.count() == 0
            for refused in (
                lambda who=who: actions.write(
                    uuid_of("x"), row, "opening", WORDS, since=0, by=who, at=LATER
                ),
                lambda who=who: actions.begin(uuid_of("y"), "YEARLY", YEAR, by=who, at=LATER),
            ):
                with pytest.raises(NotAllowed):
                    refused()
        with clock.at(LATER):
            assert client(who).get(f"{LIST}{row.pk}/").status_code == 404

    written(told.louise, row)
    with acting(told.louise, LATER):
        actions.lock(row, by=told.louise, at=LATER)
    with acting(told.roy, LATER):
        assert [one.pk for one in queries.reports(actor=told.roy)] == [row.pk]
        assert Passage.objects.get().fr == WORDS[0]


def test_a_coordinator_of_another_organisation_reads_it_as_all_do_and_writes_nothing(
    told: Cast,
) -> None:
    with acting(LOADER):
        other = add_person("Odette", told.elsewhere, Role.COORDINATOR)
    row = begun(told.louise)
    written(told.louise, row)
    with acting(other, LATER):
        assert queries.reports(actor=other) == []
        assert Passage.objects.count() == 0
        with pytest.raises(NotAllowed):
            actions.begin(uuid_of("another"), "FUNDER", YEAR, by=other, at=LATER)
        with pytest.raises(NotAllowed):
            actions.write(uuid_of("x"), row, "closing", WORDS, since=0, by=other, at=LATER)
        with pytest.raises(ProgrammingError), transaction.atomic():
            Report.objects.bulk_create(
                [Report(id=uuid_of("z"), kind="FUNDER", starts_on=YEAR, begun_by=other.user_id,
                        begun_at=LATER)]
            )  # fmt: skip
    with clock.at(LATER):
        page = client(other, "en").get(LIST)
    assert page.status_code == 200
    assert "Begin it" not in page.content.decode()


def test_locked_it_stands_whatever_is_published_or_typed_since(told: Cast) -> None:
    row = locked(told)
    before = rows(told.louise, row)
    publish(Measure.EVENTS, (6, 7, 8, 9), since=YEAR, kind="kiosk")

    assert rows(told.louise, row) == before
    with acting(told.louise, LATER):
        with pytest.raises(NotAllowed):
            actions.write(uuid_of("late"), row, "closing", WORDS, since=0, by=told.louise, at=LATER)
        actions.lock(row, by=told.louise, at=LATER)  # pressed twice
    assert seen(told.louise, row).digest == row.digest
    # Another edition differs, and is another one.
    again = begun(told.louise, name="again")
    assert again.pk != row.pk
    assert set(rows(told.louise, again)) - set(before) == {
        "Events where the programme was spoken of · Kiosk"
    }


def test_the_database_changes_nothing_of_it_and_takes_no_words_of_another(told: Cast) -> None:
    row = locked(told)
    with acting(told.louise, LATER):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Report.objects.filter(pk=row.pk).update(digest="0" * 64)
        for wrong in (
            Passage(report_id=row.pk, place="closing", number=1),
            Passage(report_id=begun(told.louise, name="open").pk, place="closing", number=1),
        ):
            wrong.id, wrong.written_by, wrong.written_at = (
                uuid_of("wrong"), told.louise.user_id, LATER,
            )  # fmt: skip
            if wrong.report_id != row.pk:
                wrong.written_by = told.ines.user_id
            with pytest.raises(ProgrammingError), transaction.atomic():
                Passage.objects.bulk_create([wrong])


def test_of_two_who_write_at_once_the_second_reads_the_other_first(told: Cast) -> None:
    row = begun(told.louise)
    with clock.at(LATER):
        louise = client(told.louise, "en")
        address = f"{LIST}{row.pk}/words/training/"
        page = louise.get(address)
        written(told.louise, row, "training", ("D’abord.", "First."))
        said = {"form_id": sealed(page), "fr": "Ensuite.", "en": "Then.", "since": "0"}
        shown = louise.post(address, said)

        assert shown.status_code == 422
        text = shown.content.decode()
        assert "First." in text
        assert "Ensuite." in text
        with acting(told.louise, LATER):
            assert [one.en for one in Passage.objects.all()] == ["First."]
        said |= {"form_id": sealed(shown), "since": "1"}
        assert louise.post(address, said).status_code == 302
    with acting(told.louise, LATER):
        assert queries.passages(row, actor=told.louise)["training"].en == "Then."


def sealed(page: object) -> str:
    return page.content.decode().split('name="form_id" value="')[1].split('"')[0]  # type: ignore[attr-defined]


def test_a_text_is_asked_in_both_languages_and_what_names_somebody_is_looked_at_again(
    told: Cast,
) -> None:
    row = begun(told.louise)
    with clock.at(LATER):
        louise = client(told.louise)
        address = f"{LIST}{row.pk}/words/opening/"
        sent = {"form_id": sealed(louise.get(address)), "fr": "Un mot.", "en": "", "since": "0"}
        missing = louise.post(address, sent)
        named = louise.post(address, sent | {"en": "Mélissa Tremblay came."})

    assert [one.status_code for one in (missing, named)] == [422, 422]
    assert "Écrivez-le aussi dans cette langue." in missing.content.decode()
    assert "Mélissa Tremblay" in named.content.decode()
    assert "Un mot." in named.content.decode()


def test_the_whole_way_on_screen_in_both_languages(told: Cast) -> None:
    with clock.at(LATER), untranslated() as missing:
        for language in ("fr", "en"):
            louise = client(told.louise, language)
            page = louise.get(LIST)
            said = {"form_id": sealed(page), "kind": "FUNDER", "year": YEAR.isoformat()}
            assert louise.post(f"{LIST}begin/", said | {"year": "2031-04-01"}).status_code == 422
            answer = louise.post(f"{LIST}begin/", said)
            here = answer["Location"]
            assert louise.get(here).status_code == 200
            assert louise.post(f"{here}lock/").status_code == 302
            for url in (
                here,
                LIST,
                f"{here}paper/fr/",
                f"{here}paper/en/",
                f"{here}sheet/?kind=csv",
            ):
                assert louise.get(url).status_code == 200, url
            assert louise.get(f"{here}words/opening/").status_code == 403
            assert louise.get(f"{here}words/nowhere/").status_code == 404
            assert louise.get(f"{here}paper/de/").status_code == 404
    assert missing == set()


def test_page_paper_and_table_say_the_same_and_the_same_bytes_each_time(told: Cast) -> None:
    row = locked(told)
    with clock.at(LATER):
        roy = client(told.roy, "en")
        here = f"{LIST}{row.pk}/"
        papers = [roy.get(f"{here}paper/en/").content for _time in range(2)]
        books = [roy.get(f"{here}sheet/?kind=xlsx").content for _time in range(2)]
        lists = roy.get(f"{here}sheet/?kind=csv").content.decode("utf-8-sig")
        page = " ".join(roy.get(here).content.decode().split())

    assert papers[0] == papers[1]
    assert books[0] == books[1]
    pages = PdfReader(io.BytesIO(papers[0])).pages
    words = " ".join("".join(one.extract_text() for one in pages).split())
    assert WORDS[1] in words
    assert WORDS[1] in page
    assert row.digest in page
    assert row.digest[:16] in words
    sheet = openpyxl.load_workbook(io.BytesIO(books[0])).active
    [book] = [line for line in sheet.iter_rows(values_only=True) if line[1] == "Referrals received"]
    [listed] = [line for line in csv.reader(io.StringIO(lists)) if line[1] == "Referrals received"]
    expected = ["12", "18", "hidden", "20", "not counted", "not counted", "7", "9"]
    assert [str(one) for one in book[4:]] == listed[4:] == expected
    assert all(one in words for one in ("12", "18", "20", "(7)", "(9)"))


def test_its_digest_is_of_all_that_is_told(told: Cast) -> None:
    row = locked(told)
    with acting(told.louise, LATER):
        passages = list(queries.passages(row, actor=told.louise).values())
    assert actions.digest_of(row, passages) == row.digest
    passages[0].en = "A year of bonds."
    assert actions.digest_of(row, passages) != row.digest


def test_a_page_costs_the_same_whatever_stands_in_it(told: Cast) -> None:
    row = begun(told.louise)

    def cost() -> int:
        asker = client(told.louise)
        asker.get(f"{LIST}{row.pk}/")
        with CaptureQueriesContext(connection) as asked:
            assert asker.get(f"{LIST}{row.pk}/").status_code == 200
        return len(asked)

    with clock.at(LATER):
        once = cost()
    for place in ("opening", "training", "follow_up"):
        written(told.louise, row, place)
    publish(Measure.EVENTS, (6, 7, 8, 9), since=YEAR, kind="kiosk")
    with clock.at(LATER):
        assert cost() == once <= 11


def test_forms_have_what_they_ask() -> None:
    assert {*PassageForm.base_fields} == {"form_id", "fr", "en", "since"}
    assert [*BeginForm(years=[YEAR]).fields["year"].choices] == [
        ("2025-04-01", documents.year_words(YEAR))
    ]


def test_nobody_publishes_a_figure_but_the_service(told: Cast) -> None:
    with acting(told.louise, LATER), pytest.raises(ProgrammingError), transaction.atomic():
        Figure.objects.filter(measure=Measure.REFERRALS).update(number=1)
    with acting(ROLLUPS, LATER):
        assert Report.objects.count() == 0
