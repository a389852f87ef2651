"""Is an activity about nobody, and what it was for her hers alone?"""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.followup.activities import actions, queries
from spheres.followup.activities.models import (
    Activity,
    ActivityStatus,
    Authorisation,
    Companion,
    Feedback,
)
from spheres.followup.activities.views.shared import band
from spheres.participants.models import Identity
from spheres.records.between import places, strengths
from spheres.vault import actions as vault
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in

CERAMICS, HERS = uuid_of("ceramics"), uuid_of("ceramics for Maya")
Status, Given = ActivityStatus.Status, Authorisation.Given

pytestmark = pytest.mark.django_db


def planned(cast: Cast, held_on: date, which: UUID = CERAMICS, **said: Any) -> UUID:
    with acting(cast.ines):
        it = actions.Planned(which, "art_ceramics", held_on, **said)
        return actions.plan(it, by=cast.ines, at=MONDAY)


def written(cast: Cast) -> UUID:
    with acting(cast.ines):
        day = clock.day_of(MONDAY)
        said = actions.Written(HERS, "art_ceramics", day, MONDAY, her_words="Faire une tasse.")
        return actions.sign(cast.maya.file_id, said, by=cast.ines, at=MONDAY)


def shared(place: str, *args: UUID) -> str:
    return reverse(f"shared_activities:{place}", args=args)


def hers(cast: Cast, place: str, *args: UUID) -> str:
    return reverse(f"activities:{place}", args=[cast.maya.file_id, *args])


# About nobody.


def test_whoever_plans_it_comes_along_and_reads_it_on_the_day(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        form = Page(ines.get(shared("plan")).content.decode())
        sent = {
            "form_id": form.fields["form_id"], "idea": "art_ceramics", "held_on": "2026-03-03",
            "is_group": "yes", "dollars": "45", "budget_line": "activities",
        }  # fmt: skip
        answers = [ines.post(shared("plan"), sent) for _ in (1, 2)]
        day = ines.get("/").content.decode()

    assert [answer.status_code for answer in answers] == [302, 302]
    assert "Ceramic café, March 3: you come along" in day
    with acting(cast.ines):
        [one] = Activity.objects.select_related("standing")
        assert (one.kind, one.idea, one.standing.cents) == ("art", "art_ceramics", 4500)
        assert Companion.objects.count() == 1


def test_another_organisation_knows_nothing_of_it(cast: Cast) -> None:
    planned(cast, clock.day_of(TUESDAY))
    with acting(cast.samir):
        assert list(queries.board(actor=cast.samir)) == []
    with clock.at(MONDAY):
        assert signed_in(cast.samir).get(shared("detail", CERAMICS)).status_code == 404


def test_it_took_place_from_its_day_on_and_may_be_said_otherwise(cast: Cast) -> None:
    planned(cast, clock.day_of(MONDAY))
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        sent = {"form_id": form_of(ines), "status": "HELD", "number": "3", "dollars": "40"}
        assert ines.post(shared("say", CERAMICS), sent).status_code == 302
    with acting(cast.ines):
        standing = ActivityStatus.objects.get(pk=CERAMICS)
        assert (standing.status, standing.number, standing.cents) == (Status.HELD, 3, 4000)
        actions.say(CERAMICS, Status.PLANNED, number=None, cents=None, by=cast.ines, at=MONDAY)


def form_of(client: Any) -> str:
    page = client.get(shared("detail", CERAMICS)).content.decode()
    return Page(page.partition(f'action="{shared("say", CERAMICS)}"')[2]).fields["form_id"]


def test_it_does_not_take_place_before_its_day(cast: Cast) -> None:
    planned(cast, clock.day_of(TUESDAY))
    with acting(cast.ines), pytest.raises(NotAllowed, match="pas encore venu"):
        actions.say(CERAMICS, Status.HELD, number=2, cents=None, by=cast.ines, at=MONDAY)


def test_costs_leave_without_a_name_and_few_are_never_counted(cast: Cast) -> None:
    for which, number in (("few", 2), ("more", 7)):
        planned(cast, clock.day_of(MONDAY), uuid_of(which), budget_line="activities", cents=4000)
        with acting(cast.ines):
            actions.say(
                uuid_of(which), Status.HELD, number=number, cents=None, by=cast.ines, at=MONDAY
            )
    with clock.at(MONDAY):
        made = signed_in(cast.karim, language="en").post(shared("costs"), {"year": "2026"})
        refused = signed_in(cast.ines).post(shared("costs"), {"year": "2026"})

    rows = list(csv.reader(io.StringIO(made.content.decode("utf-8-sig"))))
    assert rows[0] == ["Day", "Kind", "Activity", "Budget line", "Cost", "Persons"]
    assert sorted(row[-1] for row in rows[1:]) == ["5 to 9", "fewer than 5"]
    assert {tuple(row[:-1]) for row in rows[1:]} == {
        ("2026-03-02", "Art and making", "Ceramic café", "Activities", "40.00")
    }
    assert "Inès" not in made.content.decode()
    assert refused.status_code == 403


@pytest.mark.parametrize(
    ("number", "said"), [(None, ""), (0, "moins de 5"), (4, "moins de 5"), (5, "de 5 à 9")]
)
def test_a_number_is_a_band(number: int | None, said: str) -> None:
    assert band(number, 5) == said


# In her own file.


def test_it_begins_with_the_idea_and_the_day_of_the_activity_and_keeps_no_trace(
    cast: Cast,
) -> None:
    planned(cast, clock.day_of(TUESDAY))
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        form = Page(ines.get(f"{hers(cast, 'write')}?from={CERAMICS}").content.decode())
    assert (form.fields["held_on_day"], form.fields["held_on_month"]) == ("3", "3")


def test_a_face_is_one_press_and_a_strength_another(cast: Cast) -> None:
    written(cast)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        number = Page(ines.get(hers(cast, "detail", HERS)).content.decode()).fields["form_id"]
        sent = {"form_id": number, "face": "GLAD", "found": "Je suis patiente."}
        told = [ines.post(hers(cast, "feedback", HERS), sent).status_code for _ in (1, 2)]
        with acting(cast.ines):
            [said] = Feedback.objects.all()
        pressed = [
            ines.post(hers(cast, "strength", HERS), {"feedback": str(said.pk)}).status_code
            for _ in (1, 2)
        ]
        shown = ines.get(hers(cast, "detail", HERS)).content.decode()

    assert (told, pressed) == ([302, 302], [302, 302])
    assert "Parmi mes forces." in shown
    with acting(cast.ines):
        assert strengths.kept([said.pk, uuid_of("another")], actor=cast.ines) == {said.pk}


def test_her_plan_shows_why_she_came(cast: Cast) -> None:
    written(cast)
    with acting(cast.ines):
        found = places.plan_of(cast.maya.file_id, actor=cast.ines, since=None)
        vault.open([row for one in found for row in one.rows], by=cast.ines)
        [block] = [b for one in found if (b := one.block()).template == "activities/plan.html"]
    assert [idea for _record, idea in block.says["lines"]] == ["Café céramique"]


def say_age(cast: Cast, band_: str) -> None:
    with acting(cast.ines):
        newer = Identity(
            id=uuid_of(f"said of {band_}"), file_id=cast.maya.file_id, age_band=band_,
            language="fr", written_by=cast.ines.user_id, written_at=TUESDAY,
        )  # fmt: skip
        vault.lock(newer, chosen_name="Maya", pronouns="", birth_date="", interpreter="")
        Identity.objects.bulk_create([newer])


@pytest.mark.parametrize(
    ("age", "given", "may"),
    [
        ("12-13", Given.HERSELF, False),
        ("12-13", Given.BY_PARENT, True),
        ("12-13", Given.EXCEPTION, True),
        ("14-17", Given.HERSELF, True),
        ("14-17", Given.OTHER_WAY, True),
    ],
)
def test_what_the_law_asks_depends_on_her_age(cast: Cast, age: str, given: str, may: bool) -> None:
    written(cast)
    say_age(cast, age)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        shown = ines.get(hers(cast, "detail", HERS)).content.decode()
        # The second form of the page: what was asked, and who gave it.
        number = shown.split('name="form_id" value="')[2].split('"')[0]
        sent = {"form_id": number, "asked": "HERS", "given": given, "given_on": "2026-03-02"}
        answer = ines.post(hers(cast, "authorise", HERS), sent)

    assert answer.status_code == (302 if may else 422)
    assert "Aucun parent n’est joint" in shown or "aucun parent n’est joint" in shown
    with acting(cast.ines):
        assert Authorisation.objects.count() == int(may)


def test_an_adult_is_asked_nothing(cast: Cast) -> None:
    written(cast)
    say_age(cast, "18-24")
    with clock.at(MONDAY):
        shown = signed_in(cast.ines).get(hers(cast, "detail", HERS)).content.decode()
    assert "Ce que la loi et l’activité demandent" not in shown


def test_how_it_was_is_not_asked_before_the_day(cast: Cast) -> None:
    with acting(cast.ines):
        later = clock.day_of(MONDAY + timedelta(days=3))
        said = actions.Written(HERS, "art_ceramics", later, MONDAY)
        actions.sign(cast.maya.file_id, said, by=cast.ines, at=MONDAY)
    with clock.at(MONDAY):
        shown = signed_in(cast.ines).get(hers(cast, "detail", HERS)).content.decode()
    assert 'name="face"' not in shown


def test_a_colleague_who_does_not_walk_with_her_finds_nothing(cast: Cast) -> None:
    written(cast)
    with clock.at(MONDAY):
        answers = [
            signed_in(actor).get(hers(cast, "of_file")).status_code
            for actor in (cast.yanick, cast.karim, cast.louise, cast.roy, cast.samir)
        ]
    assert answers == [404] * 5
