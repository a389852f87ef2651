"""Does a plan hold what she agreed to, and nothing else; and is nothing in it ever late?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.followup.life_plan import actions, policy, queries
from spheres.followup.life_plan.models import (
    Aim,
    Course,
    Idea,
    Step,
    StepStatus,
    Task,
    TaskStatus,
    Trace,
)
from spheres.followup.life_plan.tests import factories
from spheres.participants.models import Assignment, FollowUpStatus
from spheres.vault import actions as vault
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in

GOAL, DREAM = uuid_of("a goal"), uuid_of("a dream")
TODAY = date(2026, 3, 2)


def dreamt(cast: Cast, record_id: UUID = DREAM) -> UUID:
    with acting(cast.ines):
        return factories.write(cast.maya.file_id, record_id, by=cast.ines, at=MONDAY)


def agreed(cast: Cast, record_id: UUID = GOAL, **said: Any) -> UUID:
    answers = {"kind": Aim.Kind.GOAL, "agreed_on": TODAY, "line": "Dormir six heures."} | said
    with acting(cast.ines):
        written = factories.written(record_id, MONDAY, **answers)
        return actions.sign(cast.maya.file_id, written, by=cast.ines, at=MONDAY)


def stepped(cast: Cast, name: str, root: UUID = GOAL, **said: Any) -> UUID:
    with acting(cast.ines):
        step = actions.StepSaid(uuid_of(name), **({"line": name} | said))
        return actions.add_step(cast.maya.file_id, root, step, by=cast.ines, at=MONDAY)


def stands(cast: Cast, step_id: UUID) -> str:
    with acting(cast.ines):
        return StepStatus.objects.get(pk=step_id).status


def page(cast: Cast, place: str, *args: UUID) -> str:
    return reverse(f"life_plan:{place}", args=[cast.maya.file_id, *args])


def sent(cast: Cast, url: str, language: str = "en", **said: str) -> Any:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language=language)
        number = Page(ines.get(url).content.decode()).fields["form_id"]
        return ines.post(url, {"form_id": number, **said})


def day_of(actor: Actor, language: str = "en") -> str:
    with clock.at(MONDAY):
        page = signed_in(actor, language=language).get("/").content.decode()
    return page.partition("<main")[2]


GOAL_TYPED = {
    "kind": "GOAL", "line": "Dormir six heures.", "agreed_on": "2026-03-02", "pen": "TOGETHER",
    "idea": "HERS",
}  # fmt: skip


@pytest.mark.django_db
def test_a_goal_she_agreed_to_says_whose_idea_it_was_and_since_when(cast: Cast) -> None:
    answer = sent(cast, page(cast, "write") + "?kind=goal", **GOAL_TYPED, agreed="yes")

    with acting(cast.ines):
        [goal] = Aim.objects.filter(kind=Aim.Kind.GOAL)
    assert answer.status_code == 302
    assert (goal.idea, goal.agreed_on) == (Idea.HERS, TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("agreed", "why"), [("", "Without an answer"), ("not_yet", "it is not their goal")]
)
def test_a_goal_without_her_agreement_is_refused(cast: Cast, agreed: str, why: str) -> None:
    answer = sent(cast, page(cast, "write") + "?kind=goal", **GOAL_TYPED, agreed=agreed)

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert "Dormir six heures." in answer.content.decode()
    with acting(cast.ines):
        assert not Aim.objects.exists()


@pytest.mark.django_db
def test_it_becomes_the_worker_s_own_task_on_her_day_and_never_in_the_plan(cast: Cast) -> None:
    answer = sent(
        cast, page(cast, "write") + "?kind=goal", **GOAL_TYPED, agreed="not_yet", keep_for_me="yes"
    )

    with acting(cast.ines):
        [task] = Task.objects.all()
        assert not Aim.objects.exists()
    assert (answer.status_code, task.worker_id) == (302, cast.ines.user_id)
    assert "Maya: something you do on your side" in day_of(cast.ines)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        plan = ines.get(reverse("plan:page", args=[cast.maya.file_id])).content.decode()
        tasks = ines.get(page(cast, "tasks")).content.decode()
    assert "Dormir six heures." not in plan
    assert "Dormir six heures." in tasks


@pytest.mark.django_db
def test_the_action_refuses_it_too(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        agreed(cast, agreed_on=None)


@pytest.mark.django_db
def test_the_database_refuses_it_too(cast: Cast) -> None:
    goal = Aim(
        id=GOAL, root_id=GOAL, kind=Aim.Kind.GOAL, idea=Idea.HERS, pen="TOGETHER",
        occurred_at=MONDAY, file_id=cast.maya.file_id, written_by=cast.ines.user_id,
        written_at=MONDAY,
    )  # fmt: skip
    with acting(cast.ines), pytest.raises(IntegrityError), transaction.atomic():
        Aim.objects.bulk_create([goal])


@pytest.mark.django_db
def test_a_step_is_chosen_and_done_in_one_press_each_and_leaves_a_trace(cast: Cast) -> None:
    agreed(cast)
    step_id = stepped(cast, "Mettre la minuterie")
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        for to in ("CHOSEN", "DONE", "DONE"):
            answer = ines.post(page(cast, "press"), {"press": f"step:{step_id}:{to}"})
            assert answer.status_code == 302

    with acting(cast.ines):
        [trace] = Trace.objects.all()
        done = Event.objects.filter(action="plan.step_done", chain_id=cast.maya.file_id)
        assert [event.record_ids for event in done] == [[trace.pk, step_id]]
    assert stands(cast, step_id) == StepStatus.Status.DONE
    assert (trace.step_id, trace.done_on) == (step_id, TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize("press", ["", "step", "step:x:DONE", f"step:{GOAL}:LOST", "aim::ALIVE"])
def test_a_press_that_no_button_says_is_not_found(cast: Cast, press: str) -> None:
    agreed(cast)
    with clock.at(MONDAY):
        answer = signed_in(cast.ines).post(page(cast, "press"), {"press": press})

    assert answer.status_code == 404


@pytest.mark.django_db
def test_her_words_are_kept_with_what_she_did(cast: Cast) -> None:
    agreed(cast)
    step_id = stepped(cast, "Mettre la minuterie", is_chosen=True)
    with acting(cast.ines):
        actions.move_step(cast.maya.file_id, step_id, "DONE", by=cast.ines, at=MONDAY)
    address = page(cast, "leave_trace", GOAL) + f"?step={step_id}"

    answer = sent(cast, address, words="J’ai dormi!", done_on="2026-03-02", pen="HER")

    assert answer.status_code == 302
    with clock.at(MONDAY):
        detail = signed_in(cast.ines).get(page(cast, "detail", GOAL)).content.decode()
    assert "J’ai dormi!" in detail


@pytest.mark.django_db
def test_what_is_set_aside_is_taken_up_again(cast: Cast) -> None:
    agreed(cast)
    for to in (Course.Status.SET_ASIDE, Course.Status.ALIVE, Course.Status.REACHED):
        with acting(cast.ines):
            actions.move_aim(cast.maya.file_id, GOAL, to, by=cast.ines, at=MONDAY)
            plan = queries.plan(cast.maya.file_id, actor=cast.ines)
        places = (len(plan.goals), len(plan.aside), len(plan.reached))
        assert places == {"SET_ASIDE": (0, 1, 0), "ALIVE": (1, 0, 0), "REACHED": (0, 0, 1)}[to]


@pytest.mark.django_db
def test_said_otherwise_its_steps_and_traces_go_on_with_it(cast: Cast) -> None:
    dreamt(cast)
    agreed(cast, dream_id=DREAM)
    step_id = stepped(cast, "Mettre la minuterie", is_chosen=True)
    with acting(cast.ines, TUESDAY):
        said = factories.written(
            uuid_of("otherwise"), TUESDAY, kind=Aim.Kind.GOAL, agreed_on=TODAY, line="Dormir sept.",
            dream_id=DREAM,
        )  # fmt: skip
        actions.correct(cast.maya.file_id, GOAL, said, by=cast.ines, at=TUESDAY)
        plan = queries.plan(cast.maya.file_id, actor=cast.ines)
        vault.open(plan.rows, by=cast.ines)

    [dream] = plan.dreams
    [goal] = dream.goals
    assert (goal.aim.pk, goal.aim.root_id) == (uuid_of("otherwise"), GOAL)
    assert goal.aim.opened.line == "Dormir sept."
    assert [going.step.pk for going in goal.going] == [step_id]


@pytest.mark.django_db
def test_a_goal_stays_whose_dream_is_set_aside(cast: Cast) -> None:
    dreamt(cast)
    agreed(cast, dream_id=DREAM)
    with acting(cast.ines):
        actions.move_aim(cast.maya.file_id, DREAM, "SET_ASIDE", by=cast.ines, at=MONDAY)
        plan = queries.plan(cast.maya.file_id, actor=cast.ines)

    assert [goal.aim.pk for goal in plan.goals] == [GOAL]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "Maya: a small step, around Tuesday, March 3"),
        (7, "Maya: a small step, around Monday, March 9"),
        (-3, "Maya: a small step, around Friday, February 27"),
        (8, ""),
        (-15, ""),
    ],
)
def test_a_coming_step_is_on_her_workers_day_without_its_words(
    cast: Cast, days: int, words: str
) -> None:
    agreed(cast)
    stepped(cast, "Appeler", is_chosen=True, meant_on=TODAY + timedelta(days=days))

    day = day_of(cast.ines)

    assert ("Promised" in day, words in day) == (bool(words), True)
    assert "Appeler" not in day
    assert "late" not in day.lower().replace("later", "")


@pytest.mark.django_db
@pytest.mark.parametrize("why", ["proposed", "set aside", "left", "not hers"])
def test_nothing_is_promised_of_what_is_not_chosen_or_has_stopped(cast: Cast, why: str) -> None:
    agreed(cast)
    stepped(cast, "Appeler", is_chosen=why != "proposed", meant_on=TODAY)
    with acting(cast.ines):
        if why == "set aside":
            actions.move_aim(cast.maya.file_id, GOAL, "SET_ASIDE", by=cast.ines, at=MONDAY)
        if why == "left":
            FollowUpStatus.objects.filter(file_id=cast.maya.file_id).update(
                status=FollowUpStatus.Status.LEFT, status_at=MONDAY + timedelta(minutes=1)
            )
        if why == "not hers":
            Assignment.objects.filter(file_id=cast.maya.file_id).update(ends_at=MONDAY)

    assert "Promised" not in day_of(cast.ines)


@pytest.mark.django_db
def test_whose_task_it_is_says_what_became_of_it(cast: Cast) -> None:
    with acting(cast.ines):
        task_id = actions.keep_for_me(
            cast.maya.file_id, uuid_of("a task"), "Demander un lit.", by=cast.ines, at=MONDAY
        )
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        for to in ("DONE", "DONE", "OPEN", "DROPPED"):
            answer = ines.post(page(cast, "move_task", task_id), {"to": to})
            assert answer.status_code == 302

    with acting(cast.ines):
        assert TaskStatus.objects.get(pk=task_id).status == TaskStatus.Status.DROPPED
        assert not policy.can_move_task(cast.yanick, cast.ines.user_id, "OPEN", "DONE")
    assert "something you do" not in day_of(cast.ines)


@pytest.mark.django_db
def test_a_step_of_another_file_is_not_found(cast: Cast) -> None:
    agreed(cast)
    step_id = stepped(cast, "Appeler")
    with clock.at(MONDAY):
        samir = signed_in(cast.samir)
        answer = samir.post(page(cast, "press"), {"press": f"step:{step_id}:DONE"})

    assert (answer.status_code, stands(cast, step_id)) == (404, StepStatus.Status.PROPOSED)


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["add_step", "leave_trace", "detail", "correct"])
def test_its_pages_open_for_her_worker_in_both_languages(cast: Cast, place: str) -> None:
    agreed(cast)
    with clock.at(MONDAY):
        for language in ("fr", "en"):
            ines = signed_in(cast.ines, language=language)
            assert ines.get(page(cast, place, GOAL)).status_code == 200


@pytest.mark.parametrize(
    ("role", "kind", "agreed_on", "allowed"),
    [
        ("youth_worker", "DREAM", None, True),
        ("youth_worker", "GOAL", TODAY, True),
        ("youth_worker", "GOAL", None, False),
        ("professional_support", "GOAL", TODAY, True),
        ("coordinator", "DREAM", None, False),
    ],
)
def test_who_puts_what_in_her_plan(
    role: str, kind: str, agreed_on: date | None, allowed: bool
) -> None:
    who = Actor(uuid_of("who"), uuid_of("where"), frozenset({role}))

    assert bool(policy.can_put_in_plan(who, kind, agreed_on)) is allowed


def test_no_word_of_failure_or_lateness_stands_in_its_states() -> None:
    words = {
        str(word).lower()
        for states in (Course.Status, StepStatus.Status, TaskStatus.Status)
        for word in (*states.labels, *states.values)
    }
    assert not any(bad in word for word in words for bad in ("fail", "late", "lost", "abandon"))
    assert {field.name for field in Step._meta.fields if field.name.endswith("_on")} == {"meant_on"}
