"""Is it said what a thing is for, only to whoever reads both; and what has nothing yet, softly?"""

from __future__ import annotations

import html
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.accompaniments import actions as accompaniments
from spheres.followup.accompaniments.models import Accompaniment
from spheres.followup.activities import actions as activities
from spheres.followup.exercises import actions as exercises
from spheres.followup.exercises import queries as asked
from spheres.followup.handing_over.tests.factories import LATER, hand_over
from spheres.followup.life_plan import actions as life_plan
from spheres.followup.life_plan.models import Aim, Idea
from spheres.followup.notes import actions as notes
from spheres.followup.notes.models import Note
from spheres.participants.models import FollowUpStatus
from spheres.records.between import serving
from spheres.sharing.rules import PLAN
from tests.cast import MONDAY, Cast, acting, follow, uuid_of
from tests.pages import Page, signed_in

GOAL, STEP = uuid_of("a goal"), uuid_of("a step")
ROOF, SLEEP, ONLINE = "physical_shelter", "physical_sleep", "social_digital"
NOTHING = "Rien encore, et rien ne presse"
SOFTLY = "quelque chose compte en ce moment, et rien n’est encore en route"
NEXT_WEEK = MONDAY + timedelta(days=8)

pytestmark = pytest.mark.django_db


def sort(cast: Cast, *needs: str, which: str = "cards", at: datetime = MONDAY) -> UUID:
    """She puts these among what matters now, in this order."""
    with acting(cast.ines, at):
        exercise = asked.newest_of("what-i-need")
        assert exercise is not None
        answers = {"cards": {"piles": dict.fromkeys(needs, "now"), "top": list(needs[:3])}}
        written = exercises.Written(uuid_of(which), exercise.id, at, answers=answers)
        return exercises.sign(PLAN, cast.maya.file_id, written, by=cast.ines, at=at)


def plan(cast: Cast) -> None:
    """A goal with a step of it."""
    with acting(cast.ines):
        said = life_plan.Written(
            GOAL, Aim.Kind.GOAL, "Un toit à moi.", MONDAY, Idea.HERS, clock.day_of(MONDAY)
        )
        life_plan.sign(cast.maya.file_id, said, by=cast.ines, at=MONDAY)
        step = life_plan.StepSaid(STEP, "Visiter, de jour.", is_chosen=True)
        life_plan.add_step(cast.maya.file_id, GOAL, step, by=cast.ines, at=MONDAY)


def accompany(
    cast: Cast, which: str = "towards a roof", at: datetime = MONDAY, **said: Any
) -> UUID:
    with acting(cast.ines, at):
        written = accompaniments.Written(uuid_of(which), "housing", at, **said)
        return accompaniments.sign(cast.maya.file_id, written, by=cast.ines, at=at)


def take_part(cast: Cast, **said: Any) -> UUID:
    with acting(cast.ines):
        written = activities.Written(
            uuid_of("an outing"), "art_ceramics", clock.day_of(MONDAY), MONDAY, **said
        )
        return activities.sign(cast.maya.file_id, written, by=cast.ines, at=MONDAY)


def meet(cast: Cast, **said: Any) -> UUID:
    with acting(cast.ines):
        written = notes.Written(uuid_of("a contact"), "meeting", MONDAY, **said)
        return notes.sign(cast.maya.file_id, written, by=cast.ines, at=MONDAY)


def shown(cast: Cast, place: str, *args: UUID, who: str = "ines", at: datetime = MONDAY) -> str:
    address = reverse(place, args=[cast.maya.file_id, *args])
    actor: Actor = getattr(cast, who)
    with clock.at(at):
        answer = signed_in(actor, at=at).get(address)
    assert answer.status_code == 200
    return read(answer)


def read(answer: Any) -> str:
    """What a page says, its narrow and unbreakable spaces as plain ones."""
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


def day(cast: Cast, at: datetime) -> str:
    with clock.at(at):
        return read(signed_in(cast.ines, at=at).get("/"))


def needs_block(page: str) -> str:
    return page.partition("Ce qui compte en ce moment")[2].partition("</section>")[0]


# On her plan.


def test_each_need_that_matters_says_what_is_under_way_for_it(cast: Cast) -> None:
    sort(cast, ROOF, SLEEP, ONLINE)
    accompany(cast, needs=[ROOF])
    take_part(cast, needs=[ROOF])
    meet(cast, tags=["sleep"])

    said = needs_block(shown(cast, "plan:page"))

    roof, sleep, online = (said.index(w) for w in ("Un endroit où dormir", "Dormir mieux", "ligne"))
    for words, first, last in (
        ("Logement (à venir)", roof, sleep),
        ("Café céramique, 2 mars", roof, sleep),
        ("Rencontre, 2 mars", sleep, online),
    ):
        assert first < said.index(words) < last
    assert said.count(NOTHING) == 1
    assert said.index(NOTHING) > online


def test_without_cards_what_was_talked_of_matters(cast: Cast) -> None:
    meet(cast, tags=["sleep", "moved"])

    said = needs_block(shown(cast, "plan:page"))

    assert "Dormir mieux" in said
    assert "D’après les contacts" in said
    assert NOTHING not in said


def test_with_nothing_said_nothing_is_drawn(cast: Cast) -> None:
    assert "Ce qui compte en ce moment" not in shown(cast, "plan:page")


def test_the_newest_cards_stand_and_other_exercises_sort_nothing(cast: Cast) -> None:
    sort(cast, ROOF)
    sort(cast, SLEEP, which="cards again", at=MONDAY + timedelta(days=1))

    said = needs_block(shown(cast, "plan:page", at=MONDAY + timedelta(days=1)))

    assert "Dormir mieux" in said
    assert "Un endroit où dormir" not in said


def test_cards_that_she_skipped_say_nothing(cast: Cast) -> None:
    sort(cast, ROOF)
    with acting(cast.ines, NEXT_WEEK):
        exercise = asked.newest_of("what-i-need")
        assert exercise is not None
        blank = exercises.Written(uuid_of("skipped"), exercise.id, NEXT_WEEK)
        exercises.sign(PLAN, cast.maya.file_id, blank, by=cast.ines, at=NEXT_WEEK)

    assert "Un endroit où dormir" in needs_block(shown(cast, "plan:page", at=NEXT_WEEK))


def test_a_small_step_is_for_needs_too(cast: Cast) -> None:
    plan(cast)
    sort(cast, ONLINE)
    with acting(cast.ines):
        step = life_plan.StepSaid(uuid_of("online"), "Changer mes mots de passe.", needs=[ONLINE])
        life_plan.add_step(cast.maya.file_id, GOAL, step, by=cast.ines, at=MONDAY)

    assert "Changer mes mots de passe. (proposé)" in needs_block(shown(cast, "plan:page"))


@pytest.mark.parametrize(("status", "is_under_way"), [("OBTAINED", True), ("REFUSED", False)])
def test_what_was_obtained_answers_and_what_was_refused_does_not(
    cast: Cast, status: str, is_under_way: bool
) -> None:
    sort(cast, ROOF)
    number = accompany(cast, needs=[ROOF])
    with acting(cast.ines):
        told = accompaniments.Told(uuid_of("told"), status)
        accompaniments.tell(cast.maya.file_id, number, told, by=cast.ines, at=MONDAY)

    assert (NOTHING not in needs_block(shown(cast, "plan:page"))) is is_under_way


def test_each_goal_and_step_says_what_is_under_way_for_it(cast: Cast) -> None:
    plan(cast)
    accompany(cast, towards_id=GOAL)
    take_part(cast, towards_id=STEP)

    page = shown(cast, "plan:page")

    goal, accompaniment, step, outing = (
        page.index(words)
        for words in (
            "Un toit à moi.",
            "Logement (à venir)",
            "Visiter, de jour.",
            "Café céramique,",
        )
    )
    assert goal < accompaniment < step < outing


def test_links_cost_her_plan_nothing(cast: Cast) -> None:
    plan(cast)
    sort(cast, ROOF, SLEEP)
    costs = []
    for number in range(3):
        accompany(cast, f"number {number}", needs=[ROOF], towards_id=GOAL)
        with clock.at(MONDAY):
            ines = signed_in(cast.ines)
            with CaptureQueriesContext(connection) as said:
                ines.get(reverse("plan:page", args=[cast.maya.file_id]))
        costs.append(len(said))

    assert len(set(costs)) == 1


# On the pages of things themselves.


def test_a_thing_says_what_it_is_for(cast: Cast) -> None:
    plan(cast)
    pages = [
        shown(cast, "accompaniments:detail", accompany(cast, needs=[SLEEP], towards_id=GOAL)),
        shown(cast, "activities:detail", take_part(cast, needs=[SLEEP], towards_id=GOAL)),
    ]
    about = shown(cast, "notes:detail", meet(cast, towards_id=STEP))

    for page in pages:
        said = page.partition("À quoi ça sert")[2]
        assert "Un but : Un toit à moi." in said
        assert "Dormir mieux" in said
    assert "Un petit pas : Visiter, de jour." in about


@pytest.mark.parametrize("place", ["accompaniments", "activities"])
def test_what_it_is_for_is_chosen_of_her_own_plan(cast: Cast, place: str) -> None:
    plan(cast)
    other = follow("Zoé", desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    address = reverse(f"{place}:write", args=[cast.maya.file_id])
    sent = {
        "day": "2026-03-02", "held_on": "2026-03-02", "kind": "housing", "idea": "art_ceramics",
        "pen": "TOGETHER", "needs": [ROOF, SLEEP], "towards": str(STEP),
    }  # fmt: skip
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        blank = read(ines.get(address))
        number = Page(blank).fields["form_id"]
        elsewhere = reverse(f"{place}:write", args=[other.file_id])
        foreign = ines.post(elsewhere, {**sent, "form_id": number})
        kept = ines.post(address, {**sent, "form_id": number})

    assert "Un petit pas : Visiter, de jour." in blank
    assert (foreign.status_code, kept.status_code) == (422, 302)
    page = shown(cast, f"{place}:detail", UUID(number.split(":")[0]))
    assert "Visiter, de jour." in page


def test_a_contact_is_noted_about_a_goal_from_her_plan(cast: Cast) -> None:
    plan(cast)
    address = reverse("notes:write", args=[cast.maya.file_id])
    other = follow("Zoé", desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        blank = read(ines.get(f"{address}?towards={GOAL}"))
        fields = Page(blank).fields
        sent = {"kind": "meeting", "day": "2026-03-02", "towards": fields["towards"]}
        ines.post(address, {**sent, "form_id": fields["form_id"]})
        there = reverse("notes:write", args=[other.file_id])
        number = Page(ines.get(there).content.decode()).fields["form_id"]
        ines.post(there, {**sent, "form_id": number})

    assert f"{address}?towards={GOAL}" in shown(cast, "plan:page")
    assert "À propos de ceci : Un but : Un toit à moi." in blank
    with acting(cast.ines):
        kept = dict(Note.objects.values_list("file_id", "towards_id"))
    assert kept == {cast.maya.file_id: GOAL, other.file_id: None}


def test_what_it_was_for_stays_chosen_when_corrected_wherever_it_stands(cast: Cast) -> None:
    plan(cast)
    number = accompany(cast, needs=[ROOF], towards_id=GOAL)
    with acting(cast.ines):
        life_plan.move_aim(cast.maya.file_id, GOAL, "REACHED", by=cast.ines, at=MONDAY)

    page = shown(cast, "accompaniments:correct", number)

    assert f'<option value="{GOAL}" selected' in page
    assert f'value="{ROOF}" id="id_needs_0" checked' in page


# Whoever reads one side only.


@pytest.mark.parametrize(
    ("faces", "goal", "links"),
    [(("identity", "plan"), True, False), (("identity", "plan", "steps"), True, True)],
)
def test_a_link_shows_nothing_of_what_one_does_not_read(
    cast: Cast, faces: tuple[str, ...], goal: bool, links: bool
) -> None:
    plan(cast)
    sort(cast, ROOF, SLEEP)
    number = accompany(cast, needs=[ROOF], towards_id=GOAL)
    hand_over(cast, *faces)

    page = shown(cast, "plan:page", who="yanick", at=LATER)

    assert ("Un toit à moi." in page, "Logement" in page) == (goal, links)
    assert (str(number) in page) is links
    assert "Un endroit où dormir" in page
    # Whoever does not read all that could answer is not told that nothing does.
    assert NOTHING not in page
    with acting(cast.yanick, LATER):
        assert serving.unmet(cast.maya.file_id, actor=cast.yanick) == []


def test_whoever_reads_steps_without_the_plan_reads_no_goal_there(cast: Cast) -> None:
    plan(cast)
    accompany(cast, towards_id=GOAL)
    hand_over(cast, "identity", "steps")

    with acting(cast.yanick, LATER):
        [row] = Accompaniment.objects.all()
        assert row.towards_id == GOAL
        assert serving.pointed_to(row, actor=cast.yanick) == []


# What has nothing yet.


def test_it_surfaces_beside_what_keeps_her_on_course(cast: Cast) -> None:
    sort(cast, SLEEP, ROOF)
    before = shown(cast, "safety_net:course")
    accompany(cast, needs=[SLEEP, ROOF])

    after = shown(cast, "safety_net:course")

    assert before.index("Dormir mieux") < before.index("Un endroit où dormir")
    assert "Dormir mieux" not in after


@pytest.mark.parametrize(
    ("days", "is_said"), [(0, False), (6, False), (8, True), (59, True), (62, False)]
)
def test_my_day_says_it_softly_from_a_week_after_until_two_months(
    cast: Cast, days: int, is_said: bool
) -> None:
    sort(cast, SLEEP, ROOF)

    said = day(cast, MONDAY + timedelta(days=days))

    assert said.count(SOFTLY) == (1 if is_said else 0)
    assert "Dormir mieux" not in said


def test_my_day_stops_saying_it_once_something_is_under_way(cast: Cast) -> None:
    sort(cast, SLEEP)
    assert SOFTLY in day(cast, NEXT_WEEK)
    accompany(cast, at=NEXT_WEEK, needs=[SLEEP])

    assert SOFTLY not in day(cast, NEXT_WEEK)


@pytest.mark.parametrize("over", ["LEFT", "ENDED", "DIED"])
def test_nothing_is_said_of_somebody_who_left_or_died(cast: Cast, over: str) -> None:
    sort(cast, SLEEP)
    with acting(cast.ines, NEXT_WEEK):
        FollowUpStatus.objects.filter(file_id=cast.maya.file_id).update(
            status=over, status_by=cast.ines.user_id, status_at=NEXT_WEEK
        )

    assert SOFTLY not in day(cast, NEXT_WEEK)
