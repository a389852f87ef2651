"""Does a file of the foundation's own begin with whoever accepts; and does nothing else cross?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.therapy_requests import actions
from spheres.followup.therapy_requests.models import TherapyRequestDay
from spheres.followup.therapy_requests.tests.test_asking import (
    ANSWER,
    APPROVED,
    ASKING,
    agree,
    file_of,
    page,
    say,
    shared,
    take_back,
)
from spheres.participants.models import (
    Assignment,
    File,
    FollowUp,
    FollowUpStatus,
    Identity,
    Participant,
    SafeContact,
)
from spheres.sharing import actions as sharing
from spheres.sharing.models import Consent, Restriction
from spheres.vault import actions as vault
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
What = TherapyRequestDay.What
MARCH_2 = date(2026, 3, 2)
LATER = TUESDAY + timedelta(hours=1)


@pytest.fixture
def asked(cast: Cast) -> Cast:
    """Maya agreed that a file of the foundation's begins, if the answer is yes."""
    agree(cast)
    ask(cast)
    return cast


def ask(cast: Cast, *, opens_there: bool = True) -> None:
    with acting(cast.ines):
        actions.ask(
            cast.maya.file_id, ASKING, summary=APPROVED, opens_there=opens_there, by=cast.ines,
            at=MONDAY,
        )  # fmt: skip


def accept(actor: Actor, *, at: Any = TUESDAY, name: str = "yes") -> UUID | None:
    there = shared(actor)
    with acting(there, at):
        return actions.accept(uuid_of(name), ASKING, on=MARCH_2, by=there, at=at)


def files_of(actor: Actor) -> list[UUID]:
    with acting(actor, LATER):
        return list(File.objects.order_by("opened_at").values_list("pk", flat=True))


def colleague(cast: Cast, name: str = "Dre Tran") -> Actor:
    with acting(LOADER):
        return add_person(name, cast.foundation, Role.PSYCHOTHERAPIST)


def refused(actor: Actor, *, name: str = "no") -> None:
    """Nothing is opened, and no day is kept."""
    with pytest.raises((WrongState, NotAllowed)):
        accept(actor, name=name)
    assert files_of(actor) == []


def test_a_file_of_the_foundation_begins_with_whoever_accepts(asked: Cast) -> None:
    file_id = accept(asked.amrani)

    with acting(asked.amrani, LATER):
        file = File.objects.get(pk=file_id)
        assert file.holder_id == asked.foundation.id
        beside = Assignment.objects.get(file_id=file_id)
        assert (beside.user_id, beside.part) == (asked.amrani.user_id, Assignment.Part.PIVOT)
        assert FollowUpStatus.objects.get(file_id=file_id).status == FollowUpStatus.Status.ACTIVE
        name, ways = Identity.objects.get(file_id=file_id), SafeContact.objects.get(file_id=file_id)
        vault.open([name, ways], by=asked.amrani)
        assert (name.opened.chosen_name, name.opened.birth_date) == ("Maya", "")
        assert (ways.channel, ways.opened.never) == ("text", "Jamais d’appel")


def test_neither_house_learns_the_number_of_the_other_file(asked: Cast) -> None:
    begun = accept(asked.amrani)

    assert begun is not None
    assert files_of(asked.amrani) == [begun]
    assert files_of(asked.ines) == [asked.maya.file_id]
    with acting(asked.ines, LATER):
        hers = File.objects.get()
        told = Event.objects.filter(chain_id=asked.maya.file_id)
        assert all(begun not in event.record_ids for event in told)
        assert str(begun) not in page(asked.ines, file_of(asked), at=LATER)[1]
    with acting(asked.amrani, LATER):
        assert File.objects.get().participant_id != hers.participant_id
        assert Participant.objects.count() == 1


def test_her_worker_reads_that_it_was_accepted_and_she_reads_that_it_was_opened(
    asked: Cast,
) -> None:
    accept(asked.amrani)

    said = page(asked.ines, file_of(asked), at=LATER)[1]
    card = said.split("Demande de psychothérapie")[1].split("</section")[0]
    assert "Acceptée le 2 mars" in card
    assert "Amrani" not in card
    with acting(asked.ines, LATER):
        told = Event.objects.filter(chain_id=asked.maya.file_id, action="shared.opened")
        assert [(one.basis, one.sections) for one in told] == [
            (f"consent {ASKING}", ["contact", "identity"])
        ]


def test_the_page_of_the_file_says_where_its_name_and_its_ways_come_from(asked: Cast) -> None:
    begun = accept(asked.amrani)

    status, said = page(asked.amrani, reverse("dossier:file", args=[begun]), at=LATER)
    assert status == 200
    assert "D’où vient ce dossier" in said
    assert "Il a commencé avec vous le 3 mars" in said
    assert "Maya" in page(asked.amrani, reverse("dossier:my_day"), at=LATER)[1]


def test_saying_yes_twice_begins_once(asked: Cast) -> None:
    begun = accept(asked.amrani)

    assert accept(asked.amrani, at=LATER) == begun
    assert accept(asked.amrani, at=LATER, name="another day") == begun
    assert files_of(asked.amrani) == [begun]


def test_a_colleague_who_was_slower_is_told_and_opens_nothing(asked: Cast) -> None:
    tran = colleague(asked)
    begun = accept(asked.amrani)

    with pytest.raises(WrongState, match="déjà commencé"):
        accept(tran, at=LATER, name="me too")
    assert files_of(tran) == []
    with acting(shared(tran), LATER):
        assert TherapyRequestDay.objects.count() == 1
    status, said = page(tran, ANSWER, at=LATER)
    assert status == 200
    assert str(begun) not in said


def test_taken_back_before_the_answer_nothing_begins(asked: Cast) -> None:
    take_back(asked)

    refused(asked.amrani)
    assert page(asked.amrani, ANSWER, at=LATER)[0] == 404


def test_over_before_the_answer_nothing_begins(asked: Cast) -> None:
    over = MONDAY + timedelta(days=91)
    there = shared(asked.amrani)
    with acting(there, over), pytest.raises(WrongState):
        actions.accept(uuid_of("late"), ASKING, on=MARCH_2, by=there, at=over)
    assert files_of(asked.amrani) == []


def test_taken_back_afterwards_the_file_stays_theirs_and_the_other_closes(asked: Cast) -> None:
    begun = accept(asked.amrani)
    with acting(asked.ines, LATER):
        sharing.withdraw(
            asked.maya.file_id, ASKING, said_by=Consent.Withdrawer.HERSELF, form="ORAL",
            by=asked.ines, at=LATER,
        )  # fmt: skip
    after = LATER + timedelta(minutes=5)

    assert page(asked.amrani, ANSWER, at=after)[0] == 404
    status, said = page(asked.amrani, reverse("dossier:file", args=[begun]), at=after)
    assert (status, "Maya" in said) == (200, True)


def test_whoever_knows_her_or_is_kept_out_by_her_begins_nothing(asked: Cast) -> None:
    knows, barred = colleague(asked, "Dre Tran"), colleague(asked, "Dr Diallo")
    with acting(shared(knows)):
        sharing.declare_conflict(asked.maya.file_id, by=shared(knows), at=MONDAY)
    with acting(asked.ines):
        sharing.restrict(
            Restriction(
                id=uuid_of("not that one"), file_id=asked.maya.file_id, user_id=barred.user_id,
                faces=["contact"], taken_by=asked.ines.user_id, taken_at=MONDAY, starts_at=MONDAY,
            ),
            by=asked.ines,
        )  # fmt: skip

    refused(knows, name="knows")
    refused(barred, name="barred")


def test_what_she_did_not_agree_to_does_not_begin(cast: Cast) -> None:
    agree(cast)
    ask(cast, opens_there=False)

    assert accept(cast.amrani) is None
    assert files_of(cast.amrani) == []
    with acting(cast.amrani, LATER):
        assert begin_anyway() == (None, "CLOSED")


def begin_anyway() -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute("select * from access.begin_therapy(%s)", [ASKING])
        return tuple(cursor.fetchone())


@pytest.mark.parametrize("who", ["ines", "louise", "roy", "karim", "samir"])
def test_nobody_else_begins_one_even_in_the_database(asked: Cast, who: str) -> None:
    actor = getattr(asked, who)
    for purpose in (actor, shared(actor)):
        with acting(purpose, TUESDAY):
            assert begin_anyway() == (None, "CLOSED")


def test_declined_it_is_asked_anew(asked: Cast) -> None:
    say(asked.amrani, What.DECLINED, MARCH_2, "not here")

    refused(asked.amrani)
    with clock.at(LATER):
        amrani = signed_in(asked.amrani, at=LATER)
        number = amrani.get(ANSWER).content.decode().split('name="form_id" value="')[1]
        sent = {"form_id": number.split('"')[0], "what": "ACCEPTED", "on": "2026-03-02"}
        answer = amrani.post(ANSWER, sent)
    assert answer.status_code == 422
    assert "refait la demande" in answer.content.decode()
    said = page(asked.ines, file_of(asked), at=LATER)[1]
    assert "Déclinée le 2 mars" in said


def test_on_the_page_saying_yes_leads_to_the_file(asked: Cast) -> None:
    with clock.at(TUESDAY):
        amrani = signed_in(asked.amrani, at=TUESDAY)
        shown = amrani.get(ANSWER).content.decode()
        number = shown.split('name="form_id" value="')[1].split('"')[0]
        sent = {"form_id": number, "what": "ACCEPTED", "on": "2026-03-02"}
        answers = [amrani.post(ANSWER, sent) for _ in range(2)]
    (begun,) = files_of(asked.amrani)
    where = reverse("dossier:file", args=[begun])
    assert [(one.status_code, one["Location"]) for one in answers] == [(302, where)] * 2
    assert "Accord donné par" in shown
    assert "le dossier commencé ici y reste" in shown


def test_only_whoever_began_keeps_it_and_only_as_long_as_she_is_there(asked: Cast) -> None:
    begun, tran = accept(asked.amrani), colleague(asked)

    def ways(by: Actor, which: str) -> None:
        row = SafeContact(
            id=uuid_of(which), file_id=begun, channel="call", written_by=by.user_id,
            written_at=LATER,
        )  # fmt: skip
        with acting(by, LATER), transaction.atomic():
            vault.lock(row, hours="", words="", never="")
            SafeContact.objects.bulk_create([row])

    ways(asked.amrani, "hers")
    for other in (tran, asked.ines, shared(asked.amrani)):
        with pytest.raises(DatabaseError):
            ways(other, f"not {other.user_id} {other.purpose}")
    episode = FollowUp(
        id=uuid_of("elsewhere"), file_id=asked.maya.file_id, opened_at=LATER,
        opened_by=asked.amrani.user_id,
    )  # fmt: skip
    with acting(asked.amrani, LATER), pytest.raises(DatabaseError):
        FollowUp.objects.bulk_create([episode])


def test_under_14_the_page_says_who_agreed(cast: Cast) -> None:
    agree(cast, giver=Consent.Giver.TUTOR)
    ask(cast)

    assert "Accord donné par\u00a0: Le tuteur ou la tutrice" in page(cast.amrani, ANSWER)[1]
    assert accept(cast.amrani) is not None


def test_whoever_began_notes_that_a_way_is_not_safe_and_nobody_else_of_her_craft(
    asked: Cast,
) -> None:
    begun = accept(asked.amrani)
    assert begun is not None
    where = reverse("reaching:detail", args=[begun])
    with clock.at(LATER):
        amrani = signed_in(asked.amrani, at=LATER)
        address = reverse("reaching:not_safe", args=[begun])
        shown = amrani.get(where).content.decode().split(f'action="{address}"')[1]
        number = shown.split('name="form_id" value="')[1].split('"')[0]
        answer = amrani.post(address, {"form_id": number, "since": "2026-03-03"})
    assert answer.status_code == 302
    with acting(asked.amrani, LATER):
        assert SafeContact.objects.order_by("-written_at")[0].unsafe_on == date(2026, 3, 3)
    assert page(colleague(asked), where, at=LATER)[0] == 404


def test_whoever_began_lets_it_pause_and_end_with_the_door_open(asked: Cast) -> None:
    begun, where = accept(asked.amrani), []
    with clock.at(LATER):
        amrani = signed_in(asked.amrani, at=LATER)
        for step in ("passages:pause", "passages:leave"):
            assert amrani.post(reverse(step, args=[begun])).status_code == 302
            with acting(asked.amrani, LATER):
                where.append(FollowUpStatus.objects.get(file_id=begun).status)
        assert amrani.get(reverse("passages:close", args=[begun])).status_code == 200
    assert where == ["PAUSED", "LEFT"]
    assert page(colleague(asked), reverse("passages:letters", args=[begun]), at=LATER)[0] == 404
