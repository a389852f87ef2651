"""Does what is told go to whom it says, once another person agreed, and no longer than it says?"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from spheres.accounts.models import Membership, Organisation, Role, User
from spheres.audit.models import Event
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.disclosures import actions, policy, queries
from spheres.followup.disclosures.actions import Asked
from spheres.followup.disclosures.models import Behind, Remark, Told
from spheres.followup.disclosures.tests.factories import (
    HOUR,
    LATER,
    MEETING,
    SOON,
    decide,
    of_order,
    prepare,
    reads,
    stands,
    take_back,
    to_roy,
    to_shelter,
    told,
)
from spheres.participants import queries as participants
from spheres.participants.models import Assignment, File, Identity
from spheres.sharing import actions as sharing
from spheres.sharing.models import Disclosure, DisclosureStep
from spheres.sharing.models.keeping import Sort
from spheres.vault import actions as vault
from spheres.vault import keys
from tests import deciding
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of


def ended(actor: Actor, at: datetime = SOON) -> list[date]:
    with acting(actor, at):
        return queries.received(actor=actor, at=at)[1]


def test_prepared_approved_and_read_until_the_end_of_the_meeting_and_no_longer(cast: Cast) -> None:
    one = prepare(cast, to_roy(cast))
    before = reads(cast.roy)
    decide(one, cast.karim)

    # Clocks went forward the night before: the day still ends at midnight there.
    last = datetime.fromisoformat("2026-03-09T23:59:59-04:00")
    after = last + timedelta(seconds=1)
    assert before == []
    assert reads(cast.roy) == reads(cast.roy, last) == [["Maya", "Dormir au chaud."]]
    assert (reads(cast.roy, after), ended(cast.roy, after)) == ([], [MEETING])


def test_the_recipient_learns_the_items_and_nothing_else(cast: Cast) -> None:
    told(cast)

    with acting(cast.roy, SOON):
        assert (Told.objects.count(), Behind.objects.count(), Remark.objects.count()) == (1, 0, 0)
        assert not Identity.objects.exists()
        assert not File.objects.exists()
        [step] = DisclosureStep.objects.all()
        assert step.kind == "APPROVED"


def test_nobody_else_of_the_police_reads_it_nor_of_elsewhere(cast: Cast) -> None:
    with acting(LOADER):
        other = add_person("Sergente Gagnon", cast.police, Role.POLICE_MEMBER)
        captain = add_person("Capitaine Duc", cast.police, Role.STEERING_MEMBER)
        hat = add_person("Agente Roy", cast.police, Role.YOUTH_WORKER)
    told(cast)

    for who in (other, captain, hat, cast.samir, cast.louise, cast.amrani):
        with acting(who, SOON):
            kept = Disclosure.objects.count(), Told.objects.count(), DisclosureStep.objects.count()
        assert kept == (0, 0, 0)


def test_whoever_prepared_it_does_not_decide(cast: Cast) -> None:
    one = prepare(cast, to_roy(cast))

    with pytest.raises(NotAllowed):
        decide(one, cast.ines)
    with acting(cast.ines, LATER), pytest.raises(DatabaseError), transaction.atomic():
        DisclosureStep.objects.bulk_create(
            [
                DisclosureStep(
                    id=uuid_of("by hand"), disclosure_id=one.pk, file_id=one.file_id,
                    kind="APPROVED", done_by=cast.ines.user_id, done_at=LATER,
                )
            ]
        )  # fmt: skip
    assert reads(cast.roy) == []


def test_who_decides(cast: Cast) -> None:
    one = prepare(cast, to_roy(cast))

    deciding = {
        name for name in ("ines", "yanick", "karim", "nadia", "louise", "samir", "roy", "amrani")
        if stands(getattr(cast, name), "DECIDING") == {one.pk}
    }  # fmt: skip
    assert deciding == {"karim", "nadia"}


def test_of_an_order_whoever_guards_privacy_decides(cast: Cast) -> None:
    order = prepare(cast, of_order(cast))

    assert stands(cast.karim, "DECIDING") == set()
    assert stands(cast.nadia, "DECIDING") == {order.pk}
    assert stands(cast.karim, "LOOKING") == stands(cast.nadia, "LOOKING") == {order.pk}


def test_decided_once_and_the_second_is_told(cast: Cast) -> None:
    one = told(cast)

    with pytest.raises(WrongState) as said:
        decide(one, cast.nadia, which="second")
    assert said.value.reason == policy.DECIDED
    decide(one, cast.karim)  # the same press, sent again
    with acting(cast.ines, SOON):
        assert DisclosureStep.objects.count() == 1


def test_not_approved_says_why_and_nothing_is_told(cast: Cast) -> None:
    one = prepare(cast, to_roy(cast))
    decide(one, cast.karim, is_approved=False, words="Sans le nom, cela suffit.")

    assert reads(cast.roy) == []
    with acting(cast.ines, SOON):
        line = queries.one_of(cast.maya.file_id, one.pk, actor=cast.ines, at=SOON)
        assert line is not None
        vault.open(list(line.remarks.values()), by=cast.ines)
        assert (line.stands, line.decision) == ("NOT_APPROVED", "Sans le nom, cela suffit.")


def test_taken_back_it_closes_at_the_next_statement_and_stays_in_the_register(cast: Cast) -> None:
    one = told(cast)
    during = reads(cast.roy)
    take_back(cast, one)
    take_back(cast, one, at=SOON + HOUR)

    at = SOON + 2 * HOUR
    assert during == [["Maya", "Dormir au chaud."]]
    assert (reads(cast.roy, at), ended(cast.roy, at)) == ([], [date(2026, 3, 2)])
    with acting(cast.ines, at):
        line = queries.one_of(cast.maya.file_id, one.pk, actor=cast.ines, at=at)
        assert line is not None
        assert line.stands == "TAKEN_BACK"
        assert line.taken_back is not None
        assert line.taken_back.done_at == SOON


def test_taken_back_before_it_is_decided_nobody_can_approve_it(cast: Cast) -> None:
    one = prepare(cast, to_roy(cast))
    take_back(cast, one, at=LATER)

    with pytest.raises(WrongState) as said:
        decide(one, cast.karim, at=SOON)
    assert said.value.reason == policy.TAKEN_BACK
    assert reads(cast.roy, SOON + HOUR) == []


def test_what_the_law_allowed_is_not_taken_back(cast: Cast) -> None:
    with pytest.raises(WrongState):
        take_back(cast, prepare(cast, of_order(cast)))


def test_after_three_months_nothing_is_said_of_copies_any_more(cast: Cast) -> None:
    told(cast)
    over = datetime.fromisoformat("2026-03-10T00:00:00-04:00")

    assert [ended(cast.roy, over + timedelta(days=day)) for day in (0, 89, 91)] == [
        [MEETING], [MEETING], [],
    ]  # fmt: skip


@pytest.mark.parametrize("how", ["left", "closed", "the partner left"])
def test_a_recipient_that_left_reads_nothing_and_is_told_nothing_new(cast: Cast, how: str) -> None:
    waiting = prepare(cast, to_roy(cast, "waiting"))
    told(cast)
    with acting(LOADER, LATER):
        if how == "left":
            Membership.objects.filter(user_id=cast.roy.user_id).update(ends_at=LATER)
        elif how == "closed":
            User.objects.filter(pk=cast.roy.user_id).update(is_active=False)
        else:
            Organisation.objects.filter(pk=cast.police.pk).update(is_partner=False)

    assert stands(cast.roy, "RECEIVING", "RECEIVED") == set()
    with pytest.raises(NotAllowed, match="quitté le programme"):
        decide(waiting, cast.karim, at=SOON)
    with pytest.raises(NotAllowed, match="quitté le programme"):
        prepare(cast, to_roy(cast, "anew"), at=SOON)


def test_who_comes_back_is_not_given_back_what_was_told_before(cast: Cast) -> None:
    told(cast)
    with acting(LOADER, LATER):
        Membership.objects.filter(user_id=cast.roy.user_id).update(
            starts_at=LATER, ends_at=LATER + timedelta(days=9)
        )

    assert reads(cast.roy) == []


def test_it_never_changes_once_prepared(cast: Cast) -> None:
    one = told(cast)

    for who in (cast.ines, cast.karim, cast.roy):
        with acting(who, SOON):
            for model, change in (
                (Disclosure, {"ends_at": SOON + timedelta(days=90)}),
                (Told, {"items": b""}),
                (DisclosureStep, {"kind": "REFUSED"}),
            ):
                with pytest.raises(DatabaseError), transaction.atomic():
                    model._default_manager.update(**change)
    with acting(cast.ines, SOON):
        assert Disclosure.objects.get().ends_at == one.ends_at


def test_sent_twice_it_is_prepared_once(cast: Cast) -> None:
    prepare(cast, to_roy(cast))
    prepare(cast, to_roy(cast))

    with acting(cast.ines, LATER):
        assert Disclosure.objects.count() == Told.objects.count() == Behind.objects.count() == 1
        asked = Event.objects.filter(chain_id=cast.maya.file_id, action="disclosure.prepared")
        assert asked.count() == 1


def test_to_somebody_outside_it_is_handed_over_with_a_receipt_once(cast: Cast) -> None:
    one = prepare(cast, to_shelter(cast))

    def hand(which: str, at: datetime) -> None:
        with acting(cast.ines, at):
            actions.hand_over(
                one, step_id=uuid_of(which), receipt="Rosa, en main propre.", by=cast.ines, at=at
            )

    with pytest.raises(WrongState):
        hand("too soon", LATER)
    decide(one, cast.nadia)
    hand("handed", SOON)
    hand("again", SOON + HOUR)
    with acting(cast.ines, SOON):
        line = queries.one_of(cast.maya.file_id, one.pk, actor=cast.ines, at=SOON)
        assert line is not None
        vault.open(list(line.remarks.values()), by=cast.ines)
        assert (line.receipt, line.stands) == ("Rosa, en main propre.", "OPEN")
        assert DisclosureStep.objects.filter(kind="HANDED").count() == 1


def test_the_recipient_says_having_received_it_once(cast: Cast) -> None:
    one = told(cast)
    for which, at in (("one", SOON), ("two", SOON + HOUR)):
        with acting(cast.roy, at):
            actions.receive(one, step_id=uuid_of(which), by=cast.roy, at=at)

    with acting(cast.ines, SOON):
        steps = DisclosureStep.objects.filter(kind="RECEIVED")
        assert [(step.done_by, step.done_at) for step in steps] == [(cast.roy.user_id, SOON)]


def walk_beside(cast: Cast, colleague: Actor) -> None:
    with acting(cast.ines):
        Assignment.objects.bulk_create(
            [
                Assignment(
                    id=uuid_of("beside"),
                    file_id=cast.maya.file_id,
                    user_id=colleague.user_id,
                    starts_at=MONDAY,
                )
            ]
        )


def test_another_worker_of_hers_decides_too(cast: Cast) -> None:
    walk_beside(cast, cast.yanick)
    one = prepare(cast, to_roy(cast))

    decide(one, cast.yanick)

    assert len(reads(cast.roy)) == 1


def test_what_was_asked_and_refused_is_in_her_register(cast: Cast) -> None:
    asked = Asked(
        uuid_of("asked"), "ATTENDANCE", "COURT", "Me Hall, agente de probation", "Elle voulait…"
    )
    with acting(cast.ines):
        actions.refuse_what_is_asked(cast.maya.file_id, asked, by=cast.ines, at=MONDAY)
        actions.refuse_what_is_asked(cast.maya.file_id, asked, by=cast.ines, at=MONDAY)
        [line] = queries.of_file(cast.maya.file_id, actor=cast.ines, at=MONDAY).lines
        assert (line.stands, line.row.items) == ("DECLINED", [])
    assert stands(cast.karim, "DECIDING") == set()


def test_her_journal_says_who_prepared_approved_and_read_it(cast: Cast) -> None:
    one = told(cast)
    reads(cast.roy)

    with acting(cast.ines, SOON):
        events = Event.objects.filter(
            chain_id=cast.maya.file_id, action__startswith="disclosure."
        ).order_by("number")
        assert [(event.actor_id, event.action) for event in events] == [
            (cast.ines.user_id, "disclosure.prepared"),
            (cast.karim.user_id, "disclosure.approved"),
            (cast.roy.user_id, "disclosure.opened"),
        ]
    assert one.sections == ["identity", "summary"]


def test_a_personal_conflict_beats_it(cast: Cast) -> None:
    one = prepare(cast, to_roy(cast))
    with acting(cast.karim):
        sharing.declare_conflict(cast.maya.file_id, by=cast.karim, at=MONDAY)
    with acting(cast.roy):
        sharing.declare_conflict(cast.maya.file_id, by=cast.roy, at=MONDAY)
    decide(one, cast.nadia)

    assert stands(cast.karim, "LOOKING", "DECIDING") == set()
    assert reads(cast.roy) == []


def erase(cast: Cast, at: datetime, *sorts: str) -> None:
    """Two people decide that this is destroyed; and it is."""
    house = deciding.House(cast)
    ending_id = house.decide(sorts=sorts, at=at)
    assert house.carry_out(ending_id, at)


def test_when_its_words_cannot_be_locked_nothing_of_it_is_kept(cast: Cast) -> None:
    with acting(cast.ines):
        person = participants.header(cast.maya.file_id, actor=cast.ines)
        assert person is not None
    erase(cast, MONDAY, Sort.REGISTER)

    with acting(cast.ines, SOON):
        with pytest.raises(keys.Erased):
            actions.prepare(
                cast.maya.file_id, to_shelter(cast), person=person, by=cast.ines, at=SOON
            )
        assert not Disclosure.objects.exists()


def test_erased_with_her_file_nothing_of_it_stays(cast: Cast) -> None:
    one = told(cast)
    erase(cast, SOON, Sort.FOLLOW_UP, Sort.REGISTER)

    assert stands(cast.roy, "RECEIVING", "RECEIVED", at=SOON + HOUR) == set()
    with acting(cast.ines, SOON + HOUR):
        for model in (Disclosure, DisclosureStep, Told, Behind, Remark):
            assert not model._default_manager.exists(), (model, one.pk)
