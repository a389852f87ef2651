"""Is a psychotherapy asked for with her, in her words; and does her worker learn days alone?"""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import SHARED, Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.therapy_requests import actions, queries
from spheres.followup.therapy_requests.models import TherapyRequest, TherapyRequestDay
from spheres.sharing import actions as sharing
from spheres.sharing.models import Consent, Form
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
ASKING = uuid_of("Maya asks for a psychotherapy")
APPROVED = "Je veux dormir sans la lumière, et qu’on ne me presse pas."
What = TherapyRequestDay.What


@pytest.fixture
def asked(cast: Cast) -> Cast:
    """Maya agreed, and Inès sent what Maya approved."""
    agree(cast)
    ask(cast)
    return cast


def agree(
    cast: Cast,
    *,
    purpose: str = "psychotherapy",
    consent: UUID = ASKING,
    giver: Consent.Giver = Consent.Giver.HERSELF,
) -> None:
    row = Consent(
        id=consent, file_id=cast.maya.file_id, organisation_id=cast.amrani.organisation_id,
        purpose=purpose, sections=["contact", "identity"], giver=giver,
        form=Form.ON_SCREEN, language="fr", text_version="1", taken_by=cast.ines.user_id,
        taken_at=MONDAY, starts_at=MONDAY, ends_at=MONDAY + timedelta(days=90),
    )  # fmt: skip
    with acting(cast.ines):
        sharing.agree(row, by=cast.ines)


def ask(cast: Cast, by: Actor | None = None) -> bool:
    by = by or cast.ines
    with acting(by):
        return actions.ask(cast.maya.file_id, ASKING, summary=APPROVED, by=by, at=MONDAY)


def say(actor: Actor, what: str, on: date, name: str = "a day") -> bool:
    there = shared(actor)
    with acting(there, TUESDAY):
        return actions.say_day(uuid_of(name), ASKING, what=what, on=on, by=there, at=TUESDAY)


def shared(actor: Actor) -> Actor:
    return Actor(actor.user_id, actor.organisation_id, actor.roles, SHARED)


def take_back(cast: Cast) -> None:
    with acting(cast.ines, TUESDAY):
        sharing.withdraw(
            cast.maya.file_id, ASKING, said_by=Consent.Withdrawer.HERSELF, form="ORAL",
            by=cast.ines, at=TUESDAY,
        )  # fmt: skip


def page(actor: Actor, address: str, *, at=MONDAY, language: str = "fr") -> tuple[int, str]:
    with clock.at(at):
        answer = signed_in(actor, at=at, language=language).get(address)
    return answer.status_code, answer.content.decode()


def file_of(cast: Cast) -> str:
    return reverse("dossier:file", args=[cast.maya.file_id])


ANSWER = reverse("therapy_requests:answer", args=[ASKING])
TO_US = reverse("therapy_requests:to_us")


def test_nothing_is_asked_without_her_consent(cast: Cast) -> None:
    assert "Demander une psychothérapie" not in page(cast.ines, file_of(cast))[1]
    with pytest.raises(WrongState):
        ask(cast)


def test_a_consent_for_something_else_asks_for_nothing(cast: Cast) -> None:
    agree(cast, purpose="coordination")
    with pytest.raises(WrongState):
        ask(cast)


def test_ines_writes_it_with_her_and_sends_it_once(cast: Cast) -> None:
    agree(cast)
    address = reverse("therapy_requests:ask", args=[cast.maya.file_id, ASKING])
    assert address in page(cast.ines, file_of(cast))[1]
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        number = ines.get(address).content.decode().split('name="form_id" value="')[1]
        sent = {"form_id": number.split('"')[0], "summary": APPROVED}
        refused = ines.post(address, sent)
        answers = [ines.post(address, sent | {"approved": "on"}) for _ in range(2)]
    assert refused.status_code == 422  # not without her approval
    assert [answer.status_code for answer in answers] == [302, 302]
    with acting(cast.ines):
        assert TherapyRequest.objects.count() == 1


def test_her_psychotherapist_to_be_reads_what_she_approved_and_she_reads_that_they_did(
    asked: Cast,
) -> None:
    status, said = page(asked.amrani, ANSWER)
    assert (status, APPROVED in said) == (200, True)
    assert "Maya" in page(asked.amrani, TO_US)[1]
    with acting(asked.ines):
        told = Event.objects.filter(chain_id=asked.maya.file_id, action="shared.opened")
        assert [event.basis for event in told] == [f"consent {ASKING}"]


@pytest.mark.parametrize("who", ["Colin", "Marthe", "Norbert", "louise", "roy", "nadia", "karim"])
def test_nobody_but_a_psychotherapist_of_that_partner_reads_it(asked: Cast, who: str) -> None:
    roles = {"Colin": Role.YOUTH_WORKER, "Marthe": Role.TEAM_LEAD, "Norbert": Role.PRIVACY_OFFICER}
    if who in roles:
        with acting(LOADER):
            actor = add_person(who, asked.foundation, roles[who])
    else:
        actor = getattr(asked, who)
    assert page(actor, ANSWER)[0] in {403, 404}
    for purpose in (actor, shared(actor)):
        with acting(purpose):
            assert not TherapyRequest.objects.exists()
            assert not TherapyRequestDay.objects.exists()


def test_her_worker_reads_four_days_and_neither_who_nor_why(asked: Cast) -> None:
    say(asked.amrani, What.ACCEPTED, date(2026, 3, 2), "accepted")
    say(asked.amrani, What.FIRST, date(2026, 3, 9), "first")

    _status, said = page(asked.ines, file_of(asked), at=TUESDAY)
    card = said.split("Demande de psychothérapie")[1].split("</section")[0]
    for line in ("Demandée le 2 mars", "Acceptée le 2 mars", "Premier rendez-vous le 9 mars"):
        assert line in card
    assert "Amrani" not in card
    assert APPROVED not in card
    with acting(asked.ines, TUESDAY):
        told = Event.objects.filter(action="therapy.day_said")
        assert list(told) == []


def test_the_last_word_of_a_day_stands(asked: Cast) -> None:
    say(asked.amrani, What.FIRST, date(2026, 3, 9), "first")
    there = shared(asked.amrani)
    with acting(there, TUESDAY + timedelta(hours=1)) as by:
        actions.say_day(
            uuid_of("again"), ASKING, what=What.FIRST, on=date(2026, 3, 16), by=by,
            at=TUESDAY + timedelta(hours=1),
        )  # fmt: skip
        assert queries.asked_of_us(actor=by)[0].days.first == date(2026, 3, 16)


@pytest.mark.parametrize(
    ("what", "on"),
    [(What.ACCEPTED, date(2026, 3, 1)), (What.ACCEPTED, date(2026, 3, 9)),
     (What.ENDED, date(2026, 3, 9))],
)  # fmt: skip
def test_a_day_before_it_was_asked_or_still_to_come_is_refused(
    asked: Cast, what: str, on: date
) -> None:
    with pytest.raises(NotAllowed):
        say(asked.amrani, what, on)


def test_taken_back_it_is_closed_there_at_the_next_statement(asked: Cast) -> None:
    say(asked.amrani, What.ACCEPTED, date(2026, 3, 2))
    take_back(asked)

    assert page(asked.amrani, ANSWER, at=TUESDAY)[0] == 404
    assert "Maya" not in page(asked.amrani, TO_US, at=TUESDAY)[1]
    with acting(shared(asked.amrani), TUESDAY):
        assert not TherapyRequest.objects.exists()
        assert not TherapyRequestDay.objects.exists()
    assert "Acceptée le 2 mars" in page(asked.ines, file_of(asked), at=TUESDAY)[1]


def test_nobody_but_them_says_a_day_even_in_the_database(asked: Cast) -> None:
    for actor in (asked.ines, shared(asked.ines), asked.louise, asked.roy, asked.amrani):
        day = TherapyRequestDay(
            id=uuid_of("forged"), file_id=asked.maya.file_id, request_id=ASKING,
            what=What.ENDED, on=date(2026, 3, 2), said_at=MONDAY,
        )  # fmt: skip
        with acting(actor), pytest.raises(DatabaseError), transaction.atomic():
            TherapyRequestDay.objects.bulk_create([day])


def test_the_day_of_a_psychotherapist_says_how_many_wait_and_no_name(asked: Cast) -> None:
    said = page(asked.amrani, reverse("dossier:my_day"))[1]
    assert TO_US in said
    assert "Maya" not in said
    say(asked.amrani, What.ACCEPTED, date(2026, 3, 2))
    main = page(asked.amrani, reverse("dossier:my_day"), at=TUESDAY)[1]
    assert not re.search("personne attend une réponse", main)


def test_amrani_says_a_day_on_the_page(asked: Cast) -> None:
    with clock.at(MONDAY):
        amrani = signed_in(asked.amrani)
        number = amrani.get(ANSWER).content.decode().split('name="form_id" value="')[1]
        sent = {"form_id": number.split('"')[0], "what": "ACCEPTED", "on": "2026-03-02"}
        answers = [amrani.post(ANSWER, sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    with acting(asked.ines):
        assert TherapyRequestDay.objects.count() == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_is_whole_in_both_languages(asked: Cast, language: str) -> None:
    say(asked.amrani, What.ACCEPTED, date(2026, 3, 2))
    with untranslated() as missing:
        for address in (ANSWER, TO_US, reverse("dossier:my_day")):
            assert page(asked.amrani, address, language=language)[0] == 200
        assert page(asked.ines, file_of(asked), language=language)[0] == 200
    assert missing == set()
