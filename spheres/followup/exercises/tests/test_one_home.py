"""Is what a tool keeps begun with the tool, and filled nowhere else?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from spheres.core import clock
from spheres.core.errors import WrongState
from spheres.followup.exercises import actions, queries
from spheres.followup.exercises.models import PlanSheet, SafetySheet
from spheres.followup.exercises.tests.filled import Filling
from spheres.followup.exercises.tests.test_files import HEAD, SOUND, faults
from spheres.records import queries as drafts
from spheres.records.between import followup_tools
from spheres.regions import queries as regions
from spheres.sharing.rules import PLAN, SAFETY
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in
from tests.region import demo_words

pytestmark = pytest.mark.django_db

# The exercises that a tool keeps, and where each begins and is read in a file.
KEPT = {
    "where-i-am": ("stage_marks/new/", "stage_marks/"),
    "my-safety-net": ("safety_net/new/?part=NET", "safety_net/"),
    "when-it-gets-heavy": ("safety_net/new/?part=CRISIS", "safety_net/"),
    "staying-on-course": ("safety_net/new/?part=COURSE", "safety_net/course/"),
    "dreams-and-steps": ("life_plan/new/", "plan/"),
    "my-strengths": ("strengths/new/", "strengths/"),
}


FILLED = {PLAN: "getting-to-know", SAFETY: "what-worries-me"}


@pytest.fixture(autouse=True)
def region(db: None) -> Any:
    with demo_words():
        yield


def named(slug: str) -> queries.Exercise:
    found = queries.newest_of(slug)
    assert found is not None
    return found


def of_maya(cast: Cast, path: str) -> str:
    return f"/files/{cast.maya.file_id}/{path}"


def test_every_tool_that_is_named_keeps_one_exercise() -> None:
    kept = {one.asks.kept_in: one.slug for one in queries.offered() if one.tool}

    assert sorted(kept) == sorted(followup_tools.all_tools())
    assert sorted(kept.values()) == sorted(KEPT)
    assert {one.tool.section for one in queries.offered() if one.tool} == {"plan", "safety"}


@pytest.mark.parametrize("slug", KEPT)
def test_its_page_leads_to_the_tool_and_still_to_the_blank_sheet(cast: Cast, slug: str) -> None:
    asked, (begin, read) = named(slug), KEPT[slug]
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        page = ines.get(reverse("exercises:history", args=[cast.maya.file_id, asked.id]))
        blank = ines.get(reverse("exercises:blank", args=[cast.maya.file_id, asked.id]))
        begun = ines.get(of_maya(cast, begin))

    text = page.content.decode()
    assert f'href="{of_maya(cast, begin)}"' in text
    assert f'href="{of_maya(cast, read)}"' in text
    assert ("Fill in" in text, "Do it together" in text) == (False, False)
    assert (blank.status_code, blank.content[:5], begun.status_code) == (200, b"%PDF-", 200)


@pytest.mark.parametrize("slug", KEPT)
def test_no_sheet_of_it_is_filled(cast: Cast, slug: str) -> None:
    asked = named(slug)
    write = reverse(asked.write_url_name, args=[cast.maya.file_id])
    screen = reverse("exercises:together", args=[cast.maya.file_id, asked.id])
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        form = named(FILLED[asked.section])
        fields = Page(ines.get(f"{write}?exercise={form.key}").content.decode()).fields
        sent = {"form_id": fields["form_id"], "exercise": asked.key, "her_words": "Voilà."}
        answers = [
            ines.get(f"{write}?exercise={asked.key}"),
            ines.post(write, sent),
            ines.get(screen),
            ines.post(screen, sent),
        ]
        draft = ines.post(write.replace("/new/", "/draft/"), sent)

    assert {(one.status_code, one.headers["Location"]) for one in answers} == {
        (302, of_maya(cast, KEPT[slug][0]))
    }
    assert draft.status_code == 422
    with acting(cast.ines):
        assert (PlanSheet.objects.count(), SafetySheet.objects.count()) == (0, 0)
        assert list(drafts.drafts_of(cast.maya.file_id, actor=cast.ines)) == []
        written = actions.Written(uuid_of("one"), asked.id, MONDAY)
        with pytest.raises(WrongState):
            actions.sign(asked.section, cast.maya.file_id, written, by=cast.ines, at=MONDAY)


def test_a_stranger_is_led_nowhere(cast: Cast) -> None:
    asked = named("where-i-am")
    with clock.at(MONDAY):
        samir = signed_in(cast.samir)
        write = reverse(asked.write_url_name, args=[cast.maya.file_id])
        answer = samir.get(f"{write}?exercise={asked.key}")

    assert answer.status_code == 404


# What was answered before a tool kept it.


def also_known(one: queries.Exercise) -> None:
    """One version more in the photograph of the region."""
    stands = regions._photograph
    assert stands is not None
    known = {**stands.more[queries.EXERCISES], one.id: one}
    regions._photograph = replace(stands, more={**stands.more, queries.EXERCISES: known})


def before_a_tool_kept_it(slug: str) -> queries.Exercise:
    """The version of before: the same questions, kept in no tool, no longer offered."""
    stands = named(slug)
    older = queries.Exercise(
        uuid_of(f"{slug} before"), slug, stands.version - 1, False, replace(stands.asks, kept_in="")
    )
    also_known(older)
    return older


def a_sheet_of_before(cast: Cast, slug: str) -> UUID:
    older = before_a_tool_kept_it(slug)
    written = actions.Written(uuid_of("before"), older.id, MONDAY, her_words="Je vois la côte.")
    with acting(cast.ines):
        return actions.sign(PLAN, cast.maya.file_id, written, by=cast.ines, at=MONDAY)


def test_a_sheet_of_before_stays_readable_and_a_new_one_leads_to_the_tool(cast: Cast) -> None:
    sheet = a_sheet_of_before(cast, "where-i-am")
    asked = named("where-i-am")
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        page = ines.get(reverse("exercises:history", args=[cast.maya.file_id, asked.id]))
        detail = ines.get(reverse("plan_sheets:detail", args=[cast.maya.file_id, sheet]))
        correct = ines.get(reverse("plan_sheets:correct", args=[cast.maya.file_id, sheet]))
        write = reverse("plan_sheets:write", args=[cast.maya.file_id])
        older = ines.get(f"{write}?exercise={uuid_of('where-i-am before')}")

    assert "Sheets from before" in page.content.decode()
    assert "Je vois la côte." in page.content.decode()
    assert "Go on with it today" in detail.content.decode()
    assert correct.status_code == 200
    assert older.headers["Location"] == of_maya(cast, "stage_marks/new/")


def test_a_draft_of_before_is_gone_on_with_and_lost_by_nobody(cast: Cast) -> None:
    older = before_a_tool_kept_it("where-i-am")
    number = uuid_of("begun before")
    fields = {"exercise": str(older.id), "p-subject": "Le logement"}
    with acting(cast.ines):
        actions.keep_draft(PLAN, cast.maya.file_id, number, fields, by=cast.ines, at=MONDAY)
    write = reverse("plan_sheets:write", args=[cast.maya.file_id])
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        page = Page(ines.get(f"{write}?draft={number}").content.decode())
        sent = {"form_id": page.fields["form_id"], "exercise": page.fields["exercise"]}
        kept = ines.post(write, sent | {"p-subject": "Le logement"})

    assert kept.status_code == 302
    with acting(cast.ines):
        assert [(one.exercise, one.version) for one in PlanSheet.objects.all()] == [
            ("where-i-am", older.version)
        ]


# What the file of a region says.


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "kept_in: attic\n",
            "exercises/garden.yaml, line 5, kept_in: «attic» is no tool. Choose among: activities.",
        ),
        (
            "kept_in: safety_net\n",
            "exercises/garden.yaml, line 5, kept_in: «safety_net» keeps what it is told in the "
            "section safety: write that section.",
        ),
    ],
)
def test_a_tool_that_is_none_or_of_another_section_is_refused(
    tmp_path: Path, line: str, sentence: str
) -> None:
    text = HEAD.replace("answered_by", f"{line}answered_by", 1)
    said = sentence.replace("activities.", f"{', '.join(followup_tools.all_tools())}.")

    assert faults(tmp_path, text + SOUND) == [said]


def test_a_tool_of_its_section_is_read(tmp_path: Path) -> None:
    text = HEAD.replace("answered_by", "kept_in: life_plan\nanswered_by", 1)

    assert faults(tmp_path, text + SOUND) == []


def test_two_tools_may_not_have_one_name() -> None:
    one = next(iter(followup_tools.all_tools().values()))

    with pytest.raises(ValueError, match="Two tools"):
        followup_tools.register(one)


def test_an_exercise_kept_in_a_tool_that_is_gone_is_a_sheet_again(cast: Cast) -> None:
    asks = replace(named("where-i-am").asks, kept_in="a tool of before")
    gone = queries.Exercise(uuid_of("gone"), "alone", 1, True, asks)
    also_known(gone)
    with clock.at(MONDAY):
        write = reverse("plan_sheets:write", args=[cast.maya.file_id])
        page = signed_in(cast.ines).get(f"{write}?exercise={gone.key}")

    assert page.status_code == 200


def test_an_exercise_that_is_offered_no_more_still_shows_its_sheets(cast: Cast) -> None:
    asks = replace(named("where-i-am").asks, kept_in="")
    also_known(queries.Exercise(uuid_of("gone"), "alone", 1, False, asks))
    written = actions.Written(uuid_of("before"), uuid_of("gone"), MONDAY, her_words="Je tiens bon.")
    with acting(cast.ines):
        actions.sign(PLAN, cast.maya.file_id, written, by=cast.ines, at=MONDAY)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        library = ines.get(reverse("exercises:library", args=[cast.maya.file_id]))
        history = reverse("exercises:history", args=[cast.maya.file_id, uuid_of("gone")])
        page = ines.get(history).content.decode()

    assert history in library.content.decode()
    assert "Je tiens bon." in page
    assert ("Fill in" in page, "Begin" in page) == (False, False)


def test_the_other_exercises_are_filled_as_before(cast: Cast) -> None:
    with acting(cast.ines):
        Filling(PLAN).write(cast.maya.file_id, uuid_of("filled"), by=cast.ines, at=MONDAY)
        assert PlanSheet.objects.count() == 1
