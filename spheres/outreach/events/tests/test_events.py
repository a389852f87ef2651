"""Is an event noted in a corridor, completed later, called off, and is nobody named in it?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from spheres.core import clock
from spheres.core.actor import VISITOR, service
from spheres.core.errors import NotAllowed, WrongState
from spheres.outreach.events import actions, queries
from spheres.outreach.events.forms import QuestionsForm
from spheres.outreach.events.models import AskedFor, Event, Question
from spheres.outreach.events.tests.factories import (
    A_DAY,
    HOW,
    SCHOOL,
    is_asked,
    notes,
    read,
    row_of,
)
from spheres.regions import queries as regions
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/outreach/"
AN_HOUR = timedelta(hours=1)


def typed(client: Any, url: str, **said: Any) -> dict[str, Any]:
    return {"form_id": Page(client.get(url).content.decode()).fields["form_id"]} | said


def shown(client: Any, url: str) -> str:
    page = client.get(url).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def test_its_kind_and_its_day_are_enough_and_sent_twice_it_is_one(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        said = typed(ines, f"{PAGE}new/", kind="kiosk", held_on="2026-03-02")
        sent = [ines.post(f"{PAGE}new/", said) for _ in range(2)]
        page = shown(ines, sent[0].url)

    assert [(one.status_code, one.url) for one in sent] == [(302, sent[0].url)] * 2
    assert "Kiosk" in page
    with acting(cast.samir):
        assert [(row.kind, row.held_on, row.audiences) for row in Event.objects.all()] == [
            ("kiosk", date(2026, 3, 2), [])
        ]


def test_without_its_kind_or_its_day_nothing_is_kept_and_nothing_is_lost(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        said = typed(ines, f"{PAGE}new/", organisation=SCHOOL, held_on="")
        answer = ines.post(f"{PAGE}new/", said)

    assert answer.status_code == 422
    assert SCHOOL in answer.content.decode()
    with acting(cast.ines):
        assert Event.objects.count() == 0


def test_all_that_is_known_is_read_by_every_colleague_the_police_too_and_by_nobody_else(
    cast: Cast,
) -> None:
    event_id = notes(
        cast.ines,
        audiences={"workers": 12, "managers": None},
        place="salle 4",
        travel_minutes=45,
        presenter_ids=[cast.ines.user_id, cast.roy.user_id],
        asked=(HOW,),
    )

    for who in (cast.ines, cast.samir, cast.karim, cast.roy):
        found = read(who, event_id)
        assert found is not None
        with acting(who):
            said = dict(found.shown.facts)
        assert (found.shown.row.opened.organisation, found.presenters, found.shown.people) == (
            SCHOOL, ["Inès", "Roy"], 12,
        )  # fmt: skip
        assert [one.opened.words for one in found.questions] == [HOW]
        assert len(said) == 8
    with acting(VISITOR):
        assert (Event.objects.count(), Question.objects.count()) == (0, 0)


def test_no_text_of_it_stands_in_clear(cast: Cast) -> None:
    notes(cast.ines, place="salle 4", asked=(HOW,))

    with acting(cast.ines), connection.cursor() as cursor:
        cursor.execute(
            "select row_to_json(e)::text || row_to_json(q)::text "
            "from events_event e, events_question q"
        )
        kept = cursor.fetchone()[0]
    assert [word for word in ("Rives", "salle", "jeune") if word in kept] == []


def test_what_was_read_is_completed_and_of_two_at_once_nobodys_words_are_lost(cast: Cast) -> None:
    event_id = notes(cast.ines)
    first = actions.Said("visit", A_DAY, SCHOOL, place="au gymnase")
    with acting(cast.ines):
        actions.change(event_id, first, since=1, by=cast.ines, at=MONDAY)

    other = actions.Said("visit", A_DAY, SCHOOL, place="au salon")
    with acting(cast.louise), pytest.raises(WrongState):
        actions.change(event_id, other, since=1, by=cast.louise, at=MONDAY)
    found = read(cast.louise, event_id)
    assert found is not None
    assert (found.shown.row.opened.place, found.shown.row.text_version) == ("au gymnase", 2)


def test_the_page_shows_both_texts_and_what_is_sent_again_stands(cast: Cast) -> None:
    event_id = notes(cast.ines)
    url = f"{PAGE}{event_id}/change/"
    with clock.at(MONDAY):
        louise = signed_in(cast.louise, language="en")
        said = typed(louise, url, since="1", kind="visit", held_on="2026-02-26", place="au salon")
    with acting(cast.ines):
        there = actions.Said("visit", A_DAY, SCHOOL, place="au gymnase")
        actions.change(event_id, there, since=1, by=cast.ines, at=MONDAY)
    with clock.at(MONDAY):
        met = louise.post(url, said)
        page = met.content.decode()
        again = louise.post(url, said | {"since": Page(page).fields["since"]})

    assert (met.status_code, again.status_code) == (409, 302)
    assert ("au gymnase" in page, "au salon" in page) == (True, True)
    found = read(cast.louise, event_id)
    assert found is not None
    assert found.shown.row.opened.place == "au salon"


def test_whoever_has_no_part_in_it_changes_nothing_of_it(cast: Cast) -> None:
    event_id = notes(cast.ines)

    with acting(cast.samir):
        with pytest.raises(NotAllowed):
            actions.add_questions(
                row_of(cast.samir, event_id), uuid_of("q"), [HOW], by=cast.samir, at=MONDAY
            )
        said = Question(
            id=uuid_of("other"), event_id=event_id, written_by=cast.samir.user_id, written_at=MONDAY
        )
        with pytest.raises(ProgrammingError), transaction.atomic():
            Question.objects.bulk_create([said])
        assert Event.objects.filter(pk=event_id).update(kind="media") == 0


def test_called_off_it_stays_with_its_reason_and_changes_no_more(cast: Cast) -> None:
    event_id = notes(cast.ines, held_on=date(2026, 4, 2))
    with acting(cast.ines):
        actions.cancel(event_id, reason="L’école ferme ce jour-là.", by=cast.ines, at=MONDAY)
        actions.cancel(event_id, reason="Deux fois.", by=cast.ines, at=MONDAY)

    found = read(cast.samir, event_id)
    assert found is not None
    assert found.shown.row.opened.reason == "L’école ferme ce jour-là."
    assert found.shown.row.opened.organisation == SCHOOL
    with acting(cast.ines), pytest.raises(NotAllowed):
        actions.change(event_id, actions.Said("visit", A_DAY), since=2, by=cast.ines, at=MONDAY)


def test_what_is_asked_for_is_a_number_and_pressed_twice_counts_once(cast: Cast) -> None:
    event_id = notes(cast.ines)
    for which in ("one", "one", "two"):
        is_asked(cast.ines, event_id, AskedFor.What.SUPPORT, which=which)
    is_asked(cast.ines, event_id, AskedFor.What.REFERRAL)

    found = read(cast.samir, event_id)
    assert found is not None
    assert [(code, number) for code, _label, number in found.asked_for] == [
        ("SUPPORT", 2), ("TRAINING", 0), ("REFERRAL", 1),
    ]  # fmt: skip


def test_a_question_that_seems_to_name_somebody_is_looked_at_again(cast: Cast) -> None:
    event_id = notes(cast.ines)
    url = f"{PAGE}{event_id}/questions/"
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        said = {"form_id": QuestionsForm().signed_id, "questions": "Et pour Maya Tremblay?"}
        warned = ines.post(url, said)
        kept = ines.post(url, said | {"questions": f"{HOW}\n\n Et après? "})

    assert (warned.status_code, kept.status_code) == (422, 302)
    assert "“Maya Tremblay” looks like a full name." in warned.content.decode()
    found = read(cast.ines, event_id)
    assert found is not None
    assert sorted(one.opened.words for one in found.questions) == [HOW, "Et après?"]


def test_those_to_come_and_those_of_a_year_stand_in_the_list(cast: Cast) -> None:
    notes(cast.ines, "past", audiences={"workers": 30})
    notes(cast.ines, "coming", held_on=date(2026, 5, 4), kind="symposium")
    notes(cast.ines, "older", held_on=date(2024, 5, 4), kind="media")

    with acting(cast.samir):
        to_come, over = queries.listed(actor=cast.samir, on=clock.day_of(MONDAY))
    assert [one.row.kind for one in to_come] == ["symposium"]
    assert ([one.row.kind for one in over.events], over.people, over.others) == (
        ["presentation"], 30, [2026, 2024],
    )  # fmt: skip
    with clock.at(MONDAY):
        samir = signed_in(cast.samir, language="en")
        page, before = shown(samir, PAGE), shown(samir, f"{PAGE}?year=2024")
    assert ("Symposium" in page, "Media" in page, "Media" in before) == (True, False, True)


def test_the_list_leaves_as_a_sheet_in_which_nothing_computes(cast: Cast) -> None:
    notes(cast.ines, organisation="=1+1", audiences={"workers": 3, "managers": None})
    with clock.at(MONDAY):
        sheet = signed_in(cast.samir, language="en").get(f"{PAGE}sheet/?kind=csv")

    lines = sheet.content.decode("utf-8-sig").splitlines()
    assert lines[1] == (
        "2026-02-26,Presentation of the programme,'=1+1,School sector,,,"
        '"Youth workers, Managers",3,,,'
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_whatever_there_is(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        notes(cast.ines, str(number), asked=(HOW,) * (number + 1))
    with clock.at(MONDAY):
        samir = signed_in(cast.samir)
        samir.get(PAGE)
        with django_assert_num_queries(9):
            samir.get(PAGE)
        with django_assert_num_queries(12):
            samir.get(f"{PAGE}{uuid_of('event 0')}/")


def test_it_is_erased_with_all_that_hangs_on_it_once_the_regions_delay_is_over(cast: Cast) -> None:
    event_id = notes(cast.ines, asked=(HOW,))
    is_asked(cast.ines, event_id)
    expiry, late = service("expiry"), MONDAY + timedelta(days=366 * 7)
    with acting(expiry, MONDAY):
        soon = actions.expire(event_id, before=MONDAY - AN_HOUR, by=expiry, at=MONDAY)
    with acting(expiry, late):
        before = regions.term(Event.KEEP, late)
        erased = actions.expire(event_id, before=before, by=expiry, at=late)

    assert (soon, erased) == (False, True)
    with acting(cast.ines):
        assert (Event.objects.count(), Question.objects.count()) == (0, 0)
        assert AskedFor.objects.count() == 0
