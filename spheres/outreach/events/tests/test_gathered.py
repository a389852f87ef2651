"""What took place with each organisation, what do audiences ask, and what is brought to them?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from spheres.core import clock
from spheres.core.actor import VISITOR
from spheres.core.errors import NotAllowed
from spheres.outreach.events import actions, gathered, standing
from spheres.outreach.events.models import NextVisit
from spheres.outreach.events.tests.factories import HOW, SCHOOL, notes
from spheres.records.between.engaged import alike
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/outreach/"
AN_HOUR = timedelta(hours=1)
TODAY = clock.day_of(MONDAY)


def all_of(who: Any) -> dict[str, list[str]]:
    """Each organisation, with what took place there, as this person sees it."""
    with acting(who):
        found = gathered.organisations(actor=who)
        return {one.name: [line.what for line in one.lines] for one in found}


def test_an_organisation_is_known_by_what_took_place_there_however_its_name_is_written(
    cast: Cast,
) -> None:
    notes(cast.ines, "first", held_on=date(2026, 1, 12), kind="kiosk")
    notes(cast.samir, "second", organisation="  école des RIVES ", held_on=date(2026, 2, 3))
    notes(cast.samir, "elsewhere", organisation="Clinique du Port")
    notes(cast.samir, "nowhere", organisation="")

    events = ["Présentation du programme", "Kiosque"]
    assert alike("  école des  RIVES ") == alike(SCHOOL)
    assert all_of(cast.ines) == {
        "Clinique du Port": ["Présentation du programme"], "  école des RIVES ": events,
    }  # fmt: skip


def test_the_coordination_says_when_it_is_visited_again_and_is_told_when_that_is_late(
    cast: Cast,
) -> None:
    event_id = notes(cast.ines)
    with acting(cast.ines), pytest.raises(NotAllowed):
        actions.plan_visit(uuid_of("no"), [event_id], due_on=TODAY, by=cast.ines, at=MONDAY)
    row = NextVisit(
        id=uuid_of("no"), anchor_id=event_id, due_on=TODAY, written_by=cast.ines.user_id,
        written_at=MONDAY,
    )  # fmt: skip
    with acting(cast.ines), pytest.raises(ProgrammingError), transaction.atomic():
        NextVisit.objects.bulk_create([row])
    url = f"{PAGE}organisations/{event_id}/"
    with clock.at(MONDAY):
        louise = signed_in(cast.louise, language="en")
        form_id = Page(louise.get(url).content.decode()).fields["form_id"]
        said = {"form_id": form_id, "due_on": "2026-03-20"}
        sent = [louise.post(url, said).status_code for _ in range(2)]

    late = MONDAY + timedelta(days=30)
    with acting(cast.louise, late), clock.at(late):
        told = [line.sentence for line in standing.at_desk(actor=cast.louise)]
        (one,) = gathered.organisations(actor=cast.louise)
        assert (one.due_on, one.is_late(clock.day_of(late))) == (date(2026, 3, 20), True)
        actions.plan_visit(uuid_of("later"), one.anchors, due_on=None, by=cast.louise, at=late)
        assert standing.at_desk(actor=cast.louise) == []
    assert sent == [302, 302]
    assert told == ["1 organisme devait être revu d’ici le 20 mars 2026."]
    with acting(cast.ines, late), clock.at(late):
        assert standing.at_desk(actor=cast.ines) == []


def test_what_is_asked_in_several_places_is_one_question_with_one_answer(cast: Cast) -> None:
    first = notes(cast.ines, "first", asked=(HOW, "Et les parents?"))
    notes(cast.samir, "second", asked=("comment savoir si un jeune veut en parler ?",))
    notes(cast.samir, "third", asked=("Faut-il attendre qu’un jeune en parle?",))
    with acting(cast.louise):
        found = gathered.often_asked(actor=cast.louise)
        assert [(one.words, one.number) for one in found] == [
            (HOW, 2), ("Et les parents?", 1), ("Faut-il attendre qu’un jeune en parle?", 1),
        ]  # fmt: skip
        same = [row.pk for one in (found[0], found[2]) for row in one.rows]
        actions.answer(
            uuid_of("answer"),
            first,
            same,
            words="On écoute, sans presser.",
            by=cast.louise,
            at=MONDAY,
        )
    with acting(cast.roy):
        often = gathered.often_asked(actor=cast.roy)

    assert [(one.number, one.answer and one.answer.opened.words) for one in often] == [
        (3, "On écoute, sans presser."), (1, None),
    ]  # fmt: skip
    with acting(cast.ines), pytest.raises(NotAllowed):
        actions.answer(uuid_of("mine"), first, same, words="Non.", by=cast.ines, at=MONDAY)


def test_the_coordination_answers_from_the_page_and_every_colleague_reads_it(cast: Cast) -> None:
    notes(cast.ines, asked=(HOW, "Et les parents?"))
    with clock.at(MONDAY):
        louise, samir = (signed_in(who, language="en") for who in (cast.louise, cast.samir))
        with acting(cast.louise):
            one = next(o for o in gathered.often_asked(actor=cast.louise) if o.words == HOW)
        url = f"{PAGE}questions/{one.id}/"
        form_id = Page(louise.get(url).content.decode()).fields["form_id"]
        sent = louise.post(url, {"form_id": form_id, "words": "On écoute."})
        refused, page = samir.get(url), samir.get(f"{PAGE}questions/").content.decode()

    assert (sent.status_code, refused.status_code, "On écoute." in page) == (302, 403, True)


def test_what_to_bring_is_chosen_by_the_coordination_and_nothing_is_copied(cast: Cast) -> None:
    with clock.at(MONDAY):
        louise, ines = (signed_in(who, language="en") for who in (cast.louise, cast.ines))
        url = f"{PAGE}kit/workers/"
        form_id = Page(louise.get(url).content.decode()).fields["form_id"]
        sent = louise.post(url, {"form_id": form_id})
        refused, page = ines.get(url), ines.get(f"{PAGE}kit/")

    assert (sent.status_code, refused.status_code, page.status_code) == (302, 403, 200)
    assert "Nothing is chosen yet" in page.content.decode()


def test_a_visitor_reads_nothing_of_it(cast: Cast) -> None:
    event_id = notes(cast.ines, asked=(HOW,))
    with acting(cast.louise):
        actions.plan_visit(uuid_of("v"), [event_id], due_on=TODAY, by=cast.louise, at=MONDAY)
    with acting(VISITOR):
        assert NextVisit.objects.count() == 0
