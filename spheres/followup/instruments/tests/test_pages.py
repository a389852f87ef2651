"""Can a questionnaire be offered, answered, stopped, gone on with, without a script?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.core import clock
from spheres.followup.instruments import queries
from spheres.followup.instruments.tests.desk import (
    PROTOCOL,
    WEEK,
    answered,
    at_her_desk,
    kept,
    none_loaded,
    on_terms,
    page_of,
    the_form,
    where,
)
from spheres.records import queries as drafts
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import Page
from tests.region import demo_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def region(db: None) -> Iterator[None]:
    with demo_words():
        yield


# The library.


def test_where_none_is_loaded_there_is_no_link_and_no_page(cast: Cast) -> None:
    library = where(cast, "instruments:library")
    assert library in page_of(cast, "dossier:file")

    none_loaded()

    assert library not in page_of(cast, "dossier:file")
    with clock.at(MONDAY):
        assert at_her_desk(cast).get(library).status_code == 404


def test_the_library_shows_the_licence_and_what_was_answered_by_its_day(cast: Cast) -> None:
    answered(cast)

    page = page_of(cast, "instruments:library")

    assert WEEK in page
    assert "A questionnaire invented for the demonstration." in page
    assert where(cast, "health_answers:detail", uuid_of("one")) in page
    assert "the room (invented)" not in page  # the psychotherapist’s


def test_the_library_and_the_sheet_cost_the_same_however_many_were_answered(cast: Cast) -> None:
    costs = []
    for names in (["one"], ["two", "three"]):
        for name in names:
            answered(cast, name)
        with clock.at(MONDAY):
            ines = at_her_desk(cast)
            with CaptureQueriesContext(connection) as asked:
                assert ines.get(where(cast, "instruments:library")).status_code == 200
                sheet = where(cast, "health_answers:detail", uuid_of("one"))
                assert ines.get(sheet).status_code == 200
        costs.append(len(asked))

    assert costs[0] == costs[1]


# Answering.


def test_everything_may_be_skipped(cast: Cast) -> None:
    address = where(cast, "health_answers:write")
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        answer = ines.post(address, the_form(ines, address))

    assert answer.status_code == 302
    [sheet] = kept(cast)
    assert (sheet.instrument, sheet.version, queries.answers(sheet)) == ("essai-ma-semaine", 1, {})
    page = page_of(cast, "health_answers:detail", sheet.pk)
    assert "Not enough answers to say." in page
    assert "3 questions were skipped." in page


def test_each_answer_is_kept_under_its_question_with_whose_hand_and_which_day(cast: Cast) -> None:
    address = where(cast, "health_answers:write")
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        form = ines.get(address).content.decode()
        sent = the_form(ines, address) | {
            "q-2": "often", "q-3": "", "q-4": "forged", "q-5": "7", "q-6": "no",
            "q-7": "Le chat", "pen": "HER", "day": "2026-02-14",
        }  # fmt: skip
        ines.post(address, sent)

    [sheet] = kept(cast)
    assert queries.answers(sheet) == {
        "sleep": "often",
        "walks": "7",
        "music": "no",
        "more": "Le chat",
    }
    assert (sheet.pen, clock.day_of(sheet.occurred_at)) == ("HER", date(2026, 2, 14))
    assert "A questionnaire invented for the demonstration." in form
    assert form.count("Skip this question") == 4
    assert "Read aloud, and marked by the worker" in form


def test_a_number_beyond_its_span_is_said_and_stays_in_the_page(cast: Cast) -> None:
    address = where(cast, "health_answers:write")
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        answer = ines.post(address, the_form(ines, address) | {"q-5": "22"})

    assert answer.status_code == 422
    assert "from 0 to 21, or left empty" in answer.content.decode()
    assert Page(answer.content.decode()).fields["q-5"] == "22"
    assert kept(cast) == []


def test_stopping_keeps_a_draft_and_going_on_finds_it_again(cast: Cast) -> None:
    address = where(cast, "health_answers:write")
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        sent = the_form(ines, address) | {"q-7": "Le chat"}
        stopped = ines.post(address, sent | {"stop": "yes"})
        library = ines.get(stopped.headers["Location"]).content.decode()
        [again] = re.findall(rf'href="({re.escape(address)}\?draft=[^"]+)"', library)
        page = ines.get(again).content.decode()
        ines.post(again, the_form(ines, again) | {"q-7": "Le chat"})

    assert "Le chat" in page
    [sheet] = kept(cast)
    assert queries.answers(sheet) == {"more": "Le chat"}


def test_a_correction_answers_the_same_version(cast: Cast) -> None:
    answered(cast)
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        address = where(cast, "health_answers:correct", uuid_of("one"))
        page = Page(ines.get(address).content.decode())
        answer = ines.post(address, the_form(ines, address) | {"q-2": "never"})
        first = ines.get(where(cast, "health_answers:detail", uuid_of("one"))).content.decode()

    assert page.fields["q-5"] == "3"
    assert answer.status_code == 302
    assert "This was corrected by a later one." in first
    assert sorted(len(queries.answers(sheet)) for sheet in kept(cast)) == [1, 5]


# What its clinician wrote.


def test_an_answer_above_the_lowest_shows_the_protocol_before_anything_is_kept(
    cast: Cast,
) -> None:
    on_terms(protocol=PROTOCOL)
    address = where(cast, "health_answers:write")
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        sent = the_form(ines, address) | {"q-4": "sometimes", "q-7": "Le chat"}
        shown = ines.post(address, sent)
        before = kept(cast)
        again = Page(shown.content.decode())
        done = ines.post(address, sent | {"protocol_shown": again.fields["protocol_shown"]})

    said = shown.content.decode()
    assert before == []
    assert shown.status_code == 422
    assert said.index("Stay with the person.") < said.index("I woke up rested.")
    assert "Doctor on call, The institute." in said
    assert "Nothing is sent by itself" in said
    assert 'value="sometimes" class="opens" checked' in said
    assert "Le chat" in said
    assert done.status_code == 302
    assert len(kept(cast)) == 1


def test_its_lowest_answer_and_other_questions_show_nothing_first(cast: Cast) -> None:
    on_terms(protocol=replace(PROTOCOL, items=frozenset({"sleep"})))
    address = where(cast, "health_answers:write")
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        answer = ines.post(address, the_form(ines, address) | {"q-2": "never", "q-3": "always"})

    assert answer.status_code == 302


def test_stopping_keeps_the_draft_and_still_shows_the_protocol(cast: Cast) -> None:
    on_terms(protocol=PROTOCOL)
    address = where(cast, "health_answers:write")
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        stopped = ines.post(address, the_form(ines, address) | {"q-4": "always", "stop": "yes"})
        with acting(cast.ines):
            begun = list(drafts.drafts_of(cast.maya.file_id, actor=cast.ines))

    assert "Before going on" in stopped.content.decode()
    assert len(begun) == 1
