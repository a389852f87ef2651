"""Which step may be taken from where, and by whom?"""

from __future__ import annotations

from uuid import uuid4

import pytest

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.followup.passages import policy
from spheres.participants.models import FollowUpStatus

Status = FollowUpStatus.Status
STEPS = (
    Status.ACTIVE, Status.PAUSED, Status.LEFT, Status.TRANSITION, Status.ENDED, Status.DIED,
)  # fmt: skip
# From where (lines) to where (columns, in the order above), and whether she may come back.
TABLE = {
    Status.ACTIVE: ("no yes yes yes yes yes", "no"),
    Status.RETURNED: ("yes yes yes yes yes yes", "no"),
    Status.PAUSED: ("yes no yes yes yes yes", "no"),
    Status.TRANSITION: ("yes yes yes no yes yes", "no"),
    Status.LEFT: ("no no no no yes yes", "yes"),
    Status.ENDED: ("no no no no no yes", "yes"),
    Status.DIED: ("yes no no no no no", "no"),
}


def who(role: str) -> Actor:
    return Actor(uuid4(), uuid4(), frozenset({role}))


def said(allowed: object) -> str:
    return "yes" if allowed else "no"


@pytest.mark.parametrize("role", policy.WORKERS)
@pytest.mark.parametrize("now", list(Status))
def test_her_worker_takes_the_steps_of_the_table(role: str, now: str) -> None:
    steps = " ".join(said(policy.can_pass(who(role), now, to)) for to in STEPS)
    back = said(policy.can_come_back(who(role), now))

    assert (steps, back) == TABLE[Status(now)]
    assert said(policy.can_close(who(role), now)) == steps.split()[4]
    assert said(policy.can_note_death(who(role), now)) == steps.split()[5]


@pytest.mark.parametrize("role", sorted(set(Role) - set(policy.WORKERS)))
def test_nobody_else_takes_any(role: str) -> None:
    refused = [
        policy.can_walk_with_her(who(role)),
        *(policy.can_pass(who(role), now, to) for now in Status for to in STEPS),
        *(policy.can_come_back(who(role), now) for now in Status),
    ]

    assert [one for one in refused if one] == []


def test_no_table_and_no_word_asks_for_a_reason_or_counts_a_departure() -> None:
    """Leaving and coming back are told by where it stands, and by nothing else."""
    columns = {field.name for field in FollowUpStatus._meta.concrete_fields}

    assert columns == {"status", "status_by", "status_at", "follow_up", "file"}
