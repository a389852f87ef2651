"""Notes of a file, brought to one supervisor for one meeting: who reads them, until when, and what
ends it? SC-10, design §10.1, §10.2, §10.6."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError, transaction

from spheres.accounts.models import Membership, Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.decision import no, yes
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.notes.models import Note
from spheres.followup.notes.tests import factories as notes
from spheres.participants.models import Assignment
from spheres.sharing.models import Restriction, Supervised
from spheres.sharing.rules import NOTES
from spheres.worker_support.supervision import actions, policy, queries
from spheres.worker_support.supervision.models import Brought, Slot
from spheres.worker_support.supervision.tests.factories import (
    EXPIRY,
    STARTS,
    accepts,
    asks,
    holds_it,
    offers,
)
from spheres.worker_support.supervision.tests.test_supervision import shown, typed
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of
from tests.pages import signed_in

PAGE = "/supervision/"
ENDS = STARTS + timedelta(hours=3)  # an hour of meeting, then two
AN_INSTANT = timedelta(microseconds=1)
AFTER = ENDS + AN_INSTANT
READ = [notes.HER_WORDS, notes.OBSERVATION, notes.SUPPORT]


@dataclass(frozen=True)
class Meeting:
    """Inès asked Karim, who accepted; she brings a note of Maya's file on Tuesday."""

    cast: Cast
    slot_id: UUID
    file_id: UUID
    note_id: UUID

    def row(self) -> Slot:
        return Slot.objects.get(pk=self.slot_id)

    def brings(
        self, by: Actor | None = None, *, at: datetime = TUESDAY, which: str = "one"
    ) -> UUID:
        who, supervised_id = by or self.cast.ines, uuid_of(f"brought {which}")
        with acting(who, at):
            actions.bring(supervised_id, self.row(), self.file_id, [self.note_id], by=who, at=at)
        return supervised_id

    def read_by(self, who: Actor, at: datetime = TUESDAY) -> list[str]:
        """What this person reads at the meeting, through the pages' own query."""
        with acting(who, at):
            slot = Slot.objects.filter(pk=self.slot_id).first()
            found = queries.read(slot, actor=who) if slot else []
            return [words for one in found for _title, words in one.texts]


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    slot_id = offers(cast.karim, for_all=False)
    asks(cast.ines, slot_id)
    accepts(cast.karim, slot_id)
    file_id = cast.maya.file_id
    with acting(cast.ines):
        note_id = notes.write(file_id, uuid_of("a note"), by=cast.ines, at=MONDAY)
    return Meeting(cast, slot_id, file_id, note_id)


def test_the_supervisor_reads_what_was_chosen_and_nothing_of_the_file(meeting: Meeting) -> None:
    cast = meeting.cast
    with acting(cast.ines):
        notes.write(meeting.file_id, uuid_of("another"), by=cast.ines, at=MONDAY)

    meeting.brings()

    assert meeting.read_by(cast.karim) == READ
    assert meeting.read_by(cast.ines) == READ
    with acting(cast.karim, TUESDAY):
        assert (Note.objects.count(), Supervised.objects.count()) == (0, 0)


def test_nobody_else_reads_it(meeting: Meeting) -> None:
    meeting.brings()

    read = {
        who: meeting.read_by(getattr(meeting.cast, who))
        for who in ("louise", "yanick", "samir", "roy", "amrani", "nadia")
    }
    assert list(read.values()) == [[]] * 6


@pytest.mark.parametrize(
    ("at", "reads"),
    [(TUESDAY, READ), (STARTS, READ), (ENDS - AN_INSTANT, READ), (ENDS, []), (AFTER, [])],
)
def test_it_ends_by_itself_two_hours_after(
    meeting: Meeting, at: datetime, reads: list[str]
) -> None:
    meeting.brings()

    assert meeting.read_by(meeting.cast.karim, at) == reads


def take_back(meeting: Meeting) -> None:
    with acting(meeting.cast.ines, TUESDAY):
        actions.take_back(meeting.row(), by=meeting.cast.ines, at=TUESDAY)


def cancel(meeting: Meeting, by: Actor) -> None:
    with acting(by, TUESDAY):
        actions.cancel(meeting.row(), by=by, at=TUESDAY)


def move(meeting: Meeting) -> None:
    with acting(meeting.cast.karim, TUESDAY):
        later = STARTS + timedelta(hours=1)
        actions.move(meeting.row(), later, by=meeting.cast.karim, at=TUESDAY)


def lose_the_file(meeting: Meeting) -> None:
    with acting(meeting.cast.ines, TUESDAY):
        Assignment.objects.filter(file_id=meeting.file_id).update(ends_at=TUESDAY)


def restrict(meeting: Meeting) -> None:
    with acting(meeting.cast.ines, TUESDAY):
        Restriction.objects.bulk_create(
            [
                Restriction(
                    id=uuid_of("not Karim"), file_id=meeting.file_id, faces=[NOTES],
                    user_id=meeting.cast.karim.user_id, starts_at=TUESDAY,
                    taken_by=meeting.cast.ines.user_id, taken_at=TUESDAY,
                )
            ]
        )  # fmt: skip


def declare_a_conflict(meeting: Meeting) -> None:
    karim, known = meeting.cast.karim, f"{PAGE}{meeting.slot_id}/brought/known/"
    with clock.at(TUESDAY):
        his = signed_in(karim, at=TUESDAY)
        assert [his.get(known).status_code, his.post(known).status_code] == [200, 302]


def leave(meeting: Meeting) -> None:
    with acting(LOADER, TUESDAY):
        Membership.objects.filter(user_id=meeting.cast.karim.user_id).update(ends_at=TUESDAY)


WAYS_TO_END = {
    "taken back": take_back,
    "cancelled by her": lambda meeting: cancel(meeting, meeting.cast.ines),
    "cancelled by him": lambda meeting: cancel(meeting, meeting.cast.karim),
    "moved": move,
    "she walks with her no more": lose_the_file,
    "kept out by name": restrict,
    "he knows her": declare_a_conflict,
    "he left": leave,
}


@pytest.mark.parametrize("way", WAYS_TO_END)
def test_it_ends_at_the_next_statement(meeting: Meeting, way: str) -> None:
    meeting.brings()
    before = meeting.read_by(meeting.cast.karim)

    WAYS_TO_END[way](meeting)

    assert (before, meeting.read_by(meeting.cast.karim)) == (READ, [])


def test_each_reading_is_in_her_journal(meeting: Meeting) -> None:
    meeting.brings()
    meeting.read_by(meeting.cast.karim)
    take_back(meeting)

    with acting(meeting.cast.ines, TUESDAY):
        told = Event.objects.filter(
            chain_id=meeting.file_id, action__startswith="supervision."
        ).order_by("number")
        said = [(one.action, one.actor_id, one.sections) for one in told]
    ines, karim = meeting.cast.ines.user_id, meeting.cast.karim.user_id
    assert said == [
        ("supervision.brought", ines, [NOTES]),
        ("supervision.read", karim, [NOTES]),
        ("supervision.taken_back", ines, [NOTES]),
    ]


def test_the_copies_are_gone_the_night_after_and_the_notes_stay(meeting: Meeting) -> None:
    meeting.brings()
    holds_it(meeting.cast.ines, meeting.slot_id, at=STARTS + timedelta(hours=1))
    left = []
    for at in (ENDS - AN_INSTANT, ENDS):
        with acting(EXPIRY, at):
            actions.forget(by=EXPIRY, at=at)
        with acting(meeting.cast.ines, at):
            left.append((Brought.objects.count(), Note.objects.filter(pk=meeting.note_id).count()))

    assert left == [(1, 1), (0, 1)]


def test_to_another_organisation_nothing_is_brought(meeting: Meeting) -> None:
    cast = meeting.cast
    slot_id = offers(cast.louise, which="elsewhere")
    asks(cast.ines, slot_id)
    accepts(cast.louise, slot_id)
    there = Meeting(cast, slot_id, meeting.file_id, meeting.note_id)

    with pytest.raises(NotAllowed, match=str(policy.ELSEWHERE)):
        there.brings(which="elsewhere")
    with acting(cast.ines, TUESDAY), pytest.raises(ProgrammingError), transaction.atomic():
        Supervised.objects.bulk_create([_forged(there, cast.institute.id)])
    assert there.read_by(cast.louise) == []


def _forged(meeting: Meeting, organisation_id: UUID) -> Supervised:
    return Supervised(
        id=uuid_of("forged"), file_id=meeting.file_id, organisation_id=organisation_id,
        user_id=meeting.cast.louise.user_id, brought_by=meeting.cast.ines.user_id,
        brought_at=TUESDAY, ends_at=ENDS,
    )  # fmt: skip


def test_nobody_brings_the_notes_of_a_file_that_is_not_theirs(meeting: Meeting) -> None:
    slot_id = offers(meeting.cast.karim, which="his", for_all=False)
    asks(meeting.cast.yanick, slot_id)
    accepts(meeting.cast.karim, slot_id)
    his = Meeting(meeting.cast, slot_id, meeting.file_id, meeting.note_id)

    with pytest.raises(WrongState):
        his.brings(meeting.cast.yanick)
    with clock.at(TUESDAY):
        yanick = signed_in(meeting.cast.yanick, at=TUESDAY)
        answer = yanick.get(f"{PAGE}{slot_id}/bring/{meeting.file_id}/")
    assert answer.status_code == 404


def test_a_copy_is_written_only_for_whoever_offered_the_slot(meeting: Meeting) -> None:
    meeting.brings()
    with acting(meeting.cast.ines, TUESDAY):
        [row] = Brought.objects.all()
    row.pk, row.user_id = uuid_of("forged"), meeting.cast.yanick.user_id

    with acting(meeting.cast.ines, TUESDAY), pytest.raises(ProgrammingError), transaction.atomic():
        Brought.objects.bulk_create([row])


def test_brought_twice_it_is_once_and_other_notes_take_its_place(meeting: Meeting) -> None:
    meeting.brings()
    meeting.brings()
    with acting(meeting.cast.ines, TUESDAY):
        once = (Supervised.objects.count(), Brought.objects.count())

    meeting.brings(which="another")

    with acting(meeting.cast.ines, TUESDAY):
        standing = Supervised.objects.filter(withdrawn_at=None).values_list("pk", flat=True)
        assert (once, list(standing)) == ((1, 1), [uuid_of("brought another")])
        assert Brought.objects.count() == 1


def test_a_corrected_note_is_brought_as_its_correction(meeting: Meeting) -> None:
    with acting(meeting.cast.ines):
        notes.correct(meeting.note_id, uuid_of("corrected"), by=meeting.cast.ines, at=MONDAY)

    with pytest.raises(WrongState):
        meeting.brings()


@pytest.mark.parametrize(
    ("at", "why"),
    [
        (STARTS - policy.BEFORE - AN_INSTANT, policy.EARLY),
        (STARTS - policy.BEFORE, ""),
        (STARTS + timedelta(minutes=60) - AN_INSTANT, ""),
        (STARTS + timedelta(minutes=60), policy.OVER),
    ],
)
def test_when_notes_may_be_brought(meeting: Meeting, at: datetime, why: Any) -> None:
    with acting(meeting.cast.ines):
        decision = policy.can_bring(meeting.cast.ines, meeting.row(), at)

    assert decision == (no(why) if why else yes())


def test_who_brings_and_who_takes_back(meeting: Meeting) -> None:
    cast = meeting.cast
    with acting(cast.ines):
        row = meeting.row()
    may = {
        who: (
            bool(policy.can_bring(getattr(cast, who), row, TUESDAY)),
            bool(policy.can_take_back(getattr(cast, who), row)),
        )
        for who in ("ines", "karim", "yanick", "louise", "amrani")
    }

    assert may == {
        "ines": (True, True), "karim": (False, False), "yanick": (False, False),
        "louise": (False, False), "amrani": (False, False),
    }  # fmt: skip


def test_it_is_chosen_looked_at_brought_and_read_on_pages(meeting: Meeting) -> None:
    one, cast = f"{PAGE}{meeting.slot_id}/", meeting.cast
    of_maya = f"{one}bring/{meeting.file_id}/"
    with clock.at(TUESDAY):
        ines = signed_in(cast.ines, at=TUESDAY, language="en")
        whose = shown(ines.get(f"{one}bring/").content.decode())
        none = ines.post(of_maya, typed(ines, of_maya)).status_code
        said = typed(ines, of_maya, notes=str(meeting.note_id))
        sure = shown(ines.post(of_maya, said).content.decode())
        twice = [ines.post(of_maya, said | {"sure": "yes"}).status_code for _ in range(2)]
        hers = shown(ines.get(one).content.decode())
        karim = signed_in(cast.karim, at=TUESDAY, language="en")
        his = shown(karim.get(one).content.decode())
        read = shown(karim.get(f"{one}brought/").content.decode())
        back = ines.post(f"{one}brought/take-back/").status_code
        gone = karim.get(f"{one}brought/").status_code

    assert "Choose notes of Maya" in whose
    assert (none, twice, back, gone) == (422, [302, 302], 302, 404)
    assert [words in sure for words in READ] == [True] * 3
    assert "1 note was brought to this meeting." in hers
    assert [words in his for words in READ] == [False] * 3
    assert [words in read for words in READ] == [True] * 3
    assert "written by Inès" in read
    assert "Maya" not in read


@pytest.mark.parametrize("number", [1, 3])
def test_reading_costs_the_same_for_one_note_and_for_three(
    meeting: Meeting, number: int, django_assert_num_queries
) -> None:
    ids = [meeting.note_id]
    for which in range(number - 1):
        with acting(meeting.cast.ines):
            ids.append(
                notes.write(
                    meeting.file_id, uuid_of(f"note {which}"), by=meeting.cast.ines, at=MONDAY
                )
            )
    with acting(meeting.cast.ines, TUESDAY):
        actions.bring(
            uuid_of("brought"), meeting.row(), meeting.file_id, ids, by=meeting.cast.ines,
            at=TUESDAY,
        )  # fmt: skip
    with clock.at(TUESDAY):
        karim = signed_in(meeting.cast.karim, at=TUESDAY)
        karim.get(f"{PAGE}{meeting.slot_id}/brought/")
        with django_assert_num_queries(10):
            answer = karim.get(f"{PAGE}{meeting.slot_id}/brought/")
    assert answer.status_code == 200


def test_the_notes_of_a_psychotherapy_are_never_brought(meeting: Meeting) -> None:
    with acting(LOADER):
        other = add_person("Ada", meeting.cast.la_maison, Role.PSYCHOTHERAPIST)
    slot_id = offers(meeting.cast.karim, which="hers", for_all=False)
    asks(other, slot_id)
    accepts(meeting.cast.karim, slot_id)

    with acting(other):
        decision = policy.can_bring(other, Slot.objects.get(pk=slot_id), TUESDAY)

    assert not decision
