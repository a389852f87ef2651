"""Who hands over, who leads: for each role."""

from __future__ import annotations

import pytest

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.followup.handing_over import policy
from tests.cast import uuid_of

# Of a psychotherapist, the database says which files are hers to hand over.
ACCOMPANYING = {Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT, Role.PSYCHOTHERAPIST}


@pytest.mark.parametrize("role", Role)
def test_those_who_accompany_hand_over_and_team_leads_name(role: Role) -> None:
    actor = Actor(uuid_of("somebody"), uuid_of("somewhere"), frozenset({role}))

    assert bool(policy.can_pass(actor)) == (role in ACCOMPANYING)
    assert bool(policy.can_lead(actor)) == (role == Role.TEAM_LEAD)


def test_a_colleague_who_is_not_proposed_is_refused_without_a_reason() -> None:
    yanick, rose = uuid_of("yanick"), uuid_of("rose")

    assert policy.can_name(yanick, {yanick})
    assert policy.can_name(rose, {yanick}).reason == policy.CANNOT
