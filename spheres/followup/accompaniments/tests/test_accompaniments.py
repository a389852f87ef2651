"""Is an accompaniment begun with one answer, moved in one press, and never late?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from spheres.core import clock
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.accompaniments import actions, documents, policy, queries
from spheres.followup.accompaniments.models import Accompaniment, Course, Step
from spheres.followup.accompaniments.tests import factories
from spheres.participants.models import FollowUpStatus
from spheres.records.between import places
from spheres.vault import actions as vault
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import Page, learn_french, signed_in

Status = Course.Status
CARD = uuid_of("a card of her own")
WEDNESDAY = date(2026, 3, 4)

pytestmark = pytest.mark.django_db


def begun(cast: Cast, record_id: UUID = CARD, **said: Any) -> UUID:
    with acting(cast.ines):
        written = actions.Written(record_id, "papers", MONDAY, **said)
        return actions.sign(cast.maya.file_id, written, by=cast.ines, at=MONDAY)


def told(cast: Cast, to: str, which: str = "a step", **said: Any) -> None:
    with acting(cast.ines, TUESDAY):
        step = actions.Told(uuid_of(which), to, **said)
        actions.tell(cast.maya.file_id, CARD, step, by=cast.ines, at=TUESDAY)


def stands(cast: Cast, record_id: UUID = CARD) -> tuple[str, date | None]:
    with acting(cast.ines):
        course = Course.objects.get(pk=record_id)
        return course.status, course.next_on


def page(cast: Cast, place: str, *args: UUID) -> str:
    return reverse(f"accompaniments:{place}", args=[cast.maya.file_id, *args])


def test_only_what_it_is_about_and_the_day_are_asked(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        form = Page(ines.get(page(cast, "write")).content.decode())
        sent = {
            "form_id": form.fields["form_id"], "kind": "papers", "day": "2026-03-02",
            "pen": "TOGETHER",
        }  # fmt: skip
        answer = ines.post(page(cast, "write"), sent)

    record_id = UUID(sent["form_id"].split(":")[0])
    assert (answer.status_code, answer.headers["Location"]) == (
        302, page(cast, "detail", record_id),
    )  # fmt: skip
    assert stands(cast, record_id) == (Status.PLANNED, None)


@pytest.mark.parametrize("to", policy.EVENTUAL)
def test_one_press_says_where_it_stands(cast: Cast, to: str) -> None:
    begun(cast)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        form = Page(ines.get(page(cast, "detail", CARD)).content.decode())
        sent = {"form_id": form.fields["form_id"], "status": to}
        answers = [ines.post(page(cast, "tell", CARD), sent) for _ in (1, 2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert stands(cast) == (to, None)
    with acting(cast.ines):
        assert Step.objects.filter(record_id=CARD).count() == 1


@pytest.mark.parametrize("to", [Status.OBTAINED, Status.SET_ASIDE, Status.REFUSED, Status.OTHER])
def test_what_ended_is_taken_up_again(cast: Cast, to: str) -> None:
    begun(cast)
    told(cast, to)
    told(cast, Status.GOING_ON, "again", next_on=WEDNESDAY)

    assert stands(cast) == (Status.GOING_ON, WEDNESDAY)


def test_what_ended_does_not_end_twice(cast: Cast) -> None:
    begun(cast)
    told(cast, Status.OBTAINED)
    with pytest.raises(NotAllowed):
        told(cast, Status.REFUSED, "said again")


def test_what_goes_on_goes_on_with_another_step(cast: Cast) -> None:
    begun(cast)
    told(cast, Status.GOING_ON, "first")
    told(cast, Status.GOING_ON, "second", next_step="Y retourner.", next_on=WEDNESDAY)

    assert stands(cast) == (Status.GOING_ON, WEDNESDAY)
    with acting(cast.ines):
        record = Accompaniment.objects.get(pk=CARD)
        assert queries.steps(record, actor=cast.ines).count() == 2


def test_a_correction_stands_where_the_first_one_stood_with_its_steps(cast: Cast) -> None:
    begun(cast)
    told(cast, Status.GOING_ON, line="Photo prise.")
    better = uuid_of("said better")
    with acting(cast.ines, TUESDAY):
        factories.correct(CARD, better, by=cast.ines, at=TUESDAY)
        record = Accompaniment.objects.get(pk=better)
        [step] = queries.steps(record, actor=cast.ines)
        vault.open([step], by=cast.ines)
        assert step.opened.line == "Photo prise."
    assert stands(cast, better)[0] == Status.GOING_ON
    with pytest.raises(NotAllowed, match="corrigé"):
        told(cast, Status.OBTAINED, "on the first one")


# On her workers' day.


def day_of(cast: Cast, at: Any, language: str = "en") -> str:
    with clock.at(at):
        answer = signed_in(cast.ines, at=at, language=language).get("/")
        return answer.content.decode().partition("<main")[2]


def test_the_next_step_comes_back_quietly_and_is_never_late(cast: Cast) -> None:
    begun(cast, next_on=WEDNESDAY, next_step="Prendre la photo.")

    before, on_the_day, after = (day_of(cast, MONDAY + timedelta(days=days)) for days in (0, 2, 12))

    assert "Maya: papers, a step planned for March 4" in before
    assert "Maya: papers, a step planned for today" in on_the_day
    assert "Maya: papers, a step planned for March 4" in after
    assert "late" not in after.replace("translate", "").replace("later", "")
    assert "Prendre la photo." not in before


def test_what_is_far_or_over_is_not_asked_about(cast: Cast) -> None:
    begun(cast, next_on=WEDNESDAY + timedelta(days=30))
    assert "a step planned" not in day_of(cast, MONDAY)
    told(cast, Status.OBTAINED)
    assert "a step planned" not in day_of(cast, MONDAY + timedelta(days=31))


@pytest.mark.parametrize("over", ["LEFT", "ENDED", "DIED"])
def test_nothing_is_asked_of_somebody_who_left_or_died(cast: Cast, over: str) -> None:
    begun(cast, next_on=WEDNESDAY)
    with acting(cast.ines, TUESDAY):
        FollowUpStatus.objects.filter(file_id=cast.maya.file_id).update(
            status=over, status_by=cast.ines.user_id, status_at=TUESDAY
        )
    assert "a step planned" not in day_of(cast, TUESDAY)


def test_the_day_and_the_plan_cost_the_same_for_one_and_three(cast: Cast) -> None:
    costs = []
    for names in (["first"], ["second", "third"]):
        for name in names:
            begun(cast, uuid_of(name), next_on=WEDNESDAY, next_step=name)
        with clock.at(MONDAY):
            ines = signed_in(cast.ines)
            with CaptureQueriesContext(connection) as of_day:
                ines.get("/")
        with acting(cast.ines), CaptureQueriesContext(connection) as of_plan:
            mine = [
                found
                for found in places.plan_of(cast.maya.file_id, actor=cast.ines, since=None)
                if any(isinstance(row, Accompaniment) for row in found.rows)
            ]
            vault.open([row for found in mine for row in found.rows], by=cast.ines)
            [block] = [found.block() for found in mine]
        costs.append((len(of_day), len(of_plan)))
    assert costs[0] == costs[1]
    assert [line.next_step for line in block.says["lines"]] != []


def test_an_urgent_need_that_waits_may_be_linked_to(cast: Cast) -> None:
    write = reverse("urgent_needs:write", args=[cast.maya.file_id])
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        number = Page(ines.get(write).content.decode()).fields["form_id"]
        ines.post(write, {"form_id": number, "need": "papers"})
    need_id = UUID(number.split(":")[0])
    with acting(cast.ines):
        assert queries.urgent_needs(cast.maya.file_id, actor=cast.ines) == [
            (str(need_id), "Des papiers")
        ]
    begun(cast, urgent_need_id=need_id)


def test_a_colleague_who_does_not_walk_with_her_finds_nothing(cast: Cast) -> None:
    begun(cast)
    with clock.at(MONDAY):
        answers = [
            signed_in(actor).get(page(cast, "of_file")).status_code
            for actor in (cast.yanick, cast.karim, cast.louise, cast.roy, cast.samir)
        ]
    assert answers == [404] * 5
    step = actions.Told(uuid_of("not mine"), Status.OBTAINED)
    with acting(cast.yanick, TUESDAY), pytest.raises(WrongState):
        actions.tell(cast.maya.file_id, CARD, step, by=cast.yanick, at=TUESDAY)


# The sheet she takes along.


def sheet_of(cast: Cast, language: str) -> str:
    """What the sheet says, in the order in which it is read aloud."""
    learn_french()
    with acting(cast.ines), translation.override(language):
        record = queries.of_file(cast.maya.file_id, actor=cast.ines).get(pk=CARD)
        vault.open([record], by=cast.ines)
        said = documents.taken_along(record, "", None)
    return " ".join([said["title"], *(part["title"] for part in said["parts"])])


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "À avoir avec toi Ce que tu apportes"), ("en", "To have with you What you bring")],
)
def test_the_sheet_is_tagged_and_names_nobody(cast: Cast, language: str, words: str) -> None:
    begun(cast, papers="Deux photos\nUn acte de naissance", ask_for="Comptoir 3")
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        made = ines.post(page(cast, "sheet", CARD), {"language": language})

    assert (made.status_code, made.headers["Content-Type"]) == (200, "application/pdf")
    assert made.headers["Content-Disposition"] == 'attachment; filename="sheet.pdf"'
    assert made.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in made.content
    for hidden in (b"Maya", b"Sph", b"Maison"):
        assert hidden not in made.content
    assert f"({words})".encode()[:3] is not None
