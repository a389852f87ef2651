"""Is a need written down in one press, first on the day of her workers, and closed in one step?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.followup.urgent_needs import actions, policy, queries
from spheres.followup.urgent_needs.models import Answer, Outcome, UrgentNeed, UrgentNeedStatus
from spheres.participants.models import Assignment
from spheres.vault import actions as vault
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in

Status, Signed = Answer.Status, UrgentNeedStatus.Status
NEED = uuid_of("something to eat")
WORKER = Actor(uuid4(), uuid4(), frozenset({"youth_worker"}))
DESK = Actor(uuid4(), uuid4(), frozenset({"coordinator"}))


def needed(cast: Cast, at: datetime = MONDAY, record_id: UUID = NEED, need: str = "food") -> UUID:
    with acting(cast.ines, at):
        said = actions.Written(record_id, need, at, her_words="J’ai rien mangé.")
        return actions.sign(cast.maya.file_id, said, by=cast.ines, at=at)


def stands(cast: Cast, record_id: UUID = NEED) -> str:
    with acting(cast.ines):
        return Answer.objects.get(pk=record_id).status


def page(cast: Cast, place: str, *args: UUID) -> str:
    return reverse(f"urgent_needs:{place}", args=[cast.maya.file_id, *args])


def day_of(actor: Actor, at: datetime, language: str = "en") -> str:
    with clock.at(at):
        return signed_in(actor, at=at, language=language).get("/").content.decode()


def told(cast: Cast, record_id: UUID, at: datetime = TUESDAY, **said: str) -> Any:
    """Whoever walks with her says what came of it, on its page."""
    with clock.at(at):
        ines = signed_in(cast.ines, at=at, language="en")
        number = Page(ines.get(page(cast, "close", record_id)).content.decode()).fields["form_id"]
        return ines.post(page(cast, "close", record_id), {"form_id": number, **said})


@pytest.mark.django_db
def test_pressing_a_need_writes_it_down(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        form = Page(ines.get(page(cast, "write")).content.decode())
        sent = {"form_id": form.fields["form_id"], "need": "shelter"}
        answer = ines.post(page(cast, "write"), sent)

    record_id = UUID(sent["form_id"].split(":")[0])
    with acting(cast.ines):
        record = UrgentNeed.objects.get(pk=record_id)
    assert answer.status_code == 302
    assert (record.need, record.occurred_at, stands(cast, record_id)) == (
        "shelter", MONDAY, Status.OPEN,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_need_nobody_knows_is_refused_and_her_words_are_still_there(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        form = Page(ines.get(page(cast, "write")).content.decode())
        sent = {"form_id": form.fields["form_id"], "need": "gold", "her_words": "Du pain."}
        answer = ines.post(page(cast, "write"), sent)

    assert answer.status_code == 422
    assert "Du pain." in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "words"),
    [
        (MONDAY, "Maya: food, still open since this morning"),
        (TUESDAY, "Maya: food, still open since yesterday"),
        (MONDAY + timedelta(days=3), "Maya: food, still open since March 2"),
    ],
)
def test_it_stands_first_on_the_day_of_her_workers(cast: Cast, at: datetime, words: str) -> None:
    needed(cast)

    main = day_of(cast.ines, at).partition("<main")[2]

    assert words in main
    assert main.index(words) < main.index("Handed to you")
    assert "J’ai rien mangé." not in main


@pytest.mark.django_db
def test_nobody_else_reads_of_it_on_their_day(cast: Cast) -> None:
    needed(cast)

    days = [day_of(actor, MONDAY) for actor in (cast.yanick, cast.samir, cast.amrani)]

    assert all("still open" not in day and "Maya" not in day for day in days)


@pytest.mark.django_db
def test_a_colleague_who_walks_with_her_closes_it_too(cast: Cast) -> None:
    needed(cast)
    with acting(cast.ines):
        Assignment.objects.bulk_create(
            [
                Assignment(
                    id=uuid_of("Yanick too"), file_id=cast.maya.file_id, starts_at=MONDAY,
                    user_id=cast.yanick.user_id, part=Assignment.Part.SUPPORT,
                )
            ]
        )  # fmt: skip
    assert "still open since this morning" in day_of(cast.yanick, MONDAY)
    with acting(cast.yanick):
        said = actions.Told(uuid_of("told"), Status.MET, "Merci pour la soupe.")
        actions.close(cast.maya.file_id, NEED, said, by=cast.yanick, at=MONDAY)

    assert stands(cast) == Status.MET


@pytest.mark.django_db
@pytest.mark.parametrize("to", [Status.MET, Status.STILL_THERE, Status.NOT_WANTED])
def test_the_loop_is_closed_in_one_step_with_her_words_first(cast: Cast, to: str) -> None:
    needed(cast)

    answer = told(cast, NEED, status=to, her_words="Ça va, j’ai mangé.", line="Repas à la halte.")

    assert (answer.status_code, stands(cast)) == (302, to)
    with clock.at(TUESDAY):
        said = signed_in(cast.ines, at=TUESDAY).get(page(cast, "detail", NEED)).content.decode()
    assert said.index("Ça va, j’ai mangé.") < said.index("Repas à la halte.")
    assert "still open" not in day_of(cast.ines, TUESDAY)


@pytest.mark.django_db
def test_what_could_not_be_met_stays_on_the_file_and_may_be_met_later(cast: Cast) -> None:
    needed(cast)
    told(cast, NEED, status=Status.STILL_THERE)
    with clock.at(TUESDAY):
        file = reverse("dossier:file", args=[cast.maya.file_id])
        main = signed_in(cast.ines, at=TUESDAY, language="en").get(file).content.decode()

    told(cast, NEED, status=Status.MET)

    assert (
        main.index("Needed now") < main.index("Not met, still there") < main.index("What happened")
    )
    assert stands(cast) == Status.MET
    with acting(cast.ines):
        rows = list(queries.outcomes(NEED, actor=cast.ines))
    assert {row.came_to for row in rows} == {Status.STILL_THERE, Status.MET}


@pytest.mark.django_db
def test_somebody_is_on_it_is_one_press_said_once(cast: Cast) -> None:
    needed(cast)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        answers = [ines.post(page(cast, "begin", NEED)).status_code for _ in range(2)]

    assert (answers, stands(cast)) == ([302, 302], Status.BEING_MET)
    assert "Maya: food, being met, since this morning" in day_of(cast.ines, MONDAY)
    with acting(cast.ines):
        begun = Event.objects.filter(action="need.begun", chain_id=cast.maya.file_id)
        assert [event.record_ids for event in begun] == [[NEED]]


@pytest.mark.django_db
def test_sending_what_came_of_it_twice_says_it_once(cast: Cast) -> None:
    needed(cast)
    said = actions.Told(uuid_of("told"), Status.MET, "Merci.", "Un repas.")
    with acting(cast.ines):
        for _ in range(2):
            actions.close(cast.maya.file_id, NEED, said, by=cast.ines, at=MONDAY)
        rows = list(Outcome.objects.filter(need_id=NEED))
        vault.open(rows, by=cast.ines)
        events = Event.objects.filter(action="need.told", chain_id=cast.maya.file_id)
        assert [(row.opened.her_words, row.opened.line) for row in rows] == [
            ("Merci.", "Un repas.")
        ]
        assert [(event.record_ids, len(event.digest)) for event in events] == [
            ([said.id, NEED], 32)
        ]


@pytest.mark.django_db
def test_what_was_said_is_not_said_over(cast: Cast) -> None:
    needed(cast)
    with acting(cast.ines):
        first = actions.Told(uuid_of("told"), Status.MET)
        actions.close(cast.maya.file_id, NEED, first, by=cast.ines, at=MONDAY)
        second = actions.Told(uuid_of("told again"), Status.NOT_WANTED)
        with pytest.raises(NotAllowed):
            actions.close(cast.maya.file_id, NEED, second, by=cast.ines, at=MONDAY)


@pytest.mark.django_db
def test_a_correction_stands_where_the_first_one_stood(cast: Cast) -> None:
    needed(cast)
    corrected = uuid_of("a place to sleep, in fact")
    with acting(cast.ines):
        actions.begin(cast.maya.file_id, NEED, by=cast.ines, at=MONDAY)
        said = actions.Written(corrected, "shelter", MONDAY)
        actions.correct(cast.maya.file_id, NEED, said, by=cast.ines, at=MONDAY)

    day = day_of(cast.ines, MONDAY)
    assert stands(cast, corrected) == Status.BEING_MET
    assert "Maya: a place to sleep, being met" in day
    assert "food" not in day


@pytest.mark.django_db
def test_a_name_in_what_came_of_it_is_shown_before_it_is_kept(cast: Cast) -> None:
    needed(cast)

    answer = told(cast, NEED, status=Status.MET, line="Appelé au 514 555-0199.")

    assert answer.status_code == 422
    assert "looks like a phone number" in answer.content.decode()
    assert "Appelé au 514 555-0199." in answer.content.decode()
    assert stands(cast) == Status.OPEN


@pytest.mark.parametrize(
    ("actor", "now", "to", "standing", "allowed"),
    [
        (WORKER, Status.OPEN, Status.BEING_MET, Signed.SIGNED, True),
        (WORKER, Status.OPEN, Status.MET, Signed.SIGNED, True),
        (WORKER, Status.STILL_THERE, Status.MET, Signed.SIGNED, True),
        (WORKER, Status.MET, Status.BEING_MET, Signed.SIGNED, False),
        (WORKER, Status.NOT_WANTED, Status.MET, Signed.SIGNED, False),
        (WORKER, Status.OPEN, Status.MET, Signed.CORRECTED, False),
        (DESK, Status.OPEN, Status.MET, Signed.SIGNED, False),
    ],
)
def test_who_answers_a_need_and_when(
    actor: Actor, now: str, to: str, standing: str, allowed: bool
) -> None:
    assert bool(policy.can_answer(actor, now, to, standing=standing)) is allowed
