"""Can a questionnaire be offered, answered, stopped, gone on with, without a script?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.followup.instruments import actions, items, papers, queries
from spheres.followup.instruments.items import Protocol, Said, Terms
from spheres.followup.instruments.models import HealthAnswers
from spheres.followup.instruments.policy import Age
from spheres.followup.instruments.queries import Instrument
from spheres.followup.instruments.tests.filled import HER_WORDS, Filling
from spheres.participants.models import Assignment
from spheres.records import queries as drafts
from spheres.regions import queries as regions
from spheres.sharing.rules import HEALTH, THERAPY
from spheres.vault import actions as vault
from tests.architecture.test_guarded_pages import all_places
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of
from tests.pages import Page, signed_in
from tests.region import demo_words

pytestmark = pytest.mark.django_db

WEEK = "Trial questionnaire: my week (invented)"
ROOM = "the week left room to breathe"
FIGURE = "where this questionnaire goes from 0 to 9"
PROTOCOL = Protocol(
    items=frozenset({"noise"}),
    words=Said("Rester avec la personne.", "Stay with the person."),
    title=Said("Médecin de garde", "Doctor on call"),
    organisation=Said("L’institut", "The institute"),
)


@pytest.fixture(autouse=True)
def region(db: None) -> Iterator[None]:
    with demo_words():
        yield


def on_terms(**said: Any) -> Instrument:
    """The questionnaire of the week, as its region would offer it on other terms."""
    week = Filling(HEALTH).instrument
    changed = replace(week, terms=replace(week.terms, **said))
    known = {**queries.all_versions(), week.id: changed}
    photograph = regions._photograph
    assert photograph is not None
    more = {**photograph.more, queries.INSTRUMENTS: known}
    regions._photograph = replace(photograph, more=more)
    return changed


def none_loaded() -> None:
    photograph = regions._photograph
    assert photograph is not None
    regions._photograph = replace(photograph, more={**photograph.more, queries.INSTRUMENTS: {}})


def where(cast: Cast, name: str, *ids: Any) -> str:
    return reverse(name, args=[cast.maya.file_id, *ids])


def at_her_desk(cast: Cast, who: Actor | None = None) -> Client:
    return signed_in(who or cast.ines, language="en")


def page_of(cast: Cast, name: str, *ids: Any, who: Actor | None = None) -> str:
    with clock.at(MONDAY):
        answer = at_her_desk(cast, who).get(where(cast, name, *ids))
    assert answer.status_code == 200
    return answer.content.decode()


def the_form(client: Client, address: str) -> dict[str, str]:
    """What the page sends when nothing is touched: its hidden fields."""
    page = Page(client.get(address).content.decode())
    names = ("form_id", "instrument", "protocol_shown")
    return {name: page.fields[name] for name in names if name in page.fields}


def answered(cast: Cast, name: str = "one", sent: dict[str, str] | None = None) -> UUID:
    filling = Filling(HEALTH)
    written = filling.written(uuid_of(name), MONDAY)
    if sent is not None:
        written = replace(written, answers=items.answers(filling.instrument.asks, sent))
    with acting(cast.ines):
        return actions.sign(
            HEALTH, cast.maya.file_id, written, age=Age("", "14-17"), by=cast.ines, at=MONDAY
        )


def kept(cast: Cast) -> list[Any]:
    with acting(cast.ines):
        rows = list(HealthAnswers.objects.order_by("pk"))
        vault.open(rows, by=cast.ines, sections=[HEALTH])
        return rows


def in_support(cast: Cast) -> Actor:
    """A colleague of Inès in professional support, who walks with Maya too."""
    return walking_with_her(cast, "Noa", Role.PROFESSIONAL_SUPPORT)


def walking_with_her(cast: Cast, name: str, role: Role) -> Actor:
    with acting(LOADER):
        colleague = add_person(name, cast.la_maison, role)
    with acting(cast.ines):
        Assignment.objects.bulk_create(
            [
                Assignment(
                    id=uuid_of(f"{name} walks too"),
                    file_id=cast.maya.file_id,
                    user_id=colleague.user_id,
                    part=Assignment.Part.SUPPORT,
                    starts_at=MONDAY,
                )
            ]
        )
    return colleague


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


# Who is offered it, and until when.


def born(birth_date: str = "", age_band: str = "") -> Age:
    return Age(birth_date, age_band)


DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("age", "reached"),
    [
        (born("2008-03-02"), "yes"),
        (born("2008-03-03"), "not yet"),
        (born("2008-03-02", "12-13"), "yes"),  # a day of birth is surer than a band
        (born(age_band="18-24"), "yes"),
        (born(age_band="14-17"), "not yet"),
        (born(age_band="16-24"), "unknown"),
        (born(age_band="unknown"), "unknown"),
        (born(), "unknown"),
    ],
)
def test_an_age_is_known_or_it_is_not_guessed(age: Age, reached: str) -> None:
    assert age.reaches(18, on=DAY) == reached


@pytest.mark.parametrize(
    ("terms", "age", "said"),
    [
        ({"youngest": 18}, born(age_band="14-17"), "18 or over: it is not for them yet"),
        ({"youngest": 18}, born(), "nobody is asked their day of birth for it"),
        ({"until": date(2026, 3, 1)}, born("2008-01-01"), "The permission to use it ended"),
        ({"offered_by": frozenset({"professional_support"})}, born("2008-01-01"), "your role"),
    ],
)
def test_what_cannot_be_offered_is_refused_and_says_why(
    cast: Cast, terms: dict[str, Any], age: Age, said: str
) -> None:
    on_terms(**terms)
    written = Filling(HEALTH).written(uuid_of("one"), MONDAY)

    with translation.override("en"), acting(cast.ines), pytest.raises(NotAllowed, match=said):
        actions.sign(HEALTH, cast.maya.file_id, written, age=age, by=cast.ines, at=MONDAY)


def test_without_an_age_it_is_offered_to_anybody(cast: Cast) -> None:
    on_terms(youngest=0)
    written = Filling(HEALTH).written(uuid_of("one"), MONDAY)

    with acting(cast.ines):
        actions.sign(HEALTH, cast.maya.file_id, written, age=born(), by=cast.ines, at=MONDAY)
    assert len(kept(cast)) == 1


def test_past_its_permission_it_is_offered_no_more_and_what_was_answered_is_read(
    cast: Cast,
) -> None:
    answered(cast)
    on_terms(until=date(2026, 3, 1))

    library = page_of(cast, "instruments:library")
    with clock.at(MONDAY):
        write = at_her_desk(cast).get(where(cast, "health_answers:write"))

    assert "The permission to use it ended on" in library
    assert where(cast, "health_answers:write") not in library
    assert write.status_code == 403
    assert ROOM in page_of(cast, "health_answers:detail", uuid_of("one"))


def test_a_draft_outlives_the_permission_and_nothing_of_it_is_lost(cast: Cast) -> None:
    address = where(cast, "health_answers:write")
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        sent = the_form(ines, address) | {"q-7": "Le chat du voisin", "stop": "yes"}
        assert ines.post(address, sent).status_code == 302
        on_terms(until=date(2026, 3, 1))
        with acting(cast.ines):
            [draft] = drafts.drafts_of(cast.maya.file_id, actor=cast.ines)
        page = ines.get(f"{address}?draft={draft.pk}")
        sent.pop("stop")
        kept_now = ines.post(address, sent)

    assert page.status_code == 200
    for shown in (page, kept_now):
        assert "Le chat du voisin" in shown.content.decode()
        assert "The permission to use it ended on" in shown.content.decode()
    assert kept_now.status_code == 422
    assert kept(cast) == []


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
            HEALTH, cast.maya.file_id, written, age=born(age_band="14-17"), by=cast.ines, at=MONDAY
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


def test_it_is_printed_only_when_its_licence_says_so(cast: Cast) -> None:
    answered(cast)
    blank = where(cast, "instruments:blank", Filling(HEALTH).instrument.id)
    paper = where(cast, "health_answers:paper", uuid_of("one"))
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        allowed = [ines.get(blank), ines.post(paper)]
        on_terms(may_print=False)
        refused = [ines.get(blank), ines.post(paper)]
        page = ines.get(where(cast, "instruments:library")).content.decode()

    assert [(one.status_code, one.content[:5]) for one in allowed] == [(200, b"%PDF-")] * 2
    assert [one.status_code for one in refused] == [403, 403]
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


def test_terms_are_read_back_as_they_were_written() -> None:
    week = Filling(HEALTH).instrument

    assert isinstance(week.terms, Terms)
    assert week.terms.figures_for == {"professional_support"}
    assert week.terms.youngest == 14
