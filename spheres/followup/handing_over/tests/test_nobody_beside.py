"""With whom does nobody walk, and may a lead name a worker for them without learning who it is?"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from spheres.accounts.models import Membership, Role, User
from spheres.audit.models import Event
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.handing_over import actions, policy, queries
from spheres.followup.handing_over.models import Relay
from spheres.followup.handing_over.tests.factories import (
    FACES,
    HOUR,
    LATER,
    NEXT_MONTH,
    alone,
    asked,
    events,
    leave,
    name,
    reads,
    told,
    welcome,
)
from spheres.participants.models import Assignment, FollowUpStatus
from spheres.sharing import actions as sharing
from spheres.sharing.models import Cover, HandedOver
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, follow, uuid_of

BRIEF = ["identity", "contact", "summary", "relation"]


def test_a_lead_reads_since_when_and_in_which_language_and_never_whose_it_is(cast: Cast) -> None:
    assert told(cast.karim) == []
    alone(cast)

    [one] = told(cast.karim)

    assert (str(one.language), one.since, one.has_door_open, one.asked) == (
        "Français", MONDAY, False, "",
    )  # fmt: skip
    assert one.token != cast.maya.file_id
    assert reads(cast.karim) == []
    with acting(cast.karim, LATER):
        assert not Assignment.objects.filter(pk=one.token).exists()


@pytest.mark.parametrize("who", ["ines", "yanick", "louise", "samir", "nadia", "roy"])
def test_only_a_lead_asks_and_names(cast: Cast, who: str) -> None:
    alone(cast)
    [one] = told(cast.karim)
    actor: Actor = getattr(cast, who)

    with acting(actor, LATER), pytest.raises(ProgrammingError), transaction.atomic():
        queries.nobody_beside(actor=actor)
    with acting(actor, LATER), pytest.raises(ProgrammingError), transaction.atomic():
        queries.name_worker(one.token, cast.yanick.user_id, uuid_of("named"), actor=actor)
    with pytest.raises(NotAllowed):
        name(cast, cast.yanick, by=actor)


def test_whoever_is_named_reads_how_to_reach_her_and_takes_her_on_with_her(cast: Cast) -> None:
    alone(cast)
    name(cast, cast.yanick)

    assert (reads(cast.yanick), reads(cast.karim)) == (BRIEF, [])
    assert asked(cast.yanick) == [(cast.maya.file_id, "Karim")]
    assert [(one.asked, one.has_declined) for one in told(cast.karim)] == [("Yanick", False)]
    for _press in range(2):
        welcome(cast, cast.yanick)

    assert reads(cast.yanick, LATER + HOUR) == list(FACES)
    assert asked(cast.yanick, LATER + HOUR) == []
    assert told(cast.karim, LATER + HOUR) == []
    assert events(cast, cast.yanick, LATER + HOUR) == ["hand_over.told", "hand_over.taken_on"]


def test_her_journal_says_that_a_lead_named_somebody(cast: Cast) -> None:
    alone(cast)
    name(cast, cast.yanick)
    welcome(cast, cast.yanick)

    with acting(cast.yanick, LATER + HOUR):
        [event] = Event.objects.filter(chain_id=cast.maya.file_id, action="worker.named")
    assert (event.actor_id, event.chain, event.record_ids) == (
        cast.karim.user_id, "FILE", [uuid_of("named")],
    )  # fmt: skip


def test_a_worker_who_comes_later_may_be_named(cast: Cast) -> None:
    with acting(LOADER):
        User.objects.filter(pk=cast.yanick.user_id).update(is_active=False)
    alone(cast)
    with acting(cast.karim, LATER):
        there = [one.name for one in queries.proposed(actor=cast.karim, at=LATER)]
    with acting(LOADER):
        zoe = add_person("Zoé", cast.la_maison, Role.YOUTH_WORKER)
        Membership.objects.filter(user_id=zoe.user_id).update(starts_at=LATER)

    name(cast, zoe, at=LATER + HOUR)

    assert there == ["Inès"]
    assert reads(zoe, LATER + HOUR) == BRIEF


def test_whoever_knows_her_is_not_named_and_it_is_said_as_of_anybody_else(cast: Cast) -> None:
    alone(cast)
    with acting(cast.yanick):
        sharing.declare_conflict(cast.maya.file_id, by=cast.yanick, at=MONDAY)

    said = set()
    for whom in (cast.ines, cast.yanick, cast.samir, cast.amrani):
        with pytest.raises(NotAllowed) as refused:
            name(cast, whom)
        said.add(str(refused.value.reason))

    assert said == {str(policy.CANNOT)}
    assert [one.asked for one in told(cast.karim)] == [""]


def test_the_database_names_nobody_who_knows_her_nor_from_elsewhere(cast: Cast) -> None:
    alone(cast)
    [one] = told(cast.karim)

    answers = {}
    for who in ("ines", "samir", "amrani", "nadia", "louise"):
        with acting(cast.karim, LATER):
            user_id = getattr(cast, who).user_id
            answers[who] = queries.name_worker(
                one.token, user_id, uuid_of(f"named {who}"), actor=cast.karim
            )

    assert set(answers.values()) == {"CANNOT"}


def test_a_lead_never_names_herself(cast: Cast) -> None:
    alone(cast)
    lead = replace(cast.karim, roles=frozenset({Role.TEAM_LEAD, Role.YOUTH_WORKER}))
    with acting(LOADER):
        held = Membership.objects.get(user_id=cast.karim.user_id)
        held.pk, held.role = uuid_of("karim works too"), Role.YOUTH_WORKER
        Membership.objects.bulk_create([held])
    [one] = told(lead)

    with pytest.raises(NotAllowed):
        name(cast, lead, by=lead)
    with acting(lead, LATER), pytest.raises(ProgrammingError), transaction.atomic():
        queries.name_worker(one.token, lead.user_id, uuid_of("named"), actor=lead)
    assert reads(lead) == []


def test_whoever_cannot_says_so_the_lead_reads_it_and_names_another(cast: Cast) -> None:
    with acting(LOADER):
        zoe = add_person("Zoé", cast.la_maison, Role.YOUTH_WORKER)
    alone(cast)
    name(cast, cast.yanick)

    with acting(cast.yanick, LATER):
        actions.decline(
            uuid_of("named"), Relay.Reason.UNSAID, knows_her=True, by=cast.yanick, at=LATER
        )
    [one] = told(cast.karim)
    name(cast, zoe, which="named again")

    assert (one.asked, one.has_declined) == ("Yanick", True)
    assert (reads(cast.yanick), reads(zoe)) == ([], BRIEF)
    with acting(cast.karim, LATER):
        assert list(Relay.objects.all()) == []


def test_another_is_named_in_place_of_the_first_and_a_form_sent_twice_names_once(
    cast: Cast,
) -> None:
    with acting(LOADER):
        zoe = add_person("Zoé", cast.la_maison, Role.YOUTH_WORKER)
    alone(cast)
    name(cast, cast.yanick)
    name(cast, cast.yanick)
    name(cast, zoe, which="named again")

    assert (reads(cast.yanick), reads(zoe)) == ([], BRIEF)
    with acting(zoe, LATER):
        rows = HandedOver.objects.order_by("starts_at", "ends_at").values_list("user_id", "ends_at")
        assert sorted(rows, key=str) == sorted(
            [(cast.yanick.user_id, LATER), (zoe.user_id, None)], key=str
        )


def test_nobody_is_named_for_a_person_whose_worker_is_here(cast: Cast) -> None:
    with acting(cast.ines):
        [token] = Assignment.objects.values_list("pk", flat=True)

    with acting(cast.karim, LATER), pytest.raises(WrongState), transaction.atomic():
        actions.name_worker(
            token, uuid_of("named"), user_id=cast.yanick.user_id, by=cast.karim, at=LATER
        )
    assert reads(cast.yanick) == []


def test_taken_on_meanwhile_she_is_not_taken_on_again(cast: Cast) -> None:
    with acting(LOADER):
        zoe = add_person("Zoé", cast.la_maison, Role.YOUTH_WORKER)
    alone(cast)
    name(cast, cast.yanick)
    with acting(cast.yanick, LATER):
        Assignment.objects.bulk_create(
            [
                Assignment(
                    id=uuid_of("yanick"),
                    file_id=cast.maya.file_id,
                    user_id=cast.yanick.user_id,
                    starts_at=LATER,
                )
            ]
        )
        Assignment.objects.bulk_create(
            [
                Assignment(
                    id=uuid_of("zoe"),
                    file_id=cast.maya.file_id,
                    user_id=zoe.user_id,
                    starts_at=LATER,
                )
            ]
        )
        Assignment.objects.filter(user_id=cast.yanick.user_id).update(ends_at=LATER)

    with pytest.raises(WrongState):
        welcome(cast, cast.yanick)


def test_no_worker_writes_that_a_lead_named_somebody(cast: Cast) -> None:
    def hand(named_by: UUID | None) -> None:
        sharing.hand_over(
            uuid_of(f"handed {named_by}"),
            file_id=cast.maya.file_id,
            user_id=cast.yanick.user_id,
            faces=(),
            by=cast.ines,
            at=LATER,
        )
        if named_by:
            HandedOver.objects.update(lead_id=named_by)

    row = {"file_id": cast.maya.file_id, "user_id": cast.yanick.user_id, "faces": ["relation"]}
    with acting(cast.ines, LATER):
        with pytest.raises(ProgrammingError), transaction.atomic():
            HandedOver.objects.bulk_create(
                [
                    HandedOver(
                        id=uuid_of("forged"), lead_id=cast.karim.user_id, starts_at=LATER, **row
                    )
                ]
            )
        with pytest.raises(ProgrammingError), transaction.atomic():
            hand(cast.karim.user_id)
        hand(None)


def test_somebody_whose_stand_in_knows_her_is_not_lost(cast: Cast) -> None:
    """Inès is gone, Yanick answers for her people; of one of them he says that he knows her."""
    lou = follow("Lou", desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    with acting(LOADER):
        zoe = add_person("Zoé", cast.la_maison, Role.YOUTH_WORKER)
    leave(cast.ines, MONDAY)
    assert told(cast.karim) == []  # all of them, counted by colleague, wait for one name
    with acting(cast.karim, MONDAY + HOUR):
        actions.name_stand_in(
            uuid_of("cover"),
            for_user_id=cast.ines.user_id,
            user_id=cast.yanick.user_id,
            until=NEXT_MONTH,
            by=cast.karim,
            at=MONDAY + HOUR,
        )
    assert told(cast.karim) == []
    with acting(cast.yanick, LATER):
        sharing.declare_conflict(cast.maya.file_id, by=cast.yanick, at=LATER)

    name(cast, zoe)
    welcome(cast, zoe)

    assert reads(zoe, LATER + HOUR) == list(FACES)
    with acting(cast.karim, LATER + HOUR):
        [one] = queries.left_behind(actor=cast.karim, at=LATER + HOUR)
    assert (one.name, one.number) == ("Inès", 1)
    with acting(cast.yanick, LATER):
        assert set(queries.left_files({cast.ines.user_id}, actor=cast.yanick, at=LATER)) == {
            lou.file_id
        }


def test_when_the_stand_in_is_gone_too_another_is_named_for_all(cast: Cast) -> None:
    with acting(LOADER):
        zoe = add_person("Zoé", cast.la_maison, Role.YOUTH_WORKER)
    leave(cast.ines, MONDAY)

    def stand_in(which: str, whom: Actor, at=LATER) -> None:
        with acting(cast.karim, at):
            actions.name_stand_in(
                uuid_of(which),
                for_user_id=cast.ines.user_id,
                user_id=whom.user_id,
                until=NEXT_MONTH,
                by=cast.karim,
                at=at,
            )

    stand_in("cover", cast.yanick, MONDAY + HOUR)
    with acting(LOADER):
        User.objects.filter(pk=cast.yanick.user_id).update(is_active=False)
    with acting(cast.karim, LATER):
        before = queries.left_behind(actor=cast.karim, at=LATER)
    stand_in("again", zoe)

    assert [one.stand_in for one in before] == [""]
    assert told(cast.karim) == []
    assert reads(zoe) == BRIEF
    with acting(cast.karim, LATER):
        assert Cover.objects.filter(ends_at__gt=LATER).count() == 1


def test_somebody_back_after_a_leave_finds_nothing_and_the_person_is_not_lost(cast: Cast) -> None:
    leave(cast.ines, MONDAY)
    with acting(LOADER):
        back = Membership.objects.get(user_id=cast.ines.user_id)
        back.pk, back.starts_at, back.ends_at = uuid_of("back"), MONDAY + HOUR, None
        Membership.objects.bulk_create([back])
    with acting(cast.karim, LATER):
        assert queries.left_behind(actor=cast.karim, at=LATER) == []

    name(cast, cast.ines)
    welcome(cast, cast.ines)

    assert reads(cast.ines, LATER + HOUR) == list(FACES)


@pytest.mark.parametrize(
    ("status", "found"),
    [
        ("ACTIVE", [False]), ("PAUSED", [False]), ("TRANSITION", [False]), ("LEFT", [True]),
        ("ENDED", []), ("DIED", []),
    ],
)  # fmt: skip
def test_what_is_over_waits_for_nobody_and_a_door_stays_open(
    cast: Cast, status: str, found: list[bool]
) -> None:
    with acting(cast.ines):
        FollowUpStatus.objects.update(status=status)
    alone(cast)

    assert [one.has_door_open for one in told(cast.karim)] == found


def test_a_lead_of_another_organisation_reads_nothing(cast: Cast) -> None:
    alone(cast)
    with acting(LOADER):
        other = add_person("Odile", cast.elsewhere, Role.TEAM_LEAD)
    [one] = told(cast.karim)

    assert told(other) == []
    with acting(other, LATER):
        answer = queries.name_worker(one.token, cast.samir.user_id, uuid_of("named"), actor=other)
    assert answer == "CHANGED"


def test_asked_in_sql_the_list_gives_no_identifier_of_a_person(cast: Cast) -> None:
    alone(cast)
    with acting(cast.karim, LATER), connection.cursor() as cursor:
        cursor.execute("select * from access.nobody_beside()")
        columns = [column.name for column in cursor.description]
        said = str(cursor.fetchall())

    assert columns == [
        "of_token", "of_language", "of_since", "is_open", "of_asked", "has_answered",
    ]  # fmt: skip
    assert str(cast.maya.file_id) not in said
