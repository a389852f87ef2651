"""What passes when a worker leaves, what does not, and from which minute?"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import ProgrammingError, transaction

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.handing_over import actions, queries
from spheres.followup.handing_over.actions import Told, Wanted
from spheres.followup.handing_over.models import Choice, Passing, PassingStatus, Relay
from spheres.followup.handing_over.tests.factories import (
    FACES,
    HOUR,
    LATER,
    NEXT_MONTH,
    TOLD_ON,
    decide,
    events,
    hand_over,
    leave,
    reads,
    tell,
)
from spheres.participants.models import Assignment, FollowUpStatus
from spheres.sharing import actions as sharing
from spheres.sharing.models import Conflict, HandedOver
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of


def test_nothing_passes_before_she_was_told(cast: Cast) -> None:
    wanted = Wanted(uuid_of("choice"), Choice.Way.COLLEAGUE, cast.yanick.user_id, ("identity",))

    with acting(cast.ines), pytest.raises(WrongState):
        actions.decide(cast.maya.file_id, wanted, by=cast.ines, at=MONDAY)

    assert reads(cast.yanick) == []


def test_told_twice_by_two_forms_it_stands_once(cast: Cast) -> None:
    tell(cast.maya.file_id, by=cast.ines, which="one")
    tell(cast.maya.file_id, by=cast.ines, which="one")
    tell(cast.maya.file_id, by=cast.ines, which="two")

    with acting(cast.ines):
        assert [row.told_on for row in Passing.objects.order_by("pk")] == [TOLD_ON]
    assert events(cast, cast.ines) == ["hand_over.told"]


@pytest.mark.parametrize(
    ("passes", "read"),
    [
        ((), ["relation"]),
        (("identity",), ["identity", "relation"]),
        (("identity", "contact"), ["identity", "contact", "relation"]),
        (("summary",), ["summary", "relation"]),
        (("plan", "safety", "steps"), ["relation"]),
    ],
)
def test_the_new_worker_reads_what_she_lets_pass_and_nothing_else(
    cast: Cast, passes: tuple[str, ...], read: list[str]
) -> None:
    hand_over(cast, *passes)

    assert reads(cast.yanick) == read
    assert reads(cast.ines) == list(FACES)


def test_when_they_have_met_the_file_opens_for_one_and_closes_for_the_other(cast: Cast) -> None:
    handed_id = hand_over(cast, "identity")

    for _press in range(2):
        with acting(cast.yanick, LATER):
            assert actions.meet(handed_id, by=cast.yanick, at=LATER) == cast.maya.file_id

    assert (reads(cast.yanick), reads(cast.ines)) == (list(FACES), [])
    assert events(cast, cast.yanick) == [
        "hand_over.told", "hand_over.answered", "hand_over.prepared", "hand_over.met",
    ]  # fmt: skip
    with acting(cast.yanick, LATER):
        assert [row.status for row in PassingStatus.objects.all()] == ["MET"]
        assert [row.ends_at for row in HandedOver.objects.all()] == [LATER]
        assert Assignment.objects.filter(user_id=cast.yanick.user_id).count() == 1


@pytest.mark.parametrize("who", ["samir", "karim", "ines", "louise"])
def test_nobody_else_meets_her(cast: Cast, who: str) -> None:
    handed_id = hand_over(cast, "identity")
    actor: Actor = getattr(cast, who)

    with acting(actor, LATER), pytest.raises((NotAllowed, WrongState)):
        actions.meet(handed_id, by=actor, at=LATER)


def test_her_newest_word_stands_and_what_passed_before_passes_no_longer(cast: Cast) -> None:
    hand_over(cast, "identity")
    decide(cast.maya.file_id, by=cast.ines, way=Choice.Way.NOBODY_YET, which="second", at=LATER)

    assert reads(cast.yanick) == []
    assert events(cast, cast.ines)[-2:] == ["hand_over.answered", "hand_over.ended"]


def test_the_same_form_twice_is_one_answer(cast: Cast) -> None:
    hand_over(cast, "identity")
    decide(cast.maya.file_id, by=cast.ines, to=cast.yanick, faces=("identity",))

    with acting(cast.ines, LATER):
        assert (Choice.objects.count(), HandedOver.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("way", "status"),
    [
        (Choice.Way.BREAK, "PAUSED"),
        (Choice.Way.STOPS, "LEFT"),
        (Choice.Way.NOBODY_YET, "ACTIVE"),
        (Choice.Way.WRITING, "ACTIVE"),
    ],
)
def test_a_break_and_a_stop_are_said_of_the_follow_up_in_the_same_press(
    cast: Cast, way: str, status: str
) -> None:
    tell(cast.maya.file_id, by=cast.ines)
    decide(cast.maya.file_id, by=cast.ines, way=way)

    with acting(cast.ines, LATER):
        assert [row.status for row in FollowUpStatus.objects.all()] == [status]
        assert not HandedOver.objects.exists()


def test_two_workers_who_leave_hand_her_over_one_by_one(cast: Cast) -> None:
    with acting(LOADER):
        rose = add_person("Rose", cast.la_maison, Role.YOUTH_WORKER)
    with acting(cast.ines):
        Assignment.objects.bulk_create(
            [
                Assignment(
                    id=uuid_of("rose"),
                    file_id=cast.maya.file_id,
                    user_id=rose.user_id,
                    part=Assignment.Part.SUPPORT,
                    starts_at=MONDAY,
                )
            ]
        )
        noor = rose
    hand_over(cast, "identity", "contact")
    tell(cast.maya.file_id, by=noor, which="told by the other")
    decide(cast.maya.file_id, by=noor, to=cast.yanick, which="other choice", at=LATER)

    assert reads(cast.yanick) == ["relation"]  # her newest word: only that
    with acting(cast.ines, LATER):
        assert [one.to for one in queries.leaving(actor=cast.ines, at=LATER).people] == ["Yanick"]
        assert HandedOver.objects.filter(ends_at=None).count() == 1


def test_a_colleague_who_leaves_too_or_works_elsewhere_is_not_proposed(cast: Cast) -> None:
    leave(cast.yanick, NEXT_MONTH)
    tell(cast.maya.file_id, by=cast.ines)

    with acting(cast.ines, LATER):
        assert queries.proposed(actor=cast.ines, at=LATER) == []
    for other in (cast.yanick, cast.samir, cast.karim, cast.ines):
        with pytest.raises(NotAllowed):
            decide(cast.maya.file_id, by=cast.ines, to=other, at=LATER)


def test_a_declared_conflict_is_not_revealed_and_nothing_is_written(cast: Cast) -> None:
    with acting(LOADER):
        rose = add_person("Rose", cast.la_maison, Role.YOUTH_WORKER)
    with acting(rose):
        sharing.declare_conflict(cast.maya.file_id, by=rose, at=MONDAY)
    tell(cast.maya.file_id, by=cast.ines)

    with pytest.raises(NotAllowed) as refused:
        decide(cast.maya.file_id, by=cast.ines, to=rose, faces=("identity",))
    with pytest.raises(NotAllowed) as elsewhere:
        decide(cast.maya.file_id, by=cast.ines, to=cast.samir)

    assert str(refused.value.reason) == str(elsewhere.value.reason)
    with acting(cast.ines, LATER):
        assert (Choice.objects.count(), HandedOver.objects.count()) == (0, 0)
        assert [row.status for row in PassingStatus.objects.all()] == ["TOLD"]


def test_whoever_cannot_says_why_and_it_comes_back_to_the_leaver(cast: Cast) -> None:
    handed_id = hand_over(cast, "identity")
    for _press in range(2):
        with acting(cast.yanick, LATER):
            actions.decline(handed_id, "FULL", knows_her=False, by=cast.yanick, at=LATER)

    assert reads(cast.yanick) == []
    with acting(cast.yanick, LATER), pytest.raises(ProgrammingError), transaction.atomic():
        HandedOver.objects.update(ends_at=None)  # not begun again
    with acting(cast.ines, LATER):
        day = queries.day(actor=cast.ines, at=LATER)
        [person] = queries.leaving(actor=cast.ines, at=LATER).people
        assert (day.declined, person.declined, person.to) == (1, "FULL", "Yanick")
    with acting(cast.yanick, LATER):
        assert queries.received(actor=cast.yanick, at=LATER) == []
    decide(cast.maya.file_id, by=cast.ines, way=Choice.Way.NOBODY_YET, which="again", at=LATER)
    assert reads(cast.yanick) == []
    with acting(cast.ines, LATER):
        assert queries.day(actor=cast.ines, at=LATER).declined == 0


def test_whoever_knows_her_tells_nobody_and_the_file_closes(cast: Cast) -> None:
    handed_id = hand_over(cast, "identity")

    with acting(cast.yanick, LATER):
        actions.decline(handed_id, "KNOWS", knows_her=True, by=cast.yanick, at=LATER)

    assert reads(cast.yanick) == []
    with acting(cast.ines, LATER):
        assert [row.reason for row in Relay.objects.filter(kind="DECLINED")] == ["UNSAID"]
        assert not Conflict.objects.exists()


def test_nobody_writes_a_relay_in_anothers_name_or_of_a_file_out_of_reach(cast: Cast) -> None:
    def relay(**said: object) -> Relay:
        base = {
            "id": uuid_of("forged"),
            "user_id": cast.yanick.user_id,
            "from_user_id": cast.samir.user_id,
            "file_id": cast.maya.file_id,
            "handed_id": uuid_of("forged"),
            "kind": "GIVEN",
            "said_at": MONDAY,
        }
        return Relay(**base | said)

    attempts = [
        (cast.samir, {}),
        (cast.ines, {"from_user_id": cast.yanick.user_id}),
        (cast.ines, {"from_user_id": cast.ines.user_id, "user_id": cast.samir.user_id}),
    ]
    for actor, said in attempts:
        with acting(actor), pytest.raises(ProgrammingError):
            actions.transaction.atomic(Relay.objects.bulk_create)([relay(**said)])


def test_access_ends_at_five_exactly_with_the_next_statement(cast: Cast) -> None:
    at_five = datetime(2026, 3, 6, 17, tzinfo=ZoneInfo("America/Toronto"))
    leave(cast.ines, at_five)

    assert reads(cast.ines, at_five - timedelta(microseconds=1)) == list(FACES)
    assert reads(cast.ines, at_five) == []


def test_what_passes_outlives_the_leaver_until_they_have_met(cast: Cast) -> None:
    handed_id = hand_over(cast, "identity")
    leave(cast.ines, LATER)

    assert reads(cast.yanick, LATER + HOUR) == ["identity", "relation"]
    with acting(cast.yanick, LATER + HOUR):
        actions.meet(handed_id, by=cast.yanick, at=LATER + HOUR)
    assert reads(cast.yanick, LATER + HOUR) == list(FACES)


def test_told_is_kept_as_her_words_and_the_day(cast: Cast) -> None:
    said = Told(uuid_of("told"), TOLD_ON, "Je m’en doutais.")
    with acting(cast.ines):
        actions.tell(cast.maya.file_id, said, by=cast.ines, at=MONDAY)
        [row] = Passing.objects.all()
        actions.vault.open([row], by=cast.ines)

        assert (row.opened.her_words, row.told_on) == ("Je m’en doutais.", TOLD_ON)
