"""Who may write and correct, as a table of truth?"""

from __future__ import annotations

from uuid import uuid4

import pytest

from spheres.core.actor import Actor
from spheres.followup.safety_net import policy
from spheres.followup.safety_net.models import Sheet, SheetStatus

Status = SheetStatus.Status
AUTHOR = Actor(uuid4(), uuid4(), frozenset({"youth_worker"}))
COLLEAGUE = Actor(uuid4(), uuid4(), frozenset({"youth_worker"}))


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("youth_worker", True), ("professional_support", True), ("coordinator", False)],
)
def test_her_workers_alone_write(role: str, allowed: bool) -> None:
    assert bool(policy.can_write(Actor(uuid4(), uuid4(), frozenset({role})))) is allowed


@pytest.mark.parametrize(
    ("actor", "status", "allowed"),
    [
        (AUTHOR, Status.SIGNED, True),
        (AUTHOR, Status.CORRECTED, False),
        (COLLEAGUE, Status.SIGNED, False),
    ],
)
def test_its_author_alone_corrects_it_and_once(actor: Actor, status: str, allowed: bool) -> None:
    record = Sheet(written_by=AUTHOR.user_id)
    assert bool(policy.can_correct(actor, record, status)) is allowed
