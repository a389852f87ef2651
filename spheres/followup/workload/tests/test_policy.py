"""Who is shown what each worker carries?"""

from __future__ import annotations

from uuid import uuid4

import pytest

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.followup.workload import policy

LEADING = {Role.TEAM_LEAD, Role.COORDINATOR}


@pytest.mark.parametrize("role", Role)
def test_only_those_who_lead_workers(role: Role) -> None:
    actor = Actor(uuid4(), uuid4(), frozenset({role}))

    assert bool(policy.can_see_workload(actor)) == (role in LEADING)
