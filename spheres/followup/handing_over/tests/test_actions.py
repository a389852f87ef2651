"""What passes when a worker leaves, what does not, and from which minute?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import ProgrammingError, connection

from spheres.accounts.models import Membership, Role
from spheres.audit.models import Event
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.handing_over import actions, queries
from spheres.followup.handing_over.actions import ANOTHER, BREAK, ME, Told, Wanted, Welcomed
from spheres.followup.handing_over.models import Choice, Passing, PassingStatus, Relay
from spheres.followup.handing_over.tests.factories import HOUR, TOLD_ON, decide, hand_over, tell
from spheres.participants.models import Assignment, FollowUpStatus
from spheres.sharing import actions as sharing
from spheres.sharing.models import Conflict, HandedOver
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, follow, uuid_of

LATER = MONDAY + 2 * HOUR
NEXT_MONTH = MONDAY + timedelta(days=30)
FACES = {
    "identity": "select count(distinct file_id) from participants_identity",
    "contact": "select count(distinct file_id) from participants_safecontact",
    "summary": "select count(distinct file_id) from participants_followup",
    "notes": "select count(distinct file_id) from notes_note",
    "relation": "select count(distinct id) from participants_file",
}


def reads(actor: Actor, at: datetime = LATER) -> list[str]:
    """Which faces of somebody's file the database shows to this person."""
    with acting(actor, at), connection.cursor() as cursor:
        found = []
        for face, question in FACES.items():
            cursor.execute(question)
            if cursor.fetchone()[0]:
                found.append(face)
        return found


def events(cast: Cast, reader: Actor, at: datetime = LATER) -> list[str]:
    with acting(reader, at):
        told = Event.objects.filter(chain_id=cast.maya.file_id, action__startswith="hand_over.")
        return list(told.order_by("number").values_list("action", flat=True))


def leave(actor: Actor, at: datetime) -> None:
    with acting(LOADER):
        Membership.objects.filter(user_id=actor.user_id).update(ends_at=at)


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


def gone(cast: Cast) -> None:
    """Inès is gone at once; Karim names Yanick for her."""
    leave(cast.ines, MONDAY)
    with acting(cast.karim, MONDAY + HOUR):
        actions.name_stand_in(
            uuid_of("cover"),
            for_user_id=cast.ines.user_id,
            user_id=cast.yanick.user_id,
            until=NEXT_MONTH,
            by=cast.karim,
            at=MONDAY + HOUR,
        )


def test_the_lead_reads_a_number_names_somebody_and_opens_nothing(cast: Cast) -> None:
    follow("Lou", desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    gone(cast)

    with acting(cast.karim, LATER):
        [one] = queries.left_behind(actor=cast.karim, at=LATER)
        assert (one.name, one.number, one.stand_in, one.until) == ("Inès", 2, "Yanick", NEXT_MONTH)
    assert reads(cast.karim) == []
    with acting(cast.yanick, LATER):
        names = [one.name for one in queries.left_to_me(actor=cast.yanick, at=LATER)]
    assert names == ["Lou", "Maya"]
    assert reads(cast.yanick) == ["identity", "contact", "summary", "relation"]


@pytest.mark.parametrize("who", ["ines", "yanick", "louise", "samir", "nadia"])
def test_only_a_lead_asks_how_many_are_left_behind(cast: Cast, who: str) -> None:
    actor: Actor = getattr(cast, who)
    with acting(actor), pytest.raises(ProgrammingError):
        queries.left_behind(actor=actor, at=MONDAY)


def test_a_lead_cannot_name_herself_nor_a_worker_name_for_another(cast: Cast) -> None:
    lead = replace(cast.karim, roles=frozenset({Role.TEAM_LEAD, Role.YOUTH_WORKER}))
    with acting(LOADER):
        Membership.objects.filter(pk=uuid_of("karim-worker")).update(role=Role.YOUTH_WORKER)

    for who, whom, refused in (
        (lead, lead, ProgrammingError),
        (cast.yanick, cast.yanick, NotAllowed),
    ):
        with acting(who), pytest.raises(refused):
            actions.name_stand_in(
                uuid_of("cover"),
                for_user_id=cast.ines.user_id,
                user_id=whom.user_id,
                until=NEXT_MONTH,
                by=who,
                at=MONDAY,
            )


@pytest.mark.parametrize(
    ("way", "follow_up", "passing"),
    [(ME, "ACTIVE", "MET"), (ANOTHER, "ACTIVE", "TOLD"), (BREAK, "PAUSED", "MET")],
)
def test_whoever_answers_tells_her_and_takes_her_on_as_she_says(
    cast: Cast, way: str, follow_up: str, passing: str
) -> None:
    gone(cast)
    said = Welcomed(uuid_of("welcome"), date(2026, 3, 2), way, "Avec toi.")

    for _press in range(2):
        with acting(cast.yanick, LATER):
            actions.welcome(cast.maya.file_id, said, by=cast.yanick, at=LATER)

    assert reads(cast.yanick) == list(FACES)
    assert events(cast, cast.yanick) == ["hand_over.told", "hand_over.taken_on"]
    with acting(cast.yanick, LATER):
        assert queries.left_to_me(actor=cast.yanick, at=LATER) == []
        assert [row.status for row in FollowUpStatus.objects.all()] == [follow_up]
        assert [row.status for row in PassingStatus.objects.all()] == [passing]
    with acting(cast.karim, LATER):
        assert queries.left_behind(actor=cast.karim, at=LATER) == []


def test_nobody_takes_on_a_person_whose_worker_is_here(cast: Cast) -> None:
    said = Welcomed(uuid_of("welcome"), date(2026, 3, 2), ME)
    with acting(cast.ines):
        sharing.cover(
            uuid_of("away"),
            kind=sharing.Cover.Kind.STAND_IN,
            for_user_id=cast.ines.user_id,
            user_id=cast.yanick.user_id,
            starts_at=MONDAY,
            ends_at=NEXT_MONTH,
            by=cast.ines,
            at=MONDAY,
        )

    with acting(cast.yanick, LATER), pytest.raises(WrongState):
        actions.welcome(cast.maya.file_id, said, by=cast.yanick, at=LATER)

    assert "notes" not in reads(cast.yanick)


def test_told_is_kept_as_her_words_and_the_day(cast: Cast) -> None:
    said = Told(uuid_of("told"), TOLD_ON, "Je m’en doutais.")
    with acting(cast.ines):
        actions.tell(cast.maya.file_id, said, by=cast.ines, at=MONDAY)
        [row] = Passing.objects.all()
        actions.vault.open([row], by=cast.ines)

        assert (row.opened.her_words, row.told_on) == ("Je m’en doutais.", TOLD_ON)


def test_a_colleague_who_stays_without_accompanying_anybody_is_gone_too(cast: Cast) -> None:
    with acting(LOADER):
        Membership.objects.filter(user_id=cast.ines.user_id).update(role=Role.TRAINER)
    with acting(cast.karim, MONDAY + HOUR):
        [one] = queries.left_behind(actor=cast.karim, at=MONDAY + HOUR)
        assert (one.name, one.number, one.stand_in) == ("Inès", 1, "")
        actions.name_stand_in(
            uuid_of("cover"),
            for_user_id=cast.ines.user_id,
            user_id=cast.yanick.user_id,
            until=NEXT_MONTH,
            by=cast.karim,
            at=MONDAY + HOUR,
        )

    with acting(cast.yanick, LATER):
        assert [one.name for one in queries.left_to_me(actor=cast.yanick, at=LATER)] == ["Maya"]
