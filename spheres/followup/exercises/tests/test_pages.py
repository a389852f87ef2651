"""Can an exercise be filled in, stopped, gone on with, shown to her, printed, without a script?"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from spheres.audit.models import Event
from spheres.core import clock
from spheres.followup.exercises import actions, prompts, queries
from spheres.followup.exercises.models import Pen, PlanSheet, SafetySheet
from spheres.followup.exercises.queries import Exercise
from spheres.followup.exercises.tests.filled import OBSERVATION, Filling
from spheres.records import queries as drafts
from spheres.sharing.rules import PLAN, SAFETY
from spheres.vault import actions as vault
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in
from tests.region import demo_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def region(db: None) -> Any:
    with demo_words():
        yield


def named(slug: str) -> Exercise:
    found = queries.newest_of(slug)
    assert found is not None
    return found


def where(cast: Cast, name: str, *ids: Any) -> str:
    return reverse(name, args=[cast.maya.file_id, *ids])


def at_her_desk(cast: Cast, language: str = "en") -> Client:
    return signed_in(cast.ines, language=language)


def the_form(client: Client, address: str) -> dict[str, str]:
    """What the page sends when nothing is touched: its hidden fields."""
    text = client.get(address).content.decode()
    page = Page(text)
    return {name: page.fields[name] for name in ("form_id", "exercise") if name in page.fields}


def sheets(cast: Cast) -> list[Any]:
    with acting(cast.ines):
        rows = [*PlanSheet.objects.all(), *SafetySheet.objects.all()]
        vault.open(rows, by=cast.ines, sections=[PLAN, SAFETY])
        return rows


def fill(cast: Cast, slug: str, name: str, sent: dict[str, str], **more: Any) -> UUID:
    asked, on = named(slug), more.pop("on", MONDAY)
    written = actions.Written(
        id=uuid_of(name),
        exercise_id=asked.id,
        occurred_at=more.pop("at", MONDAY),
        answers=prompts.answers(asked.asks, sent),
        **more,
    )
    with acting(cast.ines, on):
        return actions.sign(asked.section, cast.maya.file_id, written, by=cast.ines, at=on)


def test_a_place_she_names_herself_is_called_a_place(cast: Cast) -> None:
    pages = {}
    for slug in ("where-i-feel-safe", "my-spheres"):
        with clock.at(MONDAY):
            screen = where(cast, "exercises:together", named(slug).id)
            pages[slug] = at_her_desk(cast).get(screen).content.decode()

    said = ("A place I name myself", "A sphere I name myself")
    assert {slug: [words in page for words in said] for slug, page in pages.items()} == {
        "where-i-feel-safe": [True, False],
        "my-spheres": [False, True],
    }


# The library.


def test_the_library_says_what_each_exercise_is_for_and_what_was_filled(cast: Cast) -> None:
    fill(cast, "my-spheres", "one", {"p-wheel-sleep-faces": "2"})
    fill(cast, "my-spheres", "two", {"p-wheel-sleep-faces": "4"}, at=TUESDAY)
    with clock.at(TUESDAY):
        ines = signed_in(cast.ines, language="en", at=TUESDAY)
        page = ines.get(where(cast, "exercises:library")).content.decode()

    with translation.override("en"):
        places = [page.index(f"{title}</h2>") for title in queries.PURPOSES.values()]
    assert places == sorted(places)
    assert "Filled 2 times, the last on" in page
    assert page.count("Filled") == 1


def test_the_library_says_about_how_long_and_who_holds_the_pen_when_it_is_not_whoever_wants(
    cast: Cast,
) -> None:
    minutes = {one.slug: one.minutes for one in queries.offered()}
    hands = {one.slug: one.hands for one in queries.offered() if one.hands}
    with clock.at(MONDAY):
        page = at_her_desk(cast).get(where(cast, "exercises:library")).content.decode()

    assert set(minutes.values()) <= {5, 10, 15, 20}
    assert (minutes["how-was-today"], minutes["how-i-am"], minutes["my-spheres"]) == (5, 10, 15)
    assert set(hands) == {"a-page-of-mine", "if-i-want-to-say", "me-in-a-while"}
    assert page.count("in their own hand, or together") == 3
    assert page.count("has a page of its own") == 6
    assert page.count("about 5 min") == list(minutes.values()).count(5)


def test_the_library_costs_the_same_however_many_were_filled(cast: Cast) -> None:
    costs = []
    for names in (["one"], ["two", "three"]):
        for name in names:
            fill(cast, "my-spheres", name, {"p-wheel-sleep-faces": "2"})
        with clock.at(MONDAY):
            ines = at_her_desk(cast)
            with CaptureQueriesContext(connection) as asked:
                assert ines.get(where(cast, "exercises:library")).status_code == 200
        costs.append(len(asked))

    assert costs[0] == costs[1]


def test_her_file_leads_to_the_exercises_and_has_no_button_more(cast: Cast) -> None:
    with clock.at(MONDAY):
        page = at_her_desk(cast).get(where(cast, "dossier:file")).content.decode()

    assert where(cast, "exercises:library") in page
    assert where(cast, "plan_sheets:write") not in page


# Filling in.


def test_everything_may_be_skipped(cast: Cast) -> None:
    address = f"{where(cast, 'plan_sheets:write')}?exercise={named('what-i-need').key}"
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        answer = ines.post(address, the_form(ines, address))

    assert answer.status_code == 302
    [sheet] = sheets(cast)
    assert (sheet.exercise, sheet.version, queries.answers(sheet)) == ("what-i-need", 2, {})
    assert (sheet.pen, sheet.was_read) == (Pen.TOGETHER, False)


def test_who_held_the_pen_the_day_and_the_reading_are_kept(cast: Cast) -> None:
    address = f"{where(cast, 'plan_sheets:write')}?exercise={named('getting-to-know').key}"
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        sent = the_form(ines, address) | {
            "p-likes-0": "Je fais rire",
            "pen": "HERSELF",
            "was_read": "on",
            "day": "2026-02-14",
        }
        ines.post(address, sent)

    [sheet] = sheets(cast)
    assert queries.answers(sheet) == {"likes": ["Je fais rire"]}
    assert (sheet.pen, sheet.was_read, clock.day_of(sheet.occurred_at).isoformat()) == (
        "HERSELF",
        True,
        "2026-02-14",
    )


@pytest.mark.parametrize("slug", [one[3:] for one in (
    "01-getting-to-know", "15-helps-and-holds", "05-another-way", "16-around-me",
)])  # fmt: skip
def test_a_line_is_added_without_a_script_and_nothing_typed_is_lost(cast: Cast, slug: str) -> None:
    asked = named(slug)
    address = f"{where(cast, asked.write_url_name)}?exercise={asked.key}"
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        first = Page(ines.get(address).content.decode())
        [more, *_] = [name for name in first.fields if name.endswith("-lines")]
        line = next(name for name in first.fields if name.startswith(more.removesuffix("lines")))
        sent = the_form(ines, address) | {more: "3", line: "Ma sœur", "more": more}
        page = ines.post(address, sent)

    again = Page(page.content.decode())
    assert page.status_code == 200
    assert again.fields[more] == "4"
    assert "Ma sœur" in page.content.decode()
    assert len(again.fields) > len(first.fields)
    assert sheets(cast) == []


def test_she_may_prefer_figures_to_faces(cast: Cast) -> None:
    address = f"{where(cast, 'plan_sheets:write')}?exercise={named('my-spheres').key}"
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        page = ines.post(address, the_form(ines, address) | {"measure": "numbers"})

    assert "p-wheel-sleep-numbers" in page.content.decode()
    assert "p-wheel-sleep-faces" not in page.content.decode()


def test_stopping_keeps_a_draft_and_going_on_finds_it_again(cast: Cast) -> None:
    asked = named("my-ruler")
    address = f"{where(cast, 'plan_sheets:write')}?exercise={asked.key}"
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        sent = the_form(ines, address) | {"p-subject": "Dormir", "p-importance": "7"}
        stopped = ines.post(address, sent | {"stop": "yes"})
        library = ines.get(stopped.headers["Location"]).content.decode()
        with acting(cast.ines):
            [draft] = drafts.drafts_of(cast.maya.file_id, actor=cast.ines)
        again = f"{where(cast, 'plan_sheets:write')}?draft={draft.pk}"
        page = ines.get(again).content.decode()
        kept = ines.post(again, the_form(ines, again) | {"p-subject": "Dormir"})

    assert again in library
    assert "Dormir" in page
    assert 'name="p-importance" value="7" checked' in page
    assert kept.status_code == 302
    assert [sheet.exercise for sheet in sheets(cast)] == ["my-ruler"]
    with acting(cast.ines):
        assert list(drafts.drafts_of(cast.maya.file_id, actor=cast.ines)) == []


def test_an_exercise_of_the_other_section_is_not_kept_in_this_one(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        sent = the_form(ines, where(cast, "plan_sheets:write"))
        answer = ines.post(
            where(cast, "plan_sheets:write"), sent | {"exercise": named("what-worries-me").key}
        )

    assert answer.status_code == 404
    assert sheets(cast) == []


# Said gently, beside what was typed; never a refusal.


def test_a_full_name_is_kept_as_typed_and_said_gently_beside(cast: Cast) -> None:
    asked = named("around-me")
    address = f"{where(cast, 'safety_sheets:write')}?exercise={asked.key}"
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        sent = the_form(ines, address) | {
            "p-circles-supports-0-who": "Jeanne Tremblay",
            "p-circles-supports-1-who": "Ma tante Lili",
            "p-wish": "Que Maya Bleue, c’est moi, dorme mieux.",
        }
        kept = ines.post(address, sent)
        page = ines.get(kept.headers["Location"]).content.decode()
        shown = ines.get(f"{kept.headers['Location']}shown/").content.decode()

    assert kept.status_code == 302
    assert page.count("looks like a full name") == 1
    assert "“Jeanne Tremblay” looks like a full name." in page
    assert "looks like a full name" not in shown


# On a screen she looks at.


def test_the_shared_screen_hides_all_that_is_not_for_her_eyes(cast: Cast) -> None:
    asked = named("getting-to-know")
    address = f"{where(cast, 'plan_sheets:write')}?exercise={asked.key}"
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        sent = the_form(ines, address) | {"observation": OBSERVATION, "p-know": "Mon examen"}
        screen = ines.post(address, sent | {"share": "yes"}).headers["Location"]
        page = ines.get(screen).content.decode()

    assert "Mon examen" in page
    for hidden in (OBSERVATION, "observation", "support", "La Maison", "staff-rail", "people-q"):
        assert hidden not in page, hidden
    # What is urgent and the way to hide are one tap away; they lead to nothing but that.
    urgent = where(cast, "safety_net:urgent_together")
    assert re.findall(r'<a [^>]*href="([^"]*)"', page) == ["#content", urgent, "/b"]


def test_what_the_worker_kept_apart_comes_back_with_what_she_typed_on_the_screen(
    cast: Cast,
) -> None:
    asked = named("getting-to-know")
    address = f"{where(cast, 'plan_sheets:write')}?exercise={asked.key}"
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        sent = the_form(ines, address) | {"observation": OBSERVATION}
        screen = ines.post(address, sent | {"share": "yes"}).headers["Location"]
        hers = the_form(ines, screen) | {"p-know": "Mon examen", "pen": "HERSELF"}
        kept = ines.post(screen, hers)
        shown = ines.get(kept.headers["Location"]).content.decode()

    [sheet] = sheets(cast)
    assert (sheet.opened.observation, sheet.pen) == (OBSERVATION, "HERSELF")
    assert "Mon examen" in shown
    assert OBSERVATION not in shown


def test_the_way_out_asks_nothing_and_keeps_what_was_typed(cast: Cast) -> None:
    screen = where(cast, "exercises:together", named("getting-to-know").id)
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        empty = ines.post(screen, the_form(ines, screen) | {"stop": "yes"})
        with acting(cast.ines):
            none = list(drafts.drafts_of(cast.maya.file_id, actor=cast.ines))
        begun = ines.post(screen, the_form(ines, screen) | {"p-know": "Moi", "stop": "yes"})
    with acting(cast.ines):
        some = list(drafts.drafts_of(cast.maya.file_id, actor=cast.ines))

    assert (empty.status_code, begun.status_code) == (302, 302)
    assert (len(none), len(some)) == (0, 1)


# Its history.


def test_older_sheets_are_folded_and_compared_only_when_asked(cast: Cast) -> None:
    fill(cast, "my-spheres", "old", {"p-wheel-sleep-faces": "1", "p-first": "Dormir"})
    fill(cast, "my-spheres", "new", {"p-wheel-sleep-faces": "4"}, at=TUESDAY)
    page_of = where(cast, "exercises:history", named("my-spheres").id)
    with clock.at(TUESDAY):
        ines = signed_in(cast.ines, language="en", at=TUESDAY)
        page = ines.get(page_of).content.decode()
        compared = ines.get(f"{page_of}?compare=yes").content.decode()

    assert "Two days, beside each other" not in page
    assert page.index("Rather good") < page.rindex("<details") < page.index("Really hard")
    assert "Two days, beside each other" in compared
    assert "Skipped that day" in compared
    ids = [part.split('"')[0] for part in compared.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_a_sheet_reads_under_the_version_it_answered(cast: Cast) -> None:
    fill(cast, "getting-to-know", "one", {"p-likes-0": "Danser"})
    with clock.at(MONDAY):
        page = at_her_desk(cast).get(where(cast, "plan_sheets:detail", uuid_of("one")))

    assert "Things I like, small or big" in page.content.decode()
    [sheet] = sheets(cast)
    with acting(cast.ines):
        sheet.version = 7
        assert queries.version_of(sheet) is None
        assert queries.title_of(sheet) == "getting-to-know"


# On paper.


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_exercise_has_a_blank_sheet_in_both_languages(cast: Cast, language: str) -> None:
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        made = [
            ines.get(f"{where(cast, 'exercises:blank', one.id)}?language={language}")
            for one in queries.offered()
        ]

    assert len(made) == 27
    assert {(one.status_code, one.content[:5]) for one in made} == {(200, b"%PDF-")}
    assert {one.headers["Content-Disposition"] for one in made} == {
        'attachment; filename="feuille.pdf"'
    }


def test_a_filled_sheet_is_printed_for_her_and_her_journal_says_so(cast: Cast) -> None:
    with acting(cast.ines):
        Filling(SAFETY).write(cast.maya.file_id, uuid_of("one"), by=cast.ines, at=MONDAY)
        before = set(Event.objects.values_list("pk", flat=True))
    with clock.at(MONDAY):
        answer = at_her_desk(cast).post(where(cast, "safety_sheets:paper", uuid_of("one")))
    with acting(cast.ines):
        told = {event.action for event in Event.objects.exclude(pk__in=before)}

    assert answer.content[:5] == b"%PDF-"
    assert {"exercise.printed", "open"} <= told
    assert b"Maya" not in answer.content
