"""Who is left behind when a worker is gone at once: counted, told, taken on?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import pytest
from django.db import ProgrammingError

from spheres.accounts.models import Membership, Role
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.handing_over import actions, queries
from spheres.followup.handing_over.actions import ANOTHER, BREAK, ME, Welcomed
from spheres.followup.handing_over.models import PassingStatus
from spheres.followup.handing_over.tests.factories import (
    FACES,
    HOUR,
    LATER,
    NEXT_MONTH,
    events,
    leave,
    reads,
)
from spheres.participants.models import FollowUp, FollowUpStatus
from spheres.participants.queries import OVER
from spheres.sharing import actions as sharing
from spheres.sharing.models import Cover
from tests.alike import refer, take_on
from tests.cast import LOADER, MONDAY, Cast, acting, follow, uuid_of


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


def episode(file_id: UUID, status: str, by: Actor, at: datetime) -> None:
    """Another episode of this person, standing so."""
    begun = FollowUp(
        id=uuid_of("another episode"), file_id=file_id, opened_at=at, opened_by=by.user_id
    )
    stands = FollowUpStatus(
        follow_up=begun, file_id=file_id, status=status, status_by=by.user_id, status_at=at
    )
    FollowUp.objects.bulk_create([begun])
    FollowUpStatus.objects.bulk_create([stands])


@pytest.mark.parametrize("over", sorted(OVER))
def test_whose_follow_up_is_over_is_not_counted_among_those_left_behind(
    cast: Cast, over: str
) -> None:
    lou = follow("Lou", desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    with acting(cast.ines):
        FollowUpStatus.objects.filter(file_id=lou.file_id).update(status=over)
    leave(cast.ines, MONDAY)

    with acting(cast.karim, LATER):
        [one] = queries.left_behind(actor=cast.karim, at=LATER)
    assert (one.name, one.number) == ("Inès", 1)


def test_whoever_came_back_or_is_not_admitted_yet_is_counted(cast: Cast) -> None:
    lou = follow("Lou", desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    take_on(cast, refer(cast, "Kim"), cast.ines)
    with acting(cast.ines):
        FollowUpStatus.objects.filter(file_id=lou.file_id).update(status="ENDED")
        episode(lou.file_id, "RETURNED", cast.ines, MONDAY + HOUR)
    leave(cast.ines, MONDAY)

    with acting(cast.karim, LATER):
        [one] = queries.left_behind(actor=cast.karim, at=LATER)
    assert one.number == 3


def test_a_colleague_gone_with_nothing_that_goes_on_leaves_nobody_behind(cast: Cast) -> None:
    with acting(cast.ines):
        FollowUpStatus.objects.filter(file_id=cast.maya.file_id).update(status="LEFT")
    leave(cast.ines, MONDAY)

    with acting(cast.karim, LATER):
        assert queries.left_behind(actor=cast.karim, at=LATER) == []


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
            kind=Cover.Kind.STAND_IN,
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
