"""Who says yes to calendar addresses, and who may make one, as tables of truth?"""

from __future__ import annotations

from uuid import uuid4

import pytest

from spheres.core.actor import Actor
from spheres.interop.ical import policy


def actor(role: str) -> Actor:
    return Actor(uuid4(), uuid4(), frozenset({role}))


@pytest.mark.parametrize(
    ("role", "decides", "makes"),
    [
        ("youth_worker", False, True),
        ("professional_support", False, True),
        ("team_lead", True, True),
        ("coordinator", True, True),
        ("organisation_manager", True, True),
        ("technical_administrator", True, False),
        ("psychotherapist", False, True),
        ("police_member", False, True),
        ("trainer", False, True),
        ("awareness_contributor", False, True),
        ("consultant", False, True),
        ("privacy_officer", False, False),
    ],
)
def test_who_decides_and_who_makes(role: str, decides: bool, makes: bool) -> None:
    assert bool(policy.can_decide(actor(role))) is decides
    assert bool(policy.can_make(actor(role), is_on=True)) is makes
    assert policy.is_concerned(actor(role)) is (decides or makes)
    assert not policy.can_make(actor(role), is_on=False)
