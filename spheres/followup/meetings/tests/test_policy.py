"""Who may plan, move and answer, and when, as tables of truth?"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from spheres.core.actor import Actor
from spheres.followup.meetings import policy
from spheres.followup.meetings.models import ANSWERS, MeetingStatus
from tests.cast import MONDAY

Status = MeetingStatus.Status
WORKER = Actor(uuid4(), uuid4(), frozenset({"youth_worker"}))
SUPPORT = Actor(uuid4(), uuid4(), frozenset({"professional_support"}))
DESK = Actor(uuid4(), uuid4(), frozenset({"coordinator"}))
THERAPIST = Actor(uuid4(), uuid4(), frozenset({"psychotherapist"}))


@pytest.mark.parametrize(
    ("actor", "has_died", "allowed"),
    [
        (WORKER, False, True),
        (SUPPORT, False, True),
        (WORKER, True, False),
        (DESK, False, False),
        (THERAPIST, False, False),
    ],
)
def test_her_workers_plan_with_her_as_long_as_she_lives(
    actor: Actor, has_died: bool, allowed: bool
) -> None:
    assert bool(policy.can_plan(actor, has_died=has_died)) is allowed


@pytest.mark.parametrize(
    ("actor", "now", "has_died", "allowed"),
    [
        (WORKER, Status.PLANNED, False, True),
        (WORKER, Status.MOVED, False, False),
        (WORKER, Status.HELD, False, False),
        (WORKER, Status.PLANNED, True, False),
        (DESK, Status.PLANNED, False, False),
    ],
)
def test_what_is_still_planned_is_moved(
    actor: Actor, now: str, has_died: bool, allowed: bool
) -> None:
    assert bool(policy.can_move(actor, now, has_died=has_died)) is allowed


@pytest.mark.parametrize(
    ("actor", "now", "to", "days", "allowed"),
    [
        (WORKER, Status.PLANNED, Status.HELD, 0, True),
        (WORKER, Status.PLANNED, Status.MISSED, -3, True),
        (WORKER, Status.PLANNED, Status.HELD, 1, False),
        (WORKER, Status.PLANNED, Status.MISSED, 1, False),
        (WORKER, Status.PLANNED, Status.CANCELLED_HERS, 1, True),
        (WORKER, Status.PLANNED, Status.CANCELLED_OTHER, -1, True),
        (WORKER, Status.PLANNED, Status.MOVED, 0, False),
        (WORKER, Status.HELD, Status.MISSED, 0, False),
        (WORKER, Status.MOVED, Status.HELD, 0, False),
        (DESK, Status.PLANNED, Status.CANCELLED_OURS, 0, False),
    ],
)
def test_who_says_what_became_of_it_and_when(
    actor: Actor, now: str, to: str, days: int, allowed: bool
) -> None:
    starts_at = MONDAY + timedelta(days=days)
    assert bool(policy.can_answer(actor, now, to, starts_at=starts_at, at=MONDAY)) is allowed


@pytest.mark.parametrize("now", Status.values)
def test_an_answer_is_taken_back_and_a_move_is_not(now: str) -> None:
    assert bool(policy.can_take_back(WORKER, now)) is (now in ANSWERS)
    assert not policy.can_take_back(DESK, now)
