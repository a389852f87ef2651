"""Is what helps her, and what holds her back, at hand where she keeps her course?"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.covering import actions as covering
from spheres.followup.exercises import actions, prompts, queries
from spheres.followup.handing_over.tests.factories import hand_over
from spheres.followup.safety_net.models import Part
from spheres.followup.safety_net.tests import factories
from tests.cast import FRIDAY, MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import signed_in
from tests.region import demo_words

pytestmark = pytest.mark.django_db

HELPS, HOLDS = "Quelqu’un qui compte sur moi", "La fin du mois"
SENT = {"p-both-0-0": HELPS, "p-both-0-1": HOLDS}


@pytest.fixture(autouse=True)
def region(db: None) -> Any:
    with demo_words():
        yield


def fill(cast: Cast, name: str, sent: dict[str, str], at: datetime = MONDAY, **more: Any) -> UUID:
    asked = queries.newest_of(more.pop("slug", "helps-and-holds"))
    assert asked is not None
    written = actions.Written(
        uuid_of(name), asked.id, at, answers=prompts.answers(asked.asks, sent), **more
    )
    with acting(cast.ines, at):
        return actions.sign(asked.section, cast.maya.file_id, written, by=cast.ines, at=at)


def course(cast: Cast, who: Actor | None = None, language: str = "en") -> str:
    with clock.at(TUESDAY):
        client = signed_in(who or cast.ines, at=TUESDAY, language=language)
        answer = client.get(reverse("safety_net:course", args=[cast.maya.file_id]))
    assert answer.status_code == 200
    return answer.content.decode()


def keep_course(cast: Cast) -> None:
    with acting(cast.ines):
        factories.write(
            cast.maya.file_id, uuid_of("course"), by=cast.ines, at=MONDAY, part=Part.COURSE,
            answers={"change": "Dormir chez moi"},
        )  # fmt: skip


def test_what_she_wrote_is_folded_beside_with_its_day_and_in_her_words(cast: Cast) -> None:
    keep_course(cast)
    sheet = fill(cast, "helps", SENT)

    page = course(cast)

    folded = page.partition("<summary>What helps, what holds me back, March 2, 2026</summary>")
    assert folded[0].rstrip().endswith('<details class="disclosure">')
    inside = folded[2].partition("</details>")[0]
    assert (HELPS in inside, HOLDS in inside) == (True, True)
    assert reverse("plan_sheets:detail", args=[cast.maya.file_id, sheet]) in inside
    assert page.index("Dormir chez moi") < page.index("What helps, what holds me back")


def test_only_the_newest_that_stands_is_shown_and_nothing_of_another_exercise(cast: Cast) -> None:
    fill(cast, "older", {"p-both-0-0": "Le chat du voisin"})
    fill(cast, "other", {"p-likes-0": "Danser"}, slug="getting-to-know")
    fill(cast, "newer", SENT, at=TUESDAY)

    page = course(cast)

    assert [words in page for words in (HELPS, "Le chat du voisin", "Danser")] == [
        True, False, False,
    ]  # fmt: skip
    assert page.count("What helps, what holds me back") == 1


def test_a_corrected_sheet_is_followed_by_its_correction(cast: Cast) -> None:
    wrong = fill(cast, "wrong", {"p-both-0-0": "Mal écrit"})
    asked = queries.newest_of("helps-and-holds")
    assert asked is not None
    right = actions.Written(
        uuid_of("right"), asked.id, MONDAY, answers=prompts.answers(asked.asks, SENT)
    )
    with acting(cast.ines):
        actions.correct("plan", cast.maya.file_id, wrong, right, by=cast.ines, at=MONDAY)

    page = course(cast)

    assert (HELPS in page, "Mal écrit" in page) == (True, False)


def test_where_she_wrote_none_nothing_is_said(cast: Cast) -> None:
    keep_course(cast)

    assert "What helps, what holds me back" not in course(cast)


def test_it_costs_the_page_no_statement_and_is_told_in_its_one_event(cast: Cast) -> None:
    keep_course(cast)
    address = reverse("safety_net:course", args=[cast.maya.file_id])
    ines, costs = signed_in(cast.ines, at=TUESDAY), []
    for name in ("", "one", "two", "three"):
        if name:
            fill(cast, name, SENT, at=TUESDAY if name == "three" else MONDAY)
        with clock.at(TUESDAY), CaptureQueriesContext(connection) as asked:
            assert ines.get(address).status_code == 200
        costs.append(len(asked))

    with acting(cast.ines, TUESDAY):
        told = Event.objects.filter(chain_id=cast.maya.file_id, action="open")
        last = [event for event in told if uuid_of("three") in event.record_ids]
    assert costs == [costs[0]] * 4
    assert [sorted(event.sections) for event in last] == [["contact", "identity", "plan", "safety"]]
    assert {uuid_of("course"), uuid_of("three")} <= set(last[0].record_ids)


@pytest.mark.parametrize("faces", [("safety",), ("identity", "safety")])
def test_who_reads_what_keeps_her_safe_and_not_her_plan_finds_the_course_alone(
    cast: Cast, faces: tuple[str, ...]
) -> None:
    keep_course(cast)
    fill(cast, "helps", SENT)
    hand_over(cast, *faces)

    page = course(cast, cast.yanick)

    assert ("Dormir chez moi" in page, HELPS in page) == (True, False)
    assert "What helps, what holds me back" not in page


def test_who_answers_for_a_while_is_told_that_it_is_closed_and_nothing_of_it(cast: Cast) -> None:
    keep_course(cast)
    fill(cast, "helps", SENT)
    with acting(cast.ines):
        away = covering.Away(uuid_of("away"), cast.yanick.user_id, TUESDAY, FRIDAY)
        covering.be_away(away, by=cast.ines, at=MONDAY)

    page = course(cast, cast.yanick)

    assert (HELPS in page, "Dormir chez moi" in page) == (False, False)


def test_a_stranger_finds_neither_the_page_nor_the_sheet(cast: Cast) -> None:
    fill(cast, "helps", SENT)

    with clock.at(TUESDAY):
        answer = signed_in(cast.samir, at=TUESDAY).get(
            reverse("safety_net:course", args=[cast.maya.file_id])
        )

    assert answer.status_code == 404
    assert HELPS not in answer.content.decode()
