"""Who reads what from a seat at a request, and is it walked from the first day to the last?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.db import Error, connection, transaction

from spheres.accounts.models import Membership, Role
from spheres.audit.models import Event
from spheres.core.actor import ORDINARY, SEAT, Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.notes.models import Note
from spheres.participants import queries as participants
from spheres.participants.models import Identity, SafeContact, Suspension
from spheres.privacy.access_requests import actions, policy, queries
from spheres.privacy.access_requests.models import (
    AccessRequest,
    Age,
    Asker,
    Decision,
    Ground,
    Outcome,
    RequestStatus,
    Step,
)
from spheres.privacy.access_requests.tests.factories import (
    LATER,
    SOON,
    WHY,
    answer,
    found,
    ready_for_parent,
    receive,
    seat,
    step,
)
from spheres.sharing.models import Conflict, Seat
from tests.cast import LOADER, MONDAY, Cast, acting, sign_note, uuid_of

pytestmark = pytest.mark.django_db
THEN = LATER + timedelta(hours=1)
AGAIN = date(2026, 6, 1)


def status_of(request_id: UUID, actor: Actor) -> str:
    with acting(actor, THEN):
        return RequestStatus.objects.get(pk=request_id).status


def seen(actor: Actor, at: Any = THEN) -> dict[str, int]:
    with acting(actor, at):
        return {
            model.__name__: model.objects.count()
            for model in (Identity, SafeContact, Note, Step, AccessRequest)
        }


# The seat.


def test_from_a_seat_one_reads_what_was_written_on_its_pages_alone_and_never_how_to_reach_her(
    cast: Cast,
) -> None:
    request_id = receive(cast, asker=Asker.TUTOR, words="Je veux tout savoir.")
    nothing = {"Identity": 0, "SafeContact": 0, "Note": 0, "Step": 0, "AccessRequest": 1}
    assert seen(cast.nadia) == seen(replace(cast.nadia, purpose=SEAT)) == nothing

    seat(cast, request_id)

    assert seen(cast.nadia) == nothing
    there = seen(replace(cast.nadia, purpose=SEAT))
    assert (there.pop("Identity") > 0, there.pop("Note") > 0) == (True, True)
    assert there == {"SafeContact": 0, "Step": 1, "AccessRequest": 1}


@pytest.mark.parametrize("who", ["karim", "louise", "samir", "roy", "amrani", "yanick"])
def test_nobody_but_a_privacy_officer_is_given_a_seat(cast: Cast, who: str) -> None:
    request_id = receive(cast, asker=Asker.TUTOR)
    with acting(cast.ines, LATER):
        row = a_seat(cast, request_id, getattr(cast, who).user_id)
        with pytest.raises(Error), transaction.atomic():
            Seat.objects.bulk_create([row])


def a_seat(cast: Cast, request_id: UUID, user_id: UUID, **other: Any) -> Seat:
    return Seat(
        **{
            "id": uuid_of("a seat"), "file_id": cast.maya.file_id, "user_id": user_id,
            "matter_id": request_id, "kind": "REQUEST", "faces": ["identity", "notes"],
            "given_by": cast.ines.user_id, "given_at": LATER, "starts_at": LATER,
            "ends_at": LATER + timedelta(days=30), **other,
        }
    )  # fmt: skip


def test_whoever_is_in_charge_of_privacy_and_walks_with_her_gives_themselves_no_seat(
    cast: Cast,
) -> None:
    request_id = receive(cast, asker=Asker.TUTOR)
    with acting(LOADER):
        add_role(cast.ines, cast, Role.PRIVACY_OFFICER)
    both = replace(cast.ines, roles=cast.ines.roles | {Role.PRIVACY_OFFICER})

    with acting(both, LATER):
        with pytest.raises(Error), transaction.atomic():
            Seat.objects.bulk_create([a_seat(cast, request_id, cast.ines.user_id)])
        assert str(cast.ines.user_id) not in dict(queries.officers(actor=both))
        assert str(cast.nadia.user_id) in dict(queries.officers(actor=both))


def add_role(actor: Actor, cast: Cast, role: str) -> None:
    Membership.objects.bulk_create(
        [
            Membership(
                id=uuid_of(f"{actor.user_id} {role}"), user_id=actor.user_id,
                organisation=cast.la_maison, role=role, job_title_fr="Titre", job_title_en="Title",
                starts_at=MONDAY - timedelta(days=1),
            )
        ]
    )  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        {"faces": ["identity", "therapy"]},
        {"faces": ["identity", "private"]},
        {"faces": ["identity", "contact"]},
        {"faces": ["notes"]},
        {"ends_at": LATER + timedelta(days=61)},
        {"ends_at": LATER},
        {"starts_at": LATER - timedelta(days=1)},
        {"file_id": uuid_of("a file of nobody")},
        {"given_by": uuid_of("somebody else")},
    ],
)
def test_a_seat_is_never_wider_longer_or_elsewhere(cast: Cast, other: dict[str, Any]) -> None:
    request_id = receive(cast, asker=Asker.TUTOR)

    with acting(cast.ines, LATER), pytest.raises(Error), transaction.atomic():
        Seat.objects.bulk_create([a_seat(cast, request_id, cast.nadia.user_id, **other)])


def test_a_seat_ends_with_the_refusal_at_the_next_statement(cast: Cast) -> None:
    request_id = receive(cast, asker=Asker.TUTOR)
    officer = seat(cast, request_id)
    ready_for_parent(cast, request_id, opinion="NO", harm="HARMFUL")

    answer(request_id, Outcome.REFUSED, by=officer, ground=Ground.HARM, reasons=WHY, at=THEN)

    assert seen(officer, THEN)["Note"] == 0
    assert status_of(request_id, cast.ines) == "REFUSED"


def test_a_personal_conflict_and_what_she_keeps_them_from_beat_a_seat(cast: Cast) -> None:
    request_id = receive(cast, asker=Asker.TUTOR)
    officer = seat(cast, request_id)
    with acting(cast.nadia, LATER):
        Conflict.objects.bulk_create(
            [
                Conflict(
                    id=uuid_of("knows her"), user_id=cast.nadia.user_id,
                    file_id=cast.maya.file_id, declared_at=LATER,
                )
            ]
        )  # fmt: skip

    assert seen(officer)["Note"] == seen(officer)["Identity"] == 0


def test_a_seat_whose_last_day_is_over_is_given_again(cast: Cast) -> None:
    request_id = receive(cast, asker=Asker.TUTOR)
    seat(cast, request_id)
    much_later = LATER + timedelta(days=46)
    assert seen(replace(cast.nadia, purpose=SEAT), much_later)["Note"] == 0

    with acting(cast.ines, much_later):
        assert found(request_id, cast.ines).seated == ""
        given = actions.give_seat(
            found(request_id, cast.ines), uuid_of("again"), cast.nadia.user_id, by=cast.ines,
            at=much_later,
        )  # fmt: skip
    assert given
    assert seen(replace(cast.nadia, purpose=SEAT), much_later)["Note"] > 0


# From the first day to the last.


def test_her_own_copy_needs_an_identity_check_and_no_second_person(cast: Cast) -> None:
    request_id = receive(cast)
    with pytest.raises(NotAllowed, match="identité"):
        answer(request_id, by=cast.ines)

    step(request_id, Step.Kind.IDENTITY, "KNOWN", by=cast.ines)
    answer(request_id, by=cast.ines)
    with acting(cast.ines, THEN):
        asked = found(request_id, cast.ines)
        handed = [
            actions.hand_over(asked, uuid_of("handed"), "En main propre.", by=cast.ines, at=THEN),
            actions.hand_over(
                found(request_id, cast.ines), uuid_of("handed"), "Encore.", by=cast.ines, at=THEN
            ),
        ]

    assert (handed, status_of(request_id, cast.ines)) == ([True, False], "DELIVERED")
    with acting(cast.ines, THEN):
        assert list(Seat.objects.all()) == []


@pytest.mark.parametrize("outcome", ["LATER", "REFUSED"])
def test_her_worker_refuses_her_nothing_alone(cast: Cast, outcome: str) -> None:
    request_id = receive(cast)
    step(request_id, Step.Kind.IDENTITY, "KNOWN", by=cast.ines)
    step(request_id, Step.Kind.HARM, "HARMFUL", by=cast.ines)

    with pytest.raises(NotAllowed, match="autre personne"):
        answer(request_id, outcome, by=cast.ines, ground=Ground.HARM)


def test_a_refusal_for_a_time_is_dated_and_answered_again(cast: Cast) -> None:
    request_id = receive(cast)
    step(request_id, Step.Kind.IDENTITY, "KNOWN", by=cast.ines)
    officer = seat(cast, request_id)
    later: dict[str, Any] = {"ground": Ground.HARM, "reasons": WHY, "look_again_on": AGAIN}
    with pytest.raises(NotAllowed, match="professionnelle"):
        answer(request_id, Outcome.LATER, by=officer, **later)
    step(request_id, Step.Kind.HARM, "HARMFUL", by=officer)

    answer(request_id, Outcome.LATER, by=officer, **later)
    assert status_of(request_id, cast.ines) == "LATER"
    answer(request_id, Outcome.WHOLE, by=cast.ines, at=THEN)

    assert status_of(request_id, cast.ines) == "WHOLE"
    with acting(cast.ines, THEN):
        decided = Decision.objects.order_by("written_at").values_list("outcome", "look_again_on")
        assert list(decided) == [("LATER", AGAIN), ("WHOLE", None)]


def test_the_same_request_twice_is_one(cast: Cast) -> None:
    receive(cast)
    receive(cast)
    with pytest.raises(WrongState, match="même demande"):
        receive(cast, "another form")
    receive(cast, "another wish", wish="READ")

    with acting(cast.ines, LATER):
        assert AccessRequest.objects.count() == 2


def test_once_closed_it_may_be_asked_again(cast: Cast) -> None:
    request_id = receive(cast)
    answer(request_id, Outcome.WITHDRAWN, by=cast.ines)

    receive(cast, "asked again", at=THEN)

    with acting(cast.ines, THEN):
        assert AccessRequest.objects.count() == 2


def test_under_14_she_asks_by_a_lawyer_alone(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="Avant 14 ans"):
        receive(cast, age=Age.UNDER_14)

    receive(cast, asker=Asker.LAWYER, age=Age.UNDER_14)


def test_who_turns_14_before_the_answer_is_asked_first(cast: Cast) -> None:
    request_id = receive(cast, asker=Asker.TUTOR, age=Age.UNDER_14)
    officer = seat(cast, request_id)
    step(request_id, Step.Kind.IDENTITY, "TITLE", by=cast.ines)
    step(request_id, Step.Kind.CONSULTED, "CLEAR", by=cast.ines)

    with pytest.raises(NotAllowed, match="pas encore écrit"):
        answer(request_id, by=officer, age=Age.FROM_14)
    answer(request_id, by=officer, age=Age.UNDER_14)


def test_what_she_says_of_it_is_written_by_her_worker_alone(cast: Cast) -> None:
    request_id = receive(cast, asker=Asker.TUTOR)
    officer = seat(cast, request_id)

    with pytest.raises(NotAllowed, match="dans ses mots"):
        step(request_id, Step.Kind.OPINION, "YES", by=officer)
    with acting(officer, LATER), pytest.raises(Error, match="row-level"), transaction.atomic():
        Step.objects.bulk_create(
            [
                Step(
                    id=uuid_of("in her name"), file_id=cast.maya.file_id, request_id=request_id,
                    kind="OPINION", code="YES", written_by=officer.user_id, written_at=LATER,
                )
            ]
        )  # fmt: skip


def test_nothing_of_it_is_edited_or_deleted(cast: Cast) -> None:
    request_id = receive(cast, words="Tout lire.")
    answer(request_id, Outcome.WITHDRAWN, by=cast.ines)
    tables = ("accessrequest", "step", "decision")
    for table, change in product(tables, ("update {} set file_id = file_id", "delete from {}")):
        with acting(cast.ines, LATER), pytest.raises(Error), transaction.atomic():
            connection.cursor().execute(change.format(f"access_requests_{table}"))


def test_every_step_is_told_in_her_journal_in_neutral_words(cast: Cast) -> None:
    request_id = receive(cast)
    step(request_id, Step.Kind.IDENTITY, "KNOWN", by=cast.ines)
    seat(cast, request_id)
    answer(request_id, by=cast.ines)
    with acting(cast.ines, THEN):
        actions.hand_over(
            found(request_id, cast.ines), uuid_of("handed"), "À elle.", by=cast.ines, at=THEN
        )
        told = Event.objects.filter(chain_id=cast.maya.file_id, action__startswith="access_")
        assert list(told.order_by("number").values_list("action", "basis")) == [
            ("access_request.received", ""),
            ("access_request.step", "IDENTITY"),
            ("access_request.seat", ""),
            ("access_request.answered", "WHOLE"),
            ("access_request.handed", "HERE"),
        ]


def test_whoever_sits_there_is_read_among_those_who_see_the_file(cast: Cast) -> None:
    request_id = receive(cast, asker=Asker.TUTOR)
    seat(cast, request_id)

    with acting(cast.ines, THEN), connection.cursor() as cursor:
        cursor.execute(
            "select w.user_id from access.who_can(%s, 'identity') w where w.purpose = 'seat'",
            [cast.maya.file_id],
        )
        assert cursor.fetchall() == [(cast.nadia.user_id,)]


# The rights of a representative, suspended.


def test_a_suspended_representative_is_given_nothing(cast: Cast) -> None:
    request_id = receive(cast, asker=Asker.PARENT)
    ready_for_parent(cast, request_id, opinion="YES", harm="SAFE")
    officer = seat(cast, request_id)
    with acting(cast.ines, LATER):
        row = Suspension(
            id=uuid_of("suspended"), file_id=cast.maya.file_id, who="PARENT", ground="DANGER",
            written_by=cast.ines.user_id, written_at=LATER,
        )  # fmt: skip
        Suspension.objects.bulk_create([row])
    with acting(officer, THEN):
        known = participants.known(cast.maya.file_id, actor=officer)
        assert known is not None
        assert known.suspended == {"PARENT"}
        facts = replace(found(request_id, officer).facts, is_suspended=True)
        assert not policy.can_answer(officer, facts, Outcome.WHOLE)
        assert policy.can_answer(officer, facts, Outcome.REFUSED)
    with pytest.raises(Error, match="row-level"):
        answer(request_id, Outcome.WHOLE, by=officer, at=THEN)


def test_purposes_of_the_officer_are_two(cast: Cast) -> None:
    request_id = receive(cast)
    with acting(replace(cast.nadia, purpose=ORDINARY), LATER) as nadia:
        assert not policy.can_write_step(nadia, Step.Kind.HARM)
        assert not policy.can_answer(nadia, found(request_id, nadia).facts, Outcome.REFUSED)


def test_a_note_corrected_by_its_author_answers_a_disputed_text(cast: Cast) -> None:
    note = uuid_of("disputed")
    with acting(cast.ines, SOON):
        sign_note(cast.maya.file_id, "disputed", by=cast.ines)
        assert not queries.is_corrected(cast.maya.file_id, "notes", note, actor=cast.ines)
