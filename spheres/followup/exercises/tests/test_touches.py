"""Is it said before a sheet opens what it speaks of, at the same place on every page?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from spheres.core import clock
from spheres.followup.exercises import papers, queries
from spheres.followup.exercises.queries import Exercise
from spheres.followup.exercises.tests.test_files import HEAD, SOUND, faults
from spheres.records import documents
from spheres.records.between import followup_tools
from tests.cast import MONDAY, Cast
from tests.pages import signed_in
from tests.region import demo_words

pytestmark = pytest.mark.django_db

TOUCHING = [
    "around-me", "if-i-want-to-say", "more-protection", "my-strengths", "staying-on-course",
    "what-worries-me", "when-it-gets-heavy", "where-i-feel-safe",
]  # fmt: skip
STOP = {
    "fr": "Tu peux passer, arrêter, y revenir.",
    "en": "You can skip, stop, and come back to it.",
}


@pytest.fixture(autouse=True)
def region(db: None) -> Any:
    with demo_words():
        yield


def named(slug: str) -> Exercise:
    found = queries.newest_of(slug)
    assert found is not None
    return found


def page_of(cast: Cast, address: str, language: str = "en") -> str:
    with clock.at(MONDAY):
        answer = signed_in(cast.ines, language=language).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def before_the_first_question(page: str) -> str:
    """What the page says above its form, or above what is filled."""
    return page.partition("<main")[2].partition('<div class="exercise">')[0]


def test_those_that_touch_on_something_say_so_and_the_others_say_nothing() -> None:
    said = sorted(one.slug for one in queries.offered() if one.asks.touches)

    assert said == TOUCHING


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_is_said_before_the_first_question_to_fill_in_and_on_the_shared_screen(
    cast: Cast, language: str
) -> None:
    asked, file_id = named("what-worries-me"), cast.maya.file_id
    addresses = [
        f"{reverse('safety_sheets:write', args=[file_id])}?exercise={asked.key}",
        reverse("exercises:together", args=[file_id, asked.id]),
        reverse("exercises:history", args=[file_id, asked.id]),
    ]
    with translation.override(language):
        touches = str(asked.asks.touches)

    for address in addresses:
        above = before_the_first_question(page_of(cast, address, language))
        assert touches in above, address
        assert STOP[language] in above, address
        card = above.partition(touches)[0].rpartition("<section")[2]
        assert 'data-area="sage"' in card
        assert not {"amber", "notice-look"} & set(card.split('"'))


def test_a_sheet_that_touches_on_nothing_hard_says_nothing_of_it(cast: Cast) -> None:
    asked = named("getting-to-know")

    page = page_of(cast, reverse("exercises:together", args=[cast.maya.file_id, asked.id]))

    assert STOP["en"] not in page
    assert "What this speaks of" not in page


def test_the_library_says_it_under_the_name_of_the_sheet(cast: Cast) -> None:
    page = page_of(cast, reverse("exercises:library", args=[cast.maya.file_id]))

    assert [slug for slug in TOUCHING if named(slug).asks.touches.en not in page] == []


def test_a_tool_that_keeps_an_exercise_says_it_too_before_its_own_questions(cast: Cast) -> None:
    write = reverse("safety_net:write", args=[cast.maya.file_id])

    crisis = page_of(cast, f"{write}?part=CRISIS")
    net = page_of(cast, f"{write}?part=NET")

    with translation.override("en"):
        words = followup_tools.touches("crisis_plan")
    assert words == named("when-it-gets-heavy").asks.touches.en
    assert crisis.index(words) < crisis.index('name="signs_1"')
    assert STOP["en"] not in net
    assert followup_tools.touches("safety_net") == ""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_paper_says_it_too(language: str) -> None:
    asked = named("more-protection").asks
    with translation.override(language):
        words = documents.touching(str(asked.touches))

    assert words == [str(getattr(asked.touches, language)), STOP[language]]
    assert papers.blank(asked, language)[:5] == b"%PDF-"
    assert documents.touching("") == []


# Mistakes in a file.

MISTAKES = {
    "in one language only": (
        "touches: {fr: Du jardin.}\n",
        "exercises/garden.yaml, line 8, touches: the English text is missing.",
    ),
    "beside a tool that shows nothing": (
        "beside: crisis_plan\n",
        "exercises/garden.yaml, line 8, beside: «crisis_plan» shows nothing beside it. Choose "
        "among: staying_on_course.",
    ),
    "beside a tool, and kept in another": (
        "kept_in: life_plan\nbeside: staying_on_course\n",
        "exercises/garden.yaml, line 9, beside: what a tool keeps has no sheet to show beside "
        "another: say one, not both.",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_each_mistake_is_said_with_its_place(tmp_path: Path, mistake: str) -> None:
    said, sentence = MISTAKES[mistake]

    assert faults(tmp_path, HEAD.replace("prompts:\n", f"{said}prompts:\n") + SOUND) == [sentence]


def test_one_that_says_both_rightly_has_no_fault(tmp_path: Path) -> None:
    said = "touches: {fr: Du jardin., en: The garden.}\nbeside: staying_on_course\n"

    assert faults(tmp_path, HEAD.replace("prompts:\n", f"{said}prompts:\n") + SOUND) == []
