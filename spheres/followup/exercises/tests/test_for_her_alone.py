"""Is what a person answers for herself alone kept nowhere that her worker reads?"""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from spheres.core import clock
from spheres.followup.exercises import queries
from spheres.followup.exercises.forms import SharedForm, SheetForm
from spheres.followup.exercises.models import PlanSheet, SafetySheet
from spheres.followup.exercises.queries import Exercise
from spheres.records.models import Draft
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in
from tests.region import demo_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def region(db: None) -> Any:
    with demo_words():
        yield


def today() -> Exercise:
    found = queries.newest_of("how-was-today")
    assert found is not None
    return found


def private_sheet(cast: Cast, url: str, **more: str) -> Any:
    """«How was today», typed on her worker’s device."""
    exercise = today()
    client = signed_in(cast.ines, language="en")
    kind = SharedForm if "together" in url else SheetForm
    form = kind(exercise=exercise, record_id=uuid_of("for Maya alone"))
    said = {"form_id": form.signed_id, "exercise": exercise.key, "her_words": ALONE_WORDS} | more
    return client.post(url, said)


ALONE_WORDS = "Je ne veux pas que quelqu’un lise ça."


def kept_of_maya(cast: Cast) -> tuple[int, int]:
    with acting(cast.ines):
        drafts = Draft.objects.filter(pk=uuid_of("for Maya alone")).count()
        sheets = PlanSheet.objects.filter(pk=uuid_of("for Maya alone")).count()
        return drafts, sheets + SafetySheet.objects.filter(pk=uuid_of("for Maya alone")).count()


@pytest.mark.parametrize("press", ["", "stop", "share"])
@pytest.mark.parametrize("place", ["write", "together"])
def test_what_is_for_her_alone_is_kept_nowhere_and_a_sentence_says_why(
    cast: Cast, place: str, press: str
) -> None:
    exercise, file_id = today(), cast.maya.file_id
    if place == "write":
        url = reverse(exercise.write_url_name, args=[file_id])
    else:
        url = reverse("exercises:together", args=[file_id, exercise.id])
    with clock.at(MONDAY):
        pressed = {press: "yes"} if press else {}
        answer = private_sheet(cast, url, read_by="ALONE", **pressed)

    assert kept_of_maya(cast) == (0, 0)
    if answer.status_code != 302:  # the screen she looked at is closed: nothing of it is left
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "alone is not kept here" in page
        assert ALONE_WORDS in page


def test_what_was_saved_before_she_said_that_it_is_for_her_alone_is_forgotten(cast: Cast) -> None:
    exercise, file_id = today(), cast.maya.file_id
    url = reverse(exercise.write_url_name.replace(":write", ":draft"), args=[file_id])
    with clock.at(MONDAY):
        saved = private_sheet(cast, url, read_by="TEAM")
        before = kept_of_maya(cast)
        refused = private_sheet(cast, url, read_by="ALONE")

    assert (saved.status_code, before) == (204, (1, 0))
    assert (refused.status_code, kept_of_maya(cast)) == (422, (0, 0))


def test_the_notebook_is_told_which_exercises_she_may_answer_with_nobody_beside_her(
    cast: Cast,
) -> None:
    with acting(cast.ines):
        alone = queries.she_may_fill_alone()
        others = [one for one in queries.offered() if one not in alone]

    assert alone
    assert all("HERSELF" in one.asks.answered_by and one.tool is None for one in alone)
    assert all("HERSELF" not in one.asks.answered_by or one.tool for one in others)
