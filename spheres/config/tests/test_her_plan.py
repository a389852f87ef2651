"""Does her plan gather what was made with her, at few statements, for whom it is, and on paper?"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse

from spheres.audit.models import Event
from spheres.config.tests.test_page_costs import statements
from spheres.core import clock
from spheres.followup.handing_over import actions as handing_over
from spheres.followup.life_plan import actions as life_plan
from spheres.followup.life_plan.models import Aim, Idea
from spheres.followup.passages import actions as passages
from spheres.followup.plan import policy
from spheres.followup.stage_marks import actions as stage_marks
from spheres.followup.urgent_needs import actions as needs
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import signed_in, untranslated

COST, MOST_STATEMENTS = 5, 8
DREAM, STEP, HERS = "Les clés de chez nous.", "Visiter un appartement.", "Je respire mieux."


def made(cast: Cast, number: int = 0) -> None:
    """A dream, a goal with a step, a mark and a need, in Maya's file."""
    file_id, at = cast.maya.file_id, MONDAY
    dream, goal, step = (uuid_of(f"{what} {number}") for what in ("dream", "goal", "step"))
    with acting(cast.ines):
        said = life_plan.Written(dream, Aim.Kind.DREAM, DREAM, at, Idea.HERS)
        life_plan.sign(file_id, said, by=cast.ines, at=at)
        said = life_plan.Written(
            goal, Aim.Kind.GOAL, "Un toit à moi.", at, Idea.HERS, clock.day_of(at), "home", dream
        )
        life_plan.sign(file_id, said, by=cast.ines, at=at)
        life_plan.add_step(
            file_id, goal, life_plan.StepSaid(step, STEP, is_chosen=True), by=cast.ines, at=at
        )
        mark = stage_marks.Written(
            uuid_of(f"mark {number}"), "housing", "stages", "preparation", at, her_words=HERS
        )
        stage_marks.sign(file_id, mark, by=cast.ines, at=at)
        need = needs.Written(uuid_of(f"need {number}"), "food", at, her_words="J’ai faim.")
        needs.sign(file_id, need, by=cast.ines, at=at)


def plan_of(cast: Cast) -> str:
    return reverse("plan:page", args=[cast.maya.file_id])


def opened(cast: Cast, who: str = "ines", language: str = "fr", at: Any = MONDAY) -> Any:
    with clock.at(at):
        return signed_in(getattr(cast, who), at=at, language=language).get(plan_of(cast))


@pytest.mark.django_db
def test_dreams_and_steps_come_first_then_where_she_is_then_what_is_still_needed(
    cast: Cast,
) -> None:
    made(cast)

    page = opened(cast).content.decode()

    places = [page.index(words) for words in (DREAM, STEP, HERS, "J’ai faim.")]
    assert places == sorted(places)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en"])
def test_with_nothing_in_it_it_invites_and_asks_for_nothing(cast: Cast, language: str) -> None:
    with untranslated() as missing:
        page = opened(cast, language=language).content.decode()

    assert missing == set()
    assert {"fr": "si rien ne t’en empêchait", "en": "if nothing stood in the way"}[
        language
    ] in page


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en"])
def test_full_it_is_complete_in_both_languages(cast: Cast, language: str) -> None:
    made(cast)
    with untranslated() as missing:
        assert opened(cast, language=language).status_code == 200

    assert missing == set()


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [0, 1, 3])
def test_it_costs_the_same_whatever_is_there(cast: Cast, rows: int) -> None:
    for number in range(rows):
        made(cast, number)

    asked = statements(
        signed_in(cast.ines), lambda ines: ines.get(plan_of(cast)).status_code, status=200
    )

    # All that the tools ask of it is one statement (gathering.read).
    assert asked == COST <= MOST_STATEMENTS


@pytest.mark.django_db
def test_all_is_opened_in_one_event(cast: Cast) -> None:
    made(cast)
    with acting(cast.ines):
        before = set(Event.objects.values_list("pk", flat=True))

    opened(cast)

    with acting(cast.ines):
        [event] = Event.objects.exclude(pk__in=before).filter(chain_id=cast.maya.file_id)
    assert event.action == "open"
    assert {"plan", "steps", "notes"} <= set(event.sections)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["samir", "yanick", "karim", "louise", "roy", "amrani", "nadia"])
def test_nobody_else_reads_it(cast: Cast, who: str) -> None:
    made(cast)

    assert opened(cast, who).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("faces", "status"), [(("identity", "plan", "steps"), 200), (("identity",), 404)]
)
def test_whom_she_let_read_her_plan_reads_it_and_writes_nothing(
    cast: Cast, faces: tuple[str, ...], status: int
) -> None:
    made(cast)
    choice = handing_over.Wanted(uuid_of("choice"), "COLLEAGUE", cast.yanick.user_id, faces)
    with acting(cast.ines):
        told = handing_over.Told(uuid_of("told"), clock.day_of(MONDAY))
        handing_over.tell(cast.maya.file_id, told, by=cast.ines, at=MONDAY)
        handing_over.decide(cast.maya.file_id, choice, by=cast.ines, at=MONDAY)

    answer = opened(cast, "yanick")

    assert answer.status_code == status
    if status == 200:
        page = answer.content.decode()
        assert DREAM in page
        assert 'name="press"' not in page
        assert "J’ai faim." not in page


@pytest.mark.django_db
def test_when_she_comes_back_it_opens_when_she_asks(cast: Cast) -> None:
    made(cast)
    with acting(cast.ines, TUESDAY):
        passages.pass_to(cast.maya.file_id, "LEFT", by=cast.ines, at=TUESDAY)
        passages.come_back(cast.maya.file_id, by=cast.ines, at=TUESDAY + timedelta(hours=1))
    at = TUESDAY + timedelta(hours=2)
    with clock.at(at):
        ines = signed_in(cast.ines, at=at)
        folded = ines.get(plan_of(cast)).content.decode()
        asked = ines.get(plan_of(cast) + "?earlier=yes").content.decode()
        writing = reverse("life_plan:write", args=[cast.maya.file_id])
        goal = ines.get(writing + "?kind=goal").content.decode()
        paths = reverse("stage_marks:paths", args=[cast.maya.file_id])
        marks = [ines.get(paths + end).content.decode() for end in ("", "?earlier=yes")]

    assert [DREAM in page for page in (folded, asked)] == [False, True]
    assert [STEP in page for page in (folded, asked)] == [False, True]
    assert [HERS in page for page in (folded, asked)] == [False, True]
    assert [HERS in page for page in marks] == [False, True]
    assert DREAM not in goal


@pytest.mark.django_db
@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_on_paper_it_is_tagged_and_names_neither_her_nor_the_programme(
    cast: Cast, full: bool, language: str
) -> None:
    if full:
        made(cast)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language=language)
        answers = [ines.get(plan_of(cast) + "paper/") for _ in range(2)]

    content = answers[0].content
    assert answers[0].headers["Content-Type"] == "application/pdf"
    assert answers[0].headers["Content-Disposition"] == 'attachment; filename="plan-2026-03-02.pdf"'
    assert b"pdfuaid" in content
    assert content == answers[1].content
    assert b"Maya" not in content
    assert BytesIO(content).read(5) == b"%PDF-"


@pytest.mark.django_db
def test_urgent_need_and_contact_are_one_tap_away(cast: Cast) -> None:
    page = opened(cast).content.decode()

    for place in ("urgent_needs:write", "notes:write", "plan:paper", "dossier:file"):
        assert reverse(place, args=[cast.maya.file_id]) in page


@pytest.mark.django_db
def test_her_file_leads_to_it(cast: Cast) -> None:
    with clock.at(MONDAY):
        file = signed_in(cast.ines).get(reverse("dossier:file", args=[cast.maya.file_id]))

    assert plan_of(cast) in file.content.decode()


@pytest.mark.parametrize(
    ("is_for_a_while", "passed", "allowed"),
    [(False, [], True), (True, [], False), (True, ["summary"], False), (True, ["plan"], True)],
)
def test_who_reads_a_plan(is_for_a_while: bool, passed: list[str], allowed: bool) -> None:
    assert bool(policy.can_read(is_for_a_while=is_for_a_while, passed=passed)) is allowed
