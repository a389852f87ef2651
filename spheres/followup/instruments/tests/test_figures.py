"""Where may the figure of a questionnaire be read, by whom, and where is it never?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from django.urls import reverse

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.followup.instruments import actions, papers
from spheres.followup.instruments.policy import Age
from spheres.followup.instruments.tests.desk import (
    FIGURE,
    PROTOCOL,
    ROOM,
    WEEK,
    answered,
    at_her_desk,
    in_support,
    kept,
    on_terms,
    page_of,
    walking_with_her,
    where,
)
from spheres.followup.instruments.tests.filled import HER_WORDS, Filling
from spheres.sharing.rules import HEALTH, THERAPY
from tests.architecture.test_guarded_pages import all_places
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.region import demo_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def region(db: None) -> Iterator[None]:
    with demo_words():
        yield


# Where a figure may be read, and where it never is.


def test_the_sentence_is_read_by_her_workers_and_the_figure_by_those_it_names(cast: Cast) -> None:
    answered(cast)
    noa = in_support(cast)

    hers = page_of(cast, "health_answers:detail", uuid_of("one"))
    support = page_of(cast, "health_answers:detail", uuid_of("one"), who=noa)

    assert [ROOM in page for page in (hers, support)] == [True, True]
    assert [FIGURE in page for page in (hers, support)] == [False, True]
    assert f"6, {FIGURE}" in support


def test_what_cannot_be_counted_is_said_and_nothing_is_lost(cast: Cast) -> None:
    written = replace(
        Filling(HEALTH).written(uuid_of("one"), MONDAY),
        answers={"sleep": "often", "breaks": "daily", "noise": "never", "dreams": "Un lac"},
    )
    with acting(cast.ines):
        actions.sign(
            HEALTH, cast.maya.file_id, written, age=Age("", "14-17"), by=cast.ines, at=MONDAY
        )

    page = page_of(cast, "health_answers:detail", uuid_of("one"))

    assert "This answer is not one that the question offers" in page
    assert "This version does not ask it" in page
    assert "daily" in page
    assert "Un lac" in page
    assert ROOM in page


def test_no_other_page_of_the_house_says_a_figure_or_what_is_made_of_it(cast: Cast) -> None:
    """A walk over every page of the staff site, by its author and by whoever reads the figure."""
    sheet = answered(cast)
    noa = in_support(cast)
    nothing = uuid_of("nothing")
    known = {
        "file_id": cast.maya.file_id,
        "record_id": sheet,
        "instrument_id": Filling(HEALTH).instrument.id,
    }
    ending = {"accounts:sign_out", "accounts:lock", "ui:exit"}
    pages = [place for place in all_places("staff") if place.name not in ending]
    walked, found = set(), set()
    with clock.at(MONDAY):
        for client, place in product((at_her_desk(cast), at_her_desk(cast, noa)), pages):
            kwargs = {name: known.get(name, nothing) for name, _ in place.asks}
            answer = client.get(reverse(place.name, kwargs=kwargs))
            said = answer.content.decode(errors="replace")
            if answer.status_code == 200:
                walked.add(place.name)
            if ROOM in said or FIGURE in said or "Rest, this week" in said:
                found.add(place.name)

    assert found == {"health_answers:detail"}
    assert {
        "dossier:file", "dossier:who", "dossier:my_day", "dossier:people", "plan:page",
        "summary:page", "instruments:library", "health_answers:correct", "meetings:week",
    } <= walked  # fmt: skip


def test_the_timeline_says_its_name_and_its_day_and_no_answer(cast: Cast) -> None:
    answered(cast, sent={"q-2": "often", "q-3": "often", "q-7": "Un lac très calme"})

    page = page_of(cast, "dossier:file")

    assert WEEK in page
    assert HER_WORDS in page  # said besides, as of any record
    assert "Un lac très calme" not in page
    assert "Most days" not in page


def test_a_paper_says_the_answers_and_neither_sentence_nor_figure(cast: Cast) -> None:
    answered(cast)
    [sheet] = kept(cast)
    week = Filling(HEALTH).instrument
    bare = replace(week, asks=replace(week.asks, recipes=()))

    for language in ("fr", "en"):
        assert papers.filled(week, sheet, language) == papers.filled(bare, sheet, language)
        assert papers.blank(week, language)[:5] == b"%PDF-"


def test_one_that_asks_about_suicide_is_never_printed_empty(cast: Cast) -> None:
    answered(cast)
    on_terms(protocol=PROTOCOL)
    blank = where(cast, "instruments:blank", Filling(HEALTH).instrument.id)
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        library = ines.get(where(cast, "instruments:library")).content.decode()
        empty = ines.get(blank)
        filled = ines.post(where(cast, "health_answers:paper", uuid_of("one")))

    assert blank not in library
    assert "Stay with the person." in library  # read before it is offered
    assert (empty.status_code, filled.status_code) == (403, 200)


def test_it_is_printed_only_when_its_licence_says_so(cast: Cast) -> None:
    answered(cast)
    blank = where(cast, "instruments:blank", Filling(HEALTH).instrument.id)
    paper = where(cast, "health_answers:paper", uuid_of("one"))
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        allowed = [ines.get(blank), ines.post(paper)]
        on_terms(may_print=False)
        refused = [ines.get(blank), ines.post(paper)]
        on_terms(may_print=True, until=date(2026, 3, 1))
        refused += [ines.get(blank), ines.post(paper)]
        page = ines.get(where(cast, "instruments:library")).content.decode()

    assert [(one.status_code, one.content[:5]) for one in allowed] == [(200, b"%PDF-")] * 2
    assert [one.status_code for one in refused] == [403] * 4
    assert blank not in page


# A psychotherapist’s own.


def test_what_a_psychotherapist_keeps_is_hers_alone(cast: Cast) -> None:
    chloe = walking_with_her(cast, "Chloé", Role.PSYCHOTHERAPIST)
    another = walking_with_her(cast, "Amine", Role.PSYCHOTHERAPIST)
    with acting(chloe):
        sheet = Filling(THERAPY).write(cast.maya.file_id, uuid_of("sealed"), by=chloe, at=MONDAY)
    name = "health_answers:detail", "therapy_answers:detail"
    with clock.at(MONDAY):
        hers = at_her_desk(cast, chloe)
        file = hers.get(where(cast, "dossier:file")).content.decode()
        library = hers.get(where(cast, "instruments:library")).content.decode()
        mine = hers.get(where(cast, name[1], sheet))
        others = [
            at_her_desk(cast, who).get(where(cast, name[1], sheet)).status_code
            for who in (another, cast.ines, cast.samir, cast.roy, cast.karim)
        ]
        other_library = at_her_desk(cast, another).get(where(cast, "instruments:library"))
        in_file = page_of(cast, "dossier:file")

    assert mine.status_code == 200
    assert "From these answers, the room suits as it is." in mine.content.decode()
    assert "the room (invented)" in file
    assert "the room (invented)" in library
    assert "my week (invented)" not in library
    assert others == [404, 404, 404, 404, 404]
    assert where(cast, name[1], sheet) not in other_library.content.decode()
    assert "the room (invented)" not in in_file


def test_opening_a_file_never_claims_that_therapy_or_health_was_read(cast: Cast) -> None:
    page_of(cast, "dossier:file")
    nothing_yet = page_of(cast, "dossier:who")
    answered(cast)
    page_of(cast, "dossier:file")

    assert "your health" not in nothing_yet
    assert "the therapy notes" not in nothing_yet
    assert "your health" in page_of(cast, "dossier:who")
    assert "kept a questionnaire as you answered it" in page_of(cast, "dossier:who")
